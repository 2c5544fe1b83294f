//! What comes back from outside, and who gets it.

use super::App;
use crate::tui::common::name_draft;
use crate::tui::jobs::Waits;
use crate::tui::place::Reply;
use crate::tui::request::{Computed, Message, Readout, Report, Written};

impl App {
    /// Takes what came back from outside.
    pub(super) fn report(&mut self, message: Message) {
        self.shared.learn(&message.report);
        let reply = match self.shared.jobs.receive(&message) {
            Waits::Screen => self.for_screen(message.report),
            Waits::Shared => self.for_shared(message.report),
            Waits::Nobody => self.for_nobody(&message.report),
        };
        self.follow(reply);
    }

    /// What is written is told also when its screen was left; everything else comes too late.
    fn for_nobody(&mut self, report: &Report) -> Reply {
        if let Report::Written(Written::File(written)) = report {
            self.shared.say_written(written);
        } else if let Report::Written(Written::Files(written)) = report {
            self.shared.say_written_all(written);
        }
        Reply::Stay
    }

    fn for_screen(&mut self, report: Report) -> Reply {
        let (screen, shared) = (self.screen.place_mut(), &mut self.shared);
        match report {
            Report::Read(Readout::Fact { path, result }) => screen.fact(&path, result.map(drop), shared),
            Report::Read(Readout::File { path, result }) => screen.file(path, result, shared),
            Report::Read(Readout::Completions(completions)) => {
                screen.completions(completions);
                Reply::Stay
            }
            Report::Read(Readout::Drafts(drafts)) => {
                screen.drafts(drafts);
                Reply::Stay
            }
            Report::Read(Readout::Draft { name, result }) => screen.draft(name, result, shared),
            Report::Read(Readout::Sources(sources)) => {
                screen.sources(*sources, shared);
                Reply::Stay
            }
            Report::Written(Written::File(written)) => screen.written(written, shared),
            Report::Written(Written::Files(written)) => screen.written_all(written, shared),
            Report::Computed(computed) => self.computed(computed),
            Report::Edited(result) => {
                screen.edited(result, shared);
                Reply::Stay
            }
            // These are of what all screens share.
            Report::Read(Readout::Credential { .. })
            | Report::Written(
                Written::Draft(_)
                | Written::NewDraft(_)
                | Written::DraftName { .. }
                | Written::Copied { .. }
                | Written::ForTerminal { .. },
            )
            | Report::Ended => Reply::Stay,
        }
    }

    fn computed(&mut self, computed: Computed) -> Reply {
        let (screen, shared) = (self.screen.place_mut(), &mut self.shared);
        match computed {
            Computed::Text(found) => screen.text_examined(*found, shared),
            Computed::Document(found) => screen.document_examined(*found, shared),
            Computed::Sketch(sketch) => screen.sketched(*sketch),
            Computed::Plan(made) => return screen.planned(*made, shared),
        }
        Reply::Stay
    }

    fn for_shared(&mut self, report: Report) -> Reply {
        match report {
            Report::Read(Readout::Credential { due, reading, now }) => {
                self.shared.credentials.take(due.index, reading.map(|reading| *reading), now);
            }
            Report::Written(Written::Draft(result)) => self.shared.draft_kept(result),
            Report::Written(Written::NewDraft(name)) => self.shared.work.name = name,
            Report::Written(Written::DraftName { to, result: Err(problem) }) => {
                return name_draft(&to, Some(problem));
            }
            Report::Written(Written::DraftName { to, result: Ok(()) }) => {
                self.shared.say(format!("the draft is called {to}"));
                self.shared.work.name = to;
                let write = self.shared.work.keep_again(self.screen.place().question());
                self.shared.write(write);
            }
            Report::Written(Written::Copied { what, bytes, by }) => {
                self.shared.say_copied(&what, bytes, by);
            }
            // A fact is learned by then, and these are of screens.
            Report::Read(
                Readout::Fact { .. }
                | Readout::File { .. }
                | Readout::Completions(_)
                | Readout::Drafts(_)
                | Readout::Draft { .. }
                | Readout::Sources(_),
            )
            | Report::Written(Written::File(_) | Written::Files(_) | Written::ForTerminal { .. })
            | Report::Computed(_)
            | Report::Edited(_)
            | Report::Ended => {}
        }
        Reply::Stay
    }
}
