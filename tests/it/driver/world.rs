//! The outside of a wizard under test: files, drafts and the clipboard are maps, so that nothing of the machine is read or
//! written. What is done with them is the program's own code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use ramrole::domain::chain::Evidence;
use ramrole::domain::credential::{Answer, Found, Reach, Reading, Source, Stamp, Trouble};
use ramrole::domain::draft_name::DraftName;
use ramrole::domain::moment::Moment;
use ramrole::domain::path::Completion;
use ramrole::host::clipboard::Copied;
use ramrole::host::drafts::Entry;
use ramrole::host::environment::{Environment, Placed};
use ramrole::host::external_editor::Edited;
use ramrole::host::output::{Expect, How, Links, Mode, Written};
use ramrole::host::{HostError, HostErrorKind};

/// What is outside.
pub struct World {
    pub files: BTreeMap<String, String>,
    pub drafts: BTreeMap<String, String>,
    /// The sources of credentials, with what each answers.
    pub sources: Vec<(Source, Result<Answer, Trouble>)>,
    /// What the official clients would look at.
    pub clients: Evidence,
    /// What the clocks say.
    pub now: Moment,
}

impl World {
    pub fn new() -> Self {
        let wall = "2026-11-25T14:02:31Z".parse().expect("a time");
        Self {
            files: BTreeMap::new(),
            drafts: BTreeMap::new(),
            sources: Vec::new(),
            clients: Evidence::default(),
            now: Moment { wall, steady: SignedDuration::ZERO },
        }
    }
}

/// A world that requests are carried out on.
#[derive(Clone)]
pub struct Shared(Arc<Mutex<World>>);

impl Shared {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(World::new())))
    }

    /// The world, for as long as it is held.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused(kind: HostErrorKind, message: String) -> HostError {
    HostError { kind, message, hint: None, cause: None }
}

fn key(path: &Path) -> String {
    path.to_str().expect("a path of the test").to_owned()
}

impl Environment for Shared {
    fn home(&self) -> String {
        "/home/owl".to_owned()
    }

    fn read(&self, path: &Path) -> Result<String, HostError> {
        let missing = || refused(HostErrorKind::Unusable, format!("cannot read {}", path.display()));
        self.lock().files.get(&key(path)).cloned().ok_or_else(missing)
    }

    fn put(&self, path: &Path, text: &str, how: How) -> Result<Written, HostError> {
        let mut world = self.lock();
        let kind = match (how.expect, world.files.get(&key(path))) {
            (Expect::Nothing, Some(_)) => Some(HostErrorKind::Exists),
            (Expect::Text(before) | Expect::TextOrNothing(before), Some(now)) if now != before => {
                Some(HostErrorKind::Changed)
            }
            (Expect::Text(_), None) => Some(HostErrorKind::Changed),
            (Expect::Anything | Expect::Nothing | Expect::Text(_) | Expect::TextOrNothing(_), _) => None,
        };
        if let Some(kind) = kind {
            return Err(refused(kind, format!("{} is not as expected", path.display())));
        }
        world.files.insert(key(path), text.to_owned());
        Ok(Written { other_names: 0 })
    }

    fn put_all(
        &self,
        folder: &Path,
        files: &[(&str, &str, Mode)],
        replace: bool,
    ) -> Result<Vec<Placed>, HostError> {
        let expect = if replace { Expect::Anything } else { Expect::Nothing };
        let paths: Vec<PathBuf> = files.iter().map(|(name, ..)| folder.join(name)).collect();
        if !replace && paths.iter().any(|path| self.lock().files.contains_key(&key(path))) {
            return Err(refused(HostErrorKind::Exists, format!("{} exists already", folder.display())));
        }
        for (path, (_, text, mode)) in paths.iter().zip(files) {
            self.put(path, text, How { links: Links::Refuse, mode: *mode, expect })?;
        }
        Ok(paths.into_iter().map(|path| (path, None)).collect())
    }

    fn complete(&self, typed: &str) -> Vec<Completion> {
        let world = self.lock();
        let matching = world.files.keys().filter(|name| name.starts_with(typed)).cloned();
        matching.map(|text| Completion { text, is_folder: false }).collect()
    }

    fn copy(&self, _: &str) -> Copied {
        Copied::ToTerminal
    }

    fn edit(&self, text: &str, _: &str) -> Result<Edited, HostError> {
        Ok(Edited { text: text.to_owned(), status_ok: true })
    }

    fn drafts(&self) -> Vec<Entry> {
        let entry = |name: &String| Some(Entry { name: name.parse().ok()?, modified: SystemTime::now() });
        self.lock().drafts.keys().filter_map(entry).collect()
    }

    fn read_draft(&self, name: &DraftName) -> Result<String, HostError> {
        let missing = || refused(HostErrorKind::Unusable, "no such draft".to_owned());
        self.lock().drafts.get(name.as_str()).cloned().ok_or_else(missing)
    }

    fn write_draft(&self, name: &DraftName, text: &str) -> Result<(), HostError> {
        self.lock().drafts.insert(name.to_string(), text.to_owned());
        Ok(())
    }

    fn write_new_draft(&self, text: &str) -> Result<DraftName, HostError> {
        let mut names = (1..).map(DraftName::numbered);
        let name = names.find(|name| !self.has_draft(name)).expect("a free name");
        self.write_draft(&name, text).map(|()| name)
    }

    fn remove_draft(&self, name: &DraftName) -> Result<(), HostError> {
        self.lock().drafts.remove(name.as_str());
        Ok(())
    }

    fn has_draft(&self, name: &DraftName) -> bool {
        self.lock().drafts.contains_key(name.as_str())
    }

    fn check_draft_name(&self, name: &DraftName) -> Result<(), HostError> {
        let taken = || refused(HostErrorKind::Exists, format!("the draft {name} exists already"));
        if self.has_draft(name) { Err(taken()) } else { Ok(()) }
    }

    fn rename_draft(&self, from: &DraftName, to: &DraftName) -> Result<(), HostError> {
        self.check_draft_name(to)?;
        let text = self.read_draft(from)?;
        self.remove_draft(from)?;
        self.write_draft(to, &text)
    }

    fn now(&self) -> Moment {
        self.lock().now
    }

    fn zone(&self) -> TimeZone {
        TimeZone::posix("CST-8").expect("a zone")
    }

    fn sources(&self) -> Found {
        let sources = self.lock().sources.iter().map(|(source, _)| source.clone()).collect();
        Found { sources, trouble: None, reach: Reach::Loopback, given: false }
    }

    fn evidence(&self) -> Evidence {
        self.lock().clients.clone()
    }

    fn read_credential(&self, source: &Source, _: Reach, _: Option<Stamp>) -> Option<Reading> {
        let world = self.lock();
        let answer = world.sources.iter().find(|(known, _)| known == source);
        let result = answer.map_or(Err(Trouble::TimedOut), |(_, result)| result.clone());
        Some(Reading { at: world.now, result })
    }
}
