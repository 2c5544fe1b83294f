//! The only code that creates files: in the target folder, readable only by their owner until the content and all
//! attributes are in place, then renamed.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};

use super::Mode;
use super::folder::{Folder, Reached, Seen};
use super::rights::{self, NotKept, lock};

/// The prefix of the names of unfinished files.
pub const PREFIX: &str = ".ramrole-";
/// How many letters and digits follow.
pub const SUFFIX: usize = 6;
/// How many names are tried.
const TRIES: usize = 100;

/// A file that is there, opened before anything is written.
pub struct Present {
    /// What was seen of it.
    pub seen: Seen,
    /// It, if it may be read.
    pub file: Option<File>,
    /// It, if it may only be reached.
    reached: Option<Reached>,
}

impl Present {
    /// Opens the regular file that was seen under a name.
    pub fn open(folder: &Folder, name: &OsStr, seen: Seen) -> Result<Self, NotPlaced> {
        let file = match folder.open_file(name) {
            Ok(file) if Seen::of_file(&file)?.id == seen.id => Some(file),
            Ok(_) => return Err(NotPlaced::Changed),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => None,
            Err(error) => return Err(error.into()),
        };
        let reached = if file.is_none() { folder.reach_file(name)? } else { None };
        Ok(Self { seen, file, reached })
    }

    /// Whether it holds this text now.
    fn holds(&self, text: &str) -> io::Result<bool> {
        let Some(mut file) = self.file.as_ref() else {
            return Err(io::ErrorKind::PermissionDenied.into());
        };
        file.rewind()?;
        let mut now = Vec::new();
        file.take(text.len() as u64 + 1).read_to_end(&mut now)?;
        Ok(now == text.as_bytes())
    }
}

/// Why a file is not in its place.
#[derive(Debug)]
pub enum NotPlaced {
    /// The system refused.
    System(io::Error),
    /// It cannot get the owner or an attribute of the file that is there.
    NotKept(NotKept),
    /// Something stands there now that did not.
    Exists,
    /// What stands there is not what was read.
    Changed,
    /// As `Changed`; the file that another program wrote now has this name.
    Displaced(OsString),
}

impl From<io::Error> for NotPlaced {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// A file on its way: removed when it is dropped, unless it has come to its place.
pub struct Staged<'f> {
    folder: &'f Folder,
    name: OsString,
    file: File,
    is_beside: bool,
}

impl<'f> Staged<'f> {
    /// Makes an empty file that only its owner may read. It stays locked as long as it is open: a run that cleans up
    /// leaves it alone.
    pub fn create(folder: &'f Folder) -> io::Result<Self> {
        for _ in 0..TRIES {
            let name = temporary_name()?;
            match folder.create(&name) {
                Ok(file) => {
                    // A disk without locks has none that cleans up either.
                    let _ = lock(&file);
                    return Ok(Self { folder, name, file, is_beside: true });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Writes the content, then gives the file its owner, attributes and permissions, in this order: until the last step
    /// nobody but its owner may read it.
    pub fn fill(&self, content: &str, before: Option<&Present>, mode: Mode) -> Result<(), NotPlaced> {
        (&self.file).write_all(content.as_bytes())?;
        let is_private = mode == Mode::Private || (mode == Mode::PrivateIfNew && before.is_none());
        let kept = match before {
            None => rights::begin(&self.file, self.folder, is_private),
            Some(Present { seen, file, reached }) => {
                rights::keep(&self.file, seen, file.as_ref(), reached.as_ref(), is_private)
            }
        };
        kept.map_err(NotPlaced::NotKept)
    }

    /// What is seen of it.
    pub fn seen(&self) -> io::Result<Seen> {
        Seen::of_file(&self.file)
    }

    /// Writes it to the disk.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Brings it to its place, where nothing may stand, or what was opened before and still holds what was expected. The
    /// file that stays open is locked still.
    pub fn place(
        mut self,
        name: &OsStr,
        before: Option<&Present>,
        expected: Option<&str>,
    ) -> Result<File, NotPlaced> {
        match before {
            None => self.place_new(name)?,
            Some(before) => self.place_over(name, before, expected)?,
        }
        Ok(self.file.try_clone()?)
    }

    fn place_new(&mut self, name: &OsStr) -> Result<(), NotPlaced> {
        match self.folder.rename_new(&self.name, self.folder, name) {
            Ok(()) => self.is_beside = false,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(NotPlaced::Exists),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// The two files change places, so that what is replaced can be looked at once more: a file that somebody wrote in
    /// the last moment goes back to its place.
    fn place_over(
        &mut self,
        name: &OsStr,
        before: &Present,
        expected: Option<&str>,
    ) -> Result<(), NotPlaced> {
        if let Some(expected) = expected
            && !before.holds(expected)?
        {
            return Err(NotPlaced::Changed);
        }
        if self.folder.look(name)? != Some(before.seen) {
            return Err(NotPlaced::Changed);
        }
        if let Some(file) = &before.file {
            // A cleanup skips the locked file while it has a temporary name, whoever holds the lock.
            let _ = lock(file);
        }
        let own = self.seen()?.id;
        if !self.folder.exchange(&self.name, name)? {
            self.folder.rename_over(&self.name, name)?;
            self.is_beside = false;
            return Ok(());
        }
        // From here on the name beside is that of the old file, which goes when `self` is dropped.
        let replaced = self.folder.look(&self.name);
        if matches!(&replaced, Ok(Some(seen)) if seen.has_content_of(&before.seen)) {
            return Ok(());
        }
        // If ours has been replaced already, the newest version stays where it is.
        let is_ours = matches!(self.folder.look(name), Ok(Some(seen)) if seen.id == own);
        let is_back = is_ours && matches!(self.folder.exchange(&self.name, name), Ok(true));
        let beside = self.folder.look(&self.name).ok().flatten();
        self.is_beside = is_back && beside.is_some_and(|seen| seen.id == own);
        Err(if self.is_beside { NotPlaced::Changed } else { NotPlaced::Displaced(self.name.clone()) })
    }
}

impl AsRef<File> for Staged<'_> {
    fn as_ref(&self) -> &File {
        &self.file
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if self.is_beside {
            // Should the system refuse, the next run removes it.
            let _ = self.folder.remove(&self.name);
        }
    }
}

/// A name that [`is_temporary`] knows.
pub fn temporary_name() -> io::Result<OsString> {
    const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    loop {
        let mut random = [0; SUFFIX];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let suffix = random.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
        let name = OsString::from(format!("{PREFIX}{}", String::from_iter(suffix)));
        if is_temporary(&name) {
            return Ok(name);
        }
    }
}

/// Whether a name is one of [`temporary_name`]: one of lower-case letters alone, such as `.ramrole-backup`, may be a
/// person's.
pub fn is_temporary(name: &OsStr) -> bool {
    let suffix = name.to_str().and_then(|name| name.strip_prefix(PREFIX)).unwrap_or_default();
    suffix.len() == SUFFIX
        && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !suffix.bytes().all(|byte| byte.is_ascii_lowercase())
}
