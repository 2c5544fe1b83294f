//! Reads, compares and copies the extended attributes and POSIX access control lists of files.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;

use super::folder::Folder;

/// An attribute that could not be copied.
#[derive(Debug)]
pub struct Lost {
    /// The attribute.
    pub name: OsString,
    /// The system's reason.
    pub cause: io::Error,
}

/// Attributes that the system derives from the content or the place of a file, and that no copy needs: hashes of the
/// content, the rights of a program (a write clears them), macOS's note of which program made the file.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
const DERIVED: [&str; 4] = ["security.ima", "security.evm", "security.capability", "com.apple.provenance"];

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub use real::{Source, copy, mark, marked};

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod real {
    use super::{DERIVED, File, Lost, OsStr, OsString, io};
    use std::os::unix::ffi::OsStrExt as _;

    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    use rustix::io::{Errno, Result};

    /// As much as Linux allows, for the list of names and for one value.
    const LARGEST: usize = 64 << 10;

    /// Whose attributes are read.
    pub enum Source<'f> {
        /// A file that may be read.
        Open(&'f File),
        /// One that is reached without being opened, through `/proc/self/fd`.
        #[cfg(target_os = "linux")]
        Reached(std::path::PathBuf),
    }

    #[cfg(target_os = "linux")]
    impl Source<'_> {
        /// What a descriptor leads to that was opened by name only.
        pub fn reached(fd: &std::os::fd::OwnedFd) -> Self {
            use std::os::fd::AsRawFd as _;
            Self::Reached(format!("/proc/self/fd/{}", fd.as_raw_fd()).into())
        }
    }

    impl Source<'_> {
        fn names(&self) -> Result<Vec<OsString>> {
            let mut list = vec![0; LARGEST];
            let read = match self {
                Self::Open(file) => flistxattr(file, &mut list[..]),
                #[cfg(target_os = "linux")]
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
                #[cfg(target_os = "linux")]
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

    #[cfg(target_vendor = "apple")]
    const NO_ATTRIBUTE: Errno = Errno::NOATTR;
    #[cfg(not(target_vendor = "apple"))]
    const NO_ATTRIBUTE: Errno = Errno::NODATA;

    /// Gives a file every attribute of another; access control lists are not among them.
    pub fn copy(from: &Source, to: &File) -> std::result::Result<(), Lost> {
        let lost = |name: &OsStr, error: Errno| Lost { name: name.to_owned(), cause: error.into() };
        let names = from.names().map_err(|error| lost(OsStr::new("(the list of them)"), error))?;
        let counts = |name: &&OsString| {
            !DERIVED.iter().any(|derived| derived == name)
                && !name.as_bytes().starts_with(b"system.posix_acl_")
        };
        for name in names.iter().filter(counts) {
            // Another program may have removed it after the names were read.
            let Some(value) = from.value(name).map_err(|error| lost(name, error))? else { continue };
            // The system has already set this label from the folder, and does not allow setting it.
            if Source::Open(to).value(name).ok().flatten().as_ref() != Some(&value) {
                fsetxattr(to, name, &value, XattrFlags::empty()).map_err(|error| lost(name, error))?;
            }
        }
        Ok(())
    }

    /// The attribute with which ramrole marks its own files.
    const MARK: &str = if cfg!(target_vendor = "apple") { "ramrole.kept" } else { "user.ramrole.kept" };

    /// Marks a file as one that ramrole keeps.
    pub fn mark(file: &File, text: &str) -> io::Result<()> {
        Ok(fsetxattr(file, MARK, text.as_bytes(), XattrFlags::empty())?)
    }

    /// The mark of a file.
    pub fn marked(file: &File) -> Option<Vec<u8>> {
        Source::Open(file).value(OsStr::new(MARK)).ok().flatten()
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub use absent::{Source, copy, mark, marked};

/// Systems whose attributes ramrole does not know.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
mod absent {
    use super::{File, Lost, io};

    /// Whose attributes are read.
    pub enum Source<'f> {
        /// A file that may be read.
        Open(&'f File),
    }

    pub fn copy(_: &Source, _: &File) -> Result<(), Lost> {
        Ok(())
    }

    pub fn mark(_: &File, _: &str) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn marked(_: &File) -> Option<Vec<u8>> {
        None
    }
}

#[cfg(target_os = "linux")]
const ACCESS: &str = "system.posix_acl_access";

/// Gives a file the access control list of another, or takes away the one that its folder gave it. The list also sets
/// the permissions, to those of the other file at most.
#[cfg(target_os = "linux")]
pub fn copy_list(from: Option<&Source>, to: &File) -> Result<(), Lost> {
    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr};
    let not_kept = |error: rustix::io::Errno| Lost { name: ACCESS.into(), cause: error.into() };
    let list = from.map_or(Ok(None), |source| source.value(OsStr::new(ACCESS))).map_err(not_kept)?;
    let inherited = Source::Open(to).value(OsStr::new(ACCESS)).map_err(not_kept)?;
    match (list, inherited) {
        (Some(list), _) => fsetxattr(to, ACCESS, &list, XattrFlags::empty()).map_err(not_kept),
        (None, Some(_)) => fremovexattr(to, ACCESS).map_err(not_kept),
        (None, None) => Ok(()),
    }
}

/// Other systems store their lists differently.
#[cfg(not(target_os = "linux"))]
pub fn copy_list(_: Option<&Source>, _: &File) -> Result<(), Lost> {
    Ok(())
}

/// Whether a list allows writes to a folder that its permissions do not show.
#[cfg(target_os = "linux")]
pub fn has_list(folder: &Folder) -> bool {
    !matches!(Source::reached(folder.descriptor()).value(OsStr::new(ACCESS)), Ok(None))
}

/// Other systems store their lists differently.
#[cfg(not(target_os = "linux"))]
pub fn has_list(_: &Folder) -> bool {
    false
}

/// The permissions that the folder's default list gives to a new file, if it has one.
#[cfg(target_os = "linux")]
pub fn default_mode(folder: &Folder) -> Option<u32> {
    let source = Source::reached(folder.descriptor());
    mode_of_list(&source.value(OsStr::new("system.posix_acl_default")).ok()??)
}

/// Other systems store their lists differently.
#[cfg(not(target_os = "linux"))]
pub fn default_mode(_: &Folder) -> Option<u32> {
    None
}

/// What a list (`linux/posix_acl_xattr.h`: a version, then tag, permissions and ID of each entry, little-endian) leaves
/// of the permissions `rw-rw-rw-`.
#[cfg(target_os = "linux")]
fn mode_of_list(list: &[u8]) -> Option<u32> {
    const USER_OBJ: u16 = 0x01;
    const GROUP_OBJ: u16 = 0x04;
    const MASK: u16 = 0x10;
    const OTHER: u16 = 0x20;
    let entries = list.strip_prefix(&2_u32.to_le_bytes())?.chunks_exact(8);
    let entries = entries.map(|entry| [u16::from_le_bytes([entry[0], entry[1]]), u16::from(entry[2])]);
    let entries: Vec<[u16; 2]> = entries.collect();
    let permissions = |tag: u16| {
        let entry = entries.iter().find(|entry| entry[0] == tag);
        entry.map(|entry| u32::from(entry[1]) & 0o6)
    };
    let group = permissions(MASK).or(permissions(GROUP_OBJ))?;
    Some(permissions(USER_OBJ)? << 6 | group << 3 | permissions(OTHER)?)
}
