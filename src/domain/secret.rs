//! Which parts of a document are secrets, so that diffs, pictures and messages can mask them; errs towards
//! masking, and never changes what is written to a file.

use std::ops::Range;

use super::json::{Document, Kind, Member, Value};

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
    for comment in document.comments() {
        let mut start = comment.start;
        for line in text[comment].split_inclusive('\n') {
            let secrets = spans_in_line(line.trim_end_matches(['\r', '\n']));
            spans.extend(secrets.into_iter().map(|secret| start + secret.start..start + secret.end));
            start += line.len();
        }
    }
    mask_keys_in_words(&without(text, &apart(spans)))
}

/// Spans in their order, those that overlap as one, empty ones left out.
fn apart(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.retain(|span| !span.is_empty());
    spans.sort_by_key(|span| span.start);
    spans.dedup_by(|span, before| {
        let overlap = span.start < before.end;
        if overlap {
            before.end = before.end.max(span.end);
        }
        overlap
    });
    spans
}

/// The text with [`MASK`] in place of each span.
fn without(text: &str, spans: &[Range<usize>]) -> String {
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

/// The secrets directly inside one object or array.
fn collect(value: Value, spans: &mut Vec<Range<usize>>) {
    let names = value.members().filter(|member| is_any_of(member, &["name", "key"]));
    let named_secret = names.filter_map(|member| member.value.as_str()).any(|name| is_secret_name(&name));
    for member in value.members() {
        let name = member.name.as_str().unwrap_or_default();
        if is_secret_name(&name) || (named_secret && name.eq_ignore_ascii_case("value")) {
            secret_content(member.value, spans);
        } else if holds_secret(member.value) {
            spans.push(inner(member.value));
        }
    }
    spans.extend(value.elements().filter(|element| holds_secret(*element)).map(inner));
}

/// Whether a member has one of these names, in capitals or not.
fn is_any_of(member: &Member, names: &[&str]) -> bool {
    member.name.as_str().is_some_and(|name| names.iter().any(|other| name.eq_ignore_ascii_case(other)))
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
            // What follows the first holds what follows any other.
            lower.find(*name).is_some_and(|at| {
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
    let whole = words.concat();
    has("token")
        || has("pwd")
        || whole.ends_with("token")
        || [
            "password",
            "passwd",
            "passphrase",
            "secret",
            "dockerauth",
            "accesskey",
            "apikey",
            "privatekey",
            "decryptionkey",
            "securitytoken",
        ]
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

fn next_word(line: &str, from: usize) -> Option<Range<usize>> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let start = from + line[from..].find(in_word)?;
    let length = line[start..].find(|c| !in_word(c)).unwrap_or(line.len() - start);
    Some(start..start + length)
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
    let end = |stop: &[char]| start + line[start..].find(stop).unwrap_or(line.len() - start);
    let range = match between.chars().next_back() {
        _ if between.contains(['[', '{']) => start..line.len(),
        Some(quote @ ('"' | '\'')) => start..string_end(line, start, quote),
        Some('“' | '‘') => start..end(&['”', '’']),
        _ => start..end(&[',', '}', ']', '"', '\'']),
    };
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

/// `user:password` of `https://user:password@host`.
fn users_in_urls(line: &str) -> impl Iterator<Item = Range<usize>> {
    line.match_indices("://").filter_map(|(at, separator)| {
        let start = at + separator.len();
        let authority = line[start..].split(['/', '?', '#', ' ', '"', '\'']).next().unwrap_or_default();
        let user = &authority[..authority.rfind('@')?];
        user.contains(':').then_some(start..start + user.len())
    })
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
    without(text, &apart(access_key_ids(text).collect()))
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
        assert_eq!(spans_in_line(line), std::slice::from_ref(&(12..line.len())));
        assert_eq!(spans_in_line("LTAI5tExampleExample1 x"), std::slice::from_ref(&(0..21)));
    }

    #[test]
    fn secret_names_without_a_border_are_known() {
        for name in ["PGPASSWORD", "DBPassword", "HFToken", "SECRETKEY", "clientSecret"] {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn comments_and_other_spellings_of_name_and_value_are_masked() {
        let text = "[ // \"token\": \"t1\",\n {\"Value\": \"v1\", \"Key\": \"DB_PASSWORD\"},\n {\"name\": \"A\", \"name\": \"HF_TOKEN\", \"value\": \"v2\"}]";
        let masked = mask(&read(text).expect("json"));
        assert!(!["t1", "v1", "v2"].iter().any(|secret| masked.contains(secret)), "{masked}");
        assert!(masked.contains("DB_PASSWORD"), "{masked}");
    }

    #[test]
    fn a_broken_line_hides_its_secret_whatever_is_broken() {
        for line in [
            r#""token" "CANARY""#,
            r#""token"= "CANARY""#,
            "password: CANARY",
            "“token”：“CANARY”",
            r#"it's "token": "CANARY""#,
            r#""name: "DB_PASSWORD", "value": "CANARY""#,
            r#""token": ["x", "CANARY"]"#,
            r#""repo": "https://me:CANARY@host/"#,
        ] {
            let spans = spans_in_line(line);
            let at = line.find("CANARY").expect("the canary");
            assert!(spans.iter().any(|span| span.start <= at && span.end >= at + 6), "{line}: {spans:?}");
        }
    }

    #[test]
    fn a_long_string_is_judged_in_linear_time() {
        let text = format!("\"{}\"", "secret".repeat(300_000));
        let start = std::time::Instant::now();
        assert_eq!(mask(&read(&text).expect("json")), text);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[test]
    fn a_key_inside_a_key_is_one_secret() {
        assert_eq!(mask_keys_in_words("x LTAIaaaaLTAIaaaaaaaaaaaa y"), "x *** y");
        assert_eq!(spans_in_line("STS.LTAIaaaaaaaaaaaaaaaa").len(), 1);
    }
}
