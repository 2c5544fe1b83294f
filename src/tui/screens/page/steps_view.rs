//! The way to a question: the steps with their answers, drawn.

use ratatui::layout::Rect;

use super::input::choices;
use super::{Focus, Page};
use crate::domain::question::{self};
use crate::tui::canvas::{Canvas, below, inset, left, row};
use crate::tui::hit::Target;
use crate::tui::list::scrolled;
use crate::tui::shared::work::Work;
use crate::tui::wrap::width;

/// How wide the steps are, with their answers and without.
const STEPS: u16 = 32;
const STEPS_ALONE: u16 = 18;
/// Where the answer to a step stands.
const ANSWER: u16 = 16;

/// How many columns the steps have on a wide terminal of so many.
pub(super) fn steps_columns(columns: u16) -> u16 {
    if columns < 116 { STEPS_ALONE } else { STEPS }
}

impl Page {
    /// The steps on one line, the present one among them.
    pub(super) fn draw_way(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let trial = self.trial(work);
        let asked: Vec<usize> = Work::asked(&trial).collect();
        let here = asked.iter().position(|at| *at == self.at).unwrap_or(0);
        let mut first = here;
        let length = |index: usize| width(question::ALL[asked[index]].label) + 5;
        while first > 0 && (first - 1..=here).map(length).sum::<u16>() < area.width / 2 + length(here) {
            first -= 1;
        }
        let mut place = area;
        for (index, at) in asked.iter().enumerate().skip(first) {
            let question = &question::ALL[*at];
            let answered = (question.get)(&trial).is_some();
            let (sign, style) = match (*at == self.at, answered) {
                (true, _) => (symbols.now, theme.here),
                (false, true) => (symbols.done, theme.text),
                (false, false) => (symbols.dot, theme.dim),
            };
            if width(question.label) + 2 > place.width {
                canvas.text(place, symbols.ellipsis, theme.dim);
                break;
            }
            let used = canvas.line(place, &[(sign, style), (" ", style), (question.label, style)]);
            canvas.hit(left(place, used), Target::Step(*at));
            place = inset(place, if index + 1 < asked.len() { used + 2 } else { used });
        }
    }

    pub(super) fn draw_steps(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        let trial = self.trial(work);
        let asked: Vec<usize> = Work::asked(&trial).collect();
        let here = asked.iter().position(|at| *at == self.at).unwrap_or(0);
        let cursor = if let Focus::Steps(step) = self.focus { step } else { here };
        let area = inset(below(area, 1), 2);
        let first = scrolled(cursor, asked.len() + 1, usize::from(area.height));
        for (place, step) in (0..area.height).zip(first..=asked.len()) {
            self.draw_step(canvas, row(area, place), &asked, step, work);
        }
    }

    pub(super) fn draw_step(
        &self,
        canvas: &mut Canvas,
        line: Rect,
        asked: &[usize],
        step: usize,
        work: &Work,
    ) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let focused = matches!(self.focus, Focus::Steps(at) if at == step);
        let at = asked.get(step).copied();
        let question = at.map(|at| &question::ALL[at]);
        let answer = question.and_then(|question| shown_answer(question, work));
        let passed = at.is_some_and(|at| at < self.at);
        let here = at == Some(self.at);
        let (sign, style) = match (here, answer.is_some(), passed) {
            (true, ..) => (symbols.now, theme.here),
            (_, true, _) => (symbols.done, theme.text),
            (_, false, true) => (symbols.skipped, theme.dim),
            (_, false, false) => (" ", theme.dim),
        };
        let label = question.map_or("Finished plan", |question| question.label);
        let style = if focused { theme.here } else { style };
        let mark = if focused { symbols.here } else { sign };
        canvas.line(
            line,
            &[(mark, if focused { theme.here } else { style }), (" ", theme.text), (label, style)],
        );
        canvas.hit(line, Target::Step(at.unwrap_or(question::ALL.len())));
        if focused {
            canvas.cursor_at(line, 0);
        }
        if let Some(answer) = answer.filter(|_| line.width > ANSWER + 3) {
            canvas.text(inset(left(line, line.width.saturating_sub(1)), ANSWER), &answer, theme.dim);
        }
    }
}

/// The answer as a person reads it: of a choice its title, where that is short.
fn shown_answer(question: &question::Question, work: &Work) -> Option<String> {
    let given = (question.get)(&work.answers)?;
    let title = choices(question, &work.answers).into_iter().find(|choice| choice.value == given);
    match title {
        Some(choice) if width(&choice.title) <= STEPS - ANSWER - 2 => Some(choice.title),
        _ if given.is_empty() => Some("none".to_owned()),
        _ => Some(given),
    }
}
