//! The screen that explains a message of the platform: pasted above, told below. It knows no messages itself.

mod keys;
mod view;

use crate::domain::catalog::RoleChoice;
use crate::domain::explain::{Explanation, explain};
use crate::domain::question;
use crate::domain::remedy::{Case, Remedy};
use crate::tui::buffer::TextBuffer;
use crate::tui::go::Go;
use crate::tui::list::moved;
use crate::tui::place::{Reply, Reports, ScreenPlace};
use crate::tui::shared::Shared;
use crate::tui::shared::work::Work;
use crate::tui::shown::Shown;

pub use keys::{KEYS, PLACES};

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
    fn ask(&mut self, work: &Work) {
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
    fn scroll(&mut self, by: isize, size: (u16, u16)) {
        let text = self.text_of_answer().unwrap_or_default();
        let lines = view::lines(&text, size.0).count();
        let room = usize::from(size.1.saturating_sub(8)).max(1);
        self.first = moved(self.first, by, lines.saturating_sub(room));
    }
}

impl Explain {
    /// Explains the message.
    fn explain(&mut self, shared: &mut Shared) -> Reply {
        if self.text.is_empty() {
            shared.complain("paste the message first");
        } else {
            self.ask(&shared.work);
        }
        Reply::Stay
    }

    /// Asks for another message; from there, goes to the start.
    fn back(&mut self, _: &mut Shared) -> Reply {
        if self.answer.take().is_some() { Reply::Stay } else { Reply::Go(Go::Home) }
    }

    fn shown(&self) -> Option<Shown> {
        let text = self.text_of_answer()?;
        Some(Shown { name: "the explanation".to_owned(), text, secret: false })
    }

    /// Leads into the questions, with what the message tells.
    fn mend_case(&mut self, shared: &mut Shared) -> Reply {
        let row = self.answer.as_ref().and_then(|answer| answer.matches.first().copied());
        let Some(row) = row else {
            shared.complain("this is no message that ramrole knows; begin at the start instead");
            return Reply::Stay;
        };
        let asks_for_role = row.causes.iter().any(|cause| !cause.documents.is_empty());
        let work = &mut shared.work;
        let workload = match row.workloads.as_slice() {
            [only] => Some(*only),
            _ => work.answers.workload,
        };
        if work.answers.workload != workload {
            work.begin_anew();
            work.answers.workload = workload;
        }
        if asks_for_role && workload.is_none_or(|workload| workload.offers(RoleChoice::Custom)) {
            work.answers.role = Some(RoleChoice::Custom);
        }
        let told = told(work);
        shared.say(format!("answered from the message: {told}"));
        Reply::GoOn(Go::FirstOpen)
    }
}

fn told(work: &Work) -> String {
    let given =
        question::ALL.iter().filter_map(|question| Some((question.label, (question.get)(&work.answers)?)));
    let given: Vec<_> = given.map(|(label, text)| format!("{} {text}", label.to_lowercase())).collect();
    if given.is_empty() { "nothing yet".to_owned() } else { given.join(", ") }
}

impl Reports for Explain {}

impl ScreenPlace for Explain {
    fn title(&self, _: &Shared) -> String {
        "explain an error".to_owned()
    }
}
