//! The workloads: the only list of them in the program.

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Carrier, RoleChoice, Sheet, Spelling, asset, read, spellings};
use crate::domain::text::listed;
use crate::domain::values::Invalid;

/// Declares the workloads, each with its short name, which is also the name of its file in `assets/catalog`.
macro_rules! workloads {
    ($(#[$doc:meta])* $first:ident $first_id:literal, $($(#[$docs:meta])* $name:ident $id:literal),+ $(,)?) => {
        /// A kind of workload that can have a RAM role.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Workload {
            $(#[$doc])*
            #[serde(rename = $first_id)]
            $first,
            $($(#[$docs])* #[serde(rename = $id)] $name),+
        }

        impl Workload {
            /// All of them, in the order in which they are offered.
            pub const ALL: [Self; [$first_id $(, $id)+].len()] = [Self::$first $(, Self::$name)+];

            /// Their short names, separated by `|`, as help and completions take them.
            pub const WORDS: &str = concat!($first_id $(, "|", $id)+);

            /// The short name.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    Self::$first => $first_id,
                    $(Self::$name => $id),+
                }
            }

            /// The text of its file.
            fn asset(self) -> &'static str {
                match self {
                    Self::$first => asset!($first_id),
                    $(Self::$name => asset!($id)),+
                }
            }
        }
    };
}

workloads! {
    /// A DLC job.
    Dlc "dlc",
    /// A DSW instance.
    Dsw "dsw",
    /// An EAS service.
    Eas "eas",
    /// A `DataWorks` personal development environment.
    Dataworks "dataworks",
    /// A PAI training job.
    TrainingJob "training-job",
    /// A `LangStudio` runtime.
    LangStudio "langstudio",
}

impl Workload {
    /// What the documents say of it.
    #[must_use]
    pub fn sheet(self) -> &'static Sheet {
        static SHEETS: [OnceLock<Sheet>; Workload::ALL.len()] =
            [const { OnceLock::new() }; Workload::ALL.len()];
        SHEETS[self as usize].get_or_init(|| read(self.asset()))
    }

    /// The service that a custom role for it must trust; `None` where the documents name none.
    #[must_use]
    pub fn principal(self) -> Option<&'static str> {
        self.sheet().trust.principal.as_ref().map(|fact| fact.value.as_str())
    }

    /// Whether the documents offer this choice of role.
    #[must_use]
    pub fn offers(self, choice: RoleChoice) -> bool {
        self.sheet().roles.iter().any(|role| role.choice == choice)
    }

    /// The field names of its `CredentialConfig`; `None` where the role is in a service config.
    #[must_use]
    pub fn spelling(self) -> Option<&'static Spelling> {
        match &self.sheet().api.carrier {
            Carrier::CredentialConfig(of) => spellings().find(&of.spelling.value),
            Carrier::ServiceConfig(_) => None,
        }
    }

    /// Whether its request takes `CredentialConfig` as a string that holds the JSON.
    #[must_use]
    pub fn wants_string(self) -> bool {
        match &self.sheet().api.carrier {
            Carrier::CredentialConfig(fields) => fields.as_string.value,
            Carrier::ServiceConfig(_) => false,
        }
    }

    /// Whether the role of one that exists can be changed.
    #[must_use]
    pub fn can_change_role(self) -> bool {
        self.sheet().api.update().is_some()
    }

    /// Whether others in the workspace can open one that is public.
    #[must_use]
    pub fn can_be_public(self) -> bool {
        self.sheet().can_be_public.value
    }

    /// Whether the role is in the service config with which it is deployed.
    #[must_use]
    pub fn has_service_config(self) -> bool {
        matches!(self.sheet().api.carrier, Carrier::ServiceConfig(_))
    }
}

impl fmt::Display for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Workload {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let lower = text.to_lowercase();
        let words = || listed(Self::WORDS.split('|'), "or");
        let known = Self::ALL.into_iter().find(|workload| workload.id() == lower);
        known.ok_or_else(|| Invalid::new("a workload", text, format!("use {}", words())))
    }
}
