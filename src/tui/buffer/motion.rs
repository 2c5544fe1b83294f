//! The ways in which the keyboard moves the cursor.

use super::{TextBuffer, grapheme, word};

/// A way to move the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme back.
    Left,
    /// One grapheme forward.
    Right,
    /// One line up; from the first to its start.
    Up,
    /// One line down; from the last to its end.
    Down,
    /// To the start of a word, or of a run of signs; line breaks are a step of their own.
    WordLeft,
    /// To the end of a word, or of a run of signs; line breaks are a step of their own.
    WordRight,
    /// To the first character of the line that is not blank, from there to the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// This many lines up.
    PageUp(usize),
    /// This many lines down.
    PageDown(usize),
    /// To the start of the text.
    Start,
    /// To the end of the text.
    End,
}

impl TextBuffer {
    /// Moves the cursor, and with `extend` the end of the selection along with it.
    pub fn move_to(&mut self, motion: Motion, extend: bool) {
        match self.destination_line(motion) {
            Some(line) => self.move_to_line(motion, line, extend),
            None => self.place_cursor(self.destination(motion, extend), extend),
        }
    }

    /// The line that a vertical motion leads to.
    fn destination_line(&self, motion: Motion) -> Option<usize> {
        let line = self.state.line();
        let to = match motion {
            Motion::Up => line.saturating_sub(1),
            Motion::PageUp(rows) => line.saturating_sub(rows),
            Motion::Down => line + 1,
            Motion::PageDown(rows) => line.saturating_add(rows),
            _ => return None,
        };
        Some(to.min(self.line_count() - 1))
    }

    fn move_to_line(&mut self, motion: Motion, line: usize, extend: bool) {
        let bytes = self.state.line_bytes(line);
        if line == self.state.line() {
            let upward = matches!(motion, Motion::Up | Motion::PageUp(_));
            return self.place_cursor(if upward { bytes.start } else { bytes.end }, extend);
        }
        let goal = self.goal.unwrap_or_else(|| self.display_column());
        self.place_cursor(self.walk(bytes.start, bytes.end, goal).byte, extend);
        self.goal = Some(goal);
    }

    /// Where a motion that is not vertical leads.
    fn destination(&self, motion: Motion, extend: bool) -> usize {
        let (rope, cursor) = (&self.state.rope, self.state.cursor);
        let selection = self.selection().filter(|_| !extend);
        match (motion, selection) {
            (Motion::Left, Some(selection)) => selection.start,
            (Motion::Right, Some(selection)) => selection.end,
            (Motion::Left, None) => grapheme::previous(rope, cursor),
            (Motion::Right, None) => grapheme::next(rope, cursor),
            (Motion::WordLeft, _) => word::start_before(rope, cursor),
            (Motion::WordRight, _) => word::end_after(rope, cursor),
            (Motion::LineStart, _) => self.line_start(),
            (Motion::LineEnd, _) => self.state.line_bytes(self.state.line()).end,
            (Motion::Start, _) => 0,
            (Motion::End, _) => rope.len_bytes(),
            (Motion::Up | Motion::Down | Motion::PageUp(_) | Motion::PageDown(_), _) => cursor,
        }
    }

    fn line_start(&self) -> usize {
        let line = self.state.line_bytes(self.state.line());
        let text = self.state.floor(self.state.blanks_from(line.start));
        if text == self.state.cursor || text >= line.end { line.start } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::super::marked::check;
    use super::Motion::{self, *};

    fn moves(before: &str, motions: &[Motion], after: &str) {
        check(before, |buffer| motions.iter().for_each(|&motion| buffer.move_to(motion, false)), after);
    }

    #[test]
    fn a_grapheme_is_one_step() {
        moves("a|👩‍👩‍👧‍👦b", &[Right], "a👩‍👩‍👧‍👦|b");
        moves("🇨🇳🇩🇪|", &[Left], "🇨🇳|🇩🇪");
        moves("e\u{301}|", &[Left], "|e\u{301}");
        moves("a\r\n|b", &[Left], "a|\r\nb");
        moves("a|\r\nb", &[Right], "a\r\n|b");
    }

    #[test]
    fn the_ends_hold_the_cursor() {
        moves("|a", &[Left, Left], "|a");
        moves("a|", &[Right, WordRight, End], "a|");
        moves("|a", &[WordLeft, Start, LineStart], "|a");
    }

    #[test]
    fn up_and_down_keep_the_column_over_wide_characters() {
        moves("abcd|e\n中中中\nabcde", &[Down], "abcde\n中中|中\nabcde");
        moves("abc|de\n中中中\nabcde", &[Down, Down], "abcde\n中中中\nabc|de");
        moves("abcd|\n\nx\nabcde", &[Down, Down, Down], "abcd\n\nx\nabcd|e");
        moves("abcde\n\tx|", &[Up], "abcde|\n\tx");
    }

    #[test]
    fn the_column_is_forgotten_when_the_cursor_moves_along_the_line() {
        moves("abcd|\nx\nabcde", &[Down, Left, Down], "abcd\nx\n|abcde");
    }

    #[test]
    fn up_on_the_first_line_goes_to_its_start_and_down_on_the_last_to_its_end() {
        moves("ab|c\n", &[Up], "|abc\n");
        moves("x\na|bc", &[Down], "x\nabc|");
    }

    #[test]
    fn a_page_stops_at_the_ends() {
        moves("1\n2\n|3\n4\n5", &[PageUp(10)], "|1\n2\n3\n4\n5");
        moves("1\n2|\n3\n4\n5", &[PageDown(2)], "1\n2\n3\n4|\n5");
        moves("1\n2|\n3\n4\n5", &[PageDown(usize::MAX)], "1\n2\n3\n4\n5|");
    }

    #[test]
    fn home_goes_to_the_text_then_to_the_start_of_the_line() {
        moves("x\n  ab|c", &[LineStart], "x\n  |abc");
        moves("x\n  |abc", &[LineStart], "x\n|  abc");
        moves("x\n|  abc", &[LineStart], "x\n  |abc");
        moves("  |  \n", &[LineStart], "|    \n");
    }

    #[test]
    fn end_stays_before_the_line_break() {
        moves("|ab\r\nc", &[LineEnd], "ab|\r\nc");
        moves("a\r\n|b", &[LineEnd], "a\r\nb|");
    }

    #[test]
    fn words_end_where_the_kind_of_character_changes() {
        moves("|\"ab_1\": 中文", &[WordRight], "\"|ab_1\": 中文");
        moves("\"|ab_1\": 中文", &[WordRight], "\"ab_1|\": 中文");
        moves("\"ab_1|\": 中文", &[WordRight, WordRight], "\"ab_1\": 中文|");
        moves("\"ab_1\": 中文|", &[WordLeft], "\"ab_1\": |中文");
        moves("cafe\u{301}s|", &[WordLeft], "|cafe\u{301}s");
        moves("|cafe\u{301}s", &[WordRight], "cafe\u{301}s|");
    }

    #[test]
    fn a_line_break_is_a_word_of_its_own() {
        moves("ab|  \r\n  cd", &[WordRight], "ab  |\r\n  cd");
        moves("ab  |\r\n  cd", &[WordRight], "ab  \r\n|  cd");
        moves("ab\r\n  |cd", &[WordLeft], "ab\r\n|  cd");
        moves("ab\r\n|  cd", &[WordLeft], "ab|\r\n  cd");
    }

    #[test]
    fn without_extending_left_and_right_go_to_the_ends_of_the_selection() {
        moves("a^bc|d", &[Left], "a|bcd");
        moves("a|bc^d", &[Right], "abc|d");
    }

    #[test]
    fn extending_keeps_where_the_selection_began() {
        let extend = |buffer: &mut super::TextBuffer| {
            buffer.move_to(Right, true);
            buffer.move_to(WordRight, true);
        };
        check("|ab cd", extend, "^ab| cd");
        check("a|b\ncd", |buffer| buffer.move_to(Down, true), "a^b\nc|d");
    }
}
