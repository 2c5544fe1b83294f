//! Reads, compares and copies the extended attributes and POSIX access control lists of files.

#[cfg_attr(target_os = "linux", path = "attributes/posix_lists.rs")]
#[cfg_attr(not(target_os = "linux"), path = "attributes/other_lists.rs")]
mod lists;
#[cfg(target_os = "linux")]
#[path = "attributes/linux_names.rs"]
mod names;
#[cfg(target_vendor = "apple")]
#[path = "attributes/apple_names.rs"]
mod names;
#[cfg_attr(any(target_os = "linux", target_vendor = "apple"), path = "attributes/known.rs")]
#[cfg_attr(not(any(target_os = "linux", target_vendor = "apple")), path = "attributes/unknown.rs")]
mod system;

use std::ffi::OsString;
use std::io;

pub use lists::{copy_list, default_mode, has_list};
pub use system::{Source, copy, mark, marked};

/// An attribute that could not be copied.
#[derive(Debug)]
pub struct Lost {
    /// The attribute.
    pub name: OsString,
    /// The system's reason.
    pub cause: io::Error,
}
