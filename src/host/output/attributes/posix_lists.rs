//! The POSIX access control lists of Linux, which are extended attributes.

use std::ffi::OsStr;
use std::fs::File;

use rustix::fs::{XattrFlags, fremovexattr, fsetxattr};
use rustix::io::Errno;

use super::super::folder::Folder;
use super::{Lost, Source};

const ACCESS: &str = "system.posix_acl_access";

/// Gives a file the access control list of another, or takes away the one that its folder gave it. The list also sets
/// the permissions, to those of the other file at most.
pub fn copy_list(from: Option<&Source>, to: &File) -> Result<(), Lost> {
    let not_kept = |error: Errno| Lost { name: ACCESS.into(), cause: error.into() };
    let list = from.map_or(Ok(None), |source| source.value(OsStr::new(ACCESS))).map_err(not_kept)?;
    let inherited = Source::open(to).value(OsStr::new(ACCESS)).map_err(not_kept)?;
    match (list, inherited) {
        (Some(list), _) => fsetxattr(to, ACCESS, &list, XattrFlags::empty()).map_err(not_kept),
        (None, Some(_)) => fremovexattr(to, ACCESS).map_err(not_kept),
        (None, None) => Ok(()),
    }
}

/// Whether a list allows writes to a folder that its permissions do not show.
pub fn has_list(folder: &Folder) -> bool {
    !matches!(Source::reached(folder).value(OsStr::new(ACCESS)), Ok(None))
}

/// The permissions that the folder's default list gives to a new file, if it has one.
pub fn default_mode(folder: &Folder) -> Option<u32> {
    let source = Source::reached(folder);
    mode_of_list(&source.value(OsStr::new("system.posix_acl_default")).ok()??)
}

/// What a list (`linux/posix_acl_xattr.h`: a version, then tag, permissions and ID of each entry, little-endian) leaves
/// of the permissions `rw-rw-rw-`.
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
