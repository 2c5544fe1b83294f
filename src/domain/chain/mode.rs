//! What a profile or section of some kind needs before a client takes it.

/// What comes of a profile that has all that it needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// Its keys are taken as they are.
    Wins,
    /// Somebody is asked: a sentence that says who.
    Asks(&'static str),
    /// STS is asked, with a token from a file: the key that names it.
    AsksWithFile(&'static str),
    /// The metadata service of ECS is asked.
    Metadata,
    /// Another profile is taken first, and STS is asked for the role with what it gives.
    Chain,
    /// OAuth is asked, if the site is one that is known.
    OAuth,
}

/// A key, and the variable that fills in for it where a client lets it.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) variable: Option<&'static str>,
}

/// A key that nothing fills in for.
pub(super) const fn only(name: &'static str) -> Key {
    Key { name, variable: None }
}

/// A key for which a variable fills in.
pub(super) const fn or(name: &'static str, variable: &'static str) -> Key {
    Key { name, variable: Some(variable) }
}

/// A kind of profile or section, by its `mode` or `type`.
pub(super) struct Mode {
    pub(super) name: &'static str,
    pub(super) needs: &'static [Key],
    pub(super) then: Then,
}

/// What asking STS is called.
pub(super) const STS: Then = Then::Asks("STS is asked for the role");
