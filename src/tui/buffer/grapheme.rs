//! Where the graphemes of a rope begin and end, across the chunks it is kept in; it measures none.
//!
//! Only whole strings are segmented, from one place that breaks for certain to another: fed with chunks,
//! `GraphemeCursor` splits a flag that lies across two of them (unicode-segmentation 1.13.3, its issue 174).

use std::borrow::Cow;

use ropey::Rope;
use unicode_segmentation::UnicodeSegmentation as _;

use super::width::is_plain;

/// The next boundary behind a boundary, or the end.
pub(super) fn next(rope: &Rope, byte: usize) -> usize {
    let ahead = text(rope, byte, certain_after(rope, byte));
    byte + ahead.graphemes(true).next().map_or(0, str::len)
}

/// The next boundary before a boundary, or the start.
pub(super) fn previous(rope: &Rope, byte: usize) -> usize {
    let behind = text(rope, certain_before(rope, byte), byte);
    byte - behind.graphemes(true).next_back().map_or(0, str::len)
}

/// The boundary at or before a byte, which may lie anywhere, even beyond the end.
pub(super) fn floor(rope: &Rope, byte: usize) -> usize {
    let index = rope.byte_to_char(byte.min(rope.len_bytes()));
    let at = rope.char_to_byte(index);
    let Some(after) = rope.get_char(index) else { return at };
    let start = certain_before(rope, at);
    // What comes behind the next character does not decide whether there is a boundary before it.
    let around = text(rope, start, at + after.len_utf8());
    let last = around
        .grapheme_indices(true)
        .map(|(index, _)| start + index)
        .take_while(|&boundary| boundary <= at)
        .last();
    last.unwrap_or(at)
}

/// The boundary at or behind a byte, which may lie anywhere.
pub(super) fn ceil(rope: &Rope, byte: usize) -> usize {
    let at = floor(rope, byte);
    if at < byte { next(rope, at) } else { at }
}

/// Whether this is exactly one grapheme.
pub(super) fn is_one(text: &str) -> bool {
    text.graphemes(true).take(2).count() == 1
}

/// Text from a boundary to one further on, the end of the chunk or close to it, so that nothing is copied.
pub(super) fn piece(rope: &Rope, byte: usize) -> Cow<'_, str> {
    let (chunk, start, _, _) = rope.chunk_at_byte(byte);
    let rest = &chunk[byte - start..];
    if start + chunk.len() == rope.len_bytes() {
        return Cow::from(rest);
    }
    match last_certain(rest) {
        0 => text(rope, byte, certain_after(rope, byte)),
        length => Cow::from(&rest[..length]),
    }
}

/// The graphemes from a boundary on, each with its first byte.
pub(super) fn graphemes_from(rope: &Rope, byte: usize) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
    let (mut piece_of_text, mut start, mut at) = (Cow::from(""), byte, byte);
    std::iter::from_fn(move || {
        if at == start + piece_of_text.len() {
            (piece_of_text, start) = (piece(rope, at), at);
        }
        let length = piece_of_text[at - start..].graphemes(true).next()?.len();
        let bytes = at - start..at - start + length;
        let grapheme = match &piece_of_text {
            Cow::Borrowed(piece) => Cow::Borrowed(&piece[bytes]),
            Cow::Owned(piece) => Cow::Owned(piece[bytes].to_owned()),
        };
        at += length;
        Some((at - length, grapheme))
    })
}

fn text(rope: &Rope, start: usize, end: usize) -> Cow<'_, str> {
    Cow::from(rope.byte_slice(start..end))
}

/// The first certain boundary behind a byte, or the end.
fn certain_after(rope: &Rope, byte: usize) -> usize {
    let mut chars = rope.chars_at(rope.byte_to_char(byte));
    let Some(mut before) = chars.next() else { return byte };
    let mut at = byte;
    for after in chars {
        at += before.len_utf8();
        if breaks_for_certain(before, after) {
            return at;
        }
        before = after;
    }
    rope.len_bytes()
}

/// The last certain boundary before a byte, or the start.
fn certain_before(rope: &Rope, byte: usize) -> usize {
    let mut chars = rope.chars_at(rope.byte_to_char(byte)).reversed();
    let Some(mut after) = chars.next() else { return byte };
    let mut at = byte;
    for before in chars {
        at -= after.len_utf8();
        if breaks_for_certain(before, after) {
            return at;
        }
        after = before;
    }
    0
}

/// The last certain boundary inside a text, or 0.
fn last_certain(text: &str) -> usize {
    let mut chars = text.char_indices().rev();
    let Some((mut at, mut after)) = chars.next() else { return 0 };
    for (index, before) in chars {
        if breaks_for_certain(before, after) {
            return at;
        }
        (at, after) = (index, before);
    }
    0
}

/// Whether there is a boundary between two characters, whatever stands around them. Unicode's rules look further
/// back only from a mark or a joiner, which a letter shows, and along flags, of which two never break.
fn breaks_for_certain(before: char, after: char) -> bool {
    if is_plain(before) && is_plain(after) {
        return true;
    }
    let text = String::from_iter(['a', before, after]);
    text.graphemes(true).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_across_two_chunks_is_one_grapheme() {
        for cluster in ["🇨🇳🇩🇪", "👩\u{200d}👩\u{200d}👧", "e\u{301}\u{302}", "\r\n", "क्ष", "\u{600}a", "한ᆨ"]
        {
            let graphemes: Vec<&str> = cluster.graphemes(true).collect();
            for before in 960..1_000 {
                let rope = Rope::from_str(&format!("{}{cluster}{}", "x".repeat(before), "y".repeat(1_000)));
                let end = before + graphemes[0].len();
                assert_eq!((next(&rope, before), previous(&rope, end)), (end, before), "{cluster}");
                assert_eq!((floor(&rope, end - 1), ceil(&rope, end - 1)), (before, end), "{cluster}");
                let (_, walked) = graphemes_from(&rope, before - 2).nth(2).expect("the cluster");
                assert_eq!(walked, graphemes[0]);
            }
        }
    }
}
