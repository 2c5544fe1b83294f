//! Secrets in texts that need not be JSON, line by line; errs towards masking.

use std::ops::Range;

use super::{access_key_ids, apart, is_secret_name, users_in_urls};

/// The secrets of one line of a text that need not be JSON: what follows a secret's name, every `"value"`, the
/// user and password of a URL, and whatever looks like an `AccessKey` ID. In order and apart.
#[must_use]
pub fn spans_in_line(line: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<_> = access_key_ids(line).chain(users_in_urls(line)).collect();
    let mut at = 0;
    while let Some(word) = next_word(line, at) {
        at = word.end;
        let name = &line[word];
        let secret = is_secret_name(name);
        if secret || name.eq_ignore_ascii_case("value") {
            let value = value_in_line(line, at, secret);
            at = value.end;
            spans.push(value);
        }
    }
    apart(spans)
}

pub(super) fn next_word(line: &str, from: usize) -> Option<Range<usize>> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let start = from + line[from..].find(in_word)?;
    let length = line[start..].find(|c| !in_word(c)).unwrap_or(line.len() - start);
    Some(start..start + length)
}

/// The value that follows a name, however the two are quoted and parted; empty where there is none. Of a list or
/// an object, all that follows.
fn value_in_line(line: &str, name_end: usize, certain: bool) -> Range<usize> {
    let parts = |c: char| c.is_whitespace() || ":=>：＝\\\"'`“”‘’[{".contains(c);
    let start = line[name_end..].find(|c| !parts(c)).map_or(line.len(), |at| name_end + at);
    let between = &line[name_end..start];
    // A name in a list, or the value of another name: `"name": "DB_PASSWORD", …`.
    let ends = line[start..].starts_with([',', '}', ']']);
    if (!certain || ends) && !between.contains([':', '=', '：', '＝']) {
        return start..start;
    }
    let range = match between.chars().next_back() {
        Some(quote @ ('"' | '\'')) if !between.contains(['[', '{']) => start..string_end(line, start, quote),
        _ => start..line.len(),
    };
    // Only a string that ends where a value may end is sure to be the whole secret.
    let behind = line[range.end..].trim_start_matches(['"', '\'']).trim_start();
    let whole = behind.is_empty() || behind.starts_with([',', '}', ']']);
    let range = if whole { range } else { start..line.len() };
    range.start..range.start + line[range].trim_end().len()
}

/// The end of a string's content, before its closing quote or at the end of the line.
fn string_end(line: &str, from: usize, quote: char) -> usize {
    let mut escaped = false;
    let end = line[from..].find(|character| {
        let end = character == quote && !escaped;
        escaped = character == '\\' && !escaped;
        end
    });
    end.map_or(line.len(), |length| from + length)
}

/// Whether a secret has been announced before `at` and not yet ended: its name stands on an earlier line, and no
/// comma since, or its list or object is still open. For texts that are not JSON; errs towards masking.
#[must_use]
pub fn is_pending(text: &str, at: usize) -> bool {
    let from =
        (0..=at.saturating_sub(PENDING_REACH)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let before = &text[from..at];
    let mut from = 0;
    while let Some(word) = next_word(before, from) {
        from = word.end;
        let name = &before[word];
        let announces = is_secret_name(name) || name.eq_ignore_ascii_case("value");
        if announces && goes_on(&before[from..]) {
            return true;
        }
    }
    false
}

/// Whether the value that follows a secret's name has not ended yet.
fn goes_on(since: &str) -> bool {
    let value = since.trim_start_matches(['"', '\'', '\\', '`']).trim_start();
    let value = value.trim_start_matches([':', '=', '>', '：', '＝']).trim_start();
    match value.chars().next() {
        // No comma in a comment ends anything.
        None | Some('/' | '#') => true,
        Some('[' | '{') => is_open(value),
        Some(quote @ ('"' | '\'')) => string_end(value, 1, quote) == value.len(),
        Some(_) => !value.contains([',', '}', ']']),
    }
}

/// Whether the list or object with which a text begins has not ended in it; brackets in strings do not count.
fn is_open(value: &str) -> bool {
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    for character in value.chars() {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return false;
        }
    }
    true
}

/// How many bytes before a line are searched for the name of a secret that goes on in it.
const PENDING_REACH: usize = 1 << 12;
