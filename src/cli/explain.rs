//! `ramrole explain`: what an error message means and how to get rid of it.

use clap::{ArgMatches, Command};

use super::arguments::{account, agrees, format, has_format, option, parsed, positional, read};
use super::{Exit, Failure, Row, out};
use crate::domain::catalog::Workload;
use crate::domain::explain::explain;
use crate::domain::remedy::{Case, Remedy};
use crate::domain::values::{AccountId, RoleRef};

pub const ROW: Row = Row {
    name: "explain",
    about: "Explain an error message of the platform: what happened, why, and the fix",
    examples: "  ramrole explain 'check permission for ram role failed' --workload dlc --role-name my-role\n  \
               python train.py 2>&1 | ramrole explain -",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command
        .arg(
            positional("text", "TEXT|-", "The message, with whatever is around it")
                .required(true)
                .allow_hyphen_values(true),
        )
        .arg(option("workload", Workload::WORDS, "Where it came from"))
        .arg(
            option("role-name", "NAME|ARN", "The role, for the documents that fix it")
                .visible_aliases(["role", "role-arn"]),
        )
        .arg(account())
        .arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let workload: Option<Workload> = parsed(matches, "workload")?;
    let role: Option<RoleRef> = parsed(matches, "role-name")?;
    let account: Option<AccountId> = parsed(matches, "account")?;
    if let Some(role) = &role {
        agrees(role, account.as_ref())?;
    }
    let given = matches.get_one::<String>("text").map(String::as_str).unwrap_or_default();
    let text = if given == "-" { read("-".as_ref())? } else { given.to_owned() };
    let explanation = explain(&text, workload);
    let remedy = Remedy::of(&explanation, &Case { workload, role, account });
    if has_format(matches, "json") {
        out::json(&serde_json::json!({ "explanation": explanation, "documents": remedy.documents }))?;
    } else if explanation.matches.is_empty() {
        out::talk(&remedy.text());
    } else {
        out::data(&remedy.text())?;
    }
    Ok(if explanation.matches.is_empty() { Exit::No } else { Exit::Done })
}
