//! The formats of secrets, the programs that accept them and the words in their names, as Rust constants.

use std::fmt::Write as _;

/// The formats of secrets as a constant: one row a prefix, sorted, and of prefixes that begin alike the longest first.
pub fn formats(table: &toml::Table) -> String {
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
pub fn commands(table: &toml::Table) -> String {
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
pub fn names(table: &toml::Table) -> String {
    let lists = table["names"].as_table().expect("lists of names").iter();
    let rows =
        lists.map(|(name, words)| format!("pub(super) const {}: &[&str] = &{words};\n", name.to_uppercase()));
    rows.collect()
}
