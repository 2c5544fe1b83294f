//! Where the keys of the questions and the home screen lead.

use super::{App, Screen};
use crate::domain::catalog::RoleChoice;
use crate::domain::plan::plan;
use crate::domain::question::{self, Need};
use crate::tui::draft::Draft;
use crate::tui::effect::{Effect, Why};
use crate::tui::explain::Explain;
use crate::tui::field::Field;
use crate::tui::home::{Home, Start};
use crate::tui::overlay::{Ask, Overlay, Prompt, Then};
use crate::tui::page::{Focus, Input, Page};
use crate::tui::preview::Preview;
use crate::tui::unsaved::Unsaved;
use crate::tui::work::{Kept, Work};

impl App {
    /// Leaves the program.
    pub fn quit(&mut self) -> Vec<Effect> {
        vec![Effect::Quit]
    }

    /// Shows the question at a place of the table.
    pub fn show(&mut self, at: usize) -> Vec<Effect> {
        let mut page = Page::new(at, &self.work);
        let effect = if let Input::Document(path) = &mut page.input { Some(path.ask()) } else { None };
        self.screen = Screen::Page(page);
        effect.into_iter().collect()
    }

    /// Takes the answer at hand and goes on.
    pub fn take_answer(&mut self) -> Vec<Effect> {
        let Some((page, work)) = self.page() else { return Vec::new() };
        if let Input::Document(path) = &mut page.input {
            if let Some(effect) = path.enter_folder() {
                return vec![effect];
            }
            if !path.path().is_empty() {
                let (path, why) = (path.settle(), Why::Answer(page.question().key));
                page.reading = Some(why);
                return vec![Effect::Read { path, why }];
            }
        }
        match page.commit(work) {
            Ok(answers) => {
                work.answers = answers;
                self.go_on()
            }
            Err(problem) => {
                page.problem = Some(problem);
                Vec::new()
            }
        }
    }

    /// Goes on without an answer, where none is needed.
    pub fn skip(&mut self) -> Vec<Effect> {
        let Some((page, work)) = self.page() else { return Vec::new() };
        if page.question().need == Need::Required {
            page.problem = Some("this needs an answer".to_owned());
            return Vec::new();
        }
        (page.question().clear)(&mut work.answers);
        self.go_on()
    }

    /// Goes to the question after the one at hand, or to the finished plan.
    pub fn go_on(&mut self) -> Vec<Effect> {
        let Some((page, work)) = self.page() else { return Vec::new() };
        let Some(at) = work.next(page.at) else {
            let keep = work.keep(None);
            let mut effects = self.plan_or_lacking();
            effects.push(keep);
            return effects;
        };
        let keep = work.keep(Some(&question::ALL[at]));
        let mut effects = self.show(at);
        effects.push(keep);
        effects
    }

    /// Goes to the finished plan, or to the first question that it lacks.
    pub fn finish(&mut self) -> Vec<Effect> {
        self.overlay = None;
        self.keep_at_hand();
        let mut effects = self.plan_or_lacking();
        effects.push(self.keep());
        effects
    }

    /// Keeps the draft as it is now.
    fn keep(&mut self) -> Effect {
        match &self.screen {
            Screen::Editor(editor) => self.work.keep(editor.question),
            Screen::Page(page) => self.work.keep(Some(page.question())),
            _ => self.work.keep(None),
        }
    }

    /// Takes the answer at hand where it can stand.
    fn keep_at_hand(&mut self) {
        if let Some((page, work)) = self.page()
            && let Ok(answers) = page.commit(work)
            && !matches!(page.input, Input::Document(_))
        {
            work.answers = answers;
        }
    }

    /// Shows the plan of the answers, or goes to the first question that it lacks.
    pub fn plan_or_lacking(&mut self) -> Vec<Effect> {
        let looks = self.work.looks();
        if !looks.is_empty() {
            self.screen = Screen::Preview(Preview::being_made());
            return looks;
        }
        if self.work.is_large() {
            self.screen = Screen::Preview(Preview::being_made());
        }
        self.make_plan()
    }

    /// Makes the plan; of large documents in the background, and what is shown stays until it is there.
    pub fn make_plan(&mut self) -> Vec<Effect> {
        let number = self.work.request();
        if self.work.is_large() {
            let (answers, facts) = (self.work.answers.clone(), self.work.facts.clone());
            return vec![Effect::Plan { number, answers, facts }];
        }
        let made = plan(&self.work.answers, &self.work.facts);
        self.planned(made)
    }

    /// Goes one screen back; answers stay.
    pub fn back(&mut self) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Page(page) => match self.work.previous(page.at) {
                Some(at) => self.show(at),
                None => self.go_home(),
            },
            Screen::Preview(_) => match self.work.previous(usize::MAX) {
                Some(at) => self.show(at),
                None => self.go_home(),
            },
            Screen::Explain(explain) if explain.answer.is_some() => {
                explain.answer = None;
                Vec::new()
            }
            Screen::Check(check) if check.report.is_some() => self.leave_check(),
            _ => self.go_home(),
        }
    }

    /// Shows the home screen.
    pub fn go_home(&mut self) -> Vec<Effect> {
        self.overlay = None;
        self.screen = Screen::Home(Home::default());
        vec![Effect::ListDrafts]
    }

    /// Begins anew, with a draft of its own.
    pub fn go_fresh(&mut self) -> Vec<Effect> {
        self.overlay = None;
        self.work.begin_anew();
        self.show(0)
    }

    /// Shows where a message is pasted.
    pub fn go_explain(&mut self) -> Vec<Effect> {
        self.overlay = None;
        self.screen = Screen::Explain(Explain::default());
        Vec::new()
    }

    /// Does what is at the cursor of the home screen.
    pub fn open_entry(&mut self) -> Vec<Effect> {
        let Screen::Home(home) = &self.screen else { return Vec::new() };
        let Some(entry) = home.entries().into_iter().nth(home.list.cursor) else { return Vec::new() };
        match entry.start {
            Start::Resume(name) => vec![Effect::OpenDraft(name)],
            Start::New => self.go_fresh(),
            Start::Check => self.go_check(),
            Start::Explain => self.go_explain(),
            Start::Credential => self.go_credential(),
            Start::Quit => self.quit(),
        }
    }

    /// Forgets the draft at the cursor, once that is confirmed.
    pub fn drop_draft(&mut self) -> Vec<Effect> {
        let Screen::Home(home) = &self.screen else { return Vec::new() };
        let entry = home.entries().into_iter().nth(home.list.cursor);
        if let Some(Start::Resume(name)) = entry.map(|entry| entry.start) {
            let title = format!("Forget the draft {name}?");
            let then = Then::Effects(vec![Effect::DropDraft(name), Effect::ListDrafts]);
            self.overlay = Some(Overlay::Ask(Ask::new(title, Vec::new(), "forget it", then)));
        }
        Vec::new()
    }

    /// Goes on with a draft.
    pub fn resume(&mut self, name: String, draft: &Draft) -> Vec<Effect> {
        let draft = draft.named_from(&self.work.folder, &self.work.home);
        self.work.answers = draft.answers(&self.work.folder, &self.work.home);
        self.work.name = name;
        self.work.draft = draft.clone();
        self.work.kept = Kept::Saved;
        let mut effects = self.work.looks();
        let at = draft.question().filter(|at| (question::ALL[*at].asked)(&self.work.answers).is_ok());
        let is_asked = |text: &&Unsaved| {
            question::find(&text.question).is_some_and(|row| (row.asked)(&self.work.answers).is_ok())
        };
        let unsaved = draft.unsaved.as_ref().filter(is_asked);
        effects.extend(match (unsaved, &draft.checked, at) {
            (Some(unsaved), ..) => self.reopen(unsaved),
            (None, Some(checked), _) => self.reopen_check(checked),
            (None, None, Some(at)) => self.show(at),
            (None, None, None) => self.finish_or_first(),
        });
        effects
    }

    /// Goes to the finished plan where there can be one, otherwise to the first question without an answer.
    pub fn finish_or_first(&mut self) -> Vec<Effect> {
        let open = crate::domain::sketch::open(&self.work.answers);
        let first = open.first().and_then(|open| question::ALL.iter().position(|row| row.key == open.key));
        match first {
            Some(at) => self.show(at),
            None => self.plan_or_lacking(),
        }
    }

    /// Asks for a name for the draft.
    pub fn name_draft(&mut self) -> Vec<Effect> {
        self.ask_draft_name(Field::of(&self.work.name), None)
    }

    fn ask_draft_name(&mut self, field: Field, problem: Option<String>) -> Vec<Effect> {
        self.overlay = Some(Overlay::Prompt(Prompt {
            title: "What should the draft be called?".to_owned(),
            help: "Letters, digits, `-` and `_`; it is listed under this name at the next start.",
            field,
            problem,
            take: Self::take_draft_name,
        }));
        Vec::new()
    }

    fn take_draft_name(&mut self, name: &str) -> Result<Vec<Effect>, String> {
        let name: crate::domain::draft_name::DraftName =
            name.parse().map_err(|invalid: crate::domain::values::Invalid| invalid.to_string())?;
        if name.as_str() == self.work.name {
            self.say(format!("the draft is called {name} already"));
            return Ok(Vec::new());
        }
        Ok(vec![Effect::RenameDraft { from: self.work.name.clone(), to: name.to_string() }])
    }

    /// Takes note of the draft's new name, or asks for another.
    pub fn renamed(&mut self, to: String, result: Result<(), String>) -> Vec<Effect> {
        if let Err(problem) = result {
            return self.ask_draft_name(Field::of(&to), Some(problem));
        }
        self.say(format!("the draft is called {to}"));
        self.work.name = to;
        let at = if let Screen::Page(page) = &self.screen { Some(page.question()) } else { None };
        vec![self.work.keep_again(at)]
    }

    /// Leads from a message of the platform into the questions, with what the message tells.
    pub fn mend_case(&mut self) -> Vec<Effect> {
        let Screen::Explain(explain) = &self.screen else { return Vec::new() };
        let Some(row) = explain.answer.as_ref().and_then(|answer| answer.matches.first().copied()) else {
            self.complain("this is no message that ramrole knows; begin at the start instead");
            return Vec::new();
        };
        let asks_for_role = row.causes.iter().any(|cause| !cause.documents.is_empty());
        let workload = match row.workloads.as_slice() {
            [only] => Some(*only),
            _ => self.work.answers.workload,
        };
        if self.work.answers.workload != workload {
            self.work.begin_anew();
            self.work.answers.workload = workload;
        }
        if asks_for_role && workload.is_none_or(|workload| workload.offers(RoleChoice::Custom)) {
            self.work.answers.role = Some(RoleChoice::Custom);
        }
        let mut effects = self.finish_or_first();
        effects.push(self.keep());
        self.say(format!("answered from the message: {}", told(&self.work)));
        effects
    }

    /// Goes to the step at the cursor.
    pub fn jump(&mut self) -> Vec<Effect> {
        let Some((page, work)) = self.page() else { return Vec::new() };
        let Focus::Steps(step) = page.focus else { return Vec::new() };
        let asked: Vec<usize> = Work::asked(&page.trial(work)).collect();
        self.jump_to(asked.get(step).copied())
    }

    /// Goes to a question that is asked, or to the finished plan. The answer at hand stays if it can stand.
    pub fn jump_to(&mut self, at: Option<usize>) -> Vec<Effect> {
        self.keep_at_hand();
        let mut effects = match at {
            Some(at) if (question::ALL[at].asked)(&self.work.answers).is_ok() => self.show(at),
            _ => self.plan_or_lacking(),
        };
        effects.push(self.keep());
        effects
    }
}

fn told(work: &Work) -> String {
    let given =
        question::ALL.iter().filter_map(|question| Some((question.label, (question.get)(&work.answers)?)));
    let given: Vec<_> = given.map(|(label, text)| format!("{} {text}", label.to_lowercase())).collect();
    if given.is_empty() { "nothing yet".to_owned() } else { given.join(", ") }
}
