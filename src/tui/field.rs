//! A line of text that is typed: its cursor by whole characters as people see them. It validates nothing.

use unicode_segmentation::UnicodeSegmentation as _;

use super::wrap::width;

/// The longest text that a field takes, in bytes.
const LONGEST: usize = 8 * 1024;

/// A text with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// The bytes before the cursor; always between graphemes.
    cursor: usize,
}

impl Field {
    /// A field with a text in it, the cursor at its end.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Writes at the cursor; line breaks and tabs become spaces, and what does not fit is left out.
    pub fn insert(&mut self, text: &str) {
        let mut line = text.trim_matches(['\n', '\r']).replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
        let room = LONGEST.saturating_sub(self.text.len());
        if line.len() > room {
            let end = (0..=room).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
            line.truncate(end);
        }
        self.text.insert_str(self.cursor, &line);
        self.cursor += line.len();
        self.settle();
    }

    /// Takes away the character before the cursor.
    pub fn backspace(&mut self) {
        let start = self.previous();
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        self.settle();
    }

    /// Takes away the character behind the cursor.
    pub fn delete(&mut self) {
        let end = self.next();
        self.text.replace_range(self.cursor..end, "");
        self.settle();
    }

    /// Takes away everything before the cursor.
    pub fn clear_before(&mut self) {
        self.text.replace_range(..self.cursor, "");
        self.cursor = 0;
    }

    /// Moves one character to the left.
    pub fn left(&mut self) {
        self.cursor = self.previous();
    }

    /// Moves one character to the right.
    pub fn right(&mut self) {
        self.cursor = self.next();
    }

    /// Moves to the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// Moves to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    fn previous(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        let grapheme = self.text[self.cursor..].graphemes(true).next();
        self.cursor + grapheme.map_or(0, str::len)
    }

    /// Keeps the cursor between graphemes: what was typed or taken away may have joined two.
    fn settle(&mut self) {
        let boundary = |at: usize| {
            at == self.text.len() || self.text.grapheme_indices(true).any(|(start, _)| start == at)
        };
        while !boundary(self.cursor) {
            self.cursor += 1;
        }
    }

    /// The part of the text that fits into so many columns with the cursor in it, and the cursor's column.
    #[must_use]
    pub fn window(&self, columns: u16) -> (&str, u16) {
        let mut start = 0;
        let room = columns.saturating_sub(1);
        while width(&self.text[start..self.cursor]) > room {
            let grapheme = self.text[start..].graphemes(true).next().map_or(1, str::len);
            start += grapheme;
        }
        (&self.text[start..], width(&self.text[start..self.cursor]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_characters_are_taken_away() {
        let mut field = Field::of("a👩‍👩‍👧é");
        field.backspace();
        field.backspace();
        assert_eq!(field.text(), "a");
    }

    #[test]
    fn a_paste_stays_on_one_line() {
        let mut field = Field::default();
        field.insert("one\r\ntwo\tthree\n");
        assert_eq!(field.text(), "one two three");
    }

    #[test]
    fn the_cursor_is_always_in_the_window() {
        let field = Field::of("名前名前名前");
        assert_eq!(field.window(6), ("名前", 4));
        assert_eq!(Field::of("abc").window(10), ("abc", 3));
    }
}
