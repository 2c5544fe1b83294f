//! Takes out what strict JSON does not have, comments and trailing commas; every other byte stays.

use std::ops::Range;

use super::edit::splice;
use super::remove::spans;
use super::style::own_line;
use super::trivia::{comma_after, line_break_at};
use super::{Document, Kind};

const BLANK: [char; 2] = [' ', '\t'];

/// The document without its comments; a line on which nothing else stands goes with them.
#[must_use]
pub fn without_comments(document: &Document) -> String {
    let text = document.text();
    splice(text, &runs(document).into_iter().map(|run| (cut(text, run), String::new())).collect::<Vec<_>>())
}

/// The document without the commas behind last items.
#[must_use]
pub fn without_trailing_commas(document: &Document) -> String {
    let text = document.text();
    let containers = document.values().filter(|value| matches!(value.kind(), Kind::Object | Kind::Array));
    let ends = containers.filter_map(|container| spans(container).last()).map(|last| last.end);
    let mut commas: Vec<usize> = ends.filter_map(|end| comma_after(text, end)).collect();
    commas.sort_unstable();
    splice(text, &commas.into_iter().map(|comma| (comma..comma + 1, String::new())).collect::<Vec<_>>())
}

/// The comments; those with only blanks between them as one.
fn runs(document: &Document) -> Vec<Range<usize>> {
    let text = document.text();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for comment in document.comments() {
        let is_line = text[comment.clone()].starts_with("//");
        let carriage_return = is_line && text[..comment.end].ends_with('\r');
        let end = comment.end - usize::from(carriage_return);
        match runs.last_mut().filter(|run| text[run.end..comment.start].trim_matches(BLANK).is_empty()) {
            Some(run) => run.end = end,
            None => runs.push(comment.start..end),
        }
    }
    runs
}

/// What goes along with a comment: its line where nothing else is on it, else the blanks on one side.
fn cut(text: &str, comment: Range<usize>) -> Range<usize> {
    let behind = text.len() - text[comment.end..].trim_start_matches(BLANK).len();
    let line_break = line_break_at(text, behind);
    let ends_line = line_break.is_some() || behind == text.len();
    let before = text[..comment.start].trim_end_matches(BLANK).len();
    match own_line(text, comment.start) {
        Some(_) if ends_line => before..behind + line_break.map_or(0, str::len),
        None if ends_line => before..behind,
        None if before < comment.start => before..comment.end,
        _ => comment.start..behind,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn comments_go_with_the_line_that_they_fill() {
        for (text, expected) in [
            ("// head\n{}\n", "{}\n"),
            ("\u{feff}// head\n{}", "\u{feff}{}"),
            ("{} // tail", "{}"),
            ("{}\r\n// tail\r\n", "{}\r\n"),
            (
                "{\r\n\t// a\r\n\t\"a\": 1, // b\r\n\t\"b\": 2 /* c */ // d\r\n}",
                "{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}",
            ),
            ("{\n  /* a\n     b */\n  \"a\": 1\n}", "{\n  \"a\": 1\n}"),
            ("{\n  /* a */ \"a\": 1\n}", "{\n  \"a\": 1\n}"),
            ("[/* a */ 1, /* b */ 2 /* c */]", "[1, 2]"),
            ("{\"a\":/* why */1}", "{\"a\":1}"),
            ("{\"a\": \"// no\" /* why */, \"b\": 1}", "{\"a\": \"// no\", \"b\": 1}"),
        ] {
            assert_eq!(without_comments(&read(text).expect(text)), expected, "{text}");
        }
    }

    #[test]
    fn trailing_commas_go_alone() {
        for (text, expected) in [
            ("[[1, ], {\"a\": [2,] /* b */ , }]", "[[1 ], {\"a\": [2] /* b */  }]"),
            ("{\r\n  \"a\": 1, // last\r\n}", "{\r\n  \"a\": 1 // last\r\n}"),
            ("[1, 2]", "[1, 2]"),
        ] {
            assert_eq!(without_trailing_commas(&read(text).expect(text)), expected, "{text}");
        }
    }
}
