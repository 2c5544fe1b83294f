//! Code that the user takes away: runs inside the workload with the role's credential.

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::association::Refusal;
use super::catalog::{self, Network, RoleChoice, Workload};
use super::values::{Invalid, Region};
use super::{finding::Finding, quote, rules};

/// What the code accesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Objects of an OSS bucket.
    Oss,
    /// Tables of a `MaxCompute` project.
    Maxcompute,
    /// DLC jobs of a workspace.
    Dlc,
    /// The credential itself.
    Credential,
}

impl Access {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Oss, Self::Maxcompute, Self::Dlc, Self::Credential];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Oss => "oss",
            Self::Maxcompute => "maxcompute",
            Self::Dlc => "dlc",
            Self::Credential => "credential",
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Access {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let lower = text.to_lowercase();
        Self::ALL.into_iter().find(|access| access.word() == lower).ok_or_else(|| {
            Invalid::new("something to access", text, "use oss, maxcompute, dlc or credential")
        })
    }
}

/// The language of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Python 3.
    Python,
    /// bash.
    Shell,
}

impl FromStr for Language {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text.to_lowercase().as_str() {
            "python" => Ok(Self::Python),
            "shell" | "bash" => Ok(Self::Shell),
            _ => Err(Invalid::new("a language", text, "use python or shell")),
        }
    }
}

/// One row of `assets/snippets/index.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snippet {
    /// What it accesses.
    pub access: Access,
    /// In which language.
    pub language: Language,
    /// Its file name.
    pub file: String,
    /// What it does.
    pub title: String,
    /// The Python packages that it needs.
    pub packages: Vec<String>,
    /// The programs that it needs.
    pub tools: Vec<String>,
    /// The placeholders in it.
    pub needs: Vec<String>,
    /// What it was verified with.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    snippet: Vec<Snippet>,
}

/// Every snippet.
#[must_use]
pub fn snippets() -> &'static [Snippet] {
    static INDEX: OnceLock<Index> = OnceLock::new();
    &INDEX.get_or_init(|| catalog::read(catalog::asset!("index"))).snippet
}

/// The text of a snippet's file.
fn template(file: &str) -> &'static str {
    match file {
        "oss.py" => include_str!("../../assets/snippets/oss.py"),
        "oss.sh" => include_str!("../../assets/snippets/oss.sh"),
        "maxcompute.py" => include_str!("../../assets/snippets/maxcompute.py"),
        "dlc.py" => include_str!("../../assets/snippets/dlc.py"),
        "dlc.sh" => include_str!("../../assets/snippets/dlc.sh"),
        "credential.py" => include_str!("../../assets/snippets/credential.py"),
        _ => include_str!("../../assets/snippets/credential.sh"),
    }
}

/// What the code is filled in with; what is missing becomes a placeholder that says so.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// The region of the workload and of what it accesses.
    pub region: Option<Region>,
    /// Which endpoints; by default the internal ones for EAS, which has no public network by default.
    pub network: Option<Network>,
    /// The OSS bucket.
    pub bucket: Option<String>,
    /// The `MaxCompute` project.
    pub project: Option<String>,
    /// The PAI workspace.
    pub workspace_id: Option<String>,
}

/// A runnable file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its language.
    pub language: Language,
    /// Its file name.
    pub file: &'static str,
    /// What it does.
    pub title: &'static str,
    /// The text.
    pub text: String,
    /// The Python packages to install.
    pub packages: &'static [String],
    /// The programs that it needs.
    pub tools: &'static [String],
    /// The values that it takes.
    pub needs: &'static [String],
    /// What was not given and has to be filled in: the placeholder's name.
    pub missing: Vec<&'static str>,
    /// What is to be said.
    pub findings: Vec<Finding>,
}

impl Code {
    /// The line that installs the packages; `None` where none are needed.
    #[must_use]
    pub fn pip(&self) -> Option<String> {
        let words = ["pip", "install"].into_iter().chain(self.packages.iter().map(String::as_str));
        (!self.packages.is_empty()).then(|| quote::command(words))
    }

    /// The command that runs it.
    #[must_use]
    pub fn run(&self) -> String {
        let interpreter = match self.language {
            Language::Python => "python",
            Language::Shell => "bash",
        };
        quote::command([interpreter, self.file])
    }
}

/// The code for one kind of access.
///
/// # Errors
/// Where no such code exists.
pub fn code(
    workload: Workload,
    access: Access,
    language: Language,
    values: &Values,
) -> Result<Code, Refusal> {
    let wanted = |snippet: &&Snippet| snippet.access == access && snippet.language == language;
    let snippet = snippets().iter().find(wanted).ok_or_else(|| no_such(access))?;
    let filled = Filling { workload, language, values };
    let mut missing = Vec::new();
    let mut literal = |name: &'static str| {
        let value = filled.value(name).unwrap_or_else(|| {
            missing.push(name);
            format!("<{}>", name.replace('_', "-"))
        });
        filled.quoted(&value)
    };
    let literals = snippet.needs.iter().map(|name| (name.as_str(), literal(name))).collect::<Vec<_>>();
    let text = fill(template(&snippet.file), &literals);
    let findings = filled.unknown_region(snippet);
    Ok(Code {
        language,
        file: &snippet.file,
        title: &snippet.title,
        text,
        packages: &snippet.packages,
        tools: &snippet.tools,
        needs: &snippet.needs,
        missing,
        findings,
    })
}

/// Puts the literals into their `{{places}}`, in one pass: a value that looks like a place stays what it is.
fn fill(template: &str, literals: &[(&str, String)]) -> String {
    let mut pieces = template.split("{{");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        text.extend(literals.iter().filter(|(other, _)| *other == name).map(|(_, literal)| literal.as_str()));
        text.push_str(rest);
    }
    text
}

fn no_such(access: Access) -> Refusal {
    Refusal::new(
        format!("there is no shell code for {access}: its clients do not read the credentials URI"),
        "use --language python",
    )
}

/// The warning where a workload's default role does not reach what the code uses.
#[must_use]
pub fn unreached(workload: Workload, access: Access) -> Option<Finding> {
    let (product, named) = match access {
        Access::Oss => ("OSS", "OSS"),
        Access::Maxcompute => ("MaxCompute", "MaxCompute"),
        Access::Dlc => ("PAI", "DLC"),
        Access::Credential => return None,
    };
    let sheet = workload.sheet();
    let reached = sheet.default_role.reaches.iter().any(|fact| fact.value.contains(product));
    let message = format!("the {} does not reach {named}", sheet.default_title());
    let finding = Finding::new(&rules::DEFAULT_ROLE_REACH, message);
    let finding = if workload.offers(RoleChoice::Custom) {
        finding
    } else {
        finding.with_fix("use a service that it reaches; a custom role is not documented here")
    };
    (!reached).then_some(finding)
}

/// The network whose endpoints are used when none is named.
#[must_use]
pub fn default_network(workload: Workload) -> Network {
    if workload == Workload::Eas { Network::Internal } else { Network::Public }
}

struct Filling<'a> {
    workload: Workload,
    language: Language,
    values: &'a Values,
}

impl Filling<'_> {
    fn value(&self, name: &str) -> Option<String> {
        match name {
            "bucket" => self.values.bucket.clone(),
            "project" => self.values.project.clone(),
            "workspace_id" => self.values.workspace_id.clone(),
            "region" => self.values.region.as_ref().map(Region::to_string),
            _ => self.endpoint(product_of(name)),
        }
    }

    fn endpoint(&self, product: &str) -> Option<String> {
        let network = self.values.network.unwrap_or_else(|| default_network(self.workload));
        let product = catalog::endpoints().product(product)?;
        product.endpoint(self.values.region.as_ref()?, network)
    }

    fn quoted(&self, value: &str) -> String {
        match self.language {
            Language::Python => quote::python(value),
            Language::Shell => quote::shell(value),
        }
    }

    fn unknown_region(&self, snippet: &Snippet) -> Vec<Finding> {
        let Some(region) = &self.values.region else { return Vec::new() };
        let products =
            snippet.needs.iter().filter(|name| name.ends_with("_endpoint")).map(|name| product_of(name));
        let unknown = products.filter(|product| {
            catalog::endpoints().product(product).and_then(|product| product.knows(region)) == Some(false)
        });
        let finding = |product| {
            Finding::new(
                &rules::REGION_UNKNOWN,
                format!("the documents list no {product} endpoint in {region}"),
            )
        };
        unknown.map(finding).collect()
    }
}

/// The product whose endpoint a placeholder stands for.
fn product_of(placeholder: &str) -> &str {
    match placeholder {
        "oss_endpoint" => "oss",
        "maxcompute_endpoint" => "maxcompute",
        _ => "pai-dlc",
    }
}
