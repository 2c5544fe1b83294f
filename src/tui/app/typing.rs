//! What moves, what is typed, what is clicked, wherever the keys go now.

use super::{App, Screen};
use crossterm::event::KeyModifiers;

use crate::tui::effect::Effect;
use crate::tui::field::Field;
use crate::tui::hit::Target;
use crate::tui::keys::{ALL, On};
use crate::tui::list::List;
use crate::tui::overlay::{Overlay, Then};
use crate::tui::page::{Focus, Input, Page, input};
use crate::tui::work::Work;

/// How many rows the wheel scrolls.
const PAGE_OVERLAP: isize = 2;

impl App {
    /// Moves the cursor, or scrolls, by so many rows.
    pub fn step(&mut self, by: isize) -> Vec<Effect> {
        if self.overlay.is_some() {
            self.step_overlay(by);
            return Vec::new();
        }
        match &mut self.screen {
            Screen::Home(home) => {
                let words = home.words();
                home.list.step(by, &words);
            }
            Screen::Page(page) => return step_page(page, &self.work, by),
            Screen::Preview(preview) => preview.scroll(by, self.look.size),
            Screen::Explain(explain) => explain.scroll(by, self.look.size),
            Screen::Check(check) if check.report.is_none() => {
                return check.path.step(by).into_iter().collect();
            }
            Screen::Check(check) => check.step(by),
            Screen::Editor(_) => {}
        }
        Vec::new()
    }

    fn step_overlay(&mut self, by: isize) {
        let entries = self.palette_words();
        let keys = self.help_rows().len();
        match &mut self.overlay {
            Some(Overlay::Keys { first }) => *first = moved(*first, by, keys.saturating_sub(1)),
            Some(Overlay::Ask(ask)) => ask.first = moved(ask.first, by, ask.lines.len().saturating_sub(1)),
            Some(Overlay::Palette(list)) => list.step(by, &entries),
            Some(Overlay::Prompt(_)) | None => {}
        }
    }

    /// Scrolls by pages.
    pub fn scroll_page(&mut self, by: isize) -> Vec<Effect> {
        let rows = isize::try_from(self.look.size.1).unwrap_or(24).saturating_sub(6 + PAGE_OVERLAP).max(1);
        match &mut self.screen {
            Screen::Page(page) if self.overlay.is_none() => {
                let sketch = page.sketch(&self.work);
                page.scroll(&sketch, by * rows);
                Vec::new()
            }
            _ => self.step(by * rows),
        }
    }

    /// Changes the line that is typed.
    pub fn field(&mut self, change: fn(&mut Field)) -> Vec<Effect> {
        if let Some(field) = self.typed() {
            change(field);
        }
        self.typed_on()
    }

    /// Types a text.
    pub fn type_text(&mut self, text: &str) -> Vec<Effect> {
        if self.overlay.is_none() {
            match &mut self.screen {
                Screen::Editor(editor) if editor.find.is_none() => {
                    editor.text.insert(text);
                    return Vec::new();
                }
                Screen::Explain(explain) if explain.answer.is_none() => {
                    explain.text.insert(text);
                    return Vec::new();
                }
                _ => {}
            }
        }
        match self.typed() {
            Some(field) => {
                field.insert(text);
                self.typed_on()
            }
            None => Vec::new(),
        }
    }

    /// Takes a paste: into the text, into the line, or as a document where one is asked for.
    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        let is_document = text.trim_start().starts_with(['{', '[']) || text.trim_end().contains('\n');
        match &self.screen {
            Screen::Page(page)
                if matches!(page.input, Input::Document(_)) && is_document && self.overlay.is_none() =>
            {
                let question = page.question();
                self.edit_new(question, text)
            }
            Screen::Check(check) if check.report.is_none() && is_document && self.overlay.is_none() => {
                self.check_text(String::new(), text.to_owned())
            }
            _ => self.type_text(text),
        }
    }

    /// The line that takes what is typed.
    fn typed(&mut self) -> Option<&mut Field> {
        if let Some(overlay) = &mut self.overlay {
            return match overlay {
                Overlay::Palette(list) => list.filter.as_mut(),
                Overlay::Prompt(prompt) => Some(&mut prompt.field),
                Overlay::Keys { .. } | Overlay::Ask(_) => None,
            };
        }
        match &mut self.screen {
            Screen::Home(home) => home.list.filter.as_mut(),
            Screen::Page(page) if page.focus == Focus::Question => {
                let question = page.question();
                page.input.field(question, &self.work.answers)
            }
            Screen::Editor(editor) => editor.find.as_mut(),
            Screen::Check(check) => match check.report {
                None => Some(&mut check.path.field),
                Some(_) => check.list.filter.as_mut(),
            },
            _ => None,
        }
    }

    /// What follows from a change of the line that is typed.
    fn typed_on(&mut self) -> Vec<Effect> {
        let words = self.palette_words();
        match &mut self.overlay {
            Some(Overlay::Palette(list)) => list.settle(&words),
            Some(Overlay::Prompt(prompt)) => prompt.problem = None,
            Some(_) => {}
            None => return self.typed_on_screen(),
        }
        Vec::new()
    }

    fn typed_on_screen(&mut self) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Home(home) => {
                let words = home.words();
                home.list.settle(&words);
            }
            Screen::Page(page) => {
                page.problem = None;
                page.pane.first = None;
                if let Input::Document(path) = &mut page.input {
                    return vec![path.ask()];
                }
                let rows = input::rows(page.question(), &self.work.answers);
                if let Some(list) = page.input.list().filter(|list| list.filter.is_some()) {
                    list.settle(&rows);
                }
            }
            Screen::Editor(editor) => editor.find_as_typed(),
            Screen::Check(check) if check.report.is_none() => return vec![check.path.ask()],
            Screen::Check(check) => check.settle(),
            _ => {}
        }
        Vec::new()
    }

    /// Opens a filter on the list at hand.
    pub fn filter(&mut self) -> Vec<Effect> {
        if let Some(list) = self.list() {
            list.filter = Some(Field::default());
        }
        Vec::new()
    }

    /// Keeps the entry at the cursor and closes the filter.
    pub fn keep_filter(&mut self) -> Vec<Effect> {
        self.drop_filter()
    }

    /// Closes the filter.
    pub fn drop_filter(&mut self) -> Vec<Effect> {
        if let Some(list) = self.list() {
            list.filter = None;
        }
        Vec::new()
    }

    fn list(&mut self) -> Option<&mut List> {
        match &mut self.screen {
            Screen::Home(home) => Some(&mut home.list),
            Screen::Page(page) => page.input.list(),
            Screen::Check(check) => Some(&mut check.list),
            _ => None,
        }
    }

    /// Ticks the row at the cursor, or takes the tick away.
    pub fn tick(&mut self) -> Vec<Effect> {
        let Some((page, work)) = self.page() else { return Vec::new() };
        let choices = input::choices(page.question(), &work.answers);
        if let Input::Several { list, picked, .. } = &mut page.input
            && let Some(choice) = choices.get(list.cursor)
        {
            if picked.contains(&choice.value) {
                picked.retain(|value| *value != choice.value);
            } else {
                picked.push(choice.value.clone());
            }
        }
        Vec::new()
    }

    /// Completes the path that is typed.
    pub fn complete(&mut self) -> Vec<Effect> {
        let path = match &mut self.screen {
            Screen::Page(Page { input: Input::Document(path), .. }) => path,
            Screen::Check(check) => &mut check.path,
            _ => return Vec::new(),
        };
        path.complete().into_iter().collect()
    }

    /// Answers to a click.
    pub fn click(&mut self, target: Target) -> Vec<Effect> {
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

    fn click_entry(&mut self, index: usize) -> Vec<Effect> {
        if let Some(Overlay::Palette(list)) = &mut self.overlay {
            list.cursor = index;
            return self.run_entry();
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
            Screen::Page(page) => {
                page.focus = Focus::Question;
                match &mut page.input {
                    // The second click on a choice takes it: the first shows what it would do.
                    Input::Choice(list) if list.cursor == index => self.next(),
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
                page.scroll(&sketch, by);
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
        let taken = "clicks are taken; the terminal's own selection works with Shift held, or after Alt-M";
        self.say(if self.look.mouse { taken } else { "the mouse is the terminal's again" });
        vec![Effect::Mouse(self.look.mouse)]
    }

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
        Vec::new()
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
        let mut on = self.contexts_below();
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

    /// The rows of the key table that work on the screen below.
    #[must_use]
    pub fn help_rows(&self) -> Vec<usize> {
        self.keys.active(&self.contexts_below()).filter(|index| !self.keys.of(*index).is_empty()).collect()
    }

    /// Does what is at the cursor of the palette.
    pub fn run_entry(&mut self) -> Vec<Effect> {
        let entries = self.palette();
        let Some(Overlay::Palette(list)) = self.overlay.take() else { return Vec::new() };
        let binding = entries.get(list.cursor).and_then(|index| ALL.get(*index));
        binding.map(|binding| (binding.run)(self)).unwrap_or_default()
    }

    /// Confirms nothing twice: what is asked is asked over the screen.
    pub fn ask(&mut self, ask: crate::tui::overlay::Ask) -> Vec<Effect> {
        self.overlay = Some(Overlay::Ask(ask));
        Vec::new()
    }

    /// What follows from an answer without anything to do outside.
    #[must_use]
    pub fn nothing() -> Then {
        Then::Effects(Vec::new())
    }
}

fn step_page(page: &mut Page, work: &Work, by: isize) -> Vec<Effect> {
    match page.focus {
        Focus::Document => {
            let sketch = page.sketch(work);
            page.scroll(&sketch, by);
            return Vec::new();
        }
        Focus::Steps(at) => {
            let last = Work::asked(&page.trial(work)).count();
            page.focus = Focus::Steps(moved(at, by, last));
            return Vec::new();
        }
        Focus::Question => {}
    }
    let rows = input::rows(page.question(), &work.answers);
    page.problem = None;
    page.pane.first = None;
    match &mut page.input {
        Input::Document(path) => return path.step(by).into_iter().collect(),
        Input::Text(_) => {}
        Input::Choice(list) | Input::Several { list, .. } => list.step(by, &rows),
    }
    Vec::new()
}

/// A place moved by so many, between 0 and `last`.
#[must_use]
pub fn moved(at: usize, by: isize, last: usize) -> usize {
    at.min(last).saturating_add_signed(by).min(last)
}
