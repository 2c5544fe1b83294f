//! `ramrole serve` around a command in a terminal: its keys reach the command once.

use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::home;
use crate::pty::{Process, Setup, Terminal, key};

/// Says each SIGINT, and ends with 5 after a while.
const COUNTS: &str =
    "trap 'echo interrupted' INT; echo ready; for turn in 1 2 3 4 5 6 7 8; do sleep 0.1; done; exit 5";

fn counts_in(home: &std::path::Path, line: &str) -> Terminal {
    let mut terminal = Setup::of("bash", home).arguments(&["-c", line, "bash", COUNTS]).start();
    terminal.wait("ready");
    terminal
}

#[track_caller]
fn assert_interrupted(mut terminal: Terminal, times: usize) {
    assert_eq!(terminal.ended(), 5);
    assert_eq!(terminal.text().matches("interrupted").count(), times, "{}", terminal.text());
}

#[test]
fn ctrl_c_reaches_the_command_once_and_its_status_is_ours() {
    let home = home();
    let arguments = ["serve", "--quiet", "--from", "fake", "--", "bash", "-c", COUNTS];
    let mut terminal = Setup::new(home.path()).arguments(&arguments).start();
    terminal.wait("ready").send(key::CTRL_C);
    assert_interrupted(terminal, 1);
}

#[test]
fn whatever_is_redirected_ctrl_c_reaches_the_command_once() {
    let home = home();
    for redirected in
        ["</dev/null", "2>/dev/null", "<answers.toml 2>said", "</dev/null 2>&1 | (trap '' INT; cat)"]
    {
        // bash leaves with the status of the pipe's first part.
        let line = format!(
            "trap : INT; set -o pipefail; ramrole serve --quiet --from fake -- bash -c \"$1\" {redirected}"
        );
        let mut terminal = counts_in(home.path(), &line);
        terminal.send(key::CTRL_C);
        thread::sleep(Duration::from_millis(100));
        assert_interrupted(terminal, 1);
    }
}

#[test]
fn kill_reaches_the_command_though_it_stands_in_a_terminal() {
    let home = home();
    let arguments = ["serve", "--quiet", "--from", "fake", "--", "bash", "-c", COUNTS];
    let mut terminal = Setup::new(home.path()).arguments(&arguments).start();
    terminal.wait("ready").signal(Signal::INT);
    assert_interrupted(terminal, 1);
}

#[test]
fn a_command_in_a_session_of_its_own_gets_ctrl_c_from_us() {
    let home = home();
    let mut terminal =
        counts_in(home.path(), "exec ramrole serve --quiet --from fake -- setsid -w bash -c \"$1\"");
    terminal.send(key::CTRL_C);
    // `setsid` itself replaces itself where it does not lead its group, as here.
    assert_interrupted(terminal, 1);
}

#[test]
fn when_the_terminal_goes_the_command_is_told_and_no_file_is_left() {
    let home = home();
    let script = "trap 'echo hung up >>told; exit 3' HUP; echo ready; while :; do sleep 0.05; done";
    let arguments = ["serve", "--from", "fake", "--credential-file", "kept", "--", "bash", "-c", script];
    let mut terminal = Setup::new(home.path()).arguments(&arguments).start();
    terminal.wait("ready").hang_up("x");
    assert_eq!(terminal.ended(), 3);
    assert_eq!(std::fs::read_to_string(home.path().join("told")).expect("told"), "hung up\n");
    assert!(!home.path().join("kept").exists());
}

#[test]
fn ctrl_z_stops_both_and_both_go_on() {
    let home = home();
    let setup = Setup::of("bash", home.path()).arguments(&["--norc", "--noprofile", "-i"]);
    let mut terminal = setup.env("PS1", "shell> ").start();
    let line = "ramrole serve --quiet --from fake -- bash -c 'echo rea\"\"dy; sleep 0.5; echo go\"\"ne on; exit 4'\r";
    terminal.wait("shell>").send(line).wait("ready").send(key::CTRL_Z).wait("Stopped");
    thread::sleep(Duration::from_millis(700));
    assert!(!terminal.text().contains("gone on"), "{}", terminal.text());
    terminal.send("fg\r").wait("gone on").send("echo status $?\r").wait("status 4");
}

#[test]
fn without_a_command_ctrl_c_stops_it_and_ctrl_z_only_for_a_while() {
    let home = home();
    let mut terminal = Setup::new(home.path()).arguments(&["serve", "--from", "fake"]).start();
    terminal.wait("export ALIBABA_CLOUD_CREDENTIALS_URI=").wait("running until you stop it");
    if let Some(process) = Process::of(&terminal) {
        // Nobody could continue the leader of a session: the system does not stop it.
        terminal.signal(Signal::TSTP);
        thread::sleep(Duration::from_millis(100));
        assert_eq!(process.state(), "S");
    }
    terminal.send(key::CTRL_C);
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn messages_wait_until_a_full_screen_command_gives_the_terminal_back() {
    let home = home();
    let command = "stty raw; printf 'taken\\r\\n'; sleep 4; stty sane; echo returned; sleep 1";
    let arguments = ["serve", "--from", "fake", "--ttl", "4s", "--", "bash", "-c", command];
    let mut terminal = Setup::new(home.path()).arguments(&arguments).start();
    terminal.wait("taken");
    thread::sleep(Duration::from_secs(3));
    assert!(!terminal.text().contains("renewed"), "{}", terminal.text());
    terminal.wait("returned");
    assert_eq!(terminal.ended(), 0);
    assert!(terminal.text().contains("renewed"), "{}", terminal.text());
}
