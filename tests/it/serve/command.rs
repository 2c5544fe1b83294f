//! The command below the service, its environment and signals, and the file beside it.

use super::*;

#[test]
fn a_command_gets_the_uri_and_nothing_that_comes_before_it() {
    let look = "env | grep -c ALIBABA_CLOUD_ACCESS; echo ${ALIBABA_CLOUD_CREDENTIALS_URI%%/api*}; ramrole credential --check --min-remaining 1m";
    let output = runs(&["--from", "env"], look, |command| {
        command.envs(TRIPLE);
    });
    let out = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "0", "{out}");
    assert!(lines[1].starts_with("http://127.0.0.1:") && lines[2].starts_with("healthy"), "{out}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("ALIBABA_CLOUD_ACCESS_KEY_ID is not passed to the command"), "{said}");
    assert!(!said.contains("CANARY"), "{said}");
    let kept = runs(&["--from", "env", "--keep-env", "--quiet"], look, |command| {
        command.envs(TRIPLE);
    });
    assert!(kept.stdout.starts_with(b"2\n") && kept.stderr.is_empty(), "{kept:?}");
}

#[test]
fn a_proxy_is_not_asked_for_this_machine() {
    let output =
        runs(&["--from", "fake"], "echo $NO_PROXY $no_proxy [$http_proxy] $https_proxy", |command| {
            command.env("http_proxy", "http://proxy.example:1").env("NO_PROXY", "a.example");
            command.env("https_proxy", "http://proxy.example:2");
        });
    let expected =
        "a.example,localhost,127.0.0.1,::1 a.example,localhost,127.0.0.1,::1 [] http://proxy.example:2\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert!(String::from_utf8_lossy(&output.stderr).contains("http_proxy is not passed to the command"));
    assert_eq!(runs(&["--from", "fake"], "echo $NO_PROXY", |_| ()).stdout, b"\n");
}

#[test]
fn the_status_of_the_command_is_ours() {
    assert_eq!(runs(&["--from", "fake"], "exit 7", |_| ()).status.code(), Some(7));
    assert_eq!(runs(&["--from", "fake"], "kill -KILL $$", |_| ()).status.code(), Some(137));
    let place = tempfile::tempdir().expect("a folder");
    let missing = serve(place.path(), &["--from", "fake", "--", "no-such-program"]).output().expect("runs");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("cannot run no-such-program"));
}

#[test]
fn signals_reach_the_command() {
    for (signal, name) in [(Signal::TERM, "TERM"), (Signal::INT, "INT"), (Signal::HUP, "HUP")] {
        let place = tempfile::tempdir().expect("a folder");
        let line = format!("trap 'echo got; exit 3' {name}; echo ready; while :; do sleep 0.05; done");
        let mut command = serve(place.path(), &["--from", "fake", "--", "bash", "-c", &line]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("runs");
        let mut out =
            BufReader::new(child.stdout.take().expect("output")).lines().map(|line| line.expect("a line"));
        assert_eq!(out.next().as_deref(), Some("ready"));
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(pid, signal).expect("sent");
        assert_eq!(out.next().as_deref(), Some("got"), "{name}");
        assert_eq!(child.wait().expect("ended").code(), Some(3), "{name}");
    }
}

#[test]
fn it_stops_cleanly_when_it_is_told_to() {
    for signal in [Signal::INT, Signal::TERM] {
        let mut service = Service::start(&["--from", "fake", "--credential-file", "kept"]);
        let file = service.place.path().join("kept");
        let mode = fs::metadata(&file).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let body = service.credential();
        assert_eq!(body.split("\r\n\r\n").nth(1), fs::read_to_string(&file).ok().as_deref());
        service.signal(signal);
        assert_eq!(service.child.wait().expect("ended").code(), Some(0));
        assert!(!file.exists(), "nobody keeps it fresh any more");
    }
}

#[test]
fn a_file_is_kept_fresh_and_never_in_parts() {
    let service = Service::start(&["--from", "fake", "--ttl", "2s", "--credential-file", "kept"]);
    let file = service.place.path().join("kept");
    let mut seen: Vec<String> = Vec::new();
    let end = Instant::now() + Duration::from_secs(4);
    while Instant::now() < end {
        let text = fs::read_to_string(&file).expect("always there");
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        if seen.last() != Some(&text) {
            seen.push(text);
        }
    }
    assert!(seen.len() >= 3, "{} versions", seen.len());
}
