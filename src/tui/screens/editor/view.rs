//! The editor, drawn: the text with its colours, what is wrong where, and beside it what ramrole sets.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::Editor;
use crate::domain::finding::Finding;
use crate::domain::report::counted;
use crate::domain::sketch::Change;
use crate::domain::text::visible_line;
use crate::tui::buffer::Cell;
use crate::tui::canvas::{Canvas, below, inset, left, row};
use crate::tui::completions;
use crate::tui::highlight::{Language, Part, parts};
use crate::tui::hit::Target;
use crate::tui::list::scrolled;
use crate::tui::severity::{colour, sign};
use crate::tui::shared::work::Work;
use crate::tui::sheet_view;

/// Columns before the text: the number, the sign.
const GUTTER: u16 = 8;
/// Lines longer than this are coloured only where they are shown.
const LONG: usize = 4096;

impl Editor {
    pub(super) fn draw_all(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        self.draw_status(canvas, inset(row(area, 0), 2));
        let body = Rect { height: area.height.saturating_sub(2), ..below(area, 1) };
        let wide =
            if canvas.look().is_wide() && self.question.is_some() { area.width * 3 / 5 } else { area.width };
        self.draw_text(canvas, left(body, wide));
        if wide < area.width {
            canvas.bar(left(inset(body, wide), 1));
            self.draw_change(canvas, inset(body, wide + 2), work);
        }
        self.draw_line_below(canvas, inset(row(area, area.height - 1), 2));
    }

    fn draw_status(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let cursor = self.text.cursor();
        let place = format!("line {}, column {}", cursor.line + 1, cursor.column + 1);
        let count = self.found.findings.len();
        let said = counted(&self.found.findings);
        let secrets = match (self.found.secrets.len(), self.shows_secrets) {
            (0, _) => String::new(),
            (_, true) => "   secrets are shown".to_owned(),
            (count, false) => format!("   {count} secret{} hidden", if count == 1 { "" } else { "s" }),
        };
        canvas.line(area, &[(&place, theme.dim), (&secrets, theme.dim)]);
        canvas.right(inset(area, 0), &format!("{said}  "), if count == 0 { theme.dim } else { theme.warn });
    }

    fn draw_text(&self, canvas: &mut Canvas, area: Rect) {
        let (top, _) = self.corner;
        for (at, line) in (0..area.height).zip(top..self.text.line_count()) {
            self.draw_line(canvas, row(area, at), line);
        }
        canvas.hit(inset(area, GUTTER), Target::Text(0, 0));
        let cursor = self.text.cursor();
        let column = self.text.display_column().saturating_sub(self.corner.1);
        if let (Some(at), None, Ok(column)) =
            (cursor.line.checked_sub(top), &self.find, u16::try_from(column))
        {
            canvas.cursor_at(inset(row(area, u16::try_from(at).unwrap_or(u16::MAX)), GUTTER), column);
        }
    }

    fn draw_line(&self, canvas: &mut Canvas, area: Rect, line: usize) {
        let theme = canvas.theme();
        let finding = self.finding_in(line);
        let here = self.text.cursor().line == line;
        let number = format!("{:>5} ", line + 1);
        canvas.text(left(area, 6), &number, if here { theme.text } else { theme.quiet });
        if let Some(finding) = finding {
            canvas.text(left(inset(area, 6), 1), sign(finding.severity()), colour(theme, finding.severity()));
        }
        let text = inset(area, GUTTER);
        let from = self.corner.1;
        let cells: Vec<Cell> = self.text.line_part(line, from..from + usize::from(text.width)).collect();
        self.draw_cells(canvas, text, line, &cells);
        let end = cells.last().map_or(0, |cell| cell.column + 1).saturating_sub(from);
        if let (Some(finding), Ok(end)) = (finding, u16::try_from(end + 2))
            && end + 12 < text.width
        {
            let corner = canvas.symbols().corner;
            let style = colour(theme, finding.severity());
            canvas.line(inset(text, end), &[(corner, style), (" ", style), (&finding.message, style)]);
        }
    }

    fn draw_cells(&self, canvas: &mut Canvas, area: Rect, line: usize, cells: &[Cell]) {
        let theme = canvas.theme();
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return };
        let shown = first.byte..last.byte + last.text.len();
        let whole = self.text.line(line);
        let start = self.text.start_of_line(line);
        // Of a very long line only what is shown is looked at.
        let (text, base) = if whole.len() > LONG {
            (&whole[shown.start - start..shown.end - start], shown.start)
        } else {
            (&*whole, start)
        };
        let layers = Layers {
            parts: parts(text, Language::Json)
                .into_iter()
                .map(|(span, part)| (span.start + base..span.end + base, part))
                .collect(),
            secrets: self.secrets(text, &(base..base + text.len())),
            mark: self.finding_in(line).and_then(|finding| finding.span.clone()),
            matches: self.matches(&shown),
            selection: self.text.selection(),
        };
        for cell in cells {
            let Some(column) = cell.column.checked_sub(self.corner.1) else { continue };
            let Ok(column) = u16::try_from(column) else { break };
            let hidden = layers.is_secret(cell.byte);
            let text = if hidden { canvas.symbols().secret } else { &cell.text };
            let style = layers.style(cell.byte, theme);
            let shown = if text == "\t" { " ".into() } else { visible_line(text) };
            canvas.text(inset(area, column), &shown, style);
        }
    }

    fn matches(&self, shown: &Range<usize>) -> Vec<Range<usize>> {
        let needle = self.find.as_ref().map(|field| field.text().to_owned()).unwrap_or_default();
        if needle.is_empty() { Vec::new() } else { self.text.matches_within(shown.clone(), &needle) }
    }

    fn finding_in(&self, line: usize) -> Option<&Finding> {
        let fresh = self.found.revision == Some(self.text.revision());
        let here = |finding: &&Finding| finding.place.is_some_and(|place| place.line == line + 1);
        self.found.findings.iter().filter(|_| fresh).find(here)
    }

    /// What ramrole sets in the text, as a difference.
    fn draw_change(&self, canvas: &mut Canvas, area: Rect, work: &Work) {
        let theme = canvas.theme();
        let known = work.answers.association().is_some()
            || self.question.is_none_or(|question| question.key != "service_config");
        let title = if known { "what ramrole sets" } else { "what ramrole would set" };
        canvas.text(area, title, theme.strong);
        let place = below(area, 2);
        match &self.found.change {
            None => {
                canvas.wrapped(place, "It is shown here once the text can be read.", theme.dim);
            }
            Some(lines) if lines.is_empty() => {
                canvas.wrapped(place, "Nothing: the text says so already.", theme.good);
            }
            Some(lines) => {
                let changed = lines.iter().position(|line| line.change != Change::Kept).unwrap_or(0);
                let first = scrolled(changed + 2, lines.len(), usize::from(place.height));
                sheet_view::lines(canvas, place, lines, first, Language::Json);
            }
        }
    }

    /// The search, or the finding at the cursor.
    fn draw_line_below(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        if let Some(field) = &self.find {
            canvas.text(area, "find", theme.strong);
            completions::field(canvas, inset(area, 6), field, "enable_ram_role", true);
            return;
        }
        let line = self.text.cursor().line;
        let first = || {
            self.found
                .findings
                .first()
                .filter(|finding| finding.severity() == crate::domain::finding::Severity::Error)
        };
        let Some(finding) = self.finding_in(line).or_else(first) else { return };
        let style = colour(theme, finding.severity());
        let place = finding.place.map(|place| format!("line {}: ", place.line)).unwrap_or_default();
        canvas.line(
            area,
            &[
                (sign(finding.severity()), style),
                (" ", style),
                (&place, theme.dim),
                (&finding.message, style),
                ("  ", style),
                (finding.advice(), theme.dim),
            ],
        );
    }
}

/// The styles of a line, one over the other.
struct Layers {
    parts: Vec<(Range<usize>, Part)>,
    secrets: Vec<Range<usize>>,
    mark: Option<Range<usize>>,
    matches: Vec<Range<usize>>,
    selection: Option<Range<usize>>,
}

impl Layers {
    fn is_secret(&self, byte: usize) -> bool {
        self.secrets.iter().any(|span| span.contains(&byte))
    }

    fn style(&self, byte: usize, theme: &crate::tui::look::Theme) -> Style {
        let at = self.parts.partition_point(|(span, _)| span.end <= byte);
        let part = self.parts.get(at).filter(|(span, _)| span.contains(&byte));
        let mut style = part.map_or(theme.text, |(_, part)| part.style(theme));
        if self.mark.as_ref().is_some_and(|mark| mark.contains(&byte)) {
            style = style.patch(theme.marked);
        }
        if self.matches.iter().any(|found| found.contains(&byte)) {
            style = style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
        }
        if self.selection.as_ref().is_some_and(|selection| selection.contains(&byte)) {
            style = style.patch(theme.selected);
        }
        style
    }
}
