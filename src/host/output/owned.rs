//! A file that one running process owns. It never replaces a file of another program, no other ramrole replaces it
//! while the process runs, and it is removed when the process ends.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::folder::{FileId, Folder, Seen};
use super::rights::{lock, own_user};
use super::staged::{NotPlaced, Present, Staged, temporary_name};
use super::{Mode, Place, Written, attributes, is_link, leftovers, of_another, of_kind, parent_of, trusted};
use crate::host::{HostError, HostErrorKind, shown};

/// A file that this process writes, replaces and removes. It does so only with its own file.
///
/// The file at the path is locked (`flock`) as long as this value lives; the system drops the lock with the process. It
/// carries an attribute that says which file it is and when it was written, so that a later run recognizes the file of
/// a killed one. On a disk without such attributes, a leftover is treated as a file of another program.
pub struct OwnedFile {
    path: PathBuf,
    /// The source of the content, which must never be overwritten.
    source: Option<PathBuf>,
    /// The file at the path, open and so locked: ours, or what the first write replaces.
    held: Option<Held>,
}

struct Held {
    id: FileId,
    present: Option<Present>,
    is_ours: bool,
    _lock: File,
}

impl OwnedFile {
    /// Claims a path that does not exist, a file that a killed run left, or, with `replace`, any regular file of this
    /// user.
    ///
    /// # Errors
    /// When the file was created by another program, is in use by a running program, is the source, or could be
    /// replaced by another user.
    pub fn claim(path: &Path, replace: bool, source: Option<&Path>) -> Result<Self, HostError> {
        let name = shown(path);
        let absolute = std::path::absolute(path)
            .map_err(|cause| HostError::refused(format!("cannot write {name}"), cause))?;
        let mut file = Self { path: absolute, source: source.map(Path::to_path_buf), held: None };
        let place = file.place()?;
        if let Some(seen) = place.look()? {
            file.check(&place, &seen)?;
            file.held = Some(take_over(&place, seen, replace)?);
        }
        Ok(file)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a file of ours is there, as far as this process knows.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.is_ours)
    }

    /// Writes the file so that only its owner can read it. If the file was removed, creates it again.
    ///
    /// # Errors
    /// When another file exists at the path, or the system refuses.
    pub fn write(&mut self, content: &str) -> Result<Written, HostError> {
        let place = self.place()?;
        let before = match place.look()? {
            None => None,
            Some(seen) => {
                self.check(&place, &seen)?;
                let held = self.held.as_mut().filter(|held| held.id == seen.id);
                let Some(held) = held else { return Err(not_ours(&place)) };
                if held.is_ours || held.present.is_none() {
                    let present = Present::open(&place.folder, &place.name, seen);
                    held.present = Some(present.map_err(|problem| place.explain(problem))?);
                }
                held.present.as_ref()
            }
        };
        leftovers::remove(&place.folder);
        let staged = place.stage(content, None, Mode::Private)?;
        let seen = staged.seen().map_err(|cause| place.refused(cause))?;
        // The file is valid without the attribute, but a later run does not recognize it as a leftover.
        let _ = attributes::mark(staged.as_ref(), &mark_of(&seen));
        let other_names = before.map_or(0, |before| before.seen.names.saturating_sub(1));
        let file = place_over(staged, &place, before)?;
        self.held = Some(Held { id: seen.id, present: None, is_ours: true, _lock: file });
        Ok(Written { other_names })
    }

    /// Removes the file if this process wrote it.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn remove(&mut self) -> io::Result<()> {
        let Some(id) = self.held.as_ref().filter(|held| held.is_ours).map(|held| held.id) else {
            return Ok(());
        };
        let folder = Folder::open(parent_of(&self.path))?;
        let name = self.path.file_name().unwrap_or_default();
        if folder.look(name)?.is_none_or(|seen| seen.id != id) {
            self.held = None;
            return Ok(());
        }
        // Under a random name, no other program can replace the file between the check and the removal.
        let beside = temporary_name()?;
        folder.rename_new(name, &folder, &beside)?;
        self.held = None;
        if folder.look(&beside)?.is_some_and(|seen| seen.id == id) {
            folder.remove(&beside)
        } else {
            folder.rename_new(&beside, &folder, name)
        }
    }

    fn place(&self) -> Result<Place, HostError> {
        let name = shown(&self.path);
        let cannot = |cause| HostError::refused(format!("cannot write {name}"), cause);
        let Some(file) = self.path.file_name().filter(|_| !ends_with_slash(&self.path)) else {
            return Err(HostError::unusable(format!("{name} is a directory, not a file")));
        };
        let folder = fs::canonicalize(parent_of(&self.path)).map_err(cannot)?;
        trusted::check(&folder)?;
        let folder = Folder::open(&folder).map_err(cannot)?;
        Ok(Place { folder, name: file.to_owned(), shown: name.clone() })
    }

    /// Refuses files that must not be overwritten, even with `replace`.
    fn check(&self, place: &Place, seen: &Seen) -> Result<(), HostError> {
        let name = &place.shown;
        if self.source.as_deref().is_some_and(|source| leads_to(source, seen.id)) {
            return Err(HostError::unusable(format!("{name} is the source of the credential"))
                .with_hint("choose another path"));
        }
        if seen.is_link() {
            return Err(is_link(&self.path).with_hint("use the path of its target"));
        }
        if !seen.is_file() {
            return Err(HostError::unusable(format!("{name} is not a regular file")));
        }
        if seen.user != own_user() {
            return Err(of_another(name, seen.user));
        }
        Ok(())
    }
}

impl Drop for OwnedFile {
    fn drop(&mut self) {
        // There is no caller left to report an error to.
        let _ = self.remove();
    }
}

fn ends_with_slash(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

fn leads_to(path: &Path, id: FileId) -> bool {
    fs::metadata(path).is_ok_and(|file| FileId { device: file.dev(), inode: file.ino() } == id)
}

/// Locks an existing file, and checks whether it can be replaced.
fn take_over(place: &Place, seen: Seen, replace: bool) -> Result<Held, HostError> {
    let name = &place.shown;
    let present =
        Present::open(&place.folder, &place.name, seen).map_err(|problem| place.explain(problem))?;
    let Some(file) = &present.file else {
        return Err(place.refused(io::ErrorKind::PermissionDenied.into()));
    };
    if lock(file).is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock) {
        return Err(of_kind(HostErrorKind::Exists, format!("{name} is in use by another program"))
            .with_hint("choose another path, or stop that program; it may be another ramrole serve"));
    }
    // The previous holder of the lock may have replaced or removed the file since the check.
    if place.look()? != Some(seen) {
        return Err(place.explain(NotPlaced::Changed));
    }
    if !replace && attributes::marked(file).as_deref() != Some(mark_of(&seen).as_bytes()) {
        return Err(of_kind(HostErrorKind::Exists, format!("{name} exists, but ramrole did not write it"))
            .with_hint("choose another path, or add --replace to overwrite it"));
    }
    let file = file.try_clone().map_err(|cause| place.refused(cause))?;
    Ok(Held { id: seen.id, present: Some(present), is_ours: false, _lock: file })
}

fn place_over(staged: Staged, place: &Place, before: Option<&Present>) -> Result<File, HostError> {
    staged.place(&place.name, before, None).map_err(|problem| match problem {
        NotPlaced::Exists | NotPlaced::Changed => not_ours(place),
        other => place.explain(other),
    })
}

fn not_ours(place: &Place) -> HostError {
    of_kind(HostErrorKind::Changed, format!("another program put a file at {}", place.shown)).with_hint(
        "ramrole does not change that file; when you remove it, ramrole writes the credential again",
    )
}

/// Which file it is and when its content was written: a copy or an edited file has another mark than it should.
fn mark_of(seen: &Seen) -> String {
    let (seconds, nanoseconds) = seen.modified;
    format!("1 {} {} {seconds}.{nanoseconds:09}", seen.id.inode, seen.size)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    fn place() -> (TempDir, PathBuf) {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("kept");
        (place, path)
    }

    fn claim(path: &Path, replace: bool) -> Result<OwnedFile, HostError> {
        OwnedFile::claim(path, replace, None)
    }

    fn refusal(path: &Path, replace: bool) -> String {
        claim(path, replace).map(drop).expect_err("refused").message
    }

    /// What a killed process leaves: its locks go, its file stays.
    fn kill(mut file: OwnedFile) {
        file.held = None;
    }

    #[test]
    fn it_comes_goes_and_is_private() {
        let (place, path) = place();
        let mut file = claim(&path, false).expect("free");
        assert!(!path.exists(), "a claim writes nothing");
        for text in ["one", "two"] {
            file.write(text).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("read"), text);
            assert_eq!(fs::metadata(&path).expect("there").mode() & 0o7777, 0o600);
        }
        drop(file);
        assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn somebody_elses_file_is_not_taken() {
        let (_place, path) = place();
        fs::write(&path, "mine").expect("written");
        assert!(refusal(&path, false).ends_with("exists, but ramrole did not write it"));
        assert_eq!(fs::read_to_string(&path).expect("read"), "mine");
        let mut file = claim(&path, true).expect("taken over");
        drop(claim(&path, true).map(drop).expect_err("in use"));
        file.write("ours").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "ours");
    }

    #[test]
    fn a_claim_that_wrote_nothing_removes_nothing() {
        let (_place, path) = place();
        fs::write(&path, "mine").expect("written");
        drop(claim(&path, true).expect("taken over"));
        assert_eq!(fs::read_to_string(&path).expect("read"), "mine");
    }

    #[test]
    fn what_a_killed_run_left_is_known_again_but_no_copy_or_edit_of_it() {
        let (place, path) = place();
        let mut file = claim(&path, false).expect("free");
        file.write("one").expect("written");
        kill(file);
        let mut file = claim(&path, false).expect("a leftover of ours");
        file.write("two").expect("written");
        kill(file);
        fs::write(&path, "edited").expect("written");
        assert!(refusal(&path, false).ends_with("ramrole did not write it"));
        let (copy, status) = (place.path().join("copy"), std::process::Command::new("cp"));
        drop(claim(&path, true).expect("taken over").write("three"));
        let mut file = claim(&path, false).expect("gone with its keeper");
        file.write("four").expect("written");
        let mut cp = status;
        let copied = cp.args(["-a", "--"]).arg(&path).arg(&copy).status().expect("cp runs");
        assert!(copied.success());
        assert!(refusal(&copy, false).ends_with("ramrole did not write it"));
    }

    #[test]
    fn two_do_not_keep_one_path() {
        let (_place, path) = place();
        let mut first = claim(&path, false).expect("free");
        let mut second = claim(&path, false).expect("nothing is there yet");
        first.write("first").expect("written");
        assert!(second.write("second").expect_err("late").message.starts_with("another program put a file"));
        for replace in [false, true] {
            assert!(refusal(&path, replace).ends_with("is in use by another program"));
        }
        drop(second);
        assert_eq!(fs::read_to_string(&path).expect("read"), "first");
        first.write("still first").expect("written");
        drop(first);
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_was_exchanged_is_neither_overwritten_nor_removed() {
        let (place, path) = place();
        let mut file = claim(&path, false).expect("free");
        file.write("ours").expect("written");
        fs::write(place.path().join("new"), "theirs").expect("written");
        fs::rename(place.path().join("new"), &path).expect("renamed");
        let error = file.write("again").expect_err("theirs");
        assert!(error.message.starts_with("another program put a file at "), "{error}");
        drop(file);
        assert_eq!(fs::read_to_string(&path).expect("read"), "theirs");
        assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn a_file_that_was_removed_is_made_again() {
        let (_place, path) = place();
        let mut file = claim(&path, false).expect("free");
        file.write("one").expect("written");
        fs::remove_file(&path).expect("removed");
        file.write("two").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "two");
    }

    #[test]
    fn the_source_is_never_the_target() {
        let (place, path) = place();
        fs::write(&path, "source").expect("written");
        let (hard, soft) = (place.path().join("hard"), place.path().join("soft"));
        fs::hard_link(&path, &hard).expect("a link");
        symlink("kept", &soft).expect("a link");
        let other_spelling = place.path().join(".").join("kept");
        for (source, target) in [(&path, &path), (&hard, &path), (&soft, &path), (&other_spelling, &path)] {
            let error = OwnedFile::claim(target, true, Some(source)).map(drop).expect_err("the source");
            assert!(error.message.ends_with("is the source of the credential"), "{error}");
        }
        assert!(refusal(&soft, true).ends_with("is a symbolic link"));
        assert_eq!(fs::read_to_string(&path).expect("read"), "source");
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let (place, path) = place();
        assert!(refusal(place.path(), true).ends_with("is not a regular file"));
        assert!(refusal(&path.join("inner"), true).starts_with("cannot write "));
        assert!(refusal(&place.path().join("kept/"), true).ends_with("is a directory, not a file"));
        assert!(!path.exists());
    }
}
