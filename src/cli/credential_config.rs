//! `ramrole credential-config`: the part of an API request that carries the role.

use clap::{ArgMatches, Command};

use super::arguments::{
    association, edit_options, finish_edit, flag, format, has_format, path, path_of, positional, read,
    refused, role_options, workload, workload_argument,
};
use super::{Exit, Failure, Row, out};
use crate::domain::answers::Answers;
use crate::domain::association::Association;
use crate::domain::catalog::Workload;
use crate::domain::credential_config::{
    CredentialConfig, Wanted, associate, credential_config, public_with_role,
};
use crate::domain::finding::Finding;
use crate::domain::question;

pub const ROW: Row = Row {
    name: "credential-config",
    about: "Print the CredentialConfig for a request, or put it into the body of one",
    examples: "  ramrole credential-config dlc --role default\n  \
               ramrole credential-config dsw --role custom \\\n    --role-name my-role --account 1234567890123456 --update\n  \
               ramrole credential-config dataworks --role default --as-string\n  \
               ramrole credential-config dlc job.json --role default --diff",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    let file = positional("file", "FILE|-", "The body of the request: puts the role into it (optional)");
    let edits = edit_options().map(|option| option.requires("file"));
    command
        .arg(workload_argument())
        .arg(path(file))
        .args(role_options())
        .args(edits)
        .arg(flag("update", "For the operation that changes what exists"))
        .arg(
            flag("as-string", "The value alone, as a JSON string (DataWorks requires it)")
                .conflicts_with("file"),
        )
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
    let wanted = Wanted { workload, association: &association, update, as_string };
    let mut config = credential_config(&wanted)?;
    findings.append(&mut config.findings);
    if matches.get_flag("public") {
        can_be_public(workload)?;
        findings.extend(public_with_role(workload, &association));
    }
    if let Some(file) = path_of(matches, "file") {
        let text = read(file)?;
        let mut edit =
            associate(&text, &wanted).map_err(|findings| refused(matches, file, &text, &findings))?;
        edit.findings.put_first(findings);
        return finish_edit(matches, file, &edit);
    }
    print(matches, &wanted, &config, &findings)
}

/// Prints the part of the body alone.
fn print(
    matches: &ArgMatches,
    wanted: &Wanted,
    config: &CredentialConfig,
    findings: &[Finding],
) -> Result<Exit, Failure> {
    let Wanted { workload, association, update, as_string } = *wanted;
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
    if *association == Association::None && !update {
        out::talk("note: leaving CredentialConfig out altogether says the same\n");
    }
    out::findings("", None, findings);
    Ok(Exit::Done)
}
