//! Cases as folders: a shell line, and what it must print, write and return.
//!
//! `tests/cases/cli/<name>/` holds `command` (run by bash in a copy of `in/`), `stdout` and `stderr` (absent when
//! empty), `exit` (absent for 0) and `out/`, the files that the command makes or changes; without it, none may be.
//! `RAMROLE_BLESS=1` writes what is found as what is expected: read it before you commit it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::program::shell;

/// Files by their path; a symbolic link is where it leads.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What a command is expected to do, or did.
#[derive(PartialEq, Eq)]
struct Story {
    exit: i32,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    files: Files,
}

#[test]
fn every_case_ends_as_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/cli");
    let bless = std::env::var_os("RAMROLE_BLESS").is_some_and(|value| value == "1");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root).expect("cases").map(|entry| entry.expect("entry").path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "no case was found");
    let failures: Vec<String> = cases.iter().filter_map(|case| check(case, bless)).collect();
    let total = cases.len();
    assert!(failures.is_empty(), "{} of {total} cases failed\n\n{}", failures.len(), failures.join("\n"));
}

/// Runs one case; what is different, if anything is.
fn check(case: &Path, bless: bool) -> Option<String> {
    let expected = expected(case);
    let found = run(case);
    if expected == found {
        return None;
    }
    if bless {
        write(case, &found).expect("blessed");
        return None;
    }
    let name = case.file_name()?.to_string_lossy();
    Some(format!("## {name}\n$ {}\n{}", command(case), difference(&expected, &found)))
}

fn command(case: &Path) -> String {
    let file = case.join("command");
    let line = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    line.trim_end().to_owned()
}

fn expected(case: &Path) -> Story {
    let read = |name: &str| fs::read(case.join(name)).unwrap_or_default();
    let exit = String::from_utf8(read("exit")).expect("a number");
    let exit = if exit.is_empty() { 0 } else { exit.trim().parse().expect("a number") };
    Story { exit, stdout: read("stdout"), stderr: read("stderr"), files: files(&case.join("out")) }
}

fn run(case: &Path) -> Story {
    let place = tempfile::tempdir().expect("a folder");
    let given = case.join("in");
    if given.is_dir() {
        copy(&given, place.path()).expect("copied");
    }
    let before = files(place.path());
    let output = shell(&command(case), place.path());
    let mut after = files(place.path());
    let gone: Vec<_> = before.keys().filter(|name| !after.contains_key(*name)).collect();
    assert!(gone.is_empty(), "{}: files are gone: {gone:?}", case.display());
    after.retain(|name, content| before.get(name) != Some(content));
    let exit = output.status.code().unwrap_or(-1);
    Story { exit, stdout: output.stdout, stderr: output.stderr, files: after }
}

pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (source, target) = (entry.as_ref().expect("entry").path(), to.join(entry?.file_name()));
        if source.is_symlink() {
            symlink(fs::read_link(source)?, target)?;
        } else if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(source, target)?;
        }
    }
    Ok(())
}

/// The files under a folder; none where there is no folder.
fn files(folder: &Path) -> Files {
    fn collect(folder: &Path, root: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("entry").path();
            let name = path.strip_prefix(root).expect("under the root").to_path_buf();
            if path.is_symlink() {
                let target = fs::read_link(path).expect("a link");
                files.insert(name, format!("a link to {}", target.display()).into_bytes());
            } else if path.is_dir() {
                collect(&path, root, files);
            } else {
                files.insert(name, fs::read(path).expect("a file"));
            }
        }
    }
    let mut files = Files::new();
    collect(folder, folder, &mut files);
    files
}

/// Makes what was found the expectation.
fn write(case: &Path, found: &Story) -> io::Result<()> {
    let exit = if found.exit == 0 { String::new() } else { format!("{}\n", found.exit) };
    for (name, content) in
        [("stdout", &found.stdout[..]), ("stderr", &found.stderr), ("exit", exit.as_bytes())]
    {
        let file = case.join(name);
        if !content.is_empty() {
            fs::write(file, content)?;
        } else if file.exists() {
            fs::remove_file(file)?;
        }
    }
    let out = case.join("out");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    for (name, content) in &found.files {
        let file = out.join(name);
        fs::create_dir_all(file.parent().expect("a folder"))?;
        fs::write(file, content)?;
    }
    Ok(())
}

fn difference(expected: &Story, found: &Story) -> String {
    let mut parts = Vec::new();
    if expected.exit != found.exit {
        parts.push(format!("exit: expected {}, found {}\n", expected.exit, found.exit));
    }
    parts.extend(changed("stdout", Some(&expected.stdout), Some(&found.stdout)));
    parts.extend(changed("stderr", Some(&expected.stderr), Some(&found.stderr)));
    let names =
        expected.files.keys().chain(found.files.keys().filter(|name| !expected.files.contains_key(*name)));
    parts.extend(names.filter_map(|name| {
        let label = format!("out/{}", name.display());
        changed(&label, expected.files.get(name), found.files.get(name))
    }));
    parts.concat()
}

/// The diff of one file, the bytes shown as Rust would where lines look the same.
fn changed(name: &str, expected: Option<&Vec<u8>>, found: Option<&Vec<u8>>) -> Option<String> {
    match (expected, found) {
        (Some(expected), Some(found)) if expected == found => None,
        (Some(_), None) => Some(format!("{name}: expected, but not there\n")),
        (expected, Some(found)) => {
            let text =
                |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\r', "␍").replace('\u{feff}', "<BOM>");
            let expected = text(expected.map(Vec::as_slice).unwrap_or_default());
            let found = text(found);
            let diff = TextDiff::from_lines(&expected, &found);
            Some(
                diff.unified_diff().header(&format!("{name} expected"), &format!("{name} found")).to_string(),
            )
        }
        (None, None) => None,
    }
}
