//! Secrets in addresses and headers: `https://user:password@host`, `user:password@host`, `Bearer …`.

use std::ops::Range;

use super::commands::Words;
use super::placeholder::is_placeholder;
use super::random::looks_secret;
use super::{apart, base64};

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
    let mut piped = Piped::default();
    let mut scheme = None;
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        at = word.end;
        let spelled = &text[word.clone()];
        if spelled == "\n" {
            // A line that ends with a backslash goes on.
            if !text[..word.start].trim_end_matches(['\r', ' ']).ends_with('\\') {
                words = Words::default();
                piped = Piped::default();
                scheme = None;
            }
            continue;
        }
        let bare = spelled.trim_matches(['"', '\'', '`', ',', ';', ')', '\\']);
        spans.extend(piped.next(text, &word));
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
    apart(spans)
}

/// What `echo` writes to a program that reads a password: `echo X | docker login --password-stdin`.
#[derive(Default)]
struct Piped {
    /// Where the words after `echo` begin.
    from: Option<usize>,
    /// The words before the pipe.
    words: Option<Range<usize>>,
}

impl Piped {
    /// Reads the next word, and returns the words that it shows to be secret.
    fn next(&mut self, text: &str, word: &Range<usize>) -> Option<Range<usize>> {
        let quotes = ['"', '\'', '`', '\\', '(', ')', '[', ']', '{', '}', ','];
        let bare = text[word.clone()].trim_matches(quotes);
        match bare.rsplit(quotes).next().unwrap_or_default() {
            "echo" | "printf" => self.from = Some(word.end),
            "|" => {
                let start = self.from.take()?;
                let words = &text[start..word.start];
                let options = ["-n ", "-e ", "-ne ", "-en ", "%s ", "'%s' "];
                let skip = options.iter().find(|option| words.trim_start().starts_with(**option));
                let blank = words.len() - words.trim_start().len();
                let start = start + blank + skip.map_or(0, |option| option.len());
                self.words = (start < word.start).then_some(start..word.start);
            }
            "&&" | ";" | "||" => *self = Self::default(),
            "chpasswd" | "--password-stdin" | "--with-token" | "--stdin" | "--pass-stdin" => {
                let words = self.words.take()?;
                let content = text[words.clone()].trim_end();
                return (!is_placeholder(content)).then(|| words.start..words.start + content.len());
            }
            _ => {}
        }
        None
    }
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
    // The lines of a text in a broken document have escaped ends.
    if word.split("\\n").any(is_password_line) || is_oracle(word) {
        return true;
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
        && !password.is_empty()
        && !password.starts_with("//")
        && !is_placeholder(password)
}

/// A line of `~/.pgpass`: `host:port:database:user:password`.
fn is_password_line(word: &str) -> bool {
    let mut parts = word.splitn(5, ':');
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let (Some(host), Some(port), Some(database), Some(user), Some(password)) =
        (next(), next(), next(), next(), next())
    else {
        return false;
    };
    let is_port =
        port == "*" || (2..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |part: &str| part == "*" || part.starts_with(|c: char| c.is_ascii_alphabetic());
    is_port
        && (is_name(host) || host.contains('.'))
        && is_name(database)
        && is_name(user)
        && !password.contains([':', '/'])
        && !is_placeholder(password)
}

/// `jdbc:oracle:thin:user/password@…`.
fn is_oracle(word: &str) -> bool {
    let login = word.split_once("jdbc:oracle:").and_then(|(_, rest)| rest.split_once('@'));
    let password = login.and_then(|(login, _)| login.split_once('/'));
    password.is_some_and(|(_, password)| !password.is_empty() && !is_placeholder(password))
}
