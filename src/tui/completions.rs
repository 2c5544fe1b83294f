//! A path being typed with its completions below, drawn. It completes nothing itself.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::canvas::{Canvas, below, inset, left, row};
use super::field::Field;
use super::hit::Target;
use super::list::{List, scrolled};
use super::path_input::PathInput;

/// How wide a line to type is drawn.
const FIELD: u16 = 48;

/// Draws a line that is typed, its example where nothing stands in it, and the cursor; returns its rows.
pub fn field(canvas: &mut Canvas, area: Rect, field: &Field, example: &str, here: bool) -> u16 {
    let (theme, symbols) = (canvas.theme(), canvas.symbols());
    canvas.text(area, if here { symbols.here } else { " " }, theme.here);
    let place = inset(area, 2);
    let (shown, column) = field.window(place.width);
    if field.is_empty() {
        canvas.text(place, &format!("for example {example}"), theme.dim);
    } else {
        canvas.text(place, shown, theme.strong);
    }
    canvas.style(left(row(place, 0), FIELD.max(column + 1)), Style::new().add_modifier(Modifier::UNDERLINED));
    if here {
        canvas.cursor_at(place, column);
    }
    1
}

/// Draws a path and how it could go on.
pub fn draw(canvas: &mut Canvas, area: Rect, path: &PathInput, example: &str) {
    field(canvas, area, &path.field, example, path.row.is_none());
    let (theme, symbols) = (canvas.theme(), canvas.symbols());
    let rows = below(area, 2);
    let first = scrolled(path.row.unwrap_or(0), path.completions.len(), usize::from(rows.height));
    for (at, (index, completion)) in (0..rows.height).zip(path.completions.iter().enumerate().skip(first)) {
        let here = path.row == Some(index);
        let line = row(rows, at);
        let style = match (here, completion.is_folder) {
            (true, _) => theme.here,
            (false, true) => theme.dim,
            (false, false) => theme.text,
        };
        canvas.line(
            line,
            &[
                (if here { symbols.here } else { " " }, theme.here),
                (" ", theme.text),
                (&completion.text, style),
            ],
        );
        canvas.hit(line, Target::Entry(index));
        if here {
            canvas.cursor_at(line, 0);
        }
    }
}

/// Draws the filter over a list, while there is one; the place that is left for the list.
#[must_use]
pub fn filter(canvas: &mut Canvas, area: Rect, list: &List) -> Rect {
    let Some(field) = &list.filter else { return area };
    self::field(canvas, area, field, "a word", true);
    below(area, if area.height < 8 { 1 } else { 2 })
}
