//! Text as a person sees it: line and column, control characters as pictures of themselves.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

/// A place in a text, for people: both from 1, the column counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The place of a byte offset; a byte order mark at the start does not count as a column. An offset inside a
/// character means that character, one beyond the text its end.
#[must_use]
pub fn place(text: &str, offset: usize) -> Place {
    let before = &text[..boundary(text, offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = 1 + before.matches('\n').count();
    let in_line = &before[line_start..];
    let mark = usize::from(line_start == 0 && in_line.starts_with('\u{feff}'));
    Place { line, column: 1 + in_line.chars().count() - mark }
}

/// The places of many byte offsets, each as [`place`] gives it, in one walk over the text.
#[must_use]
pub fn places(text: &str, offsets: &[usize]) -> Vec<Place> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_unstable_by_key(|&index| offsets[index]);
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (mut at, mut here) = (mark, Place { line: 1, column: 1 });
    let mut places = vec![here; offsets.len()];
    for index in order {
        let offset = boundary(text, offsets[index]).max(mark);
        for character in text[at..offset].chars() {
            here = match character {
                '\n' => Place { line: here.line + 1, column: 1 },
                _ => Place { column: here.column + 1, ..here },
            };
        }
        at = offset;
        places[index] = here;
    }
    places
}

/// The start of the character at `offset`, or the end of the text.
pub(super) fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The text with every character that could steer a terminal, or turn its direction, shown as a picture of
/// itself; line breaks and tabs stay.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    visible_but(text, &['\n', '\t'])
}

/// Like [`visible`], for what must stay on one line: line breaks and tabs become pictures too.
#[must_use]
pub fn visible_line(text: &str) -> Cow<'_, str> {
    visible_but(text, &[])
}

fn visible_but<'t>(text: &'t str, kept: &[char]) -> Cow<'t, str> {
    let steers = |c: char| steers_a_terminal(c) && !kept.contains(&c);
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if !steers(character) {
            shown.push(character);
        } else if let Some(picture) = picture_of(character) {
            shown.push(picture);
        } else {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal may act on the character instead of showing it.
#[must_use]
pub fn steers_a_terminal(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(character, '\u{61c}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn picture_of(character: char) -> Option<char> {
    match u32::from(character) {
        code @ 0..0x20 => char::from_u32(0x2400 + code),
        0x7f => Some('␡'),
        _ => None,
    }
}

/// A value for a message: on one line, harmless, no longer than 80 characters.
#[must_use]
pub fn quoted(value: &str) -> String {
    let shown = visible_line(value);
    if shown.chars().count() > 80 {
        let head: String = shown.chars().take(77).collect();
        format!("`{head}...`")
    } else {
        format!("`{shown}`")
    }
}

/// Words in a sentence: `a`, `a or b`, `a, b or c`.
#[must_use]
pub fn listed<'w>(words: impl IntoIterator<Item = &'w str>, last: &str) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        Some((end, [])) => (*end).to_owned(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        assert_eq!(listed(["a"], "or"), "a");
        assert_eq!(listed(["a", "b"], "or"), "a or b");
        assert_eq!(listed(["a", "b", "c"], "and"), "a, b and c");
    }

    #[test]
    fn control_characters_become_pictures() {
        assert_eq!(visible("a\u{1b}[31m\u{7f}\u{9b}b\n\u{202e}"), "a␛[31m␡\\u{9b}b\n\\u{202e}");
        assert_eq!(visible_line("a\nb\tc"), "a␊b␉c");
        assert!(matches!(visible("plain 中文\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_a_leading_byte_order_mark_takes_no_column() {
        assert_eq!(place("\u{feff}ab", 4), Place { line: 1, column: 2 });
        assert_eq!(place("a\u{feff}b", 4), Place { line: 1, column: 3 });
    }

    #[test]
    fn tags_and_direction_marks_are_shown() {
        assert_eq!(visible("a\u{61c}\u{e0041}"), "a\\u{61c}\\u{e0041}");
    }

    #[test]
    fn many_places_are_those_of_one_by_one() {
        let text = "\u{feff}{\n  \"é\": 1,\r\n\n  \"x\": 2\n}\n";
        let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        offsets.reverse();
        let expected: Vec<Place> = offsets.iter().map(|&offset| place(text, offset)).collect();
        assert_eq!(places(text, &offsets), expected);
    }
}
