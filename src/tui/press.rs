//! A key press: how it is written in settings and help, and what a terminal sends for it. It knows no action.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::values::Invalid;

/// One key with its modifiers; a letter in capitals has no Shift beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Press {
    /// The key.
    pub code: KeyCode,
    /// Control and Alt; Shift only where the key does not show it.
    pub modifiers: KeyModifiers,
}

/// The keys that have a name, and how people see it.
const NAMED: &[(KeyCode, &str, &str)] = &[
    (KeyCode::Enter, "enter", "Enter"),
    (KeyCode::Esc, "esc", "Esc"),
    (KeyCode::Tab, "tab", "Tab"),
    (KeyCode::BackTab, "shift-tab", "Shift-Tab"),
    (KeyCode::Up, "up", "↑"),
    (KeyCode::Down, "down", "↓"),
    (KeyCode::Left, "left", "←"),
    (KeyCode::Right, "right", "→"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
    (KeyCode::PageUp, "pageup", "PgUp"),
    (KeyCode::PageDown, "pagedown", "PgDn"),
    (KeyCode::Backspace, "backspace", "Backspace"),
    (KeyCode::Delete, "delete", "Delete"),
    (KeyCode::Char(' '), "space", "Space"),
];

impl Press {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// Whether it is one of the keys that move and edit: arrows, pages, ends, Tab, Backspace, Delete.
    #[must_use]
    pub fn moves(self) -> bool {
        !matches!(self.code, KeyCode::Char(_) | KeyCode::Enter | KeyCode::Esc | KeyCode::F(_))
    }

    /// The character that it types, if it types one.
    #[must_use]
    pub fn character(self) -> Option<char> {
        let plain = !self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match self.code {
            KeyCode::Char(character) if plain => Some(character),
            _ => None,
        }
    }

    /// The key as people see it; arrows in words where only ASCII is shown.
    #[must_use]
    pub fn shown(self, ascii: bool) -> String {
        let mut shown = String::new();
        for (modifier, name) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                shown.push_str(name);
            }
        }
        let named = NAMED.iter().find(|(code, ..)| *code == self.code);
        match (self.code, named) {
            (_, Some((_, name, _))) if ascii && name.len() > 1 => shown.push_str(&capitalised(name)),
            (_, Some((.., name))) => shown.push_str(name),
            (KeyCode::Char(character), None) if shown.is_empty() => shown.push(character),
            (KeyCode::Char(character), None) => shown.extend(character.to_uppercase()),
            (KeyCode::F(number), None) => shown.extend(["F", &number.to_string()]),
            _ => {}
        }
        shown
    }
}

const MODIFIERS: [(KeyModifiers, &str); 3] =
    [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")];

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown(true).to_lowercase())
    }
}

impl FromStr for Press {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let mut rest = text;
        let mut modifiers = KeyModifiers::NONE;
        let is_named = |rest: &str| NAMED.iter().any(|(_, name, _)| rest.eq_ignore_ascii_case(name));
        while !is_named(rest) {
            let lower = rest.to_lowercase();
            let modifier = MODIFIERS.into_iter().find(|(_, name)| lower.starts_with(&name.to_lowercase()));
            let Some((modifier, name)) = modifier.filter(|(_, name)| rest.len() > name.len()) else { break };
            modifiers |= modifier;
            rest = &rest[name.len()..];
        }
        let code = code(rest).ok_or_else(|| {
            Invalid::new("a key", text, "write it like q, ctrl-s, alt-c, shift-tab, enter, pagedown or f5")
        })?;
        let code = match code {
            KeyCode::Char(letter) if modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
                KeyCode::Char(letter.to_ascii_lowercase())
            }
            other => other,
        };
        Ok(Self { code, modifiers })
    }
}

fn code(name: &str) -> Option<KeyCode> {
    if let Some((code, ..)) = NAMED.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let mut characters = name.chars();
    match (characters.next()?, characters.as_str()) {
        (character, "") => Some(KeyCode::Char(character)),
        ('f' | 'F', number) => number.parse().ok().filter(|number| (1..=12).contains(number)).map(KeyCode::F),
        _ => None,
    }
}

impl From<KeyEvent> for Press {
    fn from(event: KeyEvent) -> Self {
        let mut modifiers =
            event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let mut code = event.code;
        if matches!(code, KeyCode::Char(_) | KeyCode::BackTab) {
            modifiers -= KeyModifiers::SHIFT;
        }
        let with = KeyModifiers::CONTROL | KeyModifiers::ALT;
        if let (KeyCode::Char(letter), true) = (code, modifiers.intersects(with)) {
            code = KeyCode::Char(letter.to_ascii_lowercase());
        }
        Self { code, modifiers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for name in
            ["q", "?", ":", "-", "ctrl-s", "alt-c", "shift-tab", "enter", "pagedown", "f5", "space", "S"]
        {
            let press: Press = name.parse().expect(name);
            let again: Press = press.shown(true).parse().expect(name);
            assert_eq!(again, press, "{name}");
        }
        assert!("ctrl-".parse::<Press>().is_err() && "hyper-x".parse::<Press>().is_err());
    }

    #[test]
    fn capitals_carry_no_shift() {
        let event = KeyEvent::new(KeyCode::Char('S'), KeyModifiers::SHIFT);
        assert_eq!(Press::from(event), "S".parse().expect("a key"));
        assert_eq!(Press::from(event).shown(false), "S");
    }
}
