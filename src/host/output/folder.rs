//! An open folder, and what is seen of the files in it. On Linux and macOS, everything in a folder is reached relative to
//! its descriptor and never through a link, so that a path that is changed later does not redirect the access.

#[cfg(all(unix, not(target_os = "linux")))]
#[path = "folder/reach_by_reading.rs"]
mod reach;
#[cfg(target_os = "linux")]
#[path = "folder/reach_by_name.rs"]
mod reach;
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
#[path = "folder/renames.rs"]
mod renames;
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
#[path = "folder/no_renames.rs"]
mod renames;
#[cfg_attr(unix, path = "folder/unix.rs")]
#[cfg_attr(windows, path = "folder/windows.rs")]
mod system;

pub use system::{Folder, Lock, Reached};

/// Which file it is, whatever its name: the device and the number on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId {
    /// The device.
    pub device: u64,
    /// The inode number on the device.
    pub inode: u64,
}

/// The metadata of a file: if two reads differ, the file was changed in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which file it is.
    pub id: FileId,
    /// Its type and permissions.
    pub mode: u32,
    /// Its owner.
    pub user: u32,
    /// Its group.
    pub group: u32,
    /// How many names it has.
    pub names: u64,
    /// Its length in bytes.
    pub size: u64,
    /// When its content changed: seconds and nanoseconds since 1970.
    pub modified: (i64, i64),
    /// When anything about it changed.
    pub changed: (i64, i64),
}

impl Seen {
    const TYPE: u32 = 0o170_000;

    pub fn is_file(&self) -> bool {
        self.mode & Self::TYPE == 0o100_000
    }

    pub fn is_folder(&self) -> bool {
        self.mode & Self::TYPE == 0o040_000
    }

    pub fn is_link(&self) -> bool {
        self.mode & Self::TYPE == 0o120_000
    }

    /// Whether anybody but its owner may do anything with it.
    pub fn is_open_to_others(&self) -> bool {
        self.mode.trailing_zeros() < 6
    }

    /// Whether both are the same file with the same content; a rename in between does not count.
    pub fn has_content_of(&self, other: &Self) -> bool {
        (self.id, self.size, self.modified) == (other.id, other.size, other.modified)
    }
}
