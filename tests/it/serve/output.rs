//! Output that nobody reads: the service goes on, and ends when it is told to.

use std::io::{PipeReader, PipeWriter};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// A pipe that takes no more; its other end.
fn full_pipe() -> (PipeReader, PipeWriter) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let mut filler = writer.try_clone().expect("a copy");
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    // It waits for room until the reader goes.
    thread::spawn(move || {
        while filler.write_all(b".").is_ok() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let mut before = usize::MAX;
    while before != written.load(Ordering::SeqCst) {
        before = written.load(Ordering::SeqCst);
        thread::sleep(Duration::from_millis(200));
    }
    assert!(before > 0);
    (reader, writer)
}

#[track_caller]
fn ends_within_a_second(service: &mut Service) {
    let start = Instant::now();
    service.signal(Signal::TERM);
    while service.child.try_wait().expect("a child").is_none() {
        assert!(start.elapsed() < Duration::from_secs(1), "it is deaf to TERM");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_full_standard_error_stops_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let (reader, writer) = full_pipe();
    let mut command = serve(place.path(), &["--from", "fake", "--ttl", "2s", "--credential-file", "kept"]);
    command.stdout(Stdio::piped()).stderr(writer);
    let mut service = Service::read_uri(command.spawn().expect("ramrole runs"), place);
    let file = service.place.path().join("kept");
    let first = service.credential();
    let body = |answer: &str| answer.split("\r\n\r\n").nth(1).map(str::to_owned);
    eventually("a renewal", || body(&service.credential()) != body(&first));
    assert!(file.exists());
    ends_within_a_second(&mut service);
    assert!(!file.exists());
    drop(reader);
}

#[test]
fn a_full_standard_output_stops_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let (reader, writer) = full_pipe();
    let ready = place.path().join("ready");
    let mut command = serve(place.path(), &["--from", "fake", "--ready-file", "ready"]);
    let child = command.stdout(writer).stderr(Stdio::null()).spawn().expect("ramrole runs");
    eventually("it answers", || ready.exists());
    let port = super::ready::port_in(&ready);
    let mut service = Service { child, port, path: "/".to_owned(), place };
    assert_eq!(status(&service.credential()), "404", "it answers while its line waits for a reader");
    ends_within_a_second(&mut service);
    assert!(!ready.exists());
    drop(reader);
}
