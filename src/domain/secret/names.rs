//! What a name says of its value: that it is secret, that it may be, or that it is none however it looks.

/// Names are shorter; of a longer one the end counts.
const LONGEST: usize = 128;

/// Names that hold a word for secrets and name none, as they are spelled without borders.
const NO_SECRETS: [&str; 38] = [
    // The role's own key names are no secrets: it says which entry is injected.
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

/// Last words of names that tell something about a secret instead of holding it.
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
    let words = words(name);
    let has = |word: &str| words.iter().any(|other| other == word);
    let whole = words.concat();
    let last = words.last().map_or("", String::as_str);
    let about = words.len() > 1 && ABOUT.contains(&last);
    let of_a_model = words.len() > 2 && has("token") && last == "id" && !has("access");
    if about || of_a_model || NO_SECRETS.contains(&whole.as_str()) {
        return false;
    }
    let is_key = words.len() > 1 && last == "key";
    is_key
        || ["token", "pwd", "pass", "ak", "sk", "authorization", "bearer"].iter().any(|word| has(word))
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

/// Whether any part of a secret's name is in it: most names hold none, and need not be taken apart.
fn may_be_secret(name: &str) -> bool {
    let parts: [&[u8]; 9] = [b"tok", b"pass", b"pwd", b"sec", b"key", b"ak", b"sk", b"au", b"bearer"];
    let has =
        |part: &[u8]| name.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
    !name.is_ascii() || parts.into_iter().any(has)
}

/// How much a name hints at a secret that does not say so: the value decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// `auth`, `credential`, `sig`: a value that looks like a password is one.
    Strong,
    /// `key`, `session`, `signature`: only a value that looks made by chance is one.
    Faint,
}

/// How much a name hints at a secret.
pub(super) fn hint(name: &str) -> Option<Hint> {
    let words = words(end_of(name));
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
    let has = |hints: &[&str]| words.iter().any(|word| hints.contains(&word.as_str()));
    if has(&strong) { Some(Hint::Strong) } else { has(&faint).then_some(Hint::Faint) }
}

/// Whether a name says that its value may look like chance and is no secret: an ID, a digest, a version.
pub(super) fn names_an_id(name: &str) -> bool {
    let words = words(end_of(name));
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
    words.iter().any(|word| ids.contains(&word.as_str()))
}

/// Whether a name says that its value is an `AccessKey` pair or a part of one.
#[must_use]
pub fn is_access_key_name(name: &str) -> bool {
    let words = words(end_of(name));
    let whole = words.concat();
    let last = words.last().map_or("", String::as_str);
    whole.contains("accesskey") || ["ak", "sk", "aksk"].iter().any(|word| whole == *word || last == *word)
}

fn end_of(name: &str) -> &str {
    let mut start = name.len().saturating_sub(LONGEST);
    while !name.is_char_boundary(start) {
        start += 1;
    }
    &name[start..]
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
