//! The terminal on Linux and macOS.

use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;

use rustix::process::getpgrp;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

/// The modes of the terminal at standard input.
pub struct Modes(Option<Termios>);

impl Modes {
    /// The modes now.
    #[must_use]
    pub fn now() -> Self {
        Self(tcgetattr(io::stdin()).ok())
    }

    /// Sets them again, unless another program has the terminal.
    pub fn restore(&self) {
        if let Some(modes) = self.0.as_ref().filter(|_| is_in_foreground()) {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
        }
    }
}

/// Whether the terminal is this program's: in the background the modes are the shell's, and to set them would stop us.
#[must_use]
pub fn is_in_foreground() -> bool {
    tcgetpgrp(io::stdin()).map_or(true, |foreground| foreground == getpgrp())
}

/// Whether standard error is a terminal in which a full-screen program runs: it reads keys one by one, so that lines
/// would be written over its screen.
#[must_use]
pub fn stderr_is_raw() -> bool {
    tcgetattr(io::stderr()).is_ok_and(|modes| !modes.local_modes.contains(LocalModes::ICANON))
}

/// Standard output as a file of its own, whose writes go out unbroken.
///
/// # Errors
/// When the system refuses.
pub fn own_output() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}
