//! Which kinds of keys work now, the most particular first. The key table says what each does.

use super::{App, Screen};
use crate::tui::keys::On;
use crate::tui::overlay::Overlay;
use crate::tui::page::{Focus, Input, Page, input};

impl App {
    /// The kinds of keys that work now.
    #[must_use]
    pub fn contexts(&self) -> Vec<On> {
        let mut on = match &self.overlay {
            Some(Overlay::Keys { .. }) => vec![On::Keys],
            Some(Overlay::Palette(_)) => vec![On::Palette, On::Field],
            Some(Overlay::Ask(_)) => vec![On::Ask],
            Some(Overlay::Pick(_)) => vec![On::Pick],
            Some(Overlay::Prompt(_)) => vec![On::Prompt, On::Field],
            None => self.screen_contexts(),
        };
        on.push(On::Everywhere);
        on
    }

    /// The kinds of keys that work on the screen, whatever lies over it.
    #[must_use]
    pub fn contexts_below(&self) -> Vec<On> {
        let mut on = self.screen_contexts();
        on.push(On::Everywhere);
        on
    }

    fn screen_contexts(&self) -> Vec<On> {
        match &self.screen {
            Screen::Home(home) if home.list.filter.is_some() => vec![On::Filter, On::Field],
            Screen::Home(_) => vec![On::Home, On::Commands],
            Screen::Page(page) => self.page_contexts(page),
            Screen::Editor(editor) if editor.find.is_some() => vec![On::Find, On::Field],
            Screen::Editor(_) => vec![On::Editor],
            Screen::Preview(_) => vec![On::Preview, On::Commands],
            Screen::Explain(explain) if explain.answer.is_some() => vec![On::Explained, On::Commands],
            Screen::Explain(_) => vec![On::Explain],
            Screen::Check(check) if check.report.is_none() => vec![On::CheckPath, On::Field],
            Screen::Check(check) if check.list.filter.is_some() => vec![On::Filter, On::Field],
            Screen::Check(_) => vec![On::Checked, On::Commands],
            Screen::Credential => vec![On::Credential, On::Commands],
        }
    }

    fn page_contexts(&self, page: &Page) -> Vec<On> {
        match page.focus {
            Focus::Document => return vec![On::Pane, On::Tabs, On::Shown, On::Commands],
            Focus::Steps(_) => return vec![On::Steps, On::Tabs, On::Commands],
            Focus::Question => {}
        }
        match &page.input {
            Input::Choice(list) | Input::Several { list, .. } if list.filter.is_some() => {
                vec![On::Filter, On::Field]
            }
            Input::Choice(_) => vec![On::Choice, On::Page, On::Tabs, On::Shown, On::Commands],
            Input::Several { list, .. } => {
                let choices = input::choices(page.question(), &self.work.answers).len();
                if list.cursor == choices {
                    vec![On::Others, On::Page, On::Tabs, On::Field]
                } else {
                    vec![On::Several, On::Page, On::Tabs, On::Shown, On::Commands]
                }
            }
            Input::Text(_) => vec![On::Page, On::Tabs, On::Field],
            Input::Document(_) => vec![On::Document, On::Page, On::Field],
        }
    }
}
