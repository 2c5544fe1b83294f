//! What code that runs in a workload uses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::values::Invalid;

/// What the code accesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Objects of an OSS bucket.
    Oss,
    /// Tables of a `MaxCompute` project.
    Maxcompute,
    /// DLC jobs of a workspace.
    Dlc,
    /// The credential itself.
    Credential,
}

impl Access {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Oss, Self::Maxcompute, Self::Dlc, Self::Credential];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Oss => "oss",
            Self::Maxcompute => "maxcompute",
            Self::Dlc => "dlc",
            Self::Credential => "credential",
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Access {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let lower = text.to_lowercase();
        Self::ALL.into_iter().find(|access| access.word() == lower).ok_or_else(|| {
            Invalid::new("something to access", text, "use oss, maxcompute, dlc or credential")
        })
    }
}
