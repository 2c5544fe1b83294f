//! A question with the way to it on its left and the documents on its right, drawn.

use ratatui::layout::Rect;

use super::{Focus, Input, Page};
use crate::domain::question::{Kind, Need};
use crate::domain::sketch::Sketch;
use crate::tui::canvas::{Canvas, above, below, inset, left, row};
use crate::tui::look::Theme;
use crate::tui::severity::{colour, sign};
use crate::tui::shared::work::Work;
use crate::tui::wrap::{width, wrap};

use super::pane_view::{QUESTION, pane_columns};
use super::steps_view::steps_columns;

impl Page {
    pub(super) fn draw_all(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        let nothing = Sketch::default();
        let sketch = self.sketch(work).unwrap_or(&nothing);
        if canvas.look().is_wide() {
            self.draw_columns(canvas, area, work, sketch);
        } else {
            self.draw_one_column(canvas, area, work, sketch);
        }
    }

    fn draw_columns(&self, canvas: &mut Canvas, area: Rect, work: &Work, sketch: &Sketch) {
        let steps = steps_columns(area.width);
        self.draw_steps(canvas, left(area, steps), work);
        let rest = inset(area, steps);
        canvas.bar(left(rest, 1));
        let rest = inset(rest, 2);
        let beside = canvas.look().preview || self.focus == Focus::Document;
        let pane = if beside { pane_columns(canvas.look()) + 2 } else { 0 };
        let wide = rest.width.saturating_sub(pane);
        self.draw_question(canvas, left(rest, wide.saturating_sub(1)), work, sketch);
        if beside {
            let rest = inset(rest, wide);
            canvas.bar(left(rest, 1));
            self.draw_pane(canvas, inset(rest, 2), sketch);
        }
    }

    fn draw_one_column(&self, canvas: &mut Canvas, area: Rect, work: &Work, sketch: &Sketch) {
        let area = left(inset(area, 1), area.width.saturating_sub(2));
        match self.focus {
            Focus::Steps(_) => return self.draw_steps(canvas, area, work),
            Focus::Document => return self.draw_pane(canvas, area, sketch),
            Focus::Question => {}
        }
        let way = canvas.look().is_medium() && area.height >= 16;
        if way {
            self.draw_way(canvas, inset(row(area, 0), 1), work);
        }
        let area = inset(below(area, if way { 2 } else { u16::from(area.height > 12) }), 1);
        self.draw_question(canvas, left(area, QUESTION + 12), work, sketch);
    }

    fn draw_question(&self, canvas: &mut Canvas, area: Rect, work: &Work, sketch: &Sketch) {
        let theme = canvas.theme();
        let question = self.question();
        let high = area.height >= 16;
        let area = below(area, u16::from(canvas.look().is_wide()));
        let optional = question.need == Need::Optional;
        let takes_dash = matches!(question.kind, Kind::Choice(_) | Kind::Several(_));
        let mark = match (optional, takes_dash) {
            (false, _) => "",
            (true, true) => "  (- passes over it)",
            (true, false) => "  (Enter passes over it)",
        };
        let mut used = canvas.wrapped(area, question.title, theme.strong);
        let last = row(area, used.saturating_sub(1));
        let title = wrap(question.title, area.width).pop().unwrap_or_default();
        if width(&title) + width(mark) <= area.width {
            canvas.text(inset(last, width(&title)), mark, theme.dim);
        }
        used += u16::from(high);
        let help_rows = if high { area.height } else { 2 };
        used += canvas.wrapped(
            Rect { height: help_rows.min(area.height.saturating_sub(used)), ..below(area, used) },
            question.help,
            theme.text,
        );
        let notes = self.notes(sketch, area.width, work, theme);
        let below_notes = u16::try_from(notes.len()).unwrap_or(0).min(if high { area.height / 3 } else { 2 });
        let body = above(below(area, used + 1), below_notes + u16::from(below_notes > 0 && high));
        self.draw_input(canvas, body, work);
        let place = below(area, area.height.saturating_sub(below_notes));
        for (at, (style, line)) in (0..below_notes).zip(&notes) {
            canvas.text(row(place, at), line, *style);
        }
    }

    /// What is to be said under the question: why the answer was not taken, then what the answer brings.
    fn notes(
        &self,
        sketch: &Sketch,
        columns: u16,
        work: &Work,
        theme: &Theme,
    ) -> Vec<(ratatui::style::Style, String)> {
        let mut lines = Vec::new();
        let mut add = |style, sign: &str, text: &str| {
            let wrapped = wrap(text, columns.saturating_sub(2));
            for (at, line) in wrapped.iter().enumerate() {
                lines.push((style, format!("{} {line}", if at == 0 { sign } else { " " })));
            }
        };
        if let Some(problem) = self.problem.clone().or_else(|| self.mistake(work)) {
            add(theme.bad, "x", &problem);
        } else if let Input::Document(path) = &self.input
            && let Some(Err(problem)) = path.row.and_then(|_| work.facts.file(&path.whole()))
        {
            add(theme.bad, "x", problem);
        }
        for finding in sketch.notes.iter().take(3) {
            add(colour(theme, finding.severity()), sign(finding.severity()), &finding.message);
        }
        lines
    }
}
