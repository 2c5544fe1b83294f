//! Texts that leave the editor: saved, handed back to a question or the check. What is not saved is asked about.

use super::{Asked, Editor, Saving};
use crate::domain::path::at_home;
use crate::domain::unsaved::lacks_secrets;
use crate::tui::buffer::Motion;
use crate::tui::dialog::{Answer, Ask, Overlay, Then};
use crate::tui::go::{Checked, Go};
use crate::tui::place::Reply;
use crate::tui::request::{Purpose, Request, Write, WriteFile, WriteProblem, WrittenFile};
use crate::tui::saving::{LACKS, ask_path};
use crate::tui::shared::Shared;

impl Editor {
    /// Fills the secrets of a text that came back from those lines of its file that were not changed.
    pub(super) fn restore(&mut self, file: String, shared: &mut Shared) {
        let Some(back) = self.back.take() else { return };
        let text = self.text.text();
        let filled = back.filled_in(&text, &file);
        if back.text != text {
            // Whoever types already goes on where the cursor is.
            self.before = file;
            self.text.replace(&filled);
            return;
        }
        shared.say_back(&filled, &file);
        let mut whole = Self::new(&file, std::mem::take(&mut self.path), self.question);
        whole.text.replace(&filled);
        whole.text.move_to(Motion::Start, false);
        (whole.asked, whole.leaving, whole.saving) = (self.asked.take(), self.leaving, self.saving);
        shared.jobs.cancel(&mut self.examining);
        *self = whole;
    }

    /// Saves the text into its file, or asks for one. Masks that stand for lost secrets are asked about first.
    pub(super) fn save(&mut self, shared: &mut Shared) -> Reply {
        if lacks_secrets(&self.text.text(), &self.before) {
            self.asked = Some(Asked::Masked);
            return Reply::Over(Overlay::Ask(Ask::new(format!("{LACKS} Save it so?"), "save it")));
        }
        self.save_as_it_is(shared)
    }

    fn save_as_it_is(&mut self, shared: &mut Shared) -> Reply {
        if self.path.is_empty() {
            self.asked = Some(Asked::Path);
            return Reply::Over(Overlay::Prompt(ask_path(&self.name())));
        }
        self.write_text(shared);
        Reply::Stay
    }

    fn write_text(&mut self, shared: &mut Shared) {
        if self.saving != Saving::No {
            self.saving = Saving::Again;
            return;
        }
        self.saving = Saving::Underway;
        let (path, before) = (self.path.clone(), Some(self.before.clone()));
        write(WriteFile { before, replace: true, ..self.file_at(path) }, shared);
    }

    fn file_at(&self, path: String) -> WriteFile {
        let (text, purpose) = (self.text.text(), Purpose::Text);
        WriteFile { path, text, replace: false, private: true, before: None, purpose }
    }

    /// Leaves the editor: with the document as the answer, or back to the check. What is not saved is asked about.
    pub(super) fn leave(&mut self, shared: &mut Shared) -> Reply {
        match self.question {
            Some(_) if self.text.is_changed() => {
                self.asked = Some(Asked::Leave);
                let ask = Ask::new(format!("{} is not saved. Save it?", self.name()), "save it");
                Reply::Over(Overlay::Ask(ask.or("leave it unsaved", Then::Tell)))
            }
            Some(_) => self.discard(shared),
            None => {
                let (file, before) = (self.path.clone(), std::mem::take(&mut self.before));
                Reply::Go(Go::Checked(Checked { file, before, text: self.text.text() }))
            }
        }
    }

    /// Leaves the editor without what was changed.
    fn discard(&mut self, shared: &mut Shared) -> Reply {
        let Some(question) = self.question else { return Reply::Go(Go::Check) };
        shared.keep_unsaved(Some(question), None);
        Reply::Go(Go::Document(question, self.path.clone()))
    }

    /// Does what was decided about the question over the editor.
    pub(super) fn decided(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        let asked = self.asked.take();
        if answer == Answer::Closed {
            self.leaving = false;
        }
        let Some(asked) = asked else { return Reply::Stay };
        match (asked, answer) {
            (Asked::Leave, Answer::Yes) => {
                self.leaving = true;
                return self.save(shared);
            }
            (Asked::Leave, Answer::Other) => return self.discard(shared),
            (Asked::Masked, Answer::Yes) => return self.save_as_it_is(shared),
            (Asked::Replace(file), Answer::Yes) => write(file, shared),
            (Asked::Path, Answer::Typed(path)) => {
                if path.is_empty() || path == "-" {
                    self.asked = Some(Asked::Path);
                    return Reply::Refused("name a file".to_owned());
                }
                write(self.file_at(at_home(&path, &shared.work.home)), shared);
            }
            (
                Asked::Leave | Asked::Masked | Asked::Path | Asked::Replace(_),
                Answer::Yes | Answer::Other | Answer::Closed | Answer::Picked(_) | Answer::Typed(_),
            ) => {}
        }
        Reply::Stay
    }

    /// Takes note that the text was saved; asks about it where it was not and nothing else is asked.
    pub(super) fn file_written(&mut self, written: WrittenFile, shared: &mut Shared) -> Reply {
        let WrittenFile { file, result, .. } = &written;
        let was =
            if self.path == file.path { std::mem::replace(&mut self.saving, Saving::No) } else { Saving::No };
        let is_this = (self.path.is_empty() || self.path == file.path) && self.text.text() == file.text;
        let Err(problem) = result else {
            shared.say_written(&written);
            return self.text_written(is_this, was, written.file, shared);
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
        self.asked = Some(Asked::Replace(WriteFile { replace: true, before: None, ..written.file }));
        Reply::Over(Overlay::Ask(ask))
    }

    fn text_written(&mut self, is_this: bool, was: Saving, file: WriteFile, shared: &mut Shared) -> Reply {
        if is_this {
            self.path = file.path;
            self.text.mark_saved();
            self.before = file.text;
            // What was opened over the text meanwhile keeps the user here.
            if std::mem::take(&mut self.leaving) && !shared.is_covered {
                return self.leave(shared);
            }
            self.keep(None, shared);
        } else if self.path == file.path {
            self.before = file.text;
            if was == Saving::Again {
                self.write_text(shared);
            } else {
                self.leaving = false;
            }
        }
        Reply::Stay
    }
}

fn write(file: WriteFile, shared: &mut Shared) {
    shared.jobs.start(Request::Write(Write::File(file)));
}
