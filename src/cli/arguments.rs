//! Arguments that several commands share, and how their values are read.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::Failure;
use crate::domain::association::Association;
use crate::domain::catalog::{RoleChoice, Workload};
use crate::domain::edit::Edit;
use crate::domain::finding::Finding;
use crate::domain::findings::Findings;
use crate::domain::report;
use crate::domain::text::listed;
use crate::domain::values::{AccountId, Invalid, RoleArn, RoleRef};
use crate::host::output::{self, Expect, How, Links, Mode};
use crate::host::{input, shown};

use super::{Exit, out};

/// A flag with a value; where the value's name lists words, shells complete them.
pub fn option(name: &'static str, value_name: &'static str, help: &'static str) -> Arg {
    let argument = Arg::new(name).long(name).value_name(value_name).help(help).allow_hyphen_values(true);
    with_words(argument, value_name)
}

/// Tells shells the words that a value's name lists, such as `default|custom|none`; they are checked elsewhere,
/// with a message of our own.
pub fn with_words(argument: Arg, value_name: &'static str) -> Arg {
    let words: Vec<&str> = value_name.trim_end_matches(",…").split('|').collect();
    let is_word =
        |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if words.len() > 1 && words.iter().all(is_word) && !words.contains(&"-") {
        argument.value_parser(Words(words)).hide_possible_values(true)
    } else {
        argument
    }
}

/// Takes any text, and knows the words that are meant.
#[derive(Clone)]
struct Words(Vec<&'static str>);

impl TypedValueParser for Words {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().copied().map(PossibleValue::new)))
    }
}

/// A flag without a value.
pub fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

/// A positional argument.
pub fn positional(name: &'static str, value_name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(value_name).help(help)
}

/// A path, which need not be UTF-8.
pub fn path(argument: Arg) -> Arg {
    argument.value_parser(value_parser!(PathBuf))
}

/// `--format` with these words, the first of which is the default.
pub fn format(words: &'static [&'static str]) -> Arg {
    let help = "How to print";
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .help(help)
        .value_parser(words.to_vec())
        .default_value(words[0])
}

/// Whether `--format` is this word.
pub fn has_format(matches: &ArgMatches, word: &str) -> bool {
    matches.get_one::<String>("format").is_some_and(|format| format == word)
}

/// `--role`, `--role-arn`/`--role-name` and `--account`.
pub fn role_options() -> [Arg; 3] {
    let role = option("role", "default|custom|none", "Which role it carries").required(true);
    let name = option("role-name", "NAME|ARN", "The custom role, by ARN, or by name with --account");
    [role, name.visible_alias("role-arn"), account()]
}

/// `--account`.
pub fn account() -> Arg {
    option("account", "ID", "The account that owns the role")
}

/// `--write`, `--follow`, `--diff`.
pub fn edit_options() -> [Arg; 3] {
    [
        flag("diff", "Print what changes instead of the result; secrets are masked").conflicts_with("write"),
        flag("write", "Write the result into the file, atomically"),
        flag("follow", "With --write, follow a symbolic link").requires("write"),
    ]
}

/// A value, if the flag was given.
///
/// # Errors
/// Names the flag and the rule that it breaks.
pub fn parsed<T: FromStr<Err = Invalid>>(matches: &ArgMatches, name: &str) -> Result<Option<T>, Failure> {
    let text = matches.get_one::<String>(name);
    text.map(|text| text.parse().map_err(|invalid: Invalid| Failure::call(format!("--{name}: {invalid}"))))
        .transpose()
}

/// A positional workload.
///
/// # Errors
/// Names the workloads there are.
pub fn workload(matches: &ArgMatches) -> Result<Workload, Failure> {
    Ok(matches.get_one::<String>("workload").map(String::as_str).unwrap_or_default().parse()?)
}

/// The argument for it.
pub fn workload_argument() -> Arg {
    let help = listed(Workload::WORDS.split('|'), "or");
    with_words(positional("workload", "WORKLOAD", "").help(help), Workload::WORDS).required(true)
}

/// The path of a positional or an option.
pub fn path_of<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m Path> {
    matches.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

/// The role that the flags describe, and what is to be said of it.
///
/// # Errors
/// When a custom role lacks its name or account, or the flags contradict each other.
pub fn association(matches: &ArgMatches) -> Result<(Association, Vec<Finding>), Failure> {
    let role: Option<RoleRef> = parsed(matches, "role-name")?;
    let account: Option<AccountId> = parsed(matches, "account")?;
    let choice: RoleChoice = parsed(matches, "role")?.unwrap_or(RoleChoice::Default);
    match (choice, role) {
        (RoleChoice::Custom, Some(role)) => {
            let arn = arn(&role, account.as_ref())?;
            let findings = Finding::account_length(arn.account()).into_iter().collect();
            Ok((Association::Custom(arn), findings))
        }
        (RoleChoice::Custom, None) => Err(Failure::hinted(
            "--role custom needs the role",
            "add --role-arn ARN, or --role-name NAME with --account ID",
        )),
        (_, Some(_)) => Err(Failure::hinted(
            format!("--role-name does not apply: the role is {}", choice.word()),
            "for a role of your own use --role custom",
        )),
        (_, None) if account.is_some() => {
            Err(Failure::call(format!("--account does not apply: the role is {}", choice.word())))
        }
        (RoleChoice::Default, None) => Ok((Association::Default, Vec::new())),
        (RoleChoice::None, None) => Ok((Association::None, Vec::new())),
    }
}

/// The ARN of a role that was given by name or ARN.
///
/// # Errors
/// When a name comes without account, or the account contradicts the ARN.
pub fn arn(role: &RoleRef, account: Option<&AccountId>) -> Result<RoleArn, Failure> {
    agrees(role, account)?;
    role.arn(account).ok_or_else(|| {
        Failure::hinted(
            "--role-name: an ARN must be written, and a name is only half of it",
            "add --account ID",
        )
    })
}

/// Refuses an account that is not the one in the ARN.
///
/// # Errors
/// When they differ.
pub fn agrees(role: &RoleRef, account: Option<&AccountId>) -> Result<(), Failure> {
    match (role.account(), account) {
        (Some(own), Some(given)) if own != given => {
            Err(Failure::call(format!("--account: the ARN belongs to account {own}, not to {given}")))
        }
        _ => Ok(()),
    }
}

/// Prints or writes an edited document as the flags say, and says its findings.
///
/// # Errors
/// When it cannot be written.
pub fn finish_edit(matches: &ArgMatches, file: &Path, edit: &Edit) -> Result<Exit, Failure> {
    let name = shown(file);
    let (json, diff) = (has_format(matches, "json"), matches.get_flag("diff"));
    if matches.get_flag("write") {
        write(matches, file, edit)?;
    } else if diff && !json {
        out::diff(&edit.diff(&name))?;
    } else if !json {
        out::data(&edit.after)?;
    }
    if json {
        out::json(&as_json(edit, diff.then(|| edit.diff(&name))))?;
    } else {
        // Their places are those of the result, which stands in the file only after --write.
        let edited = edit.changed() && !matches.get_flag("write");
        let label = if edited { format!("{name} (edited)") } else { name };
        out::findings(&label, Some(&edit.after), &edit.findings);
        out::talk(&report::left_out(&label, &edit.findings));
    }
    Ok(if edit.findings.has_error() { Exit::No } else { Exit::Done })
}

/// An edit as JSON, with the diff where it was asked for.
fn as_json(edit: &Edit, diff: Option<String>) -> serde_json::Value {
    let (document, changed) = (&edit.after, edit.changed());
    let mut answer =
        serde_json::json!({ "document": document, "changed": changed, "findings": edit.findings });
    if let Some(diff) = diff {
        answer["diff"] = diff.into();
    }
    answer
}

fn write(matches: &ArgMatches, file: &Path, edit: &Edit) -> Result<(), Failure> {
    if file == Path::new("-") {
        return Err(Failure::hinted(
            "--write needs a file, not standard input",
            "leave --write out and redirect the output",
        ));
    }
    if !edit.changed() {
        out::talk(&format!("{} is right as it is; nothing was written\n", shown(file)));
        return Ok(());
    }
    let links = if matches.get_flag("follow") { Links::Follow } else { Links::Refuse };
    let how = How { links, mode: Mode::Usual, expect: Expect::Text(&edit.before) };
    let written = output::put(file, &edit.after, how)?;
    out::talk(&wrote(file, written.remark()));
    Ok(())
}

/// The message that a file was written, with a remark about the replaced file if there is one.
pub fn wrote(file: &Path, remark: Option<String>) -> String {
    let remark = remark.map(|remark| format!("; {remark}")).unwrap_or_default();
    format!("wrote {}{remark}\n", shown(file))
}

/// Says why a document could not be edited.
pub fn refused(matches: &ArgMatches, file: &Path, text: &str, findings: &Findings) -> Failure {
    if has_format(matches, "json") {
        let answer = serde_json::json!({ "document": null, "changed": false, "findings": findings });
        return out::json(&answer).err().unwrap_or(Failure::Said);
    }
    out::findings(&shown(file), Some(text), findings);
    out::talk(&report::left_out(&shown(file), findings));
    Failure::Said
}

/// Reads a document.
///
/// # Errors
/// When it cannot be read.
pub fn read(file: &Path) -> Result<String, Failure> {
    Ok(input::read(file)?)
}
