//! Does what the wizard wants done outside: files, drafts, the clipboard, slow thoughts. Each in a thread of its own,
//! so that no key waits for a disk; what came of it goes back as an outcome.

use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use tokio::sync::mpsc::UnboundedSender;

use super::check;
use super::draft::Draft;
use super::editor::examine;
use super::effect::{Effect, Outcome, WriteProblem};
use crate::domain::draft_name::DraftName;
use crate::domain::path::at_home;
use crate::domain::plan::plan;
use crate::domain::question;
use crate::domain::sketch::sketch;
use crate::host::clipboard::{Copied, copy};
use crate::host::drafts::Drafts;
use crate::host::output::{self, Expect, How, Links, Mode, Written};
use crate::host::{HostError, HostErrorKind, chain, clock, complete, credential, home, input, shown};

/// How many drafts the home screen lists.
const LISTED: usize = 5;

/// Where effects are done.
pub struct Outside {
    drafts: Drafts,
    sender: UnboundedSender<Outcome>,
    keeper: Option<Keeper>,
    /// The writes of files that may not have ended.
    writes: Vec<JoinHandle<()>>,
}

/// The one who writes drafts, one after the other; of several that wait only the last is written.
struct Keeper {
    texts: mpsc::Sender<(DraftName, String)>,
    thread: JoinHandle<()>,
}

impl Outside {
    /// With drafts in a folder, and a way back for what came of the effects.
    #[must_use]
    pub fn new(drafts: Drafts, sender: UnboundedSender<Outcome>) -> Self {
        Self { drafts, sender, keeper: None, writes: Vec::new() }
    }

    /// Begins to do something; returns what is known at once.
    pub fn start(&mut self, effect: Effect) -> Option<Outcome> {
        match effect {
            Effect::KeepDraft { name, text } => return self.keep(&name, text),
            Effect::RenameDraft { from, to } => {
                let result = self.rename(&from, &to);
                return Some(Outcome::Renamed { to, result });
            }
            Effect::DropDraft(name) => {
                self.drop_draft(&name);
            }
            Effect::ListDrafts => return Some(Outcome::Drafts(listed(&self.drafts))),
            Effect::OpenDraft(name) => {
                // What is still to be written belongs to it.
                self.finish_drafts();
                let result = named(&name).and_then(|name| self.drafts.read(&name).map_err(said));
                return Some(Outcome::Draft { name, result });
            }
            other => {
                let sender = self.sender.clone();
                let writes = matches!(other, Effect::Write { .. } | Effect::WriteAll { .. });
                let thread = thread::spawn(move || {
                    if let Some(outcome) = outcome_of(other) {
                        // Nobody waits for it once the wizard has ended.
                        let _ = sender.send(outcome);
                    }
                });
                if writes {
                    self.writes.push(thread);
                }
            }
        }
        None
    }

    fn keep(&mut self, name: &str, text: String) -> Option<Outcome> {
        let fresh = name.is_empty();
        let name = if fresh { self.drafts.write_new(&text).map_err(said) } else { named(name) };
        let name = match name {
            Ok(name) => name,
            Err(problem) => return Some(Outcome::Kept(Err(problem))),
        };
        let keeper =
            self.keeper.get_or_insert_with(|| Keeper::start(self.drafts.clone(), self.sender.clone()));
        let sent = keeper.texts.send((name.clone(), text));
        let gone = || Outcome::Kept(Err("the drafts are no longer written".to_owned()));
        match sent {
            Err(_) => Some(gone()),
            Ok(()) => fresh.then(|| Outcome::Named(name.to_string())),
        }
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), String> {
        // What is still to be written would come under the old name.
        self.finish_drafts();
        let to = named(to)?;
        match named(from) {
            Ok(from) if self.drafts.has(&from) => self.drafts.rename(&from, &to).map_err(said),
            // It is not written yet.
            _ => self.drafts.check_free(&to).map_err(said),
        }
    }

    fn drop_draft(&mut self, name: &str) {
        // What is still to be written would bring it back.
        self.finish_drafts();
        if let Ok(name) = named(name) {
            // A draft that has gone already is gone.
            let _ = self.drafts.remove(&name);
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
        if let Some(Keeper { texts, thread }) = self.keeper.take() {
            drop(texts);
            // What the thread could not write it has said.
            let _ = thread.join();
        }
    }
}

impl Drop for Outside {
    /// Also after a panic nothing that was answered is lost.
    fn drop(&mut self) {
        self.finish();
    }
}

impl Keeper {
    fn start(drafts: Drafts, sender: UnboundedSender<Outcome>) -> Self {
        let (texts, waiting) = mpsc::channel::<(DraftName, String)>();
        let thread = thread::spawn(move || {
            while let Ok((mut name, mut text)) = waiting.recv() {
                while let Ok(later) = waiting.try_recv() {
                    if later.0 != name {
                        let _ = sender.send(Outcome::Kept(drafts.write(&name, &text).map_err(said)));
                    }
                    (name, text) = later;
                }
                let _ = sender.send(Outcome::Kept(drafts.write(&name, &text).map_err(said)));
            }
        });
        Self { texts, thread }
    }
}

fn named(name: &str) -> Result<DraftName, String> {
    name.parse().map_err(|invalid: crate::domain::values::Invalid| invalid.to_string())
}

/// Does what takes time.
#[must_use]
pub fn outcome_of(effect: Effect) -> Option<Outcome> {
    Some(match effect {
        Effect::Read { path, why } => {
            let result = read(&path);
            Outcome::Read { path, why, result }
        }
        Effect::Write { path, text, replace, private, before, why } => {
            let mut remark = None;
            let result = write(&path, &text, replace, private, before.as_deref());
            let result = result.map(|written| remark = written.and_then(|written| written.remark()));
            let result = match result {
                Ok(()) => Ok(text),
                Err(error) => Err(problem(error, text)),
            };
            Outcome::Wrote { path, why, result, remark }
        }
        Effect::WriteAll { folder, files, replace } => {
            let written = write_all(&folder, &files, replace);
            let named = |(path, remark): &(PathBuf, Option<String>)| {
                remark.as_ref().map(|remark| format!("{}: {remark}", shown(path)))
            };
            let remark = written.iter().flatten().find_map(named);
            let result = written.map(|paths| paths.len());
            Outcome::WroteAll { folder, result, remark }
        }
        Effect::Complete(typed) => Outcome::Completed { completions: complete::complete(&typed), typed },
        Effect::Copy { what, text } => match copy(text.reveal()) {
            Copied::By(program) => Outcome::Copied { what, bytes: text.reveal().len(), by: Some(program) },
            Copied::ToTerminal => Outcome::ForTerminal { what, text },
        },
        Effect::Examine(request) => Outcome::Examined(Box::new(examine(&request))),
        Effect::Check(of) => Outcome::Checked(Box::new(check::examine(*of))),
        Effect::Sketch { number, answers, facts, question } => {
            Outcome::Sketched(number, Box::new(sketch(&answers, &facts, question::find(question)?)))
        }
        Effect::FindCredentials(found) => Outcome::FoundCredentials {
            found: found.unwrap_or_else(credential::sources),
            zone: clock::zone(),
            now: clock::now(),
            seen: Box::new(chain::evidence()),
        },
        Effect::ReadCredential { due, reach } => {
            let reading = credential::read(&due.source, reach, due.known).map(Box::new);
            Outcome::ReadCredential { due, reading, now: clock::now() }
        }
        Effect::Plan { number, answers, facts } => Outcome::Planned(number, Box::new(plan(&answers, &facts))),
        _ => return None,
    })
}

fn read(path: &str) -> Result<String, String> {
    if path == "-" {
        return Err("standard input is the keyboard here; name a file".to_owned());
    }
    input::read(Path::new(&place_of(path))).map_err(said)
}

/// The place of a path as it was typed.
fn place_of(path: &str) -> String {
    at_home(path, &home())
}

/// Writes a text, unless the file changed after it was read. Does not write if the file already contains this text.
fn write(
    path: &str,
    text: &str,
    replace: bool,
    private: bool,
    before: Option<&str>,
) -> Result<Option<Written>, HostError> {
    let place = place_of(path);
    let place = Path::new(&place);
    let expect = match before {
        _ if !replace => Expect::Nothing,
        Some(before) => Expect::TextOrNothing(before),
        None => Expect::Anything,
    };
    let mode = if private { Mode::PrivateIfNew } else { Mode::Usual };
    let links = if replace { Links::Follow } else { Links::Refuse };
    match output::put(place, text, How { links, mode, expect }) {
        Err(error) if error.kind == HostErrorKind::Changed => {
            let is_there = input::read(place).is_ok_and(|now| now == text);
            if is_there { Ok(None) } else { Err(error) }
        }
        result => result.map(Some),
    }
}

/// The question or message about a text that was not written.
fn problem(error: HostError, text: String) -> WriteProblem {
    match error.kind {
        HostErrorKind::Exists => WriteProblem::Exists(text),
        HostErrorKind::Changed => WriteProblem::Changed(text),
        HostErrorKind::Refused | HostErrorKind::Unusable => WriteProblem::Refused(said(error)),
    }
}

fn write_all(
    folder: &str,
    files: &[(String, String, bool)],
    replace: bool,
) -> Result<Vec<(PathBuf, Option<String>)>, WriteProblem> {
    let place = place_of(folder);
    let mode = |private: bool| if private { Mode::Private } else { Mode::Usual };
    let files: Vec<_> =
        files.iter().map(|(name, text, private)| (name.as_str(), text.as_str(), mode(*private))).collect();
    output::write_all(Path::new(&place), &files, replace, Links::Refuse)
        .map_err(|error| problem(error, folder.to_owned()))
}

/// An error of the outside on one line: what failed, why, what to do.
#[must_use]
pub fn said(error: HostError) -> String {
    let cause = error.cause.map(|cause| format!(": {cause}")).unwrap_or_default();
    let hint = error.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    format!("{}{cause}{hint}", error.message)
}

/// The drafts that there are: the name, and what it is of.
#[must_use]
pub fn listed(drafts: &Drafts) -> Vec<(String, String)> {
    let entries = drafts.list().into_iter().take(LISTED);
    let listed = entries.map(|entry| {
        let draft = drafts.read(&entry.name).ok().and_then(|text| Draft::parse(&text).ok());
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
