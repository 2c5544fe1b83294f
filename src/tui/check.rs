//! The screen that checks a document: the findings, the place of each, and the fix where there is one to apply.

use ratatui::layout::Rect;

use super::canvas::{Canvas, above, below, inset, left, row};
use super::highlight::Language;
use super::hit::Target;
use super::list::{List, scrolled};
use super::look::Theme;
use super::path_input::PathInput;
use super::{completions, sheet_view};
use crate::domain::check::{Report, check};
use crate::domain::edit::masked;
use crate::domain::finding::{Finding, Severity};
use crate::domain::secret;
use crate::domain::sketch::{Line, compared};
use ratatui::style::Style;

/// A document and what was found in it.
#[derive(Debug, Default)]
pub struct Check {
    /// The path that is typed.
    pub path: PathInput,
    /// Whether the document is being read.
    pub reading: bool,
    /// The file that the text came from; empty for a pasted one.
    pub file: String,
    /// The text as it was read.
    pub before: String,
    /// The text with the fixes in it.
    pub text: String,
    /// What was found in it.
    pub report: Option<Report>,
    /// The findings.
    pub list: List,
    /// The lines of the text, secrets masked.
    lines: Vec<Line>,
}

impl Check {
    /// Takes a text and checks it.
    pub fn take(&mut self, file: String, text: String) {
        self.reading = false;
        self.file = file;
        self.before.clone_from(&text);
        self.list = List::default();
        self.set(text);
    }

    /// Takes the text as it has become, and checks it again.
    pub fn set(&mut self, text: String) {
        self.report = Some(check(&text, None));
        let shown = match crate::domain::json::read(&text) {
            Ok(_) => masked(&text),
            Err(_) => secret::mask_text(&text),
        };
        let before = if self.before == text { shown.clone() } else { secret::mask_text(&self.before) };
        self.lines = compared(&before, &shown);
        self.text = text;
        let last = self.findings().len().saturating_sub(1);
        self.list.cursor = self.list.cursor.min(last);
    }

    /// Whether a document that was read is still wanted: its path still stands in the field.
    #[must_use]
    pub fn awaits(&self, path: &str) -> bool {
        self.reading && self.report.is_none() && self.path.path() == path
    }

    /// What was found.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.report.as_ref().map(|report| report.findings.as_slice()).unwrap_or_default()
    }

    /// The finding at the cursor.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.findings().get(self.list.cursor)
    }

    fn words(&self) -> Vec<String> {
        self.findings().iter().map(|finding| format!("{} {}", finding.message, finding.rule.code)).collect()
    }

    /// Moves among the findings.
    pub fn step(&mut self, by: isize) {
        let words = self.words();
        self.list.step(by, &words);
    }

    /// Moves to a finding that is shown.
    pub fn settle(&mut self) {
        let words = self.words();
        self.list.settle(&words);
    }

    /// Draws the screen.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect) {
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
            0 => "nothing to find fault with".to_owned(),
            1 => "1 finding".to_owned(),
            _ => format!("{count} findings"),
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
            if here {
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

/// The sign of a severity.
#[must_use]
pub fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "x",
        Severity::Warning => "!",
        Severity::Note => "i",
    }
}

/// The colour of a severity.
#[must_use]
pub fn colour(theme: &Theme, severity: Severity) -> Style {
    match severity {
        Severity::Error => theme.bad,
        Severity::Warning => theme.warn,
        Severity::Note => theme.dim,
    }
}
