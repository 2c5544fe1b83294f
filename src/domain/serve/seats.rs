//! Selects the connection to close when the limit is reached. It does not close it.

/// The properties of a connection that decide which one is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The user who owns the other end, if the system shows it.
    pub user: Option<u32>,
    /// Whether it was accepted a moment ago.
    pub is_fresh: bool,
    /// Whether it has sent a request with the key.
    pub is_proven: bool,
    /// When it was last used: a number that grows with every connection and request.
    pub last: u64,
}

/// The index of the connection to close for a new one of `newcomer`. It belongs to the user with the most connections,
/// so that no user can displace others by opening many; in a tie, to the newcomer. Of that user's connections, those
/// that never sent the key are closed first, then those that were unused for the longest time. Connections that were
/// just accepted are closed last.
#[must_use]
pub fn to_close(seats: &[Seat], newcomer: Option<u32>) -> Option<usize> {
    // There are few users and many connections. A flood causes one decision per connection, so pass over them once.
    let mut users: Vec<(Option<u32>, usize)> = vec![(newcomer, 1)];
    for seat in seats {
        match users.iter_mut().find(|(user, _)| *user == seat.user) {
            Some((_, count)) => *count += 1,
            None => users.push((seat.user, 1)),
        }
    }
    // A newcomer without other connections has none to close.
    let is_seated = |user: Option<u32>, count: usize| user != newcomer || count > 1;
    let users = users.into_iter().filter(|(user, count)| is_seated(*user, *count));
    let (crowd, _) = users.max_by_key(|(user, count)| (*count, *user == newcomer))?;
    let candidates = seats.iter().enumerate().filter(|(_, seat)| seat.user == crowd);
    candidates.min_by_key(|(_, seat)| (seat.is_fresh, seat.is_proven, seat.last)).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(user: u32, is_proven: bool, last: u64) -> Seat {
        Seat { user: Some(user), is_fresh: false, is_proven, last }
    }

    #[test]
    fn who_never_showed_the_key_goes_before_who_is_idle_for_longest() {
        let seats = [seat(1, true, 1), seat(1, false, 9), seat(1, false, 7), seat(1, true, 8)];
        assert_eq!(to_close(&seats, Some(1)), Some(2));
        let proven = [seat(1, true, 4), seat(1, true, 3)];
        assert_eq!(to_close(&proven, Some(1)), Some(1));
        let fresh = [Seat { is_fresh: true, ..seat(1, false, 9) }, seat(1, true, 8)];
        assert_eq!(to_close(&fresh, Some(1)), Some(1), "who had no time to ask stays");
        assert_eq!(to_close(&fresh[..1], Some(1)), Some(0));
        assert_eq!(to_close(&[], Some(1)), None);
    }

    #[test]
    fn the_user_with_the_most_connections_gives_one() {
        let seats = [seat(1, false, 1), seat(2, true, 2), seat(2, true, 3)];
        assert_eq!(to_close(&seats, Some(1)), Some(0), "among equals the newcomer's user");
        assert_eq!(to_close(&seats, Some(3)), Some(1));
        assert_eq!(to_close(&seats, Some(2)), Some(1));
    }
}
