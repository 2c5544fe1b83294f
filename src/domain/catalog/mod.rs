//! What the platform's documents say, as data with its source: one file a workload in `assets/catalog/`.
//! Read lazily, file by file; a test reads them all.

mod access;
mod documents;
mod endpoints;
mod permissions;
mod platform;
mod sheet;
mod spelling;
mod workload;

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::values::Invalid;

pub use access::Access;
pub use documents::{AnswerRow, BodyRow, Documents, ForeignRow, Held};
pub use endpoints::{EndpointException, Endpoints, Network, Product, RegionRow};
pub use permissions::{
    AccessClass, ElsewhereRow, GrantRow, Mark, MountRow, NeedRow, Permissions, ServiceRow, SystemActions,
    TargetKind,
};
pub use platform::{
    PlatformRole, PlatformRoles, PolicyUse, PrincipalRow, SystemPolicies, SystemPolicy,
    is_service_linked_only,
};
pub use sheet::{
    Api, Carrier, Change, Console, CredentialConfigFields, CredentialPlaces, DefaultRole, NameRule, OwnId,
    Reached, RoleOption, ServiceConfigKeys, Sheet, Trust, Unconfirmed, Update,
};
pub use spelling::{Spelling, Spellings};
pub use workload::Workload;

/// The text of a file of the catalog, as build/catalog.rs has converted it.
macro_rules! asset {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}
pub(super) use asset;

/// Which role a workload carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleChoice {
    /// The platform's own default role.
    Default,
    /// A role of the account.
    Custom,
    /// No role.
    None,
}

impl RoleChoice {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Custom => "custom",
            Self::None => "none",
        }
    }
}

impl FromStr for RoleChoice {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.to_lowercase().as_str() {
            "default" => Ok(Self::Default),
            "custom" => Ok(Self::Custom),
            "none" => Ok(Self::None),
            _ => Err(Invalid::new("a choice of role", text, "use default, custom or none")),
        }
    }
}

/// A value with the id of its source in the same file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact<T> {
    /// What is said.
    pub value: T,
    /// Who says it: a key of `sources`.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

pub(super) fn yes() -> bool {
    true
}

/// A document that facts come from.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title and publisher.
    pub title: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The date of the text, or of reading it: `YYYY-MM-DD`.
    pub read: String,
}

type Sources = BTreeMap<String, Source>;

/// The endpoints of the products.
#[must_use]
pub fn endpoints() -> &'static Endpoints {
    static ENDPOINTS: OnceLock<Endpoints> = OnceLock::new();
    ENDPOINTS.get_or_init(|| read(asset!("endpoints")))
}

/// The spellings of `CredentialConfig`.
#[must_use]
pub fn spellings() -> &'static Spellings {
    static SPELLINGS: OnceLock<Spellings> = OnceLock::new();
    SPELLINGS.get_or_init(|| read(asset!("spellings")))
}

/// The names by which documents are recognized.
#[must_use]
pub fn documents() -> &'static Documents {
    static DOCUMENTS: OnceLock<Documents> = OnceLock::new();
    DOCUMENTS.get_or_init(|| read(asset!("documents")))
}

/// Roles that the platform creates, and its service principals.
#[must_use]
pub fn platform_roles() -> &'static PlatformRoles {
    static ROLES: OnceLock<PlatformRoles> = OnceLock::new();
    ROLES.get_or_init(|| read(asset!("roles")))
}

/// System policies worth attaching.
#[must_use]
pub fn system_policies() -> &'static SystemPolicies {
    static POLICIES: OnceLock<SystemPolicies> = OnceLock::new();
    POLICIES.get_or_init(|| read(asset!("policies")))
}

/// What a custom role must be allowed.
#[must_use]
pub fn permissions() -> &'static Permissions {
    static PERMISSIONS: OnceLock<Permissions> = OnceLock::new();
    PERMISSIONS.get_or_init(|| read(asset!("permissions")))
}

/// Reads a file of the catalog.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the catalog is part of the program, and a test reads all of it")
}
