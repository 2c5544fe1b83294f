//! What a run of the wizard has gathered: answers, documents, the draft that keeps them. It draws nothing.

use crate::domain::answers::Answers;
use crate::domain::draft::Draft;
use crate::domain::path::at_home;
use crate::domain::plan::{Facts, Look, plan};
use crate::domain::question::{self, Kind, Question};
use crate::domain::settings::Settings;
use crate::domain::sizes::{LARGE_TO_PLAN, LARGEST_DRAFT};
use crate::domain::text::visible_line;
use crate::domain::unsaved::Unsaved;

use crate::tui::request::Write;

/// The answers with all that belongs to them.
#[derive(Debug)]
pub struct Work {
    /// The answers.
    pub answers: Answers,
    /// The documents that were read.
    pub facts: Facts,
    /// The draft as it was kept last.
    pub draft: Draft,
    /// Whether a text that is not saved is too large for the draft.
    pub lacks_text: bool,
    /// The name of the draft.
    pub name: String,
    /// Whether the draft is kept.
    pub kept: Kept,
    /// The folder that the program was started in, for drafts that name files.
    pub folder: String,
    /// The user's home, for paths that begin with `~/`; empty where there is none.
    pub home: String,
    /// The settings.
    pub settings: Settings,
}

/// What has become of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// There is nothing to keep yet.
    Nothing,
    /// It is being written.
    Writing,
    /// It is on the disk.
    Saved,
    /// It cannot be kept.
    Failed(String),
}

impl Work {
    /// Nothing answered yet.
    #[must_use]
    pub fn new(name: String, folder: String, settings: Settings) -> Self {
        let (answers, facts) = (Answers::default(), Facts::default());
        let draft = Draft::default();
        Self {
            answers,
            facts,
            draft,
            lacks_text: false,
            name,
            kept: Kept::Nothing,
            folder,
            home: String::new(),
            settings,
        }
    }

    /// Begins anew, with a draft of its own.
    pub fn begin_anew(&mut self) {
        let fresh = Self::new(String::new(), self.folder.clone(), self.settings.clone());
        *self = Self { home: std::mem::take(&mut self.home), ..fresh };
    }

    /// Goes on with a draft, under its name.
    pub fn resume(&mut self, name: String, draft: &Draft) {
        self.answers = draft.answers(&self.folder, &self.home);
        self.name = name;
        self.draft = draft.clone();
        self.kept = Kept::Saved;
    }

    /// Takes answers that were given; their files are named whole, for shells and from every folder.
    pub fn take(&mut self, answers: Answers) {
        self.answers = answers;
        for question in question::ALL.iter().filter(|question| matches!(question.kind, Kind::Document)) {
            if let Some(path) = (question.get)(&self.answers) {
                // What was taken once is taken again.
                let _ = (question.set)(&mut self.answers, &at_home(&path, &self.home));
            }
        }
    }

    /// What is being set up, in a line.
    #[must_use]
    pub fn title(&self, dot: &str) -> String {
        let answers = &self.answers;
        let workload = answers.workload.map(|workload| workload.sheet().title.value.clone());
        let role = answers.role_name.as_ref().map(|role| format!("role {}", role.name()));
        let config = answers.service_config.as_ref().map(|path| visible_line(path).into_owned());
        let parts: Vec<_> = workload.into_iter().chain(config).chain(role).collect();
        if parts.is_empty() { "associate a role".to_owned() } else { parts.join(&format!(" {dot} ")) }
    }

    /// Whether the documents are too large to be planned between two key presses.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.facts.size() > LARGE_TO_PLAN
    }

    /// The questions that are asked, given these answers, by their places in the table.
    pub fn asked(answers: &Answers) -> impl Iterator<Item = usize> {
        question::asked(answers)
    }

    /// The question that is asked after one, given the answers.
    #[must_use]
    pub fn next(&self, at: usize) -> Option<usize> {
        question::next(&self.answers, at)
    }

    /// The question that is asked before one, given the answers.
    #[must_use]
    pub fn previous(&self, at: usize) -> Option<usize> {
        question::previous(&self.answers, at)
    }

    /// The files that a plan of the answers must look at and that are not known yet.
    #[must_use]
    pub fn looks(&self) -> Vec<String> {
        let missing = plan(&self.answers, &self.facts).err();
        let looks = missing.map(|missing| missing.looks).unwrap_or_default();
        looks.into_iter().map(|Look::File(path)| path).collect()
    }

    /// Keeps the draft, standing at this question; texts that are not saved stay in it.
    #[must_use]
    pub fn keep(&mut self, at: Option<&Question>) -> Write {
        let unsaved = self.draft.unsaved.take();
        self.keep_unsaved(at, unsaved)
    }

    /// The text for a question that is in the draft and in no file; of the file that is named, if one is.
    #[must_use]
    pub fn unsaved_for(&self, question: &Question, path: &str) -> Option<&Unsaved> {
        let is_meant =
            |text: &&Unsaved| text.question == question.key && [text.path.as_str(), ""].contains(&path);
        self.draft.unsaved.as_ref().filter(is_meant)
    }

    /// Keeps the draft, standing at this question, with the text for it that is not saved.
    #[must_use]
    pub fn keep_unsaved(&mut self, at: Option<&Question>, unsaved: Option<Unsaved>) -> Write {
        let mut draft = Draft::of(&self.answers, &self.folder).at(at);
        draft.unsaved = unsaved;
        draft.checked = self.draft.checked.take();
        self.keep_draft(draft)
    }

    /// Keeps the document that is checked beside the answers, as long as it is not saved.
    #[must_use]
    pub fn keep_checked(&mut self, checked: Option<Unsaved>) -> Option<Write> {
        if self.draft.checked == checked {
            return None;
        }
        let kept = std::mem::take(&mut self.draft);
        let is_fresh = self.kept == Kept::Nothing;
        let mut draft = if is_fresh { Draft::of(&self.answers, &self.folder) } else { kept };
        draft.checked = checked;
        let is_empty =
            self.answers == Answers::default() && draft.unsaved.is_none() && draft.checked.is_none();
        if !is_empty {
            return Some(self.keep_draft(draft));
        }
        self.kept = Kept::Nothing;
        Some(Write::NoDraft(std::mem::take(&mut self.name)))
    }

    /// Keeps the draft once more, as it was kept last; one that was not kept yet stands at this question.
    #[must_use]
    pub fn keep_again(&mut self, at: Option<&Question>) -> Write {
        if self.kept == Kept::Nothing {
            return self.keep(at);
        }
        let draft = std::mem::take(&mut self.draft);
        self.keep_draft(draft)
    }

    fn keep_draft(&mut self, mut draft: Draft) -> Write {
        self.kept = Kept::Writing;
        let mut text = draft.to_json();
        self.lacks_text = text.len() > LARGEST_DRAFT;
        if self.lacks_text {
            // A draft that cannot be read would lose the answers too.
            (draft.unsaved, draft.checked) = (None, None);
            text = draft.to_json();
        }
        self.draft = draft;
        Write::Draft { name: self.name.clone(), text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::unsaved::Masked;

    #[test]
    fn a_text_that_no_draft_can_hold_does_not_take_the_answers_with_it() {
        let mut work = Work::new("owl".to_owned(), "/place".to_owned(), Settings::default());
        work.answers.bucket = Some("my-bucket".to_owned());
        let mut keep = |length: usize| {
            let masked = Masked::of(&"x".repeat(length), "");
            let unsaved = Unsaved { question: "trust_policy".to_owned(), path: String::new(), masked };
            match work.keep_unsaved(None, Some(unsaved)) {
                Write::Draft { text, .. } => (text, work.lacks_text),
                other => panic!("{other:?}"),
            }
        };
        let (text, lacks) = keep(LARGEST_DRAFT);
        assert!(lacks && text.len() < 1000 && text.contains("my-bucket"), "{}", text.len());
        let (text, lacks) = keep(10);
        assert!(!lacks && text.contains("xxxxxxxxxx"));
    }
}
