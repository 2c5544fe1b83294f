//! What the service answers, and to whom it says nothing.

use super::*;

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
fn an_expired_credential_is_never_handed_out() {
    let service = Service::start(&["--from", "fake", "--ttl", "2s", "--fail-after", "1s"]);
    eventually("the end", || status(&service.credential()) == "503");
    let answer = service.credential();
    assert!(answer.contains("{\"Code\":\"CredentialExpired\",\"Message\":"), "{answer}");
    assert!(!answer.contains("AccessKey"), "{answer}");
    service.tells("not renewed: --fail-after has passed");
}

#[test]
fn it_renews_before_the_end_and_says_so() {
    let service = Service::start(&["--from", "fake", "--ttl", "4s"]);
    let first = service.credential();
    eventually("a renewal", || {
        service.credential().split("\r\n\r\n").nth(1) != first.split("\r\n\r\n").nth(1)
    });
    service.tells("renewed: the current credential expires in");
}
