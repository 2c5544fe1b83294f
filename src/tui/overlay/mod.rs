//! What lies over a screen: the keys, the palette, a question about what is about to be done, a line to type.

mod view;

use super::app::App;
use super::effect::Effect;
use super::field::Field;
use super::list::List;
use crate::domain::sketch::Line;
use crate::domain::text::visible_line;

/// What lies over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// The keys that work now, from the row at `first` on.
    Keys {
        /// The first row.
        first: usize,
    },
    /// Everything that can be done now, by name.
    Palette(List),
    /// Whether something is to be done.
    Ask(Ask),
    /// Several things, one of which is done.
    Pick(Pick),
    /// A line to type.
    Prompt(Prompt),
}

/// Several things, one of which is done.
#[derive(Debug)]
pub struct Pick {
    /// What they have in common.
    pub title: &'static str,
    /// What each is called, and what it does.
    pub rows: Vec<(&'static str, Then)>,
    /// Where one is.
    pub list: List,
}

impl Pick {
    /// What each is called.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.rows.iter().map(|(title, _)| (*title).to_owned()).collect()
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
    /// What Enter does, in a word or two.
    pub yes: &'static str,
    /// What Enter does.
    pub then: Then,
    /// What another key does: the word, and what.
    pub other: Option<(&'static str, Then)>,
}

/// What is done.
#[derive(Debug)]
pub enum Then {
    /// These.
    Effects(Vec<Effect>),
    /// This.
    Run(fn(&mut App) -> Vec<Effect>),
}

/// A line to type, and what becomes of it.
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
    /// What becomes of it.
    pub take: fn(&mut App, &str) -> Result<Vec<Effect>, String>,
}

impl Ask {
    /// A question with what it is about; whatever names stand in it, it is one line.
    #[must_use]
    pub fn new(title: impl Into<String>, lines: Vec<Line>, yes: &'static str, then: Then) -> Self {
        Self { title: visible_line(&title.into()).into_owned(), lines, first: 0, yes, then, other: None }
    }
}
