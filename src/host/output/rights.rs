//! Who may read and write a file: its owner, attributes, access control list and permissions.

#[cfg(target_os = "linux")]
mod recorded_mask;
#[cfg(all(unix, not(target_os = "linux")))]
#[path = "rights/no_recorded_mask.rs"]
mod recorded_mask;
#[cfg_attr(unix, path = "rights/unix.rs")]
#[cfg_attr(windows, path = "rights/windows.rs")]
mod system;

pub use system::{NotKept, begin, keep, lock, make_private_folder, own_user};
