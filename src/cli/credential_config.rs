//! `ramrole credential-config`: the part of an API request that carries the role.

use clap::{ArgMatches, Command};

use super::arguments::{association, flag, format, has_format, role_options, workload, workload_argument};
use super::{Exit, Failure, Row, out};
use crate::domain::answers::Answers;
use crate::domain::association::Association;
use crate::domain::catalog::Workload;
use crate::domain::credential_config::{Wanted, credential_config, public_with_role};
use crate::domain::question;

pub const ROW: Row = Row {
    name: "credential-config",
    about: "Print the CredentialConfig for the request that creates or changes a workload",
    examples: "  ramrole credential-config dlc --role default\n  \
               ramrole credential-config dsw --role custom \\\n    --role-name my-role --account 1234567890123456 --update\n  \
               ramrole credential-config dataworks --role default --as-string",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command
        .arg(workload_argument())
        .args(role_options())
        .arg(flag("update", "For the operation that changes what exists"))
        .arg(flag("as-string", "The value alone, as a JSON string (DataWorks requires it)"))
        .arg(flag("public", "Others in the workspace can open it"))
        .arg(format(&["text", "json"]))
}

/// Whether others can open such a workload, as the plan's question has it.
fn can_be_public(workload: Workload) -> Result<(), Failure> {
    let answers = Answers { workload: Some(workload), ..Answers::default() };
    let asked = question::find("public").map_or(Ok(()), |question| (question.asked)(&answers));
    asked.map_err(|why| Failure::call(format!("--public does not apply: {why}")))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let workload = workload(matches)?;
    let (association, mut findings) = association(matches)?;
    let (update, as_string) = (matches.get_flag("update"), matches.get_flag("as-string"));
    let config = credential_config(&Wanted { workload, association: &association, update, as_string })?;
    findings.extend(config.findings);
    if matches.get_flag("public") {
        can_be_public(workload)?;
        findings.extend(public_with_role(workload, &association));
    }
    if has_format(matches, "json") {
        let answer = serde_json::json!({ "operation": config.operation, "document": config.text, "findings": findings });
        out::json(&answer)?;
        return Ok(Exit::Done);
    }
    out::data(&config.text)?;
    let operation = config.operation;
    out::talk(&match (as_string, workload.wants_string()) {
        (true, _) => format!("note: the value of CredentialConfig of {operation}\n"),
        (false, true) => {
            format!(
                "note: {operation} takes the value of CredentialConfig as a JSON string: add --as-string\n"
            )
        }
        (false, false) => format!("note: part of the body of {operation}\n"),
    });
    if association == Association::None && !update {
        out::talk("note: leaving CredentialConfig out altogether says the same\n");
    }
    out::findings("", None, &findings);
    Ok(Exit::Done)
}
