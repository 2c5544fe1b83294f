//! The keys of a question: of its answer, of the document beside it, of the steps.

use ratatui::layout::Rect;

use super::{Focus, Input, Page, input};
use crate::domain::question;
use crate::tui::canvas::Canvas;
use crate::tui::common::{COMMANDS, EVERYWHERE, FIELD, FILTER, filter};
use crate::tui::field::Field;
use crate::tui::go::{Edit, Go};
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::list::{List, moved};
use crate::tui::path_input::is_document;
use crate::tui::place::{self, Place, Reply, Rows, rows, rows_of_page};
use crate::tui::shared::Shared;
use crate::tui::shared::work::Work;
use crate::tui::shown;

/// On a question.
const PAGE: On = On::new("Page");
/// On a question with one of several choices.
const CHOICE: On = On::new("Choice");
/// On a question with any of several choices.
const SEVERAL: On = On::new("Several");
/// On the row that takes other names.
const OTHERS: On = On::new("Others");
/// On a question for a document.
const DOCUMENT: On = On::new("Document");
/// Where Tab leads from the question to the document and the steps.
const TABS: On = On::new("Tabs");
/// Where a document stands beside the question.
const SHOWN: On = On::new("Shown");
/// In the document beside the question.
const PANE: On = On::new("Pane");
/// In the list of steps.
const STEPS: On = On::new("Steps");

/// Its places, each with the kinds of keys that work there.
pub static PLACES: &[&[On]] =
    &[ON_FILTER, ON_CHOICE, ON_SEVERAL, ON_OTHERS, ON_TEXT, ON_DOCUMENT, ON_PANE, ON_STEPS];
const ON_FILTER: &[On] = &[FILTER, FIELD, EVERYWHERE];
const ON_CHOICE: &[On] = &[CHOICE, PAGE, TABS, SHOWN, COMMANDS, EVERYWHERE];
const ON_SEVERAL: &[On] = &[SEVERAL, PAGE, TABS, SHOWN, COMMANDS, EVERYWHERE];
const ON_OTHERS: &[On] = &[OTHERS, PAGE, TABS, FIELD, EVERYWHERE];
const ON_TEXT: &[On] = &[PAGE, TABS, FIELD, EVERYWHERE];
const ON_DOCUMENT: &[On] = &[DOCUMENT, PAGE, FIELD, EVERYWHERE];
const ON_PANE: &[On] = &[PANE, TABS, SHOWN, COMMANDS, EVERYWHERE];
const ON_STEPS: &[On] = &[STEPS, TABS, COMMANDS, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Page> = rows! {
    CHOICE {
        "up" ["up", "k"] "+" "the choice above" |page, shared| page.step(-1, shared);
        "down" ["down", "j"] "choose" "the choice below" |page, shared| page.step(1, shared);
        "next" ["right", "l", "space"] "" "take it and go on" Page::take_answer;
        "back" ["left", "h"] "" "the question before" Page::back;
        "skip" ["-"] "" "pass over it, where it needs no answer" Page::skip;
        "filter" ["/"] "" "show only the choices with these words" |page, _| filter(page);
    }
    SEVERAL {
        "up" ["up", "k"] "+" "the row above" |page, shared| page.step(-1, shared);
        "down" ["down", "j"] "move" "the row below" |page, shared| page.step(1, shared);
        "tick" ["space", "x"] "tick" "tick it, or take the tick away" Page::tick;
        "next" ["right", "l"] "" "take what is ticked and go on" Page::take_answer;
        "back" ["left", "h"] "" "the question before" Page::back;
        "skip" ["-"] "" "pass over it, where it needs no answer" Page::skip;
        "filter" ["/"] "" "show only the rows with these words" |page, _| filter(page);
    }
    OTHERS {
        "up" ["up"] "+" "the row above" |page, shared| page.step(-1, shared);
        "down" ["down"] "move" "the row below" |page, shared| page.step(1, shared);
    }
    DOCUMENT {
        "up" ["up"] "+" "the file above" |page, shared| page.step(-1, shared);
        "down" ["down"] "pick" "the file below" |page, shared| page.step(1, shared);
        "complete" ["tab"] "complete" "complete the path" Page::complete;
        "edit" ["ctrl-e"] "edit" "open it in the editor, or begin a new one" Page::edit;
        "focus-back" ["shift-tab"] "" "to the steps and the document" |page, shared| page.turn_focus(false, shared);
    }
    PAGE {
        "next" ["enter"] "next" "take the answer and go on" Page::take_answer;
        "back" ["esc"] "back" "the question before; answers stay" Page::back;
        "document-up" ["pageup"] "" "the document beside, a page up" |page, shared| page.scroll_page(-1, shared);
        "document-down" ["pagedown"] "" "the document beside, a page down" |page, shared| page.scroll_page(1, shared);
    }
    TABS {
        "focus" ["tab"] "document" "to the document, then to the steps, then back" |page, shared| page.turn_focus(true, shared);
        "focus-back" ["shift-tab"] "" "to the steps, then to the document, then back" |page, shared| page.turn_focus(false, shared);
    }
    SHOWN {
        "copy" ["y"] "copy" "copy the document that is shown" |page, shared| shown::copy(page.shown(shared), shared);
        "previous-document" ["["] "" "show the document before" |page, shared| page.switch(-1, shared);
        "next-document" ["]"] "" "show the document after" |page, shared| page.switch(1, shared);
        "raw" ["v"] "" "show the document without borders, to select by hand" |page, shared| shown::raw(page.shown(shared), shared);
        "preview" ["p"] "" "show or hide the document beside the question" Page::toggle_preview;
        "finish" ["P"] "" "go to the finished plan" |_, _| Reply::GoOn(Go::Finish);
    }
    PANE {
        "up" ["up", "k"] "+" "a line up" |page, shared| page.step(-1, shared);
        "down" ["down", "j"] "scroll" "a line down" |page, shared| page.step(1, shared);
        "document-up" ["pageup"] "" "a page up" |page, shared| page.scroll_page(-1, shared);
        "document-down" ["pagedown"] "" "a page down" |page, shared| page.scroll_page(1, shared);
        "start" ["home", "g"] "" "to the first line" |page, shared| page.step(isize::MIN, shared);
        "end" ["end", "G"] "" "to the last line" |page, shared| page.step(isize::MAX, shared);
        "previous-document" ["left", "h"] "+" "the document before" |page, shared| page.switch(-1, shared);
        "next-document" ["right", "l"] "documents" "the document after" |page, shared| page.switch(1, shared);
        "back" ["esc", "enter"] "question" "to the question" Page::leave_focus;
    }
    STEPS {
        "up" ["up", "k"] "+" "the step above" |page, shared| page.step(-1, shared);
        "down" ["down", "j"] "move" "the step below" |page, shared| page.step(1, shared);
        "jump" ["enter", "right", "l"] "go there" "go to this step" Page::jump;
        "back" ["esc", "left", "h"] "question" "to the question" Page::leave_focus;
    }
};

impl Place for Page {
    fn kinds(&self, shared: &Shared) -> &'static [On] {
        match (self.focus, &self.input) {
            (Focus::Document, _) => ON_PANE,
            (Focus::Steps(_), _) => ON_STEPS,
            (Focus::Question, Input::Choice(list) | Input::Several { list, .. }) if list.filter.is_some() => {
                ON_FILTER
            }
            (Focus::Question, Input::Choice(_)) => ON_CHOICE,
            (Focus::Question, Input::Several { list, .. }) => {
                let choices = input::choices(self.question(), &shared.work.answers).len();
                if list.cursor == choices { ON_OTHERS } else { ON_SEVERAL }
            }
            (Focus::Question, Input::Text(_)) => ON_TEXT,
            (Focus::Question, Input::Document(_)) => ON_DOCUMENT,
        }
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, shared: &Shared) {
        self.draw_all(canvas, area, &shared.work);
    }

    fn field(&mut self, shared: &Shared) -> Option<&mut Field> {
        let question = self.question();
        match self.focus {
            Focus::Question => self.input.field(question, &shared.work.answers),
            Focus::Document | Focus::Steps(_) => None,
        }
    }

    fn typed(&mut self, shared: &mut Shared) -> Reply {
        self.problem = None;
        self.pane.first = None;
        if let Input::Document(path) = &mut self.input {
            path.ask(shared);
            return self.document_changed(shared);
        }
        let rows = input::rows(self.question(), &shared.work.answers);
        if let Some(list) = self.input.list().filter(|list| list.filter.is_some()) {
            list.settle(&rows);
        }
        Reply::Stay
    }

    fn paste(&mut self, text: &str, shared: &mut Shared) -> Reply {
        if matches!(self.input, Input::Document(_)) && is_document(text) {
            return Reply::Go(Go::Edit(Edit::New(self.question(), text.to_owned())));
        }
        self.type_text(text, shared)
    }

    fn list(&mut self) -> Option<&mut List> {
        self.input.list()
    }

    fn step(&mut self, by: isize, shared: &mut Shared) -> Reply {
        match self.focus {
            Focus::Document => {
                self.scroll(&shared.work, &shared.look, by);
                return Reply::Stay;
            }
            Focus::Steps(at) => {
                let last = Work::asked(&self.trial(&shared.work)).count();
                self.focus = Focus::Steps(moved(at, by, last));
                return Reply::Stay;
            }
            Focus::Question => {}
        }
        let rows = input::rows(self.question(), &shared.work.answers);
        self.problem = None;
        self.pane.first = None;
        match &mut self.input {
            Input::Document(path) => {
                path.step(by, shared);
                return self.document_changed(shared);
            }
            Input::Text(_) => {}
            Input::Choice(list) | Input::Several { list, .. } => list.step(by, &rows),
        }
        Reply::Stay
    }

    /// Scrolls the document beside the question.
    fn scroll_page(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.scroll(&shared.work, &shared.look, by * rows_of_page(shared));
        Reply::Stay
    }

    fn wheel(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.scroll(&shared.work, &shared.look, by);
        Reply::Stay
    }

    fn settle(&mut self, shared: &mut Shared) {
        self.refresh(shared);
    }

    fn click(&mut self, target: Target, shared: &mut Shared) -> Reply {
        match target {
            Target::Entry(index) => self.click_entry(index, shared),
            Target::Step(index) => self.jump_to((index < question::ALL.len()).then_some(index), shared),
            Target::Tab(index) => {
                self.pane.picked = Some(index);
                Reply::Stay
            }
            Target::Key(_) | Target::Text(..) => Reply::Stay,
        }
    }
}

impl Page {
    fn click_entry(&mut self, index: usize, shared: &mut Shared) -> Reply {
        self.focus = Focus::Question;
        match &mut self.input {
            // The second click on a choice takes it: the first shows what it would do.
            Input::Choice(list) if list.cursor == index => return self.take_answer(shared),
            Input::Choice(list) => list.cursor = index,
            Input::Several { list, .. } => {
                list.cursor = index;
                return self.tick(shared);
            }
            Input::Document(path) => {
                path.row = Some(index.min(path.completions.len().saturating_sub(1)));
                path.step(0, shared);
                return self.document_changed(shared);
            }
            Input::Text(_) => {}
        }
        Reply::Stay
    }
}
