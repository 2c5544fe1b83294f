//! The screen that explains a message, drawn: the message, or what is known of it.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Explain;
use crate::tui::canvas::{Canvas, below, inset, left, row};
use crate::tui::look::Theme;
use crate::tui::wrap::wrap_hanging;

impl Explain {
    /// Draws the screen.
    pub(super) fn draw_all(&self, canvas: &mut Canvas, area: Rect) {
        let area = inset(below(area, 1), 2);
        match self.text_of_answer() {
            None => self.draw_message(canvas, area),
            Some(text) => self.draw_answer(canvas, area, &text),
        }
    }

    fn draw_message(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        canvas.text(area, "What did the platform say?", theme.strong);
        let help = "Paste the message, with whatever is around it: a log, JSON, a stack trace. Nothing leaves this machine.";
        let used = canvas.wrapped(left(below(area, 1), 76), help, theme.dim);
        let area = below(area, used + 2);
        let cursor = self.text.cursor();
        let first = cursor.line.saturating_sub(usize::from(area.height.saturating_sub(1)));
        for (at, line) in (0..area.height).zip(first..self.text.line_count()) {
            let place = row(area, at);
            canvas.line(place, &[(canvas.symbols().bar, theme.quiet), (" ", theme.text)]);
            canvas.text(inset(place, 2), &self.text.line(line), theme.text);
            if line == cursor.line {
                let column = u16::try_from(self.text.display_column()).unwrap_or(u16::MAX);
                canvas.cursor_at(inset(place, 2), column);
            }
        }
    }

    fn draw_answer(&self, canvas: &mut Canvas, area: Rect, text: &str) {
        let theme = canvas.theme();
        let known = self.answer.as_ref().is_some_and(|answer| !answer.matches.is_empty());
        let shown = lines(text, canvas.look().size.0).enumerate().skip(self.first);
        for (at, (number, (source, line))) in (0..area.height).zip(shown) {
            let style = if number == 0 { theme.strong } else { style(theme, source, known) };
            canvas.text(row(area, at), &line, style);
        }
    }
}

/// The lines of a text as they are shown, each with the line that it is of.
pub(super) fn lines(text: &str, columns: u16) -> impl Iterator<Item = (&str, String)> {
    let wide = width_of_text(columns);
    text.lines().flat_map(move |line| wrap_hanging(line, wide).into_iter().map(move |shown| (line, shown)))
}

fn style(theme: &Theme, line: &str, known: bool) -> Style {
    let trimmed = line.trim_start();
    match trimmed.split_once(' ').map(|(label, _)| label) {
        Some("How" | "Source:" | "Not" | "Reported") => theme.dim,
        Some("Fix:") => theme.good,
        Some("#") => theme.here,
        Some("hint:") if !known => theme.good,
        _ => theme.text,
    }
}

/// Lines longer than this are hard to read.
fn width_of_text(columns: u16) -> u16 {
    columns.saturating_sub(4).min(96)
}
