//! Everything that can be done on the screen below, by name.

use ratatui::layout::Rect;

use crossterm::event::KeyModifiers;

use super::panel::panel;
use crate::tui::canvas::{Canvas, below, row};
use crate::tui::common::{EVERYWHERE, FIELD, MENU};
use crate::tui::completions;
use crate::tui::dialog::{Answer, Palette};
use crate::tui::field::Field;
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::list::scrolled;
use crate::tui::place::{self, Decision, Place, Reply, Rows, rows};
use crate::tui::shared::Shared;

const PALETTE: On = On::new("Palette");

/// Its place, with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[PLACE];
const PLACE: &[On] = &[PALETTE, FIELD, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Palette> = rows! {
    PALETTE {
        "run" ["enter"] "do it" "do what is at the cursor" run;
        "up" ["up"] "+" "the row above" |palette, shared| palette.step(-1, shared);
        "down" ["down"] "move" "the row below" |palette, shared| palette.step(1, shared);
        "close" ["esc"] "close" "back to the screen" |_, _| Reply::Decided(Decision::Answer(Answer::Closed));
    }
};

impl Place for Palette {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        PLACE
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, shared: &Shared) {
        let (theme, symbols) = (canvas.theme(), canvas.symbols());
        let list = &self.list;
        let entries = entries(shared);
        let shown = list.shown(&words(shared));
        let area = panel(canvas, area, "What should be done?");
        let list_area = below(area, 2);
        let at = shown.iter().position(|index| *index == list.cursor).unwrap_or(0);
        let first = scrolled(at, shown.len(), usize::from(list_area.height));
        for (place, index) in (0..list_area.height).zip(shown.iter().skip(first)) {
            let here = *index == list.cursor;
            let entry = entries[*index];
            let line = row(list_area, place);
            let sign = if here { symbols.here } else { " " };
            let style = if here { theme.here } else { theme.text };
            let help = shared.keys.binding(entry).help;
            canvas.line(line, &[(sign, theme.here), (" ", theme.text), (help, style)]);
            canvas.right(line, &shared.keys.shown(entry, symbols.ascii), theme.dim);
            canvas.hit(line, Target::Entry(*index));
        }
        if let Some(field) = &list.filter {
            completions::field(canvas, row(area, 0), field, "save", true);
        }
    }

    fn field(&mut self, _: &Shared) -> Option<&mut Field> {
        self.list.filter.as_mut()
    }

    fn step(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.list.step(by, &words(shared));
        Reply::Stay
    }

    fn click(&mut self, target: Target, shared: &mut Shared) -> Reply {
        match target {
            Target::Entry(index) => {
                self.list.cursor = index;
                run(self, shared)
            }
            Target::Step(_) | Target::Tab(_) | Target::Key(_) | Target::Text(..) => Reply::Stay,
        }
    }

    /// Leads the cursor to an entry that is shown: the screen below may be another one now.
    fn settle(&mut self, shared: &mut Shared) {
        self.list.settle(&words(shared));
    }
}

/// Does what is at the cursor; what the filter does not show is not done.
fn run(palette: &mut Palette, shared: &mut Shared) -> Reply {
    let shown = palette.list.shown(&words(shared));
    let at = shown.into_iter().find(|at| *at == palette.list.cursor);
    let index = at.and_then(|at| entries(shared).get(at).copied());
    Reply::Decided(index.map_or(Decision::Answer(Answer::Closed), Decision::Run))
}

/// What can be done on the screen below, by its places among the bindings.
fn entries(shared: &Shared) -> Vec<usize> {
    let mut kinds = shared.kinds_below.to_vec();
    kinds.retain(|on| *on != FIELD);
    kinds.push(MENU);
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let is_fresh = |index: &usize| {
        let binding = shared.keys.binding(*index);
        let key = (binding.name, binding.help);
        let is_fresh = !seen.contains(&key) && binding.name != "palette" && !only_moves(*index, shared);
        seen.push(key);
        is_fresh
    };
    shared.keys.active(&kinds).filter(is_fresh).collect()
}

/// Whether a binding only moves: nobody looks for that by name.
fn only_moves(index: usize, shared: &Shared) -> bool {
    let first = shared.keys.of(index).first();
    first.is_some_and(|press| !press.modifiers.contains(KeyModifiers::CONTROL) && press.moves())
}

/// What a filter looks for in each entry.
fn words(shared: &Shared) -> Vec<String> {
    let words = |index| {
        let binding = shared.keys.binding(index);
        format!("{} {}", binding.name, binding.help)
    };
    entries(shared).into_iter().map(words).collect()
}
