//! The command line: flags become answers and values, the domain decides, this prints. One row a command.

mod arguments;
mod check;
mod code;
mod credential;
mod credential_config;
mod credential_uri;
mod explain;
mod failure;
mod out;
mod pass_role;
mod permission_policy;
mod plain;
mod plan;
mod rules;
mod serve;
mod service_config;
mod settings;
mod shell;
mod trust_policy;
mod wizard;
mod workloads;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ArgMatches, Command};

pub use failure::{Exit, Failure};

use crate::host::process;
use crate::serve::Stage;

/// One command.
struct Row {
    name: &'static str,
    about: &'static str,
    /// Shown under the options, so that help can be copied from.
    examples: &'static str,
    /// Adds the arguments; put off until the command is used.
    arguments: fn(Command) -> Command,
    run: fn(&ArgMatches) -> Result<Exit, Failure>,
}

/// Every command, in the order of help.
const COMMANDS: &[Row] = &[
    plan::ROW,
    trust_policy::ROW,
    pass_role::ROW,
    permission_policy::ROW,
    service_config::ROW,
    credential_config::ROW,
    code::ROW,
    check::ROW,
    rules::ROW,
    explain::ROW,
    credential::ROW,
    serve::ROW,
    workloads::ROW,
    settings::ROW,
    shell::COMPLETIONS,
    shell::MAN,
];

/// The whole command line; the arguments of a command are made when it is used.
fn command() -> Command {
    let commands = COMMANDS.iter().map(|row| {
        let examples = row.examples;
        Command::new(row.name)
            .about(row.about)
            .after_help(format!("Examples:\n{examples}"))
            .defer(row.arguments)
    });
    wizard::arguments(Command::new("ramrole"))
        .version(env!("CARGO_PKG_VERSION"))
        .long_version(long_version())
        .about("Attach RAM roles to Alibaba Cloud PAI and DataWorks workloads; without a command, the wizard")
        .after_help(
            "Examples:\n  ramrole\n  ramrole plan --workload eas --region cn-hangzhou --role default --service-config service.json\n  \
             ramrole explain 'check permission for ram role failed'\n\n\
             Exit status: 0 done; 1 the answer is no (errors found, text not recognised); 2 the call or a document \
             is wrong; 3 the system refused.",
        )
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommands(commands)
}

/// The version, and what was built for which system.
fn long_version() -> String {
    format!("{}\n{}", env!("CARGO_PKG_VERSION"), env!("RAMROLE_BUILD").replace("\\n", "\n"))
}

/// The exit code of a program that broke, as the language itself has it.
const PANICKED: u8 = 101;

/// Runs the program with these arguments, the first of which is its name.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let ended = if let Some(stage) = Stage::of(&arguments) {
        serve::become_command(&stage)
    } else {
        // Documents and answers may hold secrets as well as credentials do.
        process::keep_memory_to_itself();
        run(arguments)
    };
    match ended {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::No) => ExitCode::from(1),
        Ok(Exit::Signalled(number)) => wizard::exit_of(number),
        Ok(Exit::Of(status)) => ExitCode::from(status),
        Ok(Exit::Panicked) => ExitCode::from(PANICKED),
        Err(failure) => {
            out::talk(&failure.text());
            ExitCode::from(failure.code())
        }
    }
}

fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<Exit, Failure> {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if error.use_stderr() => {
            out::talk(&error.to_string());
            return Err(Failure::Said);
        }
        Err(help) => return out::data(&help.to_string()).map(|()| Exit::Done),
    };
    let Some((name, matches)) = matches.subcommand() else { return wizard::run(&matches) };
    let row = COMMANDS.iter().find(|row| row.name == name).ok_or(Failure::Said)?;
    (row.run)(matches)
}
