//! The account of the user who runs ramrole.

#[cfg_attr(unix, path = "account/unix.rs")]
#[cfg_attr(windows, path = "account/windows.rs")]
mod system;

pub use system::{home, own_users};
