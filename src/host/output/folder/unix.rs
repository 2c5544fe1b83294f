//! An open folder on Linux and macOS: a descriptor.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustix::fs::{AtFlags, Dir, Mode, OFlags, Stat};
use rustix::io::Errno;

use super::reach::REACH;
use super::{FileId, Seen, renames};

pub use super::reach::Reached;

/// A lock, which ends when it is dropped.
pub type Lock = OwnedFd;

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
}

/// An open folder.
pub struct Folder {
    fd: OwnedFd,
}

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

    /// Opens a file to read it; neither a link nor the other end of a pipe is waited for.
    pub fn open_file(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, name, flags, Mode::empty())?.into())
    }

    /// Reaches a file that may not be read, to ask for its attributes, where the system can.
    pub fn reach_file(&self, name: &OsStr) -> io::Result<Option<Reached>> {
        Reached::open(&self.fd, name)
    }

    /// Makes a file that only its owner may read; nothing may stand under the name.
    pub fn create(&self, name: &OsStr) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, name, flags, Mode::RUSR | Mode::WUSR)?.into())
    }

    /// Makes a folder with the permissions that the user's mask leaves.
    pub fn make_folder(&self, name: &OsStr) -> io::Result<()> {
        self.make(name, Mode::RWXU | Mode::RWXG | Mode::RWXO)
    }

    /// Makes a folder that only its owner can enter.
    pub fn make_private_folder(&self, name: &OsStr) -> io::Result<()> {
        self.make(name, Mode::RWXU)
    }

    fn make(&self, name: &OsStr, mode: Mode) -> io::Result<()> {
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
        match renames::rename_new(&self.fd, from, &into.fd, to) {
            Some(done) => Ok(done?),
            // The system or the disk knows no such rename: the look comes as late as it can.
            None if into.look(to)?.is_some() => Err(io::ErrorKind::AlreadyExists.into()),
            None => Ok(rustix::fs::renameat(&self.fd, from, &into.fd, to)?),
        }
    }

    /// Exchanges the files of two names; false where the system or the disk cannot.
    pub fn exchange(&self, one: &OsStr, other: &OsStr) -> io::Result<bool> {
        match renames::exchange(&self.fd, one, other) {
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
    pub fn lock(&self) -> io::Result<Lock> {
        let fd = self.listable()?;
        rustix::fs::flock(&fd, rustix::fs::FlockOperation::NonBlockingLockExclusive)?;
        Ok(fd)
    }

    fn listable(&self) -> io::Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(rustix::fs::openat(&self.fd, ".", flags, Mode::empty())?)
    }
}

impl AsFd for Folder {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}
