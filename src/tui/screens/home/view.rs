//! The screen where one starts, drawn.

use ratatui::layout::Rect;

use super::Home;
use crate::tui::canvas::{Canvas, below, inset, left, row};
use crate::tui::completions;
use crate::tui::hit::Target;
use crate::tui::list::scrolled;

impl Home {
    /// Draws the screen.
    pub(super) fn draw_all(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let area = left(inset(area, 2), 100);
        let long = "Give a job, a notebook, a service or an environment one RAM role, so that its code needs no AccessKey.";
        let intro = if area.width < 60 { "One RAM role, and no AccessKey in code." } else { long };
        canvas.wrapped(above_list(area), intro, theme.text);
        self.draw_entries(canvas, below(area, 4));
    }

    fn draw_entries(&self, canvas: &mut Canvas, area: Rect) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let area = completions::filter(canvas, area, &self.list);
        let entries = self.entries();
        let shown = self.list.shown(&self.words());
        let rows = u16::try_from(shown.len()).unwrap_or(u16::MAX);
        let each = if rows.saturating_mul(3) <= area.height {
            3
        } else if rows.saturating_mul(2) <= area.height {
            2
        } else {
            1
        };
        let room = usize::from(area.height / each).max(1);
        let at = shown.iter().position(|index| *index == self.list.cursor).unwrap_or(0);
        let first = scrolled(at, shown.len(), room);
        for (place, index) in (0..).zip(shown.iter().skip(first).take(room)) {
            let entry = &entries[*index];
            let here = *index == self.list.cursor;
            let line = row(area, place * each);
            let (sign, style) = if here { (symbols.here, theme.here) } else { (" ", theme.strong) };
            canvas.line(line, &[(sign, theme.here), (" ", theme.text), (&entry.title, style)]);
            if each > 1 {
                canvas.text(inset(row(area, place * each + 1), 2), &entry.help, theme.dim);
            }
            canvas.hit(Rect { height: each.min(2), ..line }, Target::Entry(*index));
            if here && self.list.filter.is_none() {
                canvas.cursor_at(line, 0);
            }
        }
    }
}

fn above_list(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.min(2), ..area }
}
