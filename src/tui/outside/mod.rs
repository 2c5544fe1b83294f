//! Does what the wizard wants done outside: files, drafts, the clipboard, slow computations. Each in a thread of its own,
//! so that no key waits for a disk; what came of it goes back as messages.

mod carry;
mod job;
mod keeper;

use std::io::{self, BufRead as _, Write as _};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::sync::mpsc::UnboundedSender;

use super::request::{Message, Read, Readout, Report, Request, Ticket, Write, Written};
use crate::domain::draft::Draft;
use crate::domain::draft_name::DraftName;
use crate::domain::values::Invalid;
use crate::host::HostError;
use crate::host::environment::Environment;
use crate::host::external_editor::Edited;
use carry::carry_out;
use job::Job;
use keeper::Keeper;

/// How many drafts the home screen lists.
const LISTED: usize = 5;

/// Where requests are carried out.
pub struct Outside<E: Environment> {
    environment: Arc<E>,
    sender: UnboundedSender<Message>,
    keeper: Option<Keeper>,
    /// The writes of files that may not have ended.
    writes: Vec<JoinHandle<()>>,
    /// The requests that may be cancelled.
    jobs: Vec<Job>,
}

impl<E: Environment> Outside<E> {
    /// On an environment, with a way back for what comes of the requests.
    #[must_use]
    pub fn new(environment: E, sender: UnboundedSender<Message>) -> Self {
        let environment = Arc::new(environment);
        Self { environment, sender, keeper: None, writes: Vec::new(), jobs: Vec::new() }
    }

    /// Begins a request; returns what is known at once. Each ends with a message that is its last.
    pub fn start(&mut self, ticket: Ticket, request: Request) -> Option<Message> {
        let is_last = true;
        let known = |report| Some(Message { ticket, is_last, report });
        match request {
            Request::Write(Write::Draft { name, text }) => self.keep(ticket, &name, text),
            Request::Write(Write::DraftName { from, to }) => {
                let result = self.rename(&from, &to);
                known(Report::Written(Written::DraftName { to, result }))
            }
            Request::Write(Write::NoDraft(name)) => {
                self.drop_draft(&name);
                known(Report::Ended)
            }
            Request::Read(Read::Drafts) => known(Report::Read(Readout::Drafts(listed(&*self.environment)))),
            Request::Read(Read::Draft(name)) => {
                // What is still to be written belongs to it.
                self.finish_drafts();
                let result = read_draft(&*self.environment, &name);
                known(Report::Read(Readout::Draft { name, result }))
            }
            Request::Read(_) | Request::Write(_) | Request::Compute(_) | Request::EditOutside { .. } => {
                self.spawn(ticket, request);
                None
            }
        }
    }

    fn spawn(&mut self, ticket: Ticket, request: Request) {
        let job = Job::new(ticket, self.sender.clone());
        let is_write = matches!(request, Request::Write(_));
        if !is_write {
            self.jobs.retain(Job::is_under_way);
            self.jobs.push(job.clone());
        }
        let environment = Arc::clone(&self.environment);
        let thread = thread::spawn(move || carry_out(&*environment, request, &job));
        if is_write {
            self.writes.retain(|thread| !thread.is_finished());
            self.writes.push(thread);
        }
    }

    /// Nobody waits for a request any more. What is to be written is written all the same.
    pub fn cancel(&mut self, ticket: Ticket) {
        for job in self.jobs.iter().filter(|job| job.ticket() == ticket) {
            job.cancel();
        }
    }

    fn keep(&mut self, ticket: Ticket, name: &str, text: String) -> Option<Message> {
        let message = |report, is_last| Some(Message { ticket, is_last, report });
        let is_fresh = name.is_empty();
        let name = if is_fresh { self.environment.write_new_draft(&text).map_err(said) } else { named(name) };
        let name = match name {
            Ok(name) => name,
            Err(problem) => return message(Report::Written(Written::Draft(Err(problem))), true),
        };
        let keeper = self.keeper.get_or_insert_with(|| Keeper::start(Arc::clone(&self.environment)));
        if !keeper.keep(Job::new(ticket, self.sender.clone()), name.clone(), text) {
            let gone = Err("the drafts are no longer written".to_owned());
            return message(Report::Written(Written::Draft(gone)), true);
        }
        if is_fresh { message(Report::Written(Written::NewDraft(name.to_string())), false) } else { None }
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), String> {
        // What is still to be written would come under the old name.
        self.finish_drafts();
        let to = named(to)?;
        match named(from) {
            Ok(from) if self.environment.has_draft(&from) => {
                self.environment.rename_draft(&from, &to).map_err(said)
            }
            // It is not written yet.
            _ => self.environment.check_draft_name(&to).map_err(said),
        }
    }

    fn drop_draft(&mut self, name: &str) {
        // A pending write would resurrect the draft.
        self.finish_drafts();
        if let Ok(name) = named(name) {
            // A draft that has gone already is gone.
            let _ = self.environment.remove_draft(&name);
        }
    }

    /// Waits until every file and draft is written.
    pub fn finish(&mut self) {
        for thread in self.writes.drain(..) {
            // What the thread could not write it has said.
            let _ = thread.join();
        }
        self.finish_drafts();
    }

    fn finish_drafts(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            keeper.finish();
        }
    }
}

impl<E: Environment> Drop for Outside<E> {
    /// Also after a panic nothing that was answered is lost.
    fn drop(&mut self) {
        self.finish();
    }
}

fn named(name: &str) -> Result<DraftName, String> {
    name.parse().map_err(|invalid: Invalid| invalid.to_string())
}

fn read_draft(environment: &impl Environment, name: &str) -> Result<String, String> {
    named(name).and_then(|name| environment.read_draft(&name).map_err(said))
}

/// An error of the outside on one line: what failed, why, what to do.
#[must_use]
pub fn said(error: HostError) -> String {
    let cause = error.cause.map(|cause| format!(": {cause}")).unwrap_or_default();
    let hint = error.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    format!("{}{cause}{hint}", error.message)
}

/// What the user's own editor left, and whether it ended well.
///
/// # Errors
/// Why it left nothing.
pub fn edited(result: Result<Edited, HostError>) -> Result<(String, bool), String> {
    result.map(|edited| (edited.text, edited.status_ok)).map_err(said)
}

/// The drafts that there are: the name, and what it is of.
#[must_use]
pub fn listed(environment: &impl Environment) -> Vec<(String, String)> {
    let entries = environment.drafts().into_iter().take(LISTED);
    let listed = entries.map(|entry| {
        let draft = environment.read_draft(&entry.name).ok().and_then(|text| Draft::parse(&text).ok());
        let what = draft.map_or_else(|| "cannot be read".to_owned(), |draft| draft.told());
        let age = entry
            .modified
            .elapsed()
            .map_or_else(|_| String::new(), |age| format!("; {}", ago(age.as_secs())));
        (entry.name.to_string(), format!("{what}{age}"))
    });
    listed.collect()
}

fn ago(seconds: u64) -> String {
    let of = |count: u64, unit: &str| format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" });
    match seconds {
        0..60 => "just now".to_owned(),
        60..3_600 => of(seconds / 60, "minute"),
        3_600..86_400 => of(seconds / 3_600, "hour"),
        _ => of(seconds / 86_400, "day"),
    }
}

/// Prints a text on the terminal as it is, and waits for Enter.
///
/// # Errors
/// When the terminal has gone.
pub fn print_and_wait(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    write!(out, "{text}{end}\n(Enter leads back to ramrole)\n")?;
    out.flush()?;
    drop(out);
    io::stdin().lock().read_line(&mut String::new()).map(drop)
}
