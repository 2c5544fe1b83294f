//! Finds secrets line by line in texts that may not be JSON; masks when in doubt.

use std::ops::Range;

use super::assigned::{is_sentence, string_end};
use super::pending::Pending;
use super::placeholder::is_name_of_secret;
use super::quoted::QuotedWords;
use super::{apart, exact, is_placeholder, is_secret_name, loose};

/// The secrets of one line of a text that need not be JSON: what follows a secret's name, the `"value"` of one, the
/// user and password of a URL, and whatever looks like a secret. In order and without overlaps.
#[must_use]
pub fn spans_in_line(line: &str) -> Vec<Range<usize>> {
    let mut spans = exact(line, "");
    spans.extend(loose(line));
    spans.extend(QuotedWords::default().read(line));
    spans.extend(named_values(line, is_named(line) != Some(false)));
    apart(spans)
}

/// Whether a line contains the name of a variable, and whether that name is a secret name.
fn is_named(line: &str) -> Option<bool> {
    let mut at = 0;
    let mut named = None;
    while let Some(word) = next_word(line, at) {
        at = word.end;
        if is_name_of_secret(line, word.clone()) {
            return Some(true);
        }
        let name = &line[word];
        if name.eq_ignore_ascii_case("name") || name.eq_ignore_ascii_case("key") {
            named = Some(false);
        }
    }
    named
}

/// The values of secrets' names in a line; `values` is whether a `"value"` in it is one.
fn named_values(line: &str, values: bool) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(word) = next_word(line, at) {
        at = word.end;
        let name = &line[word.clone()];
        let secret = is_name_of_secret(line, word);
        if secret || (values && name.eq_ignore_ascii_case("value")) {
            let value = value_in_line(line, at, secret);
            let between = &line[at..value.start];
            at = value.end;
            if !is_placeholder(&line[value.clone()]) && !is_sentence(between, &line[value.start..]) {
                spans.push(value);
            }
        }
    }
    spans
}

/// How many lines before and after a `"value"` are searched for its name.
const NEIGHBOURS: usize = 3;

/// The secrets of a text that is not JSON, each line with what was announced before it.
pub(super) fn spans_line_by_line(text: &str) -> Vec<Range<usize>> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let named: Vec<Option<bool>> = lines.iter().map(|line| is_named(line)).collect();
    let mut start = 0;
    let mut spans = exact(text, "");
    spans.extend(loose(text));
    let mut pending = Pending::default();
    let mut quoted = QuotedWords::default();
    for (index, line) in lines.into_iter().enumerate() {
        let content = line.trim_end_matches(['\r', '\n']);
        let near = &named[index.saturating_sub(NEIGHBOURS)..named.len().min(index + NEIGHBOURS + 1)];
        let values = near.contains(&Some(true)) || near.iter().all(Option::is_none);
        let all = 0..content.len();
        let mut secrets = quoted.read(content);
        secrets.extend(if pending.at(start) { vec![all] } else { named_values(content, values) });
        spans.extend(secrets.into_iter().map(|secret| start + secret.start..start + secret.end));
        let end = start + line.len();
        pending.read(text, start..end);
        start = end;
    }
    apart(spans)
}

/// Whether a line ends with a secret's name, or with a sign behind one.
pub(super) fn leaves_open(line: &str) -> bool {
    let end = line.trim_end().trim_end_matches(['"', '\'', ':', '=', '>', ' ', '\\', '[', '{', '`']);
    let start = end.trim_end_matches(is_in_word).len();
    is_secret_name(&end[start..])
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
    let signed = between.contains([':', '=', '：', '＝']);
    // A name in a list, or the value of another name: `"name": "DB_PASSWORD", …`.
    let ends = line[start..].starts_with([',', '}', ']']);
    // Without a sign only what is quoted is a value: in a sentence the name is followed by words.
    let quoted = between.trim_start_matches(['"', '\'']).trim_start().contains(['"', '\'', '“', '[', '{']);
    if !signed && (!certain || ends || !quoted) || line[start..].is_empty() {
        return start..start;
    }
    let range = match between.chars().next_back() {
        Some(quote @ ('"' | '\'')) if !between.contains(['[', '{']) => {
            start..string_end(line, start, quote, false)
        }
        _ => start..line.len(),
    };
    // Only a string that ends where a value may end is sure to be the whole secret.
    let behind = line[range.end..].trim_start_matches(['"', '\'']).trim_start();
    let whole = behind.is_empty() || behind.starts_with([',', '}', ']']);
    let range = if whole { range } else { start..line.len() };
    range.start..range.start + line[range].trim_end().len()
}
