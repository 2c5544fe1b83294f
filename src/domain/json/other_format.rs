//! Tells from its first words which format a text has that is not JSON.

use crate::messages::json::format;

/// The name of the format; `None` for a text that may be JSON with a mistake.
pub(super) fn other_format(text: &str) -> Option<&'static str> {
    match text.chars().next()? {
        '<' => Some(format::MARKUP.as_str()),
        '#' => {
            let rest = behind_comments(text);
            // JSON under `#` comments is JSON with a mistake.
            let may_be_json = rest.starts_with(['{', '[', '"']);
            (!may_be_json).then(|| by_first_word(rest).unwrap_or(format::PAGE.as_str()))
        }
        _ => by_first_word(text),
    }
}

/// The text from the first line on that is neither empty nor starts with `#`.
fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('#') {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest.trim_start());
    }
    rest
}

fn by_first_word(text: &str) -> Option<&'static str> {
    let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let behind = text.trim_start_matches(is_in_word);
    if behind.len() == text.len() || !text.starts_with(char::is_alphabetic) {
        return None;
    }
    match behind.trim_start_matches([' ', '\t']).chars().next()? {
        ':' => Some("YAML"),
        '=' => Some(format::VARIABLES.as_str()),
        '"' | '{' => Some(format::TERRAFORM.as_str()),
        _ => None,
    }
}
