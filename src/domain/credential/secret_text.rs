//! A text that must not be seen: nothing prints it unasked, and its memory is wiped when it is dropped.

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// A secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps a text as a secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself, for whoever was asked to show or send it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// How many characters it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }

    /// The first eight hex digits of its SHA-256: enough to tell two apart by eye, too little to guess it by.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.0.as_bytes());
        let first = digest.iter().take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        format!("{first:08x}")
    }

    /// An `AccessKey` ID so that its owner knows it and nobody else learns it: the kind and the last four characters.
    #[must_use]
    pub fn masked_id(&self) -> String {
        let (kind, rest) = match self.0.strip_prefix("STS.") {
            Some(rest) => ("STS.", rest),
            None => ("", self.0.as_str()),
        };
        // The last four of a short one would be half of it.
        let hidden = if rest.chars().count() < 12 { rest.len() } else { last_four(rest) };
        format!("{kind}••••••{}", super::super::text::visible_line(&rest[hidden..]))
    }
}

fn last_four(text: &str) -> usize {
    text.char_indices().rev().nth(3).map_or(0, |(at, _)| at)
}

impl From<Zeroizing<String>> for Secret {
    fn from(text: Zeroizing<String>) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_by_its_fingerprint_and_never_printed() {
        let secret = Secret::new("abc".to_owned());
        assert_eq!(secret.fingerprint(), "ba7816bf");
        assert_eq!(format!("{secret:?}"), "Secret(***)");
    }

    #[test]
    fn an_id_shows_its_kind_and_its_last_four() {
        let masked = |id: &str| Secret::new(id.to_owned()).masked_id();
        assert_eq!(masked("STS.NexampleExample7QmA"), "STS.••••••7QmA");
        assert_eq!(masked("LTAIexampleExample"), "••••••mple");
        assert_eq!(masked("STS.short7QmA"), "STS.••••••");
        assert_eq!(masked(""), "••••••");
    }
}
