//! Finds the user who owns the other end of a connection on this machine. It does not decide who can connect.

#[cfg_attr(target_os = "linux", path = "peers/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "peers/unknown.rs")]
mod system;

pub use system::Peers;
