//! The screen where one starts: what can be done, and the drafts that can be gone on with.

mod keys;
mod view;

use crate::domain::draft::Draft;
use crate::tui::dialog::{Answer, Ask, Overlay};
use crate::tui::go::Go;
use crate::tui::list::List;
use crate::tui::place::{Reply, Reports, ScreenPlace};
use crate::tui::request::{Effect, Read, Request, Write};
use crate::tui::shared::Shared;

pub use keys::{KEYS, PLACES};

/// Where one is on the home screen.
#[derive(Debug, Default)]
pub struct Home {
    /// The list of what can be done.
    pub list: List,
    /// The drafts: name and what they are of, the newest first.
    pub drafts: Vec<(String, String)>,
    /// The draft that is to be forgotten, once that is confirmed.
    to_drop: Option<String>,
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
    /// The screen as it is opened: the drafts are looked up.
    #[must_use]
    pub fn open(shared: &mut Shared) -> Self {
        shared.jobs.start(Request::Read(Read::Drafts));
        Self::default()
    }

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
}

impl Home {
    fn at_cursor(&self) -> Option<Start> {
        self.entries().into_iter().nth(self.list.cursor).map(|entry| entry.start)
    }

    /// Does what is at the cursor.
    fn start(&mut self, shared: &mut Shared) -> Reply {
        match self.at_cursor() {
            None => Reply::Stay,
            Some(Start::Resume(name)) => {
                shared.jobs.start(Request::Read(Read::Draft(name)));
                Reply::Stay
            }
            Some(Start::New) => Reply::Go(Go::Fresh),
            Some(Start::Check) => Reply::Go(Go::Check),
            Some(Start::Explain) => Reply::Go(Go::Explain),
            Some(Start::Credential) => Reply::Go(Go::Credential(None)),
            Some(Start::Quit) => {
                shared.jobs.effect(Effect::Quit);
                Reply::Stay
            }
        }
    }

    /// Asks whether the draft at the cursor is to be forgotten.
    fn ask_to_drop(&mut self, _: &mut Shared) -> Reply {
        let Some(Start::Resume(name)) = self.at_cursor() else { return Reply::Stay };
        let ask = Ask::new(format!("Forget the draft {name}?"), "forget it");
        self.to_drop = Some(name);
        Reply::Over(Overlay::Ask(ask))
    }
}

impl Reports for Home {
    fn drafts(&mut self, drafts: Vec<(String, String)>) {
        self.take(drafts);
    }

    fn draft(&mut self, name: String, result: Result<String, String>, shared: &mut Shared) -> Reply {
        match result.and_then(|text| Draft::parse(&text)) {
            Ok(draft) => Reply::Go(Go::Resume(name, Box::new(draft))),
            Err(problem) => {
                shared.complain(format!("the draft {name} cannot be read: {problem}"));
                Reply::Stay
            }
        }
    }
}

impl ScreenPlace for Home {
    fn title(&self, _: &Shared) -> String {
        "RAM roles for PAI and DataWorks".to_owned()
    }

    /// Forgets the draft; answers whose draft is forgotten are forgotten too.
    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        let Some(name) = self.to_drop.take().filter(|_| answer == Answer::Yes) else { return Reply::Stay };
        if name == shared.work.name {
            shared.work.begin_anew();
        }
        shared.write(Write::NoDraft(name));
        shared.jobs.start(Request::Read(Read::Drafts));
        Reply::Stay
    }
}
