//! This process itself: stops it, and wakes the thread of it that waits for the terminal.

use std::thread;
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};

/// What is waited at once. In small steps, for the time of a stop counts too.
const STEP: Duration = Duration::from_millis(1);
/// How many steps are waited for a signal that was sent during a stop: one that ends the program comes first.
const STEPS_AFTER_STOP: u32 = 20;
/// How many steps are waited for a thread that was woken.
const STEPS_TO_WAKE: u32 = 100;

/// Stops the program until it is told to go on.
pub fn stop() {
    // Should the system refuse, the program just goes on.
    let _ = kill_process(getpid(), Signal::STOP);
    (0..STEPS_AFTER_STOP).for_each(|_| thread::sleep(STEP));
}

/// Wakes a thread that reads the terminal, until it sleeps no more, or a tenth of a second has gone.
pub fn wake(is_awake: impl Fn() -> bool) {
    // News of a size, though it is the old one, ends its wait.
    let _ = kill_process(getpid(), Signal::WINCH);
    for _ in 0..STEPS_TO_WAKE {
        if is_awake() {
            return;
        }
        thread::sleep(STEP);
    }
}

/// Whether whoever read standard output has gone: a pipe whose other end is closed.
#[cfg(unix)]
#[must_use]
pub fn reader_has_gone() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let out = std::io::stdout();
    let mut asked = [PollFd::new(&out, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    // A system that does not say counts as one whose reader is there.
    poll(&mut asked, Some(&at_once)).is_ok() && asked[0].revents().intersects(PollFlags::ERR | PollFlags::HUP)
}

/// Whether whoever read standard output has gone, which only a write can tell here.
#[cfg(not(unix))]
#[must_use]
pub fn reader_has_gone() -> bool {
    false
}

/// Keeps other programs of the same user from reading this process's memory, and the system from dumping it.
#[cfg(target_os = "linux")]
pub fn keep_memory_to_itself() {
    // If the system refuses, this process stays as readable as any other.
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Keeps other programs of the same user from reading this process's memory, where the system knows how.
#[cfg(not(target_os = "linux"))]
pub fn keep_memory_to_itself() {}

/// How many files this process may have open at once.
#[cfg(unix)]
#[must_use]
pub fn open_files_limit() -> usize {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
}

/// The signals that the caller of this program ignores: bit `n - 1` for signal `n`. No bit is set if the system does
/// not report them.
#[cfg(target_os = "linux")]
#[must_use]
pub fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok()).unwrap_or(0)
}

/// Whether the keys of a terminal send their signals to the process group of this program.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn has_terminal() -> bool {
    let terminal = std::fs::File::open("/dev/tty").ok();
    let group = terminal.and_then(|terminal| rustix::termios::tcgetpgrp(terminal).ok());
    group.is_some_and(|group| group == rustix::process::getpgrp())
}
