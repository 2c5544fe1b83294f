//! Tells from a document's outline what it is; judges nothing.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::super::catalog::Held;
use super::super::json::{Document, Kind, Value, read};
use super::super::outline;
use super::super::policy::{Policy, PolicyKind};
use super::super::values::Invalid;
use super::credential_config;

/// The kinds of document that have rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Who may assume a role.
    TrustPolicy,
    /// What may be done on what.
    PermissionPolicy,
    /// An EAS service config, or a fragment of one.
    ServiceConfig,
    /// A `CredentialConfig`, alone, in a request body, or as a JSON string.
    CredentialConfig,
    /// The body of a request that carries a `CredentialConfig`, recognized by its other fields.
    RequestBody,
}

impl DocumentKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::TrustPolicy,
        Self::PermissionPolicy,
        Self::ServiceConfig,
        Self::CredentialConfig,
        Self::RequestBody,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TrustPolicy => "trust-policy",
            Self::PermissionPolicy => "permission-policy",
            Self::ServiceConfig => "service-config",
            Self::CredentialConfig => "credential-config",
            Self::RequestBody => "request-body",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DocumentKind {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let kind = Self::ALL.into_iter().find(|kind| kind.name() == text);
        let names = Self::ALL.map(Self::name).join(", ");
        kind.ok_or_else(|| Invalid::new("a kind of document", text, format!("write one of {names}")))
    }
}

impl Serialize for DocumentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Top-level names of which one is enough to see a service config.
const CONFIG_NAMES: [&str; 12] = [
    "metadata",
    "containers",
    "storage",
    "processor",
    "model_path",
    "model_config",
    "role_arn",
    "cloud",
    "networking",
    "autoscaler",
    "dockerAuth",
    "aimaster",
];

/// Names that other documents with `metadata` have: Kubernetes objects and notebooks.
const FOREIGN_NAMES: [&str; 3] = ["apiVersion", "nbformat", "cells"];

/// What the document is; a policy that is not one of RAM counts as a permission policy.
#[must_use]
pub fn recognise(document: &Document) -> Option<DocumentKind> {
    let root = document.root();
    match root.kind() {
        Kind::Object => recognise_object(root),
        Kind::String => recognise_string(root),
        Kind::Array => root
            .elements()
            .next()
            .filter(|first| is_service_config(*first))
            .map(|_| DocumentKind::ServiceConfig),
        _ => None,
    }
}

fn recognise_object(root: Value) -> Option<DocumentKind> {
    if is_policy(root) {
        Some(policy_kind(Policy(root)))
    } else if let Some(answer) = outline::answer(root) {
        Some(match answer.row.holds {
            Held::ServiceConfig => DocumentKind::ServiceConfig,
            Held::PermissionPolicy => DocumentKind::PermissionPolicy,
        })
    } else if outline::body(root).is_some() {
        Some(DocumentKind::RequestBody)
    } else if credential_config::is_one(root) {
        Some(DocumentKind::CredentialConfig)
    } else if is_api_answer(root) {
        Some(DocumentKind::TrustPolicy)
    } else if is_service_config(root) {
        Some(DocumentKind::ServiceConfig)
    } else {
        None
    }
}

/// `DataWorks` takes `CredentialConfig` as a string; `jq` without `-r` leaves a trust policy as one.
fn recognise_string(root: Value) -> Option<DocumentKind> {
    let content = root.as_str()?;
    let inner = read(&content).ok().filter(|inner| inner.root().kind() == Kind::Object)?;
    let kind = recognise_object(inner.root())?;
    matches!(kind, DocumentKind::CredentialConfig | DocumentKind::TrustPolicy).then_some(kind)
}

fn is_policy(root: Value) -> bool {
    let misspelt =
        |name: &str| name.eq_ignore_ascii_case("statement") || name.eq_ignore_ascii_case("statements");
    Policy::is_policy(root)
        || root.members().any(|member| member.name.as_str().is_some_and(|name| misspelt(&name)))
}

/// A Principal beside a Resource is a slip in a trust policy only where roles are assumed.
fn policy_kind(policy: Policy) -> DocumentKind {
    let is_trust = policy.kind() == PolicyKind::Trust
        && policy.statements().any(|statement| {
            statement.0.get("Resource").is_none()
                || statement.actions().any(|action| action.as_str().is_some_and(|text| is_sts(&text)))
        });
    if is_trust { DocumentKind::TrustPolicy } else { DocumentKind::PermissionPolicy }
}

/// Whether an action is one of STS.
pub(super) fn is_sts(action: &str) -> bool {
    action.get(..4).is_some_and(|service| service.eq_ignore_ascii_case("sts:"))
}

/// Whether this is what `GetRole` answers, or the trust policy as a string.
pub(super) fn is_api_answer(root: Value) -> bool {
    root.kind() == Kind::String
        || root.get("AssumeRolePolicyDocument").is_some()
        || root.at(&["Role", "AssumeRolePolicyDocument"]).is_some()
}

/// Whether this is not a list, or one whose first element is a service config beyond doubt: reports and inventories are
/// lists of objects with `metadata` too.
pub(super) fn is_no_foreign_list(root: Value) -> bool {
    let Some(first) = root.elements().next().filter(|_| root.kind() == Kind::Array) else { return true };
    let names_service = ["instance", "name"].iter().any(|name| first.at(&["metadata", name]).is_some());
    let runs_something =
        ["containers", "processor", "model_path"].iter().any(|name| first.get(name).is_some());
    names_service && runs_something
}

fn is_service_config(root: Value) -> bool {
    let has = |names: &[&str]| root.members().any(|member| names.iter().any(|name| member.is(name)));
    let switch = || root.at(&["options", "enable_ram_role"]).is_some();
    (has(&CONFIG_NAMES) || switch()) && !has(&FOREIGN_NAMES)
}
