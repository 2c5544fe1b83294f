//! The screen on credentials, drawn: as many of its rows as fit.

use ratatui::layout::Rect;

use super::row::Row;
use super::rows::rows;
use crate::tui::canvas::{Canvas, below, inset, row};
use crate::tui::hit::Target;
use crate::tui::look::Look;
use crate::tui::shared::credentials::Credentials;
use crate::tui::wrap::width;

/// Lines longer than this are hard to read.
const WIDEST: u16 = 110;

/// Draws the screen.
pub(super) fn draw(credentials: &Credentials, canvas: &mut Canvas, area: Rect) {
    let area = body(area);
    let rows = rows(credentials, canvas.look(), area.width);
    // What does not fit is told in a row of its own.
    let fits = rows.len() <= usize::from(area.height);
    let room = if fits { area.height } else { area.height.saturating_sub(1) };
    let first = first(credentials, &rows, usize::from(room));
    for (at, line) in (0..room).zip(rows.iter().skip(first)) {
        draw_row(canvas, row(area, at), line, credentials.cursor);
    }
    let below = rows.len().saturating_sub(first + usize::from(room));
    if below > 0 {
        let told = format!("{below} more rows {}", canvas.symbols().ellipsis);
        canvas.right(row(area, room), &told, canvas.theme().dim);
    }
}

/// The first row shown: that of the source at the cursor where not all of them fit.
fn first(credentials: &Credentials, rows: &[Row], room: usize) -> usize {
    let hidden = rows.len().saturating_sub(room);
    let head = rows.iter().position(|row| row.head_of == Some(credentials.cursor)).unwrap_or(0);
    let from = if credentials.cursor == 0 || credentials.shows_clients { 0 } else { head };
    from.min(hidden).saturating_add(credentials.scroll).min(hidden)
}

/// How many rows there are on a terminal of this size.
pub(super) fn rows_at(credentials: &Credentials, look: &Look) -> usize {
    rows(credentials, look, body(Rect::new(0, 0, look.size.0, look.size.1)).width).len()
}

fn body(area: Rect) -> Rect {
    let area = inset(below(area, u16::from(area.height > 12)), 2);
    Rect { width: area.width.saturating_sub(2).min(WIDEST), ..area }
}

fn draw_row(canvas: &mut Canvas, area: Rect, row: &Row, cursor: usize) {
    let spans: Vec<_> = row.spans.iter().map(|(text, style)| (text.as_str(), *style)).collect();
    canvas.line(area, &spans);
    let right: Vec<_> = row.right.iter().map(|(text, style)| (text.as_str(), *style)).collect();
    let takes: u16 = right.iter().map(|(text, _)| width(text)).sum();
    canvas.line(inset(area, area.width.saturating_sub(takes)), &right);
    if let Some(index) = row.head_of {
        canvas.hit(area, Target::Entry(index));
        if index == cursor {
            canvas.cursor_at(area, 0);
        }
    }
}
