//! What stands between the clients and the instance's role, and how to remove it.

use std::collections::BTreeMap;

use super::outcome::{Kind, Origin};
use super::variables::{self as names, JAVA_OPTIONS};
use super::{Chain, Client, Evidence, Judged, Step, resolve_all, rules};
use crate::domain::finding::{Finding, Rule};
use crate::domain::quote;
use crate::domain::text::Place;

/// What is found about all clients' chains on this machine.
#[must_use]
pub fn findings(seen: &Evidence) -> Vec<Finding> {
    if !seen.environment.is_set(names::URI) {
        let message = format!("{} is not set, so that no client asks for the instance's role", names::URI);
        return vec![Finding::new(&rules::NO_URI, message)];
    }
    let chains = resolve_all(seen);
    let mut findings = shadows(&chains);
    findings.extend(metadata(&chains));
    findings.extend(proxy(seen, &chains));
    let cli = chains.iter().find(|chain| chain.client == Client::Cli);
    if cli.is_some_and(|chain| chain.decided_at().is_none()) {
        let message = "the aliyun CLI finds no credential; it takes the URI only from a profile that says so";
        let fix = rules::CLI_PROFILE.fix;
        findings.push(Finding::new(&rules::CLI_PROFILE, message).with_fix(fix));
    }
    findings
}

/// The proxy through which the Python clients ask the local service, although it cannot reach it.
fn proxy(seen: &Evidence, chains: &[Chain]) -> Option<Finding> {
    let proxies = [names::HTTP_PROXY, names::LOWER_HTTP_PROXY];
    let set: Vec<&str> = proxies.into_iter().filter(|name| seen.environment.is_set(name)).collect();
    let ask =
        |chain: &&Chain| matches!(chain.client, Client::Python | Client::PythonLegacy) && chain.reaches_uri();
    let clients: Vec<&str> = chains.iter().filter(ask).map(|chain| chain.client.name()).collect();
    if set.is_empty() || clients.is_empty() {
        return None;
    }
    let message =
        format!("{} will ask the local service through {}", listed("; ", &clients), listed(", ", &set));
    let fix = quote::command(std::iter::once("unset").chain(set.iter().copied()));
    Some(Finding::new(&rules::PROXY, message).with_fix(fix))
}

/// Whether any of these says that a client takes another credential than the instance's role.
#[must_use]
pub fn is_shadowed(findings: &[Finding]) -> bool {
    let rules = [rules::SHADOWED.code, rules::CHAIN_ENDS.code, rules::PROXY.code];
    findings.iter().any(|finding| rules.contains(&finding.rule.code))
}

/// What stands in the way of some clients, and which these are.
struct Obstacle<'c> {
    judged: &'c Judged,
    /// Whether it is the aliyun CLI, whose profiles are removed in another way.
    is_cli: bool,
    clients: Vec<&'static str>,
}

/// One finding for each thing that stands in the way, with all the clients that it stops.
fn shadows(chains: &[Chain]) -> Vec<Finding> {
    let mut found: BTreeMap<(&str, bool, &Origin), Obstacle<'_>> = BTreeMap::new();
    for chain in chains {
        for judged in chain.steps.iter().filter(|judged| stands_in_the_way(judged)) {
            let origin = &judged.outcome.origin;
            let is_cli = chain.client == Client::Cli && matches!(origin, Origin::Profile { .. });
            let obstacle = found.entry((rule(judged).code, is_cli, origin));
            let obstacle = obstacle.or_insert(Obstacle { judged, is_cli, clients: Vec::new() });
            obstacle.clients.push(chain.client.name());
        }
    }
    found.values().map(finding).collect()
}

fn stands_in_the_way(judged: &Judged) -> bool {
    let is_the_role = judged.step == Step::Uri && judged.outcome.kind == Kind::Wins;
    judged.outcome.kind.decides() && !is_the_role
}

fn rule(judged: &Judged) -> &'static Rule {
    if judged.outcome.kind == Kind::Fails { &rules::CHAIN_ENDS } else { &rules::SHADOWED }
}

fn finding(obstacle: &Obstacle<'_>) -> Finding {
    let outcome = &obstacle.judged.outcome;
    let clients = listed("; ", &obstacle.clients);
    let is_many = matches!(&outcome.origin, Origin::Variables(names) if names.len() > 1);
    let (is, comes) = if is_many { ("are", "come") } else { ("is", "comes") };
    let what = match &outcome.origin {
        Origin::Nowhere => obstacle.judged.step.name().to_owned(),
        Origin::Variables(names) => listed(", ", names),
        Origin::Profile { name, .. } => format!("profile {name} of the aliyun CLI"),
        Origin::Section { name, .. } => format!("section [{name}]"),
        Origin::File { path } => path.clone(),
    };
    let message = match outcome.kind {
        Kind::Fails => format!("{clients} will fail: {}", outcome.why),
        Kind::Asks => format!("{what} {comes} before the instance's role in {clients}"),
        _ => format!("{what} {is} taken instead of the instance's role by {clients}"),
    };
    let found = Finding::new(rule(obstacle.judged), message);
    let found = found.with_fix(fix(&outcome.origin, obstacle.is_cli));
    match &outcome.origin {
        Origin::Profile { path, line, .. } | Origin::Section { path, line, .. } => {
            Finding { place: Some(Place { line: *line, column: 1 }), ..found }.in_document(path)
        }
        Origin::File { path } => found.in_document(path),
        Origin::Nowhere | Origin::Variables(_) => found,
    }
}

fn listed(comma: &str, names: &[&str]) -> String {
    match names.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(comma)),
        _ => names.concat(),
    }
}

/// How to take it away, in commands that may be pasted.
fn fix(origin: &Origin, is_cli: bool) -> String {
    match origin {
        Origin::Nowhere => rules::SHADOWED.fix.to_owned(),
        Origin::Variables(variables) if variables.iter().any(|name| JAVA_OPTIONS.contains(name)) => {
            format!("take -Dalibabacloud.accessKeyId and its secret out of {}", variables.join(", "))
        }
        Origin::Variables(variables) => {
            quote::command(std::iter::once("unset").chain(variables.iter().copied()))
        }
        Origin::Profile { .. } if is_cli => {
            format!("{}, and let it be the current one", rules::CLI_PROFILE.fix)
        }
        Origin::Profile { name, .. } => format!(
            "export {}=true, or {}",
            names::CLI_DISABLED,
            quote::call(&["aliyun", "configure", "delete"], &[("--profile", name)]),
        ),
        Origin::Section { path, .. } => {
            format!("export {}=/dev/null, or {}", names::CREDENTIALS_FILE, moved(path))
        }
        Origin::File { path } => format!("mend the file, or {}", moved(path)),
    }
}

fn moved(path: &str) -> String {
    quote::command(["mv", "--", path, &format!("{path}.off")])
}

/// The note that the metadata service is asked first, for the clients that reach the URI but through it.
fn metadata(chains: &[Chain]) -> Option<Finding> {
    let probes = |chain: &&Chain| {
        let before = chain.steps.iter().take_while(|judged| judged.step != Step::Uri);
        chain.reaches_uri() && before.into_iter().any(|judged| judged.outcome.kind == Kind::Probes)
    };
    let clients: Vec<&str> = chains.iter().filter(probes).map(|chain| chain.client.name()).collect();
    let message =
        || format!("{} ask the metadata service of ECS before the credential URI", listed("; ", &clients));
    let fix = rules::METADATA_FIRST.fix;
    (!clients.is_empty()).then(|| Finding::new(&rules::METADATA_FIRST, message()).with_fix(fix))
}
