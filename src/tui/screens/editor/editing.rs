//! What the keys of the editor do to the text.

use super::Editor;
use crate::domain::credential::Secret;
use crate::domain::mend::mend;
use crate::tui::buffer::{Motion, TextBuffer};
use crate::tui::examine::text::Subject;
use crate::tui::field::Field;
use crate::tui::place::Reply;
use crate::tui::request::{Request, Write};
use crate::tui::shared::Shared;

impl Editor {
    pub(super) fn edit(&mut self, change: fn(&mut TextBuffer)) -> Reply {
        change(&mut self.text);
        Reply::Stay
    }

    pub(super) fn go(&mut self, motion: Motion) -> Reply {
        self.text.move_to(motion, false);
        Reply::Stay
    }

    pub(super) fn select(&mut self, motion: Motion) -> Reply {
        self.text.move_to(motion, true);
        Reply::Stay
    }

    /// Writes the keys of the role into the text.
    pub(super) fn put_role(&mut self, shared: &mut Shared) -> Reply {
        let subject = self.subject(shared);
        if matches!(subject, Subject::Any) {
            shared.complain("there is nothing to put into this document");
            return Reply::Stay;
        }
        if shared.work.answers.association().is_none() && matches!(subject, Subject::ServiceConfig(..)) {
            shared
                .complain("the role is not chosen yet; it is asked after this, and the plan then puts it in");
            return Reply::Stay;
        }
        match subject.edit(&self.text.text()) {
            Ok(edit) if edit.changed() => {
                self.text.replace(&edit.after);
                let undo = shared.key_of("undo").unwrap_or_default();
                shared.say(format!("the role is in the text; {undo} takes it out again"));
            }
            Ok(_) => shared.say("the text says so already"),
            Err(findings) => {
                let message = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
                shared.complain(format!("it cannot be put in: {message}"));
            }
        }
        Reply::Stay
    }

    /// Goes to the finding after the cursor, round and round.
    pub(super) fn next_finding(&mut self, shared: &mut Shared) -> Reply {
        let here = self.text.cursor_byte();
        let starts =
            self.found.findings.iter().filter_map(|finding| Some((finding.span.as_ref()?.start, finding)));
        let mut starts: Vec<_> = starts.collect();
        starts.sort_by_key(|(start, _)| *start);
        let next = starts.iter().find(|(start, _)| *start > here).or(starts.first());
        let Some((start, finding)) = next else {
            shared.say("nothing to find fault with");
            return Reply::Stay;
        };
        shared.say(format!("{}. {}", finding.message, finding.advice()));
        let start = *start;
        self.text.place_cursor(start, false);
        Reply::Stay
    }

    /// Applies the fix of the finding at hand, where there is one to apply.
    pub(super) fn fix(&mut self, shared: &mut Shared) -> Reply {
        let Some(finding) = self.finding() else {
            shared.say("nothing to find fault with");
            return Reply::Stay;
        };
        match mend(&self.text.text(), finding) {
            Some(mended) => {
                shared.say(format!("fixed: {}", finding.message));
                self.text.replace(&mended);
            }
            None => shared.say(format!("this one needs your decision: {}", finding.advice())),
        }
        Reply::Stay
    }

    /// Asks what is searched.
    pub(super) fn open_find(&mut self, _: &mut Shared) -> Reply {
        let selected = self.text.selected_text().filter(|text| !text.contains('\n'));
        self.find = Some(Field::of(&selected.unwrap_or_default()));
        Reply::Stay
    }

    /// Goes to the next place, or the one before.
    pub(super) fn find(&mut self, backwards: bool, shared: &mut Shared) -> Reply {
        let needle = self.find.as_ref().map(|field| field.text().to_owned()).unwrap_or_default();
        if !needle.is_empty() && self.text.find(&needle, backwards).is_none() {
            shared.say("it stands nowhere in the text");
        }
        Reply::Stay
    }

    /// Ends the search.
    pub(super) fn close_find(&mut self, _: &mut Shared) -> Reply {
        self.find = None;
        Reply::Stay
    }

    /// Shows or hides the secrets in the text.
    pub(super) fn toggle_secrets(&mut self, _: &mut Shared) -> Reply {
        self.shows_secrets = !self.shows_secrets;
        Reply::Stay
    }

    /// Copies what is selected; whether anything is.
    fn copy(&mut self, shared: &mut Shared) -> bool {
        let Some(text) = self.text.selected_text() else {
            shared.say("nothing is selected; hold Shift with the arrows");
            return false;
        };
        self.clipboard.clone_from(&text);
        shared.write(Write::Clipboard { what: "the selection".to_owned(), text: Secret::new(text) });
        true
    }

    /// Copies what is selected.
    pub(super) fn copy_selection(&mut self, shared: &mut Shared) -> Reply {
        self.copy(shared);
        Reply::Stay
    }

    /// Cuts what is selected.
    pub(super) fn cut_selection(&mut self, shared: &mut Shared) -> Reply {
        if self.copy(shared) {
            self.text.insert("");
        }
        Reply::Stay
    }

    /// Pastes what was cut or copied here.
    pub(super) fn paste_selection(&mut self, _: &mut Shared) -> Reply {
        self.text.insert(&self.clipboard);
        Reply::Stay
    }

    /// Hands the text to the user's own editor.
    pub(super) fn edit_outside(&mut self, shared: &mut Shared) -> Reply {
        let name = self.name();
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        shared.jobs.start(Request::EditOutside { text: self.text.text(), name });
        Reply::Stay
    }
}
