//! Takes from a text what wrapping and quoting add to it; it knows nothing of messages.

use super::super::text::steers_a_terminal;
use super::unescape::unescape;

/// What stood between a character and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: they touch.
    None,
    /// White space, or a line of a table.
    Space,
    /// The end of a line.
    Line,
}

/// A text in lower case, without its white space and with one kind of quotation mark.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The text.
    pub(super) text: String,
    /// What stood before each byte of it.
    pub(super) gaps: Vec<Gap>,
    /// Where the character of each byte stands in the text that was folded.
    pub(super) origins: Vec<u32>,
}

/// Characters which mail and shells put at the start of a line.
const PROMPTS: [char; 9] = ['>', '#', '$', '+', '*', '•', '»', '›', '❯'];

/// From here on the scripts of the messages have no case.
const FIRST_IDEOGRAPH: char = '\u{2e80}';

/// Folds an unescaped text of less than 4 GiB. White space is only remembered, so that a wrap in the middle of a word
/// does not matter.
pub(super) fn fold(text: &str) -> Folded {
    let capacity = text.len();
    let mut folded = Folded {
        text: String::with_capacity(capacity),
        gaps: Vec::with_capacity(capacity),
        origins: Vec::with_capacity(capacity),
    };
    let mut gap = Gap::Line;
    for (origin, character) in text.char_indices() {
        let character = plain(character);
        match gap_of(character) {
            Gap::None if gap == Gap::Line && PROMPTS.contains(&character) => {}
            Gap::None if !character.is_ascii_graphic() && vanishes(character) => {}
            Gap::None => {
                folded.push(character, gap, u32::try_from(origin).unwrap_or(u32::MAX));
                gap = Gap::None;
            }
            wider => gap = gap.max(wider),
        }
    }
    folded
}

/// Folds a text after unescaping it.
pub(super) fn fold_escaped(text: &str) -> Folded {
    fold(&unescape(text))
}

impl Folded {
    fn push(&mut self, character: char, gap: Gap, origin: u32) {
        if self.gaps.ends_with(&[Gap::Line]) && self.text.ends_with("\"\"") && character.is_alphanumeric() {
            // Python's pprint breaks a long text into several literals, a line each.
            self.text.truncate(self.text.len() - 2);
            self.gaps.truncate(self.text.len());
            self.origins.truncate(self.text.len());
        }
        self.gaps.push(gap);
        if character.is_ascii() {
            self.origins.push(origin);
            self.text.push(character.to_ascii_lowercase());
            return;
        }
        if character < FIRST_IDEOGRAPH {
            self.text.extend(character.to_lowercase());
        } else {
            self.text.push(character);
        }
        self.gaps.resize(self.text.len(), Gap::None);
        self.origins.resize(self.text.len(), origin);
    }
}

/// The ordinary character for one which only looks different.
fn plain(character: char) -> char {
    match character {
        _ if character.is_ascii_alphanumeric() => character,
        '\'' | '`' | '´' | '\u{2018}'..='\u{201f}' | '\u{2032}' | '\u{2033}' | '＂' | '＇' | '｀' => '"',
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '。' | '｡' => '.',
        '、' | '､' => ',',
        _ => character,
    }
}

/// Whether a character separates. A table's lines do, too.
fn gap_of(character: char) -> Gap {
    match character {
        _ if character.is_ascii_graphic() && character != '|' => Gap::None,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Gap::Line,
        '|' | '\u{2500}'..='\u{257f}' => Gap::Space,
        _ if character.is_whitespace() => Gap::Space,
        _ => Gap::None,
    }
}

/// Whether a character is not seen.
fn vanishes(character: char) -> bool {
    steers_a_terminal(character) || matches!(character, '\u{ad}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold_escaped(text).text
    }

    #[test]
    fn quotation_marks_are_one() {
        for text in [
            "'a'",
            "\"a\"",
            r#"\"a\""#,
            r#"\\\"a\\\""#,
            "&quot;a&#39;",
            "&amp;amp;quot;a&#x27;",
            "“a’",
            "＂a＇",
        ] {
            assert_eq!(folded(text), "\"a\"", "{text}");
        }
    }

    #[test]
    fn escapes_stand_for_their_characters() {
        for text in
            ["a\nb", r"a\nb", r"a\\\\nb", r"a\u000ab", r"a\\u000Ab", "a&#10;b", "a\r\n> > b", "a\\\nb"]
        {
            let folded = fold_escaped(text);
            assert_eq!(
                (folded.text.as_str(), &folded.gaps[..]),
                ("ab", &[Gap::Line, Gap::Line][..]),
                "{text}"
            );
        }
        assert_eq!(folded(r"\u30ed\u30fc\u30eb \ud83d\ude00 \u00 \x41"), "ロール\u{75}00a");
        assert_eq!(folded(r"\u0026lt;b\u0026gt;"), "<b>");
    }

    #[test]
    fn colours_and_frames_go() {
        for text in [
            "a\u{1b}[1;31mb\u{1b}[0m",
            r"a\u001b[31mb\x1b[K",
            r"a\033[31mb\e[0m",
            "a[31mb[0m",
            "a^[[1mb",
            "│ a │\n│ b │",
        ] {
            assert_eq!(folded(text), "ab", "{text}");
        }
    }

    #[test]
    fn literals_on_lines_of_their_own_are_joined() {
        assert_eq!(folded("{'m': 'check '\n      'permission'}"), "{\"m\":\"checkpermission\"}");
    }

    #[test]
    fn full_width_and_unseen_characters_are_ordinary() {
        assert_eq!(folded("Ｅｒｒｏｒ：　\u{200b}Bad\u{ad}Request\u{feff}、x"), "error:badrequest,x");
    }
}
