//! Recognizes placeholders for secrets: `<access-key-id>`, `YOUR_TOKEN`, `${AK}`, `****`. They are not secrets.

use std::ops::Range;

use super::names::is_secret_name;

/// Whether a whole value is a placeholder.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'', '`', '\\']);
    if value.len() > 256 {
        return false;
    }
    let words = ["", "true", "false", "null", "none", "nil", "undefined", "yes", "no", "on", "off"];
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
        || is_reference(value)
        || is_blank(value)
        || is_filler(value)
}

/// Whether a word of a text is a secret's name that its value may follow: not one that stands for a value itself, as
/// `YOUR_TOKEN`, `$TOKEN` and `<token>` do where no sign follows.
pub(super) fn is_name_of_secret(text: &str, word: Range<usize>) -> bool {
    let name = &text[word.clone()];
    is_secret_name(name)
        && (is_signed(text, word.end) || !(is_placeholder(name) || is_reference_at(text, word)))
}

/// Whether a colon or an equals sign follows, behind quotes and spaces.
fn is_signed(text: &str, at: usize) -> bool {
    let behind = text[at..].trim_start_matches(['"', '\'', '`', '\\', ' ', '\t']);
    behind.starts_with([':', '=', '：', '＝'])
}

/// Whether the signs around a word make a reference of it. `<token>` is one only as the value of something: elsewhere
/// it is a tag, which its value follows.
fn is_reference_at(text: &str, word: Range<usize>) -> bool {
    let (before, behind) = (&text[..word.start], &text[word.end..]);
    let is_value = |before: &str| before.trim_end_matches([' ', '"', '\'', '\\']).ends_with([':', '=']);
    before.ends_with(['$', '%'])
        || before.ends_with("${")
        || before.strip_suffix('<').is_some_and(is_value) && behind.starts_with('>')
}

/// `$NAME`, `${NAME}`, `$(command)`, `{{ name }}`, `%NAME%`, `<name>`, `os.environ[…]`.
fn is_reference(value: &str) -> bool {
    let between =
        |open: &str, close: &str| value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    };
    let code = |name: &&str| name.chars().all(|c| c.is_alphanumeric() || "_.-/ |\"'=$@:[]()".contains(c));
    if let Some(name) = value.strip_prefix('$').filter(|name| is_name(name)) {
        let capitals = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        return (capitals && name.starts_with(|c: char| c.is_ascii_alphabetic()))
            || (name.chars().all(|c| c.is_ascii_lowercase() || c == '_') && is_secret_name(name));
    }
    between("${", "}").is_some_and(is_name)
        || between("$(", ")").is_some_and(|inner| code(&inner))
        || between("{{", "}}").is_some_and(|inner| code(&inner))
        || between("${{", "}}").is_some_and(|inner| code(&inner))
        || between("{", "}").is_some_and(is_name)
        || between("%", "%").is_some_and(is_name)
        || between("@", "@").is_some_and(is_name)
        || between("<", ">").is_some_and(|inner| !inner.contains(['<', '>']))
        || between("[", "]")
            .is_some_and(|inner| is_name(inner) && !inner.contains(|c: char| c.is_ascii_digit()))
        || ["os.environ", "os.getenv", "process.env", "env.", "vault:", "kms:", "file("]
            .iter()
            .any(|start| value.starts_with(start))
}

/// `***`, `xxxx`, `....`, `----`.
fn is_blank(value: &str) -> bool {
    let mut letters = value.bytes().map(|byte| byte.to_ascii_lowercase());
    let Some(first) = letters.next() else { return true };
    b"x*.-_#?".contains(&first) && (value.is_ascii() && letters.all(|byte| byte == first))
}

/// Whether it contains words that ask for a replacement, or a part of it is masked.
pub(super) fn is_filler(value: &str) -> bool {
    let crossed = |four: &[u8]| b"xX*.".contains(&four[0]) && four.iter().all(|byte| *byte == four[0]);
    let crossed = value.as_bytes().windows(4).any(crossed);
    if crossed || value.ends_with("EXAMPLE") || value.ends_with("EXAMPLEKEY") {
        return true;
    }
    let folded: String =
        value.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let begins = ["your", "placeholder", "replaceme", "replacewith", "insert", "redacted", "masked", "dummy"];
    // Only in whole words, because a key may contain any four letters.
    let is_words = !value.bytes().any(|byte| byte.is_ascii_digit());
    begins.iter().any(|word| folded.starts_with(word))
        || (is_words
            && ["your", "placeholder", "replaceme", "redacted"].iter().any(|word| folded.contains(word)))
}
