//! This process on Linux and macOS.

use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Resource, Signal, getpid, getrlimit, kill_process, test_kill_process};

/// What is waited at once. In small steps, for the time of a stop counts too.
const STEP: Duration = Duration::from_millis(1);
/// How many steps are waited for a signal that was sent during a stop: one that ends the program comes first.
const STEPS_AFTER_STOP: u32 = 20;

/// Stops the program until it is told to go on.
pub fn stop() {
    // Should the system refuse, the program just goes on.
    let _ = kill_process(getpid(), Signal::STOP);
    (0..STEPS_AFTER_STOP).for_each(|_| thread::sleep(STEP));
}

/// Interrupts a thread that waits for the terminal.
pub fn interrupt_reader() {
    // News of a size, though it is the old one, ends its wait.
    let _ = kill_process(getpid(), Signal::WINCH);
}

/// Whether whoever read standard output has gone: a pipe whose other end is closed.
#[must_use]
pub fn reader_has_gone() -> bool {
    let out = std::io::stdout();
    let mut asked = [PollFd::new(&out, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    // A system that does not say counts as one whose reader is there.
    poll(&mut asked, Some(&at_once)).is_ok() && asked[0].revents().intersects(PollFlags::ERR | PollFlags::HUP)
}

/// How many files this process may have open at once.
#[must_use]
pub fn open_files_limit() -> usize {
    let limit = getrlimit(Resource::Nofile).current;
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
}

/// Whether the process with this ID has ended.
#[must_use]
pub fn has_ended(pid: i64) -> bool {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.is_some_and(|pid| matches!(test_kill_process(pid), Err(rustix::io::Errno::SRCH)))
}
