//! A question at hand: what is being answered, before it is an answer. Pure.

pub mod input;
mod input_view;
mod pane_view;
mod steps_view;
mod view;

use crate::domain::answers::Answers;
use crate::domain::question::{self, Kind, Need, Question};
use crate::domain::sketch::{Sketch, sketch};

use super::effect::{Effect, Why};
use super::work::Work;

pub use input::Input;

/// The question at hand.
#[derive(Debug)]
pub struct Page {
    /// Its place in the table of questions.
    pub at: usize,
    /// What is being answered.
    pub input: Input,
    /// Where the keys go.
    pub focus: Focus,
    /// Why the answer was not taken.
    pub problem: Option<String>,
    /// What the document in the field is being read for.
    pub reading: Option<Why>,
    /// The document that the user looks at.
    pub pane: Pane,
}

/// Where the keys of a page go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// To the question.
    Question,
    /// To the document.
    Document,
    /// To the steps, with the cursor on one of them.
    Steps(usize),
}

/// What of the documents is shown.
#[derive(Debug, Default)]
pub struct Pane {
    /// The document that was picked by hand; otherwise the one that the question bears on.
    pub picked: Option<usize>,
    /// The first line that is shown, where the user scrolled.
    pub first: Option<usize>,
    /// The sketch of large documents, with what it is of.
    pub made: Option<(SketchOf, Sketch)>,
    /// The number of the sketch that is being made, and what it is of.
    pub asked_for: Option<(u64, SketchOf)>,
}

/// What a sketch is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SketchOf {
    /// The answers.
    pub answers: Answers,
    /// The revision of the facts.
    pub facts: u64,
}

impl Page {
    /// The page of a question, with the answer that it has.
    #[must_use]
    pub fn new(at: usize, work: &Work) -> Self {
        let input = Input::of(&question::ALL[at], work);
        Self { at, input, focus: Focus::Question, problem: None, reading: None, pane: Pane::default() }
    }

    /// The question.
    #[must_use]
    pub fn question(&self) -> &'static Question {
        &question::ALL[self.at]
    }

    /// The answers with the one at hand in it, as far as it can stand.
    #[must_use]
    pub fn trial(&self, work: &Work) -> Answers {
        let mut answers = work.answers.clone();
        (self.question().clear)(&mut answers);
        let text = self.input.text(self.question(), &work.answers);
        let unread =
            matches!(self.input, Input::Document(_)) && work.facts.file(&text).is_none_or(Result::is_err);
        if !unread && self.gives_answer(&text) {
            // What cannot be set is shown as a problem; the documents then stand as without it.
            let _ = (self.question().set)(&mut answers, &text);
        }
        answers
    }

    /// Whether a text counts as an answer: nothing typed is none.
    fn gives_answer(&self, text: &str) -> bool {
        !text.is_empty() || matches!(self.input, Input::Several { .. })
    }

    /// What is wrong with what was typed so far.
    #[must_use]
    pub fn mistake(&self, work: &Work) -> Option<String> {
        let text = self.input.text(self.question(), &work.answers);
        let empty = text.is_empty() && !matches!(self.input, Input::Choice(_));
        if empty || matches!(self.input, Input::Document(_)) {
            return None;
        }
        let refused = (self.question().set)(&mut work.answers.clone(), &text).err();
        refused.map(|invalid| invalid.to_string())
    }

    /// The answers with this one in them.
    ///
    /// # Errors
    /// Why it cannot stand.
    pub fn commit(&self, work: &Work) -> Result<Answers, String> {
        let question = self.question();
        let text = self.input.text(question, &work.answers);
        let mut answers = work.answers.clone();
        if self.gives_answer(&text) {
            (question.set)(&mut answers, &text).map_err(|invalid| invalid.to_string())?;
        } else if question.need == Need::Required {
            return Err(format!("this needs an answer, {}", example(question)));
        } else {
            (question.clear)(&mut answers);
        }
        Ok(answers)
    }

    /// The sketch of the answers with the one at hand; of large documents the last one that was made.
    #[must_use]
    pub fn sketch(&self, work: &Work) -> Sketch {
        if work.is_large() {
            return self.pane.made.as_ref().map(|(_, sketch)| sketch.clone()).unwrap_or_default();
        }
        sketch(&self.trial(work), &work.facts, self.question())
    }

    /// Asks for the sketch of large documents, where the one at hand is of other answers.
    pub fn refresh(&mut self, work: &mut Work) -> Option<Effect> {
        if !work.is_large() || self.pane.asked_for.is_some() {
            return None;
        }
        let of = SketchOf { answers: self.trial(work), facts: work.facts.revision() };
        if self.pane.made.as_ref().is_some_and(|(made_of, _)| *made_of == of) {
            return None;
        }
        let (number, answers, facts) = (work.request(), of.answers.clone(), work.facts.clone());
        self.pane.asked_for = Some((number, of));
        Some(Effect::Sketch { number, answers, facts, question: self.question().key })
    }

    /// Takes a sketch, if it is the one that is being made for this page.
    pub fn take_sketch(&mut self, number: u64, sketch: Sketch) {
        if let Some((_, of)) = self.pane.asked_for.take_if(|(asked_for, _)| *asked_for == number) {
            self.pane.made = Some((of, sketch));
        }
    }

    /// Whether a document that was read for something is still wanted: nothing else was asked for meanwhile, and its
    /// path still stands in the field.
    #[must_use]
    pub fn awaits(&self, path: &str, why: Why) -> bool {
        self.reading == Some(why) && matches!(&self.input, Input::Document(input) if input.whole() == path)
    }
}

fn example(question: &Question) -> String {
    match question.kind {
        Kind::Text(example) => format!("for example {example}"),
        _ => "choose one".to_owned(),
    }
}
