//! The narrowest permission policy of a custom role, by what is given: needs are collected from a service config and from
//! what the code uses, and become statements. What is not known becomes a finding, never a wildcard.

mod compare;
mod config;
mod gather;
mod image;
mod merge;
mod need;
mod path;
pub mod report;
pub mod rules;
mod split;
mod statement;
mod usage;
mod verify;

use super::catalog::{GrantRow, Mark, MountRow, NeedRow, TargetKind, Workload, permissions};
use super::check::strictness;
use super::edit::syntax_finding;
use super::finding::Finding;
use super::findings::Findings;
use super::json::{self, Kind};
use super::rules as table;
use super::service_config;
use super::text::place;
use super::values::{AccountId, RoleArn};

pub use compare::{Comparison, Extra, system_policy};
pub use gather::{Elsewhere, Known};
pub use image::{Image, Registry};
pub use merge::{compare, merge};
pub use need::{Grant, Need, Origin};
pub use path::{Key, OssPath};
pub use split::compact;
pub use statement::Statement;
pub use usage::{Names, Target, Use, dataset, registry};
pub use verify::Verified;

use config::Config;
use gather::Gathered;

/// What a policy is wanted for.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The workload that carries the role.
    pub workload: Workload,
    /// The config of an EAS service.
    pub config: Option<&'a str>,
    /// What the code uses.
    pub uses: Vec<Use>,
    /// What a person knows beside that.
    pub known: Known,
}

/// The permissions of a role.
#[derive(Debug)]
pub struct Permissions {
    /// The needs, each with its origin.
    pub needs: Vec<Need>,
    /// The statements of each policy.
    pub policies: Vec<Vec<Statement>>,
    /// What to do that no RAM policy does.
    pub elsewhere: Vec<Elsewhere>,
    /// What needs no permission, and why.
    pub nothing: Vec<Origin>,
    /// How the policies were evaluated against the needs.
    pub verified: Verified,
    /// The findings, in the order of the config.
    pub findings: Findings,
}

impl Permissions {
    /// The policies as documents, in their order.
    #[must_use]
    pub fn documents(&self) -> Vec<String> {
        self.policies.iter().map(|policy| split::document(policy)).collect()
    }

    /// Every action on every resource that is needed, without those whose resource is not known yet.
    #[must_use]
    pub fn grants(&self) -> Vec<Grant> {
        self.needs.iter().filter(|need| need.is_complete()).flat_map(Need::grants).collect()
    }
}

/// The policies for grants as documents, in their order.
#[must_use]
pub fn documents_of(grants: &[Grant]) -> Vec<String> {
    let policies = split::policies(statement::statements(grants));
    policies.iter().map(|policy| split::document(policy)).collect()
}

/// Whether mounts and images of the workload are read with its custom role.
fn mounts(workload: Workload) -> Option<&'static MountRow> {
    permissions().mounts.iter().find(|row| row.workload == workload)
}

/// Generates the policies.
///
/// # Errors
/// The findings for which the service config cannot be read.
pub fn generate(wanted: &Wanted) -> Result<Permissions, Findings> {
    let row = mounts(wanted.workload);
    let config = wanted.config.filter(|_| row.is_none_or(|row| row.with_the_role));
    let config = config.map(read_config).transpose()?;
    let mut known = wanted.known.clone();
    known.account = known.account.or_else(|| config.as_ref().and_then(account));
    let mut out = Gathered::new(&known);
    if let Some(row) = row.filter(|row| !row.with_the_role) {
        let (place, says) = ("mounts and images".to_owned(), row.why.clone());
        out.nothing.push(Origin { place, line: None, says });
    }
    if let Some(document) = &config {
        Config::new(document).gather(&mut out);
        out.findings.append(strictness(document));
    }
    // The level of a key depends on the other uses.
    let (keys, others): (Vec<_>, Vec<_>) =
        wanted.uses.iter().partition(|used| used.service.target == TargetKind::Key);
    for used in others.into_iter().chain(keys) {
        out.used(used);
    }
    Ok(finish(out, wanted.config))
}

fn read_config(text: &str) -> Result<json::Document<'_>, Findings> {
    let document = json::read(text).map_err(|error| syntax_finding(text, &error))?;
    let root = document.root();
    if let Some(mut finding) = service_config::of_another_kind(&document) {
        finding.place = finding.span.as_ref().map(|span| place(text, span.start));
        return Err(finding.into());
    }
    if root.kind() == Kind::Object {
        return Ok(document);
    }
    let message = format!("this is {}, not the config of an EAS service", root.kind().described());
    let start = root.span().start;
    Err(Finding::new(&table::CONFIG_EXPECTED, message).at(text, start..start + 1).into())
}

/// The account of the role in the config.
fn account(document: &json::Document) -> Option<AccountId> {
    let arn = service_config::role(document.root())?;
    let arn: RoleArn = arn.as_str()?.parse().ok()?;
    Some(arn.account().clone())
}

fn finish(out: Gathered, config: Option<&str>) -> Permissions {
    let Gathered { needs, elsewhere, nothing, mut findings, .. } = out;
    let grants: Vec<Grant> = needs.iter().flat_map(Need::grants).collect();
    let policies = split::policies(statement::statements(&grants));
    findings.extend(stars(&needs));
    findings.extend(unconfirmed(&needs));
    let most = permissions().limits.policies_of_a_role;
    let verified =
        if policies.len() <= most { verify::verify(&grants, &policies) } else { Verified::default() };
    if policies.len() > most {
        let message = format!("the statements take {} policies; a role holds {most}", policies.len());
        findings.push(Finding::new(&rules::PERMISSION_TOO_MANY, message));
    }
    if policies.is_empty() {
        let message = "no statement is needed, so there is no policy";
        findings.push(Finding::new(&rules::PERMISSION_EMPTY, message));
    }
    findings.extend(verified.wrong.iter().map(|wrong| Finding::new(&rules::PERMISSION_SELF_CHECK, wrong)));
    findings.locate(config.unwrap_or_default());
    findings.cut();
    Permissions { needs, policies, elsewhere, nothing, verified, findings }
}

/// Why each `*` is the narrowest Resource, once for each need.
fn stars(needs: &[Need]) -> Vec<Finding> {
    let mut seen = Vec::new();
    for grant in needs.iter().flat_map(|need| &need.row.grants) {
        let is_star = grant.resource == "*" || grant.star.is_some();
        if is_star && !seen.contains(&grant) {
            seen.push(grant);
        }
    }
    let finding = |grant: &GrantRow| {
        let default = if grant.actions.len() == 1 { "it takes no resource" } else { "they take no resource" };
        let why = grant.star.as_deref().unwrap_or(default);
        let message =
            format!("`{}` is the narrowest Resource for {}: {why}", grant.resource, grant.actions.join(", "));
        Finding::new(&rules::PERMISSION_STAR, message)
    };
    seen.into_iter().map(finding).collect()
}

fn unconfirmed(needs: &[Need]) -> Vec<Finding> {
    let mut rows: Vec<_> =
        needs.iter().map(|need| need.row).filter(|row| row.mark != Mark::Official).collect();
    rows.dedup();
    let finding = |row: &NeedRow| {
        let message = format!("the documents do not confirm that this takes a permission: {}", row.does);
        Finding::new(&table::UNCONFIRMED, message)
    };
    rows.into_iter().map(finding).collect()
}
