//! The escapes of JSON strings, read one at a time; what is not an escape is refused.

use super::syntax::SyntaxErrorKind as Why;

/// Reads the escape at the start of `text`: the character and how many bytes it took.
pub(super) fn escape(text: &str) -> Result<(char, usize), Why> {
    let simple = |character| Ok((character, 2));
    match text.as_bytes().get(1) {
        Some(b'"') => simple('"'),
        Some(b'\\') => simple('\\'),
        Some(b'/') => simple('/'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'u') => unicode_escape(text),
        _ => Err(Why::BadEscape),
    }
}

fn unicode_escape(text: &str) -> Result<(char, usize), Why> {
    let first = hex(text, 2).ok_or(Why::BadEscape)?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, 6));
    }
    let second = text.get(6..8).filter(|escape| *escape == "\\u").and_then(|_| hex(text, 8));
    let pair = second.filter(|low| (0xdc00..0xe000).contains(low) && first < 0xdc00);
    let low = pair.ok_or(Why::LoneSurrogate)?;
    let code = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
    char::from_u32(code).map(|character| (character, 12)).ok_or(Why::LoneSurrogate)
}

fn hex(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Reads the escapes of a string that the reader has accepted.
pub(super) fn unescape(inner: &str) -> String {
    let mut content = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        content.push_str(&rest[..at]);
        let (character, length) = escape(&rest[at..]).unwrap_or(('\u{fffd}', 1));
        content.push(character);
        rest = &rest[at + length..];
    }
    content.push_str(rest);
    content
}
