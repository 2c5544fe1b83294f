//! The console of Windows. crossterm saves and restores its modes.

use std::io::{self, Stdout};

/// The modes of the console, which crossterm keeps.
pub struct Modes;

impl Modes {
    /// The modes now.
    #[must_use]
    pub fn now() -> Self {
        Self
    }

    /// Does nothing: crossterm restores the modes.
    pub fn restore(&self) {}
}

/// Whether the console is this program's: always, because Windows has no background jobs.
#[must_use]
pub fn is_in_foreground() -> bool {
    true
}

/// Whether a full-screen program runs on standard error. Here nobody knows, so lines are written.
#[must_use]
pub fn stderr_is_raw() -> bool {
    false
}

/// Standard output. Only the writer of the standard library converts UTF-8 for the console.
///
/// # Errors
/// None here.
pub fn own_output() -> io::Result<Stdout> {
    Ok(io::stdout())
}
