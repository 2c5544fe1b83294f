//! A text becomes another one, and only what differs changes.

use ropey::Rope;

use super::TextBuffer;
use super::history::Kind;
use super::state::State;

impl TextBuffer {
    /// Makes the whole text this one, byte by byte, in one step. The cursor stays with the text around it, or, where
    /// that changed, on its line.
    pub fn replace(&mut self, text: &str) {
        let old = &self.state.rope;
        let prefix = common_prefix(old, text);
        let suffix = common_suffix(old, text, old.len_bytes().min(text.len()) - prefix);
        let (old_end, new_end) = (old.len_bytes() - suffix, text.len() - suffix);
        if prefix == old_end && prefix == new_end {
            return;
        }
        let before = self.state.clone();
        self.state.splice(prefix..old_end, &text[prefix..new_end]);
        self.state.cursor = if before.cursor <= prefix {
            self.state.ceil(before.cursor)
        } else if before.cursor >= old_end {
            self.state.ceil(new_end + (before.cursor - old_end))
        } else {
            same_line(&before, &self.state)
        };
        self.style = self.style.of(text);
        self.record(Kind::Other, before, prefix);
    }
}

/// The place in the new text with the line and the column of the cursor in the old one.
fn same_line(old: &State, new: &State) -> usize {
    let line = old.line();
    let start = old.rope.byte_to_char(old.line_bytes(line).start);
    let column = old.rope.byte_to_char(old.cursor) - start;
    let bytes = new.line_bytes(line.min(new.rope.len_lines() - 1));
    let at = new.rope.byte_to_char(bytes.start).saturating_add(column).min(new.rope.byte_to_char(bytes.end));
    new.floor(new.rope.char_to_byte(at))
}

/// How many bytes are the same from the start, whole characters.
fn common_prefix(rope: &Rope, text: &str) -> usize {
    let mut same = 0;
    for chunk in rope.chunks() {
        let pairs = chunk.as_bytes().iter().zip(&text.as_bytes()[same..]);
        let in_chunk = pairs.take_while(|(old, new)| old == new).count();
        same += in_chunk;
        if in_chunk < chunk.len() {
            break;
        }
    }
    (0..=same).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// How many bytes are the same from the end, whole characters and no more than `most`.
fn common_suffix(rope: &Rope, text: &str, most: usize) -> usize {
    let (chunks, ..) = rope.chunks_at_byte(rope.len_bytes());
    let mut same = 0;
    for chunk in chunks.reversed() {
        let pairs = chunk.as_bytes().iter().rev().zip(text.as_bytes()[..text.len() - same].iter().rev());
        let in_chunk = pairs.take(most - same).take_while(|(old, new)| old == new).count();
        same += in_chunk;
        if in_chunk < chunk.len() {
            break;
        }
    }
    (0..=same).rev().find(|&same| text.is_char_boundary(text.len() - same)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::TextBuffer;
    use super::super::marked::{buffer, check, show};

    #[test]
    fn the_cursor_stays_with_the_text_around_it() {
        check("a|b\nold\nc", |buffer| buffer.replace("ab\nnewer\nc"), "a|b\nnewer\nc");
        check("ab\nold\nc|d", |buffer| buffer.replace("ab\nnewer\n\ncd"), "ab\nnewer\n\nc|d");
    }

    #[test]
    fn in_a_part_that_changed_the_cursor_stays_on_its_line() {
        check("a\nb1\nc1|1\nd", |buffer| buffer.replace("a\nB\nCCCC\nd"), "a\nB\nCC|CC\nd");
        check("a\nb\nccc|c\nd", |buffer| buffer.replace("x"), "x|");
    }

    #[test]
    fn a_replacement_is_one_step_and_changes_only_what_differs() {
        let mut buffer = buffer("a|bc");
        buffer.replace("axc");
        assert_eq!(buffer.text(), "axc");
        assert!(buffer.undo());
        assert_eq!(show(&buffer), "a|bc");
        assert!(!buffer.undo());
    }

    #[test]
    fn characters_that_share_bytes_are_replaced_whole() {
        check("|中é", |buffer| buffer.replace("丮ũ"), "|丮ũ");
        check("|aa", |buffer| buffer.replace("a"), "|a");
        check("|a", |buffer| buffer.replace("aa"), "|aa");
        check("a|", |buffer| buffer.replace(""), "|");
    }

    #[test]
    fn a_replacement_teaches_its_habits() {
        let mut buffer = TextBuffer::new("");
        buffer.replace("{\r\n\t\"a\": 1\r\n}");
        buffer.select(5..5);
        buffer.newline();
        assert_eq!(buffer.text(), "{\r\n\t\"\r\n\ta\": 1\r\n}");
    }
}
