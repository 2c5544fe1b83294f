//! A path being typed: how it could go on, and which file is at the cursor. It reads nothing itself.

use super::effect::{Effect, Why};
use super::field::Field;
use crate::domain::path::{Completion, at_home};

/// A path with its completions.
#[derive(Debug, Default)]
pub struct PathInput {
    /// The path.
    pub field: Field,
    /// The user's home, for a path that begins with `~/`.
    home: String,
    /// How it could go on.
    pub completions: Vec<Completion>,
    /// The completion at the cursor.
    pub row: Option<usize>,
}

impl PathInput {
    /// A path that has been typed, by a user with this home.
    #[must_use]
    pub fn of(path: &str, home: &str) -> Self {
        Self { field: Field::of(path), home: home.to_owned(), ..Self::default() }
    }

    /// The path that is meant, also for a shell: with the home in place of `~`, which a quoted path does not have.
    #[must_use]
    pub fn whole(&self) -> String {
        at_home(self.path(), &self.home)
    }

    /// Puts the whole path into the field; returns it.
    pub fn settle(&mut self) -> String {
        let whole = self.whole();
        if whole != self.path() {
            self.field = Field::of(&whole);
            self.row = None;
        }
        whole
    }

    /// The path that is meant: the completion at the cursor, or what was typed.
    #[must_use]
    pub fn path(&self) -> &str {
        self.chosen().map_or_else(|| self.field.text().trim(), |completion| &completion.text)
    }

    fn chosen(&self) -> Option<&Completion> {
        self.row.and_then(|row| self.completions.get(row))
    }

    /// Asks for the completions of what was typed.
    pub fn ask(&mut self) -> Effect {
        self.row = None;
        Effect::Complete(self.field.text().to_owned())
    }

    /// Takes the completion at the cursor, or what all of them have in common.
    pub fn complete(&mut self) -> Option<Effect> {
        let chosen = self.chosen().map(|completion| completion.text.clone());
        let longer = chosen.or_else(|| common(&self.completions))?;
        if longer.len() < self.field.text().len() {
            return None;
        }
        self.field = Field::of(&longer);
        Some(self.ask())
    }

    /// Moves among the completions; a file at the cursor is looked at, so that a document can show it.
    pub fn step(&mut self, by: isize) -> Option<Effect> {
        let last = self.completions.len().checked_sub(1)?;
        self.row = match (self.row, by < 0) {
            (None | Some(0), true) => None,
            (None, false) => Some(0),
            (Some(at), _) => Some(at.saturating_add_signed(by).min(last)),
        };
        let file = self.chosen().filter(|completion| !completion.is_folder)?;
        Some(Effect::Read { path: at_home(&file.text, &self.home), why: Why::Peek })
    }

    /// Takes the completions of what was typed, if it still stands there.
    pub fn take(&mut self, typed: &str, completions: Vec<Completion>) {
        if self.field.text() != typed {
            return;
        }
        // Who has chosen from the list meanwhile keeps the choice.
        let row = self.chosen().map(|chosen| completions.iter().position(|other| other.text == chosen.text));
        if row != Some(None) {
            self.completions = completions;
            self.row = row.flatten();
        }
    }

    /// Goes into a folder, if one is meant instead of a file.
    pub fn enter_folder(&mut self) -> Option<Effect> {
        let path = self.path();
        if !path.ends_with('/') {
            return None;
        }
        self.field = Field::of(path);
        Some(self.ask())
    }
}

/// The longest start that all completions have.
fn common(completions: &[Completion]) -> Option<String> {
    let (first, others) = completions.split_first()?;
    let mut shared = first.text.len();
    for other in others {
        let pairs = first.text.char_indices().zip(other.text.chars());
        let same = pairs.take_while(|((_, a), b)| a == b).last();
        shared = shared.min(same.map_or(0, |((at, last), _)| at + last.len_utf8()));
    }
    Some(first.text[..shared].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(typed: &str, texts: &[&str]) -> PathInput {
        let mut input = PathInput::of(typed, "");
        let found =
            texts.iter().map(|text| Completion { text: (*text).to_owned(), is_folder: text.ends_with('/') });
        input.take(typed, found.collect());
        input
    }

    #[test]
    fn what_all_have_in_common_is_taken() {
        let mut input = of("s", &["service.json", "sérvice.json", "sx"]);
        input.complete();
        assert_eq!(input.field.text(), "s");
        let mut input = of("ser", &["service-a.json", "service-b.json"]);
        input.complete();
        assert_eq!(input.field.text(), "service-");
    }

    #[test]
    fn a_path_at_home_is_meant_whole() {
        let mut input = PathInput::of("~//a/b.json", "/root/");
        assert_eq!((input.path(), input.whole().as_str()), ("~//a/b.json", "/root/a/b.json"));
        assert_eq!((input.settle().as_str(), input.field.text()), ("/root/a/b.json", "/root/a/b.json"));
        for path in ["~", "~other/a", "a/~/b", "~/a"] {
            assert_eq!(PathInput::of(path, "").whole(), path);
        }
    }

    #[test]
    fn moving_up_from_the_first_leads_back_to_what_was_typed() {
        let mut input = of("s", &["sa.json", "sb/"]);
        input.step(1);
        assert_eq!(input.path(), "sa.json");
        input.step(-1);
        assert_eq!(input.path(), "s");
    }

    #[test]
    fn completions_that_come_late_leave_the_choice_alone() {
        let mut input = of("s", &["sa.json", "sb/"]);
        input.step(1);
        let found = ["s.json", "sa.json"].map(|text| Completion { text: text.to_owned(), is_folder: false });
        input.take("s", found.to_vec());
        assert_eq!((input.path(), input.row), ("sa.json", Some(1)));
        input.take("s", Vec::new());
        assert_eq!(input.path(), "sa.json");
    }

    #[test]
    fn completions_of_something_else_are_not_taken() {
        let mut input = PathInput::of("b", "");
        input.take("a", vec![Completion { text: "a.json".to_owned(), is_folder: false }]);
        assert!(input.completions.is_empty());
    }
}
