//! Every signal that can be caught: the command gets it or the service ends, and no file is left.

use std::fs;
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::{Process, Running, eventually, has_proc, program, soon};

/// No program can catch these: KILL, STOP, and two that the C library keeps for itself.
const UNCATCHABLE: [i32; 4] = [9, 19, 32, 33];
/// These keep their usual effect on ramrole alone: Rust ignores PIPE, CHLD tells of children, and TTIN and TTOU stop a
/// job in the background.
const LEFT: [i32; 4] = [13, 17, 21, 22];
/// These do not end a program that does nothing about them: CONT, TSTP, URG, WINCH.
const HARMLESS: [i32; 4] = [18, 20, 23, 28];

/// Writes the number of each signal that it gets.
const RECORDER: &str = "for n in $(seq 64); do [ $n = 17 ] || trap \"echo $n >>got\" $n 2>/dev/null; done; \
                        echo ready; while :; do sleep 0.02; done";

fn catchable() -> impl Iterator<Item = i32> {
    (1..=64).filter(|number| !UNCATCHABLE.contains(number))
}

/// Sends a signal by its number, which not every signal has a name for.
fn send(running: &Running, number: i32) {
    let line = format!("kill -{number} {}", running.child.id());
    assert!(program("bash", running.path()).args(["-c", &line]).status().expect("bash").success(), "{line}");
}

#[test]
fn the_command_gets_every_signal_once() {
    if !has_proc() {
        return;
    }
    let running = Running::serve(&["bash", "-c", RECORDER]);
    running.wait_for("out", "ready");
    for number in catchable().filter(|number| !LEFT.contains(number)) {
        fs::write(running.path().join("got"), "").expect("written");
        send(&running, number);
        running.wait_for("got", &format!("{number}\n"));
        // After TSTP it stands still until CONT, which the command gets too.
        if number == 20 {
            send(&running, 18);
            running.wait_for("got", "20\n18\n");
        }
        thread::sleep(Duration::from_millis(50));
        let expected = if number == 20 { "20\n18\n".to_owned() } else { format!("{number}\n") };
        assert_eq!(running.text("got"), expected);
        assert!(running.path().join("kept").exists(), "{number} did not end it");
    }
}

#[test]
fn a_signal_that_ends_the_command_ends_all() {
    if !has_proc() {
        return;
    }
    for number in catchable().filter(|number| !LEFT.contains(number) && !HARMLESS.contains(number)) {
        let mut running = Running::serve(&["sh", "-c", "echo ready; exec sleep 100"]);
        running.wait_for("out", "ready");
        let command = running.command().expect("a command");
        send(&running, number);
        assert_eq!(running.ended().code(), Some(128 + number));
        assert!(!command.is_alive(), "{number}: the command runs on");
        assert!(!running.path().join("kept").exists(), "{number}: the file is left");
    }
}

#[test]
fn without_a_command_a_signal_ends_the_service_cleanly_or_does_nothing() {
    if !has_proc() {
        return;
    }
    for number in catchable() {
        let mut running = Running::serve(&[]);
        running.wait_for("out", "export ");
        send(&running, number);
        if LEFT.contains(&number) || HARMLESS.contains(&number) {
            thread::sleep(Duration::from_millis(30));
            assert!(!running.has_ended(), "{number}");
            send(&running, 18);
            send(&running, 15);
        }
        let asked = LEFT.contains(&number) || HARMLESS.contains(&number) || [1, 2, 3, 15].contains(&number);
        assert_eq!(running.ended().code(), Some(if asked { 0 } else { 128 + number }), "{number}");
        assert!(!running.path().join("kept").exists(), "{number}: the file is left");
    }
}

#[test]
fn a_signal_at_any_moment_of_the_start_leaves_nothing() {
    if !has_proc() {
        return;
    }
    let mut dice = [0; 200];
    getrandom::fill(&mut dice).expect("random bits");
    let signals = [Signal::TERM, Signal::INT, Signal::USR1, Signal::HUP, Signal::ALARM];
    let mut ended_early = 0;
    for (die, signal) in dice.into_iter().zip(signals.into_iter().cycle()) {
        let mut running = Running::serve(&["sh", "-c", "echo $$ >pid; exec sleep 100"]);
        thread::sleep(Duration::from_micros(u64::from(die) * 20_000 / 256));
        running.signal(signal);
        running.ended();
        let command = running.text("pid").trim().parse().ok().map(Process);
        assert!(command.is_none_or(|command| !command.is_alive()), "{die} {signal:?}: an orphan");
        ended_early += usize::from(command.is_none());
        let entries = fs::read_dir(running.path()).expect("a folder");
        let left: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        let ours =
            |name: &&std::ffi::OsString| ["out", "said", "pid"].iter().any(|our| name.as_os_str() == *our);
        assert!(left.iter().all(|name| ours(&name)), "{die} {signal:?}: {left:?}");
    }
    println!("{ended_early} of 200 had no command yet");
}

#[test]
fn a_source_that_hangs_does_not_keep_it_from_ending() {
    let service = crate::credential::service::serves(|_| thread::sleep(Duration::from_secs(20)));
    let place = tempfile::tempdir().expect("a folder");
    let mut command = program(crate::program::RAMROLE, place.path());
    command.args(["serve", "--from", &format!("uri:{service}"), "--", "sleep", "100"]);
    let mut running = Running::start(command, place);
    thread::sleep(Duration::from_millis(300));
    running.signal(Signal::TERM);
    assert!(soon(Duration::from_secs(1), || running.has_ended()));
    assert_eq!(running.ended().code(), Some(143), "a command that never ran has not succeeded");
}

#[test]
fn what_the_caller_ignores_stays_ignored_for_the_command_too() {
    if !has_proc() {
        return;
    }
    for (line, number, bit) in [
        ("exec nohup \"$0\" \"$@\"", 1, 0b1),
        ("\"$0\" \"$@\" & wait", 2, 0b10),
        ("\"$0\" \"$@\" & wait", 3, 0b100),
        ("trap '' USR1; exec \"$0\" \"$@\"", 10, 1 << 9),
        ("trap '' 40; exec \"$0\" \"$@\"", 40, 1 << 39),
    ] {
        let place = tempfile::tempdir().expect("a folder");
        let mut command = program("bash", place.path());
        command.args(["-c", line, crate::program::RAMROLE, "serve", "--from", "fake", "--", "bash", "-c"]);
        command.arg("echo $PPID $(grep SigIgn /proc/self/status); exec sleep 100");
        let running = Running::start(command, place);
        running.wait_for("out", "SigIgn");
        let out = running.text("out");
        let words: Vec<&str> = out.split_whitespace().collect();
        let serve = Process(words[0].parse().expect("a number"));
        let ignored = u64::from_str_radix(words[2], 16).expect("digits");
        assert_ne!(ignored & bit, 0, "{line}: {ignored:x}");
        let kill = |number: i32| {
            let kill = format!("kill -{number} {}", words[0]);
            program("bash", running.path()).args(["-c", &kill]).status().expect("bash");
        };
        kill(number);
        thread::sleep(Duration::from_millis(100));
        assert!(serve.is_alive(), "{line}: {}", running.text("said"));
        kill(15);
        eventually("the end", || !serve.is_alive());
    }
}

#[test]
fn nothing_is_blocked_for_the_command_but_what_was_blocked_before() {
    if !has_proc() {
        return;
    }
    // bash, for dash clears the mask of what it starts.
    let look = ["bash", "-c", "grep SigBlk /proc/self/status; exit 7"];
    let mut running = Running::serve(&look);
    assert_eq!(running.ended().code(), Some(7));
    assert!(running.text("out").contains("SigBlk:\t0000000000000000\n"), "{}", running.text("out"));
    let place = tempfile::tempdir().expect("a folder");
    let mut command = program("python3", place.path());
    let start = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [10, 12]); \
                 signal.signal(17, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])";
    command.args(["-c", start, crate::program::RAMROLE, "serve", "--from", "fake", "--"]).args(look);
    let mut running = Running::start(command, place);
    assert_eq!(running.ended().code(), Some(7), "though the caller ignores SIGCHLD");
    assert!(running.text("out").contains("SigBlk:\t0000000000000a00\n"), "{}", running.text("out"));
}
