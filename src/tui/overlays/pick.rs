//! Several things, one of which is done.

use ratatui::layout::Rect;

use super::panel::panel;
use crate::tui::canvas::{Canvas, row};
use crate::tui::common::EVERYWHERE;
use crate::tui::dialog::{Answer, Pick};
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::place::{self, Decision, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;

const PICK: On = On::new("Pick");

/// Its place, with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[PLACE];
const PLACE: &[On] = &[PICK, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Pick> = rows! {
    PICK {
        "pick" ["enter"] "take it" "do what is at the cursor" pick;
        "up" ["up", "k"] "+" "the row above" |pick, shared| pick.step(-1, shared);
        "down" ["down", "j"] "move" "the row below" |pick, shared| pick.step(1, shared);
        "close" ["esc"] "not now" "do nothing" |_, _| Reply::Decided(Decision::Answer(Answer::Closed));
    }
};

impl Place for Pick {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        PLACE
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, _: &Shared) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let area = panel(canvas, area, self.title);
        for ((at, index), title) in (0..area.height).zip(0..).zip(&self.rows) {
            let here = index == self.list.cursor;
            let (sign, style) = if here { (symbols.here, theme.here) } else { (" ", theme.text) };
            canvas.line(row(area, at), &[(sign, theme.here), (" ", theme.text), (title, style)]);
            canvas.hit(row(area, at), Target::Entry(index));
            if here {
                canvas.cursor_at(row(area, at), 0);
            }
        }
    }

    fn step(&mut self, by: isize, _: &mut Shared) -> Reply {
        let words = self.words();
        self.list.step(by, &words);
        Reply::Stay
    }
}

fn pick(pick: &mut Pick, _: &mut Shared) -> Reply {
    Reply::Decided(Decision::Answer(Answer::Picked(pick.list.cursor)))
}
