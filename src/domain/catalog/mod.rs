//! What the platform's documents say, as data with its source: one file a workload in `assets/catalog/`.
//! Read lazily, file by file; a test reads them all.

mod endpoints;
mod permissions;
mod platform;
mod sheet;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::values::Invalid;

pub use endpoints::{EndpointException, Endpoints, Network, Product, RegionRow};
pub use permissions::{
    AccessClass, ElsewhereRow, GrantRow, Mark, MountRow, NeedRow, Permissions, ServiceRow, SystemActions,
    TargetKind,
};
pub use platform::{
    PlatformRole, PlatformRoles, PrincipalRow, SystemPolicies, SystemPolicy, is_service_linked_only,
};
pub use sheet::{
    Api, Console, CredentialPlaces, DefaultRole, NameRule, RoleOption, Sheet, Trust, Unconfirmed,
};

/// The text of a file of the catalog, as build.rs has converted it.
macro_rules! asset {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}
pub(super) use asset;

/// A kind of thing that can carry a RAM role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Workload {
    /// A DLC job.
    Dlc,
    /// A DSW instance.
    Dsw,
    /// An EAS service.
    Eas,
    /// A `DataWorks` personal development environment.
    Dataworks,
}

impl Workload {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Dlc, Self::Dsw, Self::Eas, Self::Dataworks];

    /// The short name: `dlc`, `dsw`, `eas`, `dataworks`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Dlc => "dlc",
            Self::Dsw => "dsw",
            Self::Eas => "eas",
            Self::Dataworks => "dataworks",
        }
    }

    /// What the documents say of it.
    #[must_use]
    pub fn sheet(self) -> &'static Sheet {
        static SHEETS: [OnceLock<Sheet>; 4] = [const { OnceLock::new() }; 4];
        SHEETS[self as usize].get_or_init(|| read(self.asset()))
    }

    fn asset(self) -> &'static str {
        match self {
            Self::Dlc => asset!("dlc"),
            Self::Dsw => asset!("dsw"),
            Self::Eas => asset!("eas"),
            Self::Dataworks => asset!("dataworks"),
        }
    }

    /// The service that a custom role for it must trust; `None` where the documents name none.
    #[must_use]
    pub fn principal(self) -> Option<&'static str> {
        let fact = &self.sheet().trust.principal;
        (!fact.value.is_empty()).then_some(fact.value.as_str())
    }

    /// Whether the documents offer this choice of role.
    #[must_use]
    pub fn offers(self, choice: RoleChoice) -> bool {
        self.sheet().roles.iter().any(|role| role.choice == choice)
    }

    /// What is not confirmed, by its id.
    #[must_use]
    pub fn unconfirmed(self, id: &str) -> Option<&'static Unconfirmed> {
        self.sheet().unconfirmed.iter().find(|row| row.id == id)
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Workload {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let lower = text.to_lowercase();
        Self::ALL
            .into_iter()
            .find(|workload| workload.id() == lower)
            .ok_or_else(|| Invalid::new("a workload", text, "use dlc, dsw, eas or dataworks"))
    }
}

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
