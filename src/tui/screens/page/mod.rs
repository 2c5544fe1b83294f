//! A question at hand: what is being answered, before it is an answer.

mod answering;
pub mod input;
mod input_view;
mod keys;
mod pane_view;
mod steps_view;
mod view;

use std::cell::OnceCell;

use crate::domain::answers::Answers;
use crate::domain::path::Completion;
use crate::domain::question::{self, Kind, Need, Question};
use crate::domain::sketch::{Sketch, sketch};
use crate::tui::field::Field;
use crate::tui::go::{Edit, Go};
use crate::tui::place::{Reply, Reports, ScreenPlace};
use crate::tui::request::{Compute, Request, Ticket};
use crate::tui::shared::Shared;
use crate::tui::shared::work::Work;

pub use input::Input;
pub use keys::{KEYS, PLACES};

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
    /// The document in the field, while it is read.
    reading: Option<Ticket>,
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
    /// The sketch of the documents, with what it is of, made once it is shown; of large ones the last that was made.
    pub made: Option<(SketchOf, OnceCell<Sketch>)>,
    /// What the sketch is of that is being made beside.
    making: Option<SketchOf>,
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
    pub fn open(at: usize, shared: &mut Shared) -> Self {
        let mut page = Self::new(at, &shared.work);
        if let Input::Document(path) = &mut page.input {
            path.ask(shared);
        }
        page
    }

    /// The page of a question that wants another answer, and why.
    #[must_use]
    pub fn again(at: usize, problem: String, shared: &mut Shared) -> Self {
        Self { problem: Some(problem), ..Self::open(at, shared) }
    }

    /// The page of a document question, with this path in it.
    #[must_use]
    pub fn on_document(question: &Question, path: &str, shared: &mut Shared) -> Self {
        let at = question::ALL.iter().position(|row| row.key == question.key).unwrap_or(0);
        let mut page = Self::new(at, &shared.work);
        if let Input::Document(input) = &mut page.input {
            if !path.is_empty() {
                input.field = Field::of(path);
                shared.look_at(path.to_owned());
            }
            input.ask(shared);
        }
        page
    }

    fn new(at: usize, work: &Work) -> Self {
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
    pub fn sketch(&self, work: &Work) -> Option<&Sketch> {
        let (of, made) = self.pane.made.as_ref()?;
        if work.is_large() {
            return made.get();
        }
        Some(made.get_or_init(|| sketch(&of.answers, &work.facts, self.question())))
    }

    /// Forgets the sketch where it is of other answers; has it made beside where documents are large.
    fn refresh(&mut self, shared: &mut Shared) {
        if self.pane.making.is_some() {
            return;
        }
        let of = SketchOf { answers: self.trial(&shared.work), facts: shared.work.facts.revision() };
        if self.pane.made.as_ref().is_some_and(|(made_of, _)| *made_of == of) {
            return;
        }
        if shared.work.is_large() {
            let (answers, facts, question) =
                (Box::new(of.answers.clone()), shared.work.facts.clone(), self.question());
            shared.jobs.start(Request::Compute(Compute::Sketch { answers, facts, question }));
            self.pane.making = Some(of);
        } else {
            self.pane.made = Some((of, OnceCell::new()));
        }
    }
}

fn example(question: &Question) -> String {
    match question.kind {
        Kind::Text(example) => format!("for example {example}"),
        _ => "choose one".to_owned(),
    }
}

impl Reports for Page {
    fn fact(&mut self, path: &str, result: Result<(), String>, shared: &mut Shared) -> Reply {
        self.document_read(path, result, shared)
    }

    fn file(&mut self, path: String, result: Result<String, String>, shared: &mut Shared) -> Reply {
        self.reading = None;
        match result {
            Ok(text) => Reply::Go(Go::Edit(Edit::File(self.question(), path, text))),
            Err(problem) => {
                shared.complain(problem);
                Reply::Stay
            }
        }
    }

    fn completions(&mut self, completions: Vec<Completion>) {
        if let Input::Document(path) = &mut self.input {
            path.take(completions);
        }
    }

    fn sketched(&mut self, sketch: Sketch) {
        self.pane.made = self.pane.making.take().map(|of| (of, OnceCell::from(sketch)));
    }
}

impl ScreenPlace for Page {
    fn title(&self, shared: &Shared) -> String {
        shared.work.title(shared.look.symbols.dot)
    }

    /// How far one is, where the steps are not shown.
    fn progress(&self, shared: &Shared) -> String {
        if shared.look.is_wide() {
            return String::new();
        }
        let asked: Vec<usize> = Work::asked(&self.trial(&shared.work)).collect();
        let here = asked.iter().position(|at| *at == self.at).unwrap_or(0) + 1;
        format!("{here} of {}   ", asked.len() + 1)
    }

    fn question(&self) -> Option<&'static Question> {
        Some(self.question())
    }

    fn hand_in(&mut self, shared: &mut Shared) {
        if let Ok(answers) = self.commit(&shared.work)
            && !matches!(self.input, Input::Document(_))
        {
            shared.work.answers = answers;
        }
    }
}
