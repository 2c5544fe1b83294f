//! What a file says of one workload, field by field.

use serde::{Deserialize, Serialize};

use super::{Fact, RoleChoice, Sources, yes};

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
