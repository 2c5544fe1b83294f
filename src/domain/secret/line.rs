//! Secrets in texts that need not be JSON, line by line; errs towards masking.

use std::ops::Range;

use super::pending::Pending;
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

/// The secrets of a text that is not JSON, each line with what was announced before it.
pub(super) fn spans_line_by_line(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut spans = Vec::new();
    let mut pending = Pending::default();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\r', '\n']);
        let all = 0..content.len();
        let secrets = if pending.at(start) { vec![all] } else { spans_in_line(content) };
        spans.extend(secrets.into_iter().map(|secret| start + secret.start..start + secret.end));
        let end = start + line.len();
        pending.read(text, start..end);
        start = end;
    }
    apart(spans)
}

/// Whether any word of a line is a secret's name.
pub(super) fn names_a_secret(line: &str) -> bool {
    let mut at = 0;
    std::iter::from_fn(|| {
        let word = next_word(line, at)?;
        at = word.end;
        Some(word)
    })
    .any(|word| is_secret_name(&line[word]))
}

fn next_word(line: &str, from: usize) -> Option<Range<usize>> {
    let start = from + line[from..].find(is_in_word)?;
    let length = line[start..].find(|c| !is_in_word(c)).unwrap_or(line.len() - start);
    Some(start..start + length)
}

/// Whether a character belongs to a word.
pub(super) fn is_in_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-')
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
