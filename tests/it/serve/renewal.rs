//! Renewals from a source that answers, and yet brings nothing of use.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::credential::body;
use crate::credential::service::{http, serves};

/// A service whose first credential lives for `first` seconds and whose others end as long before now; its URI, and how
/// often it was asked.
fn turns_bad(first: i64) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(first);
    let uri = serves(move |stream| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        let over = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(60);
        let end = if number == 0 { end } else { over };
        let number = u32::try_from(number).expect("not so many") + 1;
        let _ = stream.write_all(http("200 OK", &body(end, number)).as_bytes());
    });
    (uri, asked)
}

#[test]
fn what_is_over_replaces_nothing_and_costs_few_requests() {
    let (uri, asked) = turns_bad(8);
    let service = Service::start(&["--from", &format!("uri:{uri}")]);
    // A renewal is due at half of its life.
    eventually("a renewal", || asked.load(Ordering::SeqCst) > 1);
    assert!(service.credential().contains("made-up-secret-1"), "the good one stays");
    thread::sleep(Duration::from_secs(5));
    let count = asked.load(Ordering::SeqCst);
    assert!((2..=8).contains(&count), "{count} requests");
    assert_eq!(status(&service.credential()), "503", "it has ended by now");
    service.tells("not renewed: the new credential has already expired; the current credential expires in");
    let said = service.said();
    assert_eq!(said.matches("not renewed").count(), 1, "once a minute: {said}");
}

#[test]
fn a_first_credential_that_is_over_is_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let (uri, _) = turns_bad(-5);
    let output = serve(place.path(), &["--from", &format!("uri:{uri}")]).output().expect("runs");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no credential from http://localhost"), "{said}");
    assert!(said.contains("the new credential has already expired"), "{said}");
}

#[test]
fn a_date_that_is_years_off_keeps_no_expired_credential() {
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(4);
    let uri = serves(move |stream| {
        let answer = http("200 OK", &body(end, 1));
        let answer = answer.replacen("\r\n", "\r\nDate: Thu, 01 Jan 2015 00:00:00 GMT\r\n", 1);
        let _ = stream.write_all(answer.as_bytes());
    });
    let service = Service::start(&["--from", &format!("uri:{uri}")]);
    assert_eq!(status(&service.credential()), "200");
    eventually("the end of the credential", || status(&service.credential()) == "503");
}
