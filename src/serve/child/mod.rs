//! The command for which the service runs: it gets the URI and the signals that ramrole gets, and its exit status
//! becomes ramrole's.

#[cfg_attr(unix, path = "pass/unix.rs")]
#[cfg_attr(windows, path = "pass/windows.rs")]
mod pass;
#[cfg_attr(windows, path = "signals/windows.rs")]
mod signals;
mod tie;

use std::ffi::OsString;
use std::io;

pub use signals::{Caught, Signals};
pub use tie::Stage;

use pass::{code, pass_on, watch_children};

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
    let _children = watch_children()?;
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
