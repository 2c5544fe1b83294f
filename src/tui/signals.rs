//! The signals that end or stop the wizard, and a terminal that has gone. It restores nothing itself.

#[cfg_attr(unix, path = "signals/unix.rs")]
#[cfg_attr(windows, path = "signals/windows.rs")]
mod system;

use system::{CONTINUE, HANG_UP, INTERRUPT, QUIT, STOP};

pub use system::Signals;

/// What the system tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To stop until it is told to go on.
    Stop,
    /// That it goes on, after a stop that nobody could prepare for.
    GoOn,
    /// That the terminal has gone.
    HangUp,
    /// To end: the number of the signal.
    End(i32),
}

impl Signal {
    fn of(number: i32) -> Self {
        match number {
            STOP => Self::Stop,
            CONTINUE => Self::GoOn,
            HANG_UP => Self::HangUp,
            other => Self::End(other),
        }
    }
}

/// Whether keys send this signal to everybody at the terminal: Ctrl-C, Ctrl-\\.
pub fn is_of_keys(number: i32) -> bool {
    [INTERRUPT, QUIT].contains(&number)
}
