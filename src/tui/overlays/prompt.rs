//! A line to type.

use ratatui::layout::Rect;

use super::panel::panel;
use crate::tui::canvas::{Canvas, above, below, row};
use crate::tui::common::{EVERYWHERE, FIELD};
use crate::tui::completions;
use crate::tui::dialog::{Answer, Prompt};
use crate::tui::field::Field;
use crate::tui::keymap::{Binding, On};
use crate::tui::place::{self, Decision, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;

const PROMPT: On = On::new("Prompt");

/// Its place, with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[PLACE];
const PLACE: &[On] = &[PROMPT, FIELD, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Prompt> = rows! {
    PROMPT {
        "take" ["enter"] "take it" "take what is typed" take;
        "close" ["esc"] "not now" "do nothing" |_, _| Reply::Decided(Decision::Answer(Answer::Closed));
    }
};

impl Place for Prompt {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        PLACE
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, _: &Shared) {
        let theme = canvas.theme();
        let area = panel(canvas, area, &self.title);
        let used = canvas.wrapped(above(area, 2), self.help, theme.dim);
        completions::field(canvas, row(area, used + 1), &self.field, "", true);
        if let Some(problem) = &self.problem {
            canvas.wrapped(below(area, used + 3), problem, theme.bad);
        }
    }

    fn field(&mut self, _: &Shared) -> Option<&mut Field> {
        Some(&mut self.field)
    }

    fn typed(&mut self, _: &mut Shared) -> Reply {
        self.problem = None;
        Reply::Stay
    }
}

fn take(prompt: &mut Prompt, _: &mut Shared) -> Reply {
    Reply::Decided(Decision::Answer(Answer::Typed(prompt.field.text().trim().to_owned())))
}
