//! Takes from a text what escaping and colouring add to it; it knows nothing of messages.

use std::borrow::Cow;

use super::terminal;

/// The text without escapes of strings, entities of HTML and XML, and control sequences of terminals.
pub(super) fn unescape(text: &str) -> String {
    let text = rewrite(text, |byte| byte == b'\\', backslashes);
    let text = rewrite(&text, |byte| byte == b'&', entity);
    rewrite(&text, terminal::may_begin, |rest| Some((None, terminal::sequence(rest)?))).into_owned()
}

/// Replaces what `read` recognises where a character begins with a byte that is a `sign`: the character it stands
/// for, if any, and its bytes.
fn rewrite(
    text: &str,
    sign: impl Fn(u8) -> bool,
    read: impl Fn(&str) -> Option<(Option<char>, usize)>,
) -> Cow<'_, str> {
    let next = |rest: &str| rest.bytes().position(&sign);
    if next(text).is_none() {
        return text.into();
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = next(rest) {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        let first = rest.chars().next();
        let (meant, length) = read(rest).unwrap_or((first, first.map_or(0, char::len_utf8)));
        if let Some(character) = meant {
            written.push(character);
        }
        rest = &rest[length..];
    }
    written.push_str(rest);
    written.into()
}

/// A run of backslashes, however many levels of escaping made it, and what it escapes. A quotation mark or an
/// unknown character is left to stand for itself.
fn backslashes(rest: &str) -> Option<(Option<char>, usize)> {
    let escaped = rest.trim_start_matches('\\');
    let run = rest.len() - escaped.len();
    let number = |from: usize, digits: usize, radix: u32| {
        let text =
            escaped.get(from..from + digits).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
        // Halves of a pair stand for characters that no message has.
        Some((u32::from_str_radix(text, radix).ok().and_then(char::from_u32), run + from + digits))
    };
    let known = match escaped.as_bytes() {
        [b'n' | b'r', ..] => Some((Some('\n'), run + 1)),
        [b't', ..] => Some((Some('\t'), run + 1)),
        [b'u', ..] => number(1, 4, 16),
        [b'U', ..] => number(1, 8, 16),
        [b'x', ..] => number(1, 2, 16),
        [b'0', b'3', b'3', ..] => number(0, 3, 8),
        [b'e', b'[', ..] => Some((Some('\u{1b}'), run + 1)),
        _ => None,
    };
    known.or(Some((None, run)))
}

/// An entity of HTML or XML, also one whose `&` was escaped again.
fn entity(rest: &str) -> Option<(Option<char>, usize)> {
    const NAMES: [(&str, char); 6] =
        [("quot;", '"'), ("apos;", '\''), ("lt;", '<'), ("gt;", '>'), ("nbsp;", ' '), ("#10;", '\n')];
    let mut name = rest.strip_prefix('&')?;
    while let Some(again) = name.strip_prefix("amp;") {
        name = again;
    }
    let before = rest.len() - name.len();
    let named = NAMES.iter().find(|(other, _)| name.starts_with(other));
    if let Some((other, character)) = named {
        return Some((Some(*character), before + other.len()));
    }
    let numbered = numbered(name).map(|(character, length)| (Some(character), before + length));
    numbered.or_else(|| (before > 1).then_some((Some('&'), before)))
}

/// The character of `#39;` or `#x27;`, and the bytes that it takes.
fn numbered(name: &str) -> Option<(char, usize)> {
    let end = name.bytes().take(10).position(|byte| byte == b';')?;
    let digits = name[..end].strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    Some((char::from_u32(code.ok()?)?, end + 1))
}
