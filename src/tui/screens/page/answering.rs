//! How a question is answered, skipped, left for its document or for another step.

use super::{Focus, Input, Page};
use crate::domain::answers::Answers;
use crate::domain::plan::{PlanDocument, plan, report};
use crate::domain::question::{self, Need, Question};
use crate::domain::sketch::with_examples;
use crate::tui::go::{Edit, Go};
use crate::tui::list::moved;
use crate::tui::place::{Reply, ScreenPlace as _};
use crate::tui::request::{Read, Request};
use crate::tui::severity::in_words;
use crate::tui::shared::Shared;
use crate::tui::shared::work::Work;
use crate::tui::shown::Shown;

impl Page {
    /// Takes the answer at hand and goes on; a document is read first.
    pub(super) fn take_answer(&mut self, shared: &mut Shared) -> Reply {
        if let Input::Document(path) = &mut self.input {
            if path.enter_folder(shared) {
                return self.document_changed(shared);
            }
            if !path.path().is_empty() {
                let request = Read::Fact(path.settle(shared));
                shared.jobs.restart(&mut self.reading, Request::Read(request));
                return Reply::Stay;
            }
        }
        match self.commit(&shared.work) {
            Ok(answers) => {
                shared.work.answers = answers;
                self.go_on(shared)
            }
            Err(problem) => {
                self.problem = Some(problem);
                Reply::Stay
            }
        }
    }

    /// Goes on without an answer, where none is needed.
    pub(super) fn skip(&mut self, shared: &mut Shared) -> Reply {
        if self.question().need == Need::Required {
            self.problem = Some("this needs an answer".to_owned());
            return Reply::Stay;
        }
        (self.question().clear)(&mut shared.work.answers);
        self.go_on(shared)
    }

    /// Goes to the question after this one, or to the finished plan.
    fn go_on(&mut self, shared: &Shared) -> Reply {
        Reply::GoOn(shared.work.next(self.at).map_or(Go::Plan, Go::Question))
    }

    /// Goes to the question before; answers stay.
    pub(super) fn back(&mut self, shared: &mut Shared) -> Reply {
        Reply::Go(shared.work.previous(self.at).map_or(Go::Home, Go::Question))
    }

    /// Answers the question with its document that was read, if a plan can be made with it.
    pub(super) fn document_read(
        &mut self,
        path: &str,
        result: Result<(), String>,
        shared: &mut Shared,
    ) -> Reply {
        self.reading = None;
        let question = self.question();
        let mut answers = shared.work.answers.clone();
        let refused = match result {
            Err(problem) => Some(problem),
            Ok(()) => (question.set)(&mut answers, path)
                .err()
                .map(|invalid| invalid.to_string())
                .or_else(|| refusal(&answers, &shared.work, question)),
        };
        if let Some(problem) = refused {
            self.problem = Some(problem);
            return Reply::Stay;
        }
        shared.work.answers = answers;
        self.go_on(shared)
    }

    /// Waits no longer for the document that stood in the field before.
    pub(super) fn document_changed(&mut self, shared: &mut Shared) -> Reply {
        shared.jobs.cancel(&mut self.reading);
        Reply::Stay
    }

    /// Opens the document in the editor.
    pub(super) fn edit(&mut self, shared: &mut Shared) -> Reply {
        let question = self.question();
        let path = match &self.input {
            Input::Document(path) => path.whole(),
            Input::Choice(_) | Input::Several { .. } | Input::Text(_) => String::new(),
        };
        if let Some(unsaved) = shared.work.unsaved_for(question, &path) {
            return Reply::Go(Go::Edit(Edit::Unsaved(unsaved.clone())));
        }
        if path.is_empty() || path.ends_with('/') {
            return Reply::Go(Go::Edit(Edit::New(question, template(question).to_owned())));
        }
        shared.jobs.restart(&mut self.reading, Request::Read(Read::File(path)));
        Reply::Stay
    }

    /// Completes the path that is typed.
    pub(super) fn complete(&mut self, shared: &mut Shared) -> Reply {
        if let Input::Document(path) = &mut self.input {
            path.complete(shared);
        }
        self.document_changed(shared)
    }

    /// Ticks the row at the cursor, or takes the tick away.
    pub(super) fn tick(&mut self, shared: &mut Shared) -> Reply {
        let choices = super::input::choices(self.question(), &shared.work.answers);
        if let Input::Several { list, picked, .. } = &mut self.input
            && let Some(choice) = choices.get(list.cursor)
        {
            if picked.contains(&choice.value) {
                picked.retain(|value| *value != choice.value);
            } else {
                picked.push(choice.value.clone());
            }
        }
        Reply::Stay
    }

    /// Leads the keys from the question to the document and the steps, or back.
    pub(super) fn turn_focus(&mut self, forwards: bool, shared: &Shared) -> Reply {
        let trial = self.trial(&shared.work);
        let step = || Focus::Steps(Work::asked(&trial).position(|asked| asked == self.at).unwrap_or(0));
        self.focus = match (self.focus, forwards) {
            (Focus::Question, true) | (Focus::Steps(_), false) => Focus::Document,
            (Focus::Document, true) | (Focus::Question, false) => step(),
            (Focus::Steps(_), true) | (Focus::Document, false) => Focus::Question,
        };
        Reply::Stay
    }

    /// Leads the keys back to the question.
    pub(super) fn leave_focus(&mut self, _: &mut Shared) -> Reply {
        self.focus = Focus::Question;
        Reply::Stay
    }

    /// Shows the document before or after.
    pub(super) fn switch(&mut self, by: isize, shared: &Shared) -> Reply {
        let Some(sketch) = self.sketch(&shared.work) else { return Reply::Stay };
        let here = self.pane.picked.unwrap_or_else(|| sketch.sheet_for(self.question()));
        self.pane.picked = Some(moved(here, by, sketch.sheets.len().saturating_sub(1)));
        self.pane.first = None;
        Reply::Stay
    }

    /// Shows or hides the document beside the question.
    pub(super) fn toggle_preview(_: &mut Self, shared: &mut Shared) -> Reply {
        shared.look.preview = !shared.look.preview;
        Reply::Stay
    }

    /// Goes to the step at the cursor.
    pub(super) fn jump(&mut self, shared: &mut Shared) -> Reply {
        let Focus::Steps(step) = self.focus else { return Reply::Stay };
        let at = Work::asked(&self.trial(&shared.work)).nth(step);
        self.jump_to(at, shared)
    }

    /// Goes to a question that is asked, or to the finished plan. The answer at hand stays if it can stand.
    pub(super) fn jump_to(&mut self, at: Option<usize>, shared: &mut Shared) -> Reply {
        self.hand_in(shared);
        let at = at.filter(|at| (question::ALL[*at].asked)(&shared.work.answers).is_ok());
        Reply::GoOn(at.map_or(Go::Plan, Go::Question))
    }

    /// The document beside the question, once nothing in it is an example.
    pub(super) fn shown(&self, shared: &mut Shared) -> Option<Shown> {
        let sketch = self.sketch(&shared.work)?;
        let at = self.pane.picked.unwrap_or_else(|| sketch.sheet_for(self.question()));
        let name = sketch.sheets.get(at)?.name;
        let open: Vec<_> = sketch.open.iter().map(|question| question.label.to_lowercase()).collect();
        if !open.is_empty() {
            shared.complain(format!("{name} is not finished: {} still open", open.join(", ")));
            return None;
        }
        let made = plan(&self.trial(&shared.work), &shared.work.facts).ok()?;
        let document = made.documents.iter().find(|document| document.name == name);
        let text = document.map_or_else(|| report::commands(&made), |document| document.text.clone());
        let secret = document.is_some_and(PlanDocument::holds_secret);
        Some(Shown { name: name.to_owned(), text, secret })
    }
}

/// Why a document that was read cannot be edited as the answers want it.
fn refusal(answers: &Answers, work: &Work, question: &Question) -> Option<String> {
    let missing = plan(&with_examples(answers), &work.facts).err()?;
    let own = (question.get)(answers)?;
    let finding = missing.findings.iter().find(|finding| finding.document.as_deref() == Some(&own))?;
    Some(in_words(finding))
}

/// What an empty document starts from.
fn template(question: &Question) -> &'static str {
    match question.key {
        "service_config" => include_str!("../../../../assets/templates/service.json"),
        "trust_policy" => include_str!("../../../../assets/templates/trust-policy.json"),
        _ => "{\n}\n",
    }
}
