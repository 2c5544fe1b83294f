//! `ramrole` without a command: the wizard, in the terminal or as plain lines.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use super::arguments::{flag, option, path, path_of};
use super::{Exit, Failure, out, plan};
use crate::domain::credential::Found;
use crate::domain::settings::Settings;
use crate::host::settings;
use crate::host::surroundings::Surroundings;
use crate::tui::{self, Ended, Start};

/// The flags that go without a command.
pub fn arguments(command: Command) -> Command {
    let answers = option("answers", "FILE", "Start the wizard from answers, TOML or JSON");
    command
        .arg(path(answers))
        .arg(
            option("draft", "NAME", "Go on with the draft of this name")
                .conflicts_with_all(["answers", "fresh"]),
        )
        .arg(flag("fresh", "Leave the drafts alone and begin anew"))
        .arg(flag("ascii", "Draw with ASCII signs only"))
        .arg(flag("plain", "Ask line by line, without escape codes, for screen readers and dumb terminals"))
}

/// Runs the wizard.
///
/// # Errors
/// Without a terminal, and when answers cannot be read or the terminal not be taken.
pub fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let around = Surroundings::here();
    let asked_for_plain = matches.get_flag("plain");
    if !around.is_terminal && !asked_for_plain {
        return Err(no_terminal());
    }
    let answers = path_of(matches, "answers").map(plan::answers_of).transpose()?;
    let (settings, notes) = in_force();
    if asked_for_plain || around.plain {
        return super::plain::run(answers.unwrap_or_default(), &settings, &notes);
    }
    let start = Start {
        answers,
        fresh: matches.get_flag("fresh"),
        draft: matches.get_one("draft").cloned(),
        ascii: matches.get_flag("ascii"),
        credential: None,
    };
    open(start, settings, &notes)
}

/// Opens the screen on credentials.
///
/// # Errors
/// When the terminal cannot be taken.
pub fn credential(matches: &ArgMatches, found: Found) -> Result<Exit, Failure> {
    let (settings, notes) = in_force();
    let start = Start { ascii: matches.get_flag("ascii"), credential: Some(found), ..Start::default() };
    open(start, settings, &notes)
}

fn open(start: Start, settings: Settings, notes: &[String]) -> Result<Exit, Failure> {
    match tui::open(start, settings, notes)? {
        Ended::Left => Ok(Exit::Done),
        Ended::HungUp => Ok(Exit::Signalled(1)),
        Ended::Signalled(number) => Ok(Exit::Signalled(number)),
        Ended::Panicked(report) => {
            out::talk(&report);
            Ok(Exit::Panicked)
        }
    }
}

fn no_terminal() -> Failure {
    Failure::hinted(
        "the wizard needs a terminal, and standard input or output is none",
        "give the answers as flags: `ramrole plan --help`, or line by line: `ramrole --plain`",
    )
}

/// The settings in force, and what is wrong in their file.
fn in_force() -> (Settings, Vec<String>) {
    match settings::read() {
        None => (Settings::default(), Vec::new()),
        Some(Err(error)) => (Settings::default(), vec![Failure::from(error).reason()]),
        Some(Ok(text)) => {
            let (settings, mistakes) = Settings::parse(&text);
            let notes = mistakes
                .iter()
                .map(|mistake| format!("settings.toml, line {}: {}", mistake.line, mistake.message));
            (settings, notes.collect())
        }
    }
}

/// The exit code of a program that a signal has ended.
pub fn exit_of(signal: i32) -> ExitCode {
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(255))
}

/// Says notes that plain lines have no place for.
pub fn say(notes: &[String]) {
    for note in notes {
        out::talk(&format!("ramrole: {note}\n"));
    }
}
