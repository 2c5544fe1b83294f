//! Which users of this machine can connect to the service. It does not look up connections.

use std::str::FromStr;

/// The administrator, who can read the memory of every program anyway.
const ROOT: u32 = 0;

/// A value of `--allow-user`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowedUser {
    /// The user with this ID.
    Id(u32),
    /// Every user, even one that the system does not show.
    Any,
}

/// The error for a text that is not a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a user ID, such as 1000, or `any`")]
pub struct NotAUser;

impl FromStr for AllowedUser {
    type Err = NotAUser;

    fn from_str(text: &str) -> Result<Self, NotAUser> {
        match text {
            "any" => Ok(Self::Any),
            // The last number means "no user" to the system. A sign is not part of an ID.
            _ if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                text.parse().ok().filter(|id| *id != u32::MAX).map(Self::Id).ok_or(NotAUser)
            }
            _ => Err(NotAUser),
        }
    }
}

/// The users whose connections are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    users: Vec<u32>,
    any: bool,
}

impl Admission {
    /// Admits the user of the service, root, and the users in `allowed`.
    #[must_use]
    pub fn new(own: &[u32], allowed: &[AllowedUser]) -> Self {
        let mut users = vec![ROOT];
        users.extend(own);
        users.extend(allowed.iter().filter_map(|user| match user {
            AllowedUser::Id(id) => Some(*id),
            AllowedUser::Any => None,
        }));
        Self { users, any: allowed.contains(&AllowedUser::Any) }
    }

    /// Whether every connection is accepted, so that no lookup is needed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.any
    }

    /// Whether a connection is accepted; `owner` is the user who owns its other end, or `None` if the other end is
    /// closed.
    #[must_use]
    pub fn admits(&self, owner: Option<u32>) -> bool {
        self.any || owner.is_some_and(|owner| self.users.contains(&owner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_user_root_and_those_allowed_connect() {
        let admission = Admission::new(&[1000], &[AllowedUser::Id(4242)]);
        for (owner, admitted) in [
            (Some(1000), true),
            (Some(0), true),
            (Some(4242), true),
            (Some(1001), false),
            (Some(65534), false),
        ] {
            assert_eq!(admission.admits(owner), admitted, "{owner:?}");
        }
        assert!(!admission.admits(None), "a connection that nobody holds proves nothing");
        assert!(!admission.is_open());
        let open = Admission::new(&[1000], &[AllowedUser::Any]);
        assert!(open.is_open() && open.admits(None) && open.admits(Some(1001)));
    }

    #[test]
    fn a_user_is_an_id_or_any() {
        assert_eq!("4242".parse(), Ok(AllowedUser::Id(4242)));
        assert_eq!("any".parse(), Ok(AllowedUser::Any));
        for text in ["", "-1", "+1", "root", "4294967295", "4294967296", "1.5", " 1"] {
            assert_eq!(text.parse::<AllowedUser>(), Err(NotAUser), "{text}");
        }
    }
}
