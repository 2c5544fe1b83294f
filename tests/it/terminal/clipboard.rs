//! `y` puts a document on the clipboard that the terminal has, and never says more than is known.

use std::path::Path;
use std::process::Output;
use std::thread;
use std::time::{Duration, Instant};

use ramrole::domain::answers::Answers;
use ramrole::domain::plan::{Facts, plan};

use super::{ANSWERS, COMMAND, at_plan, home};
use crate::program::{RAMROLE, clean};
use crate::pty::{PATIENCE, Setup, key};

/// The first document of the plan.
fn document() -> String {
    let answers = Answers::parse(ANSWERS).expect("answers");
    plan(&answers, &Facts::default()).expect("a plan").documents.swap_remove(0).text
}

/// What Base64 stands for.
fn decoded(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |letter: char| LETTERS.find(letter).expect("a letter of Base64");
    let letters: Vec<usize> = text.trim_end_matches('=').chars().map(value).collect();
    let bytes = letters.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, value| bits << 6 | value) << (6 * (4 - four.len()));
        let bytes = [bits >> 16, bits >> 8, bits].map(|byte| u8::try_from(byte & 0xff).expect("a byte"));
        bytes.into_iter().take(four.len() - 1)
    });
    bytes.collect()
}

#[test]
fn the_terminal_is_sent_exactly_the_document() {
    let home = home();
    let path = home.path().join("no programs").display().to_string();
    let mut terminal = at_plan(Setup::new(home.path()).env("PATH", &path));
    let mark = terminal.send(key::RIGHT).settle().mark();
    terminal.send("y").wait("sent to the terminal").settle();
    assert!(!terminal.text().to_lowercase().contains("copied"), "nobody knows that");
    let raw = String::from_utf8(terminal.since(mark)).expect("UTF-8");
    let sequences: Vec<&str> = raw.split("\x1b]52;c;").skip(1).collect();
    let [sequence] = sequences.as_slice() else { panic!("{} sequences", sequences.len()) };
    let end = sequence.find(['\x1b', '\x07']).expect("an end");
    assert_eq!(String::from_utf8(decoded(&sequence[..end])).expect("UTF-8"), document());
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}

/// A tmux of its own, which ends with the test.
struct Tmux<'h> {
    home: &'h Path,
}

impl Tmux<'_> {
    fn run(&self, arguments: &[&str]) -> Option<Output> {
        let mut command = clean("tmux", self.home);
        command.env("TMUX_TMPDIR", self.home).args(["-L", "ramrole", "-f", "/dev/null"]).args(arguments);
        command.output().ok()
    }

    /// What it answers to a command, again and again until that holds.
    #[track_caller]
    fn until(&self, arguments: &[&str], holds: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let output = self.run(arguments).expect("tmux runs");
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            if output.status.success() && holds(&said) {
                return said;
            }
            assert!(Instant::now() < end, "{arguments:?}: {said}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn in_tmux_the_document_is_in_its_buffer() {
    let home = home();
    let tmux = Tmux { home: home.path() };
    let line = format!("{RAMROLE} --answers answers.toml");
    let begun = tmux.run(&["new-session", "-d", "-x", "100", "-y", "30", &line]);
    if begun.is_none_or(|output| !output.status.success()) {
        eprintln!("left out: tmux does not run here");
        return;
    }
    tmux.until(&["capture-pane", "-p"], |screen| screen.contains(COMMAND));
    tmux.run(&["send-keys", "Right", "y"]);
    tmux.until(&["capture-pane", "-p"], |screen| screen.contains("tmux's buffer"));
    let buffer = tmux.until(&["show-buffer"], |buffer| !buffer.is_empty());
    assert_eq!(buffer, document());
}
