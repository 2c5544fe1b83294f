//! Whose output surrounds a word: of Alibaba Cloud, or of another cloud or program.

use std::ops::Range;

use super::fold::{Folded, Gap};
use super::search::{Find, Owner};

/// How far a mark reaches, in folded bytes.
const REACH: usize = 4_000;

/// What stands before an error code where one is given.
const FIELDS: [&str; 8] =
    ["code:", "code\":\"", "code\":", "code=", "code=\"", "<code>", "code\"=\"", "code:\""];

/// Where the marks of a text are, in its order.
pub(super) struct Places {
    own: Vec<usize>,
    foreign: Vec<usize>,
    /// Whether the person says that all of the text is ours.
    told: bool,
}

impl Places {
    pub(super) fn of(finds: &[Find], told: bool) -> Self {
        let spans =
            |owner: Owner| finds.iter().filter(move |find| find.owner == owner).map(|find| &find.span);
        let foreign: Vec<usize> = spans(Owner::Foreign).map(|span| span.start).collect();
        // The name of a mirror of packages is a mark of another program, although it holds one of Alibaba Cloud.
        let mut end = 0;
        let mut others = spans(Owner::Foreign).peekable();
        let mut is_inside = |start: usize| {
            while let Some(span) = others.next_if(|span| span.start <= start) {
                end = end.max(span.end);
            }
            start < end
        };
        let own = spans(Owner::Own).map(|span| span.start).filter(|start| !is_inside(*start)).collect();
        Self { own, foreign, told }
    }

    /// Whether a mark of Alibaba Cloud is near.
    pub(super) fn is_own(&self, span: &Range<usize>) -> bool {
        self.told || distance(&self.own, span) < REACH
    }

    /// Whether a mark of another program is near, and none of Alibaba Cloud.
    pub(super) fn is_foreign(&self, span: &Range<usize>) -> bool {
        !self.told && distance(&self.foreign, span) < REACH && distance(&self.own, span) >= REACH
    }

    /// Whether the nearest mark is one of another program.
    pub(super) fn is_nearer_to_foreign(&self, span: &Range<usize>) -> bool {
        let foreign = distance(&self.foreign, span);
        foreign < REACH && foreign < distance(&self.own, span)
    }

    /// Whether a word of English is given as an error code here: in a field for it, alone, or at the start of a
    /// message of Alibaba Cloud.
    pub(super) fn holds_code(&self, text: &Folded, span: &Range<usize>) -> bool {
        let before = &text.text[..span.start];
        let field = FIELDS.iter().any(|field| before.ends_with(field));
        let alone = span.start == 0 && text.text.len() - span.end <= 1;
        let leads = text.gaps[span.start] == Gap::Line
            || before
                .ends_with(|sign: char| matches!(sign, ':' | '"' | '[' | '(' | '>') || sign.is_ascii_digit())
            || text.gaps[span.start] == Gap::Space;
        field || alone || self.is_own(span) && leads
    }
}

/// How far the nearest of the marks is from a span.
fn distance(marks: &[usize], span: &Range<usize>) -> usize {
    let next = marks.partition_point(|mark| *mark < span.start);
    let after = marks.get(next).map_or(usize::MAX, |mark| mark - span.start);
    let before = next.checked_sub(1).map_or(usize::MAX, |last| span.start - marks[last]);
    after.min(before)
}
