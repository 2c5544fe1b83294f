//! A command and its service: neither outlives the other, and nobody sees the stage between them.

use std::fs;
use std::os::unix::process::CommandExt as _;

use rustix::process::Signal;

use super::{Running, eventually, has_proc, program};
use crate::program::ramrole;

#[test]
fn a_killed_service_takes_its_command_along() {
    if !has_proc() {
        return;
    }
    // One that ignores what can be ignored ends too: it must not ask a port that somebody else may have by then.
    for line in
        ["trap '' TERM HUP INT; echo ready; while :; do sleep 0.05; done", "echo ready; exec sleep 100"]
    {
        let mut running = Running::serve(&["bash", "-c", line]);
        running.wait_for("out", "ready");
        let command = running.command().expect("a command");
        assert!(command.is_alive());
        running.signal(Signal::KILL);
        running.ended();
        eventually("the end of the command", || !command.is_alive());
    }
}

#[test]
fn a_service_killed_while_it_starts_leaves_no_command() {
    if !has_proc() {
        return;
    }
    for delay in 0..60 {
        let mut running = Running::serve(&["bash", "-c", "echo $$ >pid; exec sleep 100"]);
        std::thread::sleep(std::time::Duration::from_micros(500 * delay));
        let command = running.command();
        running.signal(Signal::KILL);
        running.ended();
        std::thread::sleep(std::time::Duration::from_millis(30));
        let written = running.text("pid").trim().parse().ok().map(super::Process);
        for command in command.into_iter().chain(written) {
            eventually("the end of the command", || !command.is_alive());
        }
    }
}

#[test]
fn only_the_command_is_seen() {
    if !has_proc() {
        return;
    }
    let running = Running::serve(&["sh", "-c", "echo ready; sleep 100; :", "a b", ""]);
    running.wait_for("out", "ready");
    let command = running.command().expect("a command");
    assert_eq!(command.words(), ["sh", "-c", "echo ready; sleep 100; :", "a b", ""]);
    let status = fs::read_to_string(format!("/proc/{}/status", command.0)).expect("its status");
    assert!(status.starts_with("Name:\tsh\n"), "{status}");
    // What the test inherited is everybody's.
    let open = |id| fs::read_dir(format!("/proc/{id}/fd")).expect("its descriptors").count();
    let place = tempfile::tempdir().expect("a folder");
    let mut plain = program("sh", place.path());
    plain.args(["-c", "echo ready; sleep 100; :"]);
    let plain = Running::start(plain, place);
    plain.wait_for("out", "ready");
    assert_eq!(open(command.0), open(plain.child.id()), "nothing of ours is open in the command");
}

#[test]
fn a_command_that_cannot_run_is_told_as_if_nothing_stood_between() {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("plain"), "text").expect("written");
    for (program, code, cause) in [
        ("no-such-program", 2, "No such file or directory"),
        ("./plain", 3, "Permission denied"),
        ("", 2, "No such file"),
    ] {
        let output = ramrole(
            ["serve", "--quiet", "--from", "fake", "--credential-file", "kept", "--", program],
            place.path(),
        );
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(
            said.starts_with(&format!("ramrole: cannot run {program}")) && said.contains(cause),
            "{said}"
        );
        assert!(!place.path().join("kept").exists());
    }
}

#[test]
fn the_stage_is_in_no_list() {
    let place = tempfile::tempdir().expect("a folder");
    for arguments in [
        &["--help"][..],
        &["man"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["completions", "fish"],
    ] {
        let output = ramrole(arguments, place.path());
        assert!(output.status.success());
        assert!(!String::from_utf8_lossy(&output.stdout).contains("run-tied"), "{arguments:?}");
    }
    // Called by somebody who is not its parent, it starts nothing.
    let output = ramrole(["__ramrole-run-tied", "1", "", "touch", "started"], place.path());
    assert_eq!(output.status.code(), Some(if cfg!(target_os = "linux") { 137 } else { 3 }));
    assert!(!place.path().join("started").exists());
}

#[test]
fn another_user_s_service_ties_its_command_too() {
    if !has_proc() || !rustix::process::geteuid().is_root() {
        println!("skipped: it needs root, to become another user");
        return;
    }
    let (place, copy) = super::memory::for_another_user();
    let mut command = program(&copy.display().to_string(), place.path());
    command.args(["serve", "--from", "fake", "--", "sh", "-c", "id -u; exec sleep 100"]);
    command.uid(super::memory::OTHER).gid(super::memory::OTHER);
    let mut running = Running::start(command, place);
    running.wait_for("out", &super::memory::OTHER.to_string());
    let command = running.command().expect("a command");
    running.signal(Signal::KILL);
    running.ended();
    eventually("the end of the command", || !command.is_alive());
}
