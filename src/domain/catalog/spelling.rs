//! How the APIs name the fields of `CredentialConfig`: the same object, with names of their own.

use serde::{Deserialize, Serialize};

use super::{Fact, Sources, Workload};

/// The spellings that the APIs use.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spellings {
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The spellings.
    #[serde(rename = "spelling")]
    pub rows: Vec<Spelling>,
}

/// One spelling.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// Its short name, which the files of the workloads use.
    pub id: String,
    /// Whether one of its names alone shows that an object is a `CredentialConfig`.
    pub distinct: bool,
    /// The field that switches the role on.
    pub switch: Fact<String>,
    /// The field with the list of entries.
    pub items: Fact<String>,
    /// The field of a role that says which user takes it.
    pub user: Fact<String>,
    /// The fields that the API marks as required.
    pub required: Fact<Vec<String>>,
    /// The values of an entry's `Type`.
    pub types: Fact<Vec<String>>,
    /// The values of a role's `RoleType`.
    pub role_types: Fact<Vec<String>>,
    /// The values of a user's `Type`.
    pub user_types: Fact<Vec<String>>,
}

impl Spellings {
    /// The spelling with this short name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Spelling> {
        self.rows.iter().find(|row| row.id == id)
    }
}

impl Spelling {
    /// The workloads whose API has these names.
    pub fn workloads(&self) -> impl Iterator<Item = Workload> + '_ {
        let uses = |workload: &Workload| workload.spelling().is_some_and(|spelling| spelling.id == self.id);
        Workload::ALL.into_iter().filter(uses)
    }

    /// The names that differ between the spellings, in the same order in each.
    #[must_use]
    pub fn names(&self) -> [&str; 3] {
        [&self.switch.value, &self.items.value, &self.user.value]
    }
}
