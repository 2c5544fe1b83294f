//! Watches sources over time: takes what was read, says what to read next. It reads nothing and asks no clock.

use jiff::{SignedDuration, Timestamp};

use super::history::{History, Renewal};
use super::life::Life;
use super::{Answer, Credential, Reading, Source, Stamp, Trouble};
use crate::domain::moment::Moment;

/// The gentle pace of asking the local service.
pub const GENTLE: SignedDuration = SignedDuration::from_secs(30);
/// The pace near the end, and of looking whether a file has changed.
pub const CLOSE: SignedDuration = SignedDuration::from_secs(1);
/// The pace after a failure.
const AGAIN: SignedDuration = SignedDuration::from_secs(5);
/// How near to its end, on either side, a credential is asked for at the close pace.
const NEAR: SignedDuration = SignedDuration::from_secs(60);
/// After so long a reading that has not come back is given up.
const LOST: SignedDuration = SignedDuration::from_secs(10);

/// The sources of a machine, watched.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Each source, in the order in which it was found.
    pub sources: Vec<Watched>,
    /// Whether nothing is read for the time being.
    pub paused: bool,
    /// When and by how much this machine's clock was last set: forwards is positive.
    pub clock_set: Option<(Moment, SignedDuration)>,
    last: Moment,
}

/// One source.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Which.
    pub source: Source,
    /// The credential that it last gave.
    pub held: Option<Held>,
    /// Why the last reading gave none.
    pub trouble: Option<Trouble>,
    /// When it was last read.
    pub read_at: Option<Moment>,
    /// What was seen so far.
    pub history: History,
    asked_at: Option<Moment>,
    /// Whether the next reading must not rely on what is known of the file.
    anew: bool,
}

/// A credential at hand.
#[derive(Clone, Debug)]
pub struct Held {
    /// What was read.
    pub answer: Answer,
    /// When: the anchor of the countdown.
    pub at: Moment,
    /// When this credential was first seen.
    pub since: Moment,
}

impl Held {
    /// The credential.
    #[must_use]
    pub fn credential(&self) -> &Credential {
        &self.answer.parsed.credential
    }

    /// What is left of it, negative when it is over. A clock that is set meanwhile does not disturb the count.
    #[must_use]
    pub fn left(&self, now: Moment) -> Option<SignedDuration> {
        let end = self.credential().expiration?;
        let ahead = self.answer.clock_ahead(self.at).unwrap_or_default();
        let at_reading = self.at.wall.saturating_add(ahead).unwrap_or(Timestamp::MAX);
        Some(end.duration_since(at_reading).saturating_sub(now.since(self.at)))
    }
}

impl Watched {
    fn new(source: Source) -> Self {
        Self {
            source,
            held: None,
            trouble: None,
            read_at: None,
            history: History::default(),
            asked_at: None,
            anew: false,
        }
    }

    /// What is left of the credential at hand.
    #[must_use]
    pub fn left(&self, now: Moment) -> Option<SignedDuration> {
        self.held.as_ref()?.left(now)
    }

    /// The part of its life that the credential at hand is in; `None` where there is none.
    #[must_use]
    pub fn life(&self, now: Moment) -> Option<Life> {
        self.held.as_ref().map(|held| Life::of(held.left(now)))
    }

    /// When the next renewal is expected: with as much left as at the last one.
    #[must_use]
    pub fn renewal_in(&self, now: Moment) -> Option<SignedDuration> {
        let usual = self.history.renewals.back()?.left_before?;
        Some(self.left(now)?.saturating_sub(usual))
    }

    fn take(&mut self, reading: Reading) {
        let at = reading.at;
        self.asked_at = None;
        self.anew = false;
        self.read_at = Some(at);
        self.history.since.get_or_insert(at);
        match reading.result {
            Err(trouble) => self.trouble = Some(trouble),
            Ok(answer) => {
                self.trouble = None;
                self.hold(answer, at);
            }
        }
        if let Some(left) = self.left(at) {
            self.history.sample(at, left);
        }
    }

    fn hold(&mut self, answer: Answer, at: Moment) {
        let before = self.held.take();
        let is_same = before.as_ref().is_some_and(|held| *held.credential() == answer.parsed.credential);
        let since = before.as_ref().filter(|_| is_same).map_or(at, |held| held.since);
        let held = Held { answer, at, since };
        if let Some(before) = before.filter(|_| !is_same) {
            let (left_before, left_after) = (before.left(at), held.left(at));
            self.history.renewed(Renewal { at, left_before, left_after });
        }
        self.held = Some(held);
    }

    /// How long after the last reading the next is due.
    fn pace(&self, now: Moment) -> SignedDuration {
        let is_near = self.left(now).is_some_and(|left| left.abs() <= NEAR);
        match (&self.source, &self.trouble) {
            (Source::File(_), None) => CLOSE,
            (_, Some(_)) => AGAIN,
            _ if is_near => CLOSE,
            _ => GENTLE,
        }
    }

    fn is_due(&self, now: Moment) -> bool {
        let is_asked = self.asked_at.is_some_and(|at| now.since(at) < LOST);
        let is_over = self.read_at.is_none_or(|at| now.since(at) >= self.pace(now));
        !is_asked && (self.anew || is_over)
    }

    /// What is known of the file, if its next reading may rely on it.
    fn known(&self) -> Option<Stamp> {
        let stamp = self.held.as_ref().and_then(|held| held.answer.stamp);
        stamp.filter(|_| !self.anew && self.trouble.is_none())
    }
}

/// A reading that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which of the sources.
    pub index: usize,
    /// The source.
    pub source: Source,
    /// What is known of it: a file that is still the same need not be read.
    pub known: Option<Stamp>,
}

impl Watch {
    /// A watch over these sources.
    #[must_use]
    pub fn new(sources: Vec<Source>, now: Moment) -> Self {
        let sources = sources.into_iter().map(Watched::new).collect();
        Self { sources, paused: false, clock_set: None, last: now }
    }

    /// Lets time pass: notices a clock that was set, and says what to read now.
    pub fn tick(&mut self, now: Moment) -> Vec<Due> {
        if let Some(by) = now.set_since(self.last) {
            self.clock_set = Some((now, by));
            self.again();
        }
        self.last = now;
        if self.paused { Vec::new() } else { self.due(now) }
    }

    fn due(&mut self, now: Moment) -> Vec<Due> {
        let due = self.sources.iter_mut().enumerate().filter(|(_, watched)| watched.is_due(now));
        let due = due.map(|(index, watched)| {
            watched.asked_at = Some(now);
            Due { index, source: watched.source.clone(), known: watched.known() }
        });
        due.collect()
    }

    /// Has everything read at once, whatever is known, paused or not.
    pub fn read_now(&mut self, now: Moment) -> Vec<Due> {
        self.again();
        self.due(now)
    }

    fn again(&mut self) {
        for watched in &mut self.sources {
            watched.anew = true;
        }
    }

    /// Takes a reading of a source; `None` for a file that is still the same.
    pub fn take(&mut self, index: usize, reading: Option<Reading>, now: Moment) {
        let Some(watched) = self.sources.get_mut(index) else { return };
        if let Some(reading) = reading {
            return watched.take(reading);
        }
        watched.asked_at = None;
        watched.read_at = Some(now);
        if let Some(left) = watched.left(now) {
            watched.history.sample(now, left);
        }
    }

    /// Whether every source has been read at least once.
    #[must_use]
    pub fn has_looked(&self) -> bool {
        self.sources.iter().all(|watched| watched.read_at.is_some())
    }

    /// The last moment that it was told of.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.last
    }

    /// Whether a source holds the same credential as the first that holds any; `None` for that one, and for one that
    /// holds none.
    #[must_use]
    pub fn is_same(&self, index: usize) -> Option<bool> {
        let mut holding = self.sources.iter().enumerate().filter(|(_, watched)| watched.held.is_some());
        let (first, leading) = holding.next()?;
        let held = self.sources.get(index)?.held.as_ref().filter(|_| index != first)?;
        Some(leading.held.as_ref().is_some_and(|leading| leading.credential() == held.credential()))
    }
}
