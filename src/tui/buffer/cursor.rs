//! Placing the cursor and the selection where a mouse, a message or a search points.

use std::ops::Range;

use super::TextBuffer;

impl TextBuffer {
    /// Puts the cursor before the grapheme at a byte of the document, or at the end of the text. With `extend` the
    /// selection reaches from where it began, or from where the cursor was; without it there is none. What is typed
    /// next is undone on its own.
    pub fn place_cursor(&mut self, byte: usize, extend: bool) {
        let state = &mut self.state;
        state.anchor = extend.then(|| state.anchor.unwrap_or(state.cursor));
        state.cursor = state.floor(byte);
        self.goal = None;
        self.history.close();
    }

    /// Puts the cursor before the grapheme at a display column, or at the end of the line; beyond the last line at
    /// the end of the text.
    pub fn place_cursor_at(&mut self, line: usize, display_column: usize, extend: bool) {
        let line = self.state.line_bytes(line);
        self.place_cursor(self.walk(line.start, line.end, display_column).byte, extend);
    }

    /// Selects the whole text, with the cursor at its end.
    pub fn select_all(&mut self) {
        self.select(0..usize::MAX);
    }

    /// Selects bytes of the document, and all of a grapheme that they touch, with the cursor at the end.
    pub fn select(&mut self, bytes: Range<usize>) {
        self.place_cursor(bytes.start.min(bytes.end), false);
        self.state.anchor = Some(self.state.cursor);
        self.state.cursor = self.state.ceil(bytes.end);
    }
}

#[cfg(test)]
mod tests {
    use super::super::TextBuffer;
    use super::super::marked::check;

    #[test]
    fn the_cursor_never_stands_inside_a_grapheme() {
        check("|e\u{301}a", |buffer| buffer.place_cursor(1, false), "|e\u{301}a");
        check("|中a", |buffer| buffer.place_cursor(2, false), "|中a");
        check("|a\r\nb", |buffer| buffer.place_cursor(2, false), "a|\r\nb");
        check("|ab", |buffer| buffer.place_cursor(99, false), "ab|");
    }

    #[test]
    fn a_click_falls_on_the_grapheme_it_hits() {
        check("|a中b", |buffer| buffer.place_cursor_at(0, 2, false), "a|中b");
        check("|a中b", |buffer| buffer.place_cursor_at(0, 3, false), "a中|b");
        check("|\tb", |buffer| buffer.place_cursor_at(0, 3, false), "|\tb");
    }

    #[test]
    fn a_click_behind_the_text_falls_on_its_end() {
        check("|a\r\nb", |buffer| buffer.place_cursor_at(0, 9, false), "a|\r\nb");
        check("|a\nb", |buffer| buffer.place_cursor_at(7, 9, false), "a\nb|");
    }

    #[test]
    fn a_drag_selects() {
        let drag = |buffer: &mut TextBuffer| {
            buffer.place_cursor_at(0, 3, false);
            buffer.place_cursor_at(0, 1, true);
        };
        check("|abcd", drag, "a|bc^d");
    }

    #[test]
    fn a_selection_takes_whole_graphemes() {
        check("|xe\u{301}y", |buffer| buffer.select(0..2), "^xe\u{301}|y");
        check("|ab", TextBuffer::select_all, "^ab|");
    }

    #[test]
    fn the_byte_order_mark_is_not_selected() {
        let mut buffer = TextBuffer::new("\u{feff}ab");
        buffer.select_all();
        assert_eq!(buffer.selection(), Some(3..5));
        assert_eq!(buffer.selected_text().as_deref(), Some("ab"));
    }
}
