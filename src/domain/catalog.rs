//! What the platform's documents say, as data with its source: one file a workload in `assets/catalog/`.
//! Read lazily, file by file; a test reads them all.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::values::{Invalid, Region};

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

/// Everything said of one workload.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The workload's short name.
    pub id: String,
    /// The documents that the facts come from.
    pub sources: Sources,
    /// Its full name.
    pub title: Fact<String>,
    /// The noun for it inside a sentence.
    pub thing: Fact<String>,
    /// The choices of role.
    pub roles: Vec<RoleOption>,
    /// What the default role is.
    pub default_role: DefaultRole,
    /// Whom a custom role must trust.
    pub trust: Trust,
    /// The API that creates it.
    pub api: Api,
    /// Where the credential is found inside.
    pub credential: CredentialPlaces,
    /// Where to click.
    pub console: Console,
    /// What cannot be done.
    pub limits: Vec<Fact<String>>,
    /// What a user must be warned of.
    pub warnings: Vec<Fact<String>>,
    /// What the documents do not say and ramrole assumes.
    pub unconfirmed: Vec<Unconfirmed>,
    /// The rule for the workload's own name.
    pub limits_of_name: Option<NameRule>,
}

/// One choice of role.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleOption {
    /// Which.
    pub choice: RoleChoice,
    /// Its title.
    pub title: String,
    /// Its label in the console, where it has one.
    pub label: Option<String>,
    /// What it gives.
    pub gives: String,
    /// What it costs.
    pub costs: String,
    /// Whether it is the one to start with.
    #[serde(default)]
    pub recommended: bool,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// What the default role is and reaches.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultRole {
    /// Its name in RAM; empty where it is not known.
    pub name: Fact<String>,
    /// Its name in the documents.
    pub label: Fact<String>,
    /// What it reaches, a product a row.
    pub reaches: Vec<Fact<String>>,
    /// What it does not reach.
    pub lacks: Vec<Fact<String>>,
}

/// Whom a custom role must trust.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// The service principal; empty where the documents name none.
    pub principal: Fact<String>,
    /// What else to know.
    pub note: Option<String>,
    /// What is picked in the RAM console.
    pub console_principal: Option<Fact<String>>,
    /// The kind of principal that is picked there.
    pub console_principal_type: Option<Fact<String>>,
}

/// The API of the workload and its field names.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The product's code.
    pub product: Fact<String>,
    /// The version, `YYYY-MM-DD`.
    pub version: Fact<String>,
    /// `ROA` or `RPC`.
    pub style: Fact<String>,
    /// The operation that creates.
    pub create: Fact<String>,
    /// Its method and path.
    pub create_path: Fact<String>,
    /// The operation that changes; none for DLC jobs.
    pub update: Option<Fact<String>>,
    /// Its method and path.
    pub update_path: Option<Fact<String>>,
    /// The field that switches the role on.
    pub switch: Fact<String>,
    /// The field with the list of credentials.
    pub items: Option<Fact<String>>,
    /// The field with the role.
    pub role: Fact<String>,
    /// How the object is sent.
    pub sent_as: Fact<String>,
}

/// Where the credential is found inside.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialPlaces {
    /// The injected file.
    pub file: Fact<String>,
    /// Whether that file has a `Code` beside the credential.
    pub file_has_code: Fact<bool>,
    /// The variable with the address of the local service.
    pub uri_variable: Fact<String>,
}

/// Where to click, as labels in their order.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    /// Where the role is chosen at creation.
    pub create: Fact<Vec<String>>,
    /// Where it is changed later.
    pub change: Option<Fact<Vec<String>>>,
    /// Where a role's trust policy is edited.
    pub trust: Option<Fact<Vec<String>>>,
    /// Where third-party libraries are entered.
    pub libraries: Option<Fact<Vec<String>>>,
}

/// Something that the documents do not say.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unconfirmed {
    /// A short name.
    pub id: String,
    /// The note for the user, one sentence.
    pub value: String,
    /// Where one would expect it.
    pub source: String,
}

/// The rule for a workload's own name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRule {
    /// A regular expression.
    pub pattern: String,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// Roles that the platform creates, and its service principals.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformRoles {
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The roles.
    #[serde(rename = "role")]
    pub roles: Vec<PlatformRole>,
    /// The principals.
    #[serde(rename = "principal")]
    pub principals: Vec<PrincipalRow>,
}

/// A role that the platform creates.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformRole {
    /// Its name in RAM.
    pub name: String,
    /// The product that it belongs to.
    pub product: String,
    /// Whether only its service can change it.
    pub service_linked: bool,
    /// What it is, in a line.
    pub note: String,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// A service principal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrincipalRow {
    /// The principal.
    pub value: String,
    /// What it is for.
    #[serde(rename = "use")]
    pub used_for: String,
    /// Whether a custom role for one of the workloads trusts it.
    pub custom_role: bool,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// System policies worth attaching.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemPolicies {
    /// How `MaxCompute` permissions are given, which no RAM policy does.
    pub maxcompute_note: Fact<String>,
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The policies.
    #[serde(rename = "policy")]
    pub policies: Vec<SystemPolicy>,
}

/// A system policy.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemPolicy {
    /// Its name.
    pub name: String,
    /// What it allows: a verb phrase.
    pub allows: String,
    /// What it serves: `oss`, `maxcompute`, `dlc`, `mount-oss`, `mount-nas`, `image`.
    pub access: Vec<String>,
    /// What to beware of.
    pub caution: Option<String>,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// The endpoints of the products.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoints {
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The products.
    #[serde(rename = "product")]
    pub products: Vec<Product>,
    /// The regions that have a name.
    #[serde(rename = "region")]
    pub regions: Vec<RegionRow>,
}

/// The endpoints of one product.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The product's code.
    pub id: String,
    /// The API version.
    pub version: Option<String>,
    /// The pattern of the public endpoint, with `{region}`.
    pub public: String,
    /// The pattern of the VPC or internal endpoint.
    pub vpc: Option<String>,
    /// Regions with a public endpoint; empty where they are not known.
    pub regions: Vec<String>,
    /// Regions with a VPC endpoint only.
    pub vpc_only: Vec<String>,
    /// Who says so.
    pub source: String,
    /// Where the patterns do not hold.
    #[serde(default)]
    pub exception: Vec<EndpointException>,
}

/// A region in which a pattern does not hold: an empty text means that there is no such endpoint.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointException {
    /// The region.
    pub region: String,
    /// The public endpoint.
    pub public: Option<String>,
    /// The VPC or internal endpoint.
    pub vpc: Option<String>,
}

/// A region and its name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionRow {
    /// Its ID.
    pub id: String,
    /// Its English name.
    pub name: Option<String>,
    /// Who says so.
    pub source: String,
}

/// Which network an endpoint is reached over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Network {
    /// Inside Alibaba Cloud: internal (OSS) or VPC endpoints.
    Internal,
    /// The public network.
    Public,
}

impl Network {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }
}

impl FromStr for Network {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.to_lowercase().as_str() {
            "internal" | "vpc" => Ok(Self::Internal),
            "public" => Ok(Self::Public),
            _ => Err(Invalid::new("a network", text, "use internal or public")),
        }
    }
}

impl Product {
    /// The endpoint in a region; `None` where the documents know of none.
    #[must_use]
    pub fn endpoint(&self, region: &Region, network: Network) -> Option<String> {
        let exception = self.exception.iter().find(|row| row.region == region.as_str());
        let vpc_only = self.vpc_only.iter().any(|other| other == region.as_str());
        let (special, pattern) = match network {
            Network::Internal => (exception.and_then(|row| row.vpc.as_ref()), self.vpc.as_ref()),
            Network::Public => {
                let special = exception.and_then(|row| row.public.as_ref());
                (special, (!vpc_only).then_some(&self.public))
            }
        };
        let pattern = special.or(pattern)?;
        (!pattern.is_empty()).then(|| pattern.replace("{region}", region.as_str()))
    }

    /// Whether the documents list the region for this product; `None` where they list none at all.
    #[must_use]
    pub fn knows(&self, region: &Region) -> Option<bool> {
        let mut listed = self.regions.iter().chain(&self.vpc_only);
        (!self.regions.is_empty()).then(|| listed.any(|other| other == region.as_str()))
    }
}

impl Endpoints {
    /// The product with this code.
    #[must_use]
    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }
}

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

/// Reads a file of the catalog.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the catalog is part of the program, and a test reads all of it")
}
