//! Finds the known messages in a folded text and ranks them; it makes no guesses.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::super::catalog::Workload;
use super::fold::{Folded, Gap, fold};
use super::{ErrorRow, errors};

/// How many bytes of a needle choose it; none is shorter.
const HEAD: usize = 4;

/// What a needle is: the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Message,
    Code,
}

/// Something to look for, folded.
struct Needle {
    row: usize,
    kind: Kind,
    text: String,
    /// Its length in characters.
    length: usize,
}

/// Everything to look for, by its first bytes, the longest first.
struct Needles {
    heads: HashMap<Vec<u8>, Vec<Needle>>,
    /// Which sums of first bytes any needle has: spares nearly all look-ups in vain.
    sums: Vec<bool>,
}

/// How well a row was found: the best compares least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    /// Whether its words are only a part of a longer message that is known too.
    inner: bool,
    kind: Kind,
    length: Reverse<usize>,
}

/// The rows whose message or code is in the text, the best first.
pub(super) fn search(text: &Folded, workload: Option<Workload>) -> Vec<&'static ErrorRow> {
    let mut found: Vec<(usize, Hit)> = hits(text).into_iter().collect();
    let row = |index: usize| &errors().rows[index];
    let home = |index: usize| workload.is_some_and(|workload| row(index).is_for(workload));
    let foreign = |index: usize| workload.is_some_and(|workload| row(index).is_foreign_to(workload));
    found.retain(|(index, hit)| !hit.inner || home(*index));
    if found.iter().any(|(index, _)| !row(*index).generic) {
        found.retain(|(index, _)| !row(*index).generic);
    }
    let any_home = found.iter().any(|(index, _)| home(*index));
    found
        .sort_by_key(|&(index, hit)| (any_home && foreign(index), hit.kind, hit.length, !home(index), index));
    found.into_iter().map(|(index, _)| row(index)).collect()
}

/// The best hit of each row.
fn hits(text: &Folded) -> HashMap<usize, Hit> {
    let needles = needles();
    let mut hits: HashMap<usize, Hit> = HashMap::new();
    let mut cover = 0..0;
    let starts = text.text.as_bytes().windows(HEAD).enumerate();
    for (at, head) in starts.filter(|(_, head)| needles.sums[sum(head)]) {
        for needle in needles.at(text, at, head) {
            let span = at..at + needle.text.len();
            let inner = span.end <= cover.end && span.len() < cover.len();
            let hit = Hit { inner, kind: needle.kind, length: Reverse(needle.length) };
            hits.entry(needle.row).and_modify(|best| *best = hit.min(*best)).or_insert(hit);
            if span.end > cover.end && !errors().rows[needle.row].generic {
                cover = span;
            }
        }
    }
    hits
}

fn needles() -> &'static Needles {
    static NEEDLES: OnceLock<Needles> = OnceLock::new();
    NEEDLES.get_or_init(|| {
        let mut needles = Needles { heads: HashMap::new(), sums: vec![false; 1 << 16] };
        for (row, error) in errors().rows.iter().enumerate() {
            error.patterns.iter().for_each(|pattern| needles.add(row, Kind::Message, pattern));
            error.codes.iter().for_each(|code| needles.add(row, Kind::Code, code));
        }
        for needles in needles.heads.values_mut() {
            needles.sort_by_key(|needle| (Reverse(needle.text.len()), needle.row));
        }
        needles
    })
}

impl Needles {
    fn add(&mut self, row: usize, kind: Kind, text: &str) {
        let text = fold(text).text;
        if let Some(head) = text.as_bytes().get(..HEAD) {
            let length = text.chars().count();
            self.sums[sum(head)] = true;
            self.heads.entry(head.to_vec()).or_default().push(Needle { row, kind, text, length });
        }
    }

    /// The needles that are in the text at this byte.
    fn at<'n>(&'n self, text: &'n Folded, at: usize, head: &[u8]) -> impl Iterator<Item = &'n Needle> {
        let rest = &text.text.as_bytes()[at..];
        let needles = self.heads.get(head).into_iter().flatten();
        needles.filter(move |needle| rest.starts_with(needle.text.as_bytes()) && needle.stands(text, at))
    }
}

/// A number below 2^16 that differs for nearly all heads.
fn sum(head: &[u8]) -> usize {
    let whole = head.iter().fold(0_u32, |whole, byte| whole << 8 | u32::from(*byte));
    (whole.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

impl Needle {
    /// Whether it may stand there: a message anywhere, a code only as a word of its own.
    fn stands(&self, text: &Folded, at: usize) -> bool {
        let span = at..at + self.text.len();
        self.kind == Kind::Message || is_word(text, &span) && self.holds_together(text, &span)
    }

    /// Whether nothing breaks the code but the end of a line, where it says enough to be known without its words.
    fn holds_together(&self, text: &Folded, span: &Range<usize>) -> bool {
        let widest = if errors().rows[self.row].generic { Gap::None } else { Gap::Line };
        text.gaps[span.start + 1..span.end].iter().all(|gap| *gap == Gap::None || *gap == widest)
    }
}

/// Whether the span is a whole word. A full stop belongs to the word, unless it ends the sentence.
fn is_word(text: &Folded, span: &Range<usize>) -> bool {
    let bytes = text.text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let touches = |at: usize| text.gaps.get(at) == Some(&Gap::None);
    let stop = |at: usize| bytes.get(at) == Some(&b'.');
    let before =
        touches(span.start) && span.start.checked_sub(1).is_some_and(|last| letter(last) || stop(last));
    let end = span.end;
    let after = touches(end) && (letter(end) || stop(end) && touches(end + 1) && letter(end + 1));
    !before && !after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str, workload: Option<Workload>) -> Vec<&'static str> {
        search(&fold(text), workload).into_iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn every_needle_is_long_enough_to_be_looked_up() {
        let rows = &errors().rows;
        let texts = rows.iter().flat_map(|row| row.patterns.iter().chain(&row.codes));
        assert!(texts.clone().all(|text| fold(text).text.len() >= HEAD));
        assert_eq!(texts.count(), needles().heads.values().map(Vec::len).sum::<usize>());
    }

    #[test]
    fn a_code_is_a_whole_word() {
        assert_eq!(ids("Code: EntityNotExist.Role.", None), ["role-not-found"]);
        assert_eq!(ids("コードはEntityNotExist.Roleです", None), ["role-not-found"]);
        assert_eq!(ids("EntityNotExist.Role.Policy", None), ["policy-not-attached"]);
        assert_eq!(ids("EntityNotExist.Ro\n   le", None), ["role-not-found"]);
        for text in
            ["NoPermissionType", "my.NoPermission", "NoPermission_x", "no permission", "no\npermission"]
        {
            assert!(ids(text, None).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_workload_decides_between_equals() {
        let bare = "Failed to assume role for user";
        assert_eq!(ids(bare, None), ["dlc-assume-role", "eas-assume-role"]);
        assert_eq!(ids(bare, Some(Workload::Eas))[0], "eas-assume-role");
        let event = "unable to render, error: failed to assume role for user, reason: x";
        assert_eq!(ids(event, None), ["eas-assume-role"]);
        assert_eq!(ids(event, Some(Workload::Eas)), ["eas-assume-role"]);
        assert_eq!(ids(event, Some(Workload::Dlc)), ["dlc-assume-role", "eas-assume-role"]);
    }

    #[test]
    fn a_part_of_a_longer_message_counts_where_it_also_stands_alone() {
        let both = "unable to render, error: failed to assume role for user\nfailed to assume role for user";
        assert_eq!(ids(both, None), ["eas-assume-role", "dlc-assume-role"]);
    }

    #[test]
    fn the_general_stands_back() {
        assert_eq!(ids("BadRequest NoPermission", None), ["no-permission", "bad-request"]);
        assert_eq!(ids("BadRequest: EntityNotExist.Role", None), ["role-not-found"]);
    }
}
