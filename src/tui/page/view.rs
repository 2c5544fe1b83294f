//! A question with the way to it on its left and the documents on its right, drawn.

use ratatui::layout::Rect;

use super::input::{choices, rows, words};
use super::{Focus, Input, Page};
use crate::domain::plan::DocumentRole;
use crate::domain::question::{self, Choice, Kind, Need};
use crate::domain::sketch::{Sheet, Sketch};
use crate::tui::app::moved;
use crate::tui::canvas::{Canvas, above, below, inset, left, row};
use crate::tui::check::{colour, sign};
use crate::tui::completions;
use crate::tui::highlight::Language;
use crate::tui::hit::Target;
use crate::tui::list::{List, scrolled};
use crate::tui::look::Theme;
use crate::tui::sheet_view;
use crate::tui::work::Work;
use crate::tui::wrap::{width, wrap};

/// How wide the steps are, with their answers and without.
const STEPS: u16 = 32;
const STEPS_ALONE: u16 = 18;
/// Where the answer to a step stands.
const ANSWER: u16 = 16;
/// How wide a question is at most: longer lines are hard to read.
const QUESTION: u16 = 64;

impl Page {
    /// Draws the page.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        let sketch = self.sketch(work);
        if canvas.look().is_wide() {
            self.draw_columns(canvas, area, work, &sketch);
        } else {
            self.draw_one_column(canvas, area, work, &sketch);
        }
    }

    fn draw_columns(&self, canvas: &mut Canvas, area: Rect, work: &Work, sketch: &Sketch) {
        let steps = if area.width < 116 { STEPS_ALONE } else { STEPS };
        self.draw_steps(canvas, left(area, steps), work);
        let rest = inset(area, steps);
        canvas.bar(left(rest, 1));
        let rest = inset(rest, 2);
        let beside = canvas.look().preview || self.focus == Focus::Document;
        let wide = if beside { (rest.width / 2).min(QUESTION) } else { rest.width };
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

    /// The steps on one line, the present one among them.
    fn draw_way(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
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

    fn draw_steps(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
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

    fn draw_step(&self, canvas: &mut Canvas, line: Rect, asked: &[usize], step: usize, work: &Work) {
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
        used += canvas.wrapped(below(area, used), question.help, theme.text);
        let notes = self.notes(sketch, area.width, work, theme);
        let below_notes = u16::try_from(notes.len()).unwrap_or(0).min(area.height / 3);
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
            && let Some(Err(problem)) = path.row.and_then(|_| work.facts.file(path.path()))
        {
            add(theme.bad, "x", problem);
        }
        for finding in sketch.notes.iter().take(3) {
            add(colour(theme, finding.severity()), sign(finding.severity()), &finding.message);
        }
        lines
    }

    fn draw_input(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        let choices = choices(self.question(), &work.answers);
        match &self.input {
            Input::Choice(list) => self.draw_choices(canvas, area, &choices, list),
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

    fn example_file(&self) -> &'static str {
        if self.question().key == "trust_policy" { "trust.json" } else { "service.json" }
    }

    /// The choices with what each gives and costs; where there is little room only their titles, and the help of
    /// the one at the cursor below them.
    fn draw_choices(&self, canvas: &mut Canvas, area: Rect, choices: &[Choice], list: &List) {
        let area = self.draw_filter(canvas, area, list);
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
                used += 1 + rows + gap;
            }
            return;
        }
        for (at, index) in (0..area.height).zip(&shown) {
            draw_choice(canvas, row(area, at), &choices[*index], *index, *index == list.cursor);
        }
        let rows = u16::try_from(shown.len()).unwrap_or(u16::MAX);
        if let Some(choice) = choices.get(list.cursor) {
            canvas.wrapped(inset(below(area, rows.saturating_add(1)), 2), &choice.help, canvas.theme().dim);
        }
    }

    fn draw_filter(&self, canvas: &mut Canvas, area: Rect, list: &List) -> Rect {
        let Some(field) = &list.filter else { return area };
        completions::field(canvas, area, field, "a word", true);
        below(area, 2)
    }

    /// Rows to tick; the help of the one at the cursor stands below them all.
    fn draw_several(
        &self,
        canvas: &mut Canvas,
        area: Rect,
        work: &Work,
        choices: &[Choice],
        list: &List,
        ticked: &dyn Fn(&Choice) -> bool,
    ) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let area = self.draw_filter(canvas, area, list);
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

    fn draw_others(
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

    fn sheet<'s>(&self, sketch: &'s Sketch) -> Option<(usize, &'s Sheet)> {
        let at = self.pane.picked.unwrap_or_else(|| sketch.sheet_for(self.question()));
        let at = at.min(sketch.sheets.len().checked_sub(1)?);
        Some((at, &sketch.sheets[at]))
    }

    fn draw_pane(&self, canvas: &mut Canvas, area: Rect, sketch: &Sketch) {
        let theme = canvas.theme();
        let area = below(area, u16::from(canvas.look().is_wide()));
        let Some((at, sheet)) = self.sheet(sketch) else {
            canvas.wrapped(area, "The documents grow here as you answer.", theme.dim);
            return;
        };
        let focused = self.focus == Focus::Document;
        canvas.text(area, sheet.name, if focused { theme.here } else { theme.strong });
        draw_counts(canvas, row(area, 0), sheet);
        let map = above(below(area, 2), 2);
        let first = self.first_line(sheet, usize::from(map.height));
        sheet_view::lines(canvas, map, &sheet.lines, first, Language::of(sheet.name));
        if focused {
            canvas.cursor_at(row(area, 0), 0);
        }
        draw_minimap(canvas, row(area, area.height.saturating_sub(1)), sketch, at);
    }

    /// The first line shown: where the user scrolled, or so that what the answer changes is in sight.
    fn first_line(&self, sheet: &Sheet, room: usize) -> usize {
        let last = sheet.lines.len().saturating_sub(room);
        let changed = sheet.first_here().or_else(|| {
            sheet.lines.iter().position(|line| line.change != crate::domain::sketch::Change::Kept)
        });
        self.pane.first.unwrap_or_else(|| changed.map_or(0, |line| line.saturating_sub(room / 3))).min(last)
    }

    /// Scrolls the document by so many lines.
    pub fn scroll(&mut self, sketch: &Sketch, by: isize) {
        let Some((_, sheet)) = self.sheet(sketch) else { return };
        let here = self.first_line(sheet, 10);
        self.pane.first = Some(moved(here, by, sheet.lines.len().saturating_sub(1)));
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

fn draw_counts(canvas: &mut Canvas, line: Rect, sheet: &Sheet) {
    let theme = canvas.theme();
    let (added, removed) = sheet.counts();
    if added + removed == 0 {
        return;
    }
    let (plus, minus) = (format!("+{added}"), format!("  -{removed}"));
    let takes = width(&plus) + width(&minus);
    let place = inset(line, line.width.saturating_sub(takes + 1));
    canvas.line(place, &[(&plus, theme.good), (&minus, if removed > 0 { theme.bad } else { theme.dim })]);
}

/// Every document by its short name, the one that is shown among them, and those that the answer changes marked.
fn draw_minimap(canvas: &mut Canvas, area: Rect, sketch: &Sketch, at: usize) {
    let (theme, symbols) = (canvas.theme(), canvas.symbols());
    let names: Vec<&str> = sketch.sheets.iter().map(short_name).collect();
    let mut first = 0;
    let room = |first: usize| names[first..=at].iter().map(|name| width(name) + 4).sum::<u16>();
    while first < at && room(first) > area.width {
        first += 1;
    }
    let mut place = area;
    for (index, name) in names.iter().enumerate().skip(first) {
        if width(name) + 2 > place.width {
            canvas.text(place, symbols.ellipsis, theme.dim);
            break;
        }
        let changed = sketch.sheets[index].first_here().is_some();
        let style = if index == at { theme.here } else { theme.dim };
        let mut used = canvas.text(place, name, style);
        canvas.hit(left(place, used), Target::Tab(index));
        if changed {
            used += canvas.text(inset(place, used), "+", theme.good);
        }
        place = inset(place, used + 2);
    }
}

fn short_name(sheet: &Sheet) -> &str {
    match sheet.role {
        Some(DocumentRole::TrustPolicy) => "trust",
        Some(DocumentRole::PassRole) => "pass-role",
        Some(DocumentRole::ServiceConfig | DocumentRole::CredentialConfig) => "config",
        Some(DocumentRole::Terraform) => "terraform",
        Some(DocumentRole::Code) | None => sheet.name,
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
