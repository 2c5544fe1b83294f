//! Text as a person sees it: line and column, control characters as pictures, a line with a caret.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;
use unicode_width::UnicodeWidthChar;

use super::secret;

/// A place in a text, for people: both from 1, the column counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// The place of a byte offset; a byte order mark does not count as a column.
#[must_use]
pub fn place(text: &str, offset: usize) -> Place {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
    let column = 1 + before[line_start..].chars().filter(|c| *c != '\u{feff}').count();
    Place { line, column }
}

/// The places of many byte offsets, each as [`place`] gives it, in one walk over the text.
#[must_use]
pub fn places(text: &str, offsets: &[usize]) -> Vec<Place> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_unstable_by_key(|&index| offsets[index]);
    let (mut at, mut here) = (0, Place { line: 1, column: 1 });
    let mut places = vec![here; offsets.len()];
    for index in order {
        for character in text[at..offsets[index]].chars() {
            match character {
                '\n' => here = Place { line: here.line + 1, column: 1 },
                '\u{feff}' => {}
                _ => here.column += 1,
            }
        }
        at = offsets[index];
        places[index] = here;
    }
    places
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

/// One line of a text with a mark under the part in question; secrets are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The number of the line, from 1.
    pub line: usize,
    /// The line, or the part of a long one, ready for a terminal.
    pub excerpt: String,
    /// How many terminal columns stand before the mark.
    pub indent: usize,
    /// How many terminal columns the mark takes, at least 1.
    pub length: usize,
}

/// How many characters of a long line a picture shows.
const PICTURE_WIDTH: usize = 88;

/// Draws the line in which `span` starts.
#[must_use]
pub fn picture(text: &str, span: &Range<usize>) -> Picture {
    Line::around(text, place(text, span.start).line, span.start).picture(span)
}

/// One line of a text with its secrets found; kept for all pictures of the same line, which may be long.
pub struct Line<'t> {
    number: usize,
    start: usize,
    content: &'t str,
    secrets: Vec<Range<usize>>,
}

impl<'t> Line<'t> {
    /// The line that holds a byte offset; `number` is its number, from 1.
    #[must_use]
    pub fn around(text: &'t str, number: usize, offset: usize) -> Self {
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
        let line = text[start..end].trim_end_matches('\r');
        Self { number, start, content: line, secrets: secret::spans_in_line(line) }
    }

    /// The number of the line, from 1.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Draws the line with a mark under a span that starts in it.
    #[must_use]
    pub fn picture(&self, span: &Range<usize>) -> Picture {
        let line = self.content;
        let marked =
            span.start - self.start..span.end.min(self.start + line.len()).max(span.start) - self.start;
        let window = window(line, &marked);
        let mut excerpt = Excerpt { shown: String::new(), columns: 0 };
        excerpt.ellipsis(window.start > 0);
        let (mut indent, mut until) = (None, 0);
        for (at, character) in line[window.clone()].char_indices().map(|(at, c)| (window.start + at, c)) {
            if at >= marked.start && indent.is_none() {
                indent = Some(excerpt.columns);
            }
            match self.secret_at(at) {
                Some(secret) if at == secret.start => excerpt.text(secret::MASK),
                Some(_) => {}
                None => excerpt.character(character),
            }
            if at < marked.end {
                until = excerpt.columns;
            }
        }
        let indent = indent.unwrap_or(excerpt.columns);
        excerpt.ellipsis(window.end < line.len());
        let length = until.saturating_sub(indent).max(1);
        Picture { line: self.number, excerpt: excerpt.shown, indent, length }
    }

    fn secret_at(&self, at: usize) -> Option<&Range<usize>> {
        let index = self.secrets.partition_point(|secret| secret.end <= at);
        self.secrets.get(index).filter(|secret| secret.contains(&at))
    }
}

/// The part of a line that is shown: all of it, or as much as fits around the mark.
fn window(line: &str, marked: &Range<usize>) -> Range<usize> {
    if line.len() <= PICTURE_WIDTH {
        return 0..line.len();
    }
    let from = line[..marked.start].char_indices().rev().take(PICTURE_WIDTH / 2).last();
    let start = from.map_or(marked.start, |(at, _)| at);
    let rest = line[start..].char_indices().nth(PICTURE_WIDTH);
    start..rest.map_or(line.len(), |(at, _)| start + at)
}

struct Excerpt {
    shown: String,
    columns: usize,
}

impl Excerpt {
    fn text(&mut self, text: &str) {
        text.chars().for_each(|character| self.character(character));
    }

    fn character(&mut self, character: char) {
        if character == '\t' {
            return self.text("  ");
        }
        let single = character.to_string();
        for shown in visible_line(&single).chars() {
            self.shown.push(shown);
            self.columns += shown.width().unwrap_or(0);
        }
    }

    fn ellipsis(&mut self, cut: bool) {
        if cut {
            self.text("...");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_places_are_those_of_one_by_one() {
        let text = "\u{feff}{\n  \"é\": 1,\r\n\n  \"x\": 2\n}\n";
        let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        offsets.reverse();
        let expected: Vec<Place> = offsets.iter().map(|&offset| place(text, offset)).collect();
        assert_eq!(places(text, &offsets), expected);
    }

    #[test]
    fn control_characters_become_pictures() {
        assert_eq!(visible("a\u{1b}[31m\u{7f}\u{9b}b\n\u{202e}"), "a␛[31m␡\\u{9b}b\n\\u{202e}");
        assert_eq!(visible_line("a\nb\tc"), "a␊b␉c");
        assert!(matches!(visible("plain 中文\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_mark_stands_under_wide_characters() {
        let text = "{\n\t\"名前\": x}";
        let at = text.find('x').expect("x");
        let picture = picture(text, &(at..at + 1));
        assert_eq!((picture.line, picture.indent, picture.length), (2, 10, 1));
        assert_eq!(picture.excerpt, "  \"名前\": x}");
    }

    #[test]
    fn a_long_line_shows_only_the_part_around_the_mark() {
        let text = format!("[{}x]", "1, ".repeat(100_000));
        let at = text.find('x').expect("x");
        let picture = picture(&text, &(at..at + 1));
        assert!(picture.excerpt.starts_with("..."), "{picture:?}");
        assert!(picture.excerpt.len() < 120, "{picture:?}");
        assert_eq!(picture.excerpt.as_bytes()[picture.indent], b'x');
    }

    #[test]
    fn a_picture_masks_secrets() {
        let text = r#"{"token": "abcdef" "x": 1}"#;
        let at = text.find(r#""x""#).expect("x");
        let picture = picture(text, &(at..at + 3));
        assert_eq!(picture.excerpt, r#"{"token": "***" "x": 1}"#);
        assert_eq!(picture.indent, 16);
    }
}
