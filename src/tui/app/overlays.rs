//! What lies over the screen: opened, confirmed, taken, closed.

use super::{App, Screen};
use crossterm::event::KeyModifiers;

use crate::tui::effect::Effect;
use crate::tui::field::Field;
use crate::tui::keys::{ALL, On};
use crate::tui::list::List;
use crate::tui::overlay::Overlay;

impl App {
    /// Does what was confirmed.
    pub fn confirm(&mut self) -> Vec<Effect> {
        match self.overlay.take() {
            Some(Overlay::Ask(ask)) => self.then(ask.then),
            other => {
                self.overlay = other;
                Vec::new()
            }
        }
    }

    /// Does the other thing that was offered.
    pub fn confirm_other(&mut self) -> Vec<Effect> {
        let other = match &mut self.overlay {
            Some(Overlay::Ask(ask)) => ask.other.take(),
            _ => None,
        };
        match other {
            Some((_, then)) => {
                self.overlay = None;
                self.then(then)
            }
            None => Vec::new(),
        }
    }

    /// Takes what lies over the screen away.
    pub fn close(&mut self) -> Vec<Effect> {
        self.overlay = None;
        self.stay();
        Vec::new()
    }

    /// Forgets that the editor or the check was to be left once the text is saved.
    pub fn stay(&mut self) {
        match &mut self.screen {
            Screen::Editor(editor) => editor.leaving = false,
            Screen::Check(check) => check.leaving = false,
            _ => {}
        }
    }

    /// Takes the line that was typed.
    pub fn take_prompt(&mut self) -> Vec<Effect> {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return Vec::new() };
        match (prompt.take)(self, prompt.field.text().trim()) {
            Ok(effects) => effects,
            Err(problem) => {
                self.overlay =
                    Some(Overlay::Prompt(crate::tui::overlay::Prompt { problem: Some(problem), ..prompt }));
                Vec::new()
            }
        }
    }

    /// Shows the keys that work now.
    pub fn open_keys(&mut self) -> Vec<Effect> {
        self.overlay = Some(Overlay::Keys { first: 0 });
        Vec::new()
    }

    /// Shows everything that can be done now.
    pub fn open_palette(&mut self) -> Vec<Effect> {
        self.overlay = Some(Overlay::Palette(List { cursor: 0, filter: Some(Field::default()) }));
        Vec::new()
    }

    /// What can be done on the screen below, by its places in the key table.
    #[must_use]
    pub fn palette(&self) -> Vec<usize> {
        let mut on = self.contexts_below().to_vec();
        on.retain(|on| !matches!(on, On::Field));
        on.push(On::Menu);
        let mut seen: Vec<(&str, &str)> = Vec::new();
        let fresh = |index: &usize| {
            let key = (ALL[*index].name, ALL[*index].help);
            let fresh = !seen.contains(&key) && ALL[*index].name != "palette" && !self.only_moves(*index);
            seen.push(key);
            fresh
        };
        self.keys.active(&on).filter(fresh).collect()
    }

    /// Whether a row of the key table only moves: nobody looks for that by name.
    fn only_moves(&self, index: usize) -> bool {
        let first = self.keys.of(index).first();
        first.is_some_and(|press| !press.modifiers.contains(KeyModifiers::CONTROL) && press.moves())
    }

    /// What a filter looks for in each entry of the palette.
    #[must_use]
    pub fn palette_words(&self) -> Vec<String> {
        self.palette().into_iter().map(|index| format!("{} {}", ALL[index].name, ALL[index].help)).collect()
    }

    /// Leads the cursor of the palette to an entry that is shown: the screen below may be another one now.
    pub fn settle_palette(&mut self) {
        if matches!(self.overlay, Some(Overlay::Palette(_))) {
            let words = self.palette_words();
            if let Some(Overlay::Palette(list)) = &mut self.overlay {
                list.settle(&words);
            }
        }
    }

    /// The rows of the key table that work on the screen below.
    #[must_use]
    pub fn help_rows(&self) -> Vec<usize> {
        self.keys.active(self.contexts_below()).filter(|index| !self.keys.of(*index).is_empty()).collect()
    }

    /// Does what is at the cursor of the palette.
    pub fn run_entry(&mut self) -> Vec<Effect> {
        let (entries, words) = (self.palette(), self.palette_words());
        let Some(Overlay::Palette(list)) = self.overlay.take() else { return Vec::new() };
        // What the filter does not show is not done.
        let at = list.shown(&words).into_iter().find(|at| *at == list.cursor);
        let binding = at.and_then(|at| entries.get(at)).and_then(|index| ALL.get(*index));
        binding.map(|binding| (binding.run)(self)).unwrap_or_default()
    }

    /// Confirms nothing twice: what is asked is asked over the screen.
    pub fn ask(&mut self, ask: crate::tui::overlay::Ask) -> Vec<Effect> {
        self.overlay = Some(Overlay::Ask(ask));
        Vec::new()
    }
}
