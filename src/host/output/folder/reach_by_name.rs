//! How Linux reaches folders and files that may not be read: by name only (`O_PATH`).

use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{Mode, OFlags};

/// A folder that may be entered but not listed is good enough to write a file into.
pub const REACH: OFlags = OFlags::PATH;

/// A file that was opened by name only.
pub struct Reached(OwnedFd);

impl Reached {
    /// Reaches the file of a name in a folder; a link is not followed.
    pub fn open(folder: &OwnedFd, name: &OsStr) -> io::Result<Option<Self>> {
        let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Some(Self(rustix::fs::openat(folder, name, flags, Mode::empty())?)))
    }
}

impl AsFd for Reached {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
