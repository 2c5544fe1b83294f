//! Process groups, for a program that keeps the clipboard.

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command};

use rustix::process::{Pid, Signal, kill_process_group};

/// In a group of its own a program that keeps the clipboard survives a Ctrl-C in this terminal.
pub fn start_apart(command: &mut Command) {
    command.process_group(0);
}

/// Kills a program and what it started in its group.
pub fn kill(child: &Child) {
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
}
