//! The keys of the home screen.

use ratatui::layout::Rect;

use super::Home;
use crate::tui::canvas::Canvas;
use crate::tui::common::{COMMANDS, EVERYWHERE, FIELD, FILTER, filter};
use crate::tui::field::Field;
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::list::List;
use crate::tui::place::{self, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;

const HOME: On = On::new("Home");

/// Its places, each with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[CHOOSING, FILTERING];
const CHOOSING: &[On] = &[HOME, COMMANDS, EVERYWHERE];
const FILTERING: &[On] = &[FILTER, FIELD, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Home> = rows! {
    HOME {
        "up" ["up", "k"] "+" "the row above" |home, shared| home.step(-1, shared);
        "down" ["down", "j"] "choose" "the row below" |home, shared| home.step(1, shared);
        "open" ["enter", "right", "l"] "open" "do it" Home::start;
        "filter" ["/"] "" "show only the rows with these words" |home, _| filter(home);
        "drop-draft" ["x", "delete"] "" "forget the draft at the cursor" Home::ask_to_drop;
    }
};

impl Place for Home {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        if self.list.filter.is_some() { FILTERING } else { CHOOSING }
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, _: &Shared) {
        self.draw_all(canvas, area);
    }

    fn field(&mut self, _: &Shared) -> Option<&mut Field> {
        self.list.filter.as_mut()
    }

    fn typed(&mut self, _: &mut Shared) -> Reply {
        let words = self.words();
        self.list.settle(&words);
        Reply::Stay
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }

    fn step(&mut self, by: isize, _: &mut Shared) -> Reply {
        let words = self.words();
        self.list.step(by, &words);
        Reply::Stay
    }

    fn click(&mut self, target: Target, shared: &mut Shared) -> Reply {
        match target {
            Target::Entry(index) => {
                self.list.cursor = index;
                self.start(shared)
            }
            Target::Step(_) | Target::Tab(_) | Target::Key(_) | Target::Text(..) => Reply::Stay,
        }
    }
}
