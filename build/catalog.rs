//! The catalog and the code snippets: one JSON text for each file or folder.

use std::fs;
use std::path::Path;

use crate::{sorted, table, write};

/// Converts every file and folder of a folder.
pub fn convert_all(folder: &Path, out: &Path) {
    for path in sorted(folder) {
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "toml") {
            convert(&path, out);
        }
    }
}

fn convert(path: &Path, out: &Path) {
    let mut table = if path.is_dir() { parts(path) } else { table(path) };
    add_texts(&mut table, path.parent().expect("an asset is in a folder"));
    let json = serde_json::to_string(&table).expect("the assets hold no dates");
    let name = path.with_extension("json");
    write(out, &name.file_name().expect("an asset has a name").to_string_lossy(), &json);
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
    let mut whole = toml::Table::new();
    for file in sorted(folder) {
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
