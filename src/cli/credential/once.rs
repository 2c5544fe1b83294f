//! One answer: every source is read once, and what came of it is printed.

use super::arguments::Asked;
use crate::cli::{Exit, Failure, out};
use crate::domain::credential::{Found, Watch, report, verdict};
use crate::host::clock;
use crate::host::credential::read;

/// Prints one line of reason.
///
/// # Errors
/// When the reader has gone.
pub fn check(asked: &Asked) -> Result<Exit, Failure> {
    let watch = looked(&asked.found);
    let verdict = match &asked.found.trouble {
        Some(trouble) => Err(trouble.to_string()),
        None => verdict(&watch, asked.wanted.least, clock::now()),
    };
    let exit = if verdict.is_ok() { Exit::Done } else { Exit::No };
    out::data(&format!("{}\n", verdict.unwrap_or_else(|reason| reason)))?;
    Ok(exit)
}

/// Prints the whole report.
///
/// # Errors
/// When the reader has gone.
pub fn report(asked: &Asked, json: bool) -> Result<Exit, Failure> {
    let watch = looked(&asked.found);
    if let Some(trouble) = &asked.found.trouble {
        out::talk(&format!("ramrole: {trouble}\n"));
    }
    let now = clock::now();
    if json {
        out::json(&report::as_json(&watch, now, &asked.wanted))?;
    } else {
        out::data(&report::as_text(&watch, now, &asked.wanted))?;
    }
    let is_well = asked.found.trouble.is_none() && verdict(&watch, asked.wanted.least, now).is_ok();
    Ok(if is_well { Exit::Done } else { Exit::No })
}

/// The sources, each read once; one that hangs keeps the others waiting for no longer than its own deadline.
fn looked(found: &Found) -> Watch {
    let mut watch = Watch::new(found.sources.clone(), clock::now());
    let due = watch.read_now(clock::now());
    let reach = found.reach;
    let readings = std::thread::scope(|scope| {
        let threads: Vec<_> =
            due.iter().map(|due| scope.spawn(move || read(&due.source, reach, None))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(None)).collect::<Vec<_>>()
    });
    for (due, reading) in due.iter().zip(readings) {
        watch.take(due.index, reading, clock::now());
    }
    watch
}
