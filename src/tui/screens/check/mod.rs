//! The screen that checks a document: the findings, the place of each, and the fix where there is one to apply.

mod keys;
mod saving;
mod view;

use crate::domain::check::Report;
use crate::domain::finding::Finding;
use crate::domain::findings::Findings;
use crate::domain::mend::mend;
use crate::domain::path::Completion;
use crate::domain::secret;
use crate::domain::sizes::{LARGE_TO_CHECK, LARGEST_DRAFT};
use crate::domain::sketch::Line;
use crate::domain::unsaved::{Masked, Unsaved};
use crate::tui::dialog::Answer;
use crate::tui::examine::document::{Examination, Examine, examine};
use crate::tui::go::{self, Edit, Go};
use crate::tui::list::List;
use crate::tui::path_input::PathInput;
use crate::tui::place::{Reply, Reports, ScreenPlace};
use crate::tui::request::{Compute, Read, Request, Ticket, WriteFile, WrittenFile};
use crate::tui::shared::Shared;
use crate::tui::shown::Shown;

pub use keys::{KEYS, PLACES};

/// A document and what was found in it.
#[derive(Debug, Default)]
pub struct Check {
    /// The path that is typed.
    pub path: PathInput,
    /// The file that the text came from; empty for a pasted one.
    pub file: String,
    /// The text as it was read.
    pub before: String,
    /// The text with the fixes in it.
    pub text: String,
    /// What was found in it, or in the text before the last change; `None` where there is no document.
    pub report: Option<Report>,
    /// The findings.
    pub list: List,
    /// Whether the document is left once it is saved.
    leaving: bool,
    /// The file of a text that is back from a draft, while it is read: it still has the secrets.
    restoring: Option<Ticket>,
    /// The document whose path is typed, while it is read.
    reading: Option<Ticket>,
    /// The text, or the one before it, while it is looked through beside.
    examining: Option<Ticket>,
    /// What is asked over the screen.
    asked: Option<Asked>,
    /// The lines of the text, secrets masked.
    lines: Vec<Line>,
    /// How far the text is looked through.
    looked: Looked,
}

/// What is asked over the screen.
#[derive(Debug)]
enum Asked {
    /// Whether the file is to be written.
    Write(WriteFile),
    /// Whether a text that has no file is to be saved with masks in it.
    Masked,
    /// The path to save under.
    Path,
}

/// How far a text is looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Looked {
    /// Not yet.
    #[default]
    Not,
    /// It is being looked through beside.
    Beside,
    /// The one before it is being looked through beside.
    FormerBeside,
    /// What was found is of this text.
    Through,
}

impl Check {
    /// The screen where a document is named.
    #[must_use]
    pub fn open(shared: &mut Shared) -> Self {
        let mut check = Self::empty(shared);
        check.path.ask(shared);
        check
    }

    /// The screen on a document whose fixes were not saved when the program ended.
    #[must_use]
    pub fn reopen(unsaved: &Unsaved, shared: &mut Shared) -> Self {
        let mut check = Self::empty(shared);
        check.take(unsaved.path.clone(), String::new(), shared);
        check.set(unsaved.masked.text.clone());
        if !unsaved.path.is_empty() {
            shared.jobs.restart(&mut check.restoring, Request::Read(Read::File(unsaved.path.clone())));
        }
        shared.say_back(&unsaved.masked.text, "");
        check
    }

    /// The screen on a document that is back from the editor.
    #[must_use]
    pub fn back(checked: go::Checked, shared: &mut Shared) -> Self {
        let mut check = Self::empty(shared);
        check.take(checked.file, checked.before, shared);
        check.set(checked.text);
        check
    }

    fn empty(shared: &Shared) -> Self {
        Self { path: PathInput::of("", &shared.work.home), ..Self::default() }
    }

    /// Takes a text to check.
    fn take(&mut self, file: String, text: String, shared: &mut Shared) {
        self.close(shared);
        self.file = file;
        self.before.clone_from(&text);
        self.report = Some(Report { kind: None, findings: Findings::default() });
        self.set(text);
    }

    /// Takes the text as it has become, to check it again.
    fn set(&mut self, text: String) {
        self.text = text;
        self.look_again();
    }

    /// Takes note of what the file holds now.
    fn saved(&mut self, text: String) {
        self.before = text;
        self.look_again();
    }

    fn look_again(&mut self) {
        self.looked = match self.looked {
            Looked::Not | Looked::Through => Looked::Not,
            Looked::Beside | Looked::FormerBeside => Looked::FormerBeside,
        };
    }

    /// Forgets the document and what was asked for it; the path stays.
    fn close(&mut self, shared: &mut Shared) {
        for slot in [&mut self.reading, &mut self.restoring, &mut self.examining] {
            shared.jobs.cancel(slot);
        }
        *self = Self { path: std::mem::take(&mut self.path), ..Self::default() };
    }

    /// Whether the text is not as its file has it.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.text != self.before
    }

    /// Whether what was found is of the text as it is.
    #[must_use]
    pub fn is_looked_through(&self) -> bool {
        self.looked == Looked::Through
    }

    /// The lines of the text beside those of its file, secrets masked.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Has the text looked through, if it has changed since: at once, or beside if it is large.
    fn refresh(&mut self, shared: &mut Shared) {
        if self.report.is_none() || self.looked != Looked::Not {
            return;
        }
        let of = Examine { before: self.before.clone(), text: self.text.clone() };
        if of.before.len().max(of.text.len()) > LARGE_TO_CHECK {
            self.looked = Looked::Beside;
            shared.jobs.restart(&mut self.examining, Request::Compute(Compute::Document(Box::new(of))));
        } else {
            self.found(examine(&of), shared);
        }
    }

    /// Takes what was found, and keeps what is not saved in the draft.
    fn found(&mut self, found: Examination, shared: &mut Shared) {
        (self.report, self.lines, self.looked) = (Some(found.report), found.lines, Looked::Through);
        let last = self.findings().len().saturating_sub(1);
        self.list.cursor = self.list.cursor.min(last);
        self.keep(found.masked, shared);
    }

    fn keep(&self, masked: Masked, shared: &mut Shared) {
        // Before its secrets are back the text in the draft is the better one.
        if self.restoring.is_none() {
            let (question, path) = (String::new(), self.file.clone());
            shared.keep_checked(self.is_changed().then_some(Unsaved { question, path, masked }));
        }
    }

    /// What was found.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.report.as_ref().map(|report| &report.findings[..]).unwrap_or_default()
    }

    /// The finding at the cursor.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.findings().get(self.list.cursor)
    }

    fn words(&self) -> Vec<String> {
        self.findings().iter().map(|finding| format!("{} {}", finding.message, finding.rule.code)).collect()
    }
}

impl Check {
    /// Checks the document whose path is typed.
    fn check_path(&mut self, shared: &mut Shared) -> Reply {
        if self.path.enter_folder(shared) {
            return Reply::Stay;
        }
        let path = self.path.settle(shared);
        if path.is_empty() {
            shared.complain("name a file, or paste the text");
        } else {
            shared.jobs.restart(&mut self.reading, Request::Read(Read::File(path)));
        }
        Reply::Stay
    }

    /// Applies the fix of the finding at hand, where there is one to apply.
    fn fix(&mut self, shared: &mut Shared) -> Reply {
        if !self.is_looked_through() {
            shared.say("the document is still being checked");
            return Reply::Stay;
        }
        let Some(finding) = self.finding() else {
            shared.say("nothing to find fault with");
            return Reply::Stay;
        };
        match mend(&self.text, finding) {
            Some(mended) => {
                shared.say(format!("fixed: {}", finding.message));
                // What is changed now is not replaced by what the file has.
                shared.jobs.cancel(&mut self.restoring);
                self.set(mended);
            }
            None => shared.say(format!("this one needs your decision: {}", finding.advice())),
        }
        Reply::Stay
    }

    /// Opens the document in the editor, at the finding at hand.
    fn edit(&mut self, _: &mut Shared) -> Reply {
        let place = self.finding().and_then(|finding| finding.place);
        let (file, before, text) = (self.file.clone(), self.before.clone(), self.text.clone());
        Reply::Go(Go::Edit(Edit::Checked(go::Checked { file, before, text }, place)))
    }

    fn shown(&self) -> Shown {
        let name = if self.file.is_empty() { "the document".to_owned() } else { self.file.clone() };
        let secret = !secret::spans_in_text(&self.text).is_empty();
        Shown { name, text: self.text.clone(), secret }
    }
}

impl Reports for Check {
    fn file(&mut self, path: String, result: Result<String, String>, shared: &mut Shared) -> Reply {
        let is_back = self.restoring.take().is_some();
        self.reading = None;
        match result {
            Ok(file) if is_back => self.restore(path, file, shared),
            Ok(text) => self.take(path, text, shared),
            Err(_) if is_back => {}
            Err(problem) => shared.complain(problem),
        }
        Reply::Stay
    }

    fn completions(&mut self, completions: Vec<Completion>) {
        self.path.take(completions);
    }

    fn document_examined(&mut self, found: Examination, shared: &mut Shared) {
        self.examining = None;
        match self.looked {
            Looked::Beside => self.found(found, shared),
            Looked::Not | Looked::FormerBeside | Looked::Through => self.looked = Looked::Not,
        }
    }

    fn written(&mut self, written: WrittenFile, shared: &mut Shared) -> Reply {
        self.file_written(written, shared)
    }
}

impl ScreenPlace for Check {
    fn title(&self, _: &Shared) -> String {
        "check a document".to_owned()
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        self.decided(answer, shared)
    }

    fn last_words(&mut self, shared: &mut Shared) {
        // The draft has it already, or has no room for it.
        if self.report.is_some() && !self.is_looked_through() && self.text.len() <= LARGEST_DRAFT {
            self.keep(Masked::of(&self.text, &self.before), shared);
        }
    }
}
