//! `ramrole workloads`: the catalog, as far as the platform's documents go.

use std::fmt::Write as _;

use clap::{ArgMatches, Command};

use super::arguments::{format, has_format, workload, workload_argument};
use super::{Exit, Failure, Row, out};
use crate::domain::catalog::{self, Carrier, Change, Fact, Source, Workload};
use crate::domain::explain::errors;

pub const ROW: Row = Row {
    name: "workloads",
    about: "Print what can carry a role, and what the platform's documents say of it",
    examples: "  ramrole workloads\n  ramrole workloads dataworks\n  ramrole workloads --format json | jq '.workloads[].trust'",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command.arg(workload_argument().required(false)).arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.contains_id("workload") {
        return one(matches, workload(matches)?);
    }
    let sheets = Workload::ALL.map(Workload::sheet);
    if has_format(matches, "json") {
        out::json(&serde_json::json!({
            "workloads": sheets,
            "endpoints": catalog::endpoints(),
            "policies": catalog::system_policies(),
            "roles": catalog::platform_roles(),
            "spellings": catalog::spellings(),
            "errors": errors(),
        }))?;
    } else {
        out::data(&format!("{}\n{}", Workload::ALL.map(text).join("\n"), shared()))?;
    }
    Ok(Exit::Done)
}

/// Prints one workload without what all have in common.
fn one(matches: &ArgMatches, workload: Workload) -> Result<Exit, Failure> {
    if has_format(matches, "json") {
        out::json(workload.sheet())?;
    } else {
        out::data(&text(workload))?;
    }
    Ok(Exit::Done)
}

/// What the workloads have in common: policies, the platform's own roles, messages.
fn shared() -> String {
    let mut out = "System policies worth attaching to a custom role\n".to_owned();
    for policy in &catalog::system_policies().policies {
        let caution = policy.caution.as_deref().unwrap_or_default();
        let about = format!("to {}. {caution} [{}]", policy.allows, policy.source);
        row(&mut out, &policy.name, about.trim_end(), policy.confirmed);
    }
    fact(&mut out, "MaxCompute", &catalog::system_policies().maxcompute_note);
    fact(&mut out, "create roles", &catalog::system_policies().create_role_note);
    out.push_str("\nRoles that the platform creates\n");
    for role in &catalog::platform_roles().roles {
        row(
            &mut out,
            &role.name,
            &format!("{}: {} [{}]", role.product, role.note, role.source),
            role.confirmed,
        );
    }
    out.push_str("\nMessages that `ramrole explain` knows\n");
    for message in &errors().rows {
        row(&mut out, &message.id, &message.title, message.confirmed);
    }
    out
}

fn text(workload: Workload) -> String {
    let sheet = workload.sheet();
    let mut out = format!("{} ({})\n", sheet.title.value, sheet.id);
    fact(&mut out, "what it is", &sheet.summary);
    for role in &sheet.roles {
        let label = role.label.as_deref().map(|label| format!(" [{label}]")).unwrap_or_default();
        row(
            &mut out,
            role.choice.word(),
            &format!("{}{label}. {}", role.gives.trim_end_matches('.'), role.costs),
            role.confirmed,
        );
    }
    let role = &sheet.default_role;
    fact(&mut out, "default role", role.name.as_ref().unwrap_or(&role.label));
    each(&mut out, "reaches", role.reaches.iter().map(|row| (row.value.as_str(), row.confirmed)));
    each(&mut out, "does not reach", pairs(&role.lacks));
    match &sheet.trust.principal {
        Some(principal) => fact(&mut out, "trusts", principal),
        None => row(&mut out, "trusts", sheet.trust.note.as_deref().unwrap_or_default(), false),
    }
    request(&mut out, workload);
    let code = if sheet.credential.file_has_code.value { "with" } else { "without" };
    let file = &sheet.credential.file;
    row(&mut out, "credential", &format!("{}, {code} Code", file.value), file.confirmed);
    if let Some(console) = &sheet.console.create {
        row(&mut out, "console", &console.value.join(" > "), console.confirmed);
    }
    if let Some(rule) = &sheet.limits_of_name {
        row(&mut out, "name", &rule.pattern, rule.confirmed);
    }
    each(&mut out, "limit", pairs(&sheet.limits));
    each(&mut out, "mind", pairs(&sheet.warnings));
    for unknown in &sheet.unconfirmed {
        row(&mut out, "unconfirmed", &unknown.value, true);
    }
    if let Some(regions) = regions(&sheet.api.product.value) {
        row(&mut out, "regions", &regions, true);
    }
    for source in sheet.sources.values() {
        row(&mut out, "source", &address(source), true);
    }
    out
}

/// The operations, and the fields that carry the role.
fn request(out: &mut String, workload: Workload) {
    let api = &workload.sheet().api;
    let product = format!("{} {} ({})", api.product.value, api.version.value, api.style.value);
    row(out, "API", &product, true);
    row(out, "create", &format!("{}, {}", api.create.value, api.create_path.value), api.create.confirmed);
    match &api.change {
        Change::Update(update) => {
            let operation = &update.operation;
            row(out, "change", &format!("{}, {}", operation.value, update.path.value), operation.confirmed);
        }
        Change::Fixed(why) => row(out, "change", &format!("not possible: {}", why.value), why.confirmed),
    }
    match (&api.carrier, workload.spelling()) {
        (Carrier::ServiceConfig(keys), _) => {
            fact(out, "switch", &keys.switch);
            fact(out, "role field", &keys.role);
        }
        (Carrier::CredentialConfig(fields), Some(spelling)) => {
            let form = if fields.as_string.value { ", as a JSON string" } else { "" };
            row(out, "switch", &format!("CredentialConfig.{}{form}", spelling.switch.value), true);
            let field = format!("CredentialConfig.{}[].Roles[].RoleArn", spelling.items.value);
            row(out, "role field", &field, fields.spelling.confirmed);
        }
        (Carrier::CredentialConfig(_), None) => {}
    }
}

fn row(out: &mut String, name: &str, value: &str, confirmed: bool) {
    let mark = if confirmed { "" } else { " (unconfirmed)" };
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  {name:14}  {value}{mark}");
}

fn fact(out: &mut String, name: &str, fact: &Fact<String>) {
    row(out, name, &fact.value, fact.confirmed);
}

fn pairs(facts: &[Fact<String>]) -> impl Iterator<Item = (&str, bool)> {
    facts.iter().map(|fact| (fact.value.as_str(), fact.confirmed))
}

fn each<'t>(out: &mut String, name: &str, values: impl Iterator<Item = (&'t str, bool)>) {
    for (index, (value, confirmed)) in values.enumerate() {
        row(out, if index == 0 { name } else { "" }, value, confirmed);
    }
}

/// The regions of a product; `None` where they are not known.
fn regions(product: &str) -> Option<String> {
    let product = catalog::endpoints().product(product)?;
    Some([product.regions.as_deref()?, &product.vpc_only].concat().join(" "))
}

fn address(source: &Source) -> String {
    let address = source.address.as_deref().map(|address| format!(", {address}")).unwrap_or_default();
    format!("{} ({}){address}", source.title, source.read)
}
