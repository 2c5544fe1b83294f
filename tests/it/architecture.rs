//! The arrows of the house, kept by reading its sources.

mod imports;

use std::fs;
use std::path::{Path, PathBuf};

use imports::House;

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

/// The parts of the program; each uses only those behind it.
const PARTS: [(&str, &[&str]); 6] = [
    ("messages.rs", &[]),
    ("domain/", &["messages.rs"]),
    ("host/", &["messages.rs", "domain/"]),
    ("serve/", &["messages.rs", "domain/", "host/"]),
    ("tui/", &["messages.rs", "domain/", "host/"]),
    ("cli/", &["messages.rs", "domain/", "host/", "serve/", "tui/"]),
];

#[test]
fn each_part_uses_only_those_below_it() {
    let house = House::here();
    for (part, below) in PARTS {
        let is_allowed = |to: &str| to.starts_with(part) || below.iter().any(|below| to.starts_with(below));
        let arrows = house.all().filter(|(from, to)| from.starts_with(part) && !is_allowed(to));
        assert_eq!(arrows.collect::<Vec<_>>(), [], "{part}");
        assert!(house.arrows.keys().any(|file| file.starts_with(part)), "{part} is not there");
    }
}

#[test]
fn only_the_host_asks_the_environment() {
    let offenders: Vec<_> = offenders_in("", &["std::env", "env::var"]);
    let outside = offenders.iter().filter(|place| !place.starts_with("src/host/"));
    assert_eq!(outside.collect::<Vec<_>>(), ["src/main.rs:6: std::env"]);
}

#[test]
fn no_more_than_two_files_import_each_other_in_a_circle() {
    let house = House::here();
    let large: Vec<_> = house.circles().into_iter().filter(|circle| circle.len() > 2).collect();
    assert_eq!(large, Vec::<Vec<&str>>::new());
    // The reading itself: these two are known to name each other.
    assert!(house.circles().contains(&vec!["domain/answers.rs", "domain/question/mod.rs"]));
}

/// The floors of the wizard, the top one first; what is on none of them are widgets and values.
const FLOORS: [&[&str]; 5] = [
    &[
        "mod.rs",
        "run.rs",
        "guest.rs",
        "outside/",
        "terminal.rs",
        "reader.rs",
        "signals.rs",
        "signals/",
        "panics.rs",
    ],
    &["app/"],
    &["screens/"],
    &["overlays/"],
    &[
        "common.rs",
        "place.rs",
        "shown.rs",
        "saving.rs",
        "path_input.rs",
        "completions.rs",
        "shared/",
        "jobs.rs",
        "go.rs",
        "dialog.rs",
        "request.rs",
        "examine/",
    ],
];

fn floor(file: &str) -> Option<usize> {
    let file = file.strip_prefix("tui/")?;
    let is_on = |names: &&[&str]| {
        names.iter().any(|name| file == *name || (name.ends_with('/') && file.starts_with(name)))
    };
    Some(FLOORS.iter().position(is_on).unwrap_or(FLOORS.len()))
}

#[test]
fn in_the_wizard_no_arrow_runs_back_up() {
    let house = House::here();
    let runs_up = |(from, to): &(&str, &str)| floor(from).is_some_and(|from| floor(to) < Some(from));
    let up: Vec<_> = house.all().filter(|(_, to)| to.starts_with("tui/")).filter(runs_up).collect();
    assert_eq!(up, []);
}

#[test]
fn no_screen_knows_another() {
    let house = House::here();
    let screen = |file: &str| Some(file.strip_prefix("tui/screens/")?.split_once('/')?.0.to_owned());
    let are_two =
        |(from, to): &(&str, &str)| screen(from).is_some_and(|from| screen(to).is_some_and(|to| from != to));
    assert_eq!(house.all().filter(are_two).collect::<Vec<_>>(), []);
    assert!(house.all().any(|(from, to)| from == "tui/app/go.rs" && to == "tui/screens/check/mod.rs"));
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
    assert_eq!(made(&["File::create", "OpenOptions::", "fs::write", "fs::copy"]), Vec::<String>::new());
    let on_windows = ["create_new(true)", "fs::create_dir("];
    for word in ["OFlags::CREATE", "rustix::fs::mkdirat", ".create(&name)"].into_iter().chain(on_windows) {
        assert_eq!(made(&[word]).len(), 1, "{word}");
    }
}

/// The conditions that name a system.
const SYSTEMS: [&str; 6] = ["unix", "windows", "target_os", "target_vendor", "target_family", "target_env"];

/// The lines that choose code by system, but neither a module nor an import.
fn system_conditions(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let names_a_system = |line: &str| {
        let condition = line.split_once("cfg").map(|(_, rest)| rest).unwrap_or_default();
        let starts = ["(", "!(", "_attr("].iter().any(|start| condition.starts_with(start));
        let condition = condition.split_once("path = ").map_or(condition, |(before, _)| before);
        let words = condition.split(|c: char| !c.is_alphanumeric() && c != '_');
        starts && words.into_iter().any(|word| SYSTEMS.contains(&word))
    };
    let is_module = |index: usize| {
        let item = lines[index..].iter().find(|line| !line.trim_start().starts_with("#["));
        let item = item.map(|line| line.trim_start().trim_start_matches("pub").trim_start());
        let item = item.map(|item| item.strip_prefix("(super) ").unwrap_or(item)).unwrap_or_default();
        item.starts_with("mod ") || item.starts_with("use ")
    };
    let is_other = |index: &usize| {
        let line = lines[*index];
        names_a_system(line) && (!line.trim_start().starts_with("#[cfg") || !is_module(*index))
    };
    (0..lines.len()).filter(is_other).map(|index| format!("src/{}:{}", source.name, index + 1)).collect()
}

#[test]
fn systems_differ_by_modules_alone() {
    let found: Vec<_> = sources().iter().flat_map(system_conditions).collect();
    assert_eq!(found, Vec::<String>::new());
    let source = |text: &str| Source { name: "x.rs".to_owned(), text: text.to_owned() };
    for text in [
        "#[cfg(unix)]\nfn f() {}",
        "    if cfg!(windows) {",
        "#[cfg(all(test, target_os = \"linux\"))]\n#[test]\nfn f() {}",
        "#[cfg_attr(windows, expect(dead_code))]\nstruct S;",
    ] {
        assert_eq!(system_conditions(&source(text)), ["src/x.rs:1"], "{text}");
    }
    for text in [
        "#[cfg(unix)]\n#[path = \"a.rs\"]\nmod a;",
        "#[cfg(target_os = \"linux\")]\npub(super) use a::b;",
        "#[cfg(test)]\nfn f() {}",
    ] {
        assert_eq!(system_conditions(&source(text)), Vec::<String>::new(), "{text}");
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
