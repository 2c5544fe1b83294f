//! Turns the TOML of the assets, which people read and write, into what a start of the program reads in a fraction of
//! the time: the catalog into JSON, the formats of secrets into tables, the messages into typed Rust items.

mod catalog;
mod messages;
mod secrets;
mod version;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let assets = Path::new("assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for name in ["catalog", "snippets", "text", "secrets.toml"] {
        println!("cargo::rerun-if-changed={}", assets.join(name).display());
    }
    println!("cargo::rustc-env=RAMROLE_BUILD={}", version::build());
    for folder in ["catalog", "snippets"].map(|name| assets.join(name)) {
        catalog::convert_all(&folder, &out);
    }
    let secrets = table(&assets.join("secrets.toml"));
    write(&out, "secrets.rs", &secrets::formats(&secrets));
    write(&out, "commands.rs", &secrets::commands(&secrets));
    write(&out, "names.rs", &secrets::names(&secrets));
    write(&out, "messages.rs", &messages::generate(&assets.join("text")));
}

fn write(out: &Path, name: &str, code: &str) {
    fs::write(out.join(name), code).expect("OUT_DIR can be written");
}

/// The files and folders in a folder, in the order of their names.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

fn table(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).expect("an asset is UTF-8");
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
