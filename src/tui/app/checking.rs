//! A document that is checked: named, fixed, saved, left, brought back. What is not saved is asked about.

use super::{App, Screen};
use crate::domain::sketch::Change;
use crate::domain::text::visible_line;
use crate::tui::check::Check;
use crate::tui::effect::{Effect, Why};
use crate::tui::overlay::{Ask, Then};
use crate::tui::unsaved::{Unsaved, lacks_secrets};

use super::keeping::LACKS;

impl App {
    /// Shows where a document is named to be checked, or the one whose fixes are not saved.
    pub fn go_check(&mut self) -> Vec<Effect> {
        self.overlay = None;
        if let Some(checked) = self.work.draft.checked.clone() {
            return self.reopen_check(&checked);
        }
        let mut check = Check::of(&self.work);
        let ask = check.path.ask();
        self.screen = Screen::Check(check);
        vec![ask]
    }

    /// Shows a document again whose fixes were not saved.
    pub fn reopen_check(&mut self, checked: &Unsaved) -> Vec<Effect> {
        let mut check = Check::of(&self.work);
        check.take(checked.path.clone(), String::new());
        check.set(checked.masked.text.clone());
        check.awaits_file = !checked.path.is_empty();
        let read = Effect::Read { path: checked.path.clone(), why: Why::Restore };
        let effects = if check.awaits_file { vec![read] } else { Vec::new() };
        self.screen = Screen::Check(check);
        self.say_back(&checked.masked.text, "");
        effects
    }

    /// Fills the secrets of a document that is back from those lines of its file that were not changed.
    pub fn restore_check(&mut self, path: &str, file: &str) -> Vec<Effect> {
        let Screen::Check(check) = &mut self.screen else { return Vec::new() };
        if check.file != path || !check.awaits_file {
            return Vec::new();
        }
        let kept = self.work.draft.checked.as_ref();
        let text = kept.map_or_else(|| file.to_owned(), |kept| kept.masked.filled(file));
        check.take(path.to_owned(), file.to_owned());
        check.set(text.clone());
        self.say_back(&text, file);
        Vec::new()
    }

    /// Checks the document whose path is typed.
    pub fn check_path(&mut self) -> Vec<Effect> {
        let Screen::Check(check) = &mut self.screen else { return Vec::new() };
        if let Some(effect) = check.path.enter_folder() {
            return vec![effect];
        }
        let path = check.path.settle();
        if path.is_empty() {
            self.complain("name a file, or paste the text");
            return Vec::new();
        }
        vec![Effect::Read { path, why: Why::Check }]
    }

    /// Checks a file that was read, if it is still the one that is named.
    pub fn check_file(&mut self, path: String, result: Result<String, String>) -> Vec<Effect> {
        let Screen::Check(check) = &self.screen else { return Vec::new() };
        if check.report.is_some() || check.path.path() != path {
            return Vec::new();
        }
        match result {
            Ok(text) => self.check_text(path, text),
            Err(problem) => {
                self.complain(problem);
                Vec::new()
            }
        }
    }

    /// Checks a text.
    pub fn check_text(&mut self, file: String, text: String) -> Vec<Effect> {
        if let Screen::Check(check) = &mut self.screen {
            check.take(file, text);
        }
        Vec::new()
    }

    /// Saves the document that was checked, once the change has been looked at.
    pub fn save_checked(&mut self) -> Vec<Effect> {
        let Screen::Check(check) = &self.screen else { return Vec::new() };
        if !check.is_changed() {
            self.say("nothing was changed");
            return Vec::new();
        }
        if !check.is_looked_through() {
            self.complain("the document is still being checked; save it in a moment");
            return Vec::new();
        }
        if check.file.is_empty() && !lacks_secrets(&check.text, &check.before) {
            return self.ask_path("document.json");
        }
        let ask = to_save(check);
        self.ask(ask)
    }

    /// Leaves the document that was checked. What is not saved is asked about.
    pub fn leave_check(&mut self) -> Vec<Effect> {
        let Screen::Check(check) = &mut self.screen else { return Vec::new() };
        if !check.is_changed() {
            return self.discard_check();
        }
        let name = if check.file.is_empty() { "The document".into() } else { visible_line(&check.file) };
        let asked = to_save(check);
        let title = format!("{name} is changed and not saved. {}", asked.title);
        let other = Some(("leave it unsaved", Then::Run(Self::discard_check)));
        check.leaving = true;
        self.ask(Ask { title, other, ..asked })
    }

    /// Leaves the document without what was changed.
    pub fn discard_check(&mut self) -> Vec<Effect> {
        let Screen::Check(check) = &mut self.screen else { return Vec::new() };
        check.close();
        let ask = check.path.ask();
        std::iter::once(ask).chain(self.work.keep_checked(None)).collect()
    }
}

/// The question before a document is saved, with the change to look at.
fn to_save(check: &Check) -> Ask {
    let lacks = lacks_secrets(&check.text, &check.before);
    let lacks = if lacks { format!("{LACKS} ") } else { String::new() };
    if check.file.is_empty() {
        let then = Then::Run(|app| app.ask_path("document.json"));
        return Ask::new(format!("{lacks}Save it?"), Vec::new(), "save it", then);
    }
    let (path, text, before) = (check.file.clone(), check.text.clone(), Some(check.before.clone()));
    let title = format!("{lacks}Write this into {}?", visible_line(&path));
    let write = Effect::Write { path, text, replace: true, private: false, before, why: Why::SaveText };
    let lines = if check.is_looked_through() { check.lines().to_vec() } else { Vec::new() };
    let changed = lines.iter().position(|line| line.change != Change::Kept);
    let first = changed.unwrap_or(0).saturating_sub(2);
    Ask { first, ..Ask::new(title, lines, "write it", Then::Effects(vec![write])) }
}
