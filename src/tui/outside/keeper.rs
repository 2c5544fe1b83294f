//! Writes drafts one after the other, in a thread; of several that wait only the last is written.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::job::Job;
use super::said;
use crate::domain::draft_name::DraftName;
use crate::host::environment::Environment;
use crate::tui::request::{Report, Written};

/// The thread that writes drafts.
pub struct Keeper {
    texts: Sender<Waiting>,
    thread: JoinHandle<()>,
}

/// A draft to write.
struct Waiting {
    job: Job,
    name: DraftName,
    text: String,
}

impl Keeper {
    /// Begins to wait for drafts.
    pub fn start(environment: Arc<impl Environment>) -> Self {
        let (texts, waiting) = channel();
        let thread = thread::spawn(move || keep(&*environment, &waiting));
        Self { texts, thread }
    }

    /// Has a draft written; whether it will be.
    pub fn keep(&self, job: Job, name: DraftName, text: String) -> bool {
        self.texts.send(Waiting { job, name, text }).is_ok()
    }

    /// Waits until everything is written.
    pub fn finish(self) {
        drop(self.texts);
        // What the thread could not write it has said.
        let _ = self.thread.join();
    }
}

fn keep(environment: &impl Environment, waiting: &Receiver<Waiting>) {
    let write = |draft: &Waiting| {
        let result = environment.write_draft(&draft.name, &draft.text).map_err(said);
        draft.job.end(Report::Written(Written::Draft(result)));
    };
    while let Ok(mut draft) = waiting.recv() {
        while let Ok(later) = waiting.try_recv() {
            if later.name == draft.name {
                draft.job.end(Report::Ended);
            } else {
                write(&draft);
            }
            draft = later;
        }
        write(&draft);
    }
}
