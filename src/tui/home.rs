//! The screen where one starts: what can be done, and the drafts that can be gone on with.

use ratatui::layout::Rect;

use super::canvas::{Canvas, below, inset, left, row};
use super::completions;
use super::hit::Target;
use super::list::List;
use super::work::Work;

/// Where one is on the home screen.
#[derive(Debug, Default)]
pub struct Home {
    /// The list of what can be done.
    pub list: List,
    /// The drafts: name and what they are of, the newest first.
    pub drafts: Vec<(String, String)>,
}

/// Something that can be done from the home screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// Go on with a draft.
    Resume(String),
    /// Begin anew.
    New,
    /// Check a document.
    Check,
    /// Explain a message.
    Explain,
    /// Watch the credential inside an instance.
    Credential,
    /// Leave.
    Quit,
}

/// One row of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it starts.
    pub start: Start,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub help: String,
}

impl Home {
    /// Everything that can be done, in the order shown; the draft first, for most come back to go on.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let entry =
            |start, title: &str, help: &str| Entry { start, title: title.to_owned(), help: help.to_owned() };
        let resume = self.drafts.iter().map(|(name, what)| Entry {
            start: Start::Resume(name.clone()),
            title: format!("Go on with {name}"),
            help: what.clone(),
        });
        let others = [
            entry(
                Start::New,
                "Associate a role",
                "Question by question to the policies, the config, the commands and code.",
            ),
            entry(Start::Check, "Check a document", "A policy, a service config or a CredentialConfig."),
            entry(
                Start::Explain,
                "Explain an error",
                "Paste the platform's message; get the cause and the fix.",
            ),
            entry(
                Start::Credential,
                "Watch credentials",
                "When an instance's credential ends, whether it is renewed, who uses it.",
            ),
            entry(Start::Quit, "Quit", ""),
        ];
        resume.chain(others).collect()
    }

    /// Takes the drafts that there are; the cursor stays where it is on the list.
    pub fn take(&mut self, drafts: Vec<(String, String)>) {
        self.drafts = drafts;
        self.list.cursor = self.list.cursor.min(self.entries().len().saturating_sub(1));
    }

    /// What a filter looks for in each entry.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.entries().iter().map(|entry| format!("{} {}", entry.title, entry.help)).collect()
    }

    /// Draws the screen.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect, _work: &Work) {
        let theme = canvas.theme();
        let area = left(inset(area, 2), 100);
        let long = "Give a job, a notebook, a service or an environment one RAM role, so that its code needs no AccessKey.";
        let intro = if area.width < 60 { "One RAM role, and no AccessKey in code." } else { long };
        canvas.wrapped(above_list(area), intro, theme.text);
        self.draw_entries(canvas, below(area, 4));
    }

    fn draw_entries(&self, canvas: &mut Canvas, area: Rect) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let area = completions::filter(canvas, area, &self.list);
        let entries = self.entries();
        let shown = self.list.shown(&self.words());
        let rows = u16::try_from(shown.len()).unwrap_or(u16::MAX);
        let each = if rows.saturating_mul(3) <= area.height {
            3
        } else if rows.saturating_mul(2) <= area.height {
            2
        } else {
            1
        };
        let room = usize::from(area.height / each).max(1);
        let at = shown.iter().position(|index| *index == self.list.cursor).unwrap_or(0);
        let first = super::list::scrolled(at, shown.len(), room);
        for (place, index) in (0..).zip(shown.iter().skip(first).take(room)) {
            let entry = &entries[*index];
            let here = *index == self.list.cursor;
            let line = row(area, place * each);
            let (sign, style) = if here { (symbols.here, theme.here) } else { (" ", theme.strong) };
            canvas.line(line, &[(sign, theme.here), (" ", theme.text), (&entry.title, style)]);
            if each > 1 {
                canvas.text(inset(row(area, place * each + 1), 2), &entry.help, theme.dim);
            }
            canvas.hit(Rect { height: each.min(2), ..line }, Target::Entry(*index));
            if here && self.list.filter.is_none() {
                canvas.cursor_at(line, 0);
            }
        }
    }
}

fn above_list(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.min(2), ..area }
}
