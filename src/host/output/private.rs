//! Folders that only their owner can enter, and the removal and renaming of files.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{FileId, Folder, Lock};
use super::rights::own_user;
use super::staged::temporary_name;
use super::{Expect, How, Links, Mode, Place, leftovers, name_of, parent_of};
use crate::host::{HostError, shown};

/// How many names are tried.
const TRIES: usize = 100;

/// A folder with a name of ours, which is removed with all that is in it when it is dropped.
pub struct PrivateFolder {
    parent: Folder,
    path: PathBuf,
    name: OsString,
    id: FileId,
    /// It, open.
    pub(super) folder: Folder,
    /// As long as it is held, a run that cleans up leaves the folder alone.
    _lock: Option<Lock>,
}

impl PrivateFolder {
    /// Makes one in the system's folder for temporary files.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn temporary() -> io::Result<Self> {
        Self::inside(&std::env::temp_dir())
    }

    pub(super) fn inside(parent_path: &Path) -> io::Result<Self> {
        let parent = Folder::open(parent_path)?;
        leftovers::remove(&parent);
        for _ in 0..TRIES {
            let name = temporary_name()?;
            match parent.make_private_folder(&name) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            }
            let folder = parent.open_folder(&name)?;
            let seen = folder.seen()?;
            if seen.user != own_user() {
                // In a folder of another user, that user may have replaced it.
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            let lock = folder.lock().ok();
            let path = parent_path.join(&name);
            return Ok(Self { parent, path, name, id: seen.id, folder, _lock: lock });
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file into it that its owner alone may read.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write(&self, name: &str, content: &str) -> Result<PathBuf, HostError> {
        let path = self.path.join(name);
        let folder = self
            .folder
            .open_folder(OsStr::new("."))
            .map_err(|cause| HostError::refused(format!("cannot write {}", shown(&path)), cause))?;
        let place = Place { folder, name: name.into(), shown: shown(&path) };
        let how = How { links: Links::Refuse, mode: Mode::Private, expect: Expect::Nothing };
        let staged = place.stage(content, None, how.mode)?;
        place.finish(staged, None, how.expect)?;
        Ok(path)
    }

    /// The folder that contains it.
    pub(super) fn parent(&self) -> &Folder {
        &self.parent
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        // Should the system refuse, the next run removes it after an hour.
        let _ = empty(&self.folder);
        if matches!(self.parent.look(&self.name), Ok(Some(seen)) if seen.id == self.id) {
            let _ = self.parent.remove_folder(&self.name);
        }
    }
}

/// Removes all that is in a folder; links are removed, not followed.
fn empty(folder: &Folder) -> io::Result<()> {
    for name in folder.names(usize::MAX)? {
        if folder.look(&name)?.is_some_and(|seen| seen.is_folder()) {
            empty(&folder.open_folder(&name)?)?;
            folder.remove_folder(&name)?;
        } else {
            folder.remove(&name)?;
        }
    }
    Ok(())
}

/// Removes a file.
///
/// # Errors
/// When the system refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    std::fs::remove_file(path)
}

/// Gives a file another name that is free, in the same folder or another.
///
/// # Errors
/// When something has that name, or the system refuses.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let (source, target) = (Folder::open(parent_of(from))?, Folder::open(parent_of(to))?);
    source.rename_new(name_of(from)?, &target, name_of(to)?)
}
