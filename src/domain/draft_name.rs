//! The name of a draft, which is also the name of its file.

use std::fmt;
use std::str::FromStr;

use super::values::{Invalid, checked};

/// The name of a draft: 1–64 letters, digits, `-`, `_`, `.`, the first no dot; its file is `<name>.json`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftName(String);

impl DraftName {
    /// The name as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `draft`, `draft-2`, `draft-3`.
    #[must_use]
    pub fn numbered(number: usize) -> Self {
        Self(if number == 1 { "draft".to_owned() } else { format!("draft-{number}") })
    }

    /// The name that a file's name holds.
    #[must_use]
    pub fn of_file(file: &str) -> Option<Self> {
        file.strip_suffix(".json")?.parse().ok()
    }
}

impl fmt::Display for DraftName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for DraftName {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name = checked("a draft's name", text, 64, allowed, "letters, digits, `-`, `_` and `.`")?;
        if name.starts_with('.') {
            return Err(Invalid::new("a draft's name", text, "it may not start with a dot"));
        }
        Ok(Self(name))
    }
}
