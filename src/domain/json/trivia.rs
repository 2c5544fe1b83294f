//! White space, comments and commas between the values of a text that the reader has accepted.

use std::ops::Range;

use super::read::comment_length;

/// Where the comma behind an item stands, white space and comments skipped.
pub(super) fn comma_after(text: &str, end: usize) -> Option<usize> {
    let at = trivia_end(text, end);
    text[at..].starts_with(',').then_some(at)
}

/// Where the next token stands.
pub(super) fn trivia_end(text: &str, from: usize) -> usize {
    let at = end_of_last_comment(text, from);
    text.len() - text[at..].trim_start_matches(WHITE_SPACE).len()
}

/// The end of the last comment before the next token; `from` where there is none.
pub(super) fn end_of_last_comment(text: &str, from: usize) -> usize {
    last_comment(text, from).map_or(from, |comment| comment.end)
}

/// The last comment before the next token, without its line break.
pub(super) fn last_comment(text: &str, from: usize) -> Option<Range<usize>> {
    let mut last = None;
    let mut at = from;
    while let Some(comment) = comment_in(text, at, &WHITE_SPACE) {
        at = comment.end;
        last = Some(comment);
    }
    last
}

/// The comment that starts at `from`, some white space skipped.
pub(super) fn comment_in(text: &str, from: usize, skipped: &[char]) -> Option<Range<usize>> {
    let rest = text[from..].trim_start_matches(skipped);
    let comment = &rest[..comment_length(rest)?];
    let shown =
        if comment.starts_with("//") { comment.strip_suffix('\r').unwrap_or(comment) } else { comment };
    let start = text.len() - rest.len();
    Some(start..start + shown.len())
}

/// The line break at `at`, so that what is put before it has one of the same kind.
pub(super) fn line_break_at(text: &str, at: usize) -> Option<&'static str> {
    ["\n", "\r\n"].into_iter().find(|line_break| text[at..].starts_with(line_break))
}

/// White space of JSON; what else Unicode counts as such can be the end of a comment.
pub(super) const WHITE_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

pub(super) fn is_blank(text: &str) -> bool {
    text.trim_matches(WHITE_SPACE).is_empty()
}

/// The end of the line of `from` when only white space and comments follow there, else of the last comment.
pub(super) fn end_of_line_comment(text: &str, from: usize) -> usize {
    let mut end = from;
    while let Some(comment) = comment_in(text, end, &[' ', '\t']) {
        end = comment.end;
    }
    let behind_at = text.len() - text[end..].trim_start_matches([' ', '\t']).len();
    if line_break_at(text, behind_at).is_some() { behind_at } else { end }
}
