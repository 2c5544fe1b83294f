//! Tracks, one character at a time, whether a text that is not JSON is between the name of a secret and the end of its
//! value; masks when in doubt.

use super::line::is_in_word;
use super::placeholder::is_name_of_secret;
use super::quoted::QuotedWords;

/// How many bytes after its name a value is still recognized.
const REACH: usize = 1 << 12;

/// The announced values that may still go on, each with the end of its name; of those that are at the same point
/// only the last.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    values: Vec<(Value, usize)>,
    /// Where the present word begins.
    word: Option<usize>,
}

/// How far the value of a secret's name has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// Before it: the quotes that close the name, then space, signs, space.
    Before(Part),
    /// In a comment, in which no comma ends anything.
    Comment,
    /// In a string.
    Text(Quoted),
    /// In a list or object, so deep, and in a string of it.
    Open(usize, Option<Quoted>),
    /// In anything else, up to a comma, the end of the line or the end of what it stands in.
    Bare,
}

/// What stands between a name and its value, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Quotes,
    Space,
    Signs,
    LastSpace,
}

/// A string: its quote, and whether the next character is escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quoted(char, bool);

/// Whether a secret has been announced in the 4 KiB before `at` and not yet ended: its name stands on an earlier line,
/// and no comma since, or its list or object is still open. For texts that are not JSON; masks when in doubt.
#[must_use]
pub fn is_pending(text: &str, at: usize) -> bool {
    let from = (0..=at.saturating_sub(REACH)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let mut pending = Pending::default();
    pending.read(text, from..at);
    pending.at(at) || is_announced(&text[from..at], from == 0)
}

/// Whether the last quoted word of a text is an option whose value is the next quoted word. The first line counts only
/// if it is complete.
fn is_announced(text: &str, is_complete: bool) -> bool {
    let mut quoted = QuotedWords::default();
    for line in text.split_inclusive('\n').skip(usize::from(!is_complete)) {
        quoted.read(line);
    }
    quoted.is_open()
}

impl Pending {
    /// Reads on: a part of `text` that follows what was read before, not in the middle of a word.
    pub fn read(&mut self, text: &str, part: std::ops::Range<usize>) {
        let start = part.start;
        for (at, character) in text[part].char_indices().map(|(at, character)| (start + at, character)) {
            if is_in_word(character) {
                self.word.get_or_insert(at);
            } else if let Some(word) = self.word.take()
                && (is_name_of_secret(text, word..at) || text[word..at].eq_ignore_ascii_case("value"))
            {
                self.values.push((Value::Before(Part::Quotes), at));
            }
            self.step(character);
        }
    }

    /// Whether at this place a value goes on.
    #[must_use]
    pub fn at(&self, place: usize) -> bool {
        self.values.iter().any(|(_, name)| name + REACH > place)
    }

    fn step(&mut self, character: char) {
        if self.values.is_empty() {
            return;
        }
        self.values.retain_mut(|(value, _)| match value.after(character) {
            Some(next) => {
                *value = next;
                true
            }
            None => false,
        });
        if self.values.len() > 1 {
            self.merge();
        }
    }

    /// Makes one of those that will end together; of nested lists the outer one stands for the inner.
    fn merge(&mut self) {
        let mut merged: Vec<(Value, usize)> = Vec::with_capacity(self.values.len());
        for (value, name) in self.values.drain(..) {
            let same = merged.iter_mut().find(|(other, _)| other.is_like(value));
            match same {
                Some((other, last)) => {
                    *other = other.longer(value);
                    *last = name.max(*last);
                }
                None => merged.push((value, name)),
            }
        }
        self.values = merged;
    }
}

impl Value {
    /// Where it is after a character; `None` once it has ended.
    fn after(self, character: char) -> Option<Self> {
        match self {
            Self::Before(part) => match part.after(character) {
                Some(part) => Some(Self::Before(part)),
                // Without a sign, the next word is the next word of a sentence.
                None => begun(character).filter(|value| *value != Self::Bare || part >= Part::Signs),
            },
            Self::Comment => Some(self),
            Self::Text(quoted) => quoted.after(character).map(Self::Text),
            Self::Open(depth, Some(quoted)) => Some(Self::Open(depth, quoted.after(character))),
            Self::Open(depth, None) => match character {
                '"' | '\'' => Some(Self::Open(depth, Some(Quoted(character, false)))),
                '[' | '{' => Some(Self::Open(depth + 1, None)),
                ']' | '}' => (depth > 1).then(|| Self::Open(depth - 1, None)),
                _ => Some(self),
            },
            Self::Bare => (!matches!(character, ',' | '}' | ']' | '\n')).then_some(self),
        }
    }

    fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Open(_, quoted), Self::Open(_, other)) => quoted == other,
            _ => self == other,
        }
    }

    fn longer(self, other: Self) -> Self {
        match (self, other) {
            (Self::Open(depth, quoted), Self::Open(deeper, _)) => Self::Open(depth.max(deeper), quoted),
            _ => self,
        }
    }
}

/// The value that begins with this character, if one does.
fn begun(character: char) -> Option<Value> {
    match character {
        '/' | '#' => Some(Value::Comment),
        '[' | '{' => Some(Value::Open(1, None)),
        '"' | '\'' => Some(Value::Text(Quoted(character, false))),
        other => Value::Bare.after(other),
    }
}

impl Part {
    /// The part that a character belongs to, this one or a later; `None` for the value.
    fn after(self, character: char) -> Option<Self> {
        let parts = [Self::Quotes, Self::Space, Self::Signs, Self::LastSpace];
        let holds = |part: &Self| match part {
            Self::Quotes => matches!(character, '"' | '\'' | '\\' | '`'),
            Self::Space | Self::LastSpace => character.is_whitespace(),
            Self::Signs => matches!(character, ':' | '=' | '>' | '：' | '＝'),
        };
        parts.into_iter().filter(|part| *part >= self).find(holds)
    }
}

impl Quoted {
    /// The string after a character; `None` once it has ended.
    fn after(self, character: char) -> Option<Self> {
        let Self(quote, escaped) = self;
        let ends = character == quote && !escaped;
        (!ends).then_some(Self(quote, character == '\\' && !escaped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_goes_on_until_it_ends() {
        let pending = [
            "\"token\":\n",
            "token = 'a\n",
            "\"token\": [\"a]\",\n",
            "{\"token\": {\"a\": [1],\n",
            "token // a,\n",
            "<token>\n",
            "your_token:\n",
        ];
        let ended = [
            "\"token\",\n",
            "token: 'a'\n",
            "\"token\": [\"a]\"],\n",
            "\"token\": {\"a\": [1]}\n",
            "token: a,\n",
            "x:\n",
            "id: YOUR_TOKEN\n",
            "id: <token>\n",
            "id: $TOKEN\n",
            "keys and secrets have rules\n",
            "token: a\n",
        ];
        for text in pending {
            assert!(is_pending(text, text.len()), "{text}");
        }
        for text in ended {
            assert!(!is_pending(text, text.len()), "{text}");
        }
    }

    #[test]
    fn an_outer_list_goes_on_when_an_inner_one_has_ended() {
        let text = "\"secrets\": [\n{\"token\": [\n1]\n},\n";
        assert!(is_pending(text, text.len()));
        let text = format!("{text}]\n");
        assert!(!is_pending(&text, text.len()));
    }

    #[test]
    fn a_broken_text_without_secrets_stays_as_it_is() {
        let text = "  \"line\": 1,\n".repeat(1_000);
        assert_eq!(super::super::mask_text(&text), text);
    }
}
