//! Whether the service is ready, and how often it is used.

use super::*;

/// The port in a file that says that a service is ready.
pub fn port_in(file: &Path) -> u16 {
    let content = fs::read_to_string(file).expect("the file");
    let content: serde_json::Value = serde_json::from_str(&content).expect("JSON");
    content["port"].as_u64().and_then(|port| u16::try_from(port).ok()).expect("a port")
}

#[test]
fn a_file_says_that_it_answers_for_as_long_as_it_does() {
    let mut service = Service::start(&["--from", "fake", "--ready-file", "ready"]);
    let file = service.place.path().join("ready");
    assert_eq!(port_in(&file), service.port);
    let text = fs::read_to_string(&file).expect("the file");
    assert!(text.contains(&format!("\"pid\":{}", service.child.id())), "{text}");
    assert!(!text.contains(service.path.rsplit('/').next().expect("a key")), "{text}");
    assert_eq!(fs::metadata(&file).expect("the file").permissions().mode() & 0o777, 0o600);
    let arguments = ["--from", "fake", "--ready-file", "ready", "--", "true"];
    let second = serve(service.place.path(), &arguments).output().expect("runs");
    assert_eq!(second.status.code(), Some(2), "another service runs: {second:?}");
    assert_eq!(port_in(&file), service.port, "and keeps its file");
    service.signal(Signal::TERM);
    assert_eq!(service.child.wait().expect("ended").code(), Some(0));
    assert!(!file.exists());
}

#[test]
fn a_file_of_a_killed_service_is_taken_over_and_no_other() {
    let mut killed = Service::start(&["--from", "fake", "--ready-file", "ready"]);
    let file = killed.place.path().join("ready");
    killed.signal(Signal::KILL);
    killed.child.wait().expect("ended");
    assert!(file.exists(), "nobody could remove it");
    let run = || {
        let arguments = ["--from", "fake", "--ready-file", "ready", "--", "cat", "ready"];
        serve(killed.place.path(), &arguments).output().expect("runs")
    };
    let next = run();
    assert_eq!(next.status.code(), Some(0), "{next:?}");
    assert!(!file.exists() && next.stdout.starts_with(b"{\"service\":\"ramrole serve\""), "{next:?}");
    fs::write(&file, "mine").expect("written");
    assert_eq!(run().status.code(), Some(2));
    assert_eq!(fs::read_to_string(&file).expect("still there"), "mine");
    fs::remove_file(&file).expect("removed");
    std::os::unix::fs::symlink("elsewhere", &file).expect("a link");
    assert_eq!(run().status.code(), Some(2), "a link that leads nowhere yet");
    assert!(!killed.place.path().join("elsewhere").exists());
}

#[test]
fn a_file_that_somebody_else_put_there_stays() {
    let mut service = Service::start(&["--from", "fake", "--ready-file", "ready"]);
    let file = service.place.path().join("ready");
    fs::remove_file(&file).expect("removed");
    fs::write(&file, "mine").expect("written");
    service.signal(Signal::TERM);
    service.child.wait().expect("ended");
    assert_eq!(fs::read_to_string(&file).expect("still there"), "mine");
}

#[test]
fn requests_are_counted_where_only_the_key_leads() {
    let mut service = Service::start(&["--from", "fake", "--ttl", "1h"]);
    for _ in 0..3 {
        assert_eq!(status(&service.credential()), "200");
    }
    let get = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n", service.path);
    let pair = format!("{get}\r\n{get}Connection: close\r\n\r\n");
    assert_eq!(service.asks(&pair).matches("HTTP/1.1 200").count(), 2);
    service.gets("HEAD", &service.path, "localhost");
    service.gets("GET", "/status", "localhost");
    service.gets("GET", &service.path, "evil.example");
    service.asks("nonsense\r\n\r\n");
    let told = service.gets("GET", &format!("{}/status", service.path), "localhost");
    let (head, body) = told.split_once("\r\n\r\n").expect("a body");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("no-store"), "{head}");
    let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
    let counts = ["served", "refused", "refused_connections"].map(|name| body[name].as_u64());
    assert_eq!(counts, [Some(5), Some(3), Some(0)], "{body}");
    assert!(body["expires"].as_str().is_some_and(|end| end.ends_with('Z')), "{body}");
    service.signal(Signal::TERM);
    service.child.wait().expect("ended");
    assert!(
        service.said().ends_with("ramrole serve: served 5 requests, refused 3 requests\n"),
        "{}",
        service.said()
    );
}
