//! Finds secrets by the name before them: `password=…`, `"token": "…"`, `key: |` and the indented lines below it.

use std::ops::Range;

use super::apart;
use super::hinted::fits;
use super::names::{Hint, hint, is_prose, is_secret_name};
use super::placeholder::is_placeholder;
use super::program::has_password;
use super::text_pairs::TextPairs;

/// The maximum length of a name.
const NAME: usize = 128;

/// How many bytes after its name a value of a name that only hints at a secret is looked for.
pub(super) const NEAR: usize = 512;

/// The values that are assigned to a secret name in any text, in order and without overlaps.
pub(super) fn assigned(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut pairs = TextPairs::default();
    let mut at = 0;
    while let Some(sign) = next_sign(text, at) {
        at = sign.end;
        let Some(name) = name_at(text, &sign) else { continue };
        let value = secret_value(text, name.clone(), sign.clone());
        if let Some(value) = value.or_else(|| pairs.next(text, &name, &sign)) {
            at = value.end.max(at);
            spans.push(value);
        }
    }
    apart(spans)
}

/// The next `=`, `:`, `=>`, `:=`, `==`, full-width sign, percent-encoded sign, or end of a tag.
fn next_sign(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_sign = |byte: &u8| matches!(byte, b'=' | b':' | b'>' | b'%' | 0xef);
    let mut at = from;
    loop {
        let start = at + bytes[at..].iter().position(is_sign)?;
        match bytes[start] {
            // The first byte of the full-width signs.
            0xef if text[start..].starts_with(['：', '＝']) => return Some(start..start + 3),
            b'%' if matches!(bytes.get(start + 1..start + 3), Some([b'3', b'D' | b'd' | b'A' | b'a'])) => {
                return Some(start..start + 3);
            }
            b'>' => return Some(start..start + 1),
            b'=' | b':' => {
                let more = |byte: &&u8| matches!(**byte, b'=' | b'>' | b':');
                let more = bytes[start + 1..].iter().take(2).take_while(more).count();
                return Some(start..start + 1 + more);
            }
            0xef => at = start + 3,
            _ => at = start + 1,
        }
    }
}

/// The name that a sign belongs to: before it, or the name of the tag that it closes.
fn name_at(text: &str, sign: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if bytes[sign.start] != b'>' {
        return name_before(text, sign.start);
    }
    let from = sign.start.saturating_sub(NAME);
    let open = from + bytes[from..sign.start].iter().rposition(|byte| *byte == b'<')? + 1;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'_' | b'-' | b'.' | b':');
    let length = bytes[open..sign.start].iter().take_while(is_part).count();
    (length > 0).then_some(open..open + length)
}

/// The end of the part of a text that is near a place.
pub(super) fn near(text: &str, at: usize) -> usize {
    let end = text.len().min(at + NEAR);
    (end..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len())
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
    let part = if strong { text } else { &text[..near(text, sign.end)] };
    let value = value(part, &name, &sign)?;
    let content = text[value.clone()].trim();
    let word = content.split_whitespace().next().unwrap_or_default();
    let is_other = is_placeholder(content) || is_placeholder(word) || is_code(content);
    if content.is_empty() || is_other || is_sentence(&text[sign.start..value.start], &text[value.start..]) {
        return None;
    }
    let is_secret = match hint {
        None => !(tight && is_version(content)),
        Some(hint) => {
            fits(hint, word) || hint == Hint::Strong && has_password(word, ":") && !word.contains('/')
        }
    };
    is_secret.then_some(value)
}

/// Whether what follows a name is the rest of a sentence and not a value: `the password: see the wiki`, `token: 0.002
/// per 1k`, `密码：见文档`. `between` is what is between the name and `rest`.
pub(super) fn is_sentence(between: &str, rest: &str) -> bool {
    if !between.starts_with([':', '：']) || between.contains(['"', '\'', '`', '“', '‘']) {
        return false;
    }
    let rest = &rest[..near(rest, 0)];
    let end = rest.find(|c: char| c.is_whitespace() || "&\"'`,;|<>){}]".contains(c)).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    let goes_on = || {
        let next = behind.trim_start_matches([' ', '\t', ',']);
        next.len() < behind.len() && next.starts_with(char::is_alphanumeric)
    };
    let is_decimal = word.contains('.') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_foreign = word.chars().all(|c| !c.is_ascii() && c.is_alphabetic());
    is_decimal || is_foreign && !word.is_empty() || is_prose(word) && goes_on()
}

/// The span of the value after a sign, without its quotes.
pub(super) fn value(text: &str, name: &Range<usize>, sign: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let from = sign.end;
    if bytes[sign.start] == b'>' {
        let length = text[from..].find('<').filter(|length| text[from + length..].starts_with("</"))?;
        let content = text[from..from + length].trim();
        let start = from + text[from..].find(content)?;
        return Some(start..start + content.len());
    }
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

/// The end of a string's content, before its closing quote or at the end of the line. If the string stands escaped in
/// another string, its closing quote has a backslash.
pub(super) fn string_end(text: &str, from: usize, quote: char, escaped: bool) -> usize {
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
