//! Where to look for credentials, and how far a URI may lead.

use super::{Source, Trouble};

/// Whether a URI that leads off this machine may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only this machine.
    Loopback,
    /// Anywhere: its user asked for it.
    Anywhere,
}

/// Where to look for credentials.
#[derive(Clone, Debug)]
pub struct Found {
    /// The sources.
    pub sources: Vec<Source>,
    /// Why the variable names none.
    pub trouble: Option<Trouble>,
    /// How far a URI may lead.
    pub reach: Reach,
    /// Whether the user named them.
    pub given: bool,
}
