//! Which kinds of keys work together, and which of them work now; the most particular first. The key table says what
//! each does.

use super::{App, Screen};
use crate::tui::keys::On;
use crate::tui::overlay::Overlay;
use crate::tui::page::{Focus, Input, Page, input};

/// A place in one line: its name, and the kinds of keys that work there beside those that work everywhere.
macro_rules! places {
    ($($name:ident [$($on:ident),+];)+) => {
        $(const $name: &[On] = &[$(On::$on,)+ On::Everywhere];)+
        /// Every place: the kinds of keys that work together.
        pub static PLACES: &[&[On]] = &[$($name),+];
    };
}

places! {
    KEYS [Keys];
    PALETTE [Palette, Field];
    ASK [Ask];
    PROMPT [Prompt, Field];
    HOME [Home, Commands];
    FILTER [Filter, Field];
    CHOICE [Choice, Page, Tabs, Shown, Commands];
    SEVERAL [Several, Page, Tabs, Shown, Commands];
    OTHERS [Others, Page, Tabs, Field];
    TEXT [Page, Tabs, Field];
    DOCUMENT [Document, Page, Field];
    PANE [Pane, Tabs, Shown, Commands];
    STEPS [Steps, Tabs, Commands];
    EDITOR [Editor];
    FIND [Find, Field];
    PREVIEW [Preview, Commands];
    EXPLAIN [Explain];
    EXPLAINED [Explained, Commands];
    CHECK_PATH [CheckPath, Field];
    CHECKED [Checked, Commands];
    CREDENTIAL [Credential, Commands];
    PICK [Pick];
}

/// Whether letters are text where these kinds of keys work.
#[must_use]
pub fn types_text(place: &[On]) -> bool {
    place.iter().any(|on| matches!(on, On::Field | On::Editor | On::Explain))
}

impl App {
    /// The kinds of keys that work now.
    #[must_use]
    pub fn contexts(&self) -> &'static [On] {
        match &self.overlay {
            Some(Overlay::Keys { .. }) => KEYS,
            Some(Overlay::Palette(_)) => PALETTE,
            Some(Overlay::Ask(_)) => ASK,
            Some(Overlay::Pick(_)) => PICK,
            Some(Overlay::Prompt(_)) => PROMPT,
            None => self.contexts_below(),
        }
    }

    /// The kinds of keys that work on the screen, whatever lies over it.
    #[must_use]
    pub fn contexts_below(&self) -> &'static [On] {
        match &self.screen {
            Screen::Home(home) if home.list.filter.is_some() => FILTER,
            Screen::Home(_) => HOME,
            Screen::Page(page) => self.page_contexts(page),
            Screen::Editor(editor) if editor.find.is_some() => FIND,
            Screen::Editor(_) => EDITOR,
            Screen::Preview(_) => PREVIEW,
            Screen::Explain(explain) if explain.answer.is_some() => EXPLAINED,
            Screen::Explain(_) => EXPLAIN,
            Screen::Check(check) if check.report.is_none() => CHECK_PATH,
            Screen::Check(check) if check.list.filter.is_some() => FILTER,
            Screen::Check(_) => CHECKED,
            Screen::Credential => CREDENTIAL,
        }
    }

    fn page_contexts(&self, page: &Page) -> &'static [On] {
        match (page.focus, &page.input) {
            (Focus::Document, _) => PANE,
            (Focus::Steps(_), _) => STEPS,
            (_, Input::Choice(list) | Input::Several { list, .. }) if list.filter.is_some() => FILTER,
            (_, Input::Choice(_)) => CHOICE,
            (_, Input::Several { list, .. }) => {
                let choices = input::choices(page.question(), &self.work.answers).len();
                if list.cursor == choices { OTHERS } else { SEVERAL }
            }
            (_, Input::Text(_)) => TEXT,
            (_, Input::Document(_)) => DOCUMENT,
        }
    }
}
