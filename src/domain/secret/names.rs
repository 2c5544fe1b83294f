//! What a name indicates about its value: that it is a secret, that it may be one, or that it is not, even if it looks
//! random.

/// The longest name that is examined; of a longer one, only the end counts.
const LONGEST: usize = 128;

/// Names that contain a word for secrets but do not name one, without separators.
const NO_SECRETS: [&str; 38] = [
    // This key of the role is not a secret: it selects the entry that is injected.
    "aliyunenvrolekey",
    "publickey",
    "primarykey",
    "foreignkey",
    "partitionkey",
    "sortkey",
    "cachekey",
    "routingkey",
    "shardkey",
    "rowkey",
    "groupkey",
    "objectkey",
    "ossobjectkey",
    "hotkey",
    "labelkey",
    "tagkey",
    "configkey",
    "indexkey",
    "conditionkey",
    "metrickey",
    "uniquekey",
    "joinkey",
    "topologykey",
    "featurekey",
    "embeddingkey",
    "mapkey",
    "eostoken",
    "bostoken",
    "padtoken",
    "unktoken",
    "septoken",
    "clstoken",
    "masktoken",
    "stoptoken",
    "maxtoken",
    "mintoken",
    "numtoken",
    "imagetoken",
];

/// Last words of names whose values describe a secret but do not contain it.
const ABOUT: [&str; 25] = [
    "type",
    "count",
    "limit",
    "length",
    "size",
    "ttl",
    "expiry",
    "expires",
    "expiration",
    "enabled",
    "algorithm",
    "policy",
    "format",
    "version",
    "file",
    "path",
    "dir",
    "folder",
    "endpoint",
    "role",
    "through",
    "required",
    "stdin",
    "env",
    "prompt",
];

/// Whether a name says that its value is secret: `token`, `dockerAuth`, `access_key_secret`, `DB_PASSWORD` …
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    let name = end_of(name);
    if !may_be_secret(name) {
        return false;
    }
    let words = Words::of(name);
    let (whole, last, count) = (words.whole.as_str(), words.last(), words.ends.len());
    let about = count > 1 && ABOUT.contains(&last);
    let of_a_model = count > 2 && last == "id" && words.has_any(&["token"]) && !words.has_any(&["access"]);
    if about || of_a_model || NO_SECRETS.contains(&whole) {
        return false;
    }
    let is_key = count > 1 && last == "key";
    is_key
        || words.has_any(&["token", "pwd", "pass", "ak", "sk", "authorization", "bearer"])
        || ["token", "pass", "pwd"]
            .iter()
            .any(|end| whole.ends_with(end) && whole != "bypass" && whole != "compass")
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
            "accountkey",
            "authkey",
        ]
        .iter()
        .any(|word| whole.contains(word))
}

/// Whether the name contains any part of a secret name: most names do not, and need not be split into words.
fn may_be_secret(name: &str) -> bool {
    let bytes = name.as_bytes();
    let starts = |at: usize, part: &[u8]| {
        bytes.get(at..at + part.len()).is_some_and(|found| found.eq_ignore_ascii_case(part))
    };
    // One look at each byte: this is asked of every word of a text.
    let part_at = |at: usize| match bytes[at].to_ascii_lowercase() {
        b't' => starts(at, b"tok"),
        b'p' => starts(at, b"pass") || starts(at, b"pwd"),
        b's' => starts(at, b"sk") || starts(at, b"sec"),
        b'k' => starts(at, b"key"),
        b'a' => starts(at, b"ak") || starts(at, b"au"),
        b'b' => starts(at, b"bearer"),
        _ => false,
    };
    !name.is_ascii() || (0..bytes.len()).any(part_at)
}

/// How strongly a name hints at a secret without naming one; the value decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// `auth`, `credential`, `sig`: a value that looks like a password is a secret.
    Strong,
    /// `key`, `session`, `signature`: only a value that looks random is a secret.
    Faint,
}

/// How strongly a name hints at a secret.
pub(super) fn hint(name: &str) -> Option<Hint> {
    let words = Words::of(end_of(name));
    let strong =
        ["auth", "auths", "credential", "credentials", "cred", "creds", "sig", "passcode", "jwt", "pat"];
    let faint = [
        "signature",
        "key",
        "cookie",
        "session",
        "salt",
        "hmac",
        "login",
        "webhook",
        "licence",
        "license",
        "dsn",
        "seed",
        "nonce",
        "otp",
        "osscredentials",
        "osscredential",
        "encryption",
        "sas",
        "hook",
        "identity",
    ];
    if words.has_any(&strong) { Some(Hint::Strong) } else { words.has_any(&faint).then_some(Hint::Faint) }
}

/// Whether a name indicates a value that may look random but is not a secret: an ID, a digest, a version.
pub(super) fn names_an_id(name: &str) -> bool {
    let words = Words::of(end_of(name));
    let ids = [
        "id",
        "ids",
        "uuid",
        "guid",
        "hash",
        "digest",
        "sha",
        "sha1",
        "sha256",
        "sha512",
        "md5",
        "crc",
        "checksum",
        "etag",
        "commit",
        "revision",
        "rev",
        "fingerprint",
        "thumbprint",
        "arn",
        "image",
        "tag",
        "certificate",
        "crt",
        "pub",
        "publickey",
        "version",
        "build",
        "trace",
        "span",
        "request",
        "snapshot",
        "integrity",
        "ref",
    ];
    words.has_any(&ids)
}

/// Whether a name says that its value is an `AccessKey` pair or a part of one.
#[must_use]
pub fn is_access_key_name(name: &str) -> bool {
    let words = Words::of(end_of(name));
    let (whole, last) = (words.whole.as_str(), words.last());
    whole.contains("accesskey") || ["ak", "sk", "aksk"].iter().any(|word| whole == *word || last == *word)
}

fn end_of(name: &str) -> &str {
    let mut start = name.len().saturating_sub(LONGEST);
    while !name.is_char_boundary(start) {
        start += 1;
    }
    &name[start..]
}

/// The words of a name in small letters: `access_key-Id`, `accessKeyId` → `access`, `key`, `id`.
struct Words {
    /// All of them without a border between.
    whole: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Words {
    fn of(name: &str) -> Self {
        let mut words = Self { whole: String::with_capacity(name.len()), ends: Vec::with_capacity(8) };
        let mut before = '_';
        for character in name.chars() {
            let starts = character.is_uppercase() && before.is_lowercase();
            if !character.is_alphanumeric() || starts {
                words.end();
            }
            if character.is_ascii_alphanumeric() {
                words.whole.push(character.to_ascii_lowercase());
            } else if character.is_alphanumeric() {
                words.whole.extend(character.to_lowercase());
            }
            before = character;
        }
        words.end();
        words
    }

    fn end(&mut self) {
        if self.whole.len() > self.ends.last().copied().unwrap_or_default() {
            self.ends.push(self.whole.len());
        }
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.whole[start..*end])
    }

    fn last(&self) -> &str {
        self.iter().last().unwrap_or_default()
    }

    fn has_any(&self, words: &[&str]) -> bool {
        self.iter().any(|word| words.contains(&word))
    }
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
        ] {
            assert!(is_secret_name(name), "{name}");
        }
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
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
