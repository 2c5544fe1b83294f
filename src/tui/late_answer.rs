//! Answers of the terminal that come too late: it was asked for its colours, nobody waits any more, and what it says
//! would be taken for keys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// How many answers may still come.
#[derive(Debug, Default)]
pub struct LateAnswers {
    expected: usize,
    inside: bool,
}

impl LateAnswers {
    /// So many answers may still come.
    #[must_use]
    pub fn expecting(expected: usize) -> Self {
        Self { expected, inside: false }
    }

    /// Whether a key is a part of such an answer: `ESC ]`, a number, a colour, and the bell or `ESC \` at the end.
    pub fn takes(&mut self, key: &KeyEvent) -> bool {
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char(']') if alt && self.expected > 0 => self.inside = true,
            KeyCode::Char('g') if control && self.inside => self.end(),
            KeyCode::Char('\\') if alt && self.inside => self.end(),
            KeyCode::Char(c) if self.inside && !alt && !control && is_of_a_colour(c) => {}
            _ => {
                // Somebody types: what was begun is no answer.
                self.inside = false;
                return false;
            }
        }
        true
    }

    fn end(&mut self) {
        self.inside = false;
        self.expected -= 1;
    }
}

fn is_of_a_colour(character: char) -> bool {
    character.is_ascii_hexdigit() || matches!(character, ';' | ':' | '/' | 'r' | 'g' | 'b')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> KeyEvent {
        let (modifiers, code) = match name.split_at(name.len() - 1) {
            ("alt-", code) => (KeyModifiers::ALT, code),
            ("ctrl-", code) => (KeyModifiers::CONTROL, code),
            (_, code) => (KeyModifiers::NONE, code),
        };
        KeyEvent::new(KeyCode::Char(code.chars().next().expect("a key")), modifiers)
    }

    #[test]
    fn two_answers_are_taken_and_what_is_typed_is_not() {
        let mut late = LateAnswers::expecting(2);
        let answer = ["alt-]", "1", "1", ";", "r", "g", "b", ":", "f", "F", "0", "9", "/", "0", "ctrl-g"];
        assert!(answer.iter().all(|name| late.takes(&key(name))));
        assert!(!late.takes(&key("q")) && !late.takes(&key("1")));
        assert!(["alt-]", "1", "0", "alt-\\"].iter().all(|name| late.takes(&key(name))));
        assert!(!late.takes(&key("alt-]")), "no third one is expected");
    }

    #[test]
    fn a_key_that_no_answer_has_ends_it() {
        let mut late = LateAnswers::expecting(2);
        assert!(late.takes(&key("alt-]")) && !late.takes(&key("q")) && !late.takes(&key("1")));
    }
}
