//! Where the service has its credential from.

use super::*;

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
    refused(&["--from", "CANARY"], 2, "--from takes file:PATH, uri, uri:@FILE, uri:URL, env or fake");
    refused(&["--from", "uri:CANARY"], 2, "not the URI of a credential service");
    refused(&["--from", "uri:http://example.com/CANARYcanaryCANARYcanary"], 3, "leads off this machine");
    refused(&["--from", "file:/nope"], 3, "there is no such file");
    refused(&["--from", "fake", "--ttl", "soon"], 2, "--ttl: `soon` is not a duration");
    refused(&["--from", "fake", "--port", "70000"], 2, "--port: `70000` is not a port number");
    refused(&["--from", "env", "--drip"], 2, "--drip requires --from fake");
    let taken = Service::start(&["--from", "fake"]);
    refused(&["--from", "fake", "--port", &taken.port.to_string()], 3, "cannot listen on port");
}

#[test]
fn a_uri_is_taken_from_a_variable_or_a_file_and_warned_of_in_the_open() {
    let first = Service::start(&["--from", "fake"]);
    let uri = format!("http://localhost:{}{}", first.port, first.path);
    let key = first.path.rsplit('/').next().expect("a key");
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("uri");
    fs::write(&file, format!("{uri}\nmore\n")).expect("written");
    let run = |arguments: &[&str], mode| {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("a mode");
        let mut command = clean(RAMROLE, place.path());
        let output =
            command.args(arguments).env("ALIBABA_CLOUD_CREDENTIALS_URI", &uri).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains(key), "{said}");
        said
    };
    let open = format!("uri:{uri}");
    let seen = "every user of this machine can read arguments";
    let readable = "other users can read uri";
    for (arguments, mode, warning) in [
        (&["serve", "--from", "uri", "--", "true"][..], 0o600, None),
        (&["serve", "--from", "uri:@uri", "--", "true"], 0o600, None),
        (&["serve", "--from", "uri:@uri", "--", "true"], 0o640, Some(readable)),
        (&["serve", "--from", &open, "--", "true"], 0o600, Some(seen)),
        (&["credential", "--check", "--uri", "@uri"], 0o600, None),
        (&["credential", "--check", "--uri", "@uri"], 0o604, Some(readable)),
        (&["credential", "--check", "--uri", &uri], 0o600, Some(seen)),
    ] {
        let said = run(arguments, mode);
        assert_eq!(said.contains("warning"), warning.is_some(), "{arguments:?}: {said}");
        assert!(said.contains(warning.unwrap_or_default()), "{arguments:?}: {said}");
    }
    let wrong = serve(place.path(), &["--from", "uri"]).output().expect("runs");
    assert_eq!(wrong.status.code(), Some(2));
    let said = String::from_utf8_lossy(&wrong.stderr);
    assert!(said.contains("ALIBABA_CLOUD_CREDENTIALS_URI is not set"), "{said}");
}

#[test]
fn a_pipe_that_nobody_writes_is_given_up_and_keeps_no_signal_waiting() {
    let place = tempfile::tempdir().expect("a folder");
    let made = Command::new("mkfifo").arg(place.path().join("pipe")).status().expect("mkfifo runs");
    assert!(made.success());
    let uri = "uri:https://127.0.0.1:9/x";
    for (from, roots) in [("uri:@pipe", None), (uri, Some("pipe"))] {
        let mut command = serve(place.path(), &["--from", from, "--", "true"]);
        command.stderr(Stdio::piped()).envs(roots.map(|pipe| ("SSL_CERT_FILE", pipe)));
        let start = Instant::now();
        let output = command.output().expect("runs");
        assert!(start.elapsed() < Duration::from_secs(20), "{from}: {:?}", start.elapsed());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{from}: {said}");
        assert!(said.contains("pipe") && said.contains("timed out"), "{from}: {said}");
    }
}

#[test]
fn the_source_that_has_no_credential_is_named_with_what_it_must_contain() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("empty.json"), "{}").expect("written");
    for (from, name, hint) in [
        ("file:missing.json", "the file missing.json: there is no such file", "SecurityToken and Expiration"),
        ("file:empty.json", "the file empty.json", "SecurityToken and Expiration"),
        ("env", "the environment", "set ALIBABA_CLOUD_ACCESS_KEY_ID"),
    ] {
        let output = serve(place.path(), &["--from", from, "--", "true"]).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{from}: {said}");
        assert!(
            said.contains(&format!("no credential from {name}")) && said.contains(hint),
            "{from}: {said}"
        );
    }
}
