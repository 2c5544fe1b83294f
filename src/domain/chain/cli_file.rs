//! The CLI's `config.json` as facts: which profiles, which modes, which keys are there, and on which lines. The values
//! of secrets are not kept.

use std::collections::BTreeMap;

use super::evidence::Reading;
use super::variables::Fill;
use crate::domain::json::{self, Kind, Value};
use crate::domain::text;

/// The keys of a profile whose content decides something and is no secret.
const PLAIN: [&str; 4] = ["source_profile", "oidc_token_file", "oauth_site_type", "expired_seconds"];

/// The file, or why there is nothing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CliFile {
    /// There is none.
    Missing,
    /// The system's reason why it cannot be read.
    Unreadable(String),
    /// It is not JSON, or not of the shape that clients read: the line and what is wrong there.
    Broken(usize, String),
    /// What it holds.
    Read(CliConfig),
}

/// What the file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CliConfig {
    /// Why strict readers refuse it although it can be understood: comments, trailing commas, a byte order mark.
    pub(super) not_strict: Option<&'static str>,
    /// The name in `current`.
    pub(super) current: Option<String>,
    /// The profiles in their order; `None` where the file has no such list.
    pub(super) listed: Option<Vec<Profile>>,
}

/// One profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub(super) name: Option<String>,
    pub(super) line: usize,
    pub(super) mode: Option<String>,
    keys: BTreeMap<String, Fill>,
}

impl CliConfig {
    /// The profiles in their order.
    pub(super) fn profiles(&self) -> &[Profile] {
        self.listed.as_deref().unwrap_or_default()
    }
}

impl Profile {
    /// What is known of a key; nothing where it is missing or null.
    pub(super) fn get(&self, key: &str) -> Option<&Fill> {
        self.keys.get(key)
    }

    /// Whether a key is there and not empty.
    pub(super) fn is_set(&self, key: &str) -> bool {
        self.get(key).is_some_and(Fill::is_set)
    }

    /// The name, for messages.
    pub(super) fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn of(profile: Value<'_>, line: usize) -> Self {
        let mut read = Self { line, ..Self::default() };
        for member in profile.members().filter(|member| member.value.kind() != Kind::Null) {
            let name = member.name.as_str().unwrap_or_default();
            match &*name {
                "name" => read.name = member.value.as_str().map(Into::into),
                "mode" => read.mode = member.value.as_str().map(Into::into),
                _ => drop(read.keys.insert(name.to_string(), fill(&name, member.value))),
            }
        }
        read
    }
}

fn fill(name: &str, value: Value<'_>) -> Fill {
    let is_plain = PLAIN.contains(&name);
    match value.as_str() {
        Some(text) => Fill::of(&text, is_plain),
        None => Fill::of(value.source(), is_plain),
    }
}

impl CliFile {
    /// The first profile with this name.
    pub(super) fn profile(&self, name: &str) -> Option<&Profile> {
        let Self::Read(config) = self else { return None };
        config.profiles().iter().find(|profile| profile.name.as_deref() == Some(name))
    }

    /// The first profile by which the CLI takes the URI of the environment.
    pub(super) fn by_uri(&self) -> Option<&Profile> {
        let Self::Read(config) = self else { return None };
        let is_by_uri = |profile: &&Profile| {
            profile.mode.as_deref() == Some("CredentialsURI") && !profile.is_set("credentials_uri")
        };
        config.profiles().iter().find(is_by_uri)
    }

    pub(super) fn of(reading: Reading) -> Self {
        match reading {
            Reading::Missing => Self::Missing,
            Reading::Unreadable(reason) => Self::Unreadable(reason),
            Reading::Text(text) => {
                parse(&text).map_or_else(|(line, what)| Self::Broken(line, what), Self::Read)
            }
        }
    }
}

fn parse(content: &str) -> Result<CliConfig, (usize, String)> {
    let document = json::read(content)
        .map_err(|error| (text::place(content, error.span.start).line, "it is not JSON".to_owned()))?;
    let not_strict = if document.has_byte_order_mark() {
        Some("a byte order mark")
    } else if document.first_comment().is_some() {
        Some("a comment")
    } else {
        document.first_trailing_comma().map(|_| "a trailing comma")
    };
    let line = |value: Value<'_>| text::place(content, value.span().start).line;
    let root = document.root();
    if root.kind() != Kind::Object {
        return Err((line(root), "it is no object".to_owned()));
    }
    let mut config = CliConfig { not_strict, ..CliConfig::default() };
    for member in root.members().filter(|member| member.value.kind() != Kind::Null) {
        if member.is("current") {
            config.current = member.value.as_str().map(Into::into);
        } else if member.is("profiles") {
            config.listed = Some(profiles(member.value, line)?);
        }
    }
    Ok(config)
}

fn profiles(list: Value<'_>, line: impl Fn(Value<'_>) -> usize) -> Result<Vec<Profile>, (usize, String)> {
    if list.kind() != Kind::Array {
        return Err((line(list), "profiles is no list".to_owned()));
    }
    let profile = |profile: Value<'_>| match profile.kind() {
        Kind::Object => Ok(Profile::of(profile, line(profile))),
        _ => Err((line(profile), "a profile is no object".to_owned())),
    };
    list.elements().map(profile).collect()
}
