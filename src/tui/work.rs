//! What a run of the wizard has gathered: answers, documents, the draft that keeps them. It draws nothing.

use crate::domain::answers::Answers;
use crate::domain::plan::{Facts, Look, plan};
use crate::domain::question::{self, Question};
use crate::domain::settings::Settings;

use super::credential::Credentials;
use super::draft::Draft;
use super::effect::{Effect, Why};

/// From this many bytes on, documents are planned in the background.
const LARGE: usize = 64 * 1024;

/// The answers with all that belongs to them.
#[derive(Debug)]
pub struct Work {
    /// The answers.
    pub answers: Answers,
    /// The documents that were read.
    pub facts: Facts,
    /// How many plans and sketches were asked for: only the last of them counts.
    pub requests: u64,
    /// The name of the draft.
    pub name: String,
    /// Whether the draft is kept.
    pub kept: Kept,
    /// The folder that the program was started in, for drafts that name files.
    pub folder: String,
    /// The settings.
    pub settings: Settings,
    /// What was seen of the credentials of this machine.
    pub credentials: Credentials,
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
        let credentials = Credentials::default();
        Self { answers, facts, requests: 0, name, kept: Kept::Nothing, folder, settings, credentials }
    }

    /// Begins anew, with a draft of its own; what is still being made of the former answers no longer counts.
    pub fn begin_anew(&mut self) {
        let fresh = Self::new(String::new(), self.folder.clone(), self.settings.clone());
        let credentials = std::mem::take(&mut self.credentials);
        *self = Self { requests: self.requests + 1, credentials, ..fresh };
    }

    /// The number of a plan or a sketch that is asked for now.
    pub fn request(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    /// Whether the documents are too large to be planned between two key presses.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.facts.size() > LARGE
    }

    /// The questions that are asked, given these answers, by their places in the table.
    pub fn asked(answers: &Answers) -> impl Iterator<Item = usize> {
        question::ALL
            .iter()
            .enumerate()
            .filter(|(_, question)| (question.asked)(answers).is_ok())
            .map(|(index, _)| index)
    }

    /// The question that is asked after one, given the answers.
    #[must_use]
    pub fn next(&self, at: usize) -> Option<usize> {
        Self::asked(&self.answers).find(|index| *index > at)
    }

    /// The question that is asked before one, given the answers.
    #[must_use]
    pub fn previous(&self, at: usize) -> Option<usize> {
        Self::asked(&self.answers).take_while(|index| *index < at).last()
    }

    /// The files that a plan of the answers must look at and that are not known yet.
    #[must_use]
    pub fn looks(&self) -> Vec<Effect> {
        let missing = plan(&self.answers, &self.facts).err();
        let looks = missing.map(|missing| missing.looks).unwrap_or_default();
        looks.into_iter().map(|Look::File(path)| Effect::Read { path, why: Why::Look }).collect()
    }

    /// Keeps the draft, standing at this question.
    #[must_use]
    pub fn keep(&mut self, at: Option<&Question>) -> Effect {
        self.keep_draft(&Draft::of(&self.answers, &self.folder).at(at))
    }

    /// Keeps this draft.
    pub fn keep_draft(&mut self, draft: &Draft) -> Effect {
        self.kept = Kept::Writing;
        Effect::KeepDraft { name: self.name.clone(), text: draft.to_json() }
    }
}
