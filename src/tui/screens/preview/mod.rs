//! The finished plan, a tab for each part of it: the plan is the same that the command line prints.

mod keys;
mod saving;
mod view;

use crate::domain::edit::masked;
use crate::domain::plan::{Look as Fact, Missing, Plan, plan, report};
use crate::domain::question;
use crate::domain::sketch::{Change, Line, compared};
use crate::tui::dialog::Answer;
use crate::tui::go::Go;
use crate::tui::list::moved;
use crate::tui::place::{Reply, Reports, ScreenPlace};
use crate::tui::request::{Compute, Read, Request, Ticket, WriteFile, WrittenFile, WrittenFiles};
use crate::tui::severity::in_words;
use crate::tui::shared::Shared;
use crate::tui::shared::work::Work;
use crate::tui::shown::Shown;

pub use keys::{KEYS, PLACES};

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
    /// The plan that is being made.
    making: Option<Ticket>,
    /// What is asked over it.
    asked: Option<Asked>,
}

/// What is asked over the plan.
#[derive(Debug)]
enum Asked {
    /// The path for the document that is shown.
    Path,
    /// The folder for every document.
    Folder,
    /// Whether a file is to be written.
    File(WriteFile),
    /// Whether files in a folder are to be replaced.
    Files(String),
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
    /// The plan of the answers. Of large documents it is made beside, and the files that it lacks are looked at first.
    ///
    /// # Errors
    /// Where to go instead, if the answers make no plan.
    pub fn open(shared: &mut Shared) -> Result<Self, Go> {
        let mut preview =
            Self { plan: None, at: 0, first: 0, diff: false, lines: Vec::new(), making: None, asked: None };
        match preview.make(shared) {
            Reply::Go(go) => Err(go),
            Reply::Stay | Reply::GoOn(_) | Reply::Over(_) | Reply::Refused(_) | Reply::Decided(_) => {
                Ok(preview)
            }
        }
    }

    /// Makes the plan; what is shown stays until it is there.
    fn make(&mut self, shared: &mut Shared) -> Reply {
        let (answers, facts) = (&shared.work.answers, &shared.work.facts);
        if shared.work.is_large() {
            let request = Compute::Plan { answers: Box::new(answers.clone()), facts: facts.clone() };
            shared.jobs.restart(&mut self.making, Request::Compute(request));
            return Reply::Stay;
        }
        let made = plan(answers, facts);
        self.made(made, shared)
    }

    /// Shows a plan that was made, looks at the files that it lacks, or goes to the question that it lacks.
    fn made(&mut self, made: Result<Plan, Box<Missing>>, shared: &mut Shared) -> Reply {
        match made {
            Ok(plan) => {
                self.plan = Some(plan);
                self.show(self.at);
                Reply::Stay
            }
            Err(missing) if !missing.looks.is_empty() => {
                self.plan = None;
                for Fact::File(path) in missing.looks {
                    shared.jobs.start(Request::Read(Read::Fact(path)));
                }
                Reply::Stay
            }
            Err(missing) => Reply::Go(lacking(&missing, &shared.work)),
        }
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
    fn show(&mut self, at: usize) {
        self.at = at.min(self.tabs().len().saturating_sub(1));
        self.first = 0;
        self.lines = self.made_lines();
        let changed = self.lines.iter().position(|line| line.change != Change::Kept);
        self.first = changed.map_or(0, |line| line.saturating_sub(3));
    }

    /// Shows the tab before or after, round and round.
    fn switch(&mut self, by: isize) {
        let count = self.tabs().len().max(1);
        self.show((self.at + count).saturating_add_signed(by) % count);
    }

    /// Scrolls by so many lines.
    fn scroll(&mut self, by: isize, size: (u16, u16)) {
        let room = usize::from(size.1.saturating_sub(9)).max(1);
        let lines = match (self.plan.as_ref(), self.tab()) {
            (Some(plan), Some(tab)) => view::text_lines(plan, tab, size.0).max(self.lines.len()),
            _ => 0,
        };
        self.first = moved(self.first, by, lines.saturating_sub(room));
    }

    /// What is shown, whole and as it is.
    fn shown(&self) -> Option<Shown> {
        let plan = self.plan.as_ref()?;
        let (name, text) = match self.tab()? {
            Tab::Summary => ("the plan", report::text(plan)),
            Tab::Document(index) => {
                let document = &plan.documents[index];
                let (name, text) = (document.name.to_owned(), document.text.clone());
                return Some(Shown { name, text, secret: document.holds_secret() });
            }
            Tab::Commands => ("the commands", report::commands(plan)),
            Tab::Console => ("the console steps", report::console(plan)),
            Tab::Findings => ("the findings", report::findings(plan)),
        };
        Some(Shown { name: name.to_owned(), text, secret: false })
    }

    /// Shows only what changes, or the whole document.
    fn toggle_diff(&mut self, _: &mut Shared) -> Reply {
        let changes = matches!(self.tab(), Some(Tab::Document(_)));
        self.diff = changes && !self.diff;
        self.first = 0;
        Reply::Stay
    }

    /// Goes to the last question.
    fn back(_: &mut Self, shared: &mut Shared) -> Reply {
        Reply::Go(shared.work.previous(usize::MAX).map_or(Go::Home, Go::Question))
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

/// The question that a plan lacks, and why.
fn lacking(missing: &Missing, work: &Work) -> Go {
    let problem = missing.problems.first().map(|problem| (problem.question, problem.message.clone()));
    let finding = missing.findings.first().map(|finding| {
        let path = finding.document.as_deref().unwrap_or_default();
        let is_trust = work.answers.trust_policy.as_deref() == Some(path);
        (if is_trust { "trust_policy" } else { "service_config" }, in_words(finding))
    });
    let answer = missing.answers.first().map(|key| (*key, "this still needs an answer".to_owned()));
    let Some((key, message)) = problem.or(finding).or(answer) else { return Go::Home };
    Go::Again(question::ALL.iter().position(|question| question.key == key).unwrap_or(0), message)
}

impl Reports for Preview {
    fn fact(&mut self, _: &str, _: Result<(), String>, shared: &mut Shared) -> Reply {
        if self.plan.is_none() { self.make(shared) } else { Reply::Stay }
    }

    fn planned(&mut self, made: Result<Plan, Box<Missing>>, shared: &mut Shared) -> Reply {
        self.made(made, shared)
    }

    fn written(&mut self, written: WrittenFile, shared: &mut Shared) -> Reply {
        self.file_written(written, shared)
    }

    fn written_all(&mut self, written: WrittenFiles, shared: &mut Shared) -> Reply {
        self.files_written(&written, shared)
    }
}

impl ScreenPlace for Preview {
    fn title(&self, shared: &Shared) -> String {
        shared.work.title(shared.look.symbols.dot)
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        self.decided(answer, shared)
    }
}
