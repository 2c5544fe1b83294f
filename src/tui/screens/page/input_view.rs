//! What a question is answered with: choices, ticks, a line to type, a path; drawn.

use ratatui::layout::Rect;

use super::input::{choices, rows, words};
use super::{Focus, Input, Page};
use crate::domain::question::Choice;
use crate::tui::canvas::{Canvas, above, below, inset, row};
use crate::tui::completions;
use crate::tui::hit::Target;
use crate::tui::list::{List, scrolled};
use crate::tui::shared::work::Work;
use crate::tui::wrap::wrap;

impl Page {
    pub(super) fn draw_input(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        let choices = choices(self.question(), &work.answers);
        match &self.input {
            Input::Choice(list) => Self::draw_choices(canvas, area, &choices, list),
            Input::Several { list, picked, others } => {
                let ticked = |choice: &Choice| picked.contains(&choice.value);
                self.draw_several(canvas, area, work, &choices, list, &ticked);
                let all = rows(self.question(), &work.answers);
                if all.len() > choices.len() {
                    self.draw_others(canvas, area, choices.len(), list, others);
                }
            }
            Input::Text(field) => {
                let example = self.question().example().unwrap_or_default();
                completions::field(canvas, area, field, example, self.focus == Focus::Question);
            }
            Input::Document(path) => completions::draw(canvas, area, path, self.example_file()),
        }
    }

    pub(super) fn example_file(&self) -> &'static str {
        if self.question().key == "trust_policy" { "trust.json" } else { "service.json" }
    }

    /// The choices with what each gives and costs; where there is little room only their titles, and the help of
    /// the one at the cursor below them.
    pub(super) fn draw_choices(canvas: &mut Canvas, area: Rect, choices: &[Choice], list: &List) {
        let area = completions::filter(canvas, area, list);
        let shown = list.shown(&words(choices));
        let help = |index: &usize| {
            u16::try_from(wrap(&choices[*index].help, area.width.saturating_sub(2)).len()).unwrap_or(1)
        };
        let whole: u16 = shown.iter().map(|index| help(index) + 1).sum();
        let spaced = whole + u16::try_from(shown.len().saturating_sub(1)).unwrap_or(0);
        if spaced <= area.height || whole <= area.height {
            let gap = u16::from(spaced <= area.height);
            let mut used = 0;
            for index in &shown {
                let place = below(area, used);
                draw_choice(canvas, place, &choices[*index], *index, *index == list.cursor);
                let rows =
                    canvas.wrapped(inset(below(place, 1), 2), &choices[*index].help, canvas.theme().dim);
                canvas.hit(Rect { height: rows + 1, ..place }, Target::Entry(*index));
                used += 1 + rows + gap;
            }
            return;
        }
        let at = shown.iter().position(|index| *index == list.cursor).unwrap_or(0);
        let first = scrolled(at, shown.len(), usize::from(area.height));
        for (at, index) in (0..area.height).zip(shown.iter().skip(first)) {
            draw_choice(canvas, row(area, at), &choices[*index], *index, *index == list.cursor);
        }
        let rows = u16::try_from(shown.len()).unwrap_or(u16::MAX);
        if let Some(choice) = choices.get(list.cursor) {
            canvas.wrapped(inset(below(area, rows.saturating_add(1)), 2), &choice.help, canvas.theme().dim);
        }
    }

    /// Rows to tick; the help of the one at the cursor stands below them all.
    pub(super) fn draw_several(
        &self,
        canvas: &mut Canvas,
        area: Rect,
        work: &Work,
        choices: &[Choice],
        list: &List,
        ticked: &dyn Fn(&Choice) -> bool,
    ) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let area = completions::filter(canvas, area, list);
        let shown = list.shown(&rows(self.question(), &work.answers));
        let help_rows = 3.min(area.height / 3);
        let room = above(area, help_rows);
        let at = shown.iter().position(|index| *index == list.cursor).unwrap_or(0);
        let first = scrolled(at, shown.len(), usize::from(room.height));
        for (place, index) in (0..room.height).zip(shown.iter().skip(first)) {
            let Some(choice) = choices.get(*index) else { continue };
            let here = *index == list.cursor;
            let line = row(room, place);
            let is_ticked = ticked(choice);
            let (mark, style) =
                if is_ticked { (symbols.boxes.0, theme.good) } else { (symbols.boxes.1, theme.dim) };
            let sign = if here { symbols.here } else { " " };
            let title = if here { theme.here } else { theme.text };
            canvas.line(
                line,
                &[
                    (sign, theme.here),
                    (" ", theme.text),
                    (mark, style),
                    (" ", theme.text),
                    (&choice.title, title),
                ],
            );
            canvas.hit(line, Target::Entry(*index));
            if here {
                canvas.cursor_at(line, 2);
            }
        }
        if let Some(choice) = choices.get(list.cursor) {
            let shown_rows = u16::try_from(shown.len()).unwrap_or(u16::MAX).min(room.height);
            canvas.wrapped(inset(below(area, shown_rows.saturating_add(1)), 2), &choice.help, theme.dim);
        }
    }

    pub(super) fn draw_others(
        &self,
        canvas: &mut Canvas,
        area: Rect,
        at: usize,
        list: &List,
        others: &crate::tui::field::Field,
    ) {
        if list.filter.is_some() {
            return;
        }
        let help_rows = 3.min(area.height / 3);
        let room = usize::from(area.height.saturating_sub(help_rows));
        let first = scrolled(list.cursor, at + 1, room);
        let Some(place) = at.checked_sub(first).filter(|place| *place < room) else { return };
        let line = row(area, u16::try_from(place).unwrap_or(0));
        let here = list.cursor == at && self.focus == Focus::Question;
        completions::field(canvas, line, others, "my-policy, another", here);
        if here {
            let theme = canvas.theme();
            canvas.wrapped(
                inset(below(area, u16::try_from(at + 2).unwrap_or(0)), 2),
                "Others by name, separated by commas.",
                theme.dim,
            );
        }
    }
}

fn draw_choice(canvas: &mut Canvas, area: Rect, choice: &Choice, index: usize, here: bool) {
    let (theme, symbols) = (canvas.theme(), canvas.symbols());
    let line = row(area, 0);
    let (sign, style) = if here { (symbols.here, theme.here) } else { (" ", theme.strong) };
    canvas.line(line, &[(sign, theme.here), (" ", theme.text), (&choice.title, style)]);
    if choice.recommended {
        canvas.right(line, "recommended", theme.good);
    }
    canvas.hit(Rect { height: area.height.min(2), ..line }, Target::Entry(index));
    if here {
        canvas.cursor_at(line, 0);
    }
}
