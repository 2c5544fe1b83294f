//! Credentials that are not usable: a renewal that returns one has failed.

use jiff::{SignedDuration, Timestamp};

/// Why a credential is not usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Useless {
    /// It has expired.
    #[error("the new credential has already expired")]
    Expired,
    /// It expires before the one that it would replace.
    #[error("the new credential expires before the current one")]
    EndsEarlier,
    /// It does not say when it expires, but the one that it would replace does.
    #[error("the new credential does not say when it expires")]
    Endless,
}

impl Useless {
    /// Checks a credential that expires at `end`, after `life` from now. `held` is when the valid current credential
    /// expires: `None` if there is none or it does not say.
    pub(super) fn judge(
        end: Option<Timestamp>,
        life: Option<SignedDuration>,
        held: Option<Timestamp>,
    ) -> Option<Self> {
        if life.is_some_and(|life| !life.is_positive()) {
            return Some(Self::Expired);
        }
        // A valid credential is kept; any credential that has not expired replaces an expired one.
        match (end, held) {
            (Some(end), Some(held)) if end < held => Some(Self::EndsEarlier),
            (None, Some(_)) => Some(Self::Endless),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credential::{Answer, Credential, Parsed, Secret};
    use crate::domain::moment::Moment;
    use crate::domain::serve::{Lease, Taken};

    fn start() -> Moment {
        Moment { wall: "2026-11-25T00:00:00Z".parse().expect("a time"), steady: SignedDuration::ZERO }
    }

    /// A credential that ends so many seconds after the start.
    fn ends_at(second: Option<i64>, key: &str) -> Answer {
        let secret = |text: &str| Secret::new(text.to_owned());
        let credential = Credential {
            access_key_id: secret(key),
            access_key_secret: secret("b"),
            security_token: secret("c"),
            expiration: second.map(|second| start().wall + SignedDuration::from_secs(second)),
        };
        let parsed = Parsed { credential, has_code: true, findings: Vec::new() };
        Answer { parsed, date: None, stamp: None }
    }

    fn key_at(lease: &Lease, now: Moment) -> Option<&str> {
        lease.credential(now).map(|credential| credential.access_key_id.reveal())
    }

    #[test]
    fn a_good_credential_is_never_given_up_for_a_worse_one() {
        let mut lease = Lease::new(start());
        assert_eq!(lease.take(Some(ends_at(Some(3_600), "good")), start(), 0), Taken::New);
        let now = start().after(SignedDuration::from_secs(100));
        for (answer, why) in [
            (ends_at(Some(0), "over"), Useless::Expired),
            (ends_at(Some(100), "over now"), Useless::Expired),
            (ends_at(Some(1_000), "shorter"), Useless::EndsEarlier),
            (ends_at(Some(3_599), "good"), Useless::EndsEarlier),
            (ends_at(None, "endless"), Useless::Endless),
        ] {
            assert_eq!(lease.take(Some(answer), now, 0), Taken::Failed(Some(why)));
            assert_eq!(key_at(&lease, now), Some("good"));
        }
        assert_eq!(lease.take(Some(ends_at(Some(3_600), "as long")), now, 0), Taken::New);
        assert_eq!(lease.take(Some(ends_at(Some(3_601), "longer")), now, 0), Taken::New);
        let later = start().after(SignedDuration::from_secs(3_601));
        assert_eq!(key_at(&lease, later), None);
        assert_eq!(lease.take(Some(ends_at(Some(3_602), "short")), later, 0), Taken::New, "better than none");
    }

    #[test]
    fn one_without_an_end_is_taken_where_nothing_good_is_lost() {
        let mut lease = Lease::new(start());
        assert_eq!(lease.take(Some(ends_at(None, "first")), start(), 0), Taken::New);
        assert_eq!(lease.take(Some(ends_at(None, "second")), start(), 0), Taken::New);
        assert_eq!(lease.take(Some(ends_at(Some(9), "ends")), start(), 0), Taken::New);
        assert_eq!(
            lease.take(Some(ends_at(None, "third")), start(), 0),
            Taken::Failed(Some(Useless::Endless))
        );
        let later = start().after(SignedDuration::from_secs(10));
        assert_eq!(lease.take(Some(ends_at(None, "fourth")), later, 0), Taken::New);
    }

    #[test]
    fn ends_are_not_compared_after_a_clock_was_set() {
        let mut lease = Lease::new(start());
        lease.take(Some(ends_at(Some(7_200), "by the wrong clock")), start(), 0);
        let back = Moment { wall: start().wall - SignedDuration::from_hours(1), ..start() };
        lease.wait(back);
        assert_eq!(lease.take(Some(ends_at(Some(0), "by the right clock")), back, 0), Taken::New);
    }

    #[test]
    fn a_source_that_hands_out_what_is_over_is_asked_ever_more_rarely() {
        let mut lease = Lease::new(start());
        lease.take(Some(ends_at(Some(40), "good")), start(), 0);
        let mut tries = Vec::new();
        let mut now = start();
        for step in 0..36_000 {
            now = start().after(SignedDuration::from_millis(100 * step));
            if lease.wait(now) == Some(SignedDuration::ZERO) {
                lease.begin(now);
                tries.push(step / 10);
                let dice = u8::try_from(step % 256).unwrap_or_default();
                let over = ends_at(Some(step / 10 - 1), &format!("over {step}"));
                assert_eq!(lease.take(Some(over), now, dice), Taken::Failed(Some(Useless::Expired)));
            }
        }
        let apart = |pair: &[i64]| pair[1] - pair[0];
        assert!(tries.len() < 150 && tries.windows(2).all(|pair| apart(pair) <= 61), "{tries:?}");
        let late: Vec<i64> = tries.windows(2).rev().take(20).map(apart).collect();
        assert!(late.iter().all(|apart| *apart >= 29), "{late:?}");
        assert!(late.iter().any(|apart| *apart != late[0]), "jitter: {late:?}");
        lease.begin(now);
        let recovered = ends_at(Some(9_999), "new");
        assert_eq!(lease.take(Some(recovered), now, 0), Taken::New);
        assert!(
            lease.wait(now) > Some(SignedDuration::from_mins(5)),
            "the next one is in time, not in haste"
        );
    }

    #[test]
    fn very_short_lives_and_a_restless_clock_cost_a_request_a_second() {
        let mut lease = Lease::new(start());
        let mut tries = 0;
        for step in 0..1_000 {
            let mut now = start().after(SignedDuration::from_millis(10 * step));
            now.wall += SignedDuration::from_hours(step % 2);
            while lease.wait(now) == Some(SignedDuration::ZERO) {
                lease.begin(now);
                tries += 1;
                let mut short = ends_at(Some(0), &format!("{tries}"));
                short.parsed.credential.expiration = Some(now.wall + SignedDuration::from_millis(1));
                lease.take(Some(short), now, 0);
            }
        }
        assert!((5..=11).contains(&tries), "{tries} in 10 s");
    }
}
