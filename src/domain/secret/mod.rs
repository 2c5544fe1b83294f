//! Which parts of a document are secrets, so that diffs, pictures and messages can mask them; errs towards
//! masking, and never changes what is written to a file.

mod line;
mod pending;

use std::ops::Range;

pub use line::spans_in_line;
pub use pending::is_pending;

use super::json::{Document, Kind, Member, Value, read};
use line::{names_a_secret, spans_line_by_line};

/// What is shown in place of a secret.
pub const MASK: &str = "***";

/// The text with the content of every secret replaced by [`MASK`]; line breaks stay where they are.
#[must_use]
pub fn mask(document: &Document) -> String {
    without(document.text(), &spans(document))
}

/// The bytes of every secret of a document, in order and apart.
#[must_use]
pub fn spans(document: &Document) -> Vec<Range<usize>> {
    spans_within(document, &(0..document.text().len()))
}

/// The bytes of every secret that a part of a document touches, in order and apart. The part begins and ends
/// between characters.
#[must_use]
pub fn spans_within(document: &Document, part: &Range<usize>) -> Vec<Range<usize>> {
    let text = document.text();
    let in_words = spans_in_words(&text[part.clone()]);
    let mut spans: Vec<_> = in_words.map(|span| part.start + span.start..part.start + span.end).collect();
    for value in document.values().filter(|value| touch(&value.span(), part)) {
        collect(value, part, &mut spans);
    }
    for comment in document.comments().filter(|comment| touch(comment, part)) {
        let mut start = comment.start;
        let mut pending = false;
        for line in text[comment].split_inclusive('\n') {
            let content = line.trim_end_matches(['\r', '\n']);
            let all = 0..content.len();
            let secrets = if pending { vec![all] } else { spans_in_line(content) };
            // A comment has no grammar: what a secret's name announces may stand on any later line.
            pending = pending || names_a_secret(content);
            spans.extend(secrets.into_iter().map(|secret| start + secret.start..start + secret.end));
            start += line.len();
        }
    }
    apart(spans)
}

/// The bytes of every secret of a text, JSON or not, in order and apart.
#[must_use]
pub fn spans_in_text(text: &str) -> Vec<Range<usize>> {
    match read(text) {
        Ok(document) => spans(&document),
        Err(_) => spans_line_by_line(text),
    }
}

/// The text, JSON or not, with the content of every secret replaced by [`MASK`]; line breaks stay where they are.
#[must_use]
pub fn mask_text(text: &str) -> String {
    without(text, &spans_in_text(text))
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

fn touch(span: &Range<usize>, part: &Range<usize>) -> bool {
    span.start < part.end && part.start < span.end
}

/// The secrets directly inside one object or array, as far as a part of the text touches them.
fn collect(value: Value, part: &Range<usize>, spans: &mut Vec<Range<usize>>) {
    let names = value.members().filter(|member| is_any_of(member, &["name", "key"]));
    let named_secret = names.filter_map(|member| member.value.as_str()).any(|name| is_secret_name(&name));
    for member in value.members().filter(|member| touch(&member.span(), part)) {
        let name = member.name.as_str().unwrap_or_default();
        if is_secret_name(&name) || (named_secret && name.eq_ignore_ascii_case("value")) {
            secret_content(member.value, spans);
        } else if holds_secret(member.value) {
            spans.push(inner(member.value));
        }
    }
    let mut announced = false;
    for element in value.elements().filter(|element| touch(&element.span(), part)) {
        if announced || holds_secret(element) {
            spans.push(inner(element));
        }
        let option = element.as_str().filter(|text| text.starts_with('-') && !text.contains('='));
        announced = option.is_some_and(|name| is_secret_name(&name));
    }
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
        let named = [
            "secret",
            "passwd",
            "password",
            "api-key",
            "api_key",
            "apikey",
            "access_key",
            "accesskey",
            "token",
        ];
        let assigned = |name: &&str| {
            let ends = |rest: &str| *name != "token" || !rest.starts_with(|c: char| c.is_alphanumeric());
            // What follows the first holds what follows any other.
            lower.find(*name).map(|at| &lower[at + name.len()..]).is_some_and(|rest| {
                ends(rest) && rest.contains(['=', ':', ' ', '"']) && !lower.starts_with("acs:")
            })
        };
        let spoken = ["bearer ", "basic ", "authorization"].iter().any(|word| lower.contains(word));
        named.iter().any(assigned) || spoken || lower.split_whitespace().any(has_login)
    })
}

/// `https://user:password@host`, `https://token@host`, `user:password@host`.
fn has_login(word: &str) -> bool {
    let (address, has_scheme) = word.split_once("://").map_or((word, false), |(_, rest)| (rest, true));
    address.rsplit_once('@').is_some_and(|(login, _)| has_scheme || login.contains(':'))
}

/// Whether a name says that its value is secret: `token`, `dockerAuth`, `access_key_secret`, `DB_PASSWORD` …
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    if !may_be_secret(name) {
        return false;
    }
    let words = words(name);
    let has = |word: &str| words.iter().any(|other| other == word);
    let whole = words.concat();
    // The role's own key names are no secrets: "AliyunEnvRoleKey" says which entry is injected.
    let is_key =
        words.len() > 1 && words.last().is_some_and(|word| word == "key") && whole != "aliyunenvrolekey";
    is_key
        || ["token", "pwd", "pass", "ak", "sk", "authorization", "bearer"].iter().any(|word| has(word))
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

/// Whether any part of a secret's name is in it: most names hold none, and need not be taken apart.
fn may_be_secret(name: &str) -> bool {
    let parts: [&[u8]; 9] = [b"tok", b"pass", b"pwd", b"sec", b"key", b"ak", b"sk", b"au", b"bearer"];
    let has =
        |part: &[u8]| name.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
    !name.is_ascii() || parts.into_iter().any(has)
}

/// Whether a name says that its value is an `AccessKey` pair or a part of one.
#[must_use]
pub fn is_access_key_name(name: &str) -> bool {
    let whole = words(name).concat();
    let last = words(name).pop().unwrap_or_default();
    whole.contains("accesskey") || ["ak", "sk", "aksk"].iter().any(|word| whole == *word || last == *word)
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

/// `user:password` of `https://user:password@host`; a user alone is often a token.
fn users_in_urls(line: &str) -> impl Iterator<Item = Range<usize>> {
    line.match_indices("://").filter_map(|(at, separator)| {
        let start = at + separator.len();
        let authority = line[start..].split(['/', '?', '#', ' ', '"', '\'']).next().unwrap_or_default();
        let user = &authority[..authority.rfind('@')?];
        Some(start..start + user.len())
    })
}

/// Words that look like a key: `LTAI…`, `STS.…` of a session, and the tokens of other services that often stand
/// in configs.
fn access_key_ids(text: &str) -> impl Iterator<Item = Range<usize>> {
    let prefixes = ["LTAI", "STS.", "sk-", "ghp_", "glpat-", "hf_"];
    let starts = prefixes.into_iter().flat_map(|prefix| text.match_indices(prefix));
    starts.filter_map(|(start, prefix)| {
        let rest = start + prefix.len();
        // Keys are shorter; without a bound a run of prefixes would be walked once for each of them.
        let length = text[rest..].bytes().take(256).take_while(u8::is_ascii_alphanumeric).count();
        (length >= 12).then_some(start..rest + length)
    })
}

/// Masks in a message what looks like a key, the user of a URL, and what is assigned to a secret's name
/// (`password=…`).
#[must_use]
pub fn mask_words(text: &str) -> String {
    without(text, &apart(spans_in_words(text).collect()))
}

fn spans_in_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    access_key_ids(text).chain(users_in_urls(text)).chain(assigned(text))
}

/// The values of `token=…` and `password:…`, up to white space, a quote or the next parameter.
fn assigned(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(['=', ':']).filter_map(|(at, sign)| {
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let before = text[..at].trim_end_matches(in_word).len();
        let start = at + sign.len();
        if before == at || !is_secret_name(&text[before..at]) {
            return None;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '&' | '"' | '\'' | '`' | ',' | ';');
        let length = text[start..].find(ends).unwrap_or(text.len() - start);
        Some(start..start + length)
    })
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
        assert_eq!(mask_words("x LTAIaaaaLTAIaaaaaaaaaaaa y"), "x *** y");
        assert_eq!(spans_in_line("STS.LTAIaaaaaaaaaaaaaaaa").len(), 1);
    }
}
