//! The key table: which key does what, where it works, and what it is called. From it come the dispatch, the
//! footer, the list of keys and the palette; adding a key is a row.

use super::app::App;
use super::effect::Effect;
use super::press::Press;
use crate::domain::principal::distance;
use crate::domain::settings::{KeyOverride, Mistake};

pub use super::key_table::ALL;

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// On every screen, whatever is typed.
    Everywhere,
    /// Where letters are commands.
    Commands,
    /// In the palette alone.
    Menu,
    /// On the home screen.
    Home,
    /// On a question.
    Page,
    /// On a question with one of several choices.
    Choice,
    /// On a question with any of several choices.
    Several,
    /// On the row that takes other names.
    Others,
    /// On a question for a document.
    Document,
    /// Where Tab leads from the question to the document and the steps.
    Tabs,
    /// Where a document stands beside the question.
    Shown,
    /// In the document beside the question.
    Pane,
    /// In the list of steps.
    Steps,
    /// In a filter.
    Filter,
    /// In a line that is typed.
    Field,
    /// On the finished plan.
    Preview,
    /// In the editor.
    Editor,
    /// In the editor's search.
    Find,
    /// Where a message is pasted.
    Explain,
    /// On an explanation.
    Explained,
    /// Where a document to check is named.
    CheckPath,
    /// On the findings of a document.
    Checked,
    /// On the credentials of this machine.
    Credential,
    /// Over a screen: several things, one of which is done.
    Pick,
    /// Over a screen: the list of keys.
    Keys,
    /// Over a screen: the palette.
    Palette,
    /// Over a screen: something to confirm.
    Ask,
    /// Over a screen: a line to type.
    Prompt,
}

/// One row of the table.
pub struct Binding {
    /// Its name in the settings.
    pub name: &'static str,
    /// Where it works.
    pub on: On,
    /// Its keys, the first of which is shown.
    pub keys: &'static [&'static str],
    /// What it does, in a word or two, for the footer; empty where the footer need not show it, and `+` where it
    /// shows the key with that of the next row.
    pub label: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Does it.
    pub run: fn(&mut App) -> Vec<Effect>,
}

/// The keys in force: those of the table, and those of the settings over them.
#[derive(Debug)]
pub struct Keymap {
    /// For each row of the table, its keys.
    keys: Vec<Vec<Press>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let read = |binding: &Binding| binding.keys.iter().filter_map(|key| key.parse().ok()).collect();
        Self { keys: ALL.iter().map(read).collect() }
    }
}

impl Keymap {
    /// The keys with those of the settings in their place; what cannot stand is said and left out.
    #[must_use]
    pub fn with(overrides: &[KeyOverride]) -> (Self, Vec<Mistake>) {
        let mut map = Self::default();
        let mut mistakes = Vec::new();
        for row in overrides {
            if let Err(message) = map.put(row) {
                mistakes.push(Mistake { line: row.line, message });
            }
        }
        (map, mistakes)
    }

    fn put(&mut self, row: &KeyOverride) -> Result<(), String> {
        let rows: Vec<usize> = (0..ALL.len()).filter(|index| ALL[*index].name == row.action).collect();
        if rows.is_empty() {
            return Err(unknown(&row.action));
        }
        let presses = row.keys.iter().map(|key| key.parse::<Press>());
        let presses = presses.collect::<Result<Vec<_>, _>>().map_err(|invalid| invalid.to_string())?;
        for index in &rows {
            let taken = |press: &&Press| {
                self.owner(ALL[*index].on, **press).is_some_and(|other| !rows.contains(&other))
            };
            if let Some(press) = presses.iter().find(taken) {
                return Err(format!("{} has another meaning there", press.shown(true)));
            }
        }
        for index in rows {
            self.keys[index].clone_from(&presses);
        }
        Ok(())
    }

    /// The row that a key leads to in one kind of place.
    fn owner(&self, on: On, press: Press) -> Option<usize> {
        (0..ALL.len()).find(|index| ALL[*index].on == on && self.keys[*index].contains(&press))
    }

    /// What a key does, where these kinds of keys work.
    #[must_use]
    pub fn find(&self, contexts: &[On], press: Press) -> Option<&'static Binding> {
        contexts.iter().find_map(|on| self.owner(*on, press)).map(|index| &ALL[index])
    }

    /// The rows that work now, in the order of the table within each kind, by their places.
    pub fn active<'c>(&self, contexts: &'c [On]) -> impl Iterator<Item = usize> + use<'c> {
        contexts.iter().flat_map(|on| (0..ALL.len()).filter(move |index| ALL[*index].on == *on))
    }

    /// The keys of a row.
    #[must_use]
    pub fn of(&self, index: usize) -> &[Press] {
        &self.keys[index]
    }

    /// The keys of a row as people see them.
    #[must_use]
    pub fn shown(&self, index: usize, ascii: bool) -> String {
        self.keys[index].iter().map(|press| press.shown(ascii)).collect::<Vec<_>>().join(" ")
    }
}

fn unknown(action: &str) -> String {
    let near = ALL.iter().map(|binding| binding.name).find(|name| distance(name, action) <= 2);
    let hint = near.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    format!("{} is no action{hint}", crate::domain::text::quoted(action))
}

impl std::fmt::Debug for Binding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
