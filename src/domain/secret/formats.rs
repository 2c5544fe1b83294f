//! Finds secrets of well-known formats. The build generates the table from `assets/secrets.toml`.

use std::ops::Range;

use super::alphabet::{
    ALNUM, Alphabet, BASE64, BASE64DOT, BASE64URL, COLON, CRYPT, DOTTED, HEX, HEXDASH, PATH, UPPER,
    UPPERDASH, URL, WORD, is_in, run,
};
use super::placeholder::is_filler;
use super::random::reads_like_words;

/// One prefix of a well-known format.
pub(super) struct Format {
    prefix: &'static str,
    /// The alphabet of the text after the prefix.
    alphabet: Alphabet,
    /// The minimum length of that text, in bytes.
    least: usize,
    /// Whether the prefix can be inside a word.
    inside: bool,
    /// Whether the text after the prefix must not look like words.
    random: bool,
    /// Whether the secret begins after the prefix.
    behind: bool,
    /// Text that must follow the prefix.
    contains: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/secrets.rs"));

/// For each first byte, where its formats begin in the table, and how many there are.
static FIRST: [(u16, u16); 256] = first();

#[expect(clippy::cast_possible_truncation, reason = "the table is far shorter")]
const fn first() -> [(u16, u16); 256] {
    let mut table = [(0, 0); 256];
    let mut at = FORMATS.len();
    while at > 0 {
        at -= 1;
        let byte = FORMATS[at].prefix.as_bytes()[0] as usize;
        table[byte] = (at as u16, table[byte].1 + 1);
    }
    table
}

/// The secrets of well-known formats in a text, in order and without overlaps.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut judged = Judged::default();
    let mut at = 0;
    while at < bytes.len() {
        let (index, count) = FIRST[usize::from(bytes[at])];
        if count > 0
            && let Some(span) =
                at_place(text, at, usize::from(index)..usize::from(index + count), &mut judged)
        {
            at = span.end;
            spans.push(span);
        } else {
            at += 1;
        }
    }
    spans
}

/// For each format, the end of the last run of its alphabet that is not a secret. Without it, a run of prefixes would
/// be scanned once per prefix.
#[derive(Default)]
struct Judged(Vec<(usize, usize)>);

impl Judged {
    fn covers(&self, format: usize, at: usize) -> bool {
        self.0.iter().any(|(other, end)| *other == format && at < *end)
    }

    fn set(&mut self, format: usize, end: usize) {
        self.0.retain(|(other, _)| *other != format);
        self.0.push((format, end));
    }
}

fn at_place(text: &str, at: usize, formats: Range<usize>, judged: &mut Judged) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut border = None;
    for index in formats {
        let format = &FORMATS[index];
        // The second byte first: most places of a text share no more than the first with a prefix.
        let prefix = format.prefix.as_bytes();
        if bytes.get(at + 1) != prefix.get(1) || !bytes[at..].starts_with(prefix) || judged.covers(index, at)
        {
            continue;
        }
        if !format.inside && !*border.get_or_insert_with(|| is_border(bytes, at)) {
            continue;
        }
        let start = at + format.prefix.len();
        let length = run(&bytes[start..], format.alphabet, usize::MAX);
        let end = start + length;
        if length >= format.least && format.takes(&text[start..end]) {
            return Some(if format.behind { start } else { at }..end);
        }
        if length >= format.least {
            judged.set(index, end);
        }
    }
    None
}

impl Format {
    fn takes(&self, body: &str) -> bool {
        // The beginning of a long run is enough.
        let beginning = &body[..body.len().min(256)];
        beginning.contains(self.contains)
            && !is_filler(beginning)
            && !(self.random && reads_like_words(beginning))
    }
}

/// Whether a word can begin here: after any byte that is not part of a word, or after an escape such as `\n`.
pub(super) fn is_border(bytes: &[u8], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| bytes[before]) else { return true };
    let escape = at >= 2 && bytes[at - 2] == b'\\' && matches!(before, b'n' | b't' | b'r');
    escape || !(is_in(before, WORD) || before == b'-' || before == b'.')
}

/// The `AccessKey` IDs in a text, including temporary ones.
pub(super) fn access_key_ids(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_one = |span: &Range<usize>| {
        let id = &text[span.clone()];
        (id.starts_with("LTAI") || id.starts_with("STS.")) && id.len() <= 64
    };
    find(text).into_iter().filter(is_one)
}
