//! Systems that open folders and files for reading only.

#![expect(clippy::unnecessary_wraps, reason = "on other systems, these functions can fail")]

use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::OFlags;

/// A folder is opened to list it.
pub const REACH: OFlags = OFlags::RDONLY;

/// A file that was opened without the right to read it: there is none.
pub enum Reached {}

impl Reached {
    /// Always `None`.
    pub fn open(_: &OwnedFd, _: &OsStr) -> io::Result<Option<Self>> {
        Ok(None)
    }
}

impl AsFd for Reached {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match *self {}
    }
}
