//! Real reports and documents, retold in our own words: what a right answer must say, and what it must not.
//!
//! `tests/cases/field/<name>/` holds messages that people met, `tests/cases/documents/<name>/` documents that people
//! wrote. A case has `command` (run by bash in a copy of `in/`), `says` (each line must occur in the output), `never`
//! (no line may occur; absent when nothing is ruled out) and `exit` (absent for 0). Output is compared with its
//! whitespace folded, so a wrapped sentence still counts. The table of right answers is printed with `--nocapture`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cases::copy;
use crate::program::shell;

#[test]
fn field_reports_get_a_right_answer() {
    all_are_right("field");
}

#[test]
fn documents_get_a_right_answer() {
    all_are_right("documents");
}

fn all_are_right(group: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(group);
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root).expect("cases").map(|entry| entry.expect("entry").path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "{group} has no case");
    let wrong: Vec<String> = cases.iter().filter_map(|case| wrong(case)).collect();
    println!("{group}: {} of {} right", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{group}: {} of {} wrong\n\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What is wrong with the answer to a case, if anything is.
fn wrong(case: &Path) -> Option<String> {
    let place = tempfile::tempdir().expect("a folder");
    let given = case.join("in");
    if given.is_dir() {
        copy(&given, place.path()).expect("copied");
    }
    let command = text(case, "command").expect("a command");
    let output = shell(command.trim_end(), place.path());
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8(printed).expect("UTF-8");
    let found = folded(&printed);
    let says = text(case, "says").expect("what the answer says");
    assert!(!says.trim().is_empty(), "{}: says nothing", case.display());
    let mut faults: Vec<String> = Vec::new();
    faults.extend(lines(&says).filter(|line| !found.contains(line)).map(|line| format!("missing: {line}")));
    let never = text(case, "never").unwrap_or_default();
    faults.extend(
        lines(&never).filter(|line| found.contains(line)).map(|line| format!("must not say: {line}")),
    );
    let exit = text(case, "exit").map_or(0, |exit| exit.trim().parse().expect("a number"));
    if output.status.code() != Some(exit) {
        faults.push(format!("exit: expected {exit}, found {:?}", output.status.code()));
    }
    let name = case.file_name()?.to_string_lossy();
    (!faults.is_empty())
        .then(|| format!("## {name}\n$ {}\n{}\n\n{printed}", command.trim_end(), faults.join("\n")))
}

fn text(case: &Path, name: &str) -> Option<String> {
    fs::read_to_string(case.join(name)).ok()
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(folded).filter(|line| !line.is_empty())
}

/// The text with every run of whitespace as one space.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
