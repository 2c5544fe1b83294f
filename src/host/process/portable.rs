//! What stands in for the features of Linux on macOS and other systems.

/// Does nothing: the system offers no such protection.
pub fn keep_memory_to_itself() {}

/// Whether the keys of a terminal send their signals to the process group of this program.
#[must_use]
pub fn has_terminal() -> bool {
    let terminal = std::fs::File::open("/dev/tty").ok();
    let group = terminal.and_then(|terminal| rustix::termios::tcgetpgrp(terminal).ok());
    group.is_some_and(|group| group == rustix::process::getpgrp())
}
