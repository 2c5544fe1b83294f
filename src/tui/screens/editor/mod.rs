//! A document being edited: the text, what was found in it, and what ramrole sets in it.

mod editing;
mod keys;
mod saving;
mod view;

use std::ops::Range;

use crate::domain::finding::Finding;
use crate::domain::question::{self, Question};
use crate::domain::secret;
use crate::domain::sizes::{LARGE_TO_CHECK, LARGEST_DRAFT};
use crate::domain::text::visible_line;
use crate::domain::unsaved::{Masked, Unsaved};
use crate::tui::buffer::{Motion, TextBuffer};
use crate::tui::dialog::Answer;
use crate::tui::examine::text::{Examination, Examine, Subject, examine};
use crate::tui::field::Field;
use crate::tui::go::{Checked, Edit};
use crate::tui::place::{Reply, Reports, ScreenPlace};
use crate::tui::request::{Compute, Read, Request, Ticket, WriteFile, WrittenFile};
use crate::tui::shared::Shared;

pub use keys::{KEYS, PLACES};

/// A document being edited.
#[derive(Debug)]
pub struct Editor {
    /// The text.
    pub text: TextBuffer,
    /// The file; empty for a new one.
    pub path: String,
    /// The question that the document answers; `None` for one that is checked.
    pub question: Option<&'static Question>,
    /// What was found in the text.
    pub found: Examination,
    /// What is searched.
    pub find: Option<Field>,
    /// Whether secrets are shown.
    pub shows_secrets: bool,
    /// What was cut or copied here.
    pub clipboard: String,
    /// The first row and column shown.
    pub corner: (usize, usize),
    /// Whether the editor is left once the text is saved.
    leaving: bool,
    /// Whether the text is being saved.
    saving: Saving,
    /// The text as the file has it.
    pub before: String,
    /// The text as it came back from a draft, until its file is read.
    back: Option<Masked>,
    /// The text, or one before it, while it is looked through beside.
    examining: Option<Ticket>,
    /// What is asked over the editor.
    asked: Option<Asked>,
    /// The revision of the text that the draft holds.
    kept: u64,
}

/// What is asked over the editor.
#[derive(Debug)]
enum Asked {
    /// Whether the text is to be saved before it is left.
    Leave,
    /// Whether the text is to be saved with masks in it.
    Masked,
    /// The path to save under.
    Path,
    /// Whether a file is to be replaced.
    Replace(WriteFile),
}

/// Whether a text is being saved: one save at a time, so that no older text comes over a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saving {
    /// It is not.
    No,
    /// It is.
    Underway,
    /// It is, and is to be saved once more after that.
    Again,
}

impl Editor {
    /// The editor on something.
    #[must_use]
    pub fn open(edit: Edit, shared: &mut Shared) -> Self {
        match edit {
            Edit::New(question, text) => {
                let mut editor = Self::new("", String::new(), Some(question));
                editor.text.insert(&text);
                editor.text.move_to(Motion::Start, false);
                editor
            }
            Edit::File(question, path, text) => Self::new(&text, path, Some(question)),
            Edit::Unsaved(unsaved) => {
                if !unsaved.path.is_empty() {
                    // The file still has the secrets of the lines that were not changed.
                    shared.jobs.start(Request::Read(Read::File(unsaved.path.clone())));
                }
                shared.say_back(&unsaved.masked.text, "");
                Self::reopened(unsaved)
            }
            Edit::Checked(Checked { file, before, text }, place) => {
                let mut editor = Self::new(&before, file, None);
                editor.text.replace(&text);
                if let Some(place) = place {
                    editor.text.place_cursor_at(place.line - 1, place.column - 1, false);
                }
                editor
            }
        }
    }

    /// An editor on a text.
    fn new(text: &str, path: String, question: Option<&'static Question>) -> Self {
        let before = text.to_owned();
        let text = TextBuffer::new(text);
        let kept = text.revision();
        Self {
            text,
            path,
            question,
            found: Examination::default(),
            find: None,
            shows_secrets: false,
            clipboard: String::new(),
            corner: (0, 0),
            leaving: false,
            saving: Saving::No,
            before,
            back: None,
            examining: None,
            asked: None,
            kept,
        }
    }

    /// An editor on a text that was not saved when the program ended, as the draft has it.
    fn reopened(unsaved: Unsaved) -> Self {
        let Unsaved { question, path, masked } = unsaved;
        let mut editor = Self::new("", path, question::find(&question));
        editor.text.insert(&masked.text);
        editor.text.move_to(Motion::Start, false);
        editor.kept = editor.text.revision();
        editor.back = (!editor.path.is_empty()).then_some(masked);
        editor
    }

    /// The name of the file, also before there is one.
    #[must_use]
    pub fn name(&self) -> String {
        if !self.path.is_empty() {
            return self.path.clone();
        }
        match self.question.map(|question| question.key) {
            Some("trust_policy") => "trust-policy.json".to_owned(),
            Some(_) => "service.json".to_owned(),
            None => "document.json".to_owned(),
        }
    }

    /// Has the text looked through, if it has changed since: at once, or beside if it is large.
    fn refresh(&mut self, shared: &mut Shared) {
        if self.found.revision == Some(self.text.revision()) || self.examining.is_some() {
            return;
        }
        let (revision, text) = (self.text.revision(), self.text.snapshot());
        let is_large = text.len_bytes() > LARGE_TO_CHECK;
        let subject = self.subject(shared);
        let of = Examine { revision, text, before: self.before.clone(), subject };
        if is_large {
            shared.jobs.restart(&mut self.examining, Request::Compute(Compute::Text(Box::new(of))));
        } else {
            self.examined(examine(&of), shared);
        }
    }

    fn subject(&self, shared: &Shared) -> Subject {
        Subject::of(self.question, &shared.work.answers)
    }

    /// Takes what was found, and keeps what is not saved in the draft.
    fn examined(&mut self, found: Examination, shared: &mut Shared) {
        let Some(revision) = found.revision else { return };
        self.found = found;
        if self.kept != revision {
            self.kept = revision;
            let unsaved = self.text.is_changed().then(|| self.found.masked.clone());
            self.keep(unsaved, shared);
        }
    }

    /// Keeps the text in the draft as long as it is not saved.
    fn keep(&self, unsaved: Option<Masked>, shared: &mut Shared) {
        let question = self.question.map(|question| question.key.to_owned()).unwrap_or_default();
        let unsaved = unsaved.map(|masked| Unsaved { question, path: self.path.clone(), masked });
        match self.question {
            None => shared.keep_checked(unsaved),
            question => shared.keep_unsaved(question, unsaved),
        }
    }

    /// Keeps the cursor among the rows and columns that are shown.
    fn follow(&mut self, rows: usize, columns: usize) {
        let line = self.text.cursor().line;
        let column = self.text.display_column();
        let (top, left) = self.corner;
        let margin = 2.min(rows.saturating_sub(1) / 2);
        let top = top.clamp((line + margin + 1).saturating_sub(rows), line.saturating_sub(margin));
        let left = left.clamp((column + 1).saturating_sub(columns), column);
        self.corner = (top, left);
    }

    /// Puts the cursor where a click was.
    fn place_cursor(&mut self, row: u16, column: u16) {
        let (top, left) = self.corner;
        let line = (top + usize::from(row)).min(self.text.line_count().saturating_sub(1));
        self.text.place_cursor_at(line, left + usize::from(column), false);
    }

    /// Goes to what is searched, from where the cursor is.
    fn find_as_typed(&mut self) {
        let Some(field) = &self.find else { return };
        let needle = field.text().to_owned();
        if let Some(selection) = self.text.selection() {
            self.text.place_cursor(selection.start, false);
        }
        self.text.find(&needle, false);
    }

    /// The finding at the cursor's line, or the first.
    fn finding(&self) -> Option<&Finding> {
        let line = self.text.cursor().line + 1;
        let here = |finding: &&Finding| finding.place.is_some_and(|place| place.line == line);
        self.found.findings.iter().find(here).or(self.found.findings.first())
    }

    /// The secrets among these bytes that are not to be shown.
    fn secrets(&self, line: &str, bytes: &Range<usize>) -> Vec<Range<usize>> {
        if self.shows_secrets {
            return Vec::new();
        }
        // Until a large text has been looked through again, its lines speak for themselves.
        let mut spans: Vec<_> = if self.found.revision == Some(self.text.revision()) {
            Vec::new()
        } else {
            let spans = secret::spans_in_line(line).into_iter();
            spans.map(|span| bytes.start + span.start..bytes.start + span.end).collect()
        };
        let known = &self.found.secrets;
        let first = known.partition_point(|span| span.end <= bytes.start);
        spans.extend(known[first..].iter().take_while(|span| span.start < bytes.end).cloned());
        spans
    }
}

impl Reports for Editor {
    fn file(&mut self, _: String, result: Result<String, String>, shared: &mut Shared) -> Reply {
        if let Ok(file) = result {
            self.restore(file, shared);
        }
        Reply::Stay
    }

    fn written(&mut self, written: WrittenFile, shared: &mut Shared) -> Reply {
        self.file_written(written, shared)
    }

    fn text_examined(&mut self, found: Examination, shared: &mut Shared) {
        self.examining = None;
        self.examined(found, shared);
    }

    fn edited(&mut self, result: Result<(String, bool), String>, shared: &mut Shared) {
        match result {
            Ok((text, well)) => {
                self.text.replace(&text);
                if !well {
                    shared.complain("the editor did not end well; the text is as it left it, and undo brings back the one before");
                }
            }
            Err(problem) => shared.complain(problem),
        }
    }
}

impl ScreenPlace for Editor {
    fn title(&self, _: &Shared) -> String {
        let changed = if self.text.is_changed() { ", not saved" } else { "" };
        format!("{}{changed}", visible_line(&self.name()))
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        self.decided(answer, shared)
    }

    fn question(&self) -> Option<&'static Question> {
        self.question
    }

    fn last_words(&mut self, shared: &mut Shared) {
        let text = self.text.snapshot();
        // The draft has it already, or has no room for it.
        if self.kept == self.text.revision() || text.len_bytes() > LARGEST_DRAFT {
            return;
        }
        self.kept = self.text.revision();
        let unsaved = self.text.is_changed().then(|| Masked::of(&text.to_string(), &self.before));
        self.keep(unsaved, shared);
    }
}
