//! A folder on Windows: its absolute path. Each access resolves the path again.

#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "on other systems, these functions can fail and use the folder"
)]

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::os::windows::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use winapi_util::file::information;

use super::{FileId, Seen};

/// Opens a link itself, not what it leads to.
const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
/// Opens folders as well.
const BACKUP_SEMANTICS: u32 = 0x0200_0000;
/// The steps of a file time: 100 nanoseconds.
const STEPS: u64 = 10_000_000;
/// The seconds from 1601, where file times begin, to 1970.
const EPOCH: i64 = 11_644_473_600;

impl Seen {
    /// What is seen of an open file. Users, groups and permissions are in access control lists, which ramrole does not
    /// read: every file counts as one that only this user can read and write.
    pub fn of_file(file: &File) -> io::Result<Self> {
        let (metadata, found) = (file.metadata()?, information(file)?);
        let mode = if metadata.is_symlink() {
            0o120_600
        } else if metadata.is_dir() {
            0o040_700
        } else {
            0o100_600
        };
        let written = metadata.last_write_time();
        let seconds = i64::try_from(written / STEPS).unwrap_or(i64::MAX) - EPOCH;
        let modified = (seconds, i64::try_from(written % STEPS * 100).unwrap_or(0));
        Ok(Self {
            id: FileId { device: found.volume_serial_number(), inode: found.file_index() },
            mode,
            user: 0,
            group: 0,
            names: found.number_of_links(),
            size: metadata.len(),
            modified,
            changed: modified,
        })
    }
}

/// A lock, which Windows has no safe way to set on a folder.
pub enum Lock {}

/// A file that was opened without the right to read it: there is none.
pub enum Reached {}

/// A folder.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder of a path; a link to a folder counts as one.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = std::path::absolute(if path.as_os_str().is_empty() { Path::new(".") } else { path })?;
        Self::checked(path, |path| fs::metadata(path))
    }

    /// Opens a folder in this one; a link is refused.
    pub fn open_folder(&self, name: &OsStr) -> io::Result<Self> {
        Self::checked(self.path.join(name), |path| fs::symlink_metadata(path))
    }

    fn checked(path: PathBuf, read: impl Fn(&Path) -> io::Result<fs::Metadata>) -> io::Result<Self> {
        if read(&path)?.is_dir() { Ok(Self { path }) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// What stands under a name, a link for itself.
    pub fn look(&self, name: &OsStr) -> io::Result<Option<Seen>> {
        match look(&self.path.join(name)) {
            Ok(seen) => Ok(Some(seen)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What is seen of the folder itself.
    pub fn seen(&self) -> io::Result<Seen> {
        look(&self.path)
    }

    /// Opens a file to read it; a link is not followed.
    pub fn open_file(&self, name: &OsStr) -> io::Result<File> {
        File::options().read(true).custom_flags(OPEN_REPARSE_POINT).open(self.path.join(name))
    }

    /// Reaches a file that may not be read: Windows cannot.
    pub fn reach_file(&self, _: &OsStr) -> io::Result<Option<Reached>> {
        Ok(None)
    }

    /// Makes a file with the access control list that its folder hands down; nothing may stand under the name.
    pub fn create(&self, name: &OsStr) -> io::Result<File> {
        File::options().read(true).write(true).create_new(true).open(self.path.join(name))
    }

    /// Makes a folder with the access control list that this folder hands down.
    pub fn make_folder(&self, name: &OsStr) -> io::Result<()> {
        fs::create_dir(self.path.join(name))
    }

    /// As [`Self::make_folder`]: the list of this folder decides who can enter it.
    pub fn make_private_folder(&self, name: &OsStr) -> io::Result<()> {
        self.make_folder(name)
    }

    /// Removes a file.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_dir(self.path.join(name))
    }

    /// Gives a file another name, whatever stands there.
    pub fn rename_over(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    /// Moves something under a name that is free; the look comes as late as it can.
    pub fn rename_new(&self, from: &OsStr, into: &Self, to: &OsStr) -> io::Result<()> {
        match into.look(to)? {
            Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
            None => fs::rename(self.path.join(from), into.path.join(to)),
        }
    }

    /// Exchanges the files of two names: Windows cannot.
    pub fn exchange(&self, _: &OsStr, _: &OsStr) -> io::Result<bool> {
        Ok(false)
    }

    /// Does nothing: Windows writes the names in a folder to the disk itself.
    pub fn sync(&self) {}

    /// The names in the folder, at most so many.
    pub fn names(&self, most: usize) -> io::Result<Vec<OsString>> {
        let names = fs::read_dir(&self.path)?.filter_map(Result::ok).map(|entry| entry.file_name());
        Ok(names.take(most).collect())
    }

    /// Refuses: without a lock, no run removes what another one left.
    pub fn lock(&self) -> io::Result<Lock> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

fn look(path: &Path) -> io::Result<Seen> {
    let flags = OPEN_REPARSE_POINT | BACKUP_SEMANTICS;
    Seen::of_file(&File::options().access_mode(0).custom_flags(flags).open(path)?)
}
