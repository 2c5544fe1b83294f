//! How findings look, and what is said of one in a line: with every colour goes a sign.

use ratatui::style::Style;

use super::look::Theme;
use crate::domain::finding::{Finding, Severity};

/// The sign of a severity.
#[must_use]
pub fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "x",
        Severity::Warning => "!",
        Severity::Note => "i",
    }
}

/// The colour of a severity.
#[must_use]
pub fn colour(theme: &Theme, severity: Severity) -> Style {
    match severity {
        Severity::Error => theme.bad,
        Severity::Warning => theme.warn,
        Severity::Note => theme.dim,
    }
}

/// A finding of a document in words: its place, what is wrong, what to do.
#[must_use]
pub fn in_words(finding: &Finding) -> String {
    let place = finding.place.map(|place| format!("line {}, column {}: ", place.line, place.column));
    format!("{}{}. {}", place.unwrap_or_default(), finding.message, finding.advice())
}
