//! For a text that is not known: the messages most like it, by the triples of characters they share.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::fold::fold_escaped;
use super::{ErrorRow, ends, errors};

/// How many bytes of a long text are compared, at its start and again at its end.
const COMPARED: usize = 16 * 1024;

/// How many are offered.
const OFFERED: usize = 3;

type Triple = [char; 3];

/// A pattern, a code or a title, as a set of triples.
struct Likeness {
    row: usize,
    triples: usize,
}

/// Every likeness, and in which of them each triple is, with its number there.
#[derive(Default)]
struct Likenesses {
    all: Vec<Likeness>,
    having: HashMap<Triple, Vec<(usize, usize)>>,
}

/// Up to three rows that are like a text, the likest first; none if none is near.
pub(super) fn nearest(text: &str) -> Vec<&'static ErrorRow> {
    let likenesses = likenesses();
    let mut best: HashMap<usize, usize> = HashMap::new();
    for (likeness, places) in likenesses.all.iter().zip(likenesses.places(text)) {
        let percent = 100 * likeness.shared(&places) / likeness.triples;
        if percent >= likeness.threshold() {
            let known = best.entry(likeness.row).or_default();
            *known = percent.max(*known);
        }
    }
    let mut rows: Vec<(usize, usize)> = best.into_iter().collect();
    rows.sort_by_key(|&(row, percent)| (Reverse(percent), errors().rows[row].generic, row));
    rows.into_iter().take(OFFERED).map(|(row, _)| &errors().rows[row]).collect()
}

fn likenesses() -> &'static Likenesses {
    static LIKENESSES: OnceLock<Likenesses> = OnceLock::new();
    LIKENESSES.get_or_init(|| {
        let mut likenesses = Likenesses::default();
        for (row, error) in errors().rows.iter().enumerate() {
            let texts = error.patterns.iter().chain(&error.codes).chain([&error.title]);
            texts.for_each(|text| likenesses.add(row, text));
        }
        likenesses
    })
}

impl Likenesses {
    /// Texts of fewer than six triples are like too much.
    fn add(&mut self, row: usize, text: &str) {
        let mut triples = triples(text);
        triples.sort_unstable();
        triples.dedup();
        if triples.len() < 6 {
            return;
        }
        for (number, triple) in triples.iter().enumerate() {
            self.having.entry(*triple).or_default().push((self.all.len(), number));
        }
        self.all.push(Likeness { row, triples: triples.len() });
    }

    /// For each likeness, where the text has which of its triples.
    fn places(&self, text: &str) -> Vec<Vec<(usize, usize)>> {
        let mut places = vec![Vec::new(); self.all.len()];
        for (place, triple) in triples(&ends(text, COMPARED)).iter().enumerate() {
            for &(likeness, number) in self.having.get(triple).into_iter().flatten() {
                places[likeness].push((place, number));
            }
        }
        places
    }
}

impl Likeness {
    /// How many of its triples stand together in the text: within a quarter more than its own length.
    fn shared(&self, places: &[(usize, usize)]) -> usize {
        let width = self.triples + self.triples / 4 + 2;
        let mut counts = vec![0_usize; self.triples];
        let (mut start, mut shared, mut best) = (0, 0, 0);
        for &(place, number) in places {
            counts[number] += 1;
            shared += usize::from(counts[number] == 1);
            while place - places[start].0 > width {
                let left = &mut counts[places[start].1];
                *left -= 1;
                shared -= usize::from(*left == 0);
                start += 1;
            }
            best = best.max(shared);
        }
        best
    }

    /// The percentage of its triples that makes it near; a short text is easily met by chance.
    fn threshold(&self) -> usize {
        if self.triples < 16 { 75 } else { 60 }
    }
}

/// The triples of a text; those without a letter make nothing alike.
fn triples(text: &str) -> Vec<Triple> {
    let characters: Vec<char> = fold_escaped(text).text.chars().collect();
    let triples = characters.windows(3).map(|triple| [triple[0], triple[1], triple[2]]);
    triples.filter(|triple| triple.iter().any(|character| character.is_alphabetic())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&'static str> {
        nearest(text).into_iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn a_slip_of_the_pen_is_near() {
        assert_eq!(ids("EntityNotExists.Role")[0], "role-not-found");
        assert_eq!(ids("check permissions of the ram role failed")[0], "dlc-pass-role");
        assert_eq!(ids("AsumeRoleFailedErr")[0], "dsw-assume-role");
        assert_eq!(ids("NoPermissionType")[0], "no-permission");
        assert!(ids("NoPermission").len() <= OFFERED);
    }

    #[test]
    fn nothing_is_near_to_what_has_nothing_to_do_with_it() {
        for text in [
            "",
            "\n",
            "hello",
            "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB",
            "The job finished after 12 minutes and wrote its model to the bucket.",
            "lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor",
            "10.0.100.20 - - [03/Oct/2026] \"GET /index.html HTTP/1.1\" 200 1024",
        ] {
            assert_eq!(ids(text), [""; 0], "{text}");
        }
    }
}
