//! The terminal of this process: its modes, and standard output without a buffer.

#[cfg_attr(unix, path = "terminal/unix.rs")]
#[cfg_attr(windows, path = "terminal/windows.rs")]
mod system;

pub use system::{Modes, is_in_foreground, own_output, stderr_is_raw};
