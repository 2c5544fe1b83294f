//! A line of a text as a picture: the part in question marked, secrets masked, nothing that steers a terminal.

use std::cell::OnceCell;
use std::ops::Range;

use serde::Serialize;
use unicode_width::UnicodeWidthChar;

use super::text::{boundary, place, visible_line};
use super::{json, secret};

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
    /// The text as JSON, where it is some, once it was needed.
    document: OnceCell<Option<json::Document<'t>>>,
    /// The line drawn last.
    line: Range<usize>,
}

/// A part of a line and the secrets in it, by their bytes in the text.
#[derive(Debug, Default)]
struct Searched {
    part: Range<usize>,
    secrets: Vec<Range<usize>>,
}

/// How many bytes before and behind a mark are searched for secrets: more than a key or certificate takes.
const SECRETS_REACH: usize = 1 << 16;

/// How many bytes behind a mark are searched at once in JSON, for the pictures that follow.
const BLOCK: usize = 1 << 20;

/// More bytes than a picture shows on either side of its mark.
const SHOWN: usize = 1 << 10;

impl<'t> Pictures<'t> {
    /// The pictures of this text.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { text, searched: Searched::default(), document: OnceCell::new(), line: 0..0 }
    }

    /// Draws the line in which `span` starts, whose number the caller knows: counting lines for each of many
    /// pictures would walk the text as often.
    #[must_use]
    pub fn draw(&mut self, number: usize, span: &Range<usize>) -> Picture {
        let from = boundary(self.text, span.start);
        if !(self.line.contains(&from) || self.line.end == from && !self.line.is_empty()) {
            self.line = line_around(self.text, from);
        }
        let line = self.line.clone();
        let from = from.min(line.end);
        self.search(&line, from);
        let from = self.searched.at(from).map_or(from, |secret| secret.start);
        let marked = from..span.end.clamp(from, line.end);
        let window = window(self.text, &line, &marked);
        let (excerpt, indent, length) = self.excerpt(&line, &window, &marked);
        Picture { line: number, excerpt, indent, length }
    }

    /// Finds the secrets around a mark, in JSON by their names and places, in other texts line by line.
    fn search(&mut self, line: &Range<usize>, mark: usize) {
        let text = self.text;
        let Some(document) = self.document.get_or_init(|| json::read(text).ok()) else {
            return self.search_line(line, mark);
        };
        let known = &self.searched.part;
        let early = known.start == 0 || known.start + SHOWN <= mark;
        if !(early && (known.end == text.len() || mark + SHOWN <= known.end) && known.contains(&mark)) {
            let part = boundary(text, mark.saturating_sub(SECRETS_REACH))..boundary(text, mark + BLOCK);
            let secrets = secret::spans_within(document, &part);
            self.searched = Searched { part, secrets };
        }
    }

    fn search_line(&mut self, line: &Range<usize>, mark: usize) {
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
        let secrets = if secret::is_pending(self.text, line.start) {
            vec![line.clone()]
        } else {
            found.map(|span| start + span.start..start + span.end).collect()
        };
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
    use crate::processor_time::processor_time;

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
        let start = processor_time();
        assert!(picture(&text, &(8_000_001..8_000_002)).excerpt.len() < 100);
        let took = processor_time().saturating_sub(start);
        assert!(took.as_secs() < 5, "{took:?}");
    }

    #[test]
    fn a_picture_masks_secrets() {
        for (text, excerpt) in [
            (r#"{"token": "abcdef", "x": 1}"#, r#"{"token": "***", "x": 1}"#),
            (r#"{"\u0074oken": "abcdef", "x": 1}"#, r#"{"\u0074oken": "***", "x": 1}"#),
            (r#"{"token": "abcdef" "x": 1}"#, r#"{"token": "***"#),
            (r#"{"token": "abc"def", "x": 1}"#, r#"{"token": "***"#),
            (r#"{"token": abc,def, "x": 1}"#, r#"{"token": ***"#),
        ] {
            let at = text.find(r#""x""#).expect("x");
            assert_eq!(picture(text, &(at..at + 3)).excerpt, excerpt, "{text}");
        }
    }

    #[test]
    fn a_secret_that_goes_on_is_masked_on_the_next_line() {
        for text in [
            "{\"token\":\n \"CANARY\"\n \"x\":1}",
            "{\"secrets\": [\n \"a\",\n \"CANARY\"\n \"b\"]}",
            "[{\"name\":\"DB_PASSWORD\",\n\"value\":\n\"CANARY\" }x",
        ] {
            let at = text.find("CANARY").expect("the canary");
            assert!(!picture(text, &(at..at + 6)).excerpt.contains("CANARY"), "{text}");
        }
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
}
