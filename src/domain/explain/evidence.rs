//! What the values of a message tell of its cause.

use serde::{Deserialize, Serialize};

use super::values::{Caller, Values};

/// Something in a message that speaks for a cause or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The caller is an assumed role.
    AssumedRole,
    /// The caller is a RAM user.
    RamUser,
    /// The caller is the Alibaba Cloud account itself.
    Account,
    /// A Deny statement refused the call.
    ExplicitDeny,
    /// No statement allows the call.
    ImplicitDeny,
    /// The trust policy of a role refused the call.
    TrustPolicy,
    /// The policy of a session refused the call.
    SessionPolicy,
    /// A control policy of the resource directory refused the call.
    ControlPolicy,
    /// A policy of the resource refused the call, such as a bucket policy.
    ResourcePolicy,
    /// A policy of the identity refused the call.
    IdentityPolicy,
    /// The message names the role.
    RoleNamed,
    /// The message names the denied action.
    ActionNamed,
    /// The call failed with HTTP status 404.
    NotFound,
    /// The call failed with an HTTP status of 500 or more.
    ServerFault,
    /// The call was refused with HTTP status 401 or 403.
    Refused,
    /// The answer has a message beside its code.
    MessageGiven,
}

impl Evidence {
    /// Whether a message with these values shows it.
    pub(super) fn is_in(self, values: &Values) -> bool {
        let kind = |word: &str| values.policy_type.as_deref().is_some_and(|kind| kind.contains(word));
        let denial = |word: &str| values.no_permission_type.as_deref() == Some(word);
        let status = values.http_status.unwrap_or_default();
        match self {
            Self::AssumedRole => matches!(values.caller, Some(Caller::Role { .. })),
            Self::RamUser => matches!(values.caller, Some(Caller::User { .. })),
            Self::Account => matches!(values.caller, Some(Caller::Account { .. })),
            Self::ExplicitDeny => denial("ExplicitDeny"),
            Self::ImplicitDeny => denial("ImplicitDeny"),
            Self::TrustPolicy => kind("AssumeRolePolicy"),
            Self::SessionPolicy => kind("SessionPolicy"),
            Self::ControlPolicy => kind("ControlPolicy"),
            Self::ResourcePolicy => kind("ResourceBased") || kind("BucketPolicy"),
            Self::IdentityPolicy => kind("IdentityBased"),
            Self::RoleNamed => values.role.is_some(),
            Self::ActionNamed => values.action.is_some(),
            Self::NotFound => status == 404,
            Self::ServerFault => status >= 500,
            Self::Refused => matches!(status, 401 | 403),
            Self::MessageGiven => values.has_message,
        }
    }
}
