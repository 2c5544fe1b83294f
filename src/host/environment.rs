//! What requests are carried out on: this machine, or a place that a test scripts. It decides nothing.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::clipboard::{self, Copied};
use super::drafts::{Drafts, Entry};
use super::external_editor::{self, Edited};
use super::output::{self, How, Links, Mode, Written};
use super::{HostError, chain, clock, complete, credential, home, input};
use crate::domain::chain::Evidence;
use crate::domain::credential::{Found, Reach, Reading, Source, Stamp};
use crate::domain::draft_name::DraftName;
use crate::domain::moment::Moment;
use crate::domain::path::Completion;

/// A file that was written, with a remark about the one that it replaced.
pub type Placed = (PathBuf, Option<String>);

/// Everything outside that the wizard's requests touch. Errors are those of the functions of this crate's host.
#[expect(clippy::missing_errors_doc, reason = "each is what the function of this name gives")]
pub trait Environment: Send + Sync + 'static {
    /// The user's home folder; empty where there is none.
    fn home(&self) -> String;

    /// The text of a file.
    fn read(&self, path: &Path) -> Result<String, HostError>;

    /// Writes a file, if what is there is what is expected.
    fn put(&self, path: &Path, text: &str, how: How) -> Result<Written, HostError>;

    /// Writes files into a folder: all of them or none.
    fn put_all(
        &self,
        folder: &Path,
        files: &[(&str, &str, Mode)],
        replace: bool,
    ) -> Result<Vec<Placed>, HostError>;

    /// How a path that is typed could go on.
    fn complete(&self, typed: &str) -> Vec<Completion>;

    /// Hands a text to the clipboard.
    fn copy(&self, text: &str) -> Copied;

    /// Lets the user's own editor change a text.
    fn edit(&self, text: &str, name: &str) -> Result<Edited, HostError>;

    /// The drafts, the newest first.
    fn drafts(&self) -> Vec<Entry>;

    /// The text of a draft.
    fn read_draft(&self, name: &DraftName) -> Result<String, HostError>;

    /// Writes a draft.
    fn write_draft(&self, name: &DraftName, text: &str) -> Result<(), HostError>;

    /// Writes a draft under the first name that is free.
    fn write_new_draft(&self, text: &str) -> Result<DraftName, HostError>;

    /// Removes a draft.
    fn remove_draft(&self, name: &DraftName) -> Result<(), HostError>;

    /// Whether there is a draft of this name.
    fn has_draft(&self, name: &DraftName) -> bool;

    /// Whether a name can be given to a draft.
    fn check_draft_name(&self, name: &DraftName) -> Result<(), HostError>;

    /// Gives a draft another name.
    fn rename_draft(&self, from: &DraftName, to: &DraftName) -> Result<(), HostError>;

    /// What the clocks say.
    fn now(&self) -> Moment;

    /// The zone of local times.
    fn zone(&self) -> TimeZone;

    /// Where credentials are to be found.
    fn sources(&self) -> Found;

    /// What the official clients would look at.
    fn evidence(&self) -> Evidence;

    /// Reads a source of credentials; `None` for a file that has not changed.
    fn read_credential(&self, source: &Source, reach: Reach, known: Option<Stamp>) -> Option<Reading>;
}

/// This machine.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Where drafts lie.
    pub drafts: Drafts,
}

impl Environment for Machine {
    fn home(&self) -> String {
        home()
    }

    fn read(&self, path: &Path) -> Result<String, HostError> {
        input::read(path)
    }

    fn put(&self, path: &Path, text: &str, how: How) -> Result<Written, HostError> {
        output::put(path, text, how)
    }

    fn put_all(
        &self,
        folder: &Path,
        files: &[(&str, &str, Mode)],
        replace: bool,
    ) -> Result<Vec<Placed>, HostError> {
        output::write_all(folder, files, replace, Links::Refuse)
    }

    fn complete(&self, typed: &str) -> Vec<Completion> {
        complete::complete(typed)
    }

    fn copy(&self, text: &str) -> Copied {
        clipboard::copy(text)
    }

    fn edit(&self, text: &str, name: &str) -> Result<Edited, HostError> {
        external_editor::edit(text, name)
    }

    fn drafts(&self) -> Vec<Entry> {
        self.drafts.list()
    }

    fn read_draft(&self, name: &DraftName) -> Result<String, HostError> {
        self.drafts.read(name)
    }

    fn write_draft(&self, name: &DraftName, text: &str) -> Result<(), HostError> {
        self.drafts.write(name, text)
    }

    fn write_new_draft(&self, text: &str) -> Result<DraftName, HostError> {
        self.drafts.write_new(text)
    }

    fn remove_draft(&self, name: &DraftName) -> Result<(), HostError> {
        self.drafts.remove(name)
    }

    fn has_draft(&self, name: &DraftName) -> bool {
        self.drafts.has(name)
    }

    fn check_draft_name(&self, name: &DraftName) -> Result<(), HostError> {
        self.drafts.check_free(name)
    }

    fn rename_draft(&self, from: &DraftName, to: &DraftName) -> Result<(), HostError> {
        self.drafts.rename(from, to)
    }

    fn now(&self) -> Moment {
        clock::now()
    }

    fn zone(&self) -> TimeZone {
        clock::zone()
    }

    fn sources(&self) -> Found {
        credential::sources()
    }

    fn evidence(&self) -> Evidence {
        chain::evidence()
    }

    fn read_credential(&self, source: &Source, reach: Reach, known: Option<Stamp>) -> Option<Reading> {
        credential::read(source, reach, known)
    }
}
