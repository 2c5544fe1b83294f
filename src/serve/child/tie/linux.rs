//! Ties a command to this process on Linux: a stage of ramrole between the two asks the system to end the command with
//! its parent, then replaces itself by the command.
//!
//! `std` offers no safe way to run code between fork and exec, hence the stage. The system counts the thread that
//! started the command as its parent, so it has to be one that lasts: the main thread.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::{env, io, process};

use rustix::process::{Signal, getppid, set_parent_process_death_signal};
use tokio::process::Command;

use super::super::Signals;
use super::super::signals::block_only;

/// The first argument of the stage. It is unlikely to be typed by accident, and grants no rights.
const NAME: &str = "__ramrole-run-tied";
/// This program, even when its file was replaced since it started.
const OURSELVES: &str = "/proc/self/exe";

/// The command, to be started by way of the stage.
///
/// # Errors
/// When there is no command.
pub fn command(words: &[OsString], signals: &Signals) -> io::Result<Command> {
    let [_, ..] = words else { return Err(io::ErrorKind::InvalidInput.into()) };
    let named = || env::args_os().next().unwrap_or_default();
    let program = if Path::new(OURSELVES).exists() { OURSELVES.into() } else { named() };
    let mut command = Command::new(program);
    let blocked: Vec<_> = signals.blocked_before().iter().map(i32::to_string).collect();
    command.arg0("ramrole").arg(NAME).arg(process::id().to_string()).arg(blocked.join(",")).args(words);
    Ok(command)
}

/// The stage, as its arguments describe it.
pub struct Stage<'a> {
    parent: &'a OsStr,
    blocked: &'a OsStr,
    /// The command and its arguments.
    words: &'a [OsString],
}

impl<'a> Stage<'a> {
    /// The stage, if these arguments of a program ask for it.
    #[must_use]
    pub fn of(arguments: &'a [OsString]) -> Option<Self> {
        match arguments {
            [_, name, parent, blocked, words @ ..] if name == NAME && !words.is_empty() => {
                Some(Self { parent, blocked, words })
            }
            _ => None,
        }
    }

    /// The program of the command.
    #[must_use]
    pub fn program(&self) -> &OsStr {
        self.words.first().map(OsString::as_os_str).unwrap_or_default()
    }

    /// Becomes the command. It returns only if that fails; `None` means that the parent has ended, so that nothing
    /// is to be started.
    #[must_use]
    pub fn run(&self) -> Option<io::Error> {
        // SIGKILL, because a command that outlives its service would ask for credentials at a port that any other
        // user may have taken since. A kernel that refuses runs the command all the same.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        // If the parent ended before the line above, the system sends no signal.
        let parent = getppid().map(|pid| pid.as_raw_nonzero().to_string());
        if parent.is_none_or(|parent| *self.parent != *parent) {
            return None;
        }
        let numbers = self.blocked.to_string_lossy();
        let numbers: Vec<i32> = numbers.split(',').filter_map(|number| number.parse().ok()).collect();
        let [program, arguments @ ..] = self.words else { return None };
        block_only(&numbers);
        Some(process::Command::new(program).args(arguments).exec())
    }
}
