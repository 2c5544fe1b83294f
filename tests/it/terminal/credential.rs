//! The screen on credentials in a real terminal, with services that behave and services that do not.

use std::thread;
use std::time::Duration;

use super::home;
use crate::credential::service::{http, sends, serves};
use crate::credential::{body, time};
use crate::pty::{Setup, Terminal, key};

fn watching(home: &std::path::Path, uri: &str) -> Terminal {
    Setup::new(home).arguments(&["credential", "--uri", uri]).start()
}

fn good() -> String {
    sends(http("200 OK", &body(time("2099-01-01T00:00:00Z"), 7)))
}

#[test]
fn it_opens_reads_and_leaves_the_terminal_as_it_was() {
    let home = home();
    let mut terminal = watching(home.path(), &good());
    terminal.wait("fresh").wait("STS.••••••0007").send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
    assert!(!String::from_utf8_lossy(&terminal.since(0)).contains("made-up-secret"));
}

#[test]
fn no_key_waits_for_a_service_that_hangs() {
    let home = home();
    let hangs = serves(|_| thread::sleep(Duration::from_secs(20)));
    let mut terminal = watching(home.path(), &hangs);
    terminal.wait("reading").send(" ").wait("paused").send("?").wait("The keys that work now").send(key::ESC);
    terminal.wait("did not answer in full within 3 seconds").send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}

#[test]
fn it_ends_at_once_while_a_service_hangs() {
    let home = home();
    let hangs = serves(|_| thread::sleep(Duration::from_secs(20)));
    let mut terminal = watching(home.path(), &hangs);
    terminal.wait("reading").send(key::CTRL_C);
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}

#[test]
fn secrets_leave_the_screen_again() {
    let home = home();
    let mut terminal = watching(home.path(), &good());
    terminal.wait("fresh").send("x").wait("Type: show").send("show\r").wait("made-up-secret-7");
    terminal.wait("s more; Esc hides them").send(key::ESC).wait_gone("made-up-secret-7");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    assert!(!terminal.text().contains("made-up"), "nothing is left on the main screen");
}

#[test]
fn only_what_changes_is_written_each_second() {
    let home = home();
    let mut terminal = watching(home.path(), &good());
    let before = terminal.wait("fresh").wait("s ago").mark();
    thread::sleep(Duration::from_secs(4));
    let each = terminal.since(before).len() / 4;
    assert!(each < 400, "{each} bytes a second");
}

#[test]
fn what_is_told_of_a_crash_holds_nothing_of_a_credential() {
    if cfg!(not(debug_assertions)) {
        eprintln!("left out: this build breaks on nobody's wish");
        return;
    }
    let home = home();
    // The build for tests breaks over this text, as it would over an answer with a character cut in two.
    let text = format!("中{}", body(time("2099-01-01T00:00:00Z"), 7).replace('\n', " "));
    let arguments = ["credential", "--uri", &good()];
    let mut terminal = Setup::new(home.path()).arguments(&arguments).env("RAMROLE_TEST_PANIC", &text).start();
    assert_eq!(terminal.ended(), 101);
    terminal.assert_restored();
    let said = String::from_utf8_lossy(&terminal.since(0)).into_owned();
    assert!(said.contains("it broke") && !said.contains("made-up") && !said.contains("MadeUp"), "{said}");
}
