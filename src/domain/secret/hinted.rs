//! Whether a value is a secret under a name that only hints at one.

use super::names::{Hint, hint};
use super::random::{is_hexadecimal_key, is_random, is_word_with_digits, looks_secret, reads_like_words};
use super::{base64, is_placeholder};

/// Whether a value is a secret, as its name hints: the `auth` of a registry, a random `key`.
pub(super) fn is_secret(name: &str, content: &str) -> bool {
    if content.len() < 4 || content.len() > 4096 {
        return false;
    }
    let Some(hint) = hint(name) else { return false };
    let is_address =
        content.contains("://") || content.starts_with('/') || content.contains(char::is_whitespace);
    // The members of a connection string have names of their own.
    let is_connection = content.trim_end_matches('=').contains(['=', ';']);
    !is_address && !is_connection && !is_placeholder(content) && fits(hint, content)
}

/// Whether a value is what the name before it hints at.
pub(super) fn fits(hint: Hint, value: &str) -> bool {
    let is_number = || (4..=12).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_login = || base64::text_of(value).is_some_and(|text| text.contains(':'));
    match hint {
        Hint::Faint => is_made_by_chance(value),
        Hint::Strong => looks_secret(value) || is_word_with_digits(value) || is_login(),
        Hint::Code => is_number() || looks_secret(value) || is_word_with_digits(value),
    }
}

/// Whether the value of an ambiguous name is a key: not a word, a path or a number.
fn is_made_by_chance(value: &str) -> bool {
    let is_address = value.contains("://") || value.starts_with(['/', '.', '~']);
    !is_address
        && (is_random(value)
            || is_hexadecimal_key(value)
            || value.len() >= 20
                && looks_secret(value)
                && !value.contains(['/', ':'])
                && !reads_like_words(value))
}
