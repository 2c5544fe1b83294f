//! `ramrole pass-role`: what the RAM user needs who creates the workload.

use clap::{ArgMatches, Command};

use super::arguments::{account, agrees, format, has_format, option, parsed, positional};
use super::{Exit, Failure, Row, out};
use crate::domain::catalog::Workload;
use crate::domain::finding::Finding;
use crate::domain::pass_role::{self, ATTACH_TO};
use crate::domain::values::{AccountId, RoleRef};

pub const ROW: Row = Row {
    name: "pass-role",
    about: "Print the policy that lets a RAM user hand a role to a workload",
    examples: "  ramrole pass-role my-role\n  ramrole pass-role my-role --account 1234567890123456\n  \
               ramrole pass-role acs:ram::1234567890123456:role/my-role --only-for eas",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command
        .arg(positional("role", "NAME|ARN", "The role, by name or ARN").required(true))
        .arg(account())
        .arg(option("only-for", Workload::WORDS, "Only for the service of this workload (unconfirmed)"))
        .arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let role: RoleRef = matches.get_one::<String>("role").map(String::as_str).unwrap_or_default().parse()?;
    let account: Option<AccountId> = parsed(matches, "account")?;
    let only_for: Option<Workload> = parsed(matches, "only-for")?;
    agrees(&role, account.as_ref())?;
    let mut policy = pass_role::policy(&role, account.as_ref(), only_for)?;
    policy.findings.extend(role.account().or(account.as_ref()).and_then(Finding::account_length));
    if has_format(matches, "json") {
        let answer = serde_json::json!({ "document": policy.text, "attach_to": ATTACH_TO, "findings": policy.findings });
        out::json(&answer)?;
        return Ok(Exit::Done);
    }
    out::data(&policy.text)?;
    out::talk(&format!("note: {ATTACH_TO}\n"));
    out::findings("", None, &policy.findings);
    Ok(Exit::Done)
}
