//! ramrole as a process among others: signals, its parent, its command, and who may read its memory.

mod life;
mod memory;
mod signals;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::program::{RAMROLE, clean};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Waits until a condition holds.
#[track_caller]
fn eventually(what: &str, holds: impl FnMut() -> bool) {
    assert!(soon(PATIENCE, holds), "not in time: {what}");
}

/// Whether a condition holds before so much time has passed.
fn soon(patience: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + patience;
    while !holds() {
        if Instant::now() >= end {
            return false;
        }
        thread::sleep(Duration::from_millis(10));
    }
    true
}

/// A process that is killed when its test ends.
struct Running {
    child: Child,
    place: TempDir,
}

impl Running {
    /// `ramrole serve` with a made-up credential, a credential file and a command.
    fn serve(command: &[&str]) -> Self {
        Self::serve_with(command, |_| ())
    }

    fn serve_with(words: &[&str], set_up: impl FnOnce(&mut Command)) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let mut command = clean(RAMROLE, place.path());
        command.args(["serve", "--from", "fake", "--credential-file", "kept"]);
        if !words.is_empty() {
            command.arg("--").args(words);
        }
        set_up(&mut command);
        Self::start(command, place)
    }

    fn start(mut command: Command, place: TempDir) -> Self {
        let said = |name| fs::File::create(place.path().join(name)).expect(name);
        let child = command.stdout(said("out")).stderr(said("said")).spawn().expect("it starts");
        Self { child, place }
    }

    fn path(&self) -> &Path {
        self.place.path()
    }

    fn pid(&self) -> Pid {
        pid_of(self.child.id())
    }

    /// The first child of the process.
    fn command(&self) -> Option<Process> {
        let id = self.child.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
        children.split_whitespace().next()?.parse().ok().map(Process)
    }

    /// What a file of its folder holds; nothing, where there is none.
    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_default()
    }

    #[track_caller]
    fn wait_for(&self, name: &str, text: &str) {
        eventually(&format!("{text:?} in {name}: {}", self.text("said")), || self.text(name).contains(text));
    }

    fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("it runs");
    }

    /// Its exit status, once it has ended.
    #[track_caller]
    fn ended(&mut self) -> std::process::ExitStatus {
        eventually("the end", || self.child.try_wait().expect("our child").is_some());
        self.child.wait().expect("our child")
    }

    fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("our child").is_some()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let command = self.command();
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(command) = command.filter(|command| command.is_alive()) {
            let _ = kill_process(pid_of(command.0), Signal::KILL);
        }
    }
}

fn pid_of(id: u32) -> Pid {
    i32::try_from(id).ok().and_then(Pid::from_raw).expect("a process")
}

/// Any process, by its number.
#[derive(Clone, Copy)]
struct Process(u32);

impl Process {
    /// Whether it runs; one that only waits for its parent's attention does not.
    fn is_alive(self) -> bool {
        !matches!(self.state(), None | Some('Z' | 'X'))
    }

    fn state(self) -> Option<char> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0)).ok()?;
        status.lines().find_map(|line| line.strip_prefix("State:"))?.trim().chars().next()
    }

    /// The words that it was started with.
    fn words(self) -> Vec<String> {
        let line = fs::read(format!("/proc/{}/cmdline", self.0)).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        line.split_terminator('\0').map(str::to_owned).collect()
    }
}

/// Whether this system has what the tests read.
fn has_proc() -> bool {
    let has = cfg!(target_os = "linux") && Path::new("/proc/self/task").exists();
    if !has {
        println!("skipped: it needs Linux and its /proc");
    }
    has
}

/// A command in a clean environment, without input.
fn program(name: &str, place: &Path) -> Command {
    let mut command = clean(name, place);
    command.stdin(Stdio::null());
    command
}
