//! What a source gave at a moment: values, nothing is read here.

use jiff::{SignedDuration, Timestamp};

use super::{Parsed, Trouble};
use crate::domain::moment::Moment;

/// What was read at a source, and what the reading itself told.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The credential with what is odd about it.
    pub parsed: Parsed,
    /// What the service's own clock said, in whole seconds.
    pub date: Option<Timestamp>,
    /// What is known of the file.
    pub stamp: Option<Stamp>,
}

/// What tells one version of a file from the next without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When it was written.
    pub modified: Option<Timestamp>,
    /// Its length in bytes.
    pub length: u64,
    /// Its number on its disk; 0 where there is none.
    pub number: u64,
    /// Its permission bits; `0o600` where there are none.
    pub mode: u32,
}

impl Stamp {
    /// Whether users other than the owner and the group may read it.
    #[must_use]
    pub fn is_readable_by_others(self) -> bool {
        self.mode & 0o004 != 0
    }
}

/// One reading of one source.
#[derive(Clone, Debug)]
pub struct Reading {
    /// When it was begun.
    pub at: Moment,
    /// What came of it.
    pub result: Result<Answer, Trouble>,
}

/// The largest difference of two clocks that is believed, as an hour that was set by hand. A larger one is an error of
/// the service's `Date`, and would keep an expired credential in use.
const LARGEST_SKEW: SignedDuration = SignedDuration::from_hours(1);

impl Answer {
    /// By how much the service's clock is ahead of this machine's; `None` if it does not report one or is more than an
    /// hour off, and zero if the two differ by less than 5 seconds.
    #[must_use]
    pub fn clock_ahead(&self, at: Moment) -> Option<SignedDuration> {
        let ahead = self.date?.duration_since(at.wall);
        let ahead = if ahead.abs() < SignedDuration::from_secs(5) { SignedDuration::ZERO } else { ahead };
        // The Date has whole seconds.
        (ahead.abs() <= LARGEST_SKEW.saturating_add(SignedDuration::from_secs(5))).then_some(ahead)
    }
}
