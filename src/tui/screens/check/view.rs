//! The screen that checks a document, drawn: where it is named, or its findings beside its text.

use ratatui::layout::Rect;

use super::Check;
use crate::domain::report::counted;
use crate::tui::canvas::{Canvas, above, below, inset, left, row};
use crate::tui::highlight::Language;
use crate::tui::hit::Target;
use crate::tui::list::scrolled;
use crate::tui::severity::{colour, sign};
use crate::tui::{completions, sheet_view};

impl Check {
    /// Draws the screen.
    pub(super) fn draw_all(&self, canvas: &mut Canvas, area: Rect) {
        if self.report.is_none() {
            return self.draw_path(canvas, inset(below(area, 1), 2));
        }
        if canvas.look().is_wide() {
            let width = area.width * 2 / 5;
            self.draw_findings(canvas, inset(left(area, width), 2));
            canvas.bar(left(inset(area, width), 1));
            self.draw_text(canvas, inset(area, width + 2));
        } else {
            let rows = area.height / 2;
            self.draw_findings(canvas, inset(above(area, area.height - rows), 2));
            canvas.rule(row(area, rows));
            self.draw_text(canvas, below(area, rows + 1));
        }
    }

    fn draw_path(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        canvas.text(area, "Which document should be checked?", theme.strong);
        let help = "A trust policy, a permission policy, an EAS service config or a CredentialConfig. Name a file, or paste the text.";
        let used = canvas.wrapped(left(below(area, 1), 76), help, theme.dim);
        completions::draw(canvas, below(area, used + 2), &self.path, "policy.json");
    }

    fn draw_findings(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let kind = self.report.as_ref().and_then(|report| report.kind);
        let kind = kind.map_or_else(|| "document".to_owned(), |kind| kind.to_string());
        let count = self.findings().len();
        let name = if self.file.is_empty() { "pasted text" } else { &self.file };
        canvas.text(area, &format!("{name}: {kind}"), theme.strong);
        let said = match count {
            0 if !self.is_looked_through() => "being checked".to_owned(),
            0 => "nothing to find fault with".to_owned(),
            _ => self.report.as_ref().map(|report| counted(&report.findings)).unwrap_or_default(),
        };
        canvas.text(row(area, 1), &said, if count == 0 { theme.good } else { theme.dim });
        if area.height < 8 {
            // On a low terminal the list matters more than the advice, which the line at the cursor says in short.
            return self.draw_list(canvas, below(area, 2));
        }
        let advice_rows = (area.height / 3).clamp(2, 8);
        self.draw_list(canvas, above(below(area, 3), advice_rows + 1));
        self.draw_advice(canvas, below(area, area.height.saturating_sub(advice_rows)));
    }

    fn draw_list(&self, canvas: &mut Canvas, area: Rect) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let area = completions::filter(canvas, area, &self.list);
        let shown = self.list.shown(&self.words());
        let at = shown.iter().position(|index| *index == self.list.cursor).unwrap_or(0);
        let first = scrolled(at, shown.len(), usize::from(area.height));
        for (place, index) in (0..area.height).zip(shown.iter().skip(first)) {
            let finding = &self.findings()[*index];
            let here = *index == self.list.cursor;
            let line = row(area, place);
            let number = finding.place.map(|place| format!("{:>4}", place.line)).unwrap_or_default();
            canvas.line(
                line,
                &[
                    (if here { symbols.here } else { " " }, theme.here),
                    (&number, theme.quiet),
                    (" ", theme.text),
                    (sign(finding.severity()), colour(theme, finding.severity())),
                    (" ", theme.text),
                    (&finding.message, if here { theme.strong } else { theme.text }),
                ],
            );
            canvas.hit(line, Target::Entry(*index));
            if here && self.list.filter.is_none() {
                canvas.cursor_at(line, 0);
            }
        }
    }

    fn draw_advice(&self, canvas: &mut Canvas, area: Rect) {
        let theme = canvas.theme();
        let Some(finding) = self.finding() else { return };
        let mut used = canvas.wrapped(area, &finding.message, theme.text);
        used += canvas.wrapped(below(area, used), &format!("fix: {}", finding.advice()), theme.good);
        canvas.wrapped(below(area, used), finding.rule.why, theme.dim);
    }

    fn draw_text(&self, canvas: &mut Canvas, area: Rect) {
        let number = self.finding().and_then(|finding| finding.place).map(|place| place.line);
        let at = self.lines.iter().position(|line| line.number == number && number.is_some()).unwrap_or(0);
        let first = scrolled(at, self.lines.len(), usize::from(area.height));
        sheet_view::lines(canvas, area, &self.lines, first, Language::Json);
        if let (Some(finding), Some(_), Ok(offset)) = (self.finding(), number, u16::try_from(at - first)) {
            let (style, here) = (colour(canvas.theme(), finding.severity()), canvas.symbols().here);
            let place = row(area, offset);
            canvas.style(place, style);
            canvas.text(left(inset(place, 5), 1), here, style);
        }
    }
}
