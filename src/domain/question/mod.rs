//! The questions: one row each, from which come the wizard's page, the flag, the key in an answers file and
//! the line of help. A new question is a new row.

mod choices;
mod table;
mod text;

use super::answers::Answers;
use super::values::Invalid;

pub use table::ALL;

/// How a question is answered.
#[derive(Clone, Copy)]
pub enum Kind {
    /// One of these.
    Choice(fn(&Answers) -> Vec<Choice>),
    /// Several of these, or others by name; in text separated by commas.
    Several(fn(&Answers) -> Vec<Choice>),
    /// A text, with an example.
    Text(&'static str),
    /// A document, by path.
    Document,
}

/// One choice: what it is called and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value in text.
    pub value: String,
    /// Its title.
    pub title: String,
    /// What it gives and costs.
    pub help: String,
    /// Whether it is the one to start with.
    pub recommended: bool,
}

impl Choice {
    fn new(value: impl Into<String>, title: impl Into<String>, help: impl Into<String>) -> Self {
        Self { value: value.into(), title: title.into(), help: help.into(), recommended: false }
    }

    fn recommended_if(mut self, recommended: bool) -> Self {
        self.recommended = recommended;
        self
    }
}

/// Whether a plan can do without the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It cannot.
    Required,
    /// It can.
    Optional,
}

/// The part of a plan in which an answer shows first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// The service config or the `CredentialConfig`.
    Config,
    /// The role's trust policy.
    TrustPolicy,
    /// The RAM user's policy.
    PassRole,
    /// The code that runs inside.
    Code,
    /// The commands alone.
    Commands,
}

/// Why a question is not asked.
pub type NotAsked = &'static str;

/// One row.
pub struct Question {
    /// The key in an answers file; with `-` for `_` the flag.
    pub key: &'static str,
    /// Another name of the flag.
    pub alias: Option<&'static str>,
    /// The name of the value in help.
    pub value_name: &'static str,
    /// The question in a word or two, for a list of steps.
    pub label: &'static str,
    /// The question, as a question.
    pub title: &'static str,
    /// One or two sentences of help.
    pub help: &'static str,
    /// How it is answered.
    pub kind: Kind,
    /// Whether a plan can do without it.
    pub need: Need,
    /// Where its answer shows first.
    pub bearing: Bearing,
    /// Whether it is asked, given the answers so far.
    pub asked: fn(&Answers) -> Result<(), NotAsked>,
    /// The answer as text.
    pub get: fn(&Answers) -> Option<String>,
    /// The only place where text becomes a checked answer.
    pub set: fn(&mut Answers, &str) -> Result<(), Invalid>,
    /// Forgets the answer.
    pub clear: fn(&mut Answers),
}

impl Question {
    /// The flag without its dashes.
    #[must_use]
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// The example of a text.
    #[must_use]
    pub fn example(&self) -> Option<&'static str> {
        if let Kind::Text(example) = self.kind { Some(example) } else { None }
    }

    /// Whether the question takes names that are not among its choices.
    #[must_use]
    pub fn takes_others(&self) -> bool {
        (self.set)(&mut Answers::default(), "another-name").is_ok()
    }

    /// Whether the question takes more than one value.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        matches!(self.kind, Kind::Several(_))
    }
}

/// The question with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Question> {
    ALL.iter().find(|question| question.key == key)
}

/// The questions that are asked, given these answers, by their places in the table.
#[must_use]
pub fn asked(answers: &Answers) -> impl DoubleEndedIterator<Item = usize> {
    (0..ALL.len()).filter(|at| (ALL[*at].asked)(answers).is_ok())
}

/// The question that is asked after one, given the answers.
#[must_use]
pub fn next(answers: &Answers, at: usize) -> Option<usize> {
    asked(answers).find(|index| *index > at)
}

/// The question that is asked before one, given the answers.
#[must_use]
pub fn previous(answers: &Answers, at: usize) -> Option<usize> {
    asked(answers).rev().find(|index| *index < at)
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}
