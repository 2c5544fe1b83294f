//! The key to the service: 256 bits in its path. The clients cannot send a header, so any client that knows the URI
//! gets the credential.

use subtle::ConstantTimeEq as _;

use crate::domain::credential::Secret;

/// The start of the path, the same as in the platform's own service.
const BEFORE: &str = "/api/v1/credentials/";

/// The path of the counts, after the key.
const COUNTS: &str = "/status";

/// The key, as the path that holds it.
#[derive(Clone, Debug)]
pub struct Key(Secret);

impl Key {
    /// The key of these random bits.
    #[must_use]
    pub fn new(bits: [u8; 32]) -> Self {
        let mut path = String::with_capacity(BEFORE.len() + 64);
        path.push_str(BEFORE);
        for bits in bits.into_iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            path.extend(char::from_digit(u32::from(bits), 16));
        }
        Self(Secret::new(path))
    }

    /// The path that holds the key.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.reveal()
    }

    /// Whether a path is the one with the key, compared in constant time.
    #[must_use]
    pub fn opens(&self, path: &str) -> bool {
        self.path().as_bytes().ct_eq(path.as_bytes()).into()
    }

    /// Whether a path is the one with the key, followed by `/status`.
    #[must_use]
    pub fn opens_counts(&self, path: &str) -> bool {
        path.strip_suffix(COUNTS).is_some_and(|path| self.opens(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_path_opens() {
        let key = Key::new([0xa5; 32]);
        let path = format!("/api/v1/credentials/{}", "a5".repeat(32));
        assert_eq!(key.path(), path);
        assert!(key.opens(&path));
        for other in [
            "",
            "/",
            &path[..path.len() - 1],
            &path.replace("a5a5", "a5a6"),
            &format!("{path}/"),
            &path.to_uppercase(),
        ] {
            assert!(!key.opens(other), "{other}");
        }
        assert!(!format!("{key:?}").contains("a5"));
    }
}
