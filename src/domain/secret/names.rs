//! What a name indicates about its value: that it is a secret, that it may be one, or that it is not, even if it looks
//! random. The lists of words come from `assets/secrets.toml`.

use super::name_words::{Words, half_width};

/// The longest name that is examined; of a longer one, only the end counts.
const LONGEST: usize = 128;

mod lists {
    include!(concat!(env!("OUT_DIR"), "/names.rs"));
}

/// Whether a name says that its value is secret: `token`, `dockerAuth`, `access_key_secret`, `DB_PASSWORD` …
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let name = end_of(name);
    may_be_secret(name) && is_secret(&Words::of(without_number(name)))
}

/// Whether a name not only contains a word for secrets but ends with one, as `DB_PASSWORD` does and `token-service`
/// does not, and nothing in it is not part of a name.
pub(super) fn is_exactly_secret_name(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(half_width(c), '_' | '-' | '.');
    if name.len() > LONGEST || !may_be_secret(name) || !name.chars().all(is_part) {
        return false;
    }
    let words = Words::of(without_number(name));
    let last = words.last(0);
    is_secret(&words)
        && (last == "id" || is_key(&words) || lists::WORDS.contains(&last) || ends_as_secret(words.whole()))
}

fn ends_as_secret(whole: &str) -> bool {
    lists::ENDS.iter().chain(lists::PARTS).any(|end| whole.ends_with(end))
}

fn is_secret(words: &Words) -> bool {
    let whole = words.whole();
    let of_a_model = || {
        let last = words.last(0);
        let is_id = last == "ids" || last == "id" && words.count() > 2;
        is_id && words.has_any(&["token"]) && !words.has_any(&["access"])
    };
    // The shortest lists first: a text can consist of names of secrets.
    let is_one = words.has_any(lists::WORDS)
        || lists::ENDS.iter().any(|end| whole.ends_with(end))
        || is_key(words)
        || lists::PARTS.iter().any(|part| whole.contains(part));
    is_one
        && !is_about(words)
        && !of_a_model()
        && !lists::OTHERS.contains(&whole)
        && !lists::UNLIKE.iter().any(|part| whole.len() > part.len() && whole.contains(part))
}

/// Whether a name ends with `key` and the word before says of what: `api_key`, `AESKEY`. An `event_key` is none.
fn is_key(words: &Words) -> bool {
    let last = words.last(0);
    let kind = if last == "key" { Some(words.last(1)) } else { last.strip_suffix("key") };
    kind.is_some_and(|kind| lists::KEYS.contains(&kind))
}

/// A name without the number at its end, and nothing of `pass@1`, which is a metric.
fn without_number(name: &str) -> &str {
    if name.contains('@') { "" } else { name.trim_end_matches(|c: char| c.is_ascii_digit()) }
}

/// Whether the last of several words says that the value only describes a secret.
fn is_about(words: &Words) -> bool {
    let (whole, last) = (words.whole(), words.last(0));
    words.count() > 1 && lists::ABOUT.contains(&last)
        || !whole.is_ascii() && lists::ABOUT_ENDS.iter().any(|end| whole.ends_with(end))
}

/// Whether the name contains any part of a secret name: most names do not, and need not be split into words.
fn may_be_secret(name: &str) -> bool {
    let bytes = name.as_bytes();
    let starts = |at: usize, parts: &[&str]| {
        let is_at = |part: &&str| {
            bytes.get(at..at + part.len()).is_some_and(|found| found.eq_ignore_ascii_case(part.as_bytes()))
        };
        parts.iter().any(is_at)
    };
    // One look at each byte: this is asked of every word of a text.
    let part_at = |at: usize| match bytes[at].to_ascii_lowercase() {
        b't' => starts(at, &["tok"]),
        b'p' => starts(at, &["pas", "pw", "ps", "parol"]),
        b's' => starts(at, &["sk", "sec", "senha", "salas", "sifre"]),
        b'k' => starts(at, &["key", "kenn"]),
        b'a' => starts(at, &["ak", "au", "adgang"]),
        b'b' => starts(at, &["bearer"]),
        b'c' => starts(at, &["contrase"]),
        b'h' => starts(at, &["haslo", "heslo"]),
        b'l' => starts(at, &["lozinka"]),
        b'm' => starts(at, &["mot_de_p", "mot-de-p"]),
        b'r' => starts(at, &["requirep"]),
        b'w' => starts(at, &["wacht"]),
        _ => false,
    };
    !name.is_ascii() || (0..bytes.len()).any(part_at)
}

/// How strongly a name hints at a secret without naming one; the value decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// `auth`, `credential`, `sig`: a value that looks like a password is a secret.
    Strong,
    /// `pin`: a number is a secret too.
    Code,
    /// `key`, `session`, `signature`: only a value that looks random is a secret.
    Faint,
}

/// How strongly a name hints at a secret.
pub(super) fn hint(name: &str) -> Option<Hint> {
    let words = Words::of(without_number(end_of(name)));
    let whole = words.whole();
    let is_strong = || words.has_any(lists::STRONG) && !is_about(&words);
    if is_strong() || lists::STRONG_ENDS.iter().any(|end| whole.ends_with(end)) {
        Some(Hint::Strong)
    } else if lists::CODES.contains(&words.last(0)) {
        Some(Hint::Code)
    } else {
        words.has_any(lists::FAINT).then_some(Hint::Faint)
    }
}

/// Whether a name indicates a value that may look random but is not a secret: an ID, a digest.
pub(super) fn names_an_id(name: &str) -> bool {
    Words::of(end_of(name)).has_any(lists::IDS)
}

/// Whether a name indicates a value that may be a hexadecimal number but is not a secret: a version, a commit.
pub(super) fn names_a_version(name: &str) -> bool {
    Words::of(end_of(name)).has_any(lists::VERSIONS)
}

/// Whether a member with this name names the value beside it: the `name` of `name` and `value`.
pub(super) fn is_subject(name: &str) -> bool {
    is_any_of(name, lists::SUBJECTS)
}

/// Whether a member with this name holds the value that another one names: the `value` of `name` and `value`.
pub(super) fn is_value(name: &str) -> bool {
    is_any_of(name, lists::VALUES)
}

/// Whether a member with this name only describes the value beside it: its type, its label.
pub(super) fn is_beside(name: &str) -> bool {
    let words = Words::of(end_of(name));
    let last = words.last(0);
    is_any_of(words.whole(), lists::BESIDE) || lists::ABOUT.contains(&last) || lists::BESIDE.contains(&last)
}

/// Whether the value of a member is a reference to a secret elsewhere: `secretKeyRef`.
pub(super) fn is_reference_name(name: &str) -> bool {
    matches!(Words::of(end_of(name)).last(0), "ref" | "refs" | "reference")
}

/// Whether a sentence goes on with this word behind a colon: `the password: see the wiki`.
pub(super) fn is_prose(word: &str) -> bool {
    is_any_of(word, lists::PROSE)
}

fn is_any_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Whether a name says that its value is an `AccessKey` pair or a part of one.
#[must_use]
pub fn is_access_key_name(name: &str) -> bool {
    let words = Words::of(end_of(name));
    let (whole, last) = (words.whole(), words.last(0));
    whole.contains("accesskey") || ["ak", "sk", "aksk"].iter().any(|word| whole == *word || last == *word)
}

fn end_of(name: &str) -> &str {
    let mut start = name.len().saturating_sub(LONGEST);
    while !name.is_char_boundary(start) {
        start += 1;
    }
    &name[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_in_every_spelling() {
        for name in [
            "token",
            "dockerAuth",
            "access_key_secret",
            "AccessKeyId",
            "DB_PASSWORD",
            "OPENAI_API_KEY",
            "PGPASSWORD",
            "DBPassword",
            "HFToken",
            "SECRETKEY",
            "clientSecret",
            "SSHPASS",
            "identitytoken",
            "AccountKey",
            "fs.oss.accessKeySecret",
            "aws_session_token",
            "MYSQL_PWD",
            "SMTP_PW",
            "user_pswd",
            "WIFI_PSK",
            "masterauth",
            "AESKEY",
            "TOKEN1",
            "accessToken2",
            "PASSCODE",
            "mot_de_passe",
            "contraseña",
            "ｐａｓｓｗｏｒｄ",
            "数据库密码",
            "秘密鍵",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn other_names_that_hold_a_word_for_secrets_are_known() {
        for name in [
            "name",
            "max_tokens",
            "tokenizer",
            "path",
            "role_arn",
            "key",
            "author",
            "eos_token_id",
            "pad_token",
            "primary_key",
            "token_type",
            "password_file",
            "pass_role",
            "bypass",
            "task",
            "AliyunEnvRoleKey",
            "token_expire",
            "prompt_token_cost",
            "pass_rate",
            "pass@1",
            "event_key",
            "next_token",
            "secretary",
            "secretKeyRef",
            "密码长度",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
