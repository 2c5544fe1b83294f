//! What clicks and the wheel do, and where Tab leads.

use super::{App, Screen, moved};

use crate::tui::effect::Effect;
use crate::tui::hit::Target;
use crate::tui::keys::ALL;
use crate::tui::overlay::Overlay;
use crate::tui::page::{Focus, Input};
use crate::tui::work::Work;

impl App {
    /// Answers to a click.
    pub fn click(&mut self, target: Target) -> Vec<Effect> {
        if !self.is_there(target) {
            return Vec::new();
        }
        self.notice = None;
        match target {
            Target::Key(index) => ALL.get(index).map(|binding| (binding.run)(self)).unwrap_or_default(),
            Target::Entry(index) => self.click_entry(index),
            Target::Step(index) => {
                self.jump_to((index < crate::domain::question::ALL.len()).then_some(index))
            }
            Target::Tab(index) => self.click_tab(index),
            Target::Text(row, column) => {
                if let Screen::Editor(editor) = &mut self.screen {
                    editor.click(row, column);
                }
                Vec::new()
            }
        }
    }

    /// Whether what was clicked can still be there: a click may come to a later screen than it was meant for.
    fn is_there(&self, target: Target) -> bool {
        match (target, &self.overlay) {
            (Target::Key(index), _) => self.keys.active(self.contexts()).any(|active| active == index),
            (Target::Entry(_), Some(Overlay::Palette(_))) | (_, None) => true,
            (_, Some(_)) => false,
        }
    }

    fn click_entry(&mut self, index: usize) -> Vec<Effect> {
        if let Some(Overlay::Palette(list)) = &mut self.overlay {
            list.cursor = index;
            return self.run_entry();
        }
        if let Some(Overlay::Pick(pick)) = &mut self.overlay {
            pick.list.cursor = index;
            return self.take_pick();
        }
        match &mut self.screen {
            Screen::Home(home) => {
                home.list.cursor = index;
                self.open_entry()
            }
            Screen::Check(check) => {
                check.list.cursor = index;
                Vec::new()
            }
            Screen::Credential => {
                self.work.credentials.cursor = index;
                Vec::new()
            }
            Screen::Page(page) => {
                page.focus = Focus::Question;
                match &mut page.input {
                    // The second click on a choice takes it: the first shows what it would do.
                    Input::Choice(list) if list.cursor == index => self.take_answer(),
                    Input::Choice(list) => {
                        list.cursor = index;
                        Vec::new()
                    }
                    Input::Several { list, .. } => {
                        list.cursor = index;
                        self.tick()
                    }
                    Input::Document(path) => {
                        path.row = Some(index.min(path.completions.len().saturating_sub(1)));
                        path.step(0).into_iter().collect()
                    }
                    Input::Text(_) => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn click_tab(&mut self, index: usize) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Preview(preview) => preview.show(index),
            Screen::Page(page) => page.pane.picked = Some(index),
            _ => {}
        }
        Vec::new()
    }

    /// Answers to the wheel.
    pub fn wheel(&mut self, by: isize) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Editor(editor) if self.overlay.is_none() => editor.wheel(by),
            Screen::Page(page) if self.overlay.is_none() => {
                let sketch = page.sketch(&self.work);
                page.scroll(&sketch, &self.look, by);
            }
            _ => return self.step(by),
        }
        Vec::new()
    }

    /// Leads the keys from the question to the document and the steps, or back.
    pub fn focus(&mut self, forwards: bool) -> Vec<Effect> {
        let Some((page, work)) = self.page() else { return Vec::new() };
        let trial = page.trial(work);
        let at = page.at;
        let step = || Focus::Steps(Work::asked(&trial).position(|asked| asked == at).unwrap_or(0));
        page.focus = match (page.focus, forwards) {
            (Focus::Question, true) | (Focus::Steps(_), false) => Focus::Document,
            (Focus::Document, true) | (Focus::Question, false) => step(),
            (Focus::Steps(_), true) | (Focus::Document, false) => Focus::Question,
        };
        Vec::new()
    }

    /// Leads the keys back to the question.
    pub fn to_question(&mut self) -> Vec<Effect> {
        if let Some((page, _)) = self.page() {
            page.focus = Focus::Question;
        }
        Vec::new()
    }

    /// Shows or hides the document beside the question.
    pub fn toggle_preview(&mut self) -> Vec<Effect> {
        self.look.preview = !self.look.preview;
        Vec::new()
    }

    /// Shows the document, or the tab, before or after.
    pub fn switch(&mut self, by: isize) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Preview(preview) => preview.switch(by),
            Screen::Page(page) => {
                let sketch = page.sketch(&self.work);
                let here = page.pane.picked.unwrap_or_else(|| sketch.sheet_for(page.question()));
                page.pane.picked = Some(moved(here, by, sketch.sheets.len().saturating_sub(1)));
                page.pane.first = None;
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes clicks, or leaves the mouse to the terminal.
    pub fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.look.mouse = !self.look.mouse;
        let key = self.key_of("mouse", self.look.symbols.ascii).unwrap_or_default();
        let taken =
            format!("clicks are taken; the terminal's own selection works with Shift held, or after {key}");
        self.say(if self.look.mouse { taken } else { "the mouse is the terminal's again".to_owned() });
        vec![Effect::Mouse(self.look.mouse)]
    }
}
