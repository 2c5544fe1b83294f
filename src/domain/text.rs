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
fn boundary(text: &str, offset: usize) -> usize {
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

/// Draws the line in which `span` starts; any span of any text will do.
#[must_use]
pub fn picture(text: &str, span: &Range<usize>) -> Picture {
    Pictures::of(text).draw(place(text, span.start).line, span)
}

/// Draws pictures of one text. What was searched for secrets is kept for the next picture, so that many of one
/// long line cost no more than the line.
#[derive(Debug)]
pub struct Pictures<'t> {
    text: &'t str,
    searched: Searched,
}

/// A part of a line and the secrets in it, by their bytes in the text.
#[derive(Debug, Default)]
struct Searched {
    part: Range<usize>,
    secrets: Vec<Range<usize>>,
}

/// How many bytes before and behind a mark are searched for secrets: more than a key or certificate takes.
const SECRETS_REACH: usize = 1 << 16;

impl<'t> Pictures<'t> {
    /// The pictures of this text.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { text, searched: Searched::default() }
    }

    /// Draws the line in which `span` starts, whose number the caller knows: counting lines for each of many
    /// pictures would walk the text as often.
    #[must_use]
    pub fn draw(&mut self, number: usize, span: &Range<usize>) -> Picture {
        let from = boundary(self.text, span.start);
        let line = line_around(self.text, from);
        let from = from.min(line.end);
        self.search(&line, from);
        let from = self.searched.at(from).map_or(from, |secret| secret.start);
        let marked = from..span.end.clamp(from, line.end);
        let window = window(self.text, &line, &marked);
        let (excerpt, indent, length) = self.excerpt(&line, &window, &marked);
        Picture { line: number, excerpt, indent, length }
    }

    /// Finds the secrets around a mark; of a line that is a whole document, those near it.
    fn search(&mut self, line: &Range<usize>, mark: usize) {
        let known = &self.searched.part;
        let reaches = known.end == line.end || mark + SECRETS_REACH / 2 <= known.end;
        let covered = known.start >= line.start && known.end <= line.end && known.contains(&mark) && reaches;
        let starts_early = known.start == line.start || mark >= known.start + SECRETS_REACH;
        if covered && starts_early {
            return;
        }
        let start = boundary(self.text, mark.saturating_sub(SECRETS_REACH)).max(line.start);
        let end = boundary(self.text, mark + SECRETS_REACH).min(line.end);
        let found = secret::spans_in_line(&self.text[start..end]).into_iter();
        let secrets = found.map(|span| start + span.start..start + span.end).collect();
        self.searched = Searched { part: start..end, secrets };
    }

    /// The text of a window with its secrets masked, and where the mark stands in it: columns before it and
    /// columns it takes.
    fn excerpt(
        &self,
        line: &Range<usize>,
        window: &Range<usize>,
        marked: &Range<usize>,
    ) -> (String, usize, usize) {
        let mut excerpt = Excerpt { shown: String::new(), columns: 0 };
        excerpt.ellipsis(window.start > line.start);
        let (mut indent, mut until) = (None, 0);
        for (offset, character) in self.text[window.clone()].char_indices() {
            let at = window.start + offset;
            if at >= marked.start && indent.is_none() {
                indent = Some(excerpt.columns);
            }
            match self.searched.at(at) {
                Some(secret) if at == secret.start.max(window.start) => excerpt.text(secret::MASK),
                Some(_) => {}
                None => excerpt.character(character),
            }
            if at < marked.end {
                until = excerpt.columns;
            }
        }
        let indent = indent.unwrap_or(excerpt.columns);
        excerpt.ellipsis(window.end < line.end);
        (excerpt.shown, indent, until.saturating_sub(indent).max(1))
    }
}

impl Searched {
    /// The secret that a byte is part of.
    fn at(&self, at: usize) -> Option<&Range<usize>> {
        let index = self.secrets.partition_point(|secret| secret.end <= at);
        self.secrets.get(index).filter(|secret| secret.contains(&at))
    }
}

/// The bytes of the line that holds an offset, without its line break.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..end - usize::from(text[start..end].ends_with('\r'))
}

/// The part of a line that is shown: all of it, or as much as fits around the mark.
fn window(text: &str, line: &Range<usize>, marked: &Range<usize>) -> Range<usize> {
    if line.len() <= PICTURE_WIDTH {
        return line.clone();
    }
    let before = text[line.start..marked.start].char_indices().rev().take(PICTURE_WIDTH / 2).last();
    let start = before.map_or(marked.start, |(at, _)| line.start + at);
    let rest = text[start..line.end].char_indices().nth(PICTURE_WIDTH);
    start..rest.map_or(line.end, |(at, _)| start + at)
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
    fn a_picture_of_a_long_line_is_drawn_at_once() {
        let text = format!("[{}1 1]", "1,".repeat(4_000_000));
        let start = std::time::Instant::now();
        assert!(picture(&text, &(8_000_001..8_000_002)).excerpt.len() < 100);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[test]
    fn a_picture_masks_secrets() {
        let text = r#"{"token": "abcdef" "x": 1}"#;
        let at = text.find(r#""x""#).expect("x");
        let picture = picture(text, &(at..at + 3));
        assert_eq!(picture.excerpt, r#"{"token": "***" "x": 1}"#);
        assert_eq!(picture.indent, 16);
    }

    #[test]
    fn any_span_can_be_pictured() {
        let long = format!("{}\r\r\nnext", "x".repeat(100));
        for (text, span) in [(long.as_str(), 101..101), (long.as_str(), 102..104), ("é", 1..2), ("", 3..9)] {
            let picture = picture(text, &span);
            assert_eq!((picture.line, picture.length), (1, 1), "{picture:?}");
        }
        #[expect(clippy::reversed_empty_ranges, reason = "any span will do")]
        let turned = picture("abc", &(2..1));
        assert_eq!((turned.indent, turned.length), (2, 1));
    }

    #[test]
    fn the_mark_stands_under_the_whole_of_a_masked_secret() {
        let picture = picture("{\"token\": \"abcdef\"}", &(14..15));
        assert_eq!(
            (picture.excerpt.as_str(), picture.indent, picture.length),
            ("{\"token\": \"***\"}", 11, 3)
        );
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
