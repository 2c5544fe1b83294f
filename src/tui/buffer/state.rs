//! The text with cursor and selection at one moment, and how it becomes another.

use std::ops::Range;

use ropey::Rope;

use super::grapheme;

/// One moment of a document; cheap to clone, as the text is shared.
#[derive(Clone)]
pub(super) struct State {
    pub rope: Rope,
    /// A byte between two graphemes, not before a byte order mark.
    pub cursor: usize,
    /// Where the selection began, like the cursor.
    pub anchor: Option<usize>,
}

impl State {
    /// A text with the cursor at its start.
    pub fn new(rope: Rope) -> Self {
        let mut state = Self { rope, cursor: 0, anchor: None };
        state.cursor = state.first();
        state
    }

    /// The first place for the cursor: behind a byte order mark.
    pub fn first(&self) -> usize {
        let marked = self.rope.get_char(0) == Some('\u{feff}');
        if marked { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// The place for the cursor at or before a byte.
    pub fn floor(&self, byte: usize) -> usize {
        grapheme::floor(&self.rope, byte).max(self.first())
    }

    /// The place for the cursor at or behind a byte.
    pub fn ceil(&self, byte: usize) -> usize {
        grapheme::ceil(&self.rope, byte).max(self.first())
    }

    /// The selected bytes, if there are any.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor.filter(|&anchor| anchor != self.cursor)?;
        Some(anchor.min(self.cursor)..anchor.max(self.cursor))
    }

    /// What an edit replaces: the selection, or nothing at the cursor.
    pub fn target(&self) -> Range<usize> {
        self.selection().unwrap_or(self.cursor..self.cursor)
    }

    /// The line of the cursor.
    pub fn line(&self) -> usize {
        self.rope.byte_to_line(self.cursor)
    }

    /// The bytes of a line without its line break and without a byte order mark; beyond the last line nothing.
    pub fn line_bytes(&self, index: usize) -> Range<usize> {
        let rope = &self.rope;
        let lines = rope.len_lines();
        let start = rope.line_to_byte(index.min(lines)).max(self.first());
        if index.saturating_add(1) >= lines {
            return start..rope.len_bytes();
        }
        let end = rope.line_to_byte(index + 1) - 1;
        let carriage = end > start && rope.byte(end - 1) == b'\r';
        start..end - usize::from(carriage)
    }

    /// The spaces and tabs that a line begins with, up to a byte.
    pub fn indentation(&self, line: usize, up_to: usize) -> Range<usize> {
        let start = self.line_bytes(line).start;
        start..self.blanks_from(start).min(up_to.max(start))
    }

    /// Where the spaces and tabs that begin at a byte end.
    pub fn blanks_from(&self, byte: usize) -> usize {
        byte + self.rope.bytes_at(byte).take_while(|&byte| is_blank(char::from(byte))).count()
    }

    /// Puts a text in the place of some bytes, and the cursor behind it.
    pub fn splice(&mut self, bytes: Range<usize>, text: &str) {
        let start = self.rope.byte_to_char(bytes.start);
        let end = self.rope.byte_to_char(bytes.end);
        self.rope.remove(start..end);
        self.rope.insert(start, text);
        self.anchor = None;
        self.cursor = self.ceil(bytes.start + text.len());
    }

    /// Puts a text in the place of so many blanks that a line begins with; cursor and selection stay on their
    /// text, and are to be settled.
    pub fn shift_line(&mut self, line_start: usize, blanks: usize, text: &str) {
        let start = self.rope.byte_to_char(line_start);
        self.rope.remove(start..start + blanks);
        self.rope.insert(start, text);
        let moved = |place: usize| match place.checked_sub(line_start) {
            Some(inside) if inside > 0 => line_start + text.len() + inside - blanks.min(inside),
            _ => place,
        };
        (self.cursor, self.anchor) = (moved(self.cursor), self.anchor.map(moved));
    }

    /// Brings cursor and selection back between graphemes.
    pub fn settle(&mut self) {
        self.cursor = self.ceil(self.cursor);
        self.anchor = self.anchor.map(|anchor| self.ceil(anchor));
    }
}

/// Whether this is a space or a tab.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}
