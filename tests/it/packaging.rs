//! Packages for CI services install this version of ramrole.

use std::fs;
use std::path::Path;

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn packages_for_ci_name_this_version() {
    let lines = [
        ("pre-commit/pyproject.toml", format!("version = \"{VERSION}\"")),
        ("pre-commit/pyproject.toml", format!("dependencies = [\"ramrole=={VERSION}\"]")),
        ("pre-commit/README.md", format!("    rev: v{VERSION}")),
        ("github-action/action.yml", format!("    default: \"{VERSION}\"")),
        ("github-action/README.md", format!("/ramrole-action@v{VERSION} ")),
        ("gitlab/templates/ramrole-check.yml", format!("      default: \"{VERSION}\"")),
        ("gitlab/README.md", format!("/ramrole-check@{VERSION} ")),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging");
    for (name, expected) in lines {
        let text = fs::read_to_string(folder.join(name)).expect(name);
        let has_line = text.lines().any(|line| line.contains(&expected));
        assert!(has_line, "{name} has no line with {expected:?}");
    }
}
