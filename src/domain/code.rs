//! Code that the user takes away: runs inside the workload with the role's credential.

use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::association::Refusal;
use super::catalog::{self, Access, Network, RoleChoice, Workload};
use super::values::{Invalid, Region};
use super::{finding::Finding, quote, rules};

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
    /// The text of the file, which `build/catalog.rs` adds.
    pub text: String,
    /// What it does.
    pub title: String,
    /// The Python packages that it needs.
    pub packages: Vec<String>,
    /// The programs that it needs.
    pub tools: Vec<String>,
    /// The placeholders in it.
    pub needs: Vec<Placeholder>,
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

/// A value that a snippet takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Placeholder {
    /// The OSS bucket.
    Bucket,
    /// The `MaxCompute` project.
    Project,
    /// The PAI workspace.
    WorkspaceId,
    /// The region.
    Region,
    /// The endpoint of OSS in the region.
    OssEndpoint,
    /// The endpoint of `MaxCompute` in the region.
    MaxcomputeEndpoint,
    /// The endpoint of DLC in the region.
    DlcEndpoint,
}

impl Placeholder {
    /// Its name, as it stands between `{{` and `}}`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bucket => "bucket",
            Self::Project => "project",
            Self::WorkspaceId => "workspace_id",
            Self::Region => "region",
            Self::OssEndpoint => "oss_endpoint",
            Self::MaxcomputeEndpoint => "maxcompute_endpoint",
            Self::DlcEndpoint => "dlc_endpoint",
        }
    }

    /// The flag that gives the value: endpoints follow from the region.
    #[must_use]
    pub fn flag(self) -> &'static str {
        match self {
            Self::Bucket => "bucket",
            Self::Project => "project",
            Self::WorkspaceId => "workspace-id",
            Self::Region | Self::OssEndpoint | Self::MaxcomputeEndpoint | Self::DlcEndpoint => "region",
        }
    }

    /// What stands in code for a value that was not given.
    #[must_use]
    pub fn shown(self) -> String {
        format!("<{}>", self.name().replace('_', "-"))
    }

    /// The product whose endpoint it is.
    fn product(self) -> Option<&'static str> {
        match self {
            Self::OssEndpoint => Some("oss"),
            Self::MaxcomputeEndpoint => Some("maxcompute"),
            Self::DlcEndpoint => Some("pai-dlc"),
            Self::Bucket | Self::Project | Self::WorkspaceId | Self::Region => None,
        }
    }
}

/// What the code is filled in with; what is missing becomes a placeholder that says so.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// The region of the workload and of what it accesses.
    pub region: Option<Region>,
    /// Which endpoints; those that suit the workload by default.
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
    pub needs: &'static [Placeholder],
    /// What was not given and has to be filled in: the placeholder's name.
    pub missing: Vec<Placeholder>,
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
    let mut literal = |placeholder: Placeholder| {
        let value = filled.value(placeholder).unwrap_or_else(|| {
            missing.push(placeholder);
            placeholder.shown()
        });
        filled.quoted(&value)
    };
    let needs = snippet.needs.iter();
    let literals: Vec<_> = needs.map(|placeholder| (placeholder.name(), literal(*placeholder))).collect();
    let text = fill(&snippet.text, &literals);
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
    let named = match access {
        Access::Oss => "OSS",
        Access::Maxcompute => "MaxCompute",
        Access::Dlc => "DLC",
        Access::Credential => return None,
    };
    let sheet = workload.sheet();
    if sheet.default_role.reaches(access) {
        return None;
    }
    let message = format!("the {} does not reach {named}", sheet.default_title());
    let finding = Finding::new(&rules::DEFAULT_ROLE_REACH, message);
    Some(if workload.offers(RoleChoice::Custom) {
        finding
    } else {
        finding.with_fix("use a service that it reaches; a custom role is not documented here")
    })
}

struct Filling<'a> {
    workload: Workload,
    language: Language,
    values: &'a Values,
}

impl Filling<'_> {
    fn value(&self, placeholder: Placeholder) -> Option<String> {
        match placeholder {
            Placeholder::Bucket => self.values.bucket.clone(),
            Placeholder::Project => self.values.project.clone(),
            Placeholder::WorkspaceId => self.values.workspace_id.clone(),
            Placeholder::Region => self.values.region.as_ref().map(Region::to_string),
            Placeholder::OssEndpoint | Placeholder::MaxcomputeEndpoint | Placeholder::DlcEndpoint => {
                self.endpoint(placeholder.product()?)
            }
        }
    }

    fn endpoint(&self, product: &str) -> Option<String> {
        let network = self.values.network.unwrap_or(self.workload.sheet().network.value);
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
        let products = snippet.needs.iter().filter_map(|placeholder| placeholder.product());
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
