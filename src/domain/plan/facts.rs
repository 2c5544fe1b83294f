//! What was learnt of the outside, keyed by the look that asked for it.

use std::collections::BTreeMap;

/// Something to look at outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// The content of a file; `-` is standard input.
    File(String),
}

/// What was seen: the text, or why there is none.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    seen: BTreeMap<Look, Result<String, String>>,
    revision: u64,
}

impl Facts {
    /// Remembers what a look has shown.
    pub fn learn(&mut self, look: Look, seen: Result<String, String>) {
        if self.seen.get(&look) != Some(&seen) {
            self.seen.insert(look, seen);
            self.revision += 1;
        }
    }

    /// How often something new was learnt: with the same number the facts are the same.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The content of a file, if it was looked at.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Result<String, String>> {
        self.seen.get(&Look::File(path.to_owned()))
    }

    /// How many bytes the files hold that were looked at.
    #[must_use]
    pub fn size(&self) -> usize {
        self.seen.values().filter_map(|seen| seen.as_ref().ok()).map(String::len).sum()
    }

    pub(super) fn text(&self, path: Option<&String>) -> Option<&str> {
        self.file(path?)?.as_deref().ok()
    }
}
