//! Carries out one request on an environment. What is only looked at or computed is left alone once nobody waits for it;
//! what is written is written.

use std::path::Path;
use std::thread;

use super::job::Job;
use super::{edited, listed, read_draft, said};
use crate::domain::credential::{Due, Reach};
use crate::domain::path::at_home;
use crate::domain::plan::plan;
use crate::domain::sketch::sketch;
use crate::host::clipboard::Copied;
use crate::host::environment::Environment;
use crate::host::output::{Expect, How, Links, Mode};
use crate::host::{HostError, HostErrorKind, shown};
use crate::tui::examine::{document, text};
use crate::tui::request::{
    Compute, Computed, Read, Readout, Report, Request, Sources, Write, WriteFile, WriteProblem, Written,
    WrittenFile, WrittenFiles,
};

/// Carries out a request; it ends with a report.
pub fn carry_out(environment: &impl Environment, request: Request, job: &Job) {
    job.end(match request {
        Request::Read(_) | Request::Compute(_) if job.is_cancelled() => Report::Ended,
        Request::Read(Read::Credentials { due, reach }) => {
            read_credentials(environment, due, reach, job);
            Report::Ended
        }
        Request::Read(read) => self::read(environment, read),
        Request::Write(write) => self::write(environment, write),
        Request::Compute(compute) => Report::Computed(self::compute(compute)),
        Request::EditOutside { text, name } => Report::Edited(edited(environment.edit(&text, &name))),
    });
}

fn read(environment: &impl Environment, read: Read) -> Report {
    Report::Read(match read {
        Read::Fact(path) => Readout::Fact { result: read_file(environment, &path), path },
        Read::File(path) => Readout::File { result: read_file(environment, &path), path },
        Read::Completions(typed) => Readout::Completions(environment.complete(&typed)),
        Read::Drafts => Readout::Drafts(listed(environment)),
        Read::Draft(name) => Readout::Draft { result: read_draft(environment, &name), name },
        Read::Sources(found) => Readout::Sources(Box::new(Sources {
            found: found.unwrap_or_else(|| environment.sources()),
            zone: environment.zone(),
            now: environment.now(),
            seen: environment.evidence(),
        })),
        Read::Credentials { .. } => return Report::Ended,
    })
}

fn read_file(environment: &impl Environment, path: &str) -> Result<String, String> {
    if path == "-" {
        return Err("standard input is the keyboard here; name a file".to_owned());
    }
    environment.read(Path::new(&at_home(path, &environment.home()))).map_err(said)
}

/// Reads each source beside the others: one that does not answer holds none of them.
fn read_credentials(environment: &impl Environment, due: Vec<Due>, reach: Reach, job: &Job) {
    let read = |due: Due| {
        let reading = environment.read_credential(&due.source, reach, due.known).map(Box::new);
        if !job.is_cancelled() {
            let now = environment.now();
            job.report(Report::Read(Readout::Credential { due, reading, now }));
        }
    };
    thread::scope(|scope| {
        for due in due {
            scope.spawn(|| read(due));
        }
    });
}

fn write(environment: &impl Environment, write: Write) -> Report {
    Report::Written(match write {
        Write::File(file) => {
            let (result, remark) = match write_file(environment, &file) {
                Ok(remark) => (Ok(()), remark),
                Err(error) => (Err(problem(error)), None),
            };
            Written::File(WrittenFile { file, result, remark })
        }
        Write::Files { folder, files, replace } => {
            let written = write_files(environment, &folder, &files, replace).map_err(problem);
            let (result, remark) = match written {
                Ok((count, remark)) => (Ok(count), remark),
                Err(problem) => (Err(problem), None),
            };
            Written::Files(WrittenFiles { folder, result, remark })
        }
        Write::Clipboard { what, text } => match environment.copy(text.reveal()) {
            Copied::By(program) => Written::Copied { what, bytes: text.reveal().len(), by: Some(program) },
            Copied::ToTerminal => Written::ForTerminal { what, text },
        },
        // Drafts are written in their order, see `Outside`.
        Write::Draft { .. } | Write::DraftName { .. } | Write::NoDraft(_) => return Report::Ended,
    })
}

/// Writes a file, unless it changed after it was read. Does not write if it already contains this text.
fn write_file(environment: &impl Environment, file: &WriteFile) -> Result<Option<String>, HostError> {
    let place = at_home(&file.path, &environment.home());
    let place = Path::new(&place);
    let expect = match &file.before {
        _ if !file.replace => Expect::Nothing,
        Some(before) => Expect::TextOrNothing(before),
        None => Expect::Anything,
    };
    let mode = if file.private { Mode::PrivateIfNew } else { Mode::Usual };
    let links = if file.replace { Links::Follow } else { Links::Refuse };
    match environment.put(place, &file.text, How { links, mode, expect }) {
        Ok(written) => Ok(written.remark()),
        Err(error) if error.kind == HostErrorKind::Changed => {
            let is_there = environment.read(place).is_ok_and(|now| now == file.text);
            if is_there { Ok(None) } else { Err(error) }
        }
        Err(error) => Err(error),
    }
}

fn write_files(
    environment: &impl Environment,
    folder: &str,
    files: &[(String, String, bool)],
    replace: bool,
) -> Result<(usize, Option<String>), HostError> {
    let place = at_home(folder, &environment.home());
    let mode = |private: bool| if private { Mode::Private } else { Mode::Usual };
    let files: Vec<_> =
        files.iter().map(|(name, text, private)| (name.as_str(), text.as_str(), mode(*private))).collect();
    let written = environment.put_all(Path::new(&place), &files, replace)?;
    let mut remarks = written.iter().filter_map(|(path, remark)| Some((path, remark.as_ref()?)));
    let remark = remarks.next().map(|(path, remark)| format!("{}: {remark}", shown(path)));
    Ok((written.len(), remark))
}

/// The question or message about a text that was not written.
fn problem(error: HostError) -> WriteProblem {
    match error.kind {
        HostErrorKind::Exists => WriteProblem::Exists,
        HostErrorKind::Changed => WriteProblem::Changed,
        HostErrorKind::Refused | HostErrorKind::Unusable => WriteProblem::Refused(said(error)),
    }
}

fn compute(compute: Compute) -> Computed {
    match compute {
        Compute::Text(of) => Computed::Text(Box::new(text::examine(&of))),
        Compute::Document(of) => Computed::Document(Box::new(document::examine(&of))),
        Compute::Sketch { answers, facts, question } => {
            Computed::Sketch(Box::new(sketch(&answers, &facts, question)))
        }
        Compute::Plan { answers, facts } => Computed::Plan(Box::new(plan(&answers, &facts))),
    }
}
