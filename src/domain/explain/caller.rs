//! Who made a call, as messages name it.

use std::fmt;

use serde::Serialize;

use super::fields::{Fields, token};

/// Who made a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Caller {
    /// A RAM user, by its name or ID.
    User {
        /// The name or the ID.
        name: String,
    },
    /// A role that somebody or something has assumed.
    Role {
        /// The name of the role.
        name: String,
        /// The name of the session.
        #[serde(skip_serializing_if = "Option::is_none")]
        session: Option<String>,
    },
    /// The Alibaba Cloud account itself.
    Account {
        /// Its ID.
        name: String,
    },
    /// A cloud service.
    Service {
        /// Its principal.
        name: String,
    },
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User { name } => write!(f, "the RAM user {name}"),
            Self::Role { name, session: Some(session) } => {
                write!(f, "the RAM role {name} (session {session})")
            }
            Self::Role { name, session: None } => write!(f, "the RAM role {name}"),
            Self::Account { name } => write!(f, "the Alibaba Cloud account {name}"),
            Self::Service { name } => write!(f, "the service {name}"),
        }
    }
}

/// Words before the ID or name of a RAM user.
const BEFORE_USER: [&str; 6] = ["sub-user ", "sub user ", "ram user ", "子用户", "子账号", "ramユーザー"];

/// The caller, if the text names one. `resource` is what the call was about.
pub(super) fn caller(fields: &Fields, resource: Option<&str>) -> Option<Caller> {
    by_detail(fields)
        .or_else(|| by_name(fields, resource))
        .or_else(|| by_sentence(fields))
        .or_else(|| by_alias(fields))
}

/// Whether a resource name is that of an identity.
pub(super) fn is_identity(value: &str) -> bool {
    identity(value).is_some()
}

fn is_name(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= 128
        && value.chars().all(|sign| sign.is_alphanumeric() || "._@-*/:".contains(sign))
}

/// By the fields of `AccessDeniedDetail`.
fn by_detail(fields: &Fields) -> Option<Caller> {
    let first = |name| fields.named(name).map(|field| field.value).find(|value| is_name(value));
    let name = first("authprincipaldisplayname")?.to_owned();
    let role = |name: &str| {
        let (role, session) =
            name.split_once(':').map_or((name, None), |(role, session)| (role, Some(session)));
        Caller::Role { name: role.to_owned(), session: session.map(str::to_owned) }
    };
    match first("authprincipaltype").unwrap_or_default() {
        "AssumedRoleUser" => Some(role(&name)),
        "Service" | "ServiceAccount" => Some(Caller::Service { name }),
        "CloudAccount" | "Account" | "Root" | "AliyunAccount" => Some(Caller::Account { name }),
        "" if name.contains(':') => Some(role(&name)),
        _ => Some(Caller::User { name }),
    }
}

/// By the resource name of an identity that is not what the call was about.
fn by_name(fields: &Fields, resource: Option<&str>) -> Option<Caller> {
    let places = fields.places("acs:").map(|at| token(&fields.text()[at..]));
    places.filter(|value| Some(*value) != resource).find_map(identity)
}

fn identity(value: &str) -> Option<Caller> {
    let mut parts = value.splitn(5, ':');
    let service = parts.nth(1)?;
    let account = parts.nth(1)?;
    let path = parts.next()?;
    if !matches!(service, "ram" | "sts") || !is_name(path) {
        return None;
    }
    let (kind, name) = path.split_once('/').unwrap_or((path, ""));
    match kind {
        "user" if !name.is_empty() => Some(Caller::User { name: name.to_owned() }),
        "assumed-role" if !name.is_empty() => {
            let (role, session) =
                name.split_once('/').map_or((name, None), |(role, session)| (role, Some(session)));
            Some(Caller::Role { name: role.to_owned(), session: session.map(str::to_owned) })
        }
        "root" => Some(Caller::Account { name: account.to_owned() }),
        _ => None,
    }
}

/// By a sentence such as "Sub-user 200… doesn't have".
fn by_sentence(fields: &Fields) -> Option<Caller> {
    let places = BEFORE_USER.iter().flat_map(|words| fields.places(words).map(|at| at + words.len()));
    let after = |at: usize| {
        Some(token(fields.text().get(at..)?.trim_start_matches([' ', '[', '\'', '"', '：', ':'])))
    };
    let is_id = |value: &&str| {
        is_name(value) && (value.bytes().filter(u8::is_ascii_digit).count() >= 8 || value.contains('@'))
    };
    places.filter_map(after).find(is_id).map(|name| Caller::User { name: name.to_owned() })
}

/// By the name that `MaxCompute` uses: `RAM$account:user`, `RAM$account:role/name`.
fn by_alias(fields: &Fields) -> Option<Caller> {
    let mut places = fields.places("ram$").map(|at| token(&fields.text()[at + 4..]));
    let (_, name) = places.find_map(|value| value.split_once(':'))?;
    let name = name.trim_end_matches('.');
    match name.strip_prefix("role/") {
        Some(role) if is_name(role) => Some(Caller::Role { name: role.to_owned(), session: None }),
        None if is_name(name) => Some(Caller::User { name: name.to_owned() }),
        _ => None,
    }
}
