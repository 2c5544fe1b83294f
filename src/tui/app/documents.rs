//! What is copied, saved, shown raw or written in place.

use super::{App, Screen};
use crate::domain::credential::Secret;
use crate::domain::plan::{PlanDocument, report};
use crate::domain::sketch::compared;
use crate::domain::{edit::masked, secret};
use crate::tui::effect::{Effect, Why};
use crate::tui::field::Field;
use crate::tui::overlay::{Ask, Overlay, Prompt, Then};
use crate::tui::preview::Tab;

/// A text with its name, and whether it may hold secrets.
struct Shown {
    name: String,
    text: String,
    secret: bool,
}

impl App {
    /// The text that is shown, whole.
    fn shown(&mut self) -> Option<Shown> {
        match &self.screen {
            Screen::Preview(preview) => {
                let (name, text) = preview.shown()?;
                Some(Shown { name, text, secret: preview.holds_secret() })
            }
            Screen::Explain(explain) => {
                let text = explain.text_of_answer()?;
                Some(Shown { name: "the explanation".to_owned(), text, secret: false })
            }
            Screen::Check(check) => {
                let name = if check.file.is_empty() { "the document".to_owned() } else { check.file.clone() };
                let secret = !secret::spans_in_text(&check.text).is_empty();
                Some(Shown { name, text: check.text.clone(), secret })
            }
            Screen::Page(_) => self.shown_beside(),
            Screen::Home(_) | Screen::Editor(_) | Screen::Credential => None,
        }
    }

    /// The document beside a question, once nothing in it is an example.
    fn shown_beside(&mut self) -> Option<Shown> {
        let (page, work) = self.page()?;
        let sketch = page.sketch(work);
        let at = page.pane.picked.unwrap_or_else(|| sketch.sheet_for(page.question()));
        let sheet = sketch.sheets.get(at)?;
        let open: Vec<_> = sketch.open.iter().map(|question| question.label.to_lowercase()).collect();
        if !open.is_empty() {
            let message = format!("{} is not finished: {} still open", sheet.name, open.join(", "));
            self.complain(message);
            return None;
        }
        let made = crate::domain::plan::plan(&page.trial(work), &work.facts).ok()?;
        let document = made.documents.iter().find(|document| document.name == sheet.name);
        let text = document.map_or_else(|| report::commands(&made), |document| document.text.clone());
        let secret = document.is_some_and(PlanDocument::holds_secret);
        Some(Shown { name: sheet.name.to_owned(), text, secret })
    }

    /// Copies the text that is shown.
    pub fn copy_shown(&mut self) -> Vec<Effect> {
        let Some(Shown { name, text, .. }) = self.shown() else { return Vec::new() };
        vec![Effect::Copy { what: name, text: Secret::new(text) }]
    }

    /// Copies the command line that gives this plan.
    pub fn copy_command(&mut self) -> Vec<Effect> {
        let Screen::Preview(preview) = &self.screen else { return Vec::new() };
        let command = preview.plan().map(|plan| plan.command_line.clone());
        let copy = |text| Effect::Copy { what: "the command line".to_owned(), text: Secret::new(text) };
        command.map(copy).into_iter().collect()
    }

    /// Shows the text without borders, outside the screens; one with secrets only when that is confirmed.
    pub fn raw_shown(&mut self) -> Vec<Effect> {
        let Some(Shown { name, text, secret }) = self.shown() else { return Vec::new() };
        if !secret {
            return vec![Effect::ShowRaw(text)];
        }
        let title = format!("{name} holds secrets. Show them too? They stay in the terminal's history.");
        let masked = Then::Effects(vec![Effect::ShowRaw(masked(&text))]);
        let mut ask =
            Ask::new(title, Vec::new(), "show all of it", Then::Effects(vec![Effect::ShowRaw(text)]));
        ask.other = Some(("show it masked", masked));
        self.ask(ask)
    }

    /// Asks where to save the document that is shown.
    pub fn save_shown(&mut self) -> Vec<Effect> {
        if let Screen::Check(_) = &self.screen {
            return self.save_checked();
        }
        let Some(Shown { name, .. }) = self.shown() else { return Vec::new() };
        let name = if name.contains('.') { name } else { format!("{}.txt", name.replace(' ', "-")) };
        self.overlay = Some(Overlay::Prompt(Prompt {
            title: "Save it as".to_owned(),
            help: "A path; a file that is there is replaced only after one more question.",
            field: Field::of(&name),
            problem: None,
            take: Self::take_save_path,
        }));
        Vec::new()
    }

    fn take_save_path(&mut self, path: &str) -> Result<Vec<Effect>, String> {
        if path.is_empty() {
            return Err("name a file".to_owned());
        }
        let Some(Shown { text, secret, .. }) = self.shown() else { return Ok(Vec::new()) };
        Ok(vec![Effect::Write {
            path: path.to_owned(),
            text,
            replace: false,
            private: secret,
            before: None,
            why: Why::Save,
        }])
    }

    /// Asks for a folder for every document.
    pub fn save_all(&mut self) -> Vec<Effect> {
        if !matches!(&self.screen, Screen::Preview(preview) if preview.plan().is_some()) {
            self.complain("the plan is still being made; save it once it is there");
            return Vec::new();
        }
        self.overlay = Some(Overlay::Prompt(Prompt {
            title: "Save everything into the folder".to_owned(),
            help: "Every document and a README of the steps; the commands are run there.",
            field: Field::of("plan"),
            problem: None,
            take: |app, folder| match folder {
                "" => Err("name a folder".to_owned()),
                _ => Ok(app.write_all(folder, false)),
            },
        }));
        Vec::new()
    }

    /// Every document of the plan, and the README, for a folder.
    #[must_use]
    pub fn write_all(&self, folder: &str, replace: bool) -> Vec<Effect> {
        let Screen::Preview(preview) = &self.screen else { return Vec::new() };
        let Some(plan) = preview.plan() else { return Vec::new() };
        let files = report::files(plan).into_iter();
        let files = files.map(|file| (file.name.to_owned(), file.text, file.is_private)).collect();
        vec![Effect::WriteAll { folder: folder.to_owned(), files, replace }]
    }

    /// Writes the role into the service config itself, once the change has been looked at and confirmed.
    pub fn write_config(&mut self) -> Vec<Effect> {
        let Screen::Preview(preview) = &self.screen else { return Vec::new() };
        let document =
            preview.plan().and_then(|plan| plan.documents.iter().find(|document| document.is_the_users()));
        let (Some(document), Some(path)) = (document, self.work.answers.service_config.clone()) else {
            self.complain("there is no service config to write into; this plan was made without one");
            return Vec::new();
        };
        let before = document.before.clone().unwrap_or_default();
        if before == document.text {
            self.say(format!("{path} says so already; there is nothing to write"));
            return Vec::new();
        }
        let lines = compared(&masked(&before), &document.masked());
        let text = document.text.clone();
        let (path_of, before, why) = (path.clone(), Some(before), Why::InPlace);
        let write = Effect::Write { path: path_of, text, replace: true, private: false, before, why };
        let mut ask =
            Ask::new(format!("Write this into {path}?"), lines, "write it", Then::Effects(vec![write]));
        ask.first = ask
            .lines
            .iter()
            .position(|line| line.change != crate::domain::sketch::Change::Kept)
            .unwrap_or(0)
            .saturating_sub(2);
        self.ask(ask)
    }

    /// Shows only what changes, or the whole document.
    pub fn toggle_diff(&mut self) -> Vec<Effect> {
        if let Screen::Preview(preview) = &mut self.screen {
            let changes = matches!(preview.tab(), Some(Tab::Document(_)));
            preview.diff = changes && !preview.diff;
            preview.first = 0;
        }
        Vec::new()
    }
}
