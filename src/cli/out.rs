//! Where output goes: data to standard output, talk to standard error; nothing from outside reaches a
//! terminal raw.

use std::io::{self, IsTerminal, Write as _};

use super::Failure;
use crate::domain::finding::{Finding, Severity};
use crate::domain::report;
use crate::domain::text::visible;
use crate::host;

/// Prints data. Into a file or a pipe it goes byte for byte; on a terminal control characters are pictures.
///
/// # Errors
/// When the reader has gone or the system refuses.
pub fn data(text: &str) -> Result<(), Failure> {
    let stdout = io::stdout();
    let mut lock = stdout.lock();
    if stdout.is_terminal() {
        lock.write_all(visible(text).as_bytes())?;
    } else {
        lock.write_all(text.as_bytes())?;
    }
    Ok(lock.flush()?)
}

/// Prints a unified diff; on a terminal what goes is red and what comes is green, beside their signs.
///
/// # Errors
/// As for [`data`].
pub fn diff(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    if !host::takes_colour(&stdout) {
        drop(stdout);
        return data(text);
    }
    for line in visible(text).split_inclusive('\n') {
        let code = match line.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => "1",
            [b'+', ..] => "32",
            [b'-', ..] => "31",
            [b'@', ..] => "36",
            _ => "0",
        };
        writeln!(stdout, "\u{1b}[{code}m{}\u{1b}[0m", line.trim_end_matches('\n'))?;
    }
    Ok(stdout.flush()?)
}

/// Prints a value as JSON.
///
/// # Errors
/// As for [`data`].
pub fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    data(&crate::domain::json::render(value))
}

/// Says something on standard error. Nobody can be told if that fails.
pub fn talk(text: &str) {
    let _ = io::stderr().lock().write_all(visible(text).as_bytes());
}

/// The word for a severity, in its colour where the stream shows colours.
fn painted(severity: Severity, stream: &impl IsTerminal) -> String {
    let word = severity.word();
    let code = match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    };
    if host::takes_colour(stream) { format!("\u{1b}[{code}m{word}\u{1b}[0m") } else { word.to_owned() }
}

/// Says findings on standard error, with a picture of the line where `text` is the document that they are in.
pub fn findings(name: &str, text: Option<&str>, findings: &[Finding]) {
    let report = report::painted(name, text, findings, |severity| painted(severity, &io::stderr()));
    let _ = io::stderr().lock().write_all(report.as_bytes());
}

/// Prints findings as data, in colour on a terminal; every part of it is harmless already.
///
/// # Errors
/// As for [`data`].
pub fn findings_as_data(name: &str, text: &str, findings: &[Finding]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let report = report::painted(name, Some(text), findings, |severity| painted(severity, &stdout));
    stdout.write_all(report.as_bytes())?;
    Ok(stdout.flush()?)
}
