//! What the binary says of its own build.

use std::path::Path;
use std::{env, fs};

/// What `--version` prints below the version, its lines parted by `\n` in two characters: cargo takes one line.
pub fn build() -> String {
    let target = env::var("TARGET").expect("cargo sets TARGET");
    let mut features: Vec<String> = env::vars()
        .filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase().replace('_', "-")))
        .collect();
    features.sort();
    let features = if features.is_empty() { "none".to_owned() } else { features.join(", ") };
    format!("commit: {}\\ntarget: {target}\\nfeatures: {features}", commit())
}

/// The commit that is built: of the package if it says so, otherwise of the checkout. Debug builds have none, because
/// otherwise every commit would recompile them.
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
