//! What can lie over a screen: the keys, the palette, a question about what is about to be done, a line to type. A
//! dialog knows nothing of the screen below; what its user decides goes there as an [`Answer`].

use crate::domain::credential::Secret;
use crate::domain::sketch::Line;
use crate::domain::text::visible_line;

use super::field::Field;
use super::list::List;

/// What lies over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// The keys that work now.
    Keys(KeyList),
    /// Everything that can be done now, by name.
    Palette(Palette),
    /// Whether something is to be done.
    Ask(Ask),
    /// Several things, one of which is done.
    Pick(Pick),
    /// A line to type.
    Prompt(Prompt),
}

/// The list of keys, from the row at `first` on.
#[derive(Debug, Default)]
pub struct KeyList {
    /// The first row.
    pub first: usize,
}

/// The list of everything that can be done.
#[derive(Debug)]
pub struct Palette {
    /// Where one is, and what is shown.
    pub list: List,
}

impl Default for Palette {
    fn default() -> Self {
        Self { list: List { cursor: 0, filter: Some(Field::default()) } }
    }
}

/// Several things, one of which is done.
#[derive(Debug)]
pub struct Pick {
    /// What they have in common.
    pub title: &'static str,
    /// What each is called.
    pub rows: Vec<&'static str>,
    /// Where one is.
    pub list: List,
}

impl Pick {
    /// What each is called.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.rows.iter().map(|title| (*title).to_owned()).collect()
    }
}

/// Something that is done only if it is confirmed.
#[derive(Debug)]
pub struct Ask {
    /// What is about to happen, as a question.
    pub title: String,
    /// What it changes, to look at.
    pub lines: Vec<Line>,
    /// The first line shown.
    pub first: usize,
    /// What Enter does, in a word or two, and what follows.
    pub yes: (&'static str, Then),
    /// What another key does: the word, and what follows.
    pub other: Option<(&'static str, Then)>,
}

/// What follows from a choice.
#[derive(Debug)]
pub enum Then {
    /// The screen below is told.
    Tell,
    /// This is done, whatever is below.
    Do(Action),
}

/// Something that is done whatever screen is shown.
#[derive(Debug)]
pub enum Action {
    /// A text is shown raw.
    ShowRaw(String),
    /// A text is copied: what it is, and the text.
    Copy(String, Secret),
}

/// A line to type.
#[derive(Debug)]
pub struct Prompt {
    /// What is asked.
    pub title: String,
    /// A sentence about it.
    pub help: &'static str,
    /// What is typed.
    pub field: Field,
    /// Why it was not taken.
    pub problem: Option<String>,
    /// Who is told.
    pub asker: Asker,
}

/// Who is told what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The screen below.
    Screen,
    /// The draft, which gets this name.
    Draft,
}

/// What was decided over a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is to be done.
    Yes,
    /// The other thing that was offered is to be done.
    Other,
    /// Nothing is to be done.
    Closed,
    /// This row.
    Picked(usize),
    /// This line.
    Typed(String),
}

impl Ask {
    /// A question with what it is about; whatever names stand in it, it is one line.
    #[must_use]
    pub fn new(title: impl Into<String>, yes: &'static str) -> Self {
        let title = visible_line(&title.into()).into_owned();
        Self { title, lines: Vec::new(), first: 0, yes: (yes, Then::Tell), other: None }
    }

    /// The question with lines to look at, from shortly before the first that changes.
    #[must_use]
    pub fn showing(self, lines: Vec<Line>) -> Self {
        let changed = lines.iter().position(|line| line.change != crate::domain::sketch::Change::Kept);
        Self { first: changed.unwrap_or(0).saturating_sub(2), lines, ..self }
    }

    /// The question with another thing that can be done.
    #[must_use]
    pub fn or(self, label: &'static str, then: Then) -> Self {
        Self { other: Some((label, then)), ..self }
    }
}

impl Prompt {
    /// A line to type that begins with this text.
    #[must_use]
    pub fn new(title: &str, help: &'static str, text: &str) -> Self {
        let (title, field) = (title.to_owned(), Field::of(text));
        Self { title, help, field, problem: None, asker: Asker::Screen }
    }
}
