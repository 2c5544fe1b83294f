//! Writes files atomically: a reader sees the old or the new content, never a part. No user can read an unfinished file
//! who cannot read the finished one. Everything that ramrole writes goes through here.

#[cfg(unix)]
mod attributes;
mod folder;
mod leftovers;
#[cfg_attr(windows, path = "owned/windows.rs")]
mod owned;
mod private;
mod rights;
mod staged;
mod tree;
#[cfg(unix)]
mod trusted;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{HostError, HostErrorKind, shown};
use folder::{Folder, Seen};
use rights::own_user;
use staged::{NotPlaced, Present, Staged};

pub use owned::OwnedFile;
pub use private::{PrivateFolder, remove, rename};
pub use rights::make_private_folder;
pub use tree::write_all;

/// How to handle a symbolic link at the path of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Refuse it: it may point anywhere.
    Refuse,
    /// Write its target.
    Follow,
}

/// Who may read the file. Owner, group, attributes and access control list of one that exists are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A new one as the user's mask or the folder's default list says; one that exists keeps its permissions.
    Usual,
    /// Its owner only, also where others could read it before: it may hold secrets.
    Private,
    /// A new one its owner only; one that exists keeps its permissions.
    PrivateIfNew,
}

/// What must exist at the path of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect<'a> {
    /// A regular file or nothing.
    Anything,
    /// Nothing.
    Nothing,
    /// A file with this text: what was read before.
    Text(&'a str),
    /// Nothing, or a file with this text.
    TextOrNothing(&'a str),
}

/// How a file is written.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    /// What is done with a symbolic link.
    pub links: Links,
    /// Who may read it.
    pub mode: Mode,
    /// What must stand there.
    pub expect: Expect<'a>,
}

/// The result of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many other hard links the replaced file had: they keep the old content.
    pub other_names: u64,
}

impl Written {
    /// The message about the other hard links, if there are any.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        match self.other_names {
            0 => None,
            1 => Some("the other hard link to it keeps the old content".to_owned()),
            more => Some(format!("the {more} other hard links to it keep the old content")),
        }
    }
}

/// Whether anything exists at this path, including a dangling link.
#[must_use]
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file atomically, and replaces any regular file at the path.
///
/// # Errors
/// As for [`put`].
pub fn write(path: &Path, content: &str, links: Links, mode: Mode) -> Result<(), HostError> {
    put(path, content, How { links, mode, expect: Expect::Anything }).map(drop)
}

/// Writes a file atomically if the path is in the expected state.
///
/// # Errors
/// When the path is a link that is refused, or is not in the expected state; when the owner, an attribute or the access
/// control list of the old file cannot be kept; when the system refuses. The old file is unchanged then, and nothing of
/// the new one is left.
pub fn put(path: &Path, content: &str, how: How) -> Result<Written, HostError> {
    for _ in 0..RETRIES {
        match put_once(path, content, how) {
            // Nothing was expected that could have changed.
            Err(error) if how.expect == Expect::Anything && is_conflict(&error) => {}
            result => return result,
        }
    }
    put_once(path, content, how)
}

/// How often a write with [`Expect::Anything`] is retried when another program writes the file at the same time.
const RETRIES: usize = 5;

fn is_conflict(error: &HostError) -> bool {
    matches!(error.kind, HostErrorKind::Changed | HostErrorKind::Exists)
}

fn put_once(path: &Path, content: &str, how: How) -> Result<Written, HostError> {
    if how.expect == Expect::Nothing && exists(path) {
        return Err(is_taken(&shown(path)));
    }
    let place = Place::find(path, how.links)?;
    let present = place.present(how)?;
    leftovers::remove(&place.folder);
    let staged = place.stage(content, present.as_ref(), how.mode)?;
    staged.sync().map_err(|cause| place.refused(cause))?;
    place.finish(staged, present.as_ref(), how.expect)
}

/// The target of a write: an open folder, and a name in it.
struct Place {
    folder: Folder,
    name: OsString,
    shown: String,
}

impl Place {
    fn find(path: &Path, links: Links) -> Result<Self, HostError> {
        let target = target(path, links)?;
        let shown = shown(&target);
        let is_name = !target.as_os_str().as_encoded_bytes().ends_with(b"/");
        let Some(name) = target.file_name().filter(|_| is_name) else {
            return Err(HostError::unusable(format!("{shown} is a directory, not a file")));
        };
        let folder = Folder::open(parent_of(&target)).map_err(|cause| cannot_write(&shown, cause))?;
        Ok(Self { folder, name: name.to_owned(), shown })
    }

    fn refused(&self, cause: io::Error) -> HostError {
        cannot_write(&self.shown, cause)
    }

    fn look(&self) -> Result<Option<Seen>, HostError> {
        self.folder.look(&self.name).map_err(|cause| self.refused(cause))
    }

    /// What stands there, if it may be written over.
    fn present(&self, how: How) -> Result<Option<Present>, HostError> {
        let Some(seen) = self.look()? else {
            return match how.expect {
                Expect::Text(_) => Err(self.explain(NotPlaced::Changed)),
                _ => Ok(None),
            };
        };
        if how.expect == Expect::Nothing {
            return Err(self.explain(NotPlaced::Exists));
        }
        if seen.is_link() {
            return Err(is_link(Path::new(&self.shown)));
        }
        if !seen.is_file() {
            return Err(HostError::unusable(format!("{} is not a regular file", self.shown)));
        }
        if how.mode == Mode::Private && seen.user != own_user() {
            return Err(of_another(&self.shown, seen.user));
        }
        Present::open(&self.folder, &self.name, seen).map(Some).map_err(|problem| self.explain(problem))
    }

    fn stage(&self, content: &str, before: Option<&Present>, mode: Mode) -> Result<Staged<'_>, HostError> {
        let staged = Staged::create(&self.folder).map_err(|cause| self.refused(cause))?;
        staged.fill(content, before, mode).map_err(|problem| self.explain(problem))?;
        Ok(staged)
    }

    fn finish(&self, staged: Staged, before: Option<&Present>, expect: Expect) -> Result<Written, HostError> {
        let expected = match expect {
            Expect::Text(text) | Expect::TextOrNothing(text) => Some(text),
            Expect::Anything | Expect::Nothing => None,
        };
        staged.place(&self.name, before, expected).map_err(|problem| self.explain(problem))?;
        self.folder.sync();
        Ok(Written { other_names: before.map_or(0, |before| before.seen.names.saturating_sub(1)) })
    }

    fn explain(&self, problem: NotPlaced) -> HostError {
        let name = &self.shown;
        match problem {
            NotPlaced::System(cause) => self.refused(cause),
            NotPlaced::NotKept(not_kept) => not_kept.explain(name, |cause| self.refused(cause)),
            NotPlaced::Exists => is_taken(name),
            NotPlaced::Changed => {
                of_kind(HostErrorKind::Changed, format!("{name} changed after ramrole read it"))
                    .with_hint("nothing was written; run the command again")
            }
            NotPlaced::Displaced(beside) => {
                let beside = shown(&Path::new(name).with_file_name(beside));
                of_kind(HostErrorKind::Changed, format!("{name} changed while ramrole wrote it"))
                    .with_hint(&format!("the version of the other program is in {beside}"))
            }
        }
    }
}

fn of_kind(kind: HostErrorKind, message: String) -> HostError {
    HostError { kind, message, hint: None, cause: None }
}

fn is_taken(name: &str) -> HostError {
    of_kind(HostErrorKind::Exists, format!("{name} exists already")).with_hint("choose another name")
}

fn cannot_write(name: &str, cause: io::Error) -> HostError {
    HostError::refused(format!("cannot write {name}"), cause)
        .with_hint("the file is unchanged; choose another path")
}

fn of_another(name: &str, user: u32) -> HostError {
    HostError::unusable(format!("{name} belongs to another user (ID {user}), who could read the new content"))
        .with_hint("choose another path")
}

fn is_link(path: &Path) -> HostError {
    let error = HostError::unusable(format!("{} is a symbolic link", shown(path)));
    error.with_hint("use the path of its target, or add --follow")
}

fn target(path: &Path, links: Links) -> Result<PathBuf, HostError> {
    let linked = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match (linked, links) {
        (false, _) => Ok(path.to_path_buf()),
        (true, Links::Follow) => fs::canonicalize(path)
            .map_err(|cause| HostError::refused(format!("cannot follow the link {}", shown(path)), cause)),
        (true, Links::Refuse) => Err(is_link(path)),
    }
}

/// The folder of a path, `.` for a name alone.
fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The name of something that stands in a folder.
fn name_of(path: &Path) -> io::Result<&OsStr> {
    path.file_name().ok_or_else(|| io::ErrorKind::InvalidInput.into())
}
