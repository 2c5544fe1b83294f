//! The list of keys that work on the screen.

use ratatui::layout::Rect;

use super::panel::panel;
use crate::tui::canvas::{Canvas, inset, left, row};
use crate::tui::common::EVERYWHERE;
use crate::tui::dialog::{Answer, KeyList};
use crate::tui::keymap::{Binding, On};
use crate::tui::list::moved;
use crate::tui::place::{self, Decision, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;
use crate::tui::wrap::width;

const KEY_LIST: On = On::new("Keys");

/// Its place, with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[PLACE];
const PLACE: &[On] = &[KEY_LIST, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<KeyList> = rows! {
    KEY_LIST {
        "up" ["up", "k"] "+" "a line up" |keys, shared| keys.step(-1, shared);
        "down" ["down", "j"] "scroll" "a line down" |keys, shared| keys.step(1, shared);
        "document-up" ["pageup"] "" "a page up" |keys, shared| keys.scroll_page(-1, shared);
        "document-down" ["pagedown", "space"] "" "a page down" |keys, shared| keys.scroll_page(1, shared);
        "close" ["esc", "enter", "q", "?"] "close" "back to the screen" |_, _| Reply::Decided(Decision::Answer(Answer::Closed));
    }
};

impl Place for KeyList {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        PLACE
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, shared: &Shared) {
        let (theme, ascii) = (canvas.theme(), canvas.symbols().ascii);
        let row_of = |index| (shared.keys.shown(index, ascii), shared.keys.binding(index).help);
        let rows: Vec<(String, &str)> = bindings(shared).into_iter().map(row_of).collect();
        let area = panel(canvas, area, "The keys that work now");
        let keys = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0).min(area.width / 2);
        for (at, (shown, help)) in (0..area.height).zip(rows.iter().skip(self.first)) {
            let line = row(area, at);
            canvas.text(left(line, keys), shown, theme.key);
            canvas.text(inset(line, keys + 2), help, theme.text);
        }
    }

    fn step(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.first = moved(self.first, by, bindings(shared).len().saturating_sub(1));
        Reply::Stay
    }
}

/// The bindings that work on the screen below and have a key.
fn bindings(shared: &Shared) -> Vec<usize> {
    let active = shared.keys.active(shared.kinds_below);
    active.filter(|index| !shared.keys.of(*index).is_empty()).collect()
}
