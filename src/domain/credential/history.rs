//! What was seen of a source over time: when its credential was renewed, how much life it had.

use std::collections::VecDeque;

use jiff::SignedDuration;

use crate::domain::moment::Moment;

/// How many renewals are remembered.
const RENEWALS: usize = 200;
/// How many samples of what was left are remembered: at the gentle pace, eight hours.
const SAMPLES: usize = 960;
/// How often a sample is taken.
const PACE: SignedDuration = SignedDuration::from_secs(30);

/// A change from one credential to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// When it was noticed.
    pub at: Moment,
    /// What the one before had left then.
    pub left_before: Option<SignedDuration>,
    /// What the new one had left then: its whole life, but for the time until it was noticed.
    pub left_after: Option<SignedDuration>,
}

/// What was left at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The moment.
    pub at: Moment,
    /// What was left, or less than nothing.
    pub left: SignedDuration,
}

/// What was seen of a source.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// When it was first read.
    pub since: Option<Moment>,
    /// The renewals, the latest last.
    pub renewals: VecDeque<Renewal>,
    /// How many there were, the forgotten ones too.
    pub count: usize,
    /// Samples of what was left, the latest last.
    pub samples: VecDeque<Sample>,
}

impl History {
    /// Remembers that a new credential came.
    pub fn renewed(&mut self, renewal: Renewal) {
        self.count += 1;
        if self.renewals.len() == RENEWALS {
            self.renewals.pop_front();
        }
        self.renewals.push_back(renewal);
    }

    /// Remembers what is left, at most once in a while.
    pub fn sample(&mut self, at: Moment, left: SignedDuration) {
        if self.samples.back().is_some_and(|last| at.since(last.at) < PACE) {
            return;
        }
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(Sample { at, left });
    }

    /// How far apart the renewals are, where two or more were seen.
    #[must_use]
    pub fn every(&self) -> Option<SignedDuration> {
        let (first, last) = (self.renewals.front()?, self.renewals.back()?);
        let between = i32::try_from(self.renewals.len() - 1).ok().filter(|count| *count > 0)?;
        Some(last.at.since(first.at) / between)
    }

    /// How much was left when renewals came, the least that was seen.
    #[must_use]
    pub fn renewed_with(&self) -> Option<SignedDuration> {
        self.renewals.iter().filter_map(|renewal| renewal.left_before).min()
    }

    /// The whole life of a credential, as far as renewals tell.
    #[must_use]
    pub fn life(&self) -> Option<SignedDuration> {
        self.renewals.iter().filter_map(|renewal| renewal.left_after).max()
    }
}
