//! The keys of the screen that checks a document.

use ratatui::layout::Rect;

use super::Check;
use crate::tui::canvas::Canvas;
use crate::tui::common::{COMMANDS, EVERYWHERE, FIELD, FILTER, filter};
use crate::tui::field::Field;
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::list::List;
use crate::tui::path_input::is_document;
use crate::tui::place::{self, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;
use crate::tui::shown;

const CHECK_PATH: On = On::new("CheckPath");
const CHECKED: On = On::new("Checked");

/// Its places, each with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[NAMING, LOOKING, FILTERING];
const NAMING: &[On] = &[CHECK_PATH, FIELD, EVERYWHERE];
const LOOKING: &[On] = &[CHECKED, COMMANDS, EVERYWHERE];
const FILTERING: &[On] = &[FILTER, FIELD, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Check> = rows! {
    CHECK_PATH {
        "check" ["enter"] "check" "check this document" Check::check_path;
        "complete" ["tab"] "complete" "complete the path" |check, shared| check.complete(shared);
        "up" ["up"] "+" "the file above" |check, shared| check.step(-1, shared);
        "down" ["down"] "pick" "the file below" |check, shared| check.step(1, shared);
        "back" ["esc"] "back" "to the start" Check::leave;
    }
    CHECKED {
        "up" ["up", "k"] "+" "the finding above" |check, shared| check.step(-1, shared);
        "down" ["down", "j"] "findings" "the finding below" |check, shared| check.step(1, shared);
        "fix" ["f"] "fix" "apply the fix of this finding" Check::fix;
        "edit" ["enter", "e"] "edit" "open the document at this place" Check::edit;
        "save" ["s"] "save" "save the document with its fixes" Check::save;
        "copy" ["y"] "" "copy the document" |check, shared| shown::copy(Some(check.shown()), shared);
        "raw" ["v"] "" "show the document without borders, to select by hand" |check, shared| shown::raw(Some(check.shown()), shared);
        "filter" ["/"] "" "show only the findings with these words" |check, _| filter(check);
        "back" ["esc"] "back" "another document" Check::leave;
    }
};

impl Check {
    /// Waits no longer for the document that was named before.
    fn path_changed(&mut self, shared: &mut Shared) -> Reply {
        shared.jobs.cancel(&mut self.reading);
        Reply::Stay
    }

    fn complete(&mut self, shared: &mut Shared) -> Reply {
        self.path.complete(shared);
        self.path_changed(shared)
    }
}

impl Place for Check {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        match (&self.report, &self.list.filter) {
            (None, _) => NAMING,
            (Some(_), Some(_)) => FILTERING,
            (Some(_), None) => LOOKING,
        }
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, _: &Shared) {
        self.draw_all(canvas, area);
    }

    fn field(&mut self, _: &Shared) -> Option<&mut Field> {
        if self.report.is_none() { Some(&mut self.path.field) } else { self.list.filter.as_mut() }
    }

    fn typed(&mut self, shared: &mut Shared) -> Reply {
        if self.report.is_none() {
            self.path.ask(shared);
            return self.path_changed(shared);
        }
        let words = self.words();
        self.list.settle(&words);
        Reply::Stay
    }

    fn paste(&mut self, text: &str, shared: &mut Shared) -> Reply {
        if self.report.is_some() || !is_document(text) {
            return self.type_text(text, shared);
        }
        self.take(String::new(), text.to_owned(), shared);
        Reply::Stay
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }

    fn step(&mut self, by: isize, shared: &mut Shared) -> Reply {
        if self.report.is_none() {
            self.path.step(by, shared);
            return self.path_changed(shared);
        }
        let words = self.words();
        self.list.step(by, &words);
        Reply::Stay
    }

    fn settle(&mut self, shared: &mut Shared) {
        self.refresh(shared);
    }

    fn click(&mut self, target: Target, _: &mut Shared) -> Reply {
        match target {
            Target::Entry(index) => self.list.cursor = index,
            Target::Step(_) | Target::Tab(_) | Target::Key(_) | Target::Text(..) => {}
        }
        Reply::Stay
    }
}
