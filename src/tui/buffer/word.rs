//! Where words begin and end: a run of letters and digits, or of other signs; a line break stands alone.

use ropey::Rope;

use super::grapheme;
use super::state::is_blank;

/// What the first character of a grapheme says about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Break,
    Blank,
    Word,
    Sign,
}

/// The end of the word behind a boundary, blanks before it skipped.
pub(super) fn end_after(rope: &Rope, byte: usize) -> usize {
    let chars = rope.chars_at(rope.byte_to_char(byte));
    if chars.clone().next().map(class) == Some(Class::Break) {
        return grapheme::next(rope, byte);
    }
    let (mut at, mut run, mut boundary) = (byte, Class::Blank, byte);
    for character in chars {
        let class = class(character);
        if class != run && at >= boundary {
            boundary = grapheme::ceil(rope, at);
            if at == boundary && (run != Class::Blank || class == Class::Break) {
                return at;
            }
            run = if at == boundary { class } else { run };
        }
        at += character.len_utf8();
    }
    at
}

/// The start of the word before a boundary, blanks behind it skipped.
pub(super) fn start_before(rope: &Rope, byte: usize) -> usize {
    let chars = rope.chars_at(rope.byte_to_char(byte)).reversed();
    if chars.clone().next().map(class) == Some(Class::Break) {
        return grapheme::previous(rope, byte);
    }
    let (mut at, mut run, mut boundary) = (byte, Class::Blank, byte);
    for character in chars {
        let class = class(character);
        at -= character.len_utf8();
        if class != run && at <= boundary {
            boundary = grapheme::floor(rope, at);
            if at == boundary && (run != Class::Blank || class == Class::Break) {
                return grapheme::next(rope, at);
            }
            run = if at == boundary { class } else { run };
        }
    }
    at
}

fn class(character: char) -> Class {
    match character {
        '\n' | '\r' => Class::Break,
        _ if is_blank(character) || character.is_whitespace() => Class::Blank,
        _ if character == '_' || character.is_alphanumeric() => Class::Word,
        _ => Class::Sign,
    }
}
