//! Signals, hang-ups and sudden ends: the terminal is given back, no answer is lost, nothing spins.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};

use super::{COMMAND, at_config, at_plan, drafts, home, title};
use crate::pty::{Process, Setup, Terminal, emulator, key};

/// How long the program may live on without its terminal.
const SOON: Duration = Duration::from_secs(1);
/// How much work that may be, in hundredths of a second.
const TICKS: u64 = 10;

#[test]
fn a_signal_ends_it_and_the_draft_has_the_last_answer() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::HUP, 129)] {
        let home = home();
        let mut terminal = at_config(home.path());
        terminal.signal(signal);
        assert_eq!(terminal.ended(), code);
        terminal.assert_restored();
        assert!(drafts(home.path()).contains("\"region\": \"cn-shanghai\""), "{code}");
    }
}

/// Hangs the terminal up, and waits for the end of the program.
#[track_caller]
fn assert_ends_on_hang_up(mut terminal: Terminal, wake: &str) {
    let Some(process) = Process::of(&terminal) else { return };
    let before = process.ticks();
    terminal.hang_up(wake);
    process.wait("Z", SOON);
    let spent = process.ticks() - before;
    assert!(spent <= TICKS, "it spun for {spent} hundredths of a second");
    assert_eq!(terminal.ended(), 129);
}

#[test]
fn a_hang_up_ends_it_within_a_second() {
    let home = home();
    assert_ends_on_hang_up(at_config(home.path()), "x");
    assert!(drafts(home.path()).contains("\"region\": \"cn-shanghai\""));
}

#[test]
fn a_hang_up_that_no_signal_tells_ends_it_too() {
    let home = home();
    let mut terminal = at_plan(Setup::new(home.path()).without_controlling_terminal());
    terminal.settle();
    assert_ends_on_hang_up(terminal, "\x1b[C");
}

#[test]
fn a_hang_up_ends_the_raw_view() {
    let home = home();
    for setup in [Setup::new(home.path()), Setup::new(home.path()).without_controlling_terminal()] {
        let mut terminal = at_plan(setup);
        terminal.send("v").wait("Enter leads back");
        assert_ends_on_hang_up(terminal, "x");
    }
}

#[test]
fn a_signal_ends_the_raw_view() {
    let home = home();
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130)] {
        let mut terminal = at_plan(Setup::new(home.path()));
        terminal.send("v").wait("Enter leads back").signal(signal);
        assert_eq!(terminal.ended(), code);
        terminal.assert_restored();
    }
    let mut terminal = at_plan(Setup::new(home.path()));
    terminal.send("v").wait("Enter leads back").send(key::CTRL_C);
    assert_eq!(terminal.ended(), 130, "as in any program that waits for a line");
    terminal.assert_restored();
}

#[test]
fn while_it_is_stopped_the_terminal_is_the_shells() {
    let home = home();
    let mut terminal = at_plan(Setup::new(home.path()));
    let Some(process) = Process::of(&terminal) else { return };
    let before = terminal.text();
    for _ in 0..2 {
        terminal.signal(Signal::TSTP);
        process.wait("T", SOON);
        terminal.assert_restored();
        let mark = terminal.mark();
        terminal.signal(Signal::CONT).wait(COMMAND).settle();
        assert_eq!(terminal.text(), before);
        let mut alone = emulator((100, 30));
        alone.process(&terminal.since(mark));
        assert_eq!(alone.screen().contents(), before, "drawn whole");
    }
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}

/// A shell with the wizard stopped in it by this signal.
fn stopped_in_a_shell(home: &Path, signal: Signal) -> Terminal {
    let setup = Setup::of("bash", home).arguments(&["--norc", "--noprofile", "-i"]);
    let mut terminal = setup.env("PS1", "shell> ").start();
    terminal.wait("shell>").send("ramrole --answers answers.toml\r").wait(COMMAND).settle();
    kill_process(terminal.foreground().expect("a job"), signal).expect("it lives");
    // One that could not prepare leaves its screen there.
    terminal.wait("Stopped").settle();
    terminal
}

#[test]
fn what_ends_it_while_it_is_stopped_comes_first() {
    for signal in [Signal::TSTP, Signal::STOP] {
        let home = home();
        let mut terminal = stopped_in_a_shell(home.path(), signal);
        terminal.send("kill %1; sleep 0.3; jobs; echo no $((1 + 1)) jobs\r").wait("no 2 jobs");
        assert!(terminal.text().contains("Exit 143"), "{}", terminal.text());
    }
}

#[test]
fn a_stop_that_nobody_can_prepare_for_is_made_good() {
    let home = home();
    let mut terminal = stopped_in_a_shell(home.path(), Signal::STOP);
    terminal.send("fg\r").wait(COMMAND).wait_gone("Stopped").settle();
    assert!(terminal.look(vt100::Screen::alternate_screen));
    terminal.send(key::RIGHT).wait("enable_ram_role").send("q");
    terminal.wait_until("the shell again", |screen| !screen.alternate_screen()).settle();
    terminal.send("echo $?-$((2 + 2))\r").wait("0-4");
}

#[test]
fn stopped_in_the_raw_view_it_goes_on_there() {
    let home = home();
    let mut terminal = at_plan(Setup::new(home.path()));
    let Some(process) = Process::of(&terminal) else { return };
    terminal.send("v").wait("Enter leads back").send(key::CTRL_Z);
    process.wait("T", SOON);
    terminal.assert_restored();
    terminal.signal(Signal::CONT).settle().send(key::ENTER).wait("copy");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn killed_after_an_answer_it_goes_on_from_there() {
    let home = home();
    let mut terminal = at_config(home.path());
    thread::sleep(Duration::from_millis(200));
    let killed = Instant::now();
    terminal.signal(Signal::KILL).ended();
    assert!(killed.elapsed() < SOON);

    let mut next = Setup::new(home.path()).start();
    next.wait("eas, cn-shanghai").send(key::ENTER).wait(title("service_config"));
    next.send(key::ESC).wait(title("region"));
    assert!(next.text().contains("cn-shanghai"), "{}", next.text());
}

/// Provoked by a variable that only a build for tests knows.
#[test]
fn a_panic_is_told_on_the_terminal_that_was_before_and_quotes_nothing() {
    if cfg!(not(debug_assertions)) {
        eprintln!("left out: this build breaks on nobody's wish");
        return;
    }
    for about in ["中 canary", "中 canary beside"] {
        let home = home();
        let mut terminal = Setup::new(home.path())
            .env("RAMROLE_TEST_PANIC", about)
            .arguments(&["--answers", "answers.toml"])
            .start();
        assert_eq!(terminal.ended(), 101);
        terminal.assert_restored();
        let said = terminal.text();
        assert!(said.starts_with("ramrole: it broke at src/tui/panics.rs:"), "{said}");
        assert!(said.contains("the draft keeps them"), "{said}");
        let raw = String::from_utf8_lossy(&terminal.since(0)).into_owned();
        assert!(!raw.contains("canary") && !raw.contains("panicked"), "{raw}");
        let (_, after) = raw.rsplit_once("ramrole: it broke").expect("a report");
        assert!(!after.contains('\u{1b}'), "nothing moves behind the report: {after:?}");
        assert!(drafts(home.path()).contains("\"workspace_id\": \"12345\""));
    }
}

#[test]
fn a_release_knows_no_way_to_break() {
    if cfg!(debug_assertions) {
        eprintln!("left out: this is no release");
        return;
    }
    let program = std::fs::read(crate::program::RAMROLE).expect("the program");
    assert!(!program.windows(18).any(|window| window == b"RAMROLE_TEST_PANIC"));
}
