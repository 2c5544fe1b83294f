//! A document being edited: the text, what was found in it, and what ramrole sets in it. Pure.

mod examine;
mod view;

use std::ops::Range;

use ropey::Rope;

use super::buffer::{Motion, TextBuffer};
use super::effect::Effect;
use super::field::Field;
use super::unsaved::{Masked, Unsaved};
use super::work::Work;
use crate::domain::finding::Finding;
use crate::domain::question::Question;
use crate::domain::secret;
use crate::domain::sizes::{LARGE_TO_CHECK, LARGEST_DRAFT};

pub use examine::{Examination, Examine, Subject, examine};

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
    pub leaving: bool,
    /// Whether the text is being saved.
    pub saving: Saving,
    /// The text as the file has it.
    pub before: String,
    /// The text as it came back from a draft, until its file is read.
    pub back: Option<Masked>,
    /// The text that is being looked through beside.
    examining: Option<Rope>,
    /// The revision of the text that the draft holds.
    kept: u64,
}

/// Whether a text is being saved: one save at a time, so that no older text comes over a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It is not.
    No,
    /// It is.
    Underway,
    /// It is, and is to be saved once more after that.
    Again,
}

impl Editor {
    /// An editor on a text.
    #[must_use]
    pub fn new(text: &str, path: String, question: Option<&'static Question>) -> Self {
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
            kept,
        }
    }

    /// An editor on a text that was not saved when the program ended, as the draft has it.
    #[must_use]
    pub fn reopened(unsaved: &Unsaved, question: Option<&'static Question>) -> Self {
        let mut editor = Self::new("", unsaved.path.clone(), question);
        editor.text.insert(&unsaved.masked.text);
        editor.text.move_to(Motion::Start, false);
        editor.back = (!unsaved.path.is_empty()).then(|| unsaved.masked.clone());
        editor.kept = editor.text.revision();
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

    /// Has the text looked through, if it has changed since: at once, or in the background if it is large.
    pub fn refresh(&mut self, work: &mut Work) -> Option<Effect> {
        if self.found.revision == Some(self.text.revision()) || self.examining.is_some() {
            return None;
        }
        let request = Examine::of(self, work);
        if self.text.snapshot().len_bytes() > LARGE_TO_CHECK {
            self.examining = Some(self.text.snapshot());
            return Some(Effect::Examine(Box::new(request)));
        }
        self.take(examine(&request), work)
    }

    /// Takes what was found beside, if it was found in a text of this editor.
    pub fn receive(&mut self, found: Examination, work: &mut Work) -> Option<Effect> {
        let own = self.examining.as_ref().is_some_and(|text| text.is_instance(&found.text));
        if !own {
            return None;
        }
        self.examining = None;
        self.take(found, work)
    }

    /// Takes what was found, and keeps what is not saved in the draft.
    pub fn take(&mut self, found: Examination, work: &mut Work) -> Option<Effect> {
        let revision = found.revision?;
        self.found = found;
        if self.kept == revision {
            return None;
        }
        self.kept = revision;
        let unsaved = self.text.is_changed().then(|| self.found.masked.clone());
        self.keep(unsaved, work)
    }

    /// Keeps the text as it is, without looking it through, unless the draft has it or has no room for it.
    pub fn keep_now(&mut self, work: &mut Work) -> Option<Effect> {
        let text = self.text.snapshot();
        if self.kept == self.text.revision() || text.len_bytes() > LARGEST_DRAFT {
            return None;
        }
        self.kept = self.text.revision();
        let unsaved = self.text.is_changed().then(|| Masked::of(&text.to_string(), &self.before));
        self.keep(unsaved, work)
    }

    /// Keeps the text in the draft as long as it is not saved.
    pub fn keep(&self, unsaved: Option<Masked>, work: &mut Work) -> Option<Effect> {
        let question = self.question.map(|question| question.key.to_owned()).unwrap_or_default();
        let unsaved = unsaved.map(|masked| Unsaved { question, path: self.path.clone(), masked });
        match self.question {
            None => work.keep_checked(unsaved),
            question => Some(work.keep_unsaved(question, unsaved)),
        }
    }

    /// Keeps the cursor among the rows and columns that are shown.
    pub fn follow(&mut self, rows: usize, columns: usize) {
        let line = self.text.cursor().line;
        let column = self.text.display_column();
        let (top, left) = self.corner;
        let margin = 2.min(rows.saturating_sub(1) / 2);
        let top = top.clamp((line + margin + 1).saturating_sub(rows), line.saturating_sub(margin));
        let left = left.clamp((column + 1).saturating_sub(columns), column);
        self.corner = (top, left);
    }

    /// Puts the cursor where a click was.
    pub fn click(&mut self, row: u16, column: u16) {
        let (top, left) = self.corner;
        let line = (top + usize::from(row)).min(self.text.line_count().saturating_sub(1));
        self.text.place_cursor_at(line, left + usize::from(column), false);
    }

    /// Moves by so many rows with the wheel.
    pub fn wheel(&mut self, by: isize) {
        let rows = by.unsigned_abs();
        self.text.move_to(if by < 0 { Motion::PageUp(rows) } else { Motion::PageDown(rows) }, false);
    }

    /// Goes to what is searched, from where the cursor is.
    pub fn find_as_typed(&mut self) {
        let Some(field) = &self.find else { return };
        let needle = field.text().to_owned();
        if let Some(selection) = self.text.selection() {
            self.text.place_cursor(selection.start, false);
        }
        self.text.find(&needle, false);
    }

    /// The finding at the cursor's line, or the first.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        let line = self.text.cursor().line + 1;
        let here = |finding: &&Finding| finding.place.is_some_and(|place| place.line == line);
        self.found.findings.iter().find(here).or(self.found.findings.first())
    }

    /// The secrets among these bytes that are not to be shown.
    #[must_use]
    pub fn secrets(&self, line: &str, bytes: &Range<usize>) -> Vec<Range<usize>> {
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

/// What an empty document starts from.
#[must_use]
pub fn template(question: &Question) -> &'static str {
    match question.key {
        "service_config" => include_str!("../../../assets/templates/service.json"),
        "trust_policy" => include_str!("../../../assets/templates/trust-policy.json"),
        _ => "{\n}\n",
    }
}
