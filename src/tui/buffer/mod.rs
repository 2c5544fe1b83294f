//! A text under edit, with its cursor, its selection and its past; it draws nothing and knows no terminal.
//!
//! Positions are bytes of the document, always between two graphemes. A byte order mark at the start stays in the
//! text, but the cursor does not come before it, and no line or column counts it.

mod columns;
mod cursor;
mod edit;
mod grapheme;
mod history;
mod indent;
mod motion;
mod replace;
mod ruler;
mod search;
mod state;
mod style;
mod width;
mod word;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use ropey::Rope;

pub use columns::Cell;
pub use motion::Motion;
pub use width::TAB_WIDTH;

use columns::Spot;
use history::History;
use ruler::Ruler;
use state::State;
use style::Style;

/// A text that is being edited. Lines end in `\n` or `\r\n`; a lone `\r` is a character like others.
pub struct TextBuffer {
    state: State,
    saved: Rope,
    history: History,
    revision: u64,
    style: Style,
    /// The display column that moves up and down aim at.
    goal: Option<usize>,
    /// Remembers measurements only, so that reading stays reading.
    ruler: RefCell<Ruler>,
}

/// Where the cursor stands, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, counted in characters.
    pub column: usize,
}

impl TextBuffer {
    /// Loads a text, every byte of it, with the cursor at its start; the habits for line breaks and indentation
    /// are read off it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let state = State::new(Rope::from_str(text));
        let saved = state.rope.clone();
        let style = Style::default().of(text);
        let (history, ruler) = (History::default(), RefCell::default());
        Self { state, saved, history, revision: 0, style, goal: None, ruler }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from(&self.state.rope)
    }

    /// The text as it is now, cheap to take and to hand to another thread.
    #[must_use]
    pub fn snapshot(&self) -> Rope {
        self.state.rope.clone()
    }

    /// A number that grows with every change of the text, undo and redo included.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there is nothing to see, at most a byte order mark.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.state.rope.len_bytes() == self.state.first()
    }

    /// The number of lines, one more than line breaks.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.state.rope.len_lines()
    }

    /// A line without its line break; beyond the last line nothing.
    #[must_use]
    pub fn line(&self, index: usize) -> Cow<'_, str> {
        Cow::from(self.state.rope.byte_slice(self.state.line_bytes(index)))
    }

    /// The byte of the document at which a line starts.
    #[must_use]
    pub fn start_of_line(&self, index: usize) -> usize {
        self.state.line_bytes(index).start
    }

    /// The graphemes of a line that take part in a range of display columns, the first and the last perhaps only
    /// partly. Not the whole line is copied, however long it is.
    pub fn line_part(&self, index: usize, columns: Range<usize>) -> impl Iterator<Item = Cell<'_>> {
        let line = self.state.line_bytes(index);
        let from = self.walk(line.start, line.end, columns.start);
        columns::cells(&self.state.rope, from, line.end, columns)
    }

    /// Where the cursor stands.
    #[must_use]
    pub fn cursor(&self) -> Position {
        let line = self.state.line();
        let start = self.state.line_bytes(line).start;
        let rope = &self.state.rope;
        Position { line, column: rope.byte_to_char(self.state.cursor) - rope.byte_to_char(start) }
    }

    /// The byte of the document that the cursor stands before.
    #[must_use]
    pub fn cursor_byte(&self) -> usize {
        self.state.cursor
    }

    /// The column of the cursor on the screen, from 0.
    #[must_use]
    pub fn display_column(&self) -> usize {
        let start = self.state.line_bytes(self.state.line()).start;
        self.walk(start, self.state.cursor, usize::MAX).column
    }

    /// The selected bytes of the document, if there are any.
    #[must_use]
    pub fn selection(&self) -> Option<Range<usize>> {
        self.state.selection()
    }

    /// The selected text, with the line breaks of the document.
    #[must_use]
    pub fn selected_text(&self) -> Option<String> {
        self.selection().map(|bytes| self.state.rope.byte_slice(bytes).to_string())
    }

    /// Whether the text differs from what was last loaded or saved, whichever way it came to be.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.state.rope.is_instance(&self.saved) && self.state.rope != self.saved
    }

    /// Remembers the text as saved; what is typed from here on is undone on its own.
    pub fn mark_saved(&mut self) {
        self.saved = self.state.rope.clone();
        self.history.close();
    }

    /// From the start of a line to the last place that is neither beyond a byte nor beyond a display column.
    fn walk(&self, line_start: usize, end: usize, column: usize) -> Spot {
        self.ruler.borrow_mut().walk(&self.state.rope, line_start, end, column)
    }
}

impl fmt::Debug for TextBuffer {
    // The text may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("TextBuffer").field("cursor", &self.cursor()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod marked;
#[cfg(test)]
mod model;
#[cfg(test)]
mod properties;
