//! `ramrole rules`: what the checks look for, and why.

use clap::{ArgMatches, Command};

use super::arguments::{format, has_format, positional};
use super::{Exit, Failure, Row, out};
use crate::domain::finding::Rule;
use crate::domain::mend::mendable;
use crate::domain::rules;
use crate::domain::text::quoted;

pub const ROW: Row = Row {
    name: "rules",
    about: "List the rules of the checks, or explain one",
    examples: "  ramrole rules\n  ramrole rules trust-principal-typo",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command.arg(positional("code", "CODE", "The rule to explain")).arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let json = has_format(matches, "json");
    match matches.get_one::<String>("code") {
        None if json => out::json(&rules::every().collect::<Vec<_>>())?,
        None => out::data(&list())?,
        Some(code) => match rules::find(code) {
            Some(rule) if json => out::json(rule)?,
            Some(rule) => out::data(&explained(rule))?,
            None => {
                return Err(Failure::hinted(
                    format!("{} is no rule", quoted(code)),
                    "list them with `ramrole rules`",
                ));
            }
        },
    }
    Ok(Exit::Done)
}

fn list() -> String {
    let width = rules::every().map(|rule| rule.code.len()).max().unwrap_or(0);
    let line = |rule: &Rule| format!("{:width$}  {:7}  {}\n", rule.code, rule.severity.word(), rule.title);
    rules::every().map(line).collect()
}

fn explained(rule: &Rule) -> String {
    let Rule { code, title, why, fix, source, .. } = rule;
    let applied =
        "\napply it: check the document in the wizard and press f; it does what is mechanical and certain";
    let applied = if mendable().any(|mendable| mendable.code == *code) { applied } else { "" };
    format!("{code} ({}): {title}\n\n{why}\n\nfix: {fix}{applied}\nsource: {source}\n", rule.severity.word())
}
