//! What of the plan is saved: one document, all of them, or the role in the service config itself.

use super::{Asked, Preview};
use crate::domain::credential::Secret;
use crate::domain::edit::masked;
use crate::domain::plan::report;
use crate::domain::sketch::compared;
use crate::domain::text::visible_line;
use crate::tui::dialog::{Answer, Ask, Overlay, Prompt};
use crate::tui::place::Reply;
use crate::tui::request::{Purpose, Request, Write, WriteFile, WriteProblem, WrittenFile, WrittenFiles};
use crate::tui::shared::Shared;
use crate::tui::shown::Shown;

impl Preview {
    /// Copies the command line that gives this plan.
    pub(super) fn copy_command(&mut self, shared: &mut Shared) -> Reply {
        if let Some(plan) = self.plan() {
            let text = Secret::new(plan.command_line.clone());
            shared.write(Write::Clipboard { what: "the command line".to_owned(), text });
        }
        Reply::Stay
    }

    /// Asks where to save what is shown.
    pub(super) fn save_shown(&mut self, _: &mut Shared) -> Reply {
        let Some(Shown { name, .. }) = self.shown() else { return Reply::Stay };
        let name = if name.contains('.') { name } else { format!("{}.txt", name.replace(' ', "-")) };
        self.asked = Some(Asked::Path);
        let help = "A path; a file that is there is replaced only after one more question.";
        Reply::Over(Overlay::Prompt(Prompt::new("Save it as", help, &name)))
    }

    /// Asks for a folder for every document.
    pub(super) fn save_all(&mut self, shared: &mut Shared) -> Reply {
        if self.plan().is_none() {
            shared.complain("the plan is still being made; save it once it is there");
            return Reply::Stay;
        }
        self.asked = Some(Asked::Folder);
        let help = "Every document and a README of the steps; the commands are run there.";
        Reply::Over(Overlay::Prompt(Prompt::new("Save everything into the folder", help, "plan")))
    }

    /// Every document of the plan, and the README, go into a folder.
    fn write_all(&self, folder: String, replace: bool, shared: &mut Shared) {
        let Some(plan) = self.plan() else { return };
        let files = report::files(plan).into_iter();
        let files = files.map(|file| (file.name.to_owned(), file.text, file.is_private)).collect();
        shared.jobs.start(Request::Write(Write::Files { folder, files, replace }));
    }

    /// Writes the role into the service config itself, once the change has been looked at and confirmed.
    pub(super) fn write_config(&mut self, shared: &mut Shared) -> Reply {
        let document =
            self.plan().and_then(|plan| plan.documents.iter().find(|document| document.is_the_users()));
        let (Some(document), Some(path)) = (document, shared.work.answers.service_config.clone()) else {
            shared.complain("there is no service config to write into; this plan was made without one");
            return Reply::Stay;
        };
        let before = document.before.clone().unwrap_or_default();
        if before == document.text {
            shared.say(format!("{path} says so already; there is nothing to write"));
            return Reply::Stay;
        }
        let ask = Ask::new(format!("Write this into {path}?"), "write it")
            .showing(compared(&masked(&before), &document.masked()));
        let (text, before, purpose) = (document.text.clone(), Some(before), Purpose::InPlace);
        self.asked =
            Some(Asked::File(WriteFile { path, text, replace: true, private: false, before, purpose }));
        Reply::Over(Overlay::Ask(ask))
    }

    /// Does what was decided about the question over the plan.
    pub(super) fn decided(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        let Some(asked) = self.asked.take() else { return Reply::Stay };
        match (asked, answer) {
            (asked @ (Asked::Path | Asked::Folder), Answer::Typed(name)) if name.is_empty() => {
                let what = if matches!(asked, Asked::Path) { "name a file" } else { "name a folder" };
                self.asked = Some(asked);
                return Reply::Refused(what.to_owned());
            }
            (Asked::Path, Answer::Typed(path)) => {
                if let Some(Shown { text, secret: private, .. }) = self.shown() {
                    let purpose = Purpose::Keep;
                    write(WriteFile { path, text, replace: false, private, before: None, purpose }, shared);
                }
            }
            (Asked::Folder, Answer::Typed(folder)) => self.write_all(folder, false, shared),
            (Asked::File(file), Answer::Yes) => write(file, shared),
            (Asked::Files(folder), Answer::Yes) => self.write_all(folder, true, shared),
            (
                Asked::Path | Asked::Folder | Asked::File(_) | Asked::Files(_),
                Answer::Yes | Answer::Other | Answer::Closed | Answer::Picked(_) | Answer::Typed(_),
            ) => {}
        }
        Reply::Stay
    }

    /// Takes note of a file that was written; asks about one that was not, where nothing else is asked.
    pub(super) fn file_written(&mut self, written: WrittenFile, shared: &mut Shared) -> Reply {
        let (problem, file) = match &written {
            WrittenFile { result: Ok(()), file, .. } => {
                let is_of_plan = shared.work.answers.service_config.as_ref() == Some(&file.path);
                let is_changed = file.purpose == Purpose::InPlace && is_of_plan;
                let reply = if is_changed { self.make(shared) } else { Reply::Stay };
                shared.say_written(&written);
                return reply;
            }
            WrittenFile { result: Err(problem), file, .. } => (problem, file),
        };
        let question = match problem {
            WriteProblem::Exists => "Replace it?",
            WriteProblem::Changed => "Replace it all the same?",
            WriteProblem::Refused(_) => {
                shared.say_written(&written);
                return Reply::Stay;
            }
        };
        if shared.is_covered || self.plan().is_none() {
            shared.say_written(&written);
            return Reply::Stay;
        }
        let ask = Ask::new(format!("{} {}. {question}", file.path, problem.found()), "replace it");
        let private = file.purpose != Purpose::Keep || shared.work.answers.service_config.is_some();
        self.asked = Some(Asked::File(WriteFile { replace: true, private, before: None, ..written.file }));
        Reply::Over(Overlay::Ask(ask))
    }

    /// Takes note of files that were written; asks about those that were not, where nothing else is asked.
    pub(super) fn files_written(&mut self, written: &WrittenFiles, shared: &mut Shared) -> Reply {
        let is_taken = matches!(written.result, Err(WriteProblem::Exists | WriteProblem::Changed));
        if !is_taken || shared.is_covered || self.plan().is_none() {
            shared.say_written_all(written);
            return Reply::Stay;
        }
        let folder = visible_line(&written.folder).into_owned();
        self.asked = Some(Asked::Files(written.folder.clone()));
        let title = format!("{folder} holds some of these files already. Replace them?");
        Reply::Over(Overlay::Ask(Ask::new(title, "replace them")))
    }
}

fn write(file: WriteFile, shared: &mut Shared) {
    shared.jobs.start(Request::Write(Write::File(file)));
}
