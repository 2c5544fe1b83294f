//! Goes on watching, and prints at every change, until it is stopped or nobody reads any more.

use std::sync::mpsc;
use std::thread;

use super::arguments::Asked;
use crate::cli::{Exit, Failure, out};
use crate::domain::credential::{Due, NOTHING, Reach, Watch, report};
use crate::host::credential::read;
use crate::host::{clock, process};

type Read = (usize, Option<crate::domain::credential::Reading>);

/// Prints a line of JSON, or a block of text, whenever something has changed.
///
/// # Errors
/// When the reader has gone.
pub fn run(asked: &Asked, json: bool) -> Result<Exit, Failure> {
    if let Some(trouble) = &asked.found.trouble {
        out::talk(&format!("ramrole: {trouble}\n"));
    }
    if asked.found.sources.is_empty() {
        out::talk(&format!("ramrole: {NOTHING}\n"));
        return Ok(Exit::No);
    }
    let mut watch = Watch::new(asked.found.sources.clone(), clock::now());
    let (sender, receiver) = mpsc::channel::<Read>();
    let mut said = None;
    while !process::reader_has_gone() {
        for due in watch.tick(clock::now()) {
            begin(due, asked.found.reach, sender.clone());
        }
        // The countdown goes on while nothing is read.
        if let Ok((index, reading)) = receiver.recv_timeout(clock::SECOND) {
            watch.take(index, reading, clock::now());
        }
        let now = clock::now();
        let state = Some(report::state(&watch, now)).filter(|_| watch.has_looked());
        if state.is_some() && state != said {
            say(&watch, asked, json)?;
            said = state;
        }
    }
    Ok(Exit::Done)
}

fn begin(due: Due, reach: Reach, sender: mpsc::Sender<Read>) {
    thread::spawn(move || {
        let reading = read(&due.source, reach, due.known);
        // Nobody waits for it once the watch has ended.
        let _ = sender.send((due.index, reading));
    });
}

fn say(watch: &Watch, asked: &Asked, json: bool) -> Result<(), Failure> {
    let now = clock::now();
    if json {
        out::data(&format!("{}\n", report::as_json(watch, now, &asked.wanted)))
    } else {
        out::data(&format!("{}\n", report::as_text(watch, now, &asked.wanted)))
    }
}
