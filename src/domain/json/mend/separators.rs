//! Mends commas, semicolons and colons that are missing, wrong or too many.

use std::ops::Range;

use super::super::edit::splice;
use super::super::trivia::{WHITE_SPACE, trivia_end};
use super::{Before, is_name};

/// A comma behind the item that ends at `end`, where the next one plainly starts. A quote right behind a quote, or a
/// word behind one, may as well belong to the text.
pub(super) fn add_comma(text: &str, end: usize) -> Option<String> {
    let next = trivia_end(text, end);
    let starts = |starts: &[char]| text[next..].starts_with(starts);
    let is_value = || starts(&['"', '{', '[']) || text[end..next].contains('\n');
    let in_object = Before::of(text, end).in_object(text)?;
    let is_item = is_name(text, next) == in_object && (in_object || is_value());
    (is_item && !touches(text, end, next)).then(|| splice(text, &[(end..end, ",".to_owned())]))
}

/// A colon behind the name that ends at `end`, where a value follows.
pub(super) fn add_colon(text: &str, end: usize) -> Option<String> {
    let next = trivia_end(text, end);
    let is_value = text[next..].starts_with(|c: char| c.is_alphanumeric() || "\"{[-".contains(c));
    let is_certain = is_value && !is_name(text, next) && !touches(text, end, next);
    is_certain.then(|| splice(text, &[(end..end, ":".to_owned())]))
}

/// Two strings without anything between them: `"a""b"`, a doubled quote of CSV.
fn touches(text: &str, end: usize, next: usize) -> bool {
    end == next && text[..end].ends_with('"') && text[next..].starts_with('"')
}

/// All the commas that stand at one place of an object where a name belongs.
pub(super) fn remove_commas(text: &str, span: &Range<usize>) -> String {
    let rest = &text[span.start..];
    let behind = rest.trim_start_matches([' ', '\t', '\n', '\r', ',']).len();
    let end = text[..text.len() - behind].trim_end_matches(WHITE_SPACE).len();
    splice(text, &[(span.start..end, String::new())])
}

/// A comma for a semicolon, or nothing before a closing bracket.
pub(super) fn replace_semicolon(text: &str, span: &Range<usize>) -> String {
    let is_last = text[trivia_end(text, span.end)..].starts_with(['}', ']']);
    let with = if is_last { "" } else { "," };
    splice(text, &[(span.clone(), with.to_owned())])
}

/// Nothing for commas and semicolons behind the end of the document.
pub(super) fn remove_trailing(text: &str, span: &Range<usize>) -> Option<String> {
    let tail = text[span.start..].trim_end_matches(WHITE_SPACE);
    let is_surplus = |c: char| matches!(c, ',' | ';') || WHITE_SPACE.contains(&c);
    let end = span.start + tail.len();
    tail.chars().all(is_surplus).then(|| splice(text, &[(span.start..end, String::new())]))
}
