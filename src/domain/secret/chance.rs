//! Finds secrets by their randomness alone: long words of mixed characters that are not a digest, a commit, an address
//! or a path.

use std::ops::Range;

use super::alphabet::{TOKEN, is_in, run};
use super::assigned::name_before;
use super::base64;
use super::formats;
use super::names::{names_a_version, names_an_id};
use super::placeholder::is_filler;
use super::random::{Counts, is_hexadecimal_key, is_random};

/// The minimum length of a secret: shorter words are too often names.
const SHORTEST: usize = 20;

/// The minimum length of a secret in the path of an address.
const SEGMENT: usize = 24;

/// How many bytes before a word are examined.
const AROUND: usize = 128;

/// Base64 with one of these prefixes is a picture, an archive, a public key or a certificate.
const PUBLIC: [&str; 18] = [
    "iVBORw0KGgo",
    "/9j/",
    "R0lGOD",
    "H4sI",
    "UEsDB",
    "JVBERi0",
    "f0VMR",
    "AAAAB3NzaC1",
    "AAAAC3NzaC1",
    "AAAAE2VjZHNh",
    "MIIBIjANBgkq",
    "MIGfMA0GCSq",
    "MFkwEwYHKoZI",
    "MCowBQYDK2Vw",
    "MIICIjANBgkq",
    "PHN2Zy",
    "AAABAAE",
    "d09GM",
];

/// The words of a text that look random, except those in `public`. `name` is the name of the text, if it has one.
pub(super) fn find(text: &str, name: &str, public: &[Range<usize>]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    if bytes.len() < SHORTEST || names_an_id(name) {
        return spans;
    }
    let is_version = names_a_version(name);
    let (mut at, mut block) = (0, 0);
    while at < bytes.len() {
        if !is_in(bytes[at], TOKEN) {
            at += 1;
            continue;
        }
        let end = at + run(&bytes[at..], TOKEN, usize::MAX);
        while public.get(block).is_some_and(|range| range.end <= at) {
            block += 1;
        }
        let is_public = public.get(block).is_some_and(|range| range.contains(&at));
        // The letter of an escape is not part of the word.
        let start = if at > 0 && bytes[at - 1] == b'\\' && matches!(bytes[at], b'n' | b't' | b'r') {
            at + 1
        } else {
            at
        };
        if end - start < SHORTEST || is_public {
            at = end;
            continue;
        }
        if is_secret(text, start..end, is_version) {
            let signs = bytes[end..].iter().take(2).take_while(|byte| **byte == b'=').count();
            spans.push(start..end + signs);
        } else if is_in_web_address(text, start) {
            spans.extend(segments(text, start..end));
        }
        at = end;
    }
    spans
}

/// The parts of the path of an address that look random: the token of a webhook.
fn segments(text: &str, path: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = path.start;
    text[path].split('/').filter_map(move |part| {
        let span = start..start + part.len();
        start = span.end + 1;
        let is_token = part.len() >= SEGMENT && is_random(part) && Counts::of(part).classes() == 3;
        (is_token && !is_filler(part)).then_some(span)
    })
}

/// Whether a place is in the path of a web address.
fn is_in_web_address(text: &str, at: usize) -> bool {
    let head = head(text, at);
    let scheme = match head.find("://") {
        Some(sign) => &head[..sign],
        // The slashes of the scheme are part of the word.
        None => head.strip_suffix(':').unwrap_or_default(),
    };
    ["http", "https", "ws", "wss"].iter().any(|web| scheme.ends_with(web))
}

fn is_secret(text: &str, token: Range<usize>, is_version: bool) -> bool {
    let word = &text[token.clone()];
    let word = word.trim_matches(['-', '/']);
    if text[..token.start].ends_with("base64,")
        && base64::text_of(word).is_some_and(|inner| holds_secret(&inner))
    {
        return true;
    }
    let by_chance = is_random(word);
    let hexadecimal = !by_chance && !is_version && is_hexadecimal_key(word);
    if !by_chance && !hexadecimal && word.len() < 40 {
        return false;
    }
    if is_filler(&word[..word.len().min(256)])
        || PUBLIC.iter().any(|start| text[token.clone()].starts_with(start))
    {
        return false;
    }
    if is_uuid(word)
        || is_certificate(word)
        || is_part_of_a_name(text, &token)
        || is_a_digest(text, &token, hexadecimal)
    {
        return false;
    }
    if !hexadecimal && let Some(inner) = base64::text_of(word).filter(|inner| inner.len() >= 12) {
        return holds_secret(&inner);
    }
    by_chance || hexadecimal
}

/// Whether a word is a UUID, as request IDs are.
fn is_uuid(word: &str) -> bool {
    let parts = [8, 4, 4, 4, 12];
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    word.len() == 36 && word.split('-').map(str::len).eq(parts) && word.split('-').all(is_hex)
}

/// What base64 stood for: a text, whose own secrets count.
fn holds_secret(inner: &str) -> bool {
    !formats::find(inner).is_empty()
        || !super::pem::blocks(inner).secret.is_empty()
        || !super::assigned::assigned(inner).is_empty()
        || !super::logins::in_urls(inner).is_empty()
}

/// The DER of a certificate in base64: a sequence that begins with a sequence.
fn is_certificate(word: &str) -> bool {
    word.starts_with("MII")
        && word.len() > 400
        && word.get(5..8).is_some_and(|inner| matches!(inner, "CCA" | "CBA"))
        && !word.contains("ANBgkqhkiG9w0BAQEFAASC")
}

/// The text before a word, as far as it is looked at.
fn before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(AROUND);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

/// What stands before a place in the same address.
fn head(text: &str, at: usize) -> &str {
    let parts = |c: char| c.is_whitespace() || "\"'`<>,".contains(c);
    before(text, at).rsplit(parts).next().unwrap_or_default()
}

/// Whether a word is part of an address, a path, an ARN or a public key.
fn is_part_of_a_name(text: &str, token: &Range<usize>) -> bool {
    let word = &text[token.clone()];
    let before = before(text, token.start);
    let head = head(text, token.start);
    let in_address = head.contains("://") && !head.contains(['?', '#'])
        || head.starts_with("acs:")
        || head.starts_with("arn:");
    let is_path = word.starts_with('/')
        || head.ends_with(['.', '~', '}', '@'])
        || head.starts_with('/') && !head.contains(['=', ':', '?']);
    let behind = &text.as_bytes()[token.end..];
    let has_ending = behind.first() == Some(&b'.') && behind.get(1).is_some_and(u8::is_ascii_alphanumeric);
    let is_key = ["ssh-rsa ", "ssh-ed25519 ", "nistp256 "].iter().any(|kind| before.ends_with(kind));
    in_address || is_path || (has_ending && word.contains('/')) || is_key || before.ends_with("base64,")
}

/// Whether its prefix, its name or, for hexadecimal numbers, its line shows that a word is a digest, a commit or an ID.
fn is_a_digest(text: &str, token: &Range<usize>, hexadecimal: bool) -> bool {
    let before = before(text, token.start);
    let word = text[token.clone()].to_ascii_lowercase();
    let prefixes = ["sha1:", "sha224:", "sha256:", "sha384:", "sha512:", "md5:", "h1:", "etag:", "crc:", "@"];
    let lower = before.to_ascii_lowercase();
    if prefixes.iter().any(|prefix| lower.ends_with(prefix))
        || word.starts_with("sha256-")
        || word.starts_with("sha512-")
        || word.starts_with("sha384-")
    {
        return true;
    }
    let sign = before.trim_end_matches([' ', '\t', '"', '\'', '\\']);
    if sign.ends_with([':', '='])
        && let Some(name) = name_before(sign, sign.len() - 1)
        && (names_an_id(&sign[name.clone()]) || hexadecimal && names_a_version(&sign[name.clone()]))
    {
        return true;
    }
    if !hexadecimal {
        return false;
    }
    let line = lower.rsplit('\n').next().unwrap_or_default();
    let said = [
        "sha",
        "md5",
        "digest",
        "commit",
        "checksum",
        "hash",
        "etag",
        "fingerprint",
        "trace",
        "request",
        "uuid",
        "rev",
    ];
    let behind = &text[token.end..];
    said.iter().any(|word| line.contains(word)) || behind.starts_with("  ") || behind.starts_with(" *")
}
