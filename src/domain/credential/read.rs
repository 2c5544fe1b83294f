//! Reads a credential as the wild writes it: strictly where it matters, leniently where clients would fail and a
//! person wants to know why.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::{Credential, Secret, Trouble, rules};
use crate::domain::finding::Finding;
use crate::domain::json::{self, Document, Kind, SyntaxErrorKind, Value};
use crate::domain::{rules as document_rules, secret, text};

/// How many bytes are read: a credential has about two thousand.
pub const LARGEST: usize = 64 << 10;
/// How many missing commas are looked over.
const MISSING_COMMAS: usize = 8;
/// How much of an answer's Code and Message is shown, in characters.
const SHOWN: usize = 240;

/// A credential that was read, and what is odd about how it was written.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The credential.
    pub credential: Credential,
    /// Whether it says `Code: Success`, as the local service must.
    pub has_code: bool,
    /// What is odd about it; no message quotes it.
    pub findings: Vec<Finding>,
}

/// Reads a credential.
///
/// # Errors
/// Why it is none. No part of the text is in it, but for the `Code` and `Message` of a refusal, from which every
/// secret is taken.
pub fn parse(bytes: &[u8]) -> Result<Parsed, Trouble> {
    if bytes.len() > LARGEST {
        return Err(Trouble::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Trouble::NotText)?;
    let bare = text.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    if bare.is_empty() {
        return Err(Trouble::Empty);
    }
    if bare.starts_with('<') {
        return Err(Trouble::Html);
    }
    let (whole, commas) = with_commas(text)?;
    let document = json::read(&whole).map_err(|error| Trouble::not_json(text, &error))?;
    let mut parsed = take(&document)?;
    parsed.findings.splice(0..0, commas);
    parsed.findings.extend(oddities(&document));
    Ok(parsed)
}

/// The text with commas where they are missing, and where that was.
fn with_commas(text: &str) -> Result<(zeroize::Zeroizing<String>, Vec<Finding>), Trouble> {
    let mut whole = zeroize::Zeroizing::new(text.to_owned());
    let mut findings = Vec::new();
    while let Err(error) = json::read(&whole) {
        let is_comma = error.kind == SyntaxErrorKind::MissingComma && findings.len() < MISSING_COMMAS;
        let mended = is_comma.then(|| json::mend(&whole, &error)).flatten();
        let Some(mended) = mended else { return Err(Trouble::not_json(&whole, &error)) };
        let place = text::place(&whole, error.span.end);
        findings
            .push(Finding::new(&rules::MISSING_COMMA, format!("line {}: a comma is missing", place.line)));
        whole = zeroize::Zeroizing::new(mended);
    }
    Ok((whole, findings))
}

fn oddities(document: &Document) -> Vec<Finding> {
    let found = [
        (document.has_byte_order_mark(), &document_rules::JSON_BYTE_ORDER_MARK),
        (document.first_comment().is_some(), &document_rules::JSON_COMMENT),
        (document.first_trailing_comma().is_some(), &document_rules::JSON_TRAILING_COMMA),
    ];
    found.into_iter().filter(|(odd, _)| *odd).map(|(_, rule)| Finding::new(rule, rule.title)).collect()
}

fn take(document: &Document) -> Result<Parsed, Trouble> {
    let root = document.root();
    if root.kind() != Kind::Object {
        return Err(Trouble::NotAnObject);
    }
    let code = string(root, "Code");
    if let Some(code) = code.as_deref().filter(|code| *code != "Success") {
        let message = string(root, "Message").unwrap_or_default();
        return Err(Trouble::Refused { code: harmless(code, root), message: harmless(&message, root) });
    }
    let mut lacking = Vec::new();
    let mut needed = |name| {
        let value = string(root, name).filter(|value| !value.trim().is_empty());
        value.map(Secret::new).or_else(|| {
            lacking.push(name);
            None
        })
    };
    let (id, key, token) = (needed("AccessKeyId"), needed("AccessKeySecret"), needed("SecurityToken"));
    let (Some(access_key_id), Some(access_key_secret), Some(security_token)) = (id, key, token) else {
        let is_nested =
            member(root, "Credentials").is_some_and(|inner| member(inner, "AccessKeyId").is_some());
        return Err(if is_nested { Trouble::Nested } else { Trouble::Lacks(lacking) });
    };
    let mut findings: Vec<Finding> = misspelled(root).into_iter().collect();
    let (expiration, oddity) = expiration(root);
    findings.extend(oddity);
    let credential = Credential { access_key_id, access_key_secret, security_token, expiration };
    Ok(Parsed { credential, has_code: code.is_some(), findings })
}

/// The names that clients read.
const NAMES: [&str; 5] = ["Code", "AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration"];

/// The member with this name: as the platform spells it, or else in any other spelling.
fn member<'d>(root: Value<'d>, name: &str) -> Option<Value<'d>> {
    root.get(name).or_else(|| {
        let is_meant = |other: &str| folded(other) == folded(name);
        root.members()
            .find(|member| member.name.as_str().is_some_and(|name| is_meant(&name)))
            .map(|m| m.value)
    })
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

fn string(root: Value, name: &str) -> Option<String> {
    member(root, name)?.as_str().map(std::borrow::Cow::into_owned)
}

/// The names that are not spelled as clients read them.
fn misspelled(root: Value) -> Option<Finding> {
    let odd = NAMES.into_iter().filter(|name| root.get(name).is_none() && member(root, name).is_some());
    let odd: Vec<&str> = odd.collect();
    let message = || format!("not spelled as clients read them: {}", odd.join(", "));
    (!odd.is_empty()).then(|| Finding::new(&rules::NAMES, message()))
}

/// When the credential ends, and what is odd about how that is written. What is written is not quoted: it may have
/// taken the place of a secret.
fn expiration(root: Value) -> (Option<Timestamp>, Option<Finding>) {
    let written = member(root, "Expiration").and_then(|value| {
        value.as_str().map(std::borrow::Cow::into_owned).or_else(|| value.as_u64().map(|n| n.to_string()))
    });
    let written = written.as_deref().map(str::trim).unwrap_or_default();
    let none = |message: &str| Some(Finding::new(&rules::NO_EXPIRATION, message));
    if written.is_empty() {
        return (None, none(rules::NO_EXPIRATION.title));
    }
    let Some(end) = time(written) else { return (None, none("Expiration is no time")) };
    let is_plain = written.len() == 20 && end.strftime("%Y-%m-%dT%H:%M:%SZ").to_string() == written;
    let odd = || Finding::new(&rules::EXPIRATION_FORM, rules::EXPIRATION_FORM.title);
    (Some(end), (!is_plain).then(odd))
}

/// A time as it is found written: with `Z` or an offset, with neither (which counts as UTC), or in seconds or
/// milliseconds since 1970.
fn time(written: &str) -> Option<Timestamp> {
    if let Ok(number) = written.parse::<i64>() {
        let is_milliseconds = number > 100_000_000_000;
        let time = if is_milliseconds {
            Timestamp::from_millisecond(number)
        } else {
            Timestamp::from_second(number)
        };
        return time.ok();
    }
    let as_utc = |time: DateTime| time.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    written.parse().ok().or_else(|| written.parse().ok().and_then(as_utc))
}

/// A text of an answer for people: on one line, short, without anything that could be a secret of the same answer.
fn harmless(text: &str, root: Value) -> String {
    let mut text = text.to_owned();
    let secrets = root.members().filter(|member| {
        member
            .name
            .as_str()
            .is_some_and(|name| secret::is_secret_name(&name) || folded(&name) == "accesskeyid")
    });
    for value in secrets.filter_map(|member| member.value.as_str()) {
        if !value.is_empty() {
            text = text.replace(&*value, "***");
        }
    }
    let text = secret::mask_words(&text);
    let masked: Vec<String> = text.split(' ').map(without_long_words).collect();
    let shown = text::visible_line(&masked.join(" ")).into_owned();
    match shown.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &shown[..at]),
        None => shown,
    }
}

/// A word without what is as long and mixed as a key or a token.
fn without_long_words(word: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(start) = rest.find(is_part) {
        let length = rest[start..].find(|c| !is_part(c)).unwrap_or(rest.len() - start);
        let (before, run) = (&rest[..start], &rest[start..start + length]);
        let has = |is: fn(&char) -> bool| run.chars().any(|c| is(&c));
        let is_key = length >= 20 && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic);
        out.push_str(before);
        out.push_str(if is_key { "***" } else { run });
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}
