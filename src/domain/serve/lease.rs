//! The current credential, and when to renew it. It reads no clock and no source.

use jiff::{SignedDuration, Timestamp};

use crate::domain::credential::{Answer, Credential, utc};
use crate::domain::moment::Moment;

use super::Useless;

/// The least that is left when a renewal is due, if the life allows it.
const LEAST: SignedDuration = SignedDuration::from_mins(5);
/// How long after a renewal that failed the next is tried, at least and at most.
const AGAIN: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(1), SignedDuration::from_secs(60));
/// How much time there is at least between two renewals, whatever they bring and however often a clock is set.
const APART: SignedDuration = SignedDuration::from_secs(1);
/// How often a credential without an end is read again.
const ENDLESS: SignedDuration = SignedDuration::from_mins(5);

/// The credential that is handed out, and its renewals.
#[derive(Clone, Debug)]
pub struct Lease {
    held: Option<Held>,
    /// How many renewals in a row failed.
    failures: u32,
    /// A random number by which the next renewal comes a little earlier, so that many services do not ask at once.
    dice: u8,
    tried_at: Option<Moment>,
    underway: bool,
    last: Moment,
    /// Whether a clock was set since the credential was read.
    unsettled: bool,
}

#[derive(Clone, Debug)]
struct Held {
    credential: Credential,
    at: Moment,
    /// What was left when it was read: its life, as far as is known.
    life: Option<SignedDuration>,
    /// What is left when it is to be renewed.
    renew_with: SignedDuration,
}

impl Held {
    fn left(&self, now: Moment) -> Option<SignedDuration> {
        Some(self.life?.saturating_sub(now.since(self.at)))
    }
}

/// What a renewal brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A new credential.
    New,
    /// The same one once more.
    Same,
    /// Nothing, or an unusable credential; the current one is kept.
    Failed(Option<Useless>),
}

impl Lease {
    /// Nothing yet.
    #[must_use]
    pub fn new(now: Moment) -> Self {
        Self {
            held: None,
            failures: 0,
            dice: 0,
            tried_at: None,
            underway: false,
            last: now,
            unsettled: false,
        }
    }

    /// Lets time pass; how long until a renewal is due, nothing where one is under way.
    pub fn wait(&mut self, now: Moment) -> Option<SignedDuration> {
        if now.set_since(self.last).is_some() {
            self.unsettled = true;
        }
        self.last = now;
        if self.underway { None } else { Some(self.due_in(now).max(SignedDuration::ZERO)) }
    }

    fn due_in(&self, now: Moment) -> SignedDuration {
        let since_try = self.tried_at.map_or(SignedDuration::MAX, |at| now.since(at));
        if self.failures > 0 {
            return self.pause(now).saturating_sub(since_try);
        }
        self.wanted_in(now).max(APART.saturating_sub(since_try))
    }

    /// How long until a renewal is wanted, where the last one succeeded.
    fn wanted_in(&self, now: Moment) -> SignedDuration {
        let Some(held) = &self.held else { return SignedDuration::ZERO };
        if self.unsettled {
            return SignedDuration::ZERO;
        }
        match held.left(now) {
            Some(left) => left.saturating_sub(held.renew_with),
            None => ENDLESS.saturating_sub(now.since(held.at)),
        }
    }

    /// How long after a renewal that failed: longer each time, but no longer than a quarter of what is left.
    fn pause(&self, now: Moment) -> SignedDuration {
        let doubled = (AGAIN.0 * 2_i32.pow(self.failures.saturating_sub(1).min(6))).min(AGAIN.1);
        let jittered = doubled - doubled / 2 * i32::from(self.dice) / 255;
        let left =
            self.held.as_ref().and_then(|held| held.left(now)).filter(jiff::SignedDuration::is_positive);
        let quarter = left.map_or(AGAIN.1, |left| left / 4);
        jittered.min(quarter).max(AGAIN.0)
    }

    /// A renewal begins; no other does before it has ended.
    pub fn begin(&mut self, now: Moment) {
        self.underway = true;
        self.tried_at = Some(now);
    }

    /// Takes what a renewal brought; `dice` is a random number by which the next one comes a little earlier. What is of
    /// no use changes nothing but when the next one is tried.
    pub fn take(&mut self, answer: Option<Answer>, now: Moment, dice: u8) -> Taken {
        self.underway = false;
        self.dice = dice;
        let Some(answer) = answer else { return self.failed(None) };
        let ahead = answer.clock_ahead(now).unwrap_or_default();
        let credential = answer.parsed.credential;
        let read = now.wall.saturating_add(ahead).unwrap_or(Timestamp::MAX);
        let life = credential.expiration.map(|end| end.duration_since(read));
        // After a clock was set, the ends of the two cannot be compared.
        let good = self.credential(now).filter(|_| !self.unsettled);
        let is_same = self.held.as_ref().is_some_and(|held| held.credential == credential);
        let useless = Useless::judge(credential.expiration, life, good.and_then(|good| good.expiration));
        if useless.is_some() {
            self.forget_what_ended(is_same, life, now);
            return self.failed(useless);
        }
        self.unsettled = false;
        let known = self.held.as_ref().filter(|_| is_same).map(|held| held.renew_with);
        let renew_with = known.unwrap_or_else(|| renew_with(life.unwrap_or_default(), dice));
        // The same one once more counts as a failure only where a new one was due.
        let is_late = is_same && life.is_some_and(|left| left <= renew_with);
        self.failures = if is_late { self.failures.saturating_add(1) } else { 0 };
        self.held = Some(Held { credential, at: now, life, renew_with });
        if is_same { Taken::Same } else { Taken::New }
    }

    fn failed(&mut self, why: Option<Useless>) -> Taken {
        self.failures = self.failures.saturating_add(1);
        Taken::Failed(why)
    }

    /// If the source reports the same credential as expired, because a clock was set or differs, the current one has
    /// expired too.
    fn forget_what_ended(&mut self, is_same: bool, life: Option<SignedDuration>, now: Moment) {
        if let Some(held) = self.held.as_mut().filter(|_| is_same) {
            (held.life, held.at) = (life, now);
        }
    }

    /// The credential, unless it has expired.
    #[must_use]
    pub fn credential(&self, now: Moment) -> Option<&Credential> {
        let held = self.held.as_ref()?;
        held.left(now).is_none_or(|left| left.is_positive()).then_some(&held.credential)
    }

    /// The remaining lifetime of the current credential.
    #[must_use]
    pub fn left(&self, now: Moment) -> Option<SignedDuration> {
        self.held.as_ref()?.left(now)
    }

    /// When the current credential expires, for people.
    #[must_use]
    pub fn end(&self) -> Option<String> {
        self.held.as_ref()?.credential.expiration.map(utc)
    }
}

/// What is left when a renewal is due: a quarter of the life, at least five minutes, and up to a tenth of that more. Of
/// a short life half: it must not be renewed as soon as it is there.
fn renew_with(life: SignedDuration, dice: u8) -> SignedDuration {
    let usual = (life / 4).max(LEAST);
    let usual = usual.saturating_add(usual / 10 * i32::from(dice) / 255);
    usual.min(life / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credential::parse;

    fn seconds(count: i64) -> SignedDuration {
        SignedDuration::from_secs(count)
    }

    fn start() -> Moment {
        Moment { wall: "2026-11-25T00:00:00Z".parse().expect("a time"), steady: seconds(7) }
    }

    fn answer(end: Timestamp, number: i64) -> Answer {
        let text = format!(
            "{{\"AccessKeyId\":\"a{number}\",\"AccessKeySecret\":\"b\",\"SecurityToken\":\"c\",\"Expiration\":\"{}\"}}",
            utc(end)
        );
        Answer { parsed: parse(text.as_bytes()).expect("a credential"), date: None, stamp: None }
    }

    /// A lease and the source that it renews from, on a scripted clock.
    struct Day {
        lease: Lease,
        now: Moment,
        ttl: i64,
        renewals: i64,
        least_left: i64,
        /// Whether the source answers.
        up: bool,
    }

    impl Day {
        fn new(ttl: i64) -> Self {
            let lease = Lease::new(start());
            Self { lease, now: start(), ttl, renewals: 0, least_left: i64::MAX, up: true }
        }

        fn second(&mut self) {
            self.now = self.now.after(seconds(1));
            self.tick();
        }

        fn tick(&mut self) {
            while self.lease.wait(self.now) == Some(SignedDuration::ZERO) {
                self.lease.begin(self.now);
                assert_eq!(self.lease.wait(self.now), None, "one at a time");
                let brought = self.up.then(|| answer(self.now.wall + seconds(self.ttl), self.renewals));
                self.renewals += 1;
                self.lease.take(brought, self.now, 128);
            }
            let left = self.lease.left(self.now).map_or(0, |left| left.as_secs());
            self.least_left = self.least_left.min(left);
        }
    }

    #[test]
    fn a_day_of_renewals_never_comes_near_an_end() {
        for (ttl, renewals) in [(3_600, 33), (43_200, 3), (900, 148)] {
            let mut day = Day::new(ttl);
            for _ in 0..86_400 {
                day.second();
                assert!(day.lease.credential(day.now).is_some());
            }
            assert_eq!(day.renewals, renewals, "{ttl}");
            assert!(day.least_left >= (ttl / 4).max(300) - 1, "{ttl}: {}", day.least_left);
        }
    }

    #[test]
    fn a_short_life_is_renewed_at_its_half() {
        let mut day = Day::new(60);
        for _ in 0..600 {
            day.second();
        }
        assert_eq!(day.renewals, 20);
    }

    #[test]
    fn a_failed_renewal_keeps_the_good_credential_until_it_ends() {
        let mut day = Day::new(3_600);
        day.tick();
        day.up = false;
        let mut tries = day.renewals;
        for second in 1..3_600 {
            day.second();
            assert!(day.lease.credential(day.now).is_some(), "{second}");
        }
        tries = day.renewals - tries;
        assert!((15..60).contains(&tries), "{tries} tries in a quarter of an hour");
        day.second();
        assert!(day.lease.credential(day.now).is_none(), "one that is over is not handed out");
        day.up = true;
        for _ in 0..61 {
            day.second();
        }
        assert!(day.lease.credential(day.now).is_some(), "and it comes back by itself");
    }

    #[test]
    fn a_source_that_gives_the_same_once_more_is_not_pressed() {
        let mut lease = Lease::new(start());
        let (mut now, end) = (start(), start().wall + seconds(3_600));
        let mut readings = 0;
        for _ in 0..3_600 {
            now = now.after(seconds(1));
            while lease.wait(now) == Some(SignedDuration::ZERO) {
                lease.begin(now);
                readings += 1;
                lease.take(Some(answer(end, 1)), now, 0);
            }
        }
        assert!((10..60).contains(&readings), "{readings}");
    }

    #[test]
    fn a_clock_that_is_set_has_it_read_again_and_a_sleep_too() {
        for by in [3_600, -3_600] {
            let mut day = Day::new(3_600);
            for _ in 0..10 {
                day.second();
            }
            assert_eq!(day.renewals, 1);
            day.now.wall += seconds(by);
            day.second();
            assert_eq!(day.renewals, 2, "set by {by}");
        }
        let mut day = Day::new(3_600);
        day.tick();
        day.now = day.now.after(seconds(8 * 3_600));
        assert!(day.lease.credential(day.now).is_none(), "over while the laptop slept");
        day.tick();
        assert!(day.lease.credential(day.now).is_some() && day.renewals == 2);
    }

    #[test]
    fn a_credential_without_an_end_is_handed_out_and_read_again() {
        let mut lease = Lease::new(start());
        let text = b"{\"AccessKeyId\":\"a\",\"AccessKeySecret\":\"b\",\"SecurityToken\":\"c\"}";
        let answer = Answer { parsed: parse(text).expect("a credential"), date: None, stamp: None };
        lease.begin(start());
        assert_eq!(lease.take(Some(answer.clone()), start(), 0), Taken::New);
        assert_eq!(lease.wait(start()), Some(ENDLESS));
        assert!(lease.credential(start().after(seconds(1 << 40))).is_some());
        assert_eq!(lease.take(Some(answer), start(), 0), Taken::Same);
    }
}
