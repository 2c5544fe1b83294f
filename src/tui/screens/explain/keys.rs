//! The keys of the screen that explains a message.

use ratatui::layout::Rect;

use super::Explain;
use crate::tui::buffer::{Motion, TextBuffer};
use crate::tui::canvas::Canvas;
use crate::tui::common::{COMMANDS, EVERYWHERE};
use crate::tui::keymap::{Binding, On};
use crate::tui::place::{self, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;
use crate::tui::shown;

const EXPLAIN: On = On::typing("Explain");
const EXPLAINED: On = On::new("Explained");

/// Its places, each with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[ASKING, ANSWERED];
const ASKING: &[On] = &[EXPLAIN, EVERYWHERE];
const ANSWERED: &[On] = &[EXPLAINED, COMMANDS, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Explain> = rows! {
    EXPLAIN {
        "explain" ["enter"] "explain" "explain the message" Explain::explain;
        "new-line" ["ctrl-j"] "" "a new line" |explain, _| change(explain, TextBuffer::newline);
        "left" ["left"] "" "a character to the left" |explain, _| go(explain, Motion::Left);
        "right" ["right"] "" "a character to the right" |explain, _| go(explain, Motion::Right);
        "up" ["up"] "" "a line up" |explain, _| go(explain, Motion::Up);
        "down" ["down"] "" "a line down" |explain, _| go(explain, Motion::Down);
        "backspace" ["backspace"] "" "take the character before the cursor away" |explain, _| change(explain, TextBuffer::backspace);
        "delete" ["delete"] "" "take the character behind the cursor away" |explain, _| change(explain, TextBuffer::delete);
        "empty" ["ctrl-u"] "" "take everything away" |explain, _| change(explain, |text| text.replace(""));
        "back" ["esc"] "back" "to the start" Explain::back;
    }
    EXPLAINED {
        "up" ["up", "k"] "+" "a line up" |explain, shared| explain.step(-1, shared);
        "down" ["down", "j"] "scroll" "a line down" |explain, shared| explain.step(1, shared);
        "document-up" ["pageup"] "" "a page up" |explain, shared| explain.scroll_page(-1, shared);
        "document-down" ["pagedown", "space"] "" "a page down" |explain, shared| explain.scroll_page(1, shared);
        "start" ["home", "g"] "" "to the first line" |explain, shared| explain.step(isize::MIN, shared);
        "end" ["end", "G"] "" "to the last line" |explain, shared| explain.step(isize::MAX, shared);
        "mend" ["enter", "w"] "set it right" "go through the questions with what the message tells" Explain::mend_case;
        "copy" ["y"] "copy" "copy the explanation" |explain, shared| shown::copy(explain.shown(), shared);
        "raw" ["v"] "" "show it without borders, to select by hand" |explain, shared| shown::raw(explain.shown(), shared);
        "back" ["esc"] "back" "another message" Explain::back;
    }
};

fn change(explain: &mut Explain, change: fn(&mut TextBuffer)) -> Reply {
    change(&mut explain.text);
    Reply::Stay
}

fn go(explain: &mut Explain, motion: Motion) -> Reply {
    explain.text.move_to(motion, false);
    Reply::Stay
}

impl Place for Explain {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        if self.answer.is_some() { ANSWERED } else { ASKING }
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, _: &Shared) {
        self.draw_all(canvas, area);
    }

    fn type_text(&mut self, text: &str, _: &mut Shared) -> Reply {
        if self.answer.is_none() {
            self.text.insert(text);
        }
        Reply::Stay
    }

    fn step(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.scroll(by, shared.look.size);
        Reply::Stay
    }
}
