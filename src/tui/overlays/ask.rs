//! A question about what is about to be done.

use ratatui::layout::Rect;

use super::panel::panel;
use crate::tui::canvas::{Canvas, below};
use crate::tui::common::EVERYWHERE;
use crate::tui::dialog::{Answer, Ask, Then};
use crate::tui::highlight::Language;
use crate::tui::keymap::{Binding, On};
use crate::tui::list::moved;
use crate::tui::place::{self, Decision, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;
use crate::tui::sheet_view;

const ASK: On = On::new("Ask");

/// Its place, with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[PLACE];
const PLACE: &[On] = &[ASK, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Ask> = rows! {
    ASK {
        "yes" ["enter"] "" "do it" |ask, _| decided(&mut ask.yes.1, Answer::Yes);
        "other" ["d"] "" "the other way" other;
        "up" ["up", "k"] "" "a line up" |ask, shared| ask.step(-1, shared);
        "down" ["down", "j"] "" "a line down" |ask, shared| ask.step(1, shared);
        "document-up" ["pageup"] "" "a page up" |ask, shared| ask.scroll_page(-1, shared);
        "document-down" ["pagedown", "space"] "" "a page down" |ask, shared| ask.scroll_page(1, shared);
        "close" ["esc"] "not now" "do nothing" |_, _| Reply::Decided(Decision::Answer(Answer::Closed));
    }
};

impl Place for Ask {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        PLACE
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, _: &Shared) {
        let theme = canvas.theme();
        let area = panel(canvas, area, "");
        let used = canvas.wrapped(area, &self.title, theme.strong);
        sheet_view::lines(canvas, below(area, used + 1), &self.lines, self.first, Language::Json);
    }

    fn step(&mut self, by: isize, _: &mut Shared) -> Reply {
        self.first = moved(self.first, by, self.lines.len().saturating_sub(1));
        Reply::Stay
    }

    /// What is confirmed is called by its own name.
    fn label(&self, binding: &Binding) -> &'static str {
        match binding.name {
            "yes" if binding.on == ASK => self.yes.0,
            "other" if binding.on == ASK => self.other.as_ref().map_or("", |(label, _)| *label),
            _ => binding.label,
        }
    }
}

fn other(ask: &mut Ask, _: &mut Shared) -> Reply {
    ask.other.as_mut().map_or(Reply::Stay, |(_, then)| decided(then, Answer::Other))
}

fn decided(then: &mut Then, answer: Answer) -> Reply {
    Reply::Decided(match std::mem::replace(then, Then::Tell) {
        Then::Tell => Decision::Answer(answer),
        Then::Do(action) => Decision::Do(action),
    })
}
