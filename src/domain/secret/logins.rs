//! Secrets in addresses and headers: `https://user:password@host`, `user:password@host`, `Bearer …`.

use std::ops::Range;

use super::base64;
use super::commands::{Words, has_password};
use super::placeholder::is_placeholder;
use super::random::looks_secret;

/// An address is shorter up to its host.
const LOGIN: usize = 512;

/// User names that are not secrets.
const USERS: [&str; 22] = [
    "git",
    "root",
    "admin",
    "user",
    "username",
    "ubuntu",
    "ec2-user",
    "postgres",
    "mysql",
    "hg",
    "svn",
    "anonymous",
    "guest",
    "oauth2",
    "me",
    "default",
    "redis",
    "mongo",
    "app",
    "hdfs",
    "hadoop",
    "nobody",
];

/// `user:password` of `https://user:password@host`; a user alone is often a token.
pub(super) fn in_urls(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("://") {
        let start = at + found + 3;
        at = start;
        if let Some(login) = login_at(text, start) {
            at = login.end;
            spans.push(login);
        }
    }
    spans
}

fn login_at(text: &str, start: usize) -> Option<Range<usize>> {
    let bytes = &text.as_bytes()[start..];
    let ends =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\');
    // A scheme begins the next address: without this end a run of schemes would be read once for each of them.
    let ends_at = |at: &usize| ends(&bytes[*at]) || bytes[*at..].starts_with(b"://");
    let longest = bytes.len().min(LOGIN);
    let word = (0..longest).find(ends_at).unwrap_or(longest);
    // `<user>:<password>@host` stands for a login.
    if word == 0 {
        return None;
    }
    let authority = bytes[..word].iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(word);
    let sign = |end: usize| bytes[..end].iter().rposition(|byte| *byte == b'@');
    let port = |host: &[u8]| {
        let colon = host.iter().position(|byte| *byte == b':');
        colon.is_some_and(|colon| host[colon + 1..].iter().all(u8::is_ascii_digit) && colon + 1 < host.len())
    };
    let end = match sign(authority) {
        Some(end) => end,
        // A password with a slash in it.
        None if bytes[..authority].contains(&b':') && !port(&bytes[..authority]) => sign(word)?,
        None => return None,
    };
    let login = &text[start..start + end];
    let is_secret = match login.split_once(':') {
        Some((_, password)) => !is_placeholder(password),
        None => !is_placeholder(login) && !USERS.contains(&login.to_ascii_lowercase().as_str()),
    };
    (is_secret && end > 0).then_some(start..start + end)
}

/// What words say one after the other: `Bearer X`, `user:password@host`, options of command lines.
pub(super) fn in_words(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut words = Words::default();
    let mut scheme = None;
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        at = word.end;
        let spelled = &text[word.clone()];
        if spelled == "\n" {
            // A line that ends with a backslash goes on.
            if !text[..word.start].trim_end_matches(['\r', ' ']).ends_with('\\') {
                words = Words::default();
                scheme = None;
            }
            continue;
        }
        let bare = spelled.trim_matches(['"', '\'', '`', ',', ';', ')', '\\']);
        if scheme.is_some_and(|basic| is_credential(bare, basic)) || has_login(bare) {
            spans.push(word.clone());
        } else if let Some(start) = words.next(spelled) {
            spans.push(word.start + start..word.end);
        }
        scheme = match bare.rsplit([':', '=', '"', '\'']).next() {
            Some(kind) if kind.eq_ignore_ascii_case("bearer") => Some(false),
            Some(kind) if kind.eq_ignore_ascii_case("basic") => Some(true),
            _ => None,
        };
    }
    spans
}

/// The next word of a command line, quotes and what is in them as one; a line break is a word of its own.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    let start = from + bytes[from..].iter().position(|byte| !blank(byte))?;
    if bytes[start] == b'\n' {
        return Some(start..start + 1);
    }
    let end = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let length = bytes[start..].iter().position(end).unwrap_or(bytes.len() - start);
    Some(start..start + length)
}

/// What follows `Bearer` or `Basic` as a credential does, and not as the next word of a sentence.
fn is_credential(word: &str, basic: bool) -> bool {
    let is_login = basic && base64::text_of(word).is_some_and(|text| text.contains(':'));
    is_login
        || (!is_placeholder(word)
            && (looks_secret(word) || word.len() >= 8 && word.bytes().any(|byte| byte.is_ascii_digit())))
}

/// `user:password@host`, without a scheme.
fn has_login(word: &str) -> bool {
    if word.len() > LOGIN || word.contains("://") {
        return false;
    }
    let Some((login, host)) = word.rsplit_once('@') else { return false };
    let Some((user, password)) = login.rsplit_once('=').map_or(login, |(_, login)| login).split_once(':')
    else {
        return false;
    };
    let is_host =
        host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') && !host.starts_with("sha");
    let people = [
        "mailto",
        "email",
        "mail",
        "to",
        "cc",
        "from",
        "contact",
        "author",
        "owner",
        "maintainer",
        "acs",
        "arn",
    ];
    is_host
        && !user.is_empty()
        && !user.contains('/')
        && !people.iter().any(|name| user.eq_ignore_ascii_case(name))
        && has_password(&format!("u:{password}"))
}
