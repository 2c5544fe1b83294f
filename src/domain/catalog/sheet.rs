//! What a file says of one workload, field by field.

use serde::{Deserialize, Serialize};

use super::{Access, Fact, Network, PolicyUse, RoleChoice, Sources, yes};

/// Everything said of one workload.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The workload's short name.
    pub id: String,
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The product as messages name it.
    pub product: Fact<String>,
    /// Its full name.
    pub title: Fact<String>,
    /// The noun for it inside a sentence.
    pub thing: Fact<String>,
    /// What it is, in a sentence for readers who do not know the product.
    pub summary: Fact<String>,
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
    /// Whether others in the workspace can open it when it is public.
    pub can_be_public: Fact<bool>,
    /// The network whose endpoints generated code uses unless another one is selected.
    pub network: Fact<Network>,
    /// What the system policies that suit its custom role are for.
    pub policies: Fact<Vec<PolicyUse>>,
    /// What cannot be done; the first says how many roles it can have.
    pub limits: Vec<Fact<String>>,
    /// What a user must be warned of.
    pub warnings: Vec<Fact<String>>,
    /// What the documents do not say and ramrole assumes.
    pub unconfirmed: Vec<Unconfirmed>,
    /// The rule for the workload's own name.
    pub limits_of_name: Option<NameRule>,
}

impl Sheet {
    /// The title of the default role, for a sentence.
    #[must_use]
    pub fn default_title(&self) -> &str {
        let default = self.roles.iter().find(|role| role.choice == RoleChoice::Default);
        default.map_or("default role", |role| role.title.as_str())
    }
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
    /// Its name in RAM, where that is known.
    pub name: Option<Fact<String>>,
    /// Its name in the documents.
    pub label: Fact<String>,
    /// What it reaches, one product per row.
    pub reaches: Vec<Reached>,
    /// What it does not reach.
    pub lacks: Vec<Fact<String>>,
}

impl DefaultRole {
    /// Whether it reaches what the code uses. Every role has a credential.
    #[must_use]
    pub fn reaches(&self, access: Access) -> bool {
        access == Access::Credential || self.reaches.iter().any(|row| row.access == Some(access))
    }
}

/// A product that the default role reaches.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// What code can use there, where ramrole has code for it.
    pub access: Option<Access>,
    /// The product, and how far the role reaches.
    pub value: String,
    /// Who says so: a key of `sources`.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// Whom a custom role must trust.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// The service principal, where one is known.
    pub principal: Option<Fact<String>>,
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
    /// Where the role is in the request.
    pub carrier: Carrier,
    /// How the role is changed later.
    pub change: Change,
}

/// Where the role is in a request.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Carrier {
    /// In keys of the service config.
    ServiceConfig(ServiceConfigKeys),
    /// In the object `CredentialConfig`.
    CredentialConfig(CredentialConfigFields),
}

/// The keys of a service config that carry the role.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceConfigKeys {
    /// The key that switches the role on.
    pub switch: Fact<String>,
    /// The key with the ARN of a custom role.
    pub role: Fact<String>,
}

/// How an API takes `CredentialConfig`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialConfigFields {
    /// The names of its fields: the short name of a [`Spelling`](super::Spelling).
    pub spelling: Fact<String>,
    /// Whether the request takes it as a string that holds the JSON.
    pub as_string: Fact<bool>,
    /// The `Type` of the entry for the default role.
    pub default_type: Fact<String>,
    /// The field of an update that removes the role, where there is one of its own.
    pub remove: Option<Fact<String>>,
}

/// How the role of something that exists is changed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// By an operation.
    Update(Box<Update>),
    /// Not at all: why.
    Fixed(Fact<String>),
}

/// The operation that changes the role.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// Its name.
    pub operation: Fact<String>,
    /// Its method and path.
    pub path: Fact<String>,
    /// When it restarts what runs.
    pub restart: Option<Fact<String>>,
    /// How a command inside finds its own ID, so that one call changes the role.
    pub own_id: Option<OwnId>,
}

/// How the ID is passed to the operation, and where it is found inside.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnId {
    /// The parameter of the operation.
    pub parameter: String,
    /// The environment variable that has the ID inside.
    pub variable: String,
    /// Who says so: a key of `sources`.
    pub source: String,
}

impl Api {
    /// The operation that changes the role, where there is one.
    #[must_use]
    pub fn update(&self) -> Option<&Update> {
        match &self.change {
            Change::Update(update) => Some(update),
            Change::Fixed(_) => None,
        }
    }
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
    /// Where the role is chosen at creation, where the documents say so.
    pub create: Option<Fact<Vec<String>>>,
    /// Where it is changed later.
    pub change: Option<Fact<Vec<String>>>,
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
    /// The choices of role whose plan has to say so; a plan with another choice does not depend on it.
    #[serde(default)]
    pub roles: Vec<RoleChoice>,
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
