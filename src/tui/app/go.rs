//! Where the screens lead: each is opened here.

use super::{App, Screen};
use crate::domain::draft::Draft;
use crate::domain::question;
use crate::domain::sketch::open;
use crate::domain::unsaved::Unsaved;
use crate::tui::go::{Edit, Go};
use crate::tui::screens::check::Check;
use crate::tui::screens::credential::Credential;
use crate::tui::screens::editor::Editor;
use crate::tui::screens::explain::Explain;
use crate::tui::screens::home::Home;
use crate::tui::screens::page::Page;
use crate::tui::screens::preview::Preview;
use crate::tui::shared::Shared;

impl App {
    /// Goes somewhere; what the screen that is left has asked for no longer counts.
    pub fn go(&mut self, go: Go) {
        if let Go::Finish = go {
            self.screen.place_mut().hand_in(&mut self.shared);
        }
        self.shared.jobs.enter();
        self.screen = opened(go, &mut self.shared);
    }
}

fn opened(go: Go, shared: &mut Shared) -> Screen {
    match go {
        Go::Home => Screen::Home(Home::open(shared)),
        Go::Fresh => {
            shared.work.begin_anew();
            Screen::Page(Page::open(0, shared))
        }
        Go::Resume(name, draft) => opened(resumed(name, &draft, shared), shared),
        Go::Question(at) => Screen::Page(Page::open(at, shared)),
        Go::Again(at, problem) => Screen::Page(Page::again(at, problem, shared)),
        Go::Document(question, path) => Screen::Page(Page::on_document(question, &path, shared)),
        Go::Plan | Go::Finish => match Preview::open(shared) {
            Ok(preview) => Screen::Preview(preview),
            Err(instead) => opened(instead, shared),
        },
        Go::FirstOpen => opened(first_open(shared), shared),
        Go::Edit(edit) => Screen::Editor(Editor::open(edit, shared)),
        Go::Check => match shared.work.draft.checked.clone() {
            Some(unsaved) => Screen::Check(Check::reopen(&unsaved, shared)),
            None => Screen::Check(Check::open(shared)),
        },
        Go::CheckAgain(unsaved) => Screen::Check(Check::reopen(&unsaved, shared)),
        Go::Checked(checked) => Screen::Check(Check::back(checked, shared)),
        Go::Explain => Screen::Explain(Explain::default()),
        Go::Credential(found) => Screen::Credential(Credential::open(found, shared)),
    }
}

/// The first question without an answer, or the finished plan.
fn first_open(shared: &Shared) -> Go {
    let open = open(&shared.work.answers);
    let first = open.first().and_then(|open| question::ALL.iter().position(|row| row.key == open.key));
    first.map_or(Go::Plan, Go::Question)
}

/// Goes on with a draft: where it stands.
fn resumed(name: String, draft: &Draft, shared: &mut Shared) -> Go {
    let draft = draft.named_from(&shared.work.folder, &shared.work.home);
    shared.work.resume(name, &draft);
    for path in shared.work.looks() {
        shared.look_at(path);
    }
    let answers = &shared.work.answers;
    let at = draft.question().filter(|at| (question::ALL[*at].asked)(answers).is_ok());
    let is_asked =
        |text: &Unsaved| question::find(&text.question).is_some_and(|row| (row.asked)(answers).is_ok());
    match (draft.unsaved.filter(is_asked), draft.checked, at) {
        (Some(unsaved), ..) => Go::Edit(Edit::Unsaved(unsaved)),
        (None, Some(checked), _) => Go::CheckAgain(checked),
        (None, None, Some(at)) => Go::Question(at),
        (None, None, None) => Go::FirstOpen,
    }
}
