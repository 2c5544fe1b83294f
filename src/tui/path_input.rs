//! A path being typed: how it could go on, and which file is at the cursor. It reads nothing itself.

use super::field::Field;
use super::request::{Read, Request, Ticket};
use super::shared::Shared;
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
    /// The completions, while they are looked up.
    asked: Option<Ticket>,
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
    pub fn settle(&mut self, shared: &mut Shared) -> String {
        let whole = self.whole();
        if whole != self.path() {
            shared.jobs.cancel(&mut self.asked);
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
    pub fn ask(&mut self, shared: &mut Shared) {
        self.row = None;
        let request = Read::Completions(self.field.text().to_owned());
        shared.jobs.restart(&mut self.asked, Request::Read(request));
    }

    /// Takes the completion at the cursor, or what all of them have in common.
    pub fn complete(&mut self, shared: &mut Shared) {
        let chosen = self.chosen().map(|completion| completion.text.clone());
        let Some(longer) = chosen.or_else(|| common(&self.completions)) else { return };
        if longer.len() >= self.field.text().len() {
            self.field = Field::of(&longer);
            self.ask(shared);
        }
    }

    /// Moves among the completions; a file at the cursor is looked at, so that a document can show it.
    pub fn step(&mut self, by: isize, shared: &mut Shared) {
        let Some(last) = self.completions.len().checked_sub(1) else { return };
        self.row = match (self.row, by < 0) {
            (None | Some(0), true) => None,
            (None, false) => Some(0),
            (Some(at), _) => Some(at.saturating_add_signed(by).min(last)),
        };
        if let Some(file) = self.chosen().filter(|completion| !completion.is_folder) {
            shared.look_at(at_home(&file.text, &self.home));
        }
    }

    /// Takes the completions of what stands in the field.
    pub fn take(&mut self, completions: Vec<Completion>) {
        self.asked = None;
        // Whoever has chosen from the list before they came keeps the choice.
        let row = self.chosen().map(|chosen| completions.iter().position(|other| other.text == chosen.text));
        if row != Some(None) {
            self.completions = completions;
            self.row = row.flatten();
        }
    }

    /// Goes into a folder, if one is meant instead of a file.
    pub fn enter_folder(&mut self, shared: &mut Shared) -> bool {
        let path = self.path();
        if !path.ends_with('/') {
            return false;
        }
        self.field = Field::of(path);
        self.ask(shared);
        true
    }
}

/// Whether a pasted text is a document and not a path.
#[must_use]
pub fn is_document(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) || text.trim_end().contains('\n')
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
    use crate::domain::settings::{Settings, SymbolSet, ThemeName};
    use crate::tui::keymap::Keymap;
    use crate::tui::look::{Look, Symbols, Theme};
    use crate::tui::shared::work::Work;

    fn of(typed: &str, texts: &[&str]) -> PathInput {
        let mut input = PathInput::of(typed, "");
        let found =
            texts.iter().map(|text| Completion { text: (*text).to_owned(), is_folder: text.ends_with('/') });
        input.take(found.collect());
        input
    }

    fn shared() -> Shared {
        let symbols = Symbols::named(SymbolSet::Ascii, false);
        let theme = Theme::named(ThemeName::None);
        let look = Look { theme, symbols, size: (80, 24), mouse: false, preview: true };
        let work = Work::new(String::new(), "/place".to_owned(), Settings::default());
        Shared::new(work, look, Keymap::new(&[], &[]))
    }

    #[test]
    fn what_all_have_in_common_is_taken() {
        let mut input = of("s", &["service.json", "sérvice.json", "sx"]);
        input.complete(&mut shared());
        assert_eq!(input.field.text(), "s");
        let mut input = of("ser", &["service-a.json", "service-b.json"]);
        input.complete(&mut shared());
        assert_eq!(input.field.text(), "service-");
    }

    #[test]
    fn a_path_at_home_is_meant_whole() {
        let mut input = PathInput::of("~//a/b.json", "/root/");
        assert_eq!((input.path(), input.whole().as_str()), ("~//a/b.json", "/root/a/b.json"));
        let whole = input.settle(&mut shared());
        assert_eq!((whole.as_str(), input.field.text()), ("/root/a/b.json", "/root/a/b.json"));
        for path in ["~", "~other/a", "a/~/b", "~/a"] {
            assert_eq!(PathInput::of(path, "").whole(), path);
        }
    }

    #[test]
    fn moving_up_from_the_first_leads_back_to_what_was_typed() {
        let mut input = of("s", &["sa.json", "sb/"]);
        input.step(1, &mut shared());
        assert_eq!(input.path(), "sa.json");
        input.step(-1, &mut shared());
        assert_eq!(input.path(), "s");
    }

    #[test]
    fn completions_that_come_late_leave_the_choice_alone() {
        let mut input = of("s", &["sa.json", "sb/"]);
        input.step(1, &mut shared());
        let found = ["s.json", "sa.json"].map(|text| Completion { text: text.to_owned(), is_folder: false });
        input.take(found.to_vec());
        assert_eq!((input.path(), input.row), ("sa.json", Some(1)));
        input.take(Vec::new());
        assert_eq!(input.path(), "sa.json");
    }
}
