//! Commands on Windows: the console sends its events to the command as well, so that none is passed on.

#![expect(clippy::unnecessary_wraps, reason = "on other systems, these functions can fail")]

use std::io;
use std::process::ExitStatus;

use tokio::process::Child;

use super::signals::{Caught, Signals};

/// Windows keeps the exit status of a command for its parent, so nothing is watched.
pub struct Watched;

/// Does nothing.
///
/// # Errors
/// None here.
pub fn watch_children() -> io::Result<Watched> {
    Ok(Watched)
}

/// Does nothing: the command is in the same console and has had the event.
pub fn pass_on(_: &Child, _: Caught, _: &Signals) {}

/// The exit status of a command; 1 for a status that is larger than 255.
pub fn code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
