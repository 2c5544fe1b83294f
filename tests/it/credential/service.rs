//! The program against services that misbehave, over real sockets: bounded in time and memory, clear in words, and
//! without a trace of a secret.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{RAMROLE, clean};

/// A service on this machine that answers each caller in its own way; returns its URI.
pub fn serves(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            // What is asked is not looked at; it must be read, or closing breaks the connection off.
            let _ = stream.read(&mut [0; 4096]);
            answer(&mut stream);
        }
    });
    format!("http://localhost:{port}/api/v1/credentials/0")
}

/// A service that sends these bytes.
pub fn sends(bytes: impl Into<Vec<u8>>) -> String {
    let bytes = bytes.into();
    serves(move |stream| {
        // A caller who has had enough hangs up.
        let _ = stream.write_all(&bytes);
    })
}

/// An answer with a status and a body.
pub fn http(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn credential(arguments: &[&str]) -> Output {
    let here = tempfile::tempdir().expect("a folder");
    clean(RAMROLE, here.path()).arg("credential").args(arguments).output().expect("ramrole runs")
}

/// What `--check` says of a service; it takes no longer than its deadline.
#[track_caller]
fn checked(uri: &str) -> String {
    let start = Instant::now();
    let output = credential(&["--check", "--uri", uri]);
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains("CANARY") && !said.contains('\u{1b}'), "{said}");
    said
}

#[test]
fn each_way_of_failing_has_its_words() {
    let failed =
        "{\"Code\":\"RoleNotFound\",\"Message\":\"no role \\u001b[2J\",\"SecurityToken\":\"CANARY\"}";
    let cut = "{\"AccessKeySecret\":\"CANARY";
    for (uri, words) in [
        (sends(http("200 OK", "")), "it is empty"),
        (sends(http("200 OK", "<html>CANARY</html>")), "it is a web page"),
        (sends(http("200 OK", failed)), "it answered RoleNotFound: no role ␛[2J"),
        (sends(http("404 Not Found", failed)), "it answered RoleNotFound"),
        (sends(http("500 Internal Server Error", "CANARY")), "HTTP status 500"),
        (sends(http("201 Created", "{}")), "HTTP status 201"),
        (sends(http("200 OK", cut)), "it is not JSON: line 1, column 20"),
        (
            sends(http("302 Found\r\nLocation: http://example.com/CANARY", "")),
            "it leads elsewhere (HTTP status 302)",
        ),
        (sends("SSH-2.0-CANARY\r\n"), "no connection: what answers there does not speak HTTP"),
        (
            sends("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"CANARY\":"),
            "no connection: it was broken off",
        ),
        (sends(""), "no connection: it was broken off"),
        ("http://localhost:1/".to_owned(), "no connection: nothing listens there"),
        ("http://100.100.100.200/latest".to_owned(), "it leads off this machine"),
    ] {
        let said = checked(&uri);
        assert!(said.contains(words), "{words:?} is missing in {said}");
    }
}

#[test]
fn a_service_that_hangs_or_drips_is_given_up() {
    let hangs = serves(|_| thread::sleep(Duration::from_secs(30)));
    let drips = serves(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(500));
        }
    });
    let both = [hangs, drips].map(|uri| thread::spawn(move || checked(&uri)));
    for said in both {
        let said = said.join().expect("checked");
        assert!(said.contains("did not answer in full within 3 seconds"), "{said}");
    }
}

#[test]
fn five_hundred_megabytes_are_not_taken() {
    let pours = serves(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 524288000\r\n\r\n");
        let block = vec![b'{'; 1 << 20];
        while stream.write_all(&block).is_ok() {}
    });
    let said = checked(&pours);
    assert!(said.contains("larger than 64 KiB"), "{said}");
}

#[test]
fn no_proxy_is_asked_for_what_is_on_this_machine() {
    let proxy = sends(http("200 OK", "{\"CANARY\":1}"));
    let service = sends(http("200 OK", &super::body(super::time("2099-01-01T00:00:00Z"), 1)));
    let here = tempfile::tempdir().expect("a folder");
    let output = clean(RAMROLE, here.path())
        .args(["credential", "--check", "--uri", &service])
        .env("HTTP_PROXY", &proxy)
        .env("http_proxy", &proxy)
        .env("ALL_PROXY", &proxy)
        .output()
        .expect("ramrole runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn secrets_are_printed_only_when_they_are_asked_for() {
    let text = super::body(super::time("2099-01-01T00:00:00Z"), 7);
    let service = sends(http("200 OK", &text));
    let secrets = ["made-up-secret-7", "made-up-token-7", "STS.MadeUpForTests0007"];
    for format in ["text", "json"] {
        let quiet = credential(&["--format", format, "--uri", &service]);
        let quiet = String::from_utf8(quiet.stdout).expect("UTF-8");
        assert!(secrets.iter().all(|secret| !quiet.contains(secret)), "{quiet}");
        assert!(quiet.contains("STS.••••••0007"), "{quiet}");
        let open = credential(&["--format", format, "--show-secrets", "--uri", &service]);
        let open = String::from_utf8(open.stdout).expect("UTF-8");
        assert!(secrets.iter().all(|secret| open.contains(secret)), "{open}");
    }
}

#[test]
fn a_watch_prints_a_line_at_every_change_and_ends_with_its_reader() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("credentials");
    let put = |number| {
        let text = super::body(super::time("2099-01-01T00:00:00Z"), number);
        std::fs::write(place.path().join("next"), text).expect("written");
        std::fs::rename(place.path().join("next"), &file).expect("in place");
    };
    put(1);
    let mut child = clean(RAMROLE, place.path())
        .args(["credential", "--watch", "--format", "json", "--file", "credentials"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("ramrole runs");
    let out = child.stdout.take().expect("its output");
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(out)).map(|line| line.expect("a line"));
    let next = |lines: &mut dyn Iterator<Item = String>| -> serde_json::Value {
        serde_json::from_str(&lines.next().expect("a line")).expect("JSON")
    };
    let first = next(&mut lines);
    assert_eq!(
        (&first["sources"][0]["state"], &first["sources"][0]["renewals_seen"]),
        (&"fresh".into(), &0.into())
    );
    put(2);
    assert_eq!(next(&mut lines)["sources"][0]["renewals_seen"], 1);
    std::fs::remove_file(&file).expect("removed");
    assert_eq!(next(&mut lines)["sources"][0]["trouble"]["code"], "file");
    drop(lines);
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn the_variable_names_the_service_and_a_wrong_one_is_said_without_its_text() {
    let service = sends(http("200 OK", &super::body(super::time("2099-01-01T00:00:00Z"), 1)));
    let here = tempfile::tempdir().expect("a folder");
    let with = |uri: &str| {
        let mut command = clean(RAMROLE, here.path());
        command.args(["credential", "--check"]).env("ALIBABA_CLOUD_CREDENTIALS_URI", uri);
        command.output().expect("ramrole runs")
    };
    assert_eq!(with(&service).status.code(), Some(0));
    let wrong = with("CANARY not a uri");
    assert_eq!(wrong.status.code(), Some(1));
    let said = String::from_utf8_lossy(&wrong.stdout);
    assert!(said.contains("ALIBABA_CLOUD_CREDENTIALS_URI") && !said.contains("CANARY"), "{said}");
}
