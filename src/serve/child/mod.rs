//! The command for which the service runs: it gets the URI and the signals that ramrole gets, and its exit status
//! becomes ramrole's.

mod signals;
mod tie;

use std::ffi::OsString;
use std::io;
use std::process::ExitStatus;

use rustix::process::{Pid, getpgid, getpgrp, getpid, getsid, kill_process};
use tokio::process::Child;
use tokio::signal::unix::{SignalKind, signal};

pub use signals::{Caught, Signals};
pub use tie::Stage;

use signals::{Receiver, Sender};

/// What is changed in the environment of the command: set, or removed.
pub type Changes = Vec<(String, Option<OsString>)>;

/// How a command ended.
pub enum Ended {
    /// Its exit status; for a signal, 128 and the signal's number.
    Status(u8),
    /// It was not started, because this signal had arrived before.
    Before(Caught),
}

/// Runs a command until it ends. On Linux the command ends with this process, even if this process is killed.
///
/// # Errors
/// When it cannot be started.
pub async fn run(words: &[OsString], changes: Changes, signals: &mut Signals) -> io::Result<Ended> {
    // If the parent process ignores SIGCHLD, the system would discard the exit status.
    let _children = signal(SignalKind::child())?;
    if let Some(caught) = signals.pending_end() {
        return Ok(Ended::Before(caught));
    }
    let mut command = tie::command(words, signals)?;
    command.kill_on_drop(true);
    for (name, value) in changes {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let mut child = command.spawn()?;
    loop {
        tokio::select! {
            status = child.wait() => return status.map(|status| Ended::Status(code(status))),
            caught = signals.next() => pass_on(&child, caught, signals),
        }
    }
}

/// Sends a signal to the command, unless the system has already done so.
fn pass_on(child: &Child, caught: Caught, signals: &Signals) {
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some((pid, signal)) = pid.zip(caught.signal()).filter(|(pid, _)| !has_it(*pid, caught)) {
        // A command that has just ended needs no signal.
        let _ = kill_process(pid, signal);
    }
    if caught.stops() {
        signals.stop();
    }
}

/// Whether the system sent this signal to the command too, or meant ramrole alone.
fn has_it(command: Pid, caught: Caught) -> bool {
    let same_group = || getpgid(Some(command)).is_ok_and(|group| group == getpgrp());
    match (caught.sender(), caught.receiver()) {
        (Sender::Process, _) | (_, Receiver::Owner) => false,
        (Sender::System, Receiver::Offender) => true,
        (Sender::System, Receiver::Group) => same_group(),
        // When a terminal is closed, the system signals only the session leader.
        (Sender::System, Receiver::Leader) => {
            same_group() && !getsid(None).is_ok_and(|leader| leader == getpid())
        }
    }
}

fn code(status: ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt as _;
    let signalled = status.signal().map(|number| 128 + number);
    status.code().or(signalled).and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
