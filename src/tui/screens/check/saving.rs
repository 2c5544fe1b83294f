//! A document that is checked: saved, left, brought back. What is not saved is asked about.

use super::{Asked, Check};
use crate::domain::path::at_home;
use crate::domain::text::visible_line;
use crate::domain::unsaved::lacks_secrets;
use crate::tui::dialog::{Answer, Ask, Overlay, Then};
use crate::tui::go::Go;
use crate::tui::place::Reply;
use crate::tui::request::{Purpose, Request, Write, WriteFile, WriteProblem, WrittenFile};
use crate::tui::saving::{LACKS, ask_path};
use crate::tui::shared::Shared;

/// What a document that was pasted is called at first.
const NAME: &str = "document.json";

impl Check {
    /// Fills the secrets of a document that is back from those lines of its file that were not changed.
    pub(super) fn restore(&mut self, path: String, file: String, shared: &mut Shared) {
        let kept = shared.work.draft.checked.as_ref();
        let text = kept.map_or_else(|| file.clone(), |kept| kept.masked.filled(&file));
        shared.say_back(&text, &file);
        self.take(path, file, shared);
        self.set(text);
    }

    /// Saves the document, once the change has been looked at.
    pub(super) fn save(&mut self, shared: &mut Shared) -> Reply {
        if !self.is_changed() {
            shared.say("nothing was changed");
            return Reply::Stay;
        }
        if !self.is_looked_through() {
            shared.complain("the document is still being checked; save it in a moment");
            return Reply::Stay;
        }
        if self.file.is_empty() && !lacks_secrets(&self.text, &self.before) {
            return self.ask_path();
        }
        Reply::Over(Overlay::Ask(self.ask_to_save()))
    }

    fn ask_path(&mut self) -> Reply {
        self.asked = Some(Asked::Path);
        Reply::Over(Overlay::Prompt(ask_path(NAME)))
    }

    /// The question before the document is saved, with the change to look at.
    fn ask_to_save(&mut self) -> Ask {
        let lacks = lacks_secrets(&self.text, &self.before);
        let lacks = if lacks { format!("{LACKS} ") } else { String::new() };
        if self.file.is_empty() {
            self.asked = Some(Asked::Masked);
            return Ask::new(format!("{lacks}Save it?"), "save it");
        }
        let title = format!("{lacks}Write this into {}?", visible_line(&self.file));
        self.asked = Some(Asked::Write(WriteFile {
            path: self.file.clone(),
            text: self.text.clone(),
            replace: true,
            private: false,
            before: Some(self.before.clone()),
            purpose: Purpose::Text,
        }));
        let lines = if self.is_looked_through() { self.lines().to_vec() } else { Vec::new() };
        Ask::new(title, "write it").showing(lines)
    }

    /// Leaves the document, or the screen. What is not saved is asked about.
    pub(super) fn leave(&mut self, shared: &mut Shared) -> Reply {
        if self.report.is_none() {
            return Reply::Go(Go::Home);
        }
        if !self.is_changed() {
            return self.discard(shared);
        }
        let name = if self.file.is_empty() {
            "The document".to_owned()
        } else {
            visible_line(&self.file).into_owned()
        };
        let ask = self.ask_to_save();
        self.leaving = true;
        let title = format!("{name} is changed and not saved. {}", ask.title);
        Reply::Over(Overlay::Ask(Ask { title, ..ask }.or("leave it unsaved", Then::Tell)))
    }

    /// Leaves the document without what was changed.
    fn discard(&mut self, shared: &mut Shared) -> Reply {
        self.close(shared);
        self.path.ask(shared);
        shared.keep_checked(None);
        Reply::Stay
    }

    /// Does what was decided about the question over the screen.
    pub(super) fn decided(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        let asked = self.asked.take();
        if answer == Answer::Closed {
            self.leaving = false;
        }
        match (asked, answer) {
            (Some(Asked::Write(file)), Answer::Yes) => {
                shared.jobs.start(Request::Write(Write::File(file)));
            }
            (Some(Asked::Masked), Answer::Yes) => return self.ask_path(),
            (Some(Asked::Path), Answer::Typed(path)) => {
                if path.is_empty() || path == "-" {
                    self.asked = Some(Asked::Path);
                    return Reply::Refused("name a file".to_owned());
                }
                let path = at_home(&path, &shared.work.home);
                let (text, purpose) = (self.text.clone(), Purpose::Text);
                let file = WriteFile { path, text, replace: false, private: true, before: None, purpose };
                shared.jobs.start(Request::Write(Write::File(file)));
            }
            (Some(_), Answer::Other) => return self.discard(shared),
            (Some(_), Answer::Yes | Answer::Closed | Answer::Picked(_) | Answer::Typed(_)) | (None, _) => {}
        }
        Reply::Stay
    }

    /// Takes note that the document was saved; asks about it where it was not and nothing else is asked.
    pub(super) fn file_written(&mut self, written: WrittenFile, shared: &mut Shared) -> Reply {
        let WrittenFile { file, result, .. } = &written;
        let is_this = self.report.is_some()
            && (self.file.is_empty() || self.file == file.path)
            && self.text == file.text;
        let Err(problem) = result else {
            shared.say_written(&written);
            return self.text_written(is_this, written.file, shared);
        };
        let question = match problem {
            WriteProblem::Exists => "Replace it?",
            WriteProblem::Changed => "Replace it all the same?",
            WriteProblem::Refused(_) => "",
        };
        if question.is_empty() || !is_this || shared.is_covered {
            self.leaving = false;
            shared.say_written(&written);
            return Reply::Stay;
        }
        let ask = Ask::new(format!("{} {}. {question}", file.path, problem.found()), "replace it");
        self.asked =
            Some(Asked::Write(WriteFile { replace: true, private: true, before: None, ..written.file }));
        Reply::Over(Overlay::Ask(ask))
    }

    fn text_written(&mut self, is_this: bool, file: WriteFile, shared: &mut Shared) -> Reply {
        if is_this {
            self.file = file.path;
            self.saved(file.text);
            // What was opened over the document meanwhile keeps the user here.
            if std::mem::take(&mut self.leaving) && !shared.is_covered {
                return self.discard(shared);
            }
        } else if self.report.is_some() && self.file == file.path {
            self.saved(file.text);
            self.leaving = false;
        }
        Reply::Stay
    }
}
