//! The place of what lies over a screen.

use ratatui::layout::Rect;

use crate::tui::canvas::{Canvas, above, below, inset, left};

/// The place between the rules, blank, with a title; the screen comes back once it is closed.
pub fn panel(canvas: &mut Canvas, area: Rect, title: &str) -> Rect {
    let theme = canvas.theme();
    let ruled = area.height >= 16;
    let edge = if ruled { 2 } else { 1 };
    let body = above(below(area, edge), edge);
    canvas.clear(body);
    let inner = inset(below(body, u16::from(ruled)), 2);
    let inner = left(inner, inner.width.saturating_sub(2).min(100));
    if title.is_empty() {
        return inner;
    }
    canvas.text(inner, title, theme.strong);
    below(inner, 2)
}
