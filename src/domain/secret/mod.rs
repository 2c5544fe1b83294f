//! Which parts of a text are secrets, so that diffs, pictures, messages and drafts can mask them: by the names of their
//! values, by well-known formats, and by random-looking text. Masks when in doubt, and never changes what is written to
//! a file.

mod alphabet;
mod assigned;
mod base64;
mod chance;
mod commands;
mod document;
mod formats;
mod hinted;
mod line;
mod logins;
mod name_words;
mod names;
mod pairs;
mod pem;
mod pending;
mod placeholder;
mod program;
mod quoted;
mod random;
mod text_pairs;

use std::ops::Range;

pub use document::{spans, spans_within};
pub use line::spans_in_line;
pub use names::{is_access_key_name, is_secret_name};
pub use pending::is_pending;
pub use placeholder::is_placeholder;

use super::json::{Document, read};
use line::spans_line_by_line;

/// What is shown in place of a secret.
pub const MASK: &str = "***";

/// The text with the content of every secret replaced by [`MASK`]; line breaks stay where they are.
#[must_use]
pub fn mask(document: &Document) -> String {
    without(document.text(), &spans(document))
}

/// The byte spans of every secret of a text, JSON or not, in order and without overlaps.
#[must_use]
pub fn spans_in_text(text: &str) -> Vec<Range<usize>> {
    match read(text) {
        Ok(document) => spans(&document),
        Err(_) => spans_line_by_line(text),
    }
}

/// The longest name that is masked with its value.
const LONGEST_NAME: usize = 128;

/// The text, JSON or not, with the content of every secret replaced by [`MASK`]; line breaks stay where they are.
#[must_use]
pub fn mask_text(text: &str) -> String {
    without(text, &spans_in_text(text))
}

/// Masks in a message values that look like keys, the users of URLs, and values assigned to a secret name
/// (`password=…`). If a value in backticks is a name and a secret, all of it is masked: the name is part of the value.
#[must_use]
pub fn mask_words(text: &str) -> String {
    let mut spans = exact(text, "");
    spans.extend(loose(text));
    for span in &mut spans {
        if text[span.end..].starts_with('`')
            && let Some(start) = text[..span.start].strip_suffix('=').and_then(name_in_backticks)
        {
            span.start = start;
        }
    }
    without(text, &apart(spans))
}

/// Where the name begins that a text ends with, if a backtick is before it.
fn name_in_backticks(text: &str) -> Option<usize> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'_' | b'-' | b'.');
    let length = text.bytes().rev().take(LONGEST_NAME).take_while(|byte| is_part(&byte)).count();
    text[..text.len() - length].ends_with('`').then_some(text.len() - length)
}

/// Whether a string looks like an `AccessKey` ID.
#[must_use]
pub fn is_access_key_id(text: &str) -> bool {
    text.starts_with("LTAI") && formats::access_key_ids(text).any(|span| span == (0..text.len()))
}

/// Whether a text contains an `AccessKey` ID.
#[must_use]
pub fn holds_access_key_id(text: &str) -> bool {
    formats::access_key_ids(text).next().is_some()
}

/// Secrets whose ends are certain: blocks, well-known formats, and random text. `name` is the name of the value that
/// the text is, or empty if it has none.
fn exact(text: &str, name: &str) -> Vec<Range<usize>> {
    let blocks = pem::blocks(text);
    let mut spans = formats::find(text);
    spans.extend(chance::find(text, name, &blocks.public));
    spans.extend(blocks.secret);
    apart(spans)
}

/// Secrets whose ends depend on a grammar, which may differ from the guess.
fn loose(text: &str) -> Vec<Range<usize>> {
    let mut spans = assigned::assigned(text);
    spans.extend(logins::in_urls(text));
    spans.extend(logins::in_words(text));
    apart(spans)
}

/// The spans in order; overlapping ones are merged, empty ones removed.
fn apart(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.retain(|span| !span.is_empty());
    spans.sort_by_key(|span| span.start);
    spans.dedup_by(|span, before| {
        let overlap = span.start < before.end;
        if overlap {
            before.end = before.end.max(span.end);
        }
        overlap
    });
    spans
}

/// The text with [`MASK`] in place of each span; its line breaks stay.
fn without(text: &str, spans: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        masked.push_str(&text[at..span.start]);
        let mut lines = text[span.clone()].split_inclusive('\n');
        for line in &mut lines {
            let content = line.trim_end_matches(['\r', '\n']);
            if !content.trim().is_empty() {
                masked.push_str(MASK);
            }
            masked.push_str(&line[content.len()..]);
        }
        at = span.end;
    }
    masked.push_str(&text[at..]);
    masked
}

#[cfg(test)]
mod tests;
