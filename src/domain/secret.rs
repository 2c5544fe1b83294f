//! Which parts of a document are secrets, so that diffs, pictures and messages can mask them; errs towards
//! masking, and never changes what is written to a file.

use std::ops::Range;

use super::json::{Document, Kind, Value};

/// What is shown in place of a secret.
pub const MASK: &str = "***";

/// The text with the content of every secret replaced by [`MASK`]; line breaks stay where they are.
#[must_use]
pub fn mask(document: &Document) -> String {
    let text = document.text();
    let mut spans = Vec::new();
    for value in document.root().descendants() {
        collect(value, &mut spans);
    }
    spans.sort_by_key(|span| span.start);
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        if span.start >= at {
            masked.push_str(&text[at..span.start]);
            masked.push_str(MASK);
            at = span.end;
        }
    }
    masked.push_str(&text[at..]);
    mask_keys_in_words(&masked)
}

/// The secrets directly inside one object or array.
fn collect(value: Value, spans: &mut Vec<Range<usize>>) {
    let named_secret = value.get("name").and_then(Value::as_str).is_some_and(|name| is_secret_name(&name));
    for member in value.members() {
        let name = member.name.as_str().unwrap_or_default();
        if is_secret_name(&name) || (named_secret && name == "value") {
            secret_content(member.value, spans);
        } else if holds_secret(member.value) {
            spans.push(inner(member.value));
        }
    }
    spans.extend(value.elements().filter(|element| holds_secret(*element)).map(inner));
}

/// Everything below a member whose name says that it is secret.
fn secret_content(value: Value, spans: &mut Vec<Range<usize>>) {
    spans.extend(
        value.descendants().filter(|value| matches!(value.kind(), Kind::String | Kind::Number)).map(inner),
    );
}

fn inner(value: Value) -> Range<usize> {
    let span = value.span();
    if value.kind() == Kind::String { span.start + 1..span.end - 1 } else { span }
}

/// Whether a string carries a secret inside: a command line, a URL with a password, JSON in a string.
fn holds_secret(value: Value) -> bool {
    value.as_str().is_some_and(|content| {
        let lower = content.to_ascii_lowercase();
        let named =
            ["secret", "passwd", "password", "api-key", "api_key", "apikey", "access_key", "accesskey"];
        let assigned = |name: &&str| {
            lower.match_indices(*name).any(|(at, _)| {
                lower[at + name.len()..].contains(['=', ':', ' ']) && !lower.starts_with("acs:")
            })
        };
        named.iter().any(assigned) || lower.contains("token=") || has_password_in_url(&lower)
    })
}

fn has_password_in_url(text: &str) -> bool {
    text.split("://").skip(1).any(|rest| {
        let authority = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
        authority.split_once('@').is_some_and(|(user, _)| user.contains(':'))
    })
}

/// Whether a name says that its value is secret: `token`, `dockerAuth`, `access_key_secret`, `DB_PASSWORD` …
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let has = |word: &str| words.iter().any(|other| other == word);
    let pair = |first: &str, second: &str| words.windows(2).any(|pair| pair[0] == first && pair[1] == second);
    let whole = words.concat();
    ["token", "password", "passwd", "pwd", "secret", "passphrase", "dockerauth"].iter().any(|word| has(word))
        || pair("docker", "auth")
        || pair("access", "key")
        || ["accesskey", "apikey", "privatekey", "decryptionkey", "securitytoken", "secretkey"]
            .iter()
            .any(|word| whole.contains(word))
}

/// Whether a name says that its value is an `AccessKey` pair or a part of one.
#[must_use]
pub fn is_access_key_name(name: &str) -> bool {
    let whole = words(name).concat();
    whole.contains("accesskey") || ["ak", "sk", "aksk"].contains(&whole.as_str())
}

/// `access_key-Id`, `accessKeyId` → `access`, `key`, `id`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = '_';
    for character in name.chars() {
        let starts = character.is_uppercase() && before.is_lowercase();
        if !character.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The secrets of one line of a text that need not be JSON: what follows a secret's name, every `"value"`,
/// and whatever looks like an `AccessKey` ID.
#[must_use]
pub fn spans_in_line(line: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut name: Option<&str> = None;
    let mut at = 0;
    while let Some(start) = line[at..].find(['"', '\'']).map(|found| at + found) {
        let quote = char::from(line.as_bytes()[start]);
        let end = string_end(line, start, quote);
        let content = start + 1..end;
        let before = line[at..start].trim();
        if before.ends_with(':') && name.is_some_and(|name| name == "value" || is_secret_name(name)) {
            spans.push(content.clone());
        }
        name = Some(&line[content]);
        at = (end + 1).min(line.len());
    }
    spans.extend(
        access_key_ids(line)
            .filter(|id| !spans.iter().any(|span| span.contains(&id.start)))
            .collect::<Vec<_>>(),
    );
    spans.sort_by_key(|span| span.start);
    spans.retain(|span| !span.is_empty());
    spans
}

/// The end of a string's content, before its closing quote or at the end of the line.
fn string_end(line: &str, start: usize, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in line[start + 1..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return start + 1 + at,
            _ => {}
        }
    }
    line.len()
}

/// Words that look like an `AccessKey` ID: `LTAI…`, or `STS.…` of a session, 16 characters or longer.
fn access_key_ids(text: &str) -> impl Iterator<Item = Range<usize>> {
    let starts = ["LTAI", "STS."].into_iter().flat_map(|prefix| text.match_indices(prefix));
    starts.filter_map(|(start, _)| {
        let length = text[start + 4..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        (length >= 12).then_some(start..start + 4 + length)
    })
}

/// Masks what looks like an `AccessKey` ID wherever it stands, in any text.
#[must_use]
pub fn mask_keys_in_words(text: &str) -> String {
    let mut spans: Vec<_> = access_key_ids(text).collect();
    spans.sort_by_key(|span| span.start);
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        masked.push_str(&text[at..span.start]);
        masked.push_str(MASK);
        at = span.end;
    }
    masked.push_str(&text[at..]);
    masked
}

/// Whether a string looks like an `AccessKey` ID.
#[must_use]
pub fn is_access_key_id(text: &str) -> bool {
    text.starts_with("LTAI") && access_key_ids(text).any(|span| span == (0..text.len()))
}

#[cfg(test)]
mod tests {
    use super::super::json::read;
    use super::*;

    #[test]
    fn names_of_secrets_are_known_in_every_spelling() {
        for name in
            ["token", "dockerAuth", "access_key_secret", "AccessKeyId", "DB_PASSWORD", "OPENAI_API_KEY"]
        {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["name", "max_tokens", "tokenizer", "path", "role_arn", "key", "author"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn only_the_content_of_secrets_is_masked() {
        let text = r#"{"token":"t1","max_tokens":5,"env":[{"value":"v1","name":"DB_PASSWORD"},{"name":"A","value":"v2"}],
 "command": "serve --api-key k1", "git":{"password":"p1","repo":"https://me:pw@host/x"}, "k": "LTAI5tExampleExample1"}"#;
        let masked = mask(&read(text).expect("json"));
        assert_eq!(
            masked,
            r#"{"token":"***","max_tokens":5,"env":[{"value":"***","name":"DB_PASSWORD"},{"name":"A","value":"v2"}],
 "command": "***", "git":{"password":"***","repo":"***"}, "k": "***"}"#
        );
    }

    #[test]
    fn a_broken_line_is_masked_too() {
        let line = r#"  "token": "abc, 'password': 'x'"#;
        assert_eq!(spans_in_line(line).first(), Some(&(12..line.len())));
        assert_eq!(spans_in_line("LTAI5tExampleExample1 x").first(), Some(&(0..21)));
    }
}
