//! Values with a rule, made only by `FromStr`: whoever holds one need not check it again.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::quoted;

/// Why a text is not the value that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is not {what}: {why}", quoted(value))]
pub struct Invalid {
    /// The value asked for, with its article.
    pub what: &'static str,
    /// What was given.
    pub value: String,
    /// The rule that it breaks, and where possible the way out.
    pub why: String,
}

impl Invalid {
    /// A refusal; `why` follows a colon.
    #[must_use]
    pub fn new(what: &'static str, value: &str, why: impl Into<String>) -> Self {
        Self { what, value: value.to_owned(), why: why.into() }
    }
}

/// Gives a newtype over a string its reading and writing.
macro_rules! text_value {
    ($name:ident) => {
        impl $name {
            /// The value as it was typed.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// The name of a RAM role: 1–64 letters, digits, `.`, `-` (RAM `CreateRole`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RoleName(String);
text_value!(RoleName);

impl FromStr for RoleName {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        checked("a role name", text, 64, allowed, "letters, digits, `.` and `-`").map(Self)
    }
}

/// The name of a RAM policy: 1–128 letters, digits, `-` (RAM `CreatePolicy`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PolicyName(String);
text_value!(PolicyName);

impl FromStr for PolicyName {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        checked("a policy name", text, 128, allowed, "letters, digits and `-`").map(Self)
    }
}

/// The name of a RAM user: 1–64 letters, digits, `.`, `_`, `-`; what follows an `@` is left out, because the
/// API takes the name alone (RAM `AttachPolicyToUser`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserName(String);
text_value!(UserName);

impl FromStr for UserName {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let name = text.split_once('@').map_or(text, |(name, _)| name);
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let name = checked("a RAM user's name", name, 64, allowed, "letters, digits, `.`, `_` and `-`")?;
        if name.starts_with('-') {
            return Err(Invalid::new("a RAM user's name", text, "it may not start with `-`"));
        }
        Ok(Self(name))
    }
}

/// The text, if it is not empty, not too long and holds only what is allowed.
pub(crate) fn checked(
    what: &'static str,
    text: &str,
    longest: usize,
    allowed: impl Fn(char) -> bool,
    described: &str,
) -> Result<String, Invalid> {
    let why = if text.is_empty() {
        "it is empty".to_owned()
    } else if let Some(other) = text.chars().find(|c| !allowed(*c)) {
        format!("it may hold only {described}, not {}", quoted(&other.to_string()))
    } else if text.len() > longest {
        format!("it has {} characters, the limit is {longest}", text.len())
    } else {
        return Ok(text.to_owned());
    };
    Err(Invalid::new(what, text, why))
}

/// The number of an Alibaba Cloud account: digits. No length is documented; those seen have 16 to 18.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(String);
text_value!(AccountId);

impl AccountId {
    /// Whether the length is outside 15–20, where a slip is more likely than an account.
    #[must_use]
    pub fn has_unusual_length(&self) -> bool {
        !(15..=20).contains(&self.0.len())
    }
}

impl FromStr for AccountId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        checked("an account ID", text, 64, |c| c.is_ascii_digit(), "digits").map(Self)
    }
}

/// A region ID such as `cn-hangzhou`: lower-case letters, digits, `-`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region(String);
text_value!(Region);

impl FromStr for Region {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let region = checked("a region ID", text, 40, allowed, "lower-case letters, digits and `-`")?;
        let starts_well = region.starts_with(|c: char| c.is_ascii_lowercase());
        if starts_well && region.contains('-') && !region.ends_with('-') {
            Ok(Self(region))
        } else {
            Err(Invalid::new("a region ID", text, "write it like cn-hangzhou or ap-southeast-1"))
        }
    }
}

/// The ARN of a RAM role, `acs:ram::<account>:role/<name>`; compared without case, kept as typed.
#[derive(Clone, Debug)]
pub struct RoleArn {
    text: String,
    account: AccountId,
    name: RoleName,
}

impl RoleArn {
    /// The ARN of a role in an account.
    #[must_use]
    pub fn new(account: &AccountId, name: &RoleName) -> Self {
        Self { text: format!("acs:ram::{account}:role/{name}"), account: account.clone(), name: name.clone() }
    }

    /// The ARN as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The account that owns the role.
    #[must_use]
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// The role's name.
    #[must_use]
    pub fn name(&self) -> &RoleName {
        &self.name
    }
}

impl PartialEq for RoleArn {
    fn eq(&self, other: &Self) -> bool {
        self.text.eq_ignore_ascii_case(&other.text)
    }
}

impl Eq for RoleArn {}

impl fmt::Display for RoleArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for RoleArn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl FromStr for RoleArn {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let refuse = |why: String| Invalid::new("the ARN of a RAM role", text, why);
        let mut parts = text.splitn(5, ':');
        let (scheme, service) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if !scheme.eq_ignore_ascii_case("acs") || !service.eq_ignore_ascii_case("ram") {
            return Err(refuse("write it like acs:ram::1234567890123456:role/my-role".to_owned()));
        }
        let (Some(region), Some(account), Some(resource)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(refuse("it needs five parts, acs:ram::<account>:role/<name>".to_owned()));
        };
        if !region.is_empty() {
            return Err(refuse(
                "RAM is global: nothing stands between the second and third colon".to_owned(),
            ));
        }
        let account = account.parse().map_err(|invalid: Invalid| refuse(invalid.to_string()))?;
        let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
        if !kind.eq_ignore_ascii_case("role") {
            return Err(refuse(format!("it names {}, not `role/<name>`", quoted(resource))));
        }
        let name = name.parse().map_err(|invalid: Invalid| refuse(invalid.to_string()))?;
        Ok(Self { text: text.to_owned(), account, name })
    }
}

/// How the names of service-linked roles begin: only their service can assume them (RAM documentation).
const SERVICE_LINKED: &str = "aliyunservicerolefor";

/// A role as a person gives it: by name, or by ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleRef {
    /// The name alone; the account is asked where an ARN must be written.
    Name(RoleName),
    /// The whole ARN.
    Arn(RoleArn),
}

impl RoleRef {
    /// The role's name.
    #[must_use]
    pub fn name(&self) -> &RoleName {
        match self {
            Self::Name(name) => name,
            Self::Arn(arn) => arn.name(),
        }
    }

    /// The ARN, if it was given or the account is known.
    #[must_use]
    pub fn arn(&self, account: Option<&AccountId>) -> Option<RoleArn> {
        match self {
            Self::Name(name) => account.map(|account| RoleArn::new(account, name)),
            Self::Arn(arn) => Some(arn.clone()),
        }
    }

    /// The account that the ARN names.
    #[must_use]
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Name(_) => None,
            Self::Arn(arn) => Some(arn.account()),
        }
    }
}

impl FromStr for RoleRef {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let role = if text.contains(':') { Self::Arn(text.parse()?) } else { Self::Name(text.parse()?) };
        if role.name().as_str().to_ascii_lowercase().starts_with(SERVICE_LINKED) {
            let why = "it is a service-linked role, which only its own service can use; use the default role, or a \
                       role of your own";
            return Err(Invalid::new("a custom role", text, why));
        }
        Ok(role)
    }
}

impl fmt::Display for RoleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::Arn(arn) => arn.fmt(f),
        }
    }
}

impl Serialize for RoleRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal<T: FromStr<Err = Invalid> + fmt::Debug>(text: &str) -> String {
        text.parse::<T>().expect_err(text).to_string()
    }

    #[test]
    fn a_role_name_keeps_to_its_letters_and_length() {
        assert!("my-role.v2".parse::<RoleName>().is_ok());
        assert!("x".repeat(64).parse::<RoleName>().is_ok());
        assert!(refusal::<RoleName>(&"x".repeat(65)).contains("65 characters"));
        assert!(refusal::<RoleName>("").contains("empty"));
        assert_eq!(
            refusal::<RoleName>("a\u{1b}b"),
            "`a␛b` is not a role name: it may hold only letters, digits, `.` and `-`, not `␛`"
        );
    }

    #[test]
    fn arns_are_compared_without_case_and_kept_as_typed() {
        let typed: RoleArn = "acs:ram::1234567890123456:role/My-Role".parse().expect("arn");
        let lower: RoleArn = "ACS:RAM::1234567890123456:ROLE/my-role".parse().expect("arn");
        assert_eq!(typed, lower);
        assert_eq!(lower.as_str(), "ACS:RAM::1234567890123456:ROLE/my-role");
        assert_eq!(lower.name().as_str(), "my-role");
    }

    #[test]
    fn a_wrong_arn_says_what_is_wrong() {
        for (text, expected) in [
            ("arn:aws:iam::1:role/x", "write it like acs:ram::"),
            ("acs:ram::1", "five parts"),
            ("acs:ram:cn-hangzhou:1:role/x", "RAM is global"),
            ("acs:ram::*:role/x", "it may hold only digits, not `*`"),
            ("acs:ram::1:user/x", "it names `user/x`"),
            ("acs:ram::1:role/", "it is empty"),
        ] {
            let refusal = refusal::<RoleArn>(text);
            assert!(refusal.contains(expected), "{text}: {refusal}");
        }
    }

    #[test]
    fn a_role_is_given_by_name_or_by_arn() {
        let account: AccountId = "1234567890123456".parse().expect("account");
        let name: RoleRef = "rank".parse().expect("name");
        assert_eq!(name.arn(None), None);
        assert_eq!(name.arn(Some(&account)).expect("arn").as_str(), "acs:ram::1234567890123456:role/rank");
        assert!(!account.has_unusual_length());
        assert!("123".parse::<AccountId>().expect("digits").has_unusual_length());
    }

    #[test]
    fn a_user_is_taken_without_the_domain() {
        assert_eq!("alice@corp.onaliyun.com".parse::<UserName>().expect("user").as_str(), "alice");
        assert!("-x".parse::<UserName>().is_err());
    }
}
