//! `ramrole workloads`: the catalog, as far as the platform's documents go.

use std::fmt::Write as _;

use clap::{ArgMatches, Command};

use super::arguments::{format, has_format};
use super::{Exit, Failure, Row, out};
use crate::domain::catalog::{self, Fact, Sheet, Source, Workload};
use crate::domain::explain::errors;

pub const ROW: Row = Row {
    name: "workloads",
    about: "Print what can carry a role, and what the platform's documents say of it",
    examples: "  ramrole workloads\n  ramrole workloads --format json | jq '.workloads[].trust'",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command.arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let sheets = Workload::ALL.map(Workload::sheet);
    if has_format(matches, "json") {
        out::json(&serde_json::json!({
            "workloads": sheets,
            "endpoints": catalog::endpoints(),
            "policies": catalog::system_policies(),
            "roles": catalog::platform_roles(),
            "errors": errors(),
        }))?;
    } else {
        out::data(&format!("{}\n{}", sheets.map(text).join("\n"), shared()))?;
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

fn text(sheet: &Sheet) -> String {
    let mut out = format!("{} ({})\n", sheet.title.value, sheet.id);
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
    fact(&mut out, "default role", if role.name.value.is_empty() { &role.label } else { &role.name });
    each(&mut out, "reaches", &role.reaches);
    each(&mut out, "does not reach", &role.lacks);
    if sheet.trust.principal.value.is_empty() {
        row(&mut out, "trusts", sheet.trust.note.as_deref().unwrap_or_default(), false);
    } else {
        fact(&mut out, "trusts", &sheet.trust.principal);
    }
    let api = &sheet.api;
    let update = api.update.as_ref().map(|fact| format!(", {}", fact.value)).unwrap_or_default();
    row(
        &mut out,
        "API",
        &format!(
            "{} {} ({}): {}{update}",
            api.product.value, api.version.value, api.style.value, api.create.value
        ),
        true,
    );
    fact(&mut out, "switch", &api.switch);
    fact(&mut out, "role field", &api.role);
    let code = if sheet.credential.file_has_code.value { "with" } else { "without" };
    row(
        &mut out,
        "credential",
        &format!("{}, {code} Code", sheet.credential.file.value),
        sheet.credential.file.confirmed,
    );
    row(&mut out, "console", &sheet.console.create.value.join(" > "), sheet.console.create.confirmed);
    each(&mut out, "limit", &sheet.limits);
    each(&mut out, "mind", &sheet.warnings);
    for unknown in &sheet.unconfirmed {
        row(&mut out, "unconfirmed", &unknown.value, true);
    }
    row(&mut out, "regions", &regions(&api.product.value), true);
    for source in sheet.sources.values() {
        row(&mut out, "source", &address(source), true);
    }
    out
}

fn row(out: &mut String, name: &str, value: &str, confirmed: bool) {
    let mark = if confirmed { "" } else { " (unconfirmed)" };
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  {name:14}  {value}{mark}");
}

fn fact(out: &mut String, name: &str, fact: &Fact<String>) {
    row(out, name, &fact.value, fact.confirmed);
}

fn each(out: &mut String, name: &str, facts: &[Fact<String>]) {
    for (index, fact) in facts.iter().enumerate() {
        row(out, if index == 0 { name } else { "" }, &fact.value, fact.confirmed);
    }
}

fn regions(product: &str) -> String {
    let product = catalog::endpoints().product(product);
    product
        .map(|product| [product.regions.as_slice(), &product.vpc_only].concat().join(" "))
        .unwrap_or_default()
}

fn address(source: &Source) -> String {
    let address = source.address.as_deref().map(|address| format!(", {address}")).unwrap_or_default();
    format!("{} ({}){address}", source.title, source.read)
}
