//! The arrows of the house, kept by reading its sources.

use std::fs;
use std::path::{Path, PathBuf};

/// One file of `src`, by its path from there.
struct Source {
    name: String,
    text: String,
}

impl Source {
    /// The code without its unit tests and line comments, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let starts = ["#[cfg(test)]\nmod ", "#[cfg(all(test, unix))]\nmod "];
        let end = starts.iter().filter_map(|start| self.text.find(start)).min().unwrap_or(self.text.len());
        let lines = self.text[..end].lines().enumerate();
        lines.map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Where any of these stands in the code.
    fn mentions(&self, words: &[&str]) -> Vec<String> {
        let found = self.code().flat_map(|(number, line)| {
            words.iter().filter(move |word| line.contains(**word)).map(move |word| (number, *word))
        });
        found.map(|(number, word)| format!("src/{}:{number}: {word}", self.name)).collect()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in children(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).expect("below src").display().to_string();
                sources.push(Source { name, text: fs::read_to_string(&path).expect("UTF-8") });
            }
        }
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(sources.len() > 20, "src was not found");
    sources
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of src");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

fn offenders_in(folder: &str, words: &[&str]) -> Vec<String> {
    let inside = |source: &Source| source.name.starts_with(folder);
    sources().iter().filter(|source| inside(source)).flat_map(|source| source.mentions(words)).collect()
}

#[test]
fn the_domain_knows_no_outside() {
    let outside = [
        "std::fs",
        "std::env",
        "std::net",
        "std::time",
        "std::process",
        "std::io",
        "std::thread",
        "std::os",
        "std::{",
        "SystemTime",
        "Instant",
        "println!",
        "eprintln!",
        "print!(",
        "tempfile",
        "clap",
    ];
    assert_eq!(offenders_in("domain/", &outside), Vec::<String>::new());
}

#[test]
fn the_domain_uses_neither_the_host_nor_a_front_end() {
    let others = ["crate::host", "crate::cli", "crate::tui", "crate::serve", "crate::cloud", "crate::{"];
    assert_eq!(offenders_in("domain/", &others), Vec::<String>::new());
}

#[test]
fn the_host_uses_no_front_end() {
    assert_eq!(offenders_in("host/", &["crate::cli", "crate::tui", "crate::{"]), Vec::<String>::new());
}

#[test]
fn the_service_uses_no_front_end_and_the_host_not_the_service() {
    assert_eq!(offenders_in("serve/", &["crate::cli", "crate::tui", "crate::{"]), Vec::<String>::new());
    assert_eq!(offenders_in("host/", &["crate::serve"]), Vec::<String>::new());
}

#[test]
fn only_the_host_touches_files() {
    let words = ["std::fs", "std::net", "std::time", "fs::read", "fs::write", "File::open", "File::create"];
    let offenders: Vec<_> = offenders_in("", &words);
    let offenders: Vec<_> = offenders.iter().filter(|place| !place.starts_with("src/host/")).collect();
    assert_eq!(offenders, Vec::<&String>::new());
}

#[test]
fn only_the_output_creates_files() {
    let words = [
        "fs::write",
        "fs::copy",
        "fs::rename",
        "fs::hard_link",
        "fs::create_dir",
        "fs::remove_",
        "fs::set_permissions",
        "::symlink(",
        "File::create",
        "File::options",
        "OpenOptions",
        "DirBuilder",
        "tempfile",
        "CREATE",
        "mkdirat",
        "rustix::fs",
    ];
    let offenders = offenders_in("", &words);
    let outside: Vec<_> = offenders.iter().filter(|place| !place.starts_with("src/host/output/")).collect();
    assert_eq!(outside, Vec::<&String>::new());
    // In there, one function makes files and one makes folders.
    let made = |words: &[&str]| offenders_in("host/output/", words);
    assert_eq!(made(&["File::create", "OpenOptions", "fs::write", "fs::copy"]), Vec::<String>::new());
    for word in ["OFlags::CREATE", "rustix::fs::mkdirat", ".create(&name)"] {
        assert_eq!(made(&[word]).len(), 1, "{word}");
    }
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    let begins = |source: &Source| {
        let first = source.text.lines().next().unwrap_or_default();
        first.starts_with("//! ") && first.len() > "//! ".len()
    };
    let without: Vec<_> = sources().into_iter().filter(|source| !begins(source)).map(|s| s.name).collect();
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn nothing_is_left_undone() {
    let words = [".unwrap()", "todo!", "unimplemented!", "dbg!", "TODO", "FIXME", "XXX"];
    assert_eq!(offenders_in("", &words), Vec::<String>::new());
    let in_comments = sources().into_iter().flat_map(|source| {
        let lines: Vec<_> = source.text.lines().map(str::to_owned).enumerate().collect();
        let name = source.name;
        let marked = |line: &str| ["TODO", "FIXME"].iter().any(|word| line.contains(word));
        let places = lines.into_iter().filter(move |(_, line)| marked(line));
        places.map(move |(index, _)| format!("src/{name}:{}", index + 1)).collect::<Vec<_>>()
    });
    assert_eq!(in_comments.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let long = sources().into_iter().map(|source| (source.name, source.text.lines().count()));
    let long: Vec<_> = long.filter(|(_, lines)| *lines > 400).collect();
    assert_eq!(long, Vec::<(String, usize)>::new());
}
