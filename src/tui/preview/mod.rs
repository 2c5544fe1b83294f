//! The finished plan, a tab for each part of it. It makes nothing: the plan is the same that the command line prints.

mod view;

use crate::domain::edit::masked;
use crate::domain::plan::{Plan, report};
use crate::domain::sketch::{Change, Line, compared};

use super::app::moved;

/// The finished plan, and what of it is shown.
#[derive(Debug)]
pub struct Preview {
    /// The plan; `None` while it is being made.
    plan: Option<Plan>,
    /// The tab at hand.
    at: usize,
    /// The first line shown.
    pub first: usize,
    /// Whether only what changes is shown of a document of the user's.
    pub diff: bool,
    /// The lines of the tab at hand.
    lines: Vec<Line>,
}

/// The parts of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The plan in short, and how to get it again.
    Summary,
    /// A document, by its place.
    Document(usize),
    /// The steps as commands.
    Commands,
    /// The steps for the console.
    Console,
    /// What is to be said.
    Findings,
}

impl Preview {
    /// A plan that is being made.
    #[must_use]
    pub fn being_made() -> Self {
        Self { plan: None, at: 0, first: 0, diff: false, lines: Vec::new() }
    }

    /// A finished plan.
    #[must_use]
    pub fn of(plan: Plan) -> Self {
        let mut preview = Self { plan: Some(plan), ..Self::being_made() };
        preview.show(0);
        preview
    }

    /// A finished plan in place of another one, on the same tab.
    #[must_use]
    pub fn instead_of(former: &Self, plan: Plan) -> Self {
        let mut preview = Self::of(plan);
        preview.show(former.at);
        preview
    }

    /// The plan, once it is made.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// Every tab.
    #[must_use]
    pub fn tabs(&self) -> Vec<Tab> {
        let Some(plan) = &self.plan else { return Vec::new() };
        let documents = (0..plan.documents.len()).map(Tab::Document);
        std::iter::once(Tab::Summary)
            .chain(documents)
            .chain([Tab::Commands, Tab::Console, Tab::Findings])
            .collect()
    }

    /// The tab at hand.
    #[must_use]
    pub fn tab(&self) -> Option<Tab> {
        self.tabs().get(self.at).copied()
    }

    /// The title of a tab.
    #[must_use]
    pub fn title(&self, tab: Tab) -> String {
        let Some(plan) = &self.plan else { return String::new() };
        match tab {
            Tab::Summary => "Summary".to_owned(),
            Tab::Document(index) => {
                let document = &plan.documents[index];
                document.role.short().unwrap_or(document.name).to_owned()
            }
            Tab::Commands => "Commands".to_owned(),
            Tab::Console => "Console".to_owned(),
            Tab::Findings => format!("Findings {}", plan.findings.len()),
        }
    }

    /// Shows a tab.
    pub fn show(&mut self, at: usize) {
        self.at = at.min(self.tabs().len().saturating_sub(1));
        self.first = 0;
        self.lines = self.made_lines();
        let changed = self.lines.iter().position(|line| line.change != Change::Kept);
        self.first = changed.map_or(0, |line| line.saturating_sub(3));
    }

    /// Shows the tab before or after, round and round.
    pub fn switch(&mut self, by: isize) {
        let count = self.tabs().len().max(1);
        self.show((self.at + count).saturating_add_signed(by) % count);
    }

    /// Scrolls by so many lines.
    pub fn scroll(&mut self, by: isize, size: (u16, u16)) {
        let room = usize::from(size.1.saturating_sub(9)).max(1);
        let lines = match (self.plan.as_ref(), self.tab()) {
            (Some(plan), Some(tab)) => view::text_lines(plan, tab, size.0).max(self.lines.len()),
            _ => 0,
        };
        self.first = moved(self.first, by, lines.saturating_sub(room));
    }

    /// The name and the text of what is shown, whole and as it is.
    #[must_use]
    pub fn shown(&self) -> Option<(String, String)> {
        let plan = self.plan.as_ref()?;
        Some(match self.tab()? {
            Tab::Summary => ("the plan".to_owned(), report::text(plan)),
            Tab::Document(index) => {
                (plan.documents[index].name.to_owned(), plan.documents[index].text.clone())
            }
            Tab::Commands => ("the commands".to_owned(), report::commands(plan)),
            Tab::Console => ("the console steps".to_owned(), report::console(plan)),
            Tab::Findings => ("the findings".to_owned(), report::findings(plan)),
        })
    }

    /// Whether what is shown holds a secret of the user's document.
    #[must_use]
    pub fn holds_secret(&self) -> bool {
        match (&self.plan, self.tab()) {
            (Some(plan), Some(Tab::Document(index))) => plan.documents[index].holds_secret(),
            _ => false,
        }
    }

    fn made_lines(&self) -> Vec<Line> {
        let (Some(plan), Some(tab)) = (&self.plan, self.tab()) else { return Vec::new() };
        match tab {
            Tab::Document(index) => {
                let document = &plan.documents[index];
                let after = document.masked();
                let before = document.before.as_deref().map(masked);
                compared(before.as_deref().unwrap_or(&after), &after)
            }
            _ => Vec::new(),
        }
    }
}
