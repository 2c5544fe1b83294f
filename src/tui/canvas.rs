//! What the screens draw on: text that can steer no terminal, cut to its place; where a click leads; the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::hit::{Hit, Target};
use super::look::{Look, Symbols, Theme};
use super::wrap::{cut, width, wrap};

/// A piece of a line.
pub type Span<'t> = (&'t str, Style);

/// The buffer of a frame with what else belongs to a frame.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    look: &'a Look,
    /// Where a click leads, the last one on top.
    pub hits: Vec<Hit>,
    /// Where the terminal's cursor stands, for input methods and screen readers.
    pub cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// A canvas on a buffer.
    pub fn new(buffer: &'a mut Buffer, look: &'a Look) -> Self {
        Self { buffer, look, hits: Vec::new(), cursor: None }
    }

    /// How things look.
    #[must_use]
    pub fn look(&self) -> &'a Look {
        self.look
    }

    /// The colours.
    #[must_use]
    pub fn theme(&self) -> &'a Theme {
        &self.look.theme
    }

    /// The signs.
    #[must_use]
    pub fn symbols(&self) -> &'a Symbols {
        &self.look.symbols
    }

    /// Writes a text at the start of a line of `area`, cut to its width; returns how many columns it takes.
    pub fn text(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        if area.is_empty() || !self.buffer.area.contains(area.as_position()) {
            return 0;
        }
        let shown = cut(text, area.width, self.symbols().ellipsis);
        let (end, _) = self.buffer.set_stringn(area.x, area.y, &shown, usize::from(area.width), style);
        end - area.x
    }

    /// Writes pieces one after the other; returns how many columns they take.
    pub fn line(&mut self, area: Rect, spans: &[Span]) -> u16 {
        let mut used = 0;
        for (text, style) in spans {
            used += self.text(inset(area, used), text, *style);
        }
        used
    }

    /// Writes a text at the end of a line.
    pub fn right(&mut self, area: Rect, text: &str, style: Style) {
        self.text(inset(area, area.width.saturating_sub(width(text))), text, style);
    }

    /// Writes a text over several lines; returns how many rows it takes.
    pub fn wrapped(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let mut used = 0;
        for line in wrap(text, area.width) {
            if used == area.height {
                break;
            }
            self.text(row(area, used), &line, style);
            used += 1;
        }
        used
    }

    /// Draws a horizontal rule.
    pub fn rule(&mut self, area: Rect) {
        let line = self.symbols().rule.repeat(usize::from(area.width));
        self.text(area, &line, self.theme().quiet);
    }

    /// Draws a vertical rule.
    pub fn bar(&mut self, area: Rect) {
        for at in 0..area.height {
            self.text(row(area, at), self.symbols().bar, self.theme().quiet);
        }
    }

    /// Lays a style over what is drawn.
    pub fn style(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Blanks an area; a wide character that reaches into it from the left goes whole.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            if let Some(left) = area.x.checked_sub(1)
                && width(self.buffer[(left, y)].symbol()) > 1
            {
                self.buffer[(left, y)].set_symbol(" ");
            }
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }

    /// Remembers where a click leads.
    pub fn hit(&mut self, area: Rect, target: Target) {
        self.hits.push(Hit { area, target });
    }

    /// Puts the terminal's cursor somewhere.
    pub fn cursor_at(&mut self, area: Rect, column: u16) {
        if !area.is_empty() {
            self.cursor = Some(Position::new(area.x + column.min(area.width - 1), area.y));
        }
    }
}

/// The area without its first columns.
#[must_use]
pub fn inset(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}

/// One row of an area; empty where it has no such row.
#[must_use]
pub fn row(area: Rect, index: u16) -> Rect {
    if index < area.height {
        Rect { y: area.y + index, height: 1, ..area }
    } else {
        Rect { height: 0, width: 0, ..area }
    }
}

/// The area without its first rows.
#[must_use]
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// An area without the last rows.
#[must_use]
pub fn above(area: Rect, rows: u16) -> Rect {
    Rect { height: area.height.saturating_sub(rows), ..area }
}

/// The first columns of an area.
#[must_use]
pub fn left(area: Rect, columns: u16) -> Rect {
    Rect { width: columns.min(area.width), ..area }
}
