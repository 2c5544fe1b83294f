//! Turns the TOML of the assets, which people read and write, into what a start of the program reads in a fraction of
//! the time: the catalog into JSON, the formats of secrets into a table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let assets = Path::new("assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for folder in ["catalog", "snippets"].map(|name| assets.join(name)) {
        println!("cargo::rerun-if-changed={}", folder.display());
        for entry in fs::read_dir(&folder).expect("the folder of assets is there") {
            let path = entry.expect("the folder of assets can be read").path();
            if path.is_dir() || path.extension().is_some_and(|extension| extension == "toml") {
                convert(&path, &out);
            }
        }
    }
    println!("cargo::rustc-env=RAMROLE_BUILD={}", build());
    let secrets = assets.join("secrets.toml");
    println!("cargo::rerun-if-changed={}", secrets.display());
    let secrets = table(&secrets);
    fs::write(out.join("secrets.rs"), formats(&secrets)).expect("OUT_DIR can be written");
    fs::write(out.join("commands.rs"), commands(&secrets)).expect("OUT_DIR can be written");
    fs::write(out.join("names.rs"), names(&secrets)).expect("OUT_DIR can be written");
}

/// What `--version` prints below the version, its lines parted by `\n` in two characters: cargo takes one line.
fn build() -> String {
    let target = env::var("TARGET").expect("cargo sets TARGET");
    let mut features: Vec<String> = env::vars()
        .filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase().replace('_', "-")))
        .collect();
    features.sort();
    let features = if features.is_empty() { "none".to_owned() } else { features.join(", ") };
    format!("commit: {}\\ntarget: {target}\\nfeatures: {features}", commit())
}

/// The commit that is built: of the package if it says so, otherwise of the checkout. Debug builds have none, because
/// every commit would compile them anew.
fn commit() -> String {
    println!("cargo::rerun-if-env-changed=RAMROLE_COMMIT");
    if let Ok(commit) = env::var("RAMROLE_COMMIT") {
        return commit;
    }
    if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        return "not recorded in a debug build".to_owned();
    }
    // Written by `cargo package`.
    if let Ok(text) = fs::read_to_string(".cargo_vcs_info.json") {
        let info: serde_json::Value = serde_json::from_str(&text).expect("cargo writes JSON");
        if let Some(commit) = info["git"]["sha1"].as_str() {
            return commit.to_owned();
        }
    }
    for file in [".git/HEAD", ".git/logs/HEAD"].into_iter().filter(|file| Path::new(file).exists()) {
        println!("cargo::rerun-if-changed={file}");
    }
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git").args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    // An archive without .git may lie in another project's checkout.
    let Some(head) = Path::new(".git").exists().then(|| git(&["rev-parse", "HEAD"])).flatten() else {
        return "unknown".to_owned();
    };
    let is_clean =
        git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|lines| lines.is_empty());
    if is_clean { head } else { format!("{head}, with changes") }
}

fn table(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).expect("an asset is UTF-8");
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn convert(path: &Path, out: &Path) {
    let mut table = if path.is_dir() { parts(path) } else { table(path) };
    add_texts(&mut table, path.parent().expect("an asset is in a folder"));
    let json = serde_json::to_string(&table).expect("the assets hold no dates");
    let name = path.with_extension("json");
    fs::write(out.join(name.file_name().expect("an asset has a name")), json)
        .expect("OUT_DIR can be written");
}

/// Puts the text of each snippet's file beside its name.
fn add_texts(table: &mut toml::Table, folder: &Path) {
    let snippets = table.get_mut("snippet").and_then(toml::Value::as_array_mut);
    for snippet in snippets.into_iter().flatten() {
        let snippet = snippet.as_table_mut().expect("a snippet is a table");
        let file = snippet["file"].as_str().expect("a snippet has a file");
        let text = fs::read_to_string(folder.join(file)).expect("the file of a snippet is UTF-8");
        snippet.insert("text".to_owned(), text.into());
    }
}

/// The files of a folder as one table, in the order of their names: lists are joined, tables must not overlap.
fn parts(folder: &Path) -> toml::Table {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    let mut whole = toml::Table::new();
    for file in files {
        for (key, value) in table(&file) {
            match (whole.get_mut(&key), value) {
                (None, value) => drop(whole.insert(key, value)),
                (Some(toml::Value::Array(known)), toml::Value::Array(more)) => known.extend(more),
                (Some(toml::Value::Table(known)), toml::Value::Table(more)) => {
                    for (name, value) in more {
                        assert!(known.insert(name.clone(), value).is_none(), "{}: {name}", file.display());
                    }
                }
                _ => panic!("{}: {key} is of another kind than in the files before", file.display()),
            }
        }
    }
    whole
}

/// The formats of secrets as a constant: one row a prefix, sorted, and of prefixes that begin alike the longest first.
fn formats(table: &toml::Table) -> String {
    let mut rows: Vec<(String, String)> = Vec::new();
    for format in table["format"].as_array().expect("formats") {
        let format = format.as_table().expect("a format is a table");
        let known =
            ["id", "prefix", "alphabet", "length", "inside", "random", "whole", "contains", "from", "list"];
        for key in format.keys() {
            assert!(known.contains(&key.as_str()), "secrets.toml: {key} is no key of a format");
        }
        let flag = |name: &str| format.get(name).is_some_and(|value| value.as_bool().expect("a boolean"));
        let text = |name: &str| format.get(name).map_or("", |value| value.as_str().expect("a string"));
        let length = format["length"].as_integer().expect("a length");
        let least = if flag("whole") { length } else { length / 2 };
        for prefix in format["prefix"].as_array().expect("prefixes") {
            let prefix = prefix.as_str().expect("a prefix is a string");
            let row = format!(
                "Format {{ prefix: {prefix:?}, alphabet: {}, least: {least}, inside: {}, random: {}, behind: {}, contains: {:?} }}",
                text("alphabet").to_uppercase(),
                flag("inside"),
                flag("random"),
                text("from") == "behind",
                text("contains"),
            );
            rows.push((prefix.to_owned(), row));
        }
    }
    rows.sort_by(|(a, _), (b, _)| {
        a.as_bytes()[0].cmp(&b.as_bytes()[0]).then(b.len().cmp(&a.len())).then(a.cmp(b))
    });
    let mut code = format!("pub(super) static FORMATS: [Format; {}] = [\n", rows.len());
    for (_, row) in &rows {
        let _ = writeln!(code, "    {row},");
    }
    code + "];\n"
}

/// The programs that accept secrets as a constant, and an index of their names.
fn commands(table: &toml::Table) -> String {
    let known = ["program", "options", "attached", "login", "sign", "words", "after", "position", "assigns"];
    let (mut rows, mut names) = (String::new(), Vec::new());
    for (index, command) in table["command"].as_array().expect("commands").iter().enumerate() {
        for key in command.as_table().expect("a command is a table").keys() {
            assert!(known.contains(&key.as_str()), "secrets.toml: {key} is no key of a command");
        }
        let value =
            |name: &str, missing: &str| command.get(name).map_or(missing.to_owned(), toml::Value::to_string);
        let list = |name: &str| format!("&{}", value(name, "[]"));
        let _ = writeln!(
            rows,
            "    Command {{ options: {}, attached: {}, login: {}, sign: {:?}, words: {}, after: {}, position: {}, assigns: {} }},",
            list("options"),
            list("attached"),
            list("login"),
            command.get("sign").map_or(":", |sign| sign.as_str().expect("a string")),
            list("words"),
            list("after"),
            value("position", "0"),
            value("assigns", "false"),
        );
        let programs = command["program"].as_array().expect("programs").iter();
        names.extend(programs.map(|name| (name.as_str().expect("a name").to_owned(), index)));
    }
    names.sort();
    format!("static COMMANDS: &[Command] = &[\n{rows}];\nstatic PROGRAMS: &[(&str, usize)] = &{names:?};\n")
}

/// The lists of words in names as constants.
fn names(table: &toml::Table) -> String {
    let lists = table["names"].as_table().expect("lists of names").iter();
    let rows =
        lists.map(|(name, words)| format!("pub(super) const {}: &[&str] = &{words};\n", name.to_uppercase()));
    rows.collect()
}
