//! The document beside a question, and which part of it is shown; drawn.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::steps_view::steps_columns;
use super::{Focus, Page};
use crate::domain::plan::DocumentRole;
use crate::domain::sketch::{Change, Line, Sheet, Sketch};
use crate::tui::canvas::{Canvas, above, below, inset, left, row};
use crate::tui::highlight::Language;
use crate::tui::hit::Target;
use crate::tui::list::moved;
use crate::tui::look::Look;
use crate::tui::shared::work::Work;
use crate::tui::sheet_view;
use crate::tui::wrap::width;

/// How wide a question is at most: longer lines are hard to read.
pub(super) const QUESTION: u16 = 64;

impl Page {
    pub(super) fn sheet<'s>(&self, sketch: &'s Sketch) -> Option<(usize, &'s Sheet)> {
        let at = self.pane.picked.unwrap_or_else(|| sketch.sheet_for(self.question()));
        let at = at.min(sketch.sheets.len().checked_sub(1)?);
        Some((at, &sketch.sheets[at]))
    }

    pub(super) fn draw_pane(&self, canvas: &mut Canvas, area: Rect, sketch: &Sketch) {
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
        let lines = shown_lines(sheet, map.width);
        let first = self.first_line(&lines, usize::from(map.height));
        sheet_view::lines(canvas, map, &lines, first, Language::of(sheet.name));
        if focused {
            canvas.cursor_at(row(area, 0), 0);
        }
        draw_minimap(canvas, row(area, area.height.saturating_sub(1)), sketch, at);
    }

    /// The first line shown: where the user scrolled, or so that what the answer changes is in sight.
    fn first_line(&self, lines: &[Line], room: usize) -> usize {
        let last = lines.len().saturating_sub(room);
        let here = lines.iter().position(|line| line.here);
        let changed = here.or_else(|| lines.iter().position(|line| line.change != Change::Kept));
        self.pane.first.unwrap_or_else(|| changed.map_or(0, |line| line.saturating_sub(room / 3))).min(last)
    }

    /// Scrolls the document by so many lines.
    pub(super) fn scroll(&mut self, work: &Work, look: &Look, by: isize) {
        let Some((_, sheet)) = self.sketch(work).and_then(|sketch| self.sheet(sketch)) else { return };
        let lines = shown_lines(sheet, pane_columns(look));
        let here = self.first_line(&lines, 10);
        self.pane.first = Some(moved(here, by, lines.len().saturating_sub(1)));
    }
}

/// How many columns the document has.
pub(super) fn pane_columns(look: &Look) -> u16 {
    let columns = look.size.0;
    if !look.is_wide() {
        return columns.saturating_sub(2);
    }
    let rest = columns.saturating_sub(steps_columns(columns) + 2);
    rest - (rest / 2).min(QUESTION) - 2
}

/// The lines of a document as they fit: of commands every word is seen.
fn shown_lines(sheet: &Sheet, columns: u16) -> Cow<'_, [Line]> {
    match sheet.role {
        None => Cow::Owned(sheet_view::broken(&sheet.lines, columns.saturating_sub(1))),
        Some(_) => Cow::Borrowed(&sheet.lines),
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
        Some(DocumentRole::Permission) => "permissions",
        Some(DocumentRole::PassRole) => "pass-role",
        Some(DocumentRole::ServiceConfig | DocumentRole::CredentialConfig) => "config",
        Some(DocumentRole::Terraform) => "terraform",
        Some(DocumentRole::Code) | None => sheet.name,
    }
}
