//! `ramrole serve` as its callers and its enemies meet it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::program::{RAMROLE, clean};

/// A service that runs until it is dropped.
struct Service {
    child: Child,
    port: u16,
    path: String,
    place: TempDir,
}

impl Service {
    fn start(arguments: &[&str]) -> Self {
        Self::with(arguments, |_| ())
    }

    fn with(arguments: &[&str], set_up: impl FnOnce(&mut Command)) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let mut command = serve(place.path(), arguments);
        command.stdout(Stdio::piped()).stderr(fs::File::create(place.path().join("said")).expect("a file"));
        set_up(&mut command);
        let mut child = command.spawn().expect("ramrole runs");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut line).expect("a line");
        let uri = line
            .trim_end()
            .strip_prefix("export ALIBABA_CLOUD_CREDENTIALS_URI=http://localhost:")
            .expect(&line);
        let (port, path) = uri.split_once('/').expect("a path");
        Self { child, port: port.parse().expect("a port"), path: format!("/{path}"), place }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream
    }

    /// What is answered to these bytes, until the service hangs up.
    fn asks(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("written");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it hangs up");
        String::from_utf8(answer).expect("UTF-8")
    }

    fn gets(&self, method: &str, path: &str, host: &str) -> String {
        self.asks(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn credential(&self) -> String {
        self.gets("GET", &self.path, "localhost")
    }

    fn said(&self) -> String {
        fs::read_to_string(self.place.path().join("said")).expect("what it said")
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(pid, signal).expect("sent");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(place: &Path, arguments: &[&str]) -> Command {
    let mut command = clean(RAMROLE, place);
    command.arg("serve").args(arguments);
    command
}

/// Runs a shell line under the service.
fn runs(arguments: &[&str], line: &str, set_up: impl FnOnce(&mut Command)) -> Output {
    let place = tempfile::tempdir().expect("a folder");
    let mut command = serve(place.path(), arguments);
    command.args(["--", "bash", "-c", line]);
    set_up(&mut command);
    command.output().expect("ramrole runs")
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[track_caller]
fn eventually(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < end, "not in time: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

const TRIPLE: [(&str, &str); 3] = [
    ("ALIBABA_CLOUD_ACCESS_KEY_ID", "STS.CANARYcanaryCANARY"),
    ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "CANARYsecret"),
    ("ALIBABA_CLOUD_SECURITY_TOKEN", "CANARYtoken"),
];

#[test]
fn the_answer_is_that_of_the_documents() {
    let service = Service::start(&["--from", "fake", "--ttl", "20m"]);
    let answer = service.credential();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a body");
    let names: Vec<&str> = body.lines().filter_map(|line| line.trim().split('"').nth(1)).collect();
    assert_eq!(names, ["Code", "AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration"]);
    let json: serde_json::Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(json["Code"], "Success");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for header in
        ["content-type: application/json", "cache-control: no-store", "x-content-type-options: nosniff"]
    {
        assert!(head.contains(header), "{header} is missing in {head}");
    }
    let lower = head.to_lowercase();
    assert!(
        !lower.contains("access-control") && !lower.contains("server:") && !lower.contains("etag"),
        "{head}"
    );
    let head_only = service.gets("HEAD", &service.path, "127.0.0.1");
    assert!(
        head_only.ends_with("\r\n\r\n") && head_only.contains(&format!("content-length: {}", body.len())),
        "{head_only}"
    );
}

#[test]
fn whoever_lacks_the_key_or_another_thing_learns_nothing() {
    let service = Service::start(&["--from", "fake"]);
    let path = service.path.clone();
    assert_eq!(path.rsplit('/').next().map(str::len), Some(64), "256 bits");
    let other = Service::start(&["--from", "fake"]);
    assert_ne!(other.path, path);
    for (method, path, host, expected) in [
        ("GET", "/", "localhost", "404"),
        ("GET", &path[..path.len() - 1], "localhost", "404"),
        ("GET", &other.path, "localhost", "404"),
        ("GET", &path, "evil.example", "403"),
        ("GET", &path, "localhost.evil.example", "403"),
        ("OPTIONS", &path, "localhost", "405"),
        ("POST", &path, "localhost", "405"),
    ] {
        let answer = service.gets(method, path, host);
        assert_eq!(status(&answer), expected, "{method} {host}: {answer}");
        assert!(!answer.contains("AccessKey"), "{answer}");
    }
    for request in [
        format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        format!("GET http://evil.example{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "y".repeat(40_000)),
        "\x16\x03\x01\x02\x00\x01\x00\x01\u{fc}\x03\x03".to_owned(),
    ] {
        let answer = service.asks(&request);
        assert!(matches!(status(&answer), "400" | "403" | "431"), "{answer}");
        assert!(!answer.contains("AccessKey"), "{answer}");
    }
    for host in ["localhost", "127.0.0.1", "[::1]", &format!("localhost:{}", service.port)] {
        assert_eq!(status(&service.gets("GET", &path, host)), "200", "{host}");
    }
    let old = service.asks(&format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n"));
    assert_eq!(status(&old), "200");
    let pair = format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\nGET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(service.asks(&pair).matches("HTTP/1.1 200").count(), 2, "one behind the other");
}

#[test]
fn it_listens_on_this_machine_alone() {
    let service = Service::start(&["--from", "fake"]);
    let port = format!(":{:04X}", service.port);
    let mut found = 0;
    for (table, loopback) in [("tcp", "0100007F"), ("tcp6", "00000000000000000000000001000000")] {
        let Ok(table) = fs::read_to_string(format!("/proc/net/{table}")) else { continue };
        let listening = table.lines().filter_map(|line| line.split_whitespace().nth(1));
        for place in listening.filter(|place| place.ends_with(&port)) {
            assert!(place.starts_with(loopback), "{place}");
            found += 1;
        }
    }
    assert!(found > 0 || !Path::new("/proc/net/tcp").exists());
}

#[test]
fn slow_and_many_callers_keep_nobody_waiting_for_long() {
    let service = Service::start(&["--from", "fake"]);
    let mut slow: Vec<TcpStream> = (0..300)
        .map(|_| {
            let mut stream = service.connect();
            let _ = stream.write_all(b"GET /");
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(status(&service.credential()), "200");
    assert!(start.elapsed() < Duration::from_secs(9), "{:?}", start.elapsed());
    // Who has not finished the head is hung up on.
    let mut rest = Vec::new();
    slow[0].read_to_end(&mut rest).expect("hung up");
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{rest:?}");
}

#[test]
fn an_expired_credential_is_never_handed_out() {
    let service = Service::start(&["--from", "fake", "--ttl", "2s", "--fail-after", "1s"]);
    eventually("the end", || status(&service.credential()) == "503");
    let answer = service.credential();
    assert!(answer.contains("{\"Code\":\"CredentialExpired\",\"Message\":"), "{answer}");
    assert!(!answer.contains("AccessKey"), "{answer}");
    assert!(service.said().contains("not renewed: --fail-after has passed"), "{}", service.said());
}

#[test]
fn it_renews_before_the_end_and_says_so() {
    let service = Service::start(&["--from", "fake", "--ttl", "4s"]);
    let first = service.credential();
    eventually("a renewal", || {
        service.credential().split("\r\n\r\n").nth(1) != first.split("\r\n\r\n").nth(1)
    });
    eventually("a line about it", || service.said().contains("renewed: it ends in"));
}

#[test]
fn bad_days_can_be_tried() {
    let cut = Service::start(&["--from", "fake", "--malformed"]);
    let body = cut.credential();
    let body = body.split("\r\n\r\n").nth(1).expect("a body");
    assert!(
        serde_json::from_str::<serde_json::Value>(body).is_err() && body.contains("AccessKeyId"),
        "{body}"
    );
    let drips = Service::start(&["--from", "fake", "--drip"]);
    let mut stream = drips.connect();
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", drips.path);
    stream.write_all(request.as_bytes()).expect("written");
    thread::sleep(Duration::from_millis(2_500));
    let mut buffer = [0; 4096];
    let count = stream.read(&mut buffer).expect("a part");
    let body = String::from_utf8_lossy(&buffer[..count]).split("\r\n\r\n").nth(1).map_or(0, str::len);
    assert!((1..6).contains(&body), "{body} bytes in two seconds and a half");
}

#[test]
fn a_file_is_handed_on_and_followed() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("credentials");
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(8);
    fs::write(&file, crate::credential::body(end, 1)).expect("written");
    let service = Service::start(&["--from", &format!("file:{}", file.display())]);
    assert!(service.credential().contains("made-up-secret-1"));
    fs::write(&file, crate::credential::body(end + jiff::SignedDuration::from_secs(3_600), 2))
        .expect("written");
    eventually("the next one", || service.credential().contains("made-up-secret-2"));
}

#[test]
fn another_service_is_handed_on() {
    let first = Service::start(&["--from", "fake"]);
    let uri = format!("uri:http://localhost:{}{}", first.port, first.path);
    let second = Service::start(&["--from", &uri]);
    let body = |answer: String| answer.split("\r\n\r\n").nth(1).map(str::to_owned);
    assert_eq!(body(first.credential()), body(second.credential()));
    let key = first.path.rsplit('/').next().expect("a key");
    assert!(!second.said().contains(key), "{}", second.said());
}

#[test]
fn the_environment_is_handed_on_without_a_trace() {
    let service = Service::with(&["--from", "env"], |command| {
        command.envs(TRIPLE);
    });
    assert!(service.credential().contains("CANARYsecret"));
    let command = fs::read(format!("/proc/{}/cmdline", service.child.id())).unwrap_or_default();
    assert!(!String::from_utf8_lossy(&command).contains("CANARY"));
    assert!(!service.said().contains("CANARY"), "{}", service.said());
    let lacking = runs(&["--from", "env"], "true", |command| {
        command.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "CANARY");
    });
    assert_eq!(lacking.status.code(), Some(3));
    let said = String::from_utf8_lossy(&lacking.stderr);
    assert!(said.contains("it lacks ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_SECURITY_TOKEN"), "{said}");
    assert!(!said.contains("CANARY"), "{said}");
}

#[test]
fn a_command_gets_the_uri_and_nothing_that_comes_before_it() {
    let look = "env | grep -c ALIBABA_CLOUD_ACCESS; echo ${ALIBABA_CLOUD_CREDENTIALS_URI%%/api*}; ramrole credential --check --min-remaining 1m";
    let output = runs(&["--from", "env"], look, |command| {
        command.envs(TRIPLE);
    });
    let out = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "0", "{out}");
    assert!(lines[1].starts_with("http://localhost:") && lines[2].starts_with("healthy"), "{out}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("ALIBABA_CLOUD_ACCESS_KEY_ID is not handed to the command"), "{said}");
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
    assert!(String::from_utf8_lossy(&output.stderr).contains("http_proxy is not handed to the command"));
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

#[test]
fn a_wrong_call_is_refused_in_words() {
    let place = tempfile::tempdir().expect("a folder");
    let refused = |arguments: &[&str], code, words: &str| {
        let output = serve(place.path(), arguments).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(words), "{words:?} is missing in {said}");
        assert!(!said.contains("CANARY"), "{said}");
        assert!(output.stdout.is_empty());
    };
    refused(&["--from", "CANARY"], 2, "--from takes file:PATH, uri:URL, env or fake");
    refused(&["--from", "uri:CANARY"], 2, "not the URI of a credential service");
    refused(&["--from", "uri:http://example.com/CANARYcanaryCANARYcanary"], 3, "leads off this machine");
    refused(&["--from", "file:/nope"], 3, "there is no such file");
    refused(&["--from", "fake", "--ttl", "soon"], 2, "--ttl: `soon` is no length of time");
    refused(&["--from", "fake", "--port", "70000"], 2, "--port: `70000` is no port");
    refused(&["--from", "env", "--drip"], 2, "--drip goes with --from fake alone");
    let taken = Service::start(&["--from", "fake"]);
    refused(&["--from", "fake", "--port", &taken.port.to_string()], 3, "cannot listen on port");
}
