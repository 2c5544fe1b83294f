//! Mends brackets that are missing, wrong or too many.

use std::ops::Range;

use super::super::edit::splice;
use super::super::read::read;
use super::super::style::{indent_of_line, own_line};
use super::super::trivia::{WHITE_SPACE, end_of_line_comment, trivia_end};
use super::Before;

type Splice = (Range<usize>, String);

/// Closes everything that is open at the end, if the text ends behind a whole item: behind a comma, a colon or an
/// opening bracket more was to come.
pub(super) fn close_all(text: &str, place: usize) -> Option<String> {
    let before = Before::of(text, place);
    if text[..before.end].ends_with([',', ':', '{', '[']) {
        return None;
    }
    let after = splice(text, &closings(text, before.end, &before.open));
    read(&after).is_ok().then_some(after)
}

/// The one change of one bracket that makes the document whole: the missing one before it, the right one in its
/// place, or none.
pub(super) fn put_right(text: &str, span: &Range<usize>) -> Option<String> {
    let before = Before::of(text, span.start);
    let open = *before.open.last()?;
    let changes = [
        closings(text, before.end, &[open]),
        vec![(span.clone(), closing(text, open).to_string())],
        vec![(span.clone(), String::new())],
    ];
    let whole = changes.iter().map(|change| splice(text, change)).filter(|after| read(after).is_ok());
    let mut whole = whole.collect::<Vec<_>>().into_iter();
    whole.next().filter(|_| whole.next().is_none())
}

/// Nothing for the brackets behind the end, if nothing else stands there.
pub(super) fn remove_surplus(text: &str, span: &Range<usize>) -> Option<String> {
    let tail = text[span.start..].trim_end_matches(WHITE_SPACE);
    let is_surplus = |c: char| matches!(c, '}' | ']') || WHITE_SPACE.contains(&c);
    let start = text[..span.start].trim_end_matches(WHITE_SPACE).len();
    let end = span.start + tail.len();
    tail.chars().all(is_surplus).then(|| splice(text, &[(start..end, String::new())]))
}

fn closing(text: &str, open: usize) -> char {
    if text[open..].starts_with('{') { '}' } else { ']' }
}

/// The closing brackets for these open ones, innermost first: right behind the last item, or on lines of their own
/// where the items stand on such.
fn closings(text: &str, end: usize, open: &[usize]) -> Vec<Splice> {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (mut beside, mut below) = (String::new(), String::new());
    for &open in open.iter().rev() {
        if own_line(text, trivia_end(text, open + 1)).is_some() {
            below.push_str(newline);
            below.push_str(indent_of_line(text, open));
            below.push(closing(text, open));
        } else if below.is_empty() {
            beside.push(closing(text, open));
        } else {
            below.push(closing(text, open));
        }
    }
    let line_end = if below.is_empty() { end } else { end_of_line_comment(text, end) };
    vec![(end..end, beside), (line_end..line_end, below)]
}
