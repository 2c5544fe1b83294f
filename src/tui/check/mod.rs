//! The screen that checks a document: the findings, the place of each, and the fix where there is one to apply.

mod examine;

use ratatui::layout::Rect;

use super::canvas::{Canvas, above, below, inset, left, row};
use super::effect::Effect;
use super::highlight::Language;
use super::hit::Target;
use super::list::{List, scrolled};
use super::look::Theme;
use super::path_input::PathInput;
use super::unsaved::{Masked, Unsaved};
use super::work::Work;
use super::{completions, sheet_view};
use crate::domain::check::Report;
use crate::domain::finding::{Finding, Severity};
use crate::domain::findings::Findings;
use crate::domain::report::counted;
use crate::domain::sizes::{LARGE_TO_CHECK, LARGEST_DRAFT};
use crate::domain::sketch::Line;
use ratatui::style::Style;

pub use examine::{Examination, Examine, examine};

/// A document and what was found in it.
#[derive(Debug, Default)]
pub struct Check {
    /// The path that is typed.
    pub path: PathInput,
    /// The file that the text came from; empty for a pasted one.
    pub file: String,
    /// The text as it was read.
    pub before: String,
    /// The text with the fixes in it.
    pub text: String,
    /// What was found in it, or in the text before the last change; `None` where there is no document.
    pub report: Option<Report>,
    /// The findings.
    pub list: List,
    /// Whether the document is left once it is saved.
    pub leaving: bool,
    /// Whether the text is back from a draft, and its file not read yet.
    pub awaits_file: bool,
    /// The lines of the text, secrets masked.
    lines: Vec<Line>,
    /// How far the text is looked through.
    looked: Looked,
}

/// How far a text is looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Looked {
    /// Not yet.
    #[default]
    Not,
    /// This text, or the one before it, is being looked through beside.
    Beside,
    /// What was found is of this text.
    Through,
}

impl Check {
    /// Nothing to check yet.
    #[must_use]
    pub fn of(work: &Work) -> Self {
        Self { path: PathInput::of("", &work.home), ..Self::default() }
    }

    /// Takes a text to check.
    pub fn take(&mut self, file: String, text: String) {
        self.close();
        self.file = file;
        self.before.clone_from(&text);
        self.report = Some(Report { kind: None, findings: Findings::default() });
        self.set(text);
    }

    /// Takes the text as it has become, to check it again.
    pub fn set(&mut self, text: String) {
        self.text = text;
        self.awaits_file = false;
        self.look_again();
    }

    /// Takes note of what the file holds now.
    pub fn saved(&mut self, text: String) {
        self.before = text;
        self.look_again();
    }

    fn look_again(&mut self) {
        if self.looked == Looked::Through {
            self.looked = Looked::Not;
        }
    }

    /// Forgets the document; the path stays.
    pub fn close(&mut self) {
        *self = Self { path: std::mem::take(&mut self.path), ..Self::default() };
    }

    /// Whether the text is not as its file has it.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.text != self.before
    }

    /// Whether what was found is of the text as it is.
    #[must_use]
    pub fn is_looked_through(&self) -> bool {
        self.looked == Looked::Through
    }

    /// The lines of the text beside those of its file, secrets masked.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Has the text looked through, if it has changed since: at once, or in the background if it is large.
    pub fn refresh(&mut self, work: &mut Work) -> Option<Effect> {
        if self.report.is_none() || self.looked != Looked::Not {
            return None;
        }
        let of = Examine { before: self.before.clone(), text: self.text.clone() };
        if of.before.len().max(of.text.len()) > LARGE_TO_CHECK {
            self.looked = Looked::Beside;
            return Some(Effect::Check(Box::new(of)));
        }
        self.found(examine(of), work)
    }

    /// Takes what was found beside, if it was found in this text.
    pub fn receive(&mut self, found: Examination, work: &mut Work) -> Option<Effect> {
        if self.looked != Looked::Beside {
            return None;
        }
        self.looked = Looked::Not;
        let own = found.of.text == self.text && found.of.before == self.before;
        if own { self.found(found, work) } else { None }
    }

    /// Takes what was found, and keeps what is not saved in the draft.
    fn found(&mut self, found: Examination, work: &mut Work) -> Option<Effect> {
        (self.report, self.lines, self.looked) = (Some(found.report), found.lines, Looked::Through);
        let last = self.findings().len().saturating_sub(1);
        self.list.cursor = self.list.cursor.min(last);
        self.keep(found.masked, work)
    }

    /// Keeps the text as it is, without checking it, unless the draft has it or has no room for it.
    pub fn keep_now(&mut self, work: &mut Work) -> Option<Effect> {
        if self.report.is_none() || self.is_looked_through() || self.text.len() > LARGEST_DRAFT {
            return None;
        }
        self.keep(Masked::of(&self.text, &self.before), work)
    }

    fn keep(&self, masked: Masked, work: &mut Work) -> Option<Effect> {
        if self.awaits_file {
            return None;
        }
        let (question, path) = (String::new(), self.file.clone());
        let unsaved = self.is_changed().then_some(Unsaved { question, path, masked });
        work.keep_checked(unsaved)
    }

    /// What was found.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.report.as_ref().map(|report| &report.findings[..]).unwrap_or_default()
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
