//! What was already measured along long lines, so that a key does not cost a walk over megabytes.

use ropey::Rope;

use super::columns::{self, Spot};

/// The bytes between two marks; lines shorter than that have none. Tests have short texts and want marks.
const STEP: usize = if cfg!(test) { 16 } else { 2_048 };

/// Measured places, in the order of the document.
#[derive(Default)]
pub(super) struct Ruler {
    marks: Vec<Spot>,
}

impl Ruler {
    /// From the start of a line to the last place that is neither beyond the byte `end` nor beyond the display column
    /// `limit`.
    pub fn walk(&mut self, rope: &Rope, line_start: usize, end: usize, limit: usize) -> Spot {
        let line = self.marks.partition_point(|mark| mark.byte <= line_start);
        let known = self.marks[line..].partition_point(|mark| mark.byte <= end && mark.column <= limit);
        let start = Spot { byte: line_start, column: 0 };
        let mut last = if known > 0 { self.marks[line + known - 1] } else { start };
        let mut next = line + known;
        columns::walk(rope, last, end, limit, |spot| {
            if spot.byte >= last.byte + STEP {
                self.marks.insert(next, spot);
                next += 1;
                last = spot;
            }
        })
    }

    /// Forgets what no longer holds when the text changes from a byte on.
    pub fn forget_from(&mut self, byte: usize) {
        self.marks.truncate(self.marks.partition_point(|mark| mark.byte < byte));
    }
}
