//! Accounts of Windows: they have no numbers.

/// The numbers of this user: none.
#[must_use]
pub fn own_users() -> [u32; 0] {
    []
}

/// The home folder: the profile folder of this user.
#[must_use]
pub fn home() -> Option<String> {
    Some(crate::host::home()).filter(|home| !home.is_empty())
}
