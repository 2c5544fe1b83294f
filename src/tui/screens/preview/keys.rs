//! The keys of the finished plan.

use ratatui::layout::Rect;

use super::Preview;
use crate::tui::canvas::Canvas;
use crate::tui::common::{COMMANDS, EVERYWHERE};
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::place::{self, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;
use crate::tui::shown;

const PREVIEW: On = On::new("Preview");

/// Its places, each with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[READING];
const READING: &[On] = &[PREVIEW, COMMANDS, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Preview> = rows! {
    PREVIEW {
        "previous-tab" ["left", "h", "shift-tab"] "+" "the tab before" |preview, _| switch(preview, -1);
        "next-tab" ["right", "l", "tab"] "tabs" "the tab after" |preview, _| switch(preview, 1);
        "up" ["up", "k"] "" "a line up" |preview, shared| preview.step(-1, shared);
        "down" ["down", "j"] "" "a line down" |preview, shared| preview.step(1, shared);
        "document-up" ["pageup"] "" "a page up" |preview, shared| preview.scroll_page(-1, shared);
        "document-down" ["pagedown", "space"] "" "a page down" |preview, shared| preview.scroll_page(1, shared);
        "start" ["home", "g"] "" "to the first line" |preview, shared| preview.step(isize::MIN, shared);
        "end" ["end", "G"] "" "to the last line" |preview, shared| preview.step(isize::MAX, shared);
        "copy" ["y"] "copy" "copy what this tab shows" |preview, shared| shown::copy(preview.shown(), shared);
        "copy-command" ["Y"] "" "copy the command line that gives this plan" Preview::copy_command;
        "save" ["s"] "save" "save this document" Preview::save_shown;
        "save-all" ["S"] "save all" "save every document and a README into a folder" Preview::save_all;
        "write" ["w"] "write" "write the role into the service config itself, after a look at the change" Preview::write_config;
        "diff" ["d"] "diff" "show only what changes, or the whole document" Preview::toggle_diff;
        "raw" ["v"] "raw" "show it without borders, to select by hand" |preview, shared| shown::raw(preview.shown(), shared);
        "back" ["esc"] "back" "to the last question" Preview::back;
    }
};

fn switch(preview: &mut Preview, by: isize) -> Reply {
    preview.switch(by);
    Reply::Stay
}

impl Place for Preview {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        READING
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, _: &Shared) {
        self.draw_all(canvas, area);
    }

    fn step(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.scroll(by, shared.look.size);
        Reply::Stay
    }

    fn click(&mut self, target: Target, _: &mut Shared) -> Reply {
        match target {
            Target::Tab(index) => self.show(index),
            Target::Entry(_) | Target::Step(_) | Target::Key(_) | Target::Text(..) => {}
        }
        Reply::Stay
    }
}
