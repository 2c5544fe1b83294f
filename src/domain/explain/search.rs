//! Finds in a folded text, in one pass, every word that matters; it does not judge them.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::clients::clients;
use super::fold::Folded;
use super::pattern::{HEAD, Kind, Pattern};
use super::rows::{errors, position};

/// What a pattern belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A row of the catalog.
    Row(usize),
    /// One word of a sign: the row, the sign in it, the word in the sign.
    Sign(usize, usize, usize),
    /// A template: the client and the messages in it.
    Template(usize, usize),
    /// A program that passes messages on.
    Reporter(usize),
    /// A mark of Alibaba Cloud.
    Own,
    /// A mark of another program.
    Foreign,
    /// Words with which any product denies a permission.
    Denial,
}

/// A pattern that was found.
#[derive(Clone, Debug)]
pub(super) struct Find {
    pub(super) owner: Owner,
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
    /// The length of the pattern in characters.
    pub(super) length: usize,
}

/// Everything to look for, by its first bytes, the longest first.
struct Needles {
    heads: HashMap<[u8; HEAD], Vec<(Owner, Pattern)>>,
    /// Which sums of first bytes any needle has: spares nearly all look-ups in vain.
    sums: Vec<bool>,
}

/// Everything in the text that matters, in its order. `source` is the text that was folded.
pub(super) fn search(text: &Folded, source: &str) -> Vec<Find> {
    let needles = needles();
    let mut finds = Vec::new();
    let starts = text.text.as_bytes().windows(HEAD).enumerate();
    for (at, head) in starts.filter(|(_, head)| needles.sums[sum(head)]) {
        for (owner, pattern) in needles.heads.get(head).into_iter().flatten() {
            if let Some(span) = pattern.matches(text, at, source) {
                finds.push(Find { owner: *owner, kind: pattern.kind, span, length: pattern.length });
            }
        }
    }
    finds
}

fn needles() -> &'static Needles {
    static NEEDLES: OnceLock<Needles> = OnceLock::new();
    NEEDLES.get_or_init(|| {
        let mut needles = Needles { heads: HashMap::new(), sums: vec![false; 1 << 16] };
        needles.add_rows();
        needles.add_clients();
        let marks = &errors().marks;
        let lists =
            [(Owner::Own, &marks.own), (Owner::Foreign, &marks.foreign), (Owner::Denial, &marks.denial)];
        for (owner, texts) in lists {
            for text in texts {
                needles.add(owner, Pattern::mark(text));
            }
        }
        for needles in needles.heads.values_mut() {
            needles.sort_by_key(|(_, pattern)| Reverse(pattern.length));
        }
        needles
    })
}

impl Needles {
    fn add_rows(&mut self) {
        for (row, error) in errors().rows.iter().enumerate() {
            error.patterns.iter().for_each(|text| self.add(Owner::Row(row), Pattern::message(text)));
            error.codes.iter().for_each(|code| self.add(Owner::Row(row), Pattern::code(code)));
            for (sign, words) in error.signs.iter().enumerate() {
                for (word, alternatives) in words.iter().enumerate() {
                    for text in alternatives.split(" | ") {
                        let pattern = match text.strip_prefix("code:") {
                            Some(code) => Pattern::code(code),
                            None => Pattern::message(text),
                        };
                        self.add(Owner::Sign(row, sign, word), pattern);
                    }
                }
            }
        }
    }

    fn add_clients(&mut self) {
        for (client, known) in clients().clients.iter().enumerate() {
            for (messages, group) in known.messages.iter().enumerate() {
                let owner = Owner::Template(client, messages);
                group.templates.iter().for_each(|text| self.add(owner, Pattern::template(text)));
            }
        }
        for (reporter, known) in clients().reporters.iter().enumerate() {
            known.patterns.iter().for_each(|text| self.add(Owner::Reporter(reporter), Pattern::mark(text)));
        }
    }

    fn add(&mut self, owner: Owner, pattern: Option<Pattern>) {
        let Some(pattern) = pattern else { return };
        let mut head = [0; HEAD];
        head.copy_from_slice(pattern.head());
        self.sums[sum(&head)] = true;
        self.heads.entry(head).or_default().push((owner, pattern));
    }
}

/// The row that a template means.
pub(super) fn row_of(client: usize, messages: usize) -> Option<usize> {
    static ROWS: OnceLock<Vec<Vec<Option<usize>>>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let of = |messages: &super::clients::Messages| position(&messages.error);
        clients().clients.iter().map(|client| client.messages.iter().map(of).collect()).collect()
    });
    rows[client][messages]
}

/// A number below 2^16 that differs for nearly all heads.
fn sum(head: &[u8]) -> usize {
    let whole = head.iter().fold(0_u32, |whole, byte| whole << 8 | u32::from(*byte));
    (whole.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_long_enough_to_be_looked_up() {
        let errors = errors();
        let texts = errors.rows.iter().flat_map(|row| row.patterns.iter().chain(&row.codes));
        let signs = errors.rows.iter().flat_map(|row| row.signs.iter().flatten());
        let words = signs.flat_map(|words| words.split(" | ")).map(|text| text.trim_start_matches("code:"));
        let clients = clients().clients.iter().flat_map(|client| &client.messages);
        let templates = clients.flat_map(|messages| &messages.templates);
        let marks = [&errors.marks.own, &errors.marks.foreign, &errors.marks.denial].into_iter().flatten();
        for text in texts.chain(templates).chain(marks).map(String::as_str).chain(words) {
            assert!(Pattern::message(text).is_some(), "{text}");
        }
    }
}
