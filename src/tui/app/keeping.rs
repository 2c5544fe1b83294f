//! Texts that come into the editor and leave it: opened, brought back, saved, handed to the user's own editor.

use super::{App, Screen};
use crate::domain::path::at_home;
use crate::domain::plan::Look;
use crate::domain::question::{self, Question};
use crate::domain::text::visible_line;
use crate::tui::buffer::Motion;
use crate::tui::check::Check;
use crate::tui::editor::{Editor, Saving, template};
use crate::tui::effect::{Effect, Why};
use crate::tui::field::Field;
use crate::tui::overlay::{Ask, Overlay, Prompt, Then};
use crate::tui::page::Input;
use crate::tui::unsaved::{Unsaved, lacks_secrets};

/// What is said of a text before it is saved with masks in it.
pub(super) const LACKS: &str = "Some values stand as ***, which is no secret of yours: drafts keep none.";

impl App {
    /// Opens the document of the question, or of the check, in the editor.
    pub fn edit_document(&mut self) -> Vec<Effect> {
        match &mut self.screen {
            Screen::Page(page) => {
                let question = page.question();
                let path = match &page.input {
                    Input::Document(path) => path.whole(),
                    _ => String::new(),
                };
                if let Some(unsaved) = self.work.unsaved_for(question, &path).cloned() {
                    return self.reopen(&unsaved);
                }
                if path.is_empty() || path.ends_with('/') {
                    return self.edit_new(question, template(question));
                }
                let why = Why::Edit(question.key);
                page.reading = Some(why);
                vec![Effect::Read { path, why }]
            }
            Screen::Check(check) => {
                let place = check.finding().and_then(|finding| finding.place);
                let mut editor = Editor::new(&check.before, check.file.clone(), None);
                editor.text.replace(&check.text);
                if let Some(place) = place {
                    editor.text.place_cursor_at(place.line - 1, place.column - 1, false);
                }
                self.open_editor(editor)
            }
            _ => Vec::new(),
        }
    }

    /// Opens a new document for a question in the editor.
    pub fn edit_new(&mut self, question: &'static Question, text: &str) -> Vec<Effect> {
        let mut editor = Editor::new("", String::new(), Some(question));
        editor.text.insert(text);
        editor.text.move_to(Motion::Start, false);
        self.open_editor(editor)
    }

    /// Opens a file that was read in the editor; one that is not there yet begins from the template.
    pub fn edit_file(
        &mut self,
        question: &'static Question,
        path: String,
        read: Result<String, String>,
    ) -> Vec<Effect> {
        match read {
            Ok(text) => self.open_editor(Editor::new(&text, path, Some(question))),
            Err(problem) => {
                self.complain(problem);
                Vec::new()
            }
        }
    }

    fn open_editor(&mut self, editor: Editor) -> Vec<Effect> {
        self.screen = Screen::Editor(Box::new(editor));
        self.edit(|_| ())
    }

    /// Opens a text again that was not saved when the program ended.
    pub fn reopen(&mut self, unsaved: &Unsaved) -> Vec<Effect> {
        let Some(question) = question::find(&unsaved.question) else { return self.finish_or_first() };
        let path = unsaved.path.clone();
        self.screen = Screen::Editor(Box::new(Editor::reopened(unsaved, Some(question))));
        self.say_back(&unsaved.masked.text, "");
        if path.is_empty() {
            return Vec::new();
        }
        // The file still has the secrets of the lines that were not changed.
        vec![Effect::Read { path, why: Why::Restore }]
    }

    /// Fills the secrets of a text that came back from those lines of its file that were not changed.
    pub fn restore(&mut self, path: &str, file: &str) -> Vec<Effect> {
        let Screen::Editor(editor) = &mut self.screen else { return Vec::new() };
        if editor.path != path {
            return Vec::new();
        }
        let Some(back) = editor.back.take() else { return Vec::new() };
        let text = editor.text.text();
        let filled = back.filled_in(&text, file);
        if back.text != text {
            // Who types already goes on where the cursor is.
            file.clone_into(&mut editor.before);
            editor.text.replace(&filled);
            return Vec::new();
        }
        let text = filled;
        let mut whole = Editor::new(file, editor.path.clone(), editor.question);
        whole.text.replace(&text);
        whole.text.move_to(Motion::Start, false);
        self.say_back(&text, file);
        self.open_editor(whole)
    }

    /// Says that a text is back, and whether secrets are lost.
    pub(super) fn say_back(&mut self, text: &str, file: &str) {
        let hint =
            "the text that was not saved is back; drafts keep no secrets: type them again where *** stands";
        self.say(if lacks_secrets(text, file) { hint } else { "the text that was not saved is back" });
    }

    /// Hands the text to the user's own editor.
    pub fn edit_outside(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        let name = editor.name();
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        vec![Effect::EditOutside { text: editor.text.text(), name }]
    }

    /// Takes the text that the user's own editor left.
    pub fn edited(&mut self, result: Result<(String, bool), String>) -> Vec<Effect> {
        match result {
            Ok((text, well)) => {
                self.edit(|editor| editor.text.replace(&text));
                if !well {
                    self.complain("the editor did not end well; the text is as it left it, and undo brings back the one before");
                }
            }
            Err(problem) => self.complain(problem),
        }
        Vec::new()
    }

    /// Saves the text into its file, or asks for one. Masks that stand for lost secrets are asked about first.
    pub fn save_file(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        if lacks_secrets(&editor.text.text(), &editor.before) {
            let then = Then::Run(Self::save_editor);
            return self.ask(Ask::new(format!("{LACKS} Save it so?"), Vec::new(), "save it", then));
        }
        self.save_editor()
    }

    fn save_editor(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        if editor.path.is_empty() {
            let name = editor.name();
            return self.ask_path(&name);
        }
        self.write_text()
    }

    fn write_text(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &mut self.screen else { return Vec::new() };
        if editor.saving != Saving::No {
            editor.saving = Saving::Again;
            return Vec::new();
        }
        editor.saving = Saving::Underway;
        let (path, text, before) = (editor.path.clone(), editor.text.text(), Some(editor.before.clone()));
        vec![Effect::Write { path, text, replace: true, private: true, before, why: Why::SaveText }]
    }

    /// Asks where to save a text.
    pub(super) fn ask_path(&mut self, name: &str) -> Vec<Effect> {
        self.overlay = Some(Overlay::Prompt(Prompt {
            title: "Save it as".to_owned(),
            help: "The plan and its commands name this file.",
            field: Field::of(name),
            problem: None,
            take: |app, path| {
                if path.is_empty() || path == "-" {
                    return Err("name a file".to_owned());
                }
                let text = match &app.screen {
                    Screen::Editor(editor) => editor.text.text(),
                    Screen::Check(check) => check.text.clone(),
                    _ => return Ok(Vec::new()),
                };
                let (path, why) = (at_home(path, &app.work.home), Why::SaveText);
                Ok(vec![Effect::Write { path, text, replace: false, private: true, before: None, why }])
            },
        }));
        Vec::new()
    }

    /// Takes note that a text was saved.
    pub fn saved_text(&mut self, path: &str, text: String) -> Vec<Effect> {
        self.work.facts.learn(Look::File(path.to_owned()), Ok(text.clone()));
        self.say(format!("wrote {}", visible_line(path)));
        let again = self.saving_ends(path) == Saving::Again;
        match &mut self.screen {
            // Only what is on the disk counts as saved: meanwhile one may have typed on, or gone elsewhere.
            Screen::Editor(editor)
                if (editor.path.is_empty() || editor.path == path) && editor.text.text() == text =>
            {
                path.clone_into(&mut editor.path);
                editor.text.mark_saved();
                editor.before.clone_from(&text);
                // What was opened over the text meanwhile keeps the user here.
                if std::mem::take(&mut editor.leaving) && self.overlay.is_none() {
                    return self.leave_editor();
                }
                return editor.keep(None, &mut self.work).into_iter().collect();
            }
            Screen::Editor(editor) if editor.path == path => {
                editor.before = text;
                if again {
                    return self.write_text();
                }
                editor.leaving = false;
            }
            // Who names another document already is not called back to this one.
            Screen::Check(check) if check.report.is_none() => {}
            Screen::Check(check) if (check.file.is_empty() || check.file == path) && check.text == text => {
                path.clone_into(&mut check.file);
                check.saved(text);
                // What was opened over the document meanwhile keeps the user here.
                if std::mem::take(&mut check.leaving) && self.overlay.is_none() {
                    return self.discard_check();
                }
            }
            Screen::Check(check) if check.file == path => {
                check.saved(text);
                check.leaving = false;
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes note that a save of the text in the editor has ended, well or not; what it was.
    pub fn saving_ends(&mut self, path: &str) -> Saving {
        match &mut self.screen {
            Screen::Editor(editor) if editor.path == path => {
                std::mem::replace(&mut editor.saving, Saving::No)
            }
            _ => Saving::No,
        }
    }

    /// Leaves the editor: with the document as the answer, or back to the check. What is not saved is asked about.
    pub fn leave_editor(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &mut self.screen else { return Vec::new() };
        if editor.question.is_some() && editor.text.is_changed() {
            let mut ask = Ask::new(
                format!("{} is not saved. Save it?", editor.name()),
                Vec::new(),
                "save it",
                Then::Run(|app| {
                    if let Screen::Editor(editor) = &mut app.screen {
                        editor.leaving = true;
                    }
                    app.save_file()
                }),
            );
            ask.other = Some(("leave it unsaved", Then::Run(Self::discard)));
            return self.ask(ask);
        }
        if let Some(question) = editor.question {
            let path = editor.path.clone();
            return self.show_document(question, &path);
        }
        let (file, text) = (editor.path.clone(), editor.text.text());
        let mut check = Check::of(&self.work);
        check.take(file, std::mem::take(&mut editor.before));
        check.set(text);
        self.screen = Screen::Check(check);
        Vec::new()
    }

    /// Leaves the editor without what was changed.
    fn discard(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        let (question, path) = (editor.question, editor.path.clone());
        match question {
            Some(question) => self.show_document(question, &path),
            None => self.go_check(),
        }
    }

    /// The page of a document question, with this path in it.
    fn show_document(&mut self, question: &'static Question, path: &str) -> Vec<Effect> {
        let at = question::ALL.iter().position(|row| row.key == question.key).unwrap_or(0);
        let mut effects = self.show(at);
        if let Some((page, _)) = self.page()
            && let Input::Document(input) = &mut page.input
            && !path.is_empty()
        {
            input.field = Field::of(path);
            effects = vec![input.ask(), Effect::Read { path: path.to_owned(), why: Why::Peek }];
        }
        effects.push(self.work.keep_unsaved(Some(question), None));
        effects
    }
}
