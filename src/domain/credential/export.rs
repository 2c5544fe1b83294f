//! A credential in the forms in which others take it. Whoever asks for one of them asks for secrets.

use std::fmt::Write as _;

use zeroize::Zeroizing;

use super::Credential;
use super::life::utc;
use crate::domain::quote;

/// A form to take a credential away in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `export …` lines for a shell.
    Shell,
    /// The local service's JSON.
    Json,
    /// A profile of ossutil's ini file, which takes tokens; those of the official clients do not.
    Ini,
}

impl Form {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Shell, Self::Json, Self::Ini];

    /// What it is, for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Shell => "export lines",
            Self::Json => "the JSON of the local service",
            Self::Ini => "an ini profile for ossutil",
        }
    }

    /// The credential in this form.
    #[must_use]
    pub fn write(self, credential: &Credential) -> Zeroizing<String> {
        Zeroizing::new(match self {
            Self::Shell => shell(credential),
            Self::Json => response(credential),
            Self::Ini => ini(credential),
        })
    }
}

/// Source: the variables that the official clients read.
fn shell(credential: &Credential) -> String {
    let line = |name: &str, value: &str| format!("export {name}={}\n", quote::shell(value));
    [
        line("ALIBABA_CLOUD_ACCESS_KEY_ID", credential.access_key_id.reveal()),
        line("ALIBABA_CLOUD_ACCESS_KEY_SECRET", credential.access_key_secret.reveal()),
        line("ALIBABA_CLOUD_SECURITY_TOKEN", credential.security_token.reveal()),
    ]
    .concat()
}

/// Source: the sample response in the platform's pages on instance roles, to the byte of its key names.
fn response(credential: &Credential) -> String {
    let mut text = String::from("{\n  \"Code\": \"Success\"");
    let members = [
        ("AccessKeyId", credential.access_key_id.reveal()),
        ("AccessKeySecret", credential.access_key_secret.reveal()),
        ("SecurityToken", credential.security_token.reveal()),
    ];
    let end = credential.expiration.map(utc);
    let end = end.as_deref().map(|end| ("Expiration", end));
    for (name, value) in members.into_iter().chain(end) {
        // Writing into a text cannot fail.
        let _ = write!(text, ",\n  \"{name}\": {}", serde_json::Value::from(value));
    }
    text.push_str("\n}\n");
    text
}

/// Source: ossutil 2, configuration file: `accessKeyID`, `accessKeySecret`, `stsToken` of a profile section.
fn ini(credential: &Credential) -> String {
    let end = credential.expiration.map(|end| format!("# ends {}\n", utc(end))).unwrap_or_default();
    format!(
        "[default]\n{end}accessKeyID={}\naccessKeySecret={}\nstsToken={}\n",
        one_line(credential.access_key_id.reveal()),
        one_line(credential.access_key_secret.reveal()),
        one_line(credential.security_token.reveal()),
    )
}

/// An ini file knows no escapes: a line break in a value would begin another key.
fn one_line(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).collect()
}
