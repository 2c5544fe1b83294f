//! New lines and levels of indentation.

use std::ops::Range;

use super::TextBuffer;
use super::history::Kind;
use super::state::{State, is_blank};
use super::width::TAB_WIDTH;

impl TextBuffer {
    /// Breaks the line with its indentation kept: a level more behind an opening bracket, and a line for the closing
    /// one if it follows. Blanks behind the cursor go.
    pub fn newline(&mut self) {
        let target = self.state.target();
        let rope = &self.state.rope;
        let line = rope.byte_to_line(target.start);
        let indentation = self.state.indentation(line, target.start);
        // Among the indentation a line is pushed down as it is.
        let rest =
            if indentation.end < target.start { self.state.blanks_from(target.end) } else { target.end };
        let opening = self.opening_before(target.start);
        let closing = rope.get_char(rope.byte_to_char(rest));
        let opens = opening.is_some();
        let closes = opens && opening == closing.and_then(opening_of);

        let level = format!("{}{}", self.style.line_break, rope.byte_slice(indentation));
        let deeper = if opens { self.style.unit } else { "" };
        let below = if closes { &*level } else { "" };
        let before = self.state.clone();
        self.state.splice(target.start..rest, &format!("{level}{deeper}{below}"));
        self.state.cursor = self.state.ceil(target.start + level.len() + deeper.len());
        self.record(Kind::Other, before, target.start);
    }

    /// A level more: for every line of a selection over several, else as spaces or a tab at the cursor.
    pub fn indent(&mut self) {
        let unit = self.style.unit;
        let target = self.state.target();
        let line = self.state.rope.byte_to_line(target.start);
        if line != self.state.rope.byte_to_line(target.end) {
            return self.shift_lines(|_, line| (0, if line.is_empty() { "" } else { unit }));
        }
        let column = self.walk(self.state.line_bytes(line).start, target.start, usize::MAX).column;
        let missing = if unit == "\t" { unit } else { &unit[column % unit.len()..] };
        self.splice(Kind::Other, target, missing);
    }

    /// A level less for the line of the cursor, or for every line of the selection.
    pub fn dedent(&mut self) {
        let spaces = if self.style.unit == "\t" { TAB_WIDTH } else { self.style.unit.len() };
        self.shift_lines(|state, line| (level_at(state, line.start, spaces), ""));
    }

    /// Changes how the selected lines begin: `change` says how many bytes go and what comes instead. The selection
    /// stays on its text.
    fn shift_lines(&mut self, change: impl Fn(&State, Range<usize>) -> (usize, &'static str)) {
        let before = self.state.clone();
        let mut changed = false;
        // From the last line up, so that the lines still to come stay where they are.
        for line in self.selected_lines().rev() {
            let bytes = self.state.line_bytes(line);
            let start = bytes.start;
            let (cut, add) = change(&self.state, bytes);
            self.state.shift_line(start, cut, add);
            changed |= cut > 0 || !add.is_empty();
        }
        if changed {
            self.state.settle();
            self.record(Kind::Other, before, 0);
        }
    }

    /// The lines that the selection touches; not one at whose start it ends.
    fn selected_lines(&self) -> Range<usize> {
        let target = self.state.target();
        let first = self.state.rope.byte_to_line(target.start);
        let last = self.state.rope.byte_to_line(target.end);
        let ends_before = last > first && self.state.rope.line_to_byte(last) == target.end;
        first..last + usize::from(!ends_before)
    }

    /// The bracket that the line ends in before a byte, if it is an opening one.
    fn opening_before(&self, byte: usize) -> Option<char> {
        let mut backwards = self.state.rope.chars_at(self.state.rope.byte_to_char(byte)).reversed();
        backwards.find(|&character| !is_blank(character)).filter(|character| matches!(character, '{' | '['))
    }
}

fn opening_of(closing: char) -> Option<char> {
    match closing {
        '}' => Some('{'),
        ']' => Some('['),
        _ => None,
    }
}

/// The bytes of one level of indentation at the start of a line, a tab or up to so many spaces.
fn level_at(state: &State, start: usize, spaces: usize) -> usize {
    let bytes = state.rope.bytes_at(start);
    if bytes.clone().next() == Some(b'\t') {
        return 1;
    }
    bytes.take(spaces).take_while(|&byte| byte == b' ').count()
}

#[cfg(test)]
mod tests {
    use super::super::TextBuffer;
    use super::super::marked::{buffer, check, show};

    #[test]
    fn a_new_line_keeps_the_indentation() {
        check("{\n  \"a\": 1,|\n}", TextBuffer::newline, "{\n  \"a\": 1,\n  |\n}");
        check("\ta|b", TextBuffer::newline, "\ta\n\t|b");
        check("a\r\n  b|", TextBuffer::newline, "a\r\n  b\r\n  |");
        check("  a^b|c", TextBuffer::newline, "  a\n  |c");
    }

    #[test]
    fn a_new_line_behind_an_opening_bracket_is_a_level_deeper() {
        check("  [| 1, 2", TextBuffer::newline, "  [\n    |1, 2");
        check("{\n\t\"a\": { |", TextBuffer::newline, "{\n\t\"a\": { \n\t\t|");
    }

    #[test]
    fn between_brackets_a_block_opens() {
        check("  {|}", TextBuffer::newline, "  {\n    |\n  }");
        check("a\r\n[ | ],", TextBuffer::newline, "a\r\n[ \r\n  |\r\n],");
        check("{|]", TextBuffer::newline, "{\n  |]");
    }

    #[test]
    fn a_new_line_before_the_text_pushes_the_line_down_as_it_is() {
        check("|  a", TextBuffer::newline, "\n|  a");
        check("  |  a", TextBuffer::newline, "  \n  |  a");
    }

    #[test]
    fn a_block_is_one_step() {
        let mut buffer = buffer("{|}");
        buffer.newline();
        buffer.undo();
        assert_eq!(show(&buffer), "{|}");
        buffer.redo();
        assert_eq!(show(&buffer), "{\n  |\n}");
    }

    #[test]
    fn a_tab_fills_up_to_the_next_level() {
        check("|a", TextBuffer::indent, "  |a");
        check("a|", TextBuffer::indent, "a |");
        check("a^b|c", TextBuffer::indent, "a |c");
        check("{\n\ta\n|b", TextBuffer::indent, "{\n\ta\n\t|b");
        check("{\n    a\n  |b", TextBuffer::indent, "{\n    a\n    |b");
    }

    #[test]
    fn several_lines_move_together_and_stay_selected() {
        check("^a\n\nb|c\nd", TextBuffer::indent, "^  a\n\n  b|c\nd");
        check("x|a\nb^c", TextBuffer::indent, "  x|a\n  b^c");
        check("^  a\n b|c\nd", TextBuffer::dedent, "^a\nb|c\nd");
    }

    #[test]
    fn a_line_at_whose_start_the_selection_ends_stays() {
        check("^a\nb\n|c", TextBuffer::indent, "^  a\n  b\n|c");
    }

    #[test]
    fn a_level_less_takes_what_is_there() {
        check("     a|", TextBuffer::dedent, "   a|");
        check("\t\ta|", TextBuffer::dedent, "\ta|");
        check(" | a", TextBuffer::dedent, "|a");
        check("{\n\ta\n      b|", TextBuffer::dedent, "{\n\ta\n  b|");
    }

    #[test]
    fn a_shifted_line_is_measured_anew() {
        let mut buffer = buffer(&format!("^{0}\n{0}|", "long ".repeat(20)));
        assert_eq!(buffer.display_column(), 100);
        buffer.indent();
        assert_eq!(buffer.display_column(), 102);
    }

    #[test]
    fn shifted_lines_are_one_step() {
        let mut buffer = buffer("^a\nb|");
        buffer.indent();
        assert!(buffer.undo());
        assert_eq!(show(&buffer), "^a\nb|");
        assert!(!buffer.undo());
    }
}
