//! Turns the catalog's TOML, which people read and write, into JSON, which a start of the program reads in a
//! fraction of the time.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let assets = Path::new("assets");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for folder in ["catalog", "snippets"].map(|name| assets.join(name)) {
        println!("cargo::rerun-if-changed={}", folder.display());
        for entry in fs::read_dir(&folder).expect("the folder of assets is there") {
            let path = entry.expect("the folder of assets can be read").path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                convert(&path, &out);
            }
        }
    }
}

fn convert(path: &Path, out: &Path) {
    let text = fs::read_to_string(path).expect("an asset is UTF-8");
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let json = serde_json::to_string(&table).expect("the assets hold no dates");
    let name = path.with_extension("json");
    fs::write(out.join(name.file_name().expect("an asset has a name")), json)
        .expect("OUT_DIR can be written");
}
