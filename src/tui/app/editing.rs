//! What the keys of the editor, of the explanation and of the check do.

use super::{App, Screen};
use crate::domain::mend::mend;
use crate::domain::plan::Look;
use crate::domain::question::{self, Question};
use crate::domain::secret;
use crate::domain::sketch::{Change, compared};
use crate::domain::text::visible_line;
use crate::tui::buffer::{Motion, TextBuffer};
use crate::tui::check::Check;
use crate::tui::draft::Unsaved;
use crate::tui::editor::{Editor, Subject, template};
use crate::tui::effect::{Effect, Why};
use crate::tui::field::Field;
use crate::tui::overlay::{Ask, Overlay, Prompt, Then};
use crate::tui::page::Input;

impl App {
    /// Changes the text in the editor.
    pub fn edit(&mut self, change: impl FnOnce(&mut Editor)) -> Vec<Effect> {
        if let Screen::Editor(editor) = &mut self.screen {
            change(editor);
        }
        Vec::new()
    }

    /// Moves the cursor of the editor.
    pub fn motion(&mut self, motion: Motion, extend: bool) -> Vec<Effect> {
        self.edit(|editor| editor.text.move_to(motion, extend))
    }

    /// How many rows of a text the editor shows.
    #[must_use]
    pub fn text_rows(&self) -> usize {
        usize::from(self.look.size.1.saturating_sub(6)).max(1)
    }

    /// How many columns of a text the editor shows.
    #[must_use]
    pub fn text_columns(&self) -> usize {
        let whole = usize::from(self.look.size.0);
        let text = if self.look.is_wide() { whole * 3 / 5 } else { whole };
        text.saturating_sub(8).max(1)
    }

    /// Opens the document of the question, or of the check, in the editor.
    pub fn edit_document(&mut self) -> Vec<Effect> {
        match &self.screen {
            Screen::Page(page) => {
                let question = page.question();
                let path = match &page.input {
                    Input::Document(path) => path.path().to_owned(),
                    _ => String::new(),
                };
                if path.is_empty() || path.ends_with('/') {
                    return self.edit_new(question, template(question));
                }
                vec![Effect::Read { path, why: Why::Edit(question.key) }]
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
        let masked = unsaved.text.contains(secret::MASK);
        let mut editor = Editor::new("", unsaved.path.clone(), Some(question));
        editor.text.insert(&unsaved.text);
        editor.text.move_to(Motion::Start, false);
        let hint = "the text that was not saved is back; its secrets were not kept and stand as ***";
        self.say(if masked { hint } else { "the text that was not saved is back" });
        let effects = self.open_editor(editor);
        if unsaved.path.is_empty() {
            return effects;
        }
        // The file still has the secrets of the lines that were not changed.
        vec![Effect::Read { path: unsaved.path.clone(), why: Why::Restore }]
    }

    /// Fills the secrets of a text that came back from those lines of its file that were not changed.
    pub fn restore(&mut self, file: &str) -> Vec<Effect> {
        let Screen::Editor(editor) = &mut self.screen else { return Vec::new() };
        let kept = editor.text.text();
        let filled = with_secrets_of(file, &kept);
        let mut whole = Editor::new(file, editor.path.clone(), editor.question);
        whole.text.replace(&filled);
        whole.text.move_to(Motion::Start, false);
        self.open_editor(whole)
    }

    /// Writes the keys of the role into the text.
    pub fn put_role(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        let subject = Subject::of(editor, &self.work);
        if matches!(subject, Subject::Any) {
            self.complain("there is nothing to put into this document");
            return Vec::new();
        }
        if self.work.answers.association().is_none() && matches!(subject, Subject::ServiceConfig(..)) {
            self.complain("the role is not chosen yet; it is asked after this, and the plan then puts it in");
            return Vec::new();
        }
        match subject.edit(&editor.text.text()) {
            Ok(edit) if edit.changed() => {
                self.edit(|editor| editor.text.replace(&edit.after));
                self.say("the role is in the text; Ctrl-Z takes it out again");
            }
            Ok(_) => self.say("the text says so already"),
            Err(findings) => {
                let message = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
                self.complain(format!("it cannot be put in: {message}"));
            }
        }
        Vec::new()
    }

    /// Goes to the finding after the cursor, round and round.
    pub fn next_finding(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        let here = editor.text.cursor_byte();
        let starts =
            editor.found.findings.iter().filter_map(|finding| Some((finding.span.as_ref()?.start, finding)));
        let mut starts: Vec<_> = starts.collect();
        starts.sort_by_key(|(start, _)| *start);
        let next = starts.iter().find(|(start, _)| *start > here).or(starts.first());
        let Some((start, finding)) = next else {
            self.say("nothing to find fault with");
            return Vec::new();
        };
        let (start, message) = (*start, format!("{}. {}", finding.message, finding.advice()));
        self.edit(|editor| editor.text.place_cursor(start, false));
        self.say(message);
        Vec::new()
    }

    /// Applies the fix of the finding at hand, where there is one to apply.
    pub fn fix_finding(&mut self) -> Vec<Effect> {
        let (text, finding) = match &self.screen {
            Screen::Editor(editor) => (editor.text.text(), editor.finding().cloned()),
            Screen::Check(check) => (check.text.clone(), check.finding().cloned()),
            _ => return Vec::new(),
        };
        let Some(finding) = finding else {
            self.say("nothing to find fault with");
            return Vec::new();
        };
        let Some(mended) = mend(&text, &finding) else {
            self.say(format!("this one needs your decision: {}", finding.advice()));
            return Vec::new();
        };
        self.say(format!("fixed: {}", finding.message));
        match &mut self.screen {
            Screen::Editor(_) => return self.edit(|editor| editor.text.replace(&mended)),
            Screen::Check(check) => check.set(mended),
            _ => {}
        }
        Vec::new()
    }

    /// Asks what is searched.
    pub fn open_find(&mut self) -> Vec<Effect> {
        self.edit(|editor| {
            let selected = editor.text.selected_text().filter(|text| !text.contains('\n'));
            editor.find = Some(Field::of(&selected.unwrap_or_default()));
        })
    }

    /// Goes to the next place, or the one before.
    pub fn find(&mut self, backwards: bool) -> Vec<Effect> {
        let mut found = true;
        self.edit(|editor| {
            let needle = editor.find.as_ref().map(|field| field.text().to_owned()).unwrap_or_default();
            found = needle.is_empty() || editor.text.find(&needle, backwards).is_some();
        });
        if !found {
            self.say("it stands nowhere in the text");
        }
        Vec::new()
    }

    /// Ends the search.
    pub fn close_find(&mut self) -> Vec<Effect> {
        self.edit(|editor| editor.find = None)
    }

    /// Shows or hides the secrets in the text.
    pub fn toggle_secrets(&mut self) -> Vec<Effect> {
        self.edit(|editor| editor.shows_secrets = !editor.shows_secrets)
    }

    /// Copies what is selected.
    pub fn copy_selection(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &mut self.screen else { return Vec::new() };
        let Some(text) = editor.text.selected_text() else {
            self.say("nothing is selected; hold Shift with the arrows");
            return Vec::new();
        };
        editor.clipboard.clone_from(&text);
        vec![Effect::Copy { what: "the selection".to_owned(), text }]
    }

    /// Cuts what is selected.
    pub fn cut_selection(&mut self) -> Vec<Effect> {
        let effects = self.copy_selection();
        if !effects.is_empty() {
            self.edit(|editor| editor.text.insert(""));
        }
        effects
    }

    /// Pastes what was cut or copied here.
    pub fn paste_selection(&mut self) -> Vec<Effect> {
        self.edit(|editor| {
            let text = editor.clipboard.clone();
            editor.text.insert(&text);
        })
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

    /// Saves the text into its file, or asks for one.
    pub fn save_file(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        if editor.path.is_empty() {
            return self.ask_path(&editor.name());
        }
        let (path, text) = (editor.path.clone(), editor.text.text());
        if text.contains("\"***\"") {
            let title = "Some values stand as ***, which is no secret of yours. Save them so?";
            let write = Effect::Write { path, text, replace: true, private: true, why: Why::SaveText };
            return self.ask(Ask::new(title, Vec::new(), "save it", Then::Effects(vec![write])));
        }
        vec![Effect::Write { path, text, replace: true, private: true, why: Why::SaveText }]
    }

    fn ask_path(&mut self, name: &str) -> Vec<Effect> {
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
                let (path, why) = (path.to_owned(), Why::SaveText);
                Ok(vec![Effect::Write { path, text, replace: false, private: true, why }])
            },
        }));
        Vec::new()
    }

    /// Saves the document that was checked, once the change has been looked at.
    pub fn save_checked(&mut self) -> Vec<Effect> {
        let Screen::Check(check) = &self.screen else { return Vec::new() };
        if check.text == check.before {
            self.say("nothing was changed");
            return Vec::new();
        }
        if check.file.is_empty() {
            return self.ask_path("document.json");
        }
        let lines = compared(&secret::mask_text(&check.before), &secret::mask_text(&check.text));
        let (path, text) = (check.file.clone(), check.text.clone());
        let title = format!("Write this into {}?", visible_line(&path));
        let write = Effect::Write { path, text, replace: true, private: false, why: Why::SaveText };
        let mut ask = Ask::new(title, lines, "write it", Then::Effects(vec![write]));
        let changed = ask.lines.iter().position(|line| line.change != Change::Kept);
        ask.first = changed.unwrap_or(0).saturating_sub(2);
        self.ask(ask)
    }

    /// Takes note that a text was saved.
    pub fn saved_text(&mut self, path: &str, text: String) -> Vec<Effect> {
        self.work.facts.learn(Look::File(path.to_owned()), Ok(text.clone()));
        self.say(format!("wrote {}", visible_line(path)));
        match &mut self.screen {
            Screen::Editor(editor) => {
                path.clone_into(&mut editor.path);
                editor.text.mark_saved();
                if std::mem::take(&mut editor.leaving) {
                    return self.leave_editor();
                }
            }
            Screen::Check(check) => {
                path.clone_into(&mut check.file);
                check.before = text.clone();
                check.set(text);
            }
            _ => {}
        }
        Vec::new()
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
        match editor.question {
            Some(question) => {
                let path = editor.path.clone();
                self.to_document(question, &path)
            }
            None => {
                let (file, text) = (editor.path.clone(), editor.text.text());
                let mut check = Check::default();
                check.take(file, std::mem::take(&mut editor.before));
                check.set(text);
                self.screen = Screen::Check(check);
                Vec::new()
            }
        }
    }

    /// Leaves the editor without what was changed.
    fn discard(&mut self) -> Vec<Effect> {
        let Screen::Editor(editor) = &self.screen else { return Vec::new() };
        let (question, path) = (editor.question, editor.path.clone());
        match question {
            Some(question) => self.to_document(question, &path),
            None => self.go_check(),
        }
    }

    /// The page of a document question, with this path in it.
    fn to_document(&mut self, question: &'static Question, path: &str) -> Vec<Effect> {
        let at = question::ALL.iter().position(|row| row.key == question.key).unwrap_or(0);
        let mut effects = self.show(at);
        if let Some((page, _)) = self.page()
            && let Input::Document(input) = &mut page.input
            && !path.is_empty()
        {
            input.field = Field::of(path);
            effects = vec![input.ask(), Effect::Read { path: path.to_owned(), why: Why::Peek }];
        }
        effects.push(self.work.keep(Some(question)));
        effects
    }

    /// Changes the message that is to be explained.
    pub fn message(&mut self, change: impl FnOnce(&mut TextBuffer)) -> Vec<Effect> {
        if let Screen::Explain(explain) = &mut self.screen {
            change(&mut explain.text);
        }
        Vec::new()
    }

    /// Explains the message.
    pub fn explain(&mut self) -> Vec<Effect> {
        if let Screen::Explain(explain) = &mut self.screen {
            if explain.text.is_empty() {
                self.complain("paste the message first");
            } else {
                explain.ask(&self.work);
            }
        }
        Vec::new()
    }

    /// Checks the document whose path is typed.
    pub fn check_path(&mut self) -> Vec<Effect> {
        let Screen::Check(check) = &mut self.screen else { return Vec::new() };
        if let Some(effect) = check.path.enter_folder() {
            return vec![effect];
        }
        let path = check.path.path().to_owned();
        if path.is_empty() {
            self.complain("name a file, or paste the text");
            return Vec::new();
        }
        vec![Effect::Read { path, why: Why::Check }]
    }

    /// Checks a text.
    pub fn check_text(&mut self, file: String, text: String) -> Vec<Effect> {
        if let Screen::Check(check) = &mut self.screen {
            check.take(file, text);
        }
        Vec::new()
    }
}

/// A masked text with the secrets of those lines of a file that are the same but for the mask.
fn with_secrets_of(file: &str, masked: &str) -> String {
    let lines: Vec<&str> = file.split_inclusive('\n').collect();
    let hidden = secret::mask_text(file);
    let mut filled = String::with_capacity(masked.len());
    let diff = similar::TextDiff::from_lines(hidden.as_str(), masked);
    for change in diff.iter_all_changes() {
        match (change.tag(), change.old_index()) {
            (similar::ChangeTag::Equal, Some(old)) => {
                filled.push_str(lines.get(old).copied().unwrap_or_default())
            }
            (similar::ChangeTag::Insert, _) => filled.push_str(change.value()),
            _ => {}
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_come_back_from_lines_that_were_not_changed() {
        let file = "{\n  \"token\": \"s3cr3t\",\n  \"a\": 1\n}\n";
        let edited = "{\n  \"token\": \"***\",\n  \"a\": 2\n}\n";
        assert_eq!(with_secrets_of(file, edited), "{\n  \"token\": \"s3cr3t\",\n  \"a\": 2\n}\n");
    }
}
