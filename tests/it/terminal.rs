//! The program in a real pseudo-terminal: what a person sees of it, and how it leaves the terminal.

mod bytes;
mod clipboard;
mod credential;
mod editor;
mod plain;
mod serve;
mod signals;
mod start;
mod theme;

use std::fs;
use std::path::Path;

use ramrole::domain::question;
use tempfile::TempDir;

use crate::pty::{Setup, Terminal, key};

/// Answers that make a plan.
const ANSWERS: &str =
    "workload = \"eas\"\nregion = \"cn-shanghai\"\nrole = \"default\"\nworkspace_id = \"12345\"\n";
/// The plan of these answers as a command; every screen of a finished plan names it first.
const COMMAND: &str = "ramrole plan --workload eas --region cn-shanghai";

/// A home of its own for each test.
fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("answers.toml"), ANSWERS).expect("written");
    home
}

/// What a question asks.
fn title(key: &str) -> &'static str {
    question::find(key).expect("a question").title
}

/// The wizard at its first question.
fn at_questions(home: &Path) -> Terminal {
    let mut terminal = Setup::new(home).arguments(&["--fresh"]).start();
    terminal.wait(title("workload"));
    terminal
}

/// The wizard after two answers, at the question for the service config.
fn at_config(home: &Path) -> Terminal {
    let mut terminal = at_questions(home);
    to_config(&mut terminal);
    terminal
}

/// From the first question to the one for the service config.
fn to_config(terminal: &mut Terminal) {
    terminal.wait(title("workload")).send(key::DOWN).send(key::DOWN).send(key::ENTER).wait(title("region"));
    terminal.send("cn-shanghai\r").wait(title("service_config"));
}

/// The wizard at a finished plan.
fn at_plan(setup: Setup) -> Terminal {
    let mut terminal = setup.arguments(&["--answers", "answers.toml"]).start();
    terminal.wait(COMMAND).settle();
    terminal
}

/// The drafts of a home, as one text.
fn drafts(home: &Path) -> String {
    let folder = home.join(".local/share/ramrole/drafts");
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    files.map(|file| fs::read_to_string(file.path()).expect("a draft")).collect()
}
