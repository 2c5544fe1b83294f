//! Text broken into lines of a width in terminal columns; it colours nothing.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::domain::text::visible_line;

/// How many columns a text takes.
#[must_use]
pub fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// The text on one line and harmless, cut to a width; what is cut ends in `ellipsis`.
#[must_use]
pub fn cut<'t>(text: &'t str, columns: u16, ellipsis: &str) -> Cow<'t, str> {
    let shown = visible_line(text);
    if width(&shown) <= columns {
        return shown;
    }
    let room = columns.saturating_sub(width(ellipsis));
    let mut kept = head(&shown, room).to_owned();
    if width(ellipsis) <= columns {
        kept.push_str(ellipsis);
    }
    Cow::Owned(kept)
}

/// As much of the start of a text as fits.
fn head(text: &str, columns: u16) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// The text in lines no wider than `columns`, broken at spaces, in a long word anywhere; line breaks stay.
#[must_use]
pub fn wrap(text: &str, columns: u16) -> Vec<String> {
    let columns = columns.max(1);
    text.lines().flat_map(|line| wrap_line(&visible_line(line), columns)).collect()
}

/// Like [`wrap`], with what is broken standing under the text that it belongs to: behind the indent, a number
/// (`1. `) or a label (`fix: `).
#[must_use]
pub fn wrap_hanging(line: &str, columns: u16) -> Vec<String> {
    let start = line.len() - line.trim_start().len();
    let text = &line[start..];
    let label = text.find(' ').filter(|end| text[..*end].ends_with([':', '.']) && *end < 6);
    let head = start + label.map_or(0, |end| text.len() - text[end..].trim_start().len());
    let indent = width(&line[..head]);
    if indent > columns / 2 {
        return wrap(line, columns);
    }
    let mut lines = wrap(&line[head..], columns.saturating_sub(indent));
    if lines.is_empty() {
        lines.push(String::new());
    }
    let place = |(at, text): (usize, String)| {
        let before = if at == 0 { line[..head].to_owned() } else { " ".repeat(usize::from(indent)) };
        format!("{before}{text}")
    };
    lines.into_iter().enumerate().map(place).collect()
}

fn wrap_line(line: &str, columns: u16) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in line.split_inclusive(' ') {
        let bare = width(word.trim_end_matches(' '));
        if used > 0 && used + bare > columns {
            lines.push(String::new());
            used = 0;
        }
        let mut rest = word;
        while width(rest.trim_end_matches(' ')) > columns - used.min(columns) {
            let part = head(rest, columns - used);
            let part = if part.is_empty() { rest.graphemes(true).next().unwrap_or(rest) } else { part };
            push(&mut lines, part);
            rest = &rest[part.len()..];
            lines.push(String::new());
            used = 0;
        }
        push(&mut lines, rest);
        used += width(rest);
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

fn push(lines: &mut [String], part: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("a longword b", 4), ["a", "long", "word", "b"]);
        assert_eq!(wrap("名前は長い", 4), ["名前", "は長", "い"]);
        assert_eq!(wrap("", 4), Vec::<String>::new());
    }

    #[test]
    fn what_is_broken_stands_under_its_text() {
        assert_eq!(wrap_hanging("1. one two", 7), ["1. one", "   two"]);
        assert_eq!(wrap_hanging("   fix:  one two three", 20), ["   fix:  one two", "         three"]);
        assert_eq!(wrap_hanging("", 7), [""]);
    }

    #[test]
    fn no_line_is_too_wide() {
        let text = "Reaches whatever you grant to a RAM role of your own: 日本語 text and a_very_long_identifier_here.";
        for columns in 2..60 {
            assert!(wrap(text, columns).iter().all(|line| width(line) <= columns), "{columns}");
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(cut("abcdef", 4, "…"), "abc…");
        assert_eq!(cut("名前名前", 5, "…"), "名前…");
        assert_eq!(cut("a\u{1b}[1m", 9, "…"), "a␛[1m");
    }
}
