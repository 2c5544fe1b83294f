//! Unfinished wizards as files in the user's data folder, readable by their owner alone; knows nothing of what is
//! in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::output::{self, Expect, How, Links, Mode};
use super::{HostError, HostErrorKind, folders, input, shown};
use crate::domain::draft_name::DraftName;
use crate::domain::sizes::LARGEST_DRAFT;

/// How many drafts are listed.
const MOST: usize = 200;
/// How many entries of the folder are looked at.
const MOST_READ: usize = 10_000;

/// One draft of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: DraftName,
    /// When it was written last.
    pub modified: SystemTime,
}

/// Where drafts lie, if there is a place for them.
#[derive(Clone, Debug)]
pub struct Drafts {
    folder: Option<PathBuf>,
}

impl Drafts {
    /// Those of the user: `drafts` in the data folder of the platform.
    #[must_use]
    pub fn here() -> Self {
        Self { folder: folders().map(|folders| folders.data_dir().join("drafts")) }
    }

    /// Those of a folder, which is made by the first write.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// Where a draft lies, or would lie.
    ///
    /// # Errors
    /// When there is no home, and so no place.
    pub fn path(&self, name: &DraftName) -> Result<PathBuf, HostError> {
        Ok(self.folder()?.join(format!("{name}.json")))
    }

    /// The drafts, the newest first, at most 200; what is no draft's file is left out, and a folder that cannot
    /// be read is empty.
    #[must_use]
    pub fn list(&self) -> Vec<Entry> {
        let Ok(entries) = self.folder().and_then(|folder| {
            fs::read_dir(folder)
                .map_err(|cause| HostError::refused(format!("cannot read {}", shown(folder)), cause))
        }) else {
            return Vec::new();
        };
        let mut list: Vec<Entry> =
            entries.take(MOST_READ).filter_map(|entry| entry_of(&entry.ok()?)).collect();
        list.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.name.cmp(&b.name)));
        list.truncate(MOST);
        list
    }

    /// The text of a draft.
    ///
    /// # Errors
    /// When it is not there, larger than 8 MiB or not UTF-8, or the system refuses.
    pub fn read(&self, name: &DraftName) -> Result<String, HostError> {
        input::read_file(&self.path(name)?, LARGEST_DRAFT as u64).map_err(hinted)
    }

    /// Writes a draft atomically, over the one of this name if there is one.
    ///
    /// # Errors
    /// When there is no home, or the system refuses.
    pub fn write(&self, name: &DraftName, text: &str) -> Result<(), HostError> {
        self.put(name, text, Expect::Anything)
    }

    /// Writes a draft under the first name that is free; another wizard that looks for one at the same time gets
    /// another.
    ///
    /// # Errors
    /// As for [`Self::write`].
    pub fn write_new(&self, text: &str) -> Result<DraftName, HostError> {
        loop {
            let name = self.free_name();
            match self.put(&name, text, Expect::Nothing) {
                Err(error) if error.kind == HostErrorKind::Exists && self.free_name() != name => {}
                result => return result.map(|()| name),
            }
        }
    }

    fn put(&self, name: &DraftName, text: &str, expect: Expect) -> Result<(), HostError> {
        let (folder, path) = (self.folder()?, self.path(name)?);
        output::make_private_folder(folder).map_err(|cause| {
            HostError::refused(format!("cannot make the folder {}", shown(folder)), cause)
                .with_hint("save the answers as a file elsewhere")
        })?;
        output::put(&path, text, How { links: Links::Refuse, mode: Mode::Private, expect })
            .map(drop)
            .map_err(|error| error.with_hint("save the answers as a file elsewhere"))
    }

    /// Removes a draft.
    ///
    /// # Errors
    /// When it is not there, or the system refuses.
    pub fn remove(&self, name: &DraftName) -> Result<(), HostError> {
        let path = self.path(name)?;
        output::remove(&path)
            .map_err(|cause| hinted(HostError::refused(format!("cannot remove {}", shown(&path)), cause)))
    }

    /// Whether there is a draft of this name.
    #[must_use]
    pub fn has(&self, name: &DraftName) -> bool {
        self.path(name).is_ok_and(|path| output::exists(&path))
    }

    /// Whether a name can be given to a draft.
    ///
    /// # Errors
    /// When another draft has it.
    pub fn check_free(&self, name: &DraftName) -> Result<(), HostError> {
        if !self.has(name) {
            return Ok(());
        }
        let error = HostError::unusable(format!("the draft {name} exists already"));
        Err(error.with_hint("choose another name, or remove that draft first"))
    }

    /// Gives a draft another name.
    ///
    /// # Errors
    /// When the new name is taken, the draft is not there, or the system refuses.
    pub fn rename(&self, from: &DraftName, to: &DraftName) -> Result<(), HostError> {
        let (source, target) = (self.path(from)?, self.path(to)?);
        self.check_free(to)?;
        output::rename(&source, &target)
            .map_err(|cause| hinted(HostError::refused(format!("cannot rename {}", shown(&source)), cause)))
    }

    /// The first of `draft`, `draft-2`, … that is not taken.
    #[must_use]
    pub fn free_name(&self) -> DraftName {
        let is_free = |name: &DraftName| self.path(name).is_ok_and(|path| !output::exists(&path));
        (1..=MOST_READ).map(DraftName::numbered).find(is_free).unwrap_or_else(|| DraftName::numbered(1))
    }

    fn folder(&self) -> Result<&Path, HostError> {
        self.folder.as_deref().ok_or_else(|| {
            let message = "there is no place for drafts: this user has no home folder".to_owned();
            let error = HostError { kind: HostErrorKind::Refused, message, hint: None, cause: None };
            error.with_hint("set HOME to a folder of yours")
        })
    }
}

/// Says what to do where nothing better is said.
fn hinted(error: HostError) -> HostError {
    if error.hint.is_some() { error } else { error.with_hint("list the drafts again: they may have changed") }
}

/// A regular file with a draft's name; links may lead anywhere.
fn entry_of(entry: &fs::DirEntry) -> Option<Entry> {
    let name = DraftName::of_file(entry.file_name().to_str()?)?;
    let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
    Some(Entry { name, modified: metadata.modified().ok()? })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tempfile::TempDir;

    use super::*;

    fn place() -> (TempDir, Drafts) {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::in_folder(home.path().join("data/drafts"));
        (home, drafts)
    }

    fn name(text: &str) -> DraftName {
        text.parse().expect("a name")
    }

    #[test]
    fn a_name_is_a_file_and_no_path() {
        for text in ["a", "my-draft_2.v1", &"x".repeat(64)] {
            assert_eq!(name(text).as_str(), text);
        }
        for text in ["", ".", "..", ".hidden", "a/b", "a\\b", "../x", "a b", "a\0", "中", &"x".repeat(65)] {
            assert!(text.parse::<DraftName>().is_err(), "{text:?}");
        }
        let refusal = ".x".parse::<DraftName>().expect_err("a dot").to_string();
        assert_eq!(refusal, "`.x` is not a draft's name: it may not start with a dot");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (home, drafts) = place();
        drafts.write(&name("owl"), "one").expect("written");
        drafts.write(&name("owl"), "two\n中").expect("written again");
        assert_eq!(drafts.read(&name("owl")).expect("read"), "two\n中");
        assert_eq!(fs::read_dir(home.path().join("data/drafts")).expect("a folder").count(), 1);
        drafts.remove(&name("owl")).expect("removed");
        assert_eq!(drafts.list(), []);
        let error = drafts.read(&name("owl")).expect_err("gone");
        assert!(error.message.starts_with("cannot read "), "{error}");
        assert!(drafts.remove(&name("owl")).is_err());
    }

    #[test]
    fn the_newest_comes_first_and_strangers_are_left_out() {
        let (home, drafts) = place();
        assert_eq!(drafts.list(), []);
        let folder = home.path().join("data/drafts");
        for (age, text) in [(30, "old"), (10, "new"), (20, "middle")] {
            drafts.write(&name(text), "{}").expect("written");
            let file =
                fs::File::options().write(true).open(folder.join(format!("{text}.json"))).expect("open");
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).expect("a time");
        }
        for stranger in [".hidden.json", "notes.txt", "a b.json", ".json"] {
            fs::write(folder.join(stranger), "").expect("written");
        }
        fs::create_dir(folder.join("folder.json")).expect("a folder");
        let names: Vec<_> = drafts.list().into_iter().map(|entry| entry.name.to_string()).collect();
        assert_eq!(names, ["new", "middle", "old"]);
    }

    #[test]
    fn a_taken_name_is_not_taken_again() {
        let (_home, drafts) = place();
        assert_eq!(drafts.free_name(), name("draft"));
        drafts.write(&name("draft"), "1").expect("written");
        drafts.write(&name("draft-2"), "2").expect("written");
        assert_eq!(drafts.free_name(), name("draft-3"));
        let error = drafts.rename(&name("draft"), &name("draft-2")).expect_err("taken");
        assert_eq!(error.message, "the draft draft-2 exists already");
        drafts.rename(&name("draft"), &name("owl")).expect("renamed");
        assert_eq!(drafts.read(&name("owl")).expect("read"), "1");
        assert!(drafts.rename(&name("draft"), &name("other")).is_err());
    }

    #[test]
    fn wizards_that_begin_at_once_get_drafts_of_their_own() {
        let (_home, drafts) = place();
        let begin = &|number: usize| drafts.write_new(&number.to_string()).expect("written");
        let names: Vec<DraftName> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|number| scope.spawn(move || begin(number))).collect();
            threads.into_iter().map(|thread| thread.join().expect("a name")).collect()
        });
        for (number, name) in names.iter().enumerate() {
            assert_eq!(drafts.read(name).expect("read"), number.to_string(), "{name}");
        }
    }

    #[test]
    fn without_a_home_everything_says_so() {
        let drafts = Drafts { folder: None };
        assert_eq!((drafts.list(), drafts.free_name()), (Vec::new(), name("draft")));
        let errors = [
            drafts.read(&name("a")).map(drop),
            drafts.write(&name("a"), ""),
            drafts.remove(&name("a")),
            drafts.rename(&name("a"), &name("b")),
        ];
        for error in errors {
            assert!(error.expect_err("no home").message.contains("no home folder"));
        }
    }

    #[test]
    fn a_draft_without_measure_is_refused() {
        let (home, drafts) = place();
        drafts.write(&name("vast"), "").expect("written");
        let file =
            fs::File::options().write(true).open(home.path().join("data/drafts/vast.json")).expect("open");
        file.set_len(LARGEST_DRAFT as u64 + 1).expect("a length");
        assert!(drafts.read(&name("vast")).expect_err("large").message.ends_with("is larger than 8 MiB"));
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::PermissionsExt as _;

        use super::*;

        #[test]
        fn a_draft_and_its_folder_are_private() {
            let (home, drafts) = place();
            drafts.write(&name("owl"), "one").expect("written");
            let mode = |path: &str| {
                fs::metadata(home.path().join(path)).expect("there").permissions().mode() & 0o777
            };
            assert_eq!((mode("data/drafts"), mode("data/drafts/owl.json")), (0o700, 0o600));
        }
    }
}
