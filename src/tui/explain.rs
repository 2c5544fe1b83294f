//! The screen that explains a message of the platform: pasted above, told below. It knows no messages itself.

use ratatui::layout::Rect;

use super::app::moved;
use super::buffer::TextBuffer;
use super::canvas::{Canvas, below, inset, left, row};
use super::wrap::wrap;
use crate::domain::explain::{Explanation, explain};
use crate::domain::remedy::{Case, Remedy};

use super::work::Work;

/// A message and what is known of it.
#[derive(Debug)]
pub struct Explain {
    /// The message.
    pub text: TextBuffer,
    /// What it was recognised as, once it was asked.
    pub answer: Option<Explanation>,
    /// What is known of the case.
    case: Case,
    /// The first line shown.
    first: usize,
}

impl Default for Explain {
    fn default() -> Self {
        Self { text: TextBuffer::new(""), answer: None, case: Case::default(), first: 0 }
    }
}

impl Explain {
    /// Recognises the message, in the light of what was answered so far.
    pub fn ask(&mut self, work: &Work) {
        let workload = work.answers.workload;
        let (role, account) = (work.answers.role_name.clone(), work.answers.account.clone());
        self.case = Case { workload, role, account };
        self.answer = Some(explain(&self.text.text(), workload));
        self.first = 0;
    }

    /// The explanation as text, as the command line prints it.
    #[must_use]
    pub fn text_of_answer(&self) -> Option<String> {
        let explanation = self.answer.as_ref()?;
        Some(Remedy::of(explanation, &self.case).text())
    }

    /// Scrolls the explanation.
    pub fn scroll(&mut self, by: isize, size: (u16, u16)) {
        let text = self.text_of_answer().unwrap_or_default();
        let lines = wrap(&text, width_of_text(size.0)).len();
        let room = usize::from(size.1.saturating_sub(8)).max(1);
        self.first = moved(self.first, by, lines.saturating_sub(room));
    }

    /// Draws the screen.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect) {
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
        let lines = wrap(text, width_of_text(canvas.look().size.0));
        let known = self.answer.as_ref().is_some_and(|answer| !answer.matches.is_empty());
        for (at, line) in (0..area.height).zip(lines.iter().skip(self.first)) {
            let trimmed = line.trim_start();
            let style = match at {
                0 if self.first == 0 => theme.strong,
                _ if trimmed.starts_with("tell:") => theme.dim,
                _ if trimmed.starts_with("fix:") => theme.good,
                _ if line.starts_with("source:") || line.starts_with("unconfirmed:") => theme.dim,
                _ if line.starts_with("# ") => theme.here,
                _ if !known && line.starts_with("hint:") => theme.good,
                _ => theme.text,
            };
            canvas.text(row(area, at), line, style);
        }
    }
}

/// Lines longer than this are hard to read.
fn width_of_text(columns: u16) -> u16 {
    columns.saturating_sub(4).min(96)
}
