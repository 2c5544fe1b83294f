//! Finds secrets by the name before them: `password=…`, `"token": "…"`, `key: |` and the indented lines below it.

use std::ops::Range;

use super::names::{Hint, hint, is_secret_name};
use super::placeholder::is_placeholder;
use super::random::{is_hexadecimal_key, is_random, looks_secret};

/// The maximum length of a name.
const NAME: usize = 128;

/// The values that are assigned to a secret name in any text, in order and without overlaps.
pub(super) fn assigned(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(sign) = next_sign(text, at) {
        at = sign.end;
        if let Some(name) = name_before(text, sign.start)
            && let Some(value) = secret_value(text, name, sign)
        {
            at = value.end.max(at);
            spans.push(value);
        }
    }
    spans
}

/// The next `=`, `:`, `=>`, `:=`, `==` or full-width sign.
fn next_sign(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // The first byte of the full-width signs.
    let start = from + bytes[from..].iter().position(|byte| matches!(byte, b'=' | b':' | 0xef))?;
    if bytes[start] == 0xef {
        let is_wide = text[start..].starts_with(['：', '＝']);
        return if is_wide { Some(start..start + 3) } else { next_sign_behind(text, start) };
    }
    let more =
        bytes[start + 1..].iter().take(2).take_while(|byte| matches!(byte, b'=' | b'>' | b':')).count();
    Some(start..start + 1 + more)
}

fn next_sign_behind(text: &str, wide: usize) -> Option<Range<usize>> {
    let next = text[wide..].chars().next().map_or(1, char::len_utf8);
    let mut at = wide + next;
    // A loop instead of recursion, because a text may consist of full-width characters only.
    loop {
        let start = at + text.as_bytes()[at..].iter().position(|byte| matches!(byte, b'=' | b':' | 0xef))?;
        let character = text[start..].chars().next()?;
        if matches!(character, '=' | ':' | '：' | '＝') {
            return Some(start..start + character.len_utf8());
        }
        at = start + character.len_utf8();
    }
}

/// The name before a sign, without its quotes.
pub(super) fn name_before(text: &str, sign: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut end = sign;
    let quotes = |byte: u8| matches!(byte, b'"' | b'\'' | b'\\' | b'`' | b' ' | b'\t');
    while end > 0 && sign - end < 12 && quotes(bytes[end - 1]) {
        end -= 1;
    }
    for quote in ['”', '’', '“'] {
        end = text[..end].strip_suffix(quote).map_or(end, str::len);
    }
    let is_part =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || *byte >= 0x80;
    let length = bytes[..end].iter().rev().take(NAME).take_while(|byte| is_part(byte)).count();
    let mut start = end - length;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    // A wide sign ends the name before it.
    start = text[start..end].rfind(['：', '＝']).map_or(start, |at| start + at + '：'.len_utf8());
    // The letter of an escape: `\ntoken=`.
    if start > 0 && bytes[start - 1] == b'\\' && matches!(bytes[start], b'n' | b't' | b'r') {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// The value of a name, if it is secret.
fn secret_value(text: &str, name: Range<usize>, sign: Range<usize>) -> Option<Range<usize>> {
    let spelled = &text[name.clone()];
    let strong = is_secret_name(spelled);
    let hint = if strong { None } else { Some(hint(spelled)?) };
    let direct = text[sign.clone()].starts_with(':') && name.end == sign.start;
    let before = text[..name.start].chars().next_back();
    let tight = direct && text[sign.end..].starts_with(|c: char| !c.is_whitespace());
    // The parts of an ARN, the tag of an image, a port.
    if tight && matches!(before, Some(':' | '/' | '@')) {
        return None;
    }
    let value = value(text, &name, sign.end)?;
    let content = text[value.clone()].trim();
    let word = content.split_whitespace().next().unwrap_or_default();
    if content.is_empty() || is_placeholder(content) || is_placeholder(word) || is_code(content) {
        return None;
    }
    let is_secret = match hint {
        None => !(tight && is_version(content)),
        Some(Hint::Strong) => {
            looks_secret(word) || super::commands::has_password(word) && !word.contains('/')
        }
        Some(Hint::Faint) => is_made_by_chance(word),
    };
    is_secret.then_some(value)
}

/// Whether the value of an ambiguous name is a key: not a word, a path or a number.
pub(super) fn is_made_by_chance(value: &str) -> bool {
    let is_address = value.contains("://") || value.starts_with(['/', '.', '~']);
    !is_address
        && (is_random(value)
            || is_hexadecimal_key(value)
            || value.len() >= 20
                && looks_secret(value)
                && !value.contains(['/', ':'])
                && !super::random::reads_like_words(value))
}

/// The span of the value after a sign, without its quotes.
fn value(text: &str, name: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = from;
    let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\\' | b'\r');
    while start < bytes.len() && blank(bytes[start]) {
        start += 1;
    }
    let block = matches!(bytes.get(start), Some(b'|' | b'>'))
        && text[start..].lines().next().is_some_and(|line| line.trim_end().len() <= 3);
    if block || bytes.get(start) == Some(&b'\n') {
        return below(text, name, start);
    }
    // The scheme of a header is not a secret: `Authorization: Bearer …`.
    for kind in ["Bearer ", "Basic ", "bearer ", "basic ", "Token "] {
        start += if text[start..].starts_with(kind) { kind.len() } else { 0 };
    }
    let rest = &text[start..];
    let quote = rest.chars().next().filter(|c| "\"'`“‘".contains(*c));
    let Some(quote) = quote else {
        let ends = |c: char| c.is_whitespace() || "&\"'`,;|<>){}]".contains(c);
        // A placeholder may be in any kind of brackets.
        let opens = rest.find(|c: char| !"<${[(".contains(c)).unwrap_or(0);
        let length = rest[opens..].find(ends).map_or(rest.len(), |length| opens + length);
        let closes = rest[length..].find(|c: char| !">})]".contains(c)).unwrap_or(rest.len() - length);
        let length = if opens > 0 { length + closes } else { length };
        return Some(start..start + length);
    };
    let escaped = start > 0 && bytes[start - 1] == b'\\';
    let close = match quote {
        '“' => '”',
        '‘' => '’',
        other => other,
    };
    let inner = start + quote.len_utf8();
    Some(inner..string_end(text, inner, close, escaped))
}

/// The end of a string's content, before its closing quote or at the end of the line.
fn string_end(text: &str, from: usize, quote: char, escaped: bool) -> usize {
    let mut skip = false;
    for (at, character) in text[from..].char_indices() {
        if character == '\n' || (character == quote && !skip) {
            return from + at;
        }
        if character == quote && escaped {
            return from + at - 1;
        }
        skip = character == '\\' && !skip;
    }
    text.len()
}

/// The lines that are indented below a name, as in YAML, up to the first one that is not.
fn below(text: &str, name: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let line_start = text[..name.start].rfind('\n').map_or(0, |at| at + 1);
    // A block cannot begin in a long line.
    if name.start - line_start > NAME {
        return None;
    }
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let own = indent(&text[line_start..name.start]);
    let start = from + text[from..].find('\n')? + 1;
    let block = text[from..].starts_with(['|', '>']);
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        let content = line.trim();
        let is_inside = indent(line) > own || (content.is_empty() && end > start);
        // Members below the name have names of their own.
        if !is_inside
            || (!block && (content.contains(": ") || content.ends_with(':') || content.contains('=')))
        {
            break;
        }
        end += line.len();
        if !block {
            break;
        }
    }
    let trimmed = text[start..end].trim_end().len();
    let first = trimmed - text[start..start + trimmed].trim_start().len();
    (trimmed > first).then_some(start + first..start + trimmed)
}

/// A call or a member of an object in a program: `os.environ.get(`.
fn is_code(value: &str) -> bool {
    let head = value.split(['(', '[']).next().unwrap_or_default();
    let is_name = !head.is_empty()
        && head.len() < value.len()
        && head.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.'));
    is_name && (value.contains('(') || value.contains("[\""))
}

/// `1.2`, `v3.0-gpu`: the tag of an image whose name contains a word for secrets.
fn is_version(value: &str) -> bool {
    let value = value.strip_prefix('v').unwrap_or(value);
    value.len() < 24 && value.starts_with(|c: char| c.is_ascii_digit()) && value.contains('.')
}
