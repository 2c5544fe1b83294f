//! What moves, what is typed, what is clicked, wherever the keys go now.

use super::{App, Screen};

use crate::tui::effect::Effect;
use crate::tui::field::Field;
use crate::tui::list::List;
use crate::tui::look::Look;
use crate::tui::overlay::Overlay;
use crate::tui::page::{Focus, Input, Page, input};
use crate::tui::work::Work;

/// How many rows of a page are seen again on the next.
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
            Screen::Page(page) => return step_page(page, &self.work, &self.look, by),
            Screen::Preview(preview) => preview.scroll(by, self.look.size),
            Screen::Explain(explain) => explain.scroll(by, self.look.size),
            Screen::Check(check) if check.report.is_none() => {
                return check.path.step(by).into_iter().collect();
            }
            Screen::Check(check) => check.step(by),
            Screen::Credential => self.work.credentials.step(by, &self.look),
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
            Some(Overlay::Pick(pick)) => {
                let words = pick.words();
                pick.list.step(by, &words);
            }
            Some(Overlay::Prompt(_)) | None => {}
        }
    }

    /// Scrolls by pages.
    pub fn scroll_page(&mut self, by: isize) -> Vec<Effect> {
        let rows = isize::try_from(self.look.size.1).unwrap_or(24).saturating_sub(6 + PAGE_OVERLAP).max(1);
        match &mut self.screen {
            Screen::Page(page) if self.overlay.is_none() => {
                let sketch = page.sketch(&self.work);
                page.scroll(&sketch, &self.look, by * rows);
                Vec::new()
            }
            Screen::Credential if self.overlay.is_none() => {
                self.work.credentials.scroll(by * rows, &self.look);
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
                Overlay::Keys { .. } | Overlay::Ask(_) | Overlay::Pick(_) => None,
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
        match &mut self.overlay {
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
}

fn step_page(page: &mut Page, work: &Work, look: &Look, by: isize) -> Vec<Effect> {
    match page.focus {
        Focus::Document => {
            let sketch = page.sketch(work);
            page.scroll(&sketch, look, by);
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
