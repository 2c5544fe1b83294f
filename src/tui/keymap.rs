//! Which key does what: the keys in force for the bindings of every place. From it come the dispatch, the footer, the
//! list of keys and the palette. It runs nothing.

use crate::domain::principal::distance;
use crate::domain::settings::{KeyOverride, Mistake};

use super::press::Press;

/// A kind of place in which a key works, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct On {
    name: &'static str,
    /// Whether letters are text there.
    types_text: bool,
}

impl On {
    /// A kind of place where letters are commands.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, types_text: false }
    }

    /// A kind of place where letters are text.
    #[must_use]
    pub const fn typing(name: &'static str) -> Self {
        Self { name, types_text: true }
    }
}

/// Whether letters are text where these kinds of keys work.
#[must_use]
pub fn types_text(place: &[On]) -> bool {
    place.iter().any(|on| on.types_text)
}

/// What is known of one binding without running it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it works.
    pub on: On,
    /// Its row among the bindings of that kind.
    pub row: usize,
    /// Its name in the settings.
    pub name: &'static str,
    /// Its keys, the first of which is shown.
    pub keys: &'static [&'static str],
    /// What it does, in a word or two, for the footer; empty where the footer need not show it, and `+` where it
    /// shows the key with that of the next binding.
    pub label: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
}

/// The keys in force: those of the bindings, and those of the settings in their place.
#[derive(Debug)]
pub struct Keymap {
    bindings: &'static [Binding],
    places: &'static [&'static [On]],
    /// For each binding, its keys.
    keys: Vec<Vec<Press>>,
}

impl Keymap {
    /// The keys of the bindings as they are, which work in these places.
    #[must_use]
    pub fn new(bindings: &'static [Binding], places: &'static [&'static [On]]) -> Self {
        let read = |binding: &Binding| binding.keys.iter().filter_map(|key| key.parse().ok()).collect();
        Self { bindings, places, keys: bindings.iter().map(read).collect() }
    }

    /// The keys with those of the settings in their place; what cannot stand is said and left out.
    #[must_use]
    pub fn with(self, overrides: &[KeyOverride]) -> (Self, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        let mut say = |line, message| mistakes.push(Mistake { line, message });
        let mut own: Vec<Own> = Vec::new();
        for row in overrides {
            match self.read(row) {
                Ok(row) => own.push(row),
                Err(message) => say(row.line, message),
            }
        }
        let map = loop {
            let map = self.of_own(&own);
            // Of two that want the same key, the later is left out.
            let clash = own.iter().enumerate().rev().find_map(|(at, row)| Some((at, map.clash(row)?)));
            let Some((at, message)) = clash else { break map };
            say(own.remove(at).line, message);
        };
        mistakes.sort_by_key(|mistake| mistake.line);
        (map, mistakes)
    }

    fn of_own(&self, own: &[Own]) -> Self {
        let mut keys = self.keys.clone();
        for (index, presses) in own.iter().flat_map(|row| &row.rows) {
            keys[*index].clone_from(presses);
        }
        Self { bindings: self.bindings, places: self.places, keys }
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

    /// What else a key of a binding means in some place where the binding works.
    fn other_meaning(&self, index: usize, press: Press) -> Option<&'static Binding> {
        let name = self.bindings[index].name;
        let places = self.places.iter().filter(|place| place.contains(&self.bindings[index].on));
        let mut others = places.flat_map(|place| self.active(place));
        let means = |other: &usize| self.bindings[*other].name != name && self.keys[*other].contains(&press);
        others.find(means).map(|other| &self.bindings[other])
    }

    /// The binding of a key where these kinds of keys work, by its place among all.
    #[must_use]
    pub fn find(&self, kinds: &[On], press: Press) -> Option<usize> {
        self.active(kinds).find(|index| self.keys[*index].contains(&press))
    }

    /// The bindings that work where these kinds of keys do, in their order within each kind, by their places.
    pub fn active<'c>(&self, kinds: &'c [On]) -> impl Iterator<Item = usize> + use<'c> {
        let bindings = self.bindings;
        kinds.iter().flat_map(move |on| (0..bindings.len()).filter(move |index| bindings[*index].on == *on))
    }

    /// A binding, by its place.
    #[must_use]
    pub fn binding(&self, index: usize) -> &'static Binding {
        &self.bindings[index]
    }

    /// The keys of a binding.
    #[must_use]
    pub fn of(&self, index: usize) -> &[Press] {
        &self.keys[index]
    }

    /// The keys of a binding as people see them.
    #[must_use]
    pub fn shown(&self, index: usize, ascii: bool) -> String {
        self.keys[index].iter().map(|press| press.shown(ascii)).collect::<Vec<_>>().join(" ")
    }

    /// The first key of an action that works where these kinds of keys do.
    #[must_use]
    pub fn key_of(&self, name: &str, kinds: &[On], ascii: bool) -> Option<String> {
        let mut named = self.active(kinds).filter(|index| self.bindings[*index].name == name);
        named.find_map(|index| self.keys[index].first()).map(|press| press.shown(ascii))
    }

    fn read(&self, row: &KeyOverride) -> Result<Own, String> {
        let presses = row.keys.iter().map(|key| key.parse::<Press>());
        let presses = presses.collect::<Result<Vec<_>, _>>().map_err(|invalid| invalid.to_string())?;
        let named = || (0..self.bindings.len()).filter(|index| self.bindings[*index].name == row.action);
        let action = named().next().map(|index| self.bindings[index].name);
        let action = action.ok_or_else(|| self.unknown(&row.action))?;
        let keys = |index: usize| Some((index, self.keys_for(&self.bindings[index], &presses)?));
        let rows: Vec<_> = named().filter_map(keys).collect();
        if !rows.iter().any(|(index, _)| self.works_somewhere(self.bindings[*index].on)) {
            return Err(self.nowhere(action, &presses));
        }
        Ok(Own { action, line: row.line, rows })
    }

    /// What a binding gets of the keys that were given to its action; nothing where it keeps its own.
    fn keys_for(&self, binding: &Binding, given: &[Press]) -> Option<Vec<Press>> {
        let typed = self.places.iter().any(|place| place.contains(&binding.on) && types_text(place));
        let mut keys = given.to_vec();
        // A letter stays a letter where text is typed.
        keys.retain(|press| !typed || press.character().is_none());
        if keys.is_empty() && !given.is_empty() {
            return None;
        }
        // Whatever else leaves the program, Ctrl-C does.
        let is_last_exit = binding.name == "quit" && binding.keys.contains(&"ctrl-c");
        if is_last_exit {
            let own = binding.keys.iter().filter_map(|key| key.parse().ok());
            keys.extend(own.filter(|press| !given.contains(press)));
        }
        Some(keys)
    }

    fn works_somewhere(&self, on: On) -> bool {
        self.places.iter().any(|place| place.contains(&on))
    }

    fn nowhere(&self, action: &str, given: &[Press]) -> String {
        let letter = given.iter().find(|press| press.character().is_some());
        let works = |binding: &Binding| binding.name == action && self.works_somewhere(binding.on);
        let is_menu = !self.bindings.iter().any(works);
        match letter {
            Some(letter) if !is_menu => format!(
                "{action}: where it works, {} is text; choose a key with Ctrl or Alt, or one like F5",
                letter.shown(true)
            ),
            _ => format!("{action}: it is done by name from the palette (Ctrl-P) and takes no key"),
        }
    }

    fn unknown(&self, action: &str) -> String {
        let near = self.bindings.iter().map(|binding| binding.name).find(|name| distance(name, action) <= 2);
        let hint = near.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        format!("{} is no action{hint}", crate::domain::text::quoted(action))
    }
}

/// An action with the keys that the settings give it.
struct Own {
    action: &'static str,
    line: usize,
    /// Its bindings, by their places, with the keys of each.
    rows: Vec<(usize, Vec<Press>)>,
}
