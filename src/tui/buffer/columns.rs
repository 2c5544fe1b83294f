//! From bytes to columns of the screen and back, along one line.

use std::borrow::Cow;
use std::ops::Range;

use ropey::Rope;
use unicode_segmentation::UnicodeSegmentation as _;

use super::grapheme;
use super::width::{plain_width, width};

/// A grapheme as it stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// The display column at which it begins, from 0.
    pub column: usize,
    /// The columns it takes, at least one: a tab reaches to its stop.
    pub width: usize,
    /// The byte of the document at which it begins.
    pub byte: usize,
    /// The grapheme, a tab or a control character too.
    pub text: Cow<'t, str>,
}

/// A boundary between graphemes of a line, and the display column there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub byte: usize,
    pub column: usize,
}

/// Walks to the boundary `end`, or to the last place before it that is not beyond the display column `limit`, and
/// tells `pass` of places on the way.
pub(super) fn walk(rope: &Rope, from: Spot, end: usize, limit: usize, mut pass: impl FnMut(Spot)) -> Spot {
    let mut spot = from;
    while spot.byte < end {
        let piece = grapheme::piece(rope, spot.byte);
        let mut rest = &piece[..piece.len().min(end - spot.byte)];
        while !rest.is_empty() {
            let plain = over_plain(rest, spot, limit);
            rest = &rest[plain.byte - spot.byte..];
            spot = plain;
            let Some(next) = over_one(rest, spot).filter(|next| next.column <= limit) else { return spot };
            rest = &rest[next.byte - spot.byte..];
            spot = next;
            pass(spot);
        }
    }
    spot
}

/// The graphemes between a place and the byte `end` that take part in the columns.
pub(super) fn cells(
    rope: &Rope,
    from: Spot,
    end: usize,
    columns: Range<usize>,
) -> impl Iterator<Item = Cell<'_>> {
    let mut next = from.column;
    let all = grapheme::graphemes_from(rope, from.byte).take_while(move |(byte, _)| *byte < end);
    let all = all.map(move |(byte, text)| {
        let (column, width) = (next, width(&text, next));
        next += width;
        Cell { column, width, byte, text }
    });
    let shown = all.skip_while(move |cell| cell.column + cell.width <= columns.start);
    shown.take_while(move |cell| cell.column < columns.end)
}

/// Over the first grapheme of a text.
fn over_one(text: &str, from: Spot) -> Option<Spot> {
    let grapheme = text.graphemes(true).next()?;
    Some(Spot { byte: from.byte + grapheme.len(), column: from.column + width(grapheme, from.column) })
}

/// Over the plain characters that a text begins with, but for the last of them, which may join what follows.
fn over_plain(text: &str, from: Spot, limit: usize) -> Spot {
    let ascii = printable_ascii(text.as_bytes()).saturating_sub(1).min(limit.saturating_sub(from.column));
    let mut spot = Spot { byte: from.byte + ascii, column: from.column + ascii };
    let mut before: Option<(char, usize)> = None;
    for character in text[ascii..].chars() {
        let Some(width) = plain_width(character) else { break };
        if let Some((settled, columns)) = before {
            if spot.column + columns > limit {
                break;
            }
            spot = Spot { byte: spot.byte + settled.len_utf8(), column: spot.column + columns };
        }
        before = Some((character, width));
    }
    spot
}

/// How many bytes at the start are printable ASCII; looked at in blocks, which compilers turn into few steps.
fn printable_ascii(bytes: &[u8]) -> usize {
    let printable = |byte: &u8| matches!(byte, b' '..=b'~');
    let blocks = bytes.chunks_exact(32);
    let whole =
        blocks.take_while(|block| block.iter().fold(true, |all, byte| all & printable(byte))).count() * 32;
    whole + bytes[whole..].iter().take_while(|byte| printable(byte)).count()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::TextBuffer;

    fn shown(text: &str, columns: Range<usize>) -> Vec<(usize, String)> {
        let buffer = TextBuffer::new(text);
        buffer.line_part(0, columns).map(|cell| (cell.column, cell.text.into_owned())).collect()
    }

    fn cells(expected: &[(usize, &str)]) -> Vec<(usize, String)> {
        expected.iter().map(|&(column, text)| (column, text.to_owned())).collect()
    }

    #[test]
    fn only_what_takes_part_in_the_columns_is_shown() {
        assert_eq!(shown("abcdef\ng", 2..4), cells(&[(2, "c"), (3, "d")]));
        assert_eq!(shown("abcdef\r\ng", 5..9), cells(&[(5, "f")]));
        assert_eq!(shown("ab", 2..9), []);
    }

    #[test]
    fn what_lies_across_an_edge_is_shown() {
        assert_eq!(shown("中文字", 1..3), cells(&[(0, "中"), (2, "文")]));
        assert_eq!(shown("a\tb", 2..5), cells(&[(1, "\t"), (4, "b")]));
    }

    #[test]
    fn the_byte_order_mark_takes_no_column() {
        let buffer = TextBuffer::new("\u{feff}ab");
        let cells: Vec<_> =
            buffer.line_part(0, 0..1).map(|cell| (cell.byte, cell.text.into_owned())).collect();
        assert_eq!(cells, [(3, "a".to_owned())]);
    }
}
