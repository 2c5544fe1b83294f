//! The key table: which key does what, where it works, and what it is called. From it come the dispatch, the
//! footer, the list of keys and the palette; adding a key is a row.

use super::app::{App, PLACES, types_text};
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
        let mut mistakes = Vec::new();
        let mut say = |line, message| mistakes.push(Mistake { line, message });
        let mut own: Vec<Own> = Vec::new();
        for row in overrides {
            match Own::read(row) {
                Ok(row) => own.push(row),
                Err(message) => say(row.line, message),
            }
        }
        let map = loop {
            let map = Self::of_own(&own);
            // Of two that want the same key, the later is left out.
            let clash = own.iter().enumerate().rev().find_map(|(at, row)| Some((at, map.clash(row)?)));
            let Some((at, message)) = clash else { break map };
            say(own.remove(at).line, message);
        };
        mistakes.sort_by_key(|mistake| mistake.line);
        (map, mistakes)
    }

    fn of_own(own: &[Own]) -> Self {
        let mut map = Self::default();
        for (index, presses) in own.iter().flat_map(|row| &row.rows) {
            map.keys[*index].clone_from(presses);
        }
        map
    }

    /// Why the keys of an action cannot stand: in some place one of them has another meaning.
    fn clash(&self, own: &Own) -> Option<String> {
        for (index, presses) in &own.rows {
            for press in presses {
                let Some(other) = self.other_meaning(*index, *press) else { continue };
                let (key, action, other) = (press.shown(true), own.action, other.name);
                return Some(format!(
                    "{action}: {key} is `{other}` there already; choose another key for one of them"
                ));
            }
        }
        None
    }

    /// What else a key of a row means in some place where the row works.
    fn other_meaning(&self, index: usize, press: Press) -> Option<&'static Binding> {
        let places = PLACES.iter().filter(|place| place.contains(&ALL[index].on));
        let mut others = places.flat_map(|place| self.active(place));
        let means = |other: &usize| ALL[*other].name != ALL[index].name && self.keys[*other].contains(&press);
        others.find(means).map(|other| &ALL[other])
    }

    /// What a key does, where these kinds of keys work.
    #[must_use]
    pub fn find(&self, contexts: &[On], press: Press) -> Option<&'static Binding> {
        self.active(contexts).find(|index| self.keys[*index].contains(&press)).map(|index| &ALL[index])
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

/// An action with the keys that the settings give it.
struct Own {
    action: &'static str,
    line: usize,
    /// Its rows in the table, by their places, with the keys of each.
    rows: Vec<(usize, Vec<Press>)>,
}

impl Own {
    fn read(row: &KeyOverride) -> Result<Self, String> {
        let presses = row.keys.iter().map(|key| key.parse::<Press>());
        let presses = presses.collect::<Result<Vec<_>, _>>().map_err(|invalid| invalid.to_string())?;
        let named = || (0..ALL.len()).filter(|index| ALL[*index].name == row.action);
        let action = named().next().map(|index| ALL[index].name).ok_or_else(|| unknown(&row.action))?;
        let rows: Vec<_> =
            named().filter_map(|index| Some((index, keys_for(&ALL[index], &presses)?))).collect();
        if !rows.iter().any(|(index, _)| works_somewhere(ALL[*index].on)) {
            return Err(nowhere(action, &presses));
        }
        Ok(Self { action, line: row.line, rows })
    }
}

/// What a row gets of the keys that were given to its action; nothing where it keeps its own.
fn keys_for(binding: &Binding, given: &[Press]) -> Option<Vec<Press>> {
    let typed = PLACES.iter().any(|place| place.contains(&binding.on) && types_text(place));
    let mut keys = given.to_vec();
    // A letter stays a letter where text is typed.
    keys.retain(|press| !typed || press.character().is_none());
    if keys.is_empty() && !given.is_empty() {
        return None;
    }
    // Whatever else leaves the program, Ctrl-C does.
    if (binding.on, binding.name) == (On::Everywhere, "quit") {
        let own = binding.keys.iter().filter_map(|key| key.parse().ok());
        keys.extend(own.filter(|press| !given.contains(press)));
    }
    Some(keys)
}

fn works_somewhere(on: On) -> bool {
    PLACES.iter().any(|place| place.contains(&on))
}

fn nowhere(action: &str, given: &[Press]) -> String {
    let letter = given.iter().find(|press| press.character().is_some());
    let is_menu = !ALL.iter().any(|binding| binding.name == action && works_somewhere(binding.on));
    match letter {
        Some(letter) if !is_menu => format!(
            "{action}: where it works, {} is text; choose a key with Ctrl or Alt, or one like F5",
            letter.shown(true)
        ),
        _ => format!("{action}: it is done by name from the palette (Ctrl-P) and takes no key"),
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
