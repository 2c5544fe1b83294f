//! A moment as this machine's clocks tell it: the one that people set, and the one that nobody can set. It asks
//! neither; whoever wants to know the time is given a moment.

use jiff::{SignedDuration, Timestamp};

/// How far the two clocks may drift apart before the first one counts as having been set.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(2);

/// A moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What the clock on the wall says; it can be set, forwards and backwards.
    pub wall: Timestamp,
    /// How long the machine has run, the time that it slept included; it only ever grows.
    pub steady: SignedDuration,
}

impl Moment {
    /// How much later this moment is; no clock that is set in between disturbs it.
    #[must_use]
    pub fn since(self, earlier: Self) -> SignedDuration {
        self.steady.saturating_sub(earlier.steady)
    }

    /// By how much the clock on the wall was set between the two: forwards is positive, and `None` where it was not.
    #[must_use]
    pub fn set_since(self, earlier: Self) -> Option<SignedDuration> {
        let walked = self.wall.duration_since(earlier.wall);
        let by = walked.saturating_sub(self.since(earlier));
        (by.abs() > TOLERANCE).then_some(by)
    }

    /// The moment so much later, with no clock set in between.
    #[must_use]
    pub fn after(self, time: SignedDuration) -> Self {
        Self {
            wall: self.wall.saturating_add(time).unwrap_or(Timestamp::MAX),
            steady: self.steady.saturating_add(time),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Moment {
        let wall = "2026-11-25T12:00:00Z".parse().expect("a time");
        Moment { wall, steady: SignedDuration::from_secs(1_000) }
    }

    #[test]
    fn a_clock_that_is_set_is_noticed_and_disturbs_no_count() {
        let hour = SignedDuration::from_hours(1);
        for by in [hour, -hour] {
            let later = noon().after(SignedDuration::from_secs(30));
            let later = Moment { wall: later.wall + by, ..later };
            assert_eq!(later.set_since(noon()), Some(by));
            assert_eq!(later.since(noon()).as_secs(), 30);
        }
    }

    #[test]
    fn a_clock_that_is_slewed_has_not_been_set() {
        let later = noon().after(SignedDuration::from_secs(3_600));
        let later = Moment { wall: later.wall + SignedDuration::from_millis(900), ..later };
        assert_eq!(later.set_since(noon()), None);
    }
}
