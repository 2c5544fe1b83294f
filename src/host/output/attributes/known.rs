//! The extended attributes of Linux and macOS.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;

use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
use rustix::io::{Errno, Result};

use super::Lost;
use super::names::{MARK, NO_ATTRIBUTE};

/// Attributes that the system derives from the content or the place of a file, and that no copy needs: hashes of the
/// content, the rights of a program (a write clears them), macOS's note of which program made the file.
const DERIVED: [&str; 4] = ["security.ima", "security.evm", "security.capability", "com.apple.provenance"];

/// As much as Linux allows, for the list of names and for one value.
const LARGEST: usize = 64 << 10;

/// Whose attributes are read.
pub enum Source<'f> {
    /// A file that may be read.
    Open(&'f File),
    /// One that is reached without being opened, through `/proc/self/fd`.
    Reached(PathBuf),
}

impl<'f> Source<'f> {
    /// A file that may be read.
    pub fn open(file: &'f File) -> Self {
        Self::Open(file)
    }

    /// What a descriptor leads to that was opened by name only.
    pub fn reached(fd: &impl AsFd) -> Self {
        Self::Reached(format!("/proc/self/fd/{}", fd.as_fd().as_raw_fd()).into())
    }
}

impl Source<'_> {
    fn names(&self) -> Result<Vec<OsString>> {
        let mut list = vec![0; LARGEST];
        let read = match self {
            Self::Open(file) => flistxattr(file, &mut list[..]),
            Self::Reached(path) => rustix::fs::listxattr(path, &mut list[..]),
        };
        let length = match read {
            Err(Errno::NOTSUP | Errno::NOSYS) => 0,
            read => read?,
        };
        let names = list[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| OsStr::from_bytes(name).to_owned()).collect())
    }

    /// The value of an attribute, if it has it.
    pub fn value(&self, name: &OsStr) -> Result<Option<Vec<u8>>> {
        let mut value = vec![0; LARGEST];
        let read = match self {
            Self::Open(file) => fgetxattr(file, name, &mut value[..]),
            Self::Reached(path) => rustix::fs::getxattr(path, name, &mut value[..]),
        };
        match read {
            Ok(length) => {
                value.truncate(length);
                Ok(Some(value))
            }
            Err(error) if error == NO_ATTRIBUTE || error == Errno::NOTSUP => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Gives a file every attribute of another; access control lists are not among them.
pub fn copy(from: &Source, to: &File) -> std::result::Result<(), Lost> {
    let lost = |name: &OsStr, error: Errno| Lost { name: name.to_owned(), cause: error.into() };
    let names = from.names().map_err(|error| lost(OsStr::new("(the list of them)"), error))?;
    let counts = |name: &&OsString| {
        !DERIVED.iter().any(|derived| derived == name) && !name.as_bytes().starts_with(b"system.posix_acl_")
    };
    for name in names.iter().filter(counts) {
        // Another program may have removed it after the names were read.
        let Some(value) = from.value(name).map_err(|error| lost(name, error))? else { continue };
        // The system has already set this label from the folder, and does not allow setting it.
        if Source::open(to).value(name).ok().flatten().as_ref() != Some(&value) {
            fsetxattr(to, name, &value, XattrFlags::empty()).map_err(|error| lost(name, error))?;
        }
    }
    Ok(())
}

/// Marks a file as one that ramrole keeps.
pub fn mark(file: &File, text: &str) -> io::Result<()> {
    Ok(fsetxattr(file, MARK, text.as_bytes(), XattrFlags::empty())?)
}

/// The mark of a file.
pub fn marked(file: &File) -> Option<Vec<u8>> {
    Source::open(file).value(OsStr::new(MARK)).ok().flatten()
}
