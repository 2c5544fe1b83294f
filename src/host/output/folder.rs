//! An open folder. Everything in it is reached relative to its descriptor and never through a link, so that a path that
//! is changed later does not redirect the access.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, Mode, OFlags, Stat};
use rustix::io::Errno;

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
    /// What is seen of an open file.
    pub fn of_file(file: &File) -> io::Result<Self> {
        Ok(Self::of(&rustix::fs::fstat(file)?))
    }

    // The width and sign of these fields differ from system to system.
    #[allow(
        clippy::unnecessary_cast,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::cast_lossless
    )]
    fn of(stat: &Stat) -> Self {
        Self {
            id: FileId { device: stat.st_dev as u64, inode: stat.st_ino as u64 },
            mode: stat.st_mode as u32,
            user: stat.st_uid as u32,
            group: stat.st_gid as u32,
            names: stat.st_nlink as u64,
            size: stat.st_size as u64,
            modified: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: (stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        }
    }

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

/// An open folder.
pub struct Folder {
    fd: OwnedFd,
}

/// A folder that may be entered but not listed is good enough to write a file into.
#[cfg(target_os = "linux")]
const REACH: OFlags = OFlags::PATH;
#[cfg(not(target_os = "linux"))]
const REACH: OFlags = OFlags::RDONLY;

impl Folder {
    /// Opens the folder of a path; a link to a folder counts as one.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let fd = rustix::fs::open(path, REACH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        Ok(Self { fd })
    }

    /// Opens a folder in this one; a link is refused.
    pub fn open_folder(&self, name: &OsStr) -> io::Result<Self> {
        let flags = REACH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Self { fd: rustix::fs::openat(&self.fd, name, flags, Mode::empty())? })
    }

    /// What stands under a name, a link for itself.
    pub fn look(&self, name: &OsStr) -> io::Result<Option<Seen>> {
        match rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(Seen::of(&stat))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What is seen of the folder itself.
    pub fn seen(&self) -> io::Result<Seen> {
        Ok(Seen::of(&rustix::fs::fstat(&self.fd)?))
    }

    /// The descriptor.
    #[cfg(target_os = "linux")]
    pub fn descriptor(&self) -> &OwnedFd {
        &self.fd
    }

    /// Opens a file to read it; neither a link nor the other end of a pipe is waited for.
    pub fn open_file(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, name, flags, Mode::empty())?.into())
    }

    /// Opens a file that may not be read, to ask for its attributes.
    #[cfg(target_os = "linux")]
    pub fn reach_file(&self, name: &OsStr) -> io::Result<OwnedFd> {
        let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, name, flags, Mode::empty())?)
    }

    /// Makes a file that only its owner may read; nothing may stand under the name.
    pub fn create(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, name, flags, Mode::RUSR | Mode::WUSR)?.into())
    }

    /// Makes a folder with these permissions, less those that the user's mask takes.
    pub fn make_folder(&self, name: &OsStr, mode: Mode) -> io::Result<()> {
        Ok(rustix::fs::mkdirat(&self.fd, name, mode)?)
    }

    /// Removes a file.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.fd, name, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.fd, name, AtFlags::REMOVEDIR)?)
    }

    /// Gives a file another name, whatever stands there.
    pub fn rename_over(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.fd, from, &self.fd, to)?)
    }

    /// Moves something under a name that is free.
    pub fn rename_new(&self, from: &OsStr, into: &Self, to: &OsStr) -> io::Result<()> {
        match atomic::rename_new(&self.fd, from, &into.fd, to) {
            Some(done) => Ok(done?),
            // The system or the disk knows no such rename: the look comes as late as it can.
            None if into.look(to)?.is_some() => Err(io::ErrorKind::AlreadyExists.into()),
            None => Ok(rustix::fs::renameat(&self.fd, from, &into.fd, to)?),
        }
    }

    /// Exchanges the files of two names; false where the system or the disk cannot.
    pub fn exchange(&self, one: &OsStr, other: &OsStr) -> io::Result<bool> {
        match atomic::exchange(&self.fd, one, other) {
            Some(done) => Ok(done.map(|()| true)?),
            None => Ok(false),
        }
    }

    /// Writes the names in the folder to the disk. A folder that cannot be synced has still got the new file.
    pub fn sync(&self) {
        let _ = self.listable().map(rustix::fs::fsync);
    }

    /// The names in the folder, at most so many.
    pub fn names(&self, most: usize) -> io::Result<Vec<OsString>> {
        let entries = Dir::new(self.listable()?)?;
        let names = entries.filter_map(Result::ok);
        let names = names.map(|entry| OsStr::from_bytes(entry.file_name().to_bytes()).to_owned());
        Ok(names.filter(|name| name != "." && name != "..").take(most).collect())
    }

    /// Locks the folder until the descriptor is dropped, unless somebody else has.
    pub fn lock(&self) -> io::Result<OwnedFd> {
        let fd = self.listable()?;
        rustix::fs::flock(&fd, rustix::fs::FlockOperation::NonBlockingLockExclusive)?;
        Ok(fd)
    }

    fn listable(&self) -> io::Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, ".", flags, Mode::empty())?)
    }
}

/// The renames that some systems and disks lack; nothing stands for that.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod atomic {
    use std::ffi::OsStr;
    use std::os::fd::OwnedFd;

    use rustix::fs::{RenameFlags, renameat_with};
    use rustix::io::{Errno, Result};

    pub fn rename_new(from: &OwnedFd, name: &OsStr, into: &OwnedFd, to: &OsStr) -> Option<Result<()>> {
        known(renameat_with(from, name, into, to, RenameFlags::NOREPLACE))
    }

    pub fn exchange(folder: &OwnedFd, one: &OsStr, other: &OsStr) -> Option<Result<()>> {
        known(renameat_with(folder, one, folder, other, RenameFlags::EXCHANGE))
    }

    fn known(done: Result<()>) -> Option<Result<()>> {
        let is_unknown =
            |error: &Errno| [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP].contains(error);
        (!done.as_ref().is_err_and(is_unknown)).then_some(done)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod atomic {
    use std::ffi::OsStr;
    use std::os::fd::OwnedFd;

    use rustix::io::Result;

    pub fn rename_new(_: &OwnedFd, _: &OsStr, _: &OwnedFd, _: &OsStr) -> Option<Result<()>> {
        None
    }

    pub fn exchange(_: &OwnedFd, _: &OsStr, _: &OsStr) -> Option<Result<()>> {
        None
    }
}
