//! `ramrole trust-policy`: whom a custom role must trust.

use clap::{ArgMatches, Command};

use super::arguments::{
    edit_options, finish_edit, format, has_format, option, path, path_of, read, refused, workload,
    workload_argument,
};
use super::{Exit, Failure, Row, out};
use crate::domain::trust_policy;

pub const ROW: Row = Row {
    name: "trust-policy",
    about: "Print the trust policy of a custom role, or add the service to one that exists",
    examples: "  ramrole trust-policy eas\n  ramrole trust-policy dlc --merge trust.json --diff\n  \
               aliyun ram GetRole --RoleName my-role | jq -r .Role.AssumeRolePolicyDocument |\n    \
               ramrole trust-policy dsw --merge -",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    let merge = option("merge", "FILE|-", "Add the service to this trust policy; every other byte stays");
    let [diff, write, follow] = edit_options();
    command
        .arg(workload_argument())
        .arg(path(merge))
        .args([diff.requires("merge"), write.requires("merge"), follow])
        .arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let workload = workload(matches)?;
    let service = trust_policy::principal_of(workload)?;
    let assumed = trust_policy::assumed(workload);
    let Some(file) = path_of(matches, "merge") else {
        let document = trust_policy::document(service);
        let findings: Vec<_> = assumed.into_iter().collect();
        if has_format(matches, "json") {
            out::json(&serde_json::json!({ "document": document, "changed": true, "findings": findings }))?;
        } else {
            out::data(&document)?;
            out::findings("", None, &findings);
        }
        return Ok(Exit::Done);
    };
    let text = read(file)?;
    let mut edit =
        trust_policy::merge(&text, service).map_err(|findings| refused(matches, file, &text, &findings))?;
    edit.findings.extend(assumed);
    finish_edit(matches, file, &edit)
}
