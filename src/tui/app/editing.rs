//! What the keys of the editor, of the explanation and of the check do.

use super::{App, Screen};
use crate::domain::credential::Secret;
use crate::domain::mend::mend;
use crate::tui::buffer::{Motion, TextBuffer};
use crate::tui::editor::{Editor, Subject};
use crate::tui::effect::Effect;
use crate::tui::field::Field;

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
                let undo = self.key_of("undo", self.look.symbols.ascii).unwrap_or_default();
                self.say(format!("the role is in the text; {undo} takes it out again"));
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
            Screen::Check(check) if check.is_looked_through() => {
                (check.text.clone(), check.finding().cloned())
            }
            Screen::Check(_) => {
                self.say("the document is still being checked");
                return Vec::new();
            }
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
        vec![Effect::Copy { what: "the selection".to_owned(), text: Secret::new(text) }]
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
}
