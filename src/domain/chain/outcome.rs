//! What a step of a chain does with what it finds, and where that stands.

use std::fmt::Display;

/// How a step ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It has nothing to give; the next one is asked.
    Passes,
    /// Its credential is taken.
    Wins,
    /// It has all that it needs to ask somebody for a credential, and takes what it gets. Whether they give one cannot
    /// be known from here.
    Asks,
    /// It tries an address that may not exist; whether anything answers cannot be known from here.
    Probes,
    /// It ends the whole chain with an error.
    Fails,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passes => "passes",
            Self::Wins => "wins",
            Self::Asks => "asks",
            Self::Probes => "probes",
            Self::Fails => "fails",
        }
    }

    /// Whether the steps behind it are not reached, as far as can be known.
    #[must_use]
    pub fn decides(self) -> bool {
        matches!(self, Self::Wins | Self::Asks | Self::Fails)
    }
}

/// Where that stands which decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nowhere in particular.
    Nowhere,
    /// Variables of the environment, by name.
    Variables(Vec<&'static str>),
    /// A profile of the CLI's config file.
    Profile {
        /// The file.
        path: String,
        /// Its line, from 1.
        line: usize,
        /// The profile's name.
        name: String,
    },
    /// A section of an ini file.
    Section {
        /// The file.
        path: String,
        /// Its line, from 1.
        line: usize,
        /// The section's name.
        name: String,
    },
    /// A whole file.
    File {
        /// The file.
        path: String,
    },
}

/// How a step ends, why, and where the reason stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ends.
    pub kind: Kind,
    /// Why, in half a sentence. It may quote names of the user's own: make it harmless before it is shown.
    pub why: String,
    /// Where the reason stands.
    pub origin: Origin,
}

impl Outcome {
    pub(super) fn passes(why: impl Display) -> Self {
        Self { kind: Kind::Passes, why: why.to_string(), origin: Origin::Nowhere }
    }

    pub(super) fn probes(why: impl Display) -> Self {
        Self { kind: Kind::Probes, why: why.to_string(), origin: Origin::Nowhere }
    }

    pub(super) fn wins(why: impl Display, origin: Origin) -> Self {
        Self { kind: Kind::Wins, why: why.to_string(), origin }
    }

    pub(super) fn asks(why: impl Display, origin: Origin) -> Self {
        Self { kind: Kind::Asks, why: why.to_string(), origin }
    }

    pub(super) fn fails(why: impl Display, origin: Origin) -> Self {
        Self { kind: Kind::Fails, why: why.to_string(), origin }
    }
}
