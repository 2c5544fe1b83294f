//! `ramrole service-config`: the role put into the config of an EAS service.

use clap::{ArgMatches, Command};

use super::arguments::{
    association, edit_options, finish_edit, flag, format, option, path, path_of, positional, read, refused,
    role_options,
};
use super::{Exit, Failure, Row, out};
use crate::domain::service_config::{Wanted, associate, patch};

pub const ROW: Row = Row {
    name: "service-config",
    about: "Put the role into the config of an EAS service, and nothing else",
    examples: "  ramrole service-config service.json --role default --workspace-id 12345\n  \
               ramrole service-config service.json --role custom \\\n    --role-arn acs:ram::1234567890123456:role/rank --diff\n  \
               ramrole service-config service.json --role none --write",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    let file = positional("file", "FILE|-", "The service config: JSON, comments allowed").required(true);
    let patch = flag("patch", "Print only the changed keys, for an update that merges")
        .conflicts_with_all(["diff", "write"]);
    command
        .arg(path(file))
        .args(role_options())
        .arg(option("workspace-id", "ID", "Also write metadata.workspace_id"))
        .args(edit_options())
        .arg(patch)
        .arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let (association, said) = association(matches)?;
    let workspace_id = matches.get_one::<String>("workspace-id").map(String::as_str);
    if workspace_id == Some("") {
        return Err(Failure::call("--workspace-id: it is empty"));
    }
    let wanted = Wanted { association: &association, workspace_id };
    let Some(file) = path_of(matches, "file") else { return Err(Failure::Said) };
    let text = read(file)?;
    let make = if matches.get_flag("patch") { patch } else { associate };
    let mut edit = make(&text, &wanted).map_err(|findings| refused(matches, file, &text, &findings))?;
    edit.findings.put_first(said);
    if matches.get_flag("patch") && edit.after == "{}\n" {
        out::talk("note: the config says so already; there is nothing to merge\n");
    }
    finish_edit(matches, file, &edit)
}
