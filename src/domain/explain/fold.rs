//! Takes from a text what wrapping, quoting, escaping and colouring add to it; it knows nothing of messages.

use std::borrow::Cow;

use super::super::text::steers_a_terminal;
use super::terminal;

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
}

/// Characters which mail and shells put at the start of a line.
const PROMPTS: [char; 9] = ['>', '#', '$', '+', '*', '•', '»', '›', '❯'];

/// From here on the scripts of the messages have no case.
const FIRST_IDEOGRAPH: char = '\u{2e80}';

/// Folds a text. White space is only remembered, so that a wrap in the middle of a word does not matter.
pub(super) fn fold(text: &str) -> Folded {
    let text = rewrite(text, |byte| byte == b'\\', backslashes);
    let text = rewrite(&text, |byte| byte == b'&', entity);
    let text = rewrite(&text, terminal::may_begin, |rest| Some((None, terminal::sequence(rest)?)));
    let mut folded = Folded { text: String::with_capacity(text.len()), gaps: Vec::with_capacity(text.len()) };
    let mut gap = Gap::Line;
    for character in text.chars() {
        let character = plain(character);
        match gap_of(character) {
            Gap::None if gap == Gap::Line && PROMPTS.contains(&character) => {}
            Gap::None if !character.is_ascii_graphic() && vanishes(character) => {}
            Gap::None => {
                folded.push(character, gap);
                gap = Gap::None;
            }
            wider => gap = gap.max(wider),
        }
    }
    folded
}

impl Folded {
    fn push(&mut self, character: char, gap: Gap) {
        if self.gaps.ends_with(&[Gap::Line]) && self.text.ends_with("\"\"") && character.is_alphanumeric() {
            // Python's pprint breaks a long text into several literals, a line each.
            self.text.truncate(self.text.len() - 2);
            self.gaps.truncate(self.text.len());
        }
        self.gaps.push(gap);
        if character.is_ascii() {
            self.text.push(character.to_ascii_lowercase());
            return;
        }
        if character < FIRST_IDEOGRAPH {
            self.text.extend(character.to_lowercase());
        } else {
            self.text.push(character);
        }
        self.gaps.resize(self.text.len(), Gap::None);
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

/// Replaces what `read` recognises where a character begins with a byte that is a `sign`: the character it stands
/// for, if any, and its bytes.
fn rewrite(
    text: &str,
    sign: impl Fn(u8) -> bool,
    read: impl Fn(&str) -> Option<(Option<char>, usize)>,
) -> Cow<'_, str> {
    let next = |rest: &str| rest.bytes().position(&sign);
    if next(text).is_none() {
        return text.into();
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = next(rest) {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        let first = rest.chars().next();
        let (meant, length) = read(rest).unwrap_or((first, first.map_or(0, char::len_utf8)));
        if let Some(character) = meant {
            written.push(character);
        }
        rest = &rest[length..];
    }
    written.push_str(rest);
    written.into()
}

/// A run of backslashes, however many levels of escaping made it, and what it escapes. A quotation mark or an
/// unknown character is left to stand for itself.
fn backslashes(rest: &str) -> Option<(Option<char>, usize)> {
    let escaped = rest.trim_start_matches('\\');
    let run = rest.len() - escaped.len();
    let number = |from: usize, digits: usize, radix: u32| {
        let text =
            escaped.get(from..from + digits).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
        // Halves of a pair stand for characters that no message has.
        Some((u32::from_str_radix(text, radix).ok().and_then(char::from_u32), run + from + digits))
    };
    let known = match escaped.as_bytes() {
        [b'n' | b'r', ..] => Some((Some('\n'), run + 1)),
        [b't', ..] => Some((Some('\t'), run + 1)),
        [b'u', ..] => number(1, 4, 16),
        [b'U', ..] => number(1, 8, 16),
        [b'x', ..] => number(1, 2, 16),
        [b'0', b'3', b'3', ..] => number(0, 3, 8),
        [b'e', b'[', ..] => Some((Some('\u{1b}'), run + 1)),
        _ => None,
    };
    known.or(Some((None, run)))
}

/// An entity of HTML or XML, also one whose `&` was escaped again.
fn entity(rest: &str) -> Option<(Option<char>, usize)> {
    const NAMES: [(&str, char); 6] =
        [("quot;", '"'), ("apos;", '\''), ("lt;", '<'), ("gt;", '>'), ("nbsp;", ' '), ("#10;", '\n')];
    let mut name = rest.strip_prefix('&')?;
    while let Some(again) = name.strip_prefix("amp;") {
        name = again;
    }
    let before = rest.len() - name.len();
    let named = NAMES.iter().find(|(other, _)| name.starts_with(other));
    if let Some((other, character)) = named {
        return Some((Some(*character), before + other.len()));
    }
    let numbered = numbered(name).map(|(character, length)| (Some(character), before + length));
    numbered.or_else(|| (before > 1).then_some((Some('&'), before)))
}

/// The character of `#39;` or `#x27;`, and the bytes that it takes.
fn numbered(name: &str) -> Option<(char, usize)> {
    let end = name.bytes().take(10).position(|byte| byte == b';')?;
    let digits = name[..end].strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    Some((char::from_u32(code.ok()?)?, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).text
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
            let folded = fold(text);
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
