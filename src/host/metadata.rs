//! What the system records about a file: its owner, its permissions and its number.

#[cfg_attr(unix, path = "metadata/unix.rs")]
#[cfg_attr(windows, path = "metadata/windows.rs")]
mod system;

pub use system::{is_at, is_own, is_private, is_program, number_and_mode};
