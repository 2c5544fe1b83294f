//! Passes signals on to the command on Linux and macOS.

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

use rustix::process::{Pid, getpgid, getpgrp, getpid, getsid, kill_process};
use tokio::process::Child;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::signals::{Caught, Receiver, Sender, Signals};

/// Has the system keep the exit status of the command for as long as the result lives.
///
/// # Errors
/// When the system refuses.
pub fn watch_children() -> io::Result<Signal> {
    signal(SignalKind::child())
}

/// Sends a signal to the command, unless the system has already done so.
pub fn pass_on(child: &Child, caught: Caught, signals: &Signals) {
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

/// The exit status of a command: 128 and the number of the signal that ended it.
pub fn code(status: ExitStatus) -> u8 {
    let signalled = status.signal().map(|number| 128 + number);
    status.code().or(signalled).and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
