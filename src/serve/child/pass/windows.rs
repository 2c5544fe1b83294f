//! Commands on Windows: the console sends its events to the command as well, so that none is passed on.

use std::io;
use std::process::ExitStatus;

use tokio::process::Child;

use super::signals::{Caught, Signals};

/// Does nothing: Windows keeps the exit status of a command for its parent.
///
/// # Errors
/// None here.
pub fn watch_children() -> io::Result<()> {
    Ok(())
}

/// Does nothing: the command is in the same console and has had the event.
pub fn pass_on(_: &Child, _: Caught, _: &Signals) {}

/// The exit status of a command; 1 for a status that is larger than 255.
pub fn code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
