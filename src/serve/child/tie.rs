//! Ties a command to this process, so that the system ends the command if this process is killed.

#[cfg_attr(target_os = "linux", path = "tie/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "tie/absent.rs")]
mod system;

pub use system::{Stage, command};
