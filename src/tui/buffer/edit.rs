//! Typing, pasting and erasing, and the way back.

use std::ops::Range;

use super::history::Kind;
use super::state::State;
use super::{TextBuffer, grapheme, word};

impl TextBuffer {
    /// Puts a text in the place of the selection, or at the cursor; its line breaks become those of the document.
    /// What is typed grapheme by grapheme is undone in one step.
    pub fn insert(&mut self, text: &str) {
        let text = self.style.broken(text);
        let typed = !text.ends_with(['\n', '\r']) && grapheme::is_one(&text);
        let kind = if typed { Kind::Typing } else { Kind::Other };
        self.splice(kind, self.state.target(), &text);
    }

    /// Erases the selection, or the grapheme before the cursor; among the spaces that a line begins with, back to
    /// the level above.
    pub fn backspace(&mut self) {
        match self.selection() {
            Some(selection) => self.splice(Kind::Other, selection, ""),
            None => self.splice(Kind::Backspace, self.before_cursor()..self.state.cursor, ""),
        }
    }

    /// Erases the selection, or the grapheme behind the cursor.
    pub fn delete(&mut self) {
        let cursor = self.state.cursor;
        match self.selection() {
            Some(selection) => self.splice(Kind::Other, selection, ""),
            None => self.splice(Kind::Delete, cursor..grapheme::next(&self.state.rope, cursor), ""),
        }
    }

    /// Erases the selection, or back to where the word before the cursor begins.
    pub fn delete_word_left(&mut self) {
        let cursor = self.state.cursor;
        let start = word::start_before(&self.state.rope, cursor).max(self.state.first());
        self.splice(Kind::Other, self.selection().unwrap_or(start..cursor), "");
    }

    /// Takes the last step back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let state = self.history.undo();
        self.restore(state)
    }

    /// Takes the step forward again that was last taken back; whether there was one.
    pub fn redo(&mut self) -> bool {
        let state = self.history.redo();
        self.restore(state)
    }

    /// Puts a text in the place of some bytes, as one edit.
    pub(super) fn splice(&mut self, kind: Kind, bytes: Range<usize>, text: &str) {
        if bytes.is_empty() && text.is_empty() {
            return;
        }
        let before = self.state.clone();
        let start = bytes.start;
        self.state.splice(bytes, text);
        self.record(kind, before, start);
    }

    /// Remembers that the text has become another from a byte on.
    pub(super) fn record(&mut self, kind: Kind, before: State, start: usize) {
        self.changed_from(start);
        self.history.record(kind, before, self.state.clone());
    }

    fn before_cursor(&self) -> usize {
        let cursor = self.state.cursor;
        let start = self.state.line_bytes(self.state.line()).start;
        let spaces = || self.state.rope.bytes_at(start).take(cursor - start).all(|byte| byte == b' ');
        if cursor == start || self.style.unit == "\t" || !spaces() {
            return grapheme::previous(&self.state.rope, cursor).max(self.state.first());
        }
        let unit = self.style.unit.len();
        cursor - ((cursor - start - 1) % unit + 1)
    }

    fn restore(&mut self, state: Option<State>) -> bool {
        let Some(state) = state else { return false };
        self.state = state;
        self.changed_from(0);
        true
    }

    fn changed_from(&mut self, byte: usize) {
        self.revision += 1;
        self.goal = None;
        self.ruler.get_mut().forget_from(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::super::marked::{buffer, check, show};
    use super::super::{Motion, TextBuffer};

    fn type_out(buffer: &mut TextBuffer, text: &str) {
        text.chars().for_each(|character| buffer.insert(&character.to_string()));
    }

    #[test]
    fn typing_replaces_the_selection() {
        check("a^bc|d", |buffer| buffer.insert("x"), "ax|d");
        check("a|bc^d", |buffer| buffer.insert(""), "a|d");
    }

    #[test]
    fn a_mark_joins_the_letter_before_it() {
        check("e|x", |buffer| buffer.insert("\u{301}"), "e\u{301}|x");
        check("|\u{301}x", |buffer| buffer.insert("e"), "e\u{301}|x");
    }

    #[test]
    fn a_paste_takes_on_the_line_breaks_of_the_document() {
        check("a\r\nb|", |buffer| buffer.insert("1\n2\r3\r\n"), "a\r\nb1\r\n2\r\n3\r\n|");
        check("a\nb|", |buffer| buffer.insert("1\r\n2\r3"), "a\nb1\n2\n3|");
    }

    #[test]
    fn backspace_takes_a_whole_grapheme() {
        check("a👩‍👩‍👧‍👦|b", TextBuffer::backspace, "a|b");
        check("ae\u{301}|b", TextBuffer::backspace, "a|b");
        check("a\r\n|b", TextBuffer::backspace, "a|b");
        check("|b", TextBuffer::backspace, "|b");
    }

    #[test]
    fn backspace_among_leading_spaces_goes_to_the_level_above() {
        check("{\n    |a\n}", TextBuffer::backspace, "{\n|a\n}");
        check("{\n    a\n  |  b\n}", TextBuffer::backspace, "{\n    a\n|  b\n}");
        check("{\n    a\n      |b\n}", TextBuffer::backspace, "{\n    a\n    |b\n}");
        check("{\n  a  |\n}", TextBuffer::backspace, "{\n  a |\n}");
        check("{\n\ta\n   |\n}", TextBuffer::backspace, "{\n\ta\n  |\n}");
    }

    #[test]
    fn delete_takes_a_whole_grapheme() {
        check("a|👩‍👩‍👧‍👦b", TextBuffer::delete, "a|b");
        check("a|\r\nb", TextBuffer::delete, "a|b");
        check("a|", TextBuffer::delete, "a|");
        check("a^b|c", TextBuffer::delete, "a|c");
    }

    #[test]
    fn a_word_is_erased_with_the_blanks_behind_it() {
        check("ab cd  |e", TextBuffer::delete_word_left, "ab |e");
        check("ab\r\n|", TextBuffer::delete_word_left, "ab|");
        check("a^b|c", TextBuffer::delete_word_left, "a|c");
    }

    #[test]
    fn the_byte_order_mark_outlives_every_erasure() {
        let mut buffer = TextBuffer::new("\u{feff}a");
        buffer.delete();
        buffer.backspace();
        buffer.delete_word_left();
        buffer.select_all();
        buffer.backspace();
        assert_eq!(buffer.text(), "\u{feff}");
        assert!(buffer.is_empty());
    }

    #[test]
    fn what_is_typed_in_a_row_is_undone_at_once() {
        let mut buffer = buffer("a|");
        type_out(&mut buffer, "bcd");
        assert!(buffer.undo());
        assert_eq!(show(&buffer), "a|");
        assert!(!buffer.undo());
        assert!(buffer.redo());
        assert_eq!(show(&buffer), "abcd|");
    }

    #[test]
    fn a_move_a_line_break_and_another_kind_of_edit_begin_a_step() {
        let mut buffer = TextBuffer::new("");
        type_out(&mut buffer, "ab\ncd");
        buffer.backspace();
        buffer.move_to(Motion::Left, false);
        type_out(&mut buffer, "x");
        let mut seen = vec![show(&buffer)];
        while buffer.undo() {
            seen.push(show(&buffer));
        }
        assert_eq!(seen, ["ab\nx|c", "ab\n|c", "ab\ncd|", "ab\n|", "ab|", "|"]);
    }

    #[test]
    fn a_paste_is_a_step() {
        let mut buffer = buffer("|");
        type_out(&mut buffer, "a");
        buffer.insert("pasted");
        buffer.insert(" again");
        buffer.undo();
        assert_eq!(show(&buffer), "apasted|");
        buffer.undo();
        assert_eq!(show(&buffer), "a|");
    }

    #[test]
    fn undo_brings_the_selection_back() {
        let mut buffer = buffer("a^bc|d");
        buffer.insert("x");
        buffer.undo();
        assert_eq!(show(&buffer), "a^bc|d");
    }

    #[test]
    fn an_edit_after_an_undo_forgets_what_was_undone() {
        let mut buffer = buffer("|");
        buffer.insert("abc");
        buffer.undo();
        buffer.insert("x");
        assert!(!buffer.redo());
        assert_eq!(buffer.text(), "x");
    }

    #[test]
    fn the_text_is_unchanged_when_it_is_the_saved_one_again() {
        let mut buffer = buffer("ab|");
        buffer.backspace();
        assert!(buffer.is_changed());
        buffer.insert("b");
        assert!(!buffer.is_changed());
        buffer.insert("c");
        buffer.mark_saved();
        buffer.insert("d");
        assert!(buffer.is_changed());
        buffer.undo();
        assert!(!buffer.is_changed());
        assert_eq!(buffer.text(), "abc");
    }

    #[test]
    fn the_revision_stays_when_nothing_changes() {
        let mut buffer = buffer("a|");
        buffer.delete();
        buffer.insert("");
        buffer.replace("a");
        buffer.dedent();
        buffer.undo();
        buffer.move_to(Motion::Start, true);
        assert_eq!(buffer.revision(), 0);
    }
}
