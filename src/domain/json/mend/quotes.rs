//! Mends strings: quotation marks that are missing or other ones, and what may not stand between them.

use std::ops::Range;

use serde_json::Value as Tree;

use super::super::edit::splice;
use super::super::read::read;
use super::super::trivia::trivia_end;
use super::{Before, is_followed};

/// Quotation marks that stand for each other.
const FAMILIES: [&str; 5] = ["'", "`", "“”„‟＂", "‘’‚‛", "«»"];

/// Quotes around a name, or the opening one if the closing one is there.
pub(super) fn quote_name(text: &str, span: &Range<usize>) -> Option<String> {
    let is_plain = |c: char| c.is_alphanumeric() || "_-.$".contains(c);
    if !text[span.clone()].chars().all(is_plain) {
        return None;
    }
    let is_closed = text[span.end..].starts_with('"');
    let end = span.end + usize::from(is_closed);
    let closing = if is_closed { "" } else { "\"" };
    let quotes = [(span.start..span.start, "\"".to_owned()), (span.end..span.end, closing.to_owned())];
    text[trivia_end(text, end)..].starts_with([':', '=']).then(|| splice(text, &quotes))
}

/// Quotes around a value of one word, such as an ARN or a path, or the opening one if the closing one is there.
pub(super) fn quote_word(text: &str, start: usize) -> Option<String> {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./:@*~".contains(c);
    let rest = &text[start..];
    let end = start + rest.find(|c| !is_plain(c)).unwrap_or(rest.len());
    let word = &text[start..end];
    // What other languages take for a boolean.
    let is_switch = ["yes", "no", "on", "off"].iter().any(|switch| word.eq_ignore_ascii_case(switch));
    let is_closed = text[end..].starts_with('"');
    let behind = end + usize::from(is_closed);
    let closing = if is_closed { "" } else { "\"" };
    let is_name = word.ends_with(':') || text[trivia_end(text, behind)..].starts_with(':');
    let is_value = !is_switch && !is_name && is_followed(text, behind);
    let is_inside = Before::of(text, start).in_object(text).is_some();
    let quotes = [(start..start, "\"".to_owned()), (end..end, closing.to_owned())];
    (is_value && is_inside).then(|| splice(text, &quotes))
}

/// Double quotes for the other ones around a name or a value.
pub(super) fn requote(text: &str, start: usize) -> Option<String> {
    let opening = text[start..].chars().next()?;
    let family = FAMILIES.into_iter().find(|family| family.contains(opening))?;
    let inner = start + opening.len_utf8();
    let (length, content) = content(&text[inner..], family)?;
    // `${…}` between back quotes is code that a template would run.
    let is_text = opening != '`' || !content.contains("${");
    let end = inner + length;
    let is_certain = is_text && is_followed(text, end);
    is_certain.then(|| splice(text, &[(start..end, format!("\"{content}\""))]))
}

/// What stands before the closing one of a family of quotes, written for double quotes, and its length with that
/// quote; `None` if it holds what no string may.
fn content(text: &str, closing: &str) -> Option<(usize, String)> {
    let mut content = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            _ if closing.contains(character) => return Some((at + character.len_utf8(), content)),
            '\\' => match characters.next()?.1 {
                quote if closing.contains(quote) => content.push(quote),
                escaped => content.extend(['\\', escaped]),
            },
            '"' => content.push_str("\\\""),
            '\0'..' ' => return None,
            _ => content.push(character),
        }
    }
    None
}

/// Straight quotes for typographic ones: both, or the closing one of a string that starts with a straight one.
pub(super) fn straighten(text: &str, span: &Range<usize>) -> Option<String> {
    if !Before::of(text, span.start).in_string {
        return requote(text, span.start);
    }
    is_followed(text, span.end).then(|| splice(text, &[(span.clone(), "\"".to_owned())]))
}

/// The one change that makes the document whole: the string closed on its line, or its line breaks as escapes.
pub(super) fn end_or_escape(text: &str, span: &Range<usize>) -> Option<String> {
    let line = text[span.clone()].trim_end_matches([' ', '\t']);
    let line = line.strip_suffix(',').unwrap_or(line);
    let end = span.start + line.len();
    let closed = Some(splice(text, &[(end..end, "\"".to_owned())]));
    let escaped = quote_behind(text, span.start + 1).map(|quote| escape_between(text, span.start + 1..quote));
    let whole = [closed, escaped].into_iter().flatten().filter(|after| read(after).is_ok());
    let mut whole = whole.collect::<Vec<_>>().into_iter();
    whole.next().filter(|_| whole.next().is_none())
}

/// Escapes for the control characters from one of them to the end of its string.
pub(super) fn escape_controls(text: &str, start: usize) -> Option<String> {
    let quote = quote_behind(text, start)?;
    let is_one_line = !text[start..quote].contains(['\n', '\r']);
    (is_one_line && is_followed(text, quote + 1)).then(|| escape_between(text, start..quote))
}

/// The next quote that is not escaped.
fn quote_behind(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += text[at..].find(['"', '\\'])?;
        if text[at..].starts_with('"') {
            return Some(at);
        }
        at += 1 + text[at + 1..].chars().next()?.len_utf8();
    }
}

fn escape_between(text: &str, range: Range<usize>) -> String {
    let lines = text[range.clone()].replace("\r\n", "\n");
    let escaped: String = lines.chars().map(escaped).collect();
    splice(text, &[(range, escaped)])
}

fn escaped(character: char) -> String {
    if character >= ' ' {
        return character.to_string();
    }
    let quoted = Tree::from(character.to_string()).to_string();
    quoted.trim_matches('"').to_owned()
}
