//! Checks a document and compares it with its file. Pure, and for large texts slow enough to be done beside.

use crate::domain::check::{Report, check};
use crate::domain::secret::mask_text;
use crate::domain::sketch::{Line, compared};
use crate::domain::unsaved::Masked;

/// A document to check.
#[derive(Debug)]
pub struct Examine {
    /// The text as its file has it.
    pub before: String,
    /// The text.
    pub text: String,
}

/// What was found in a document.
#[derive(Debug)]
pub struct Examination {
    /// What is to be said of it.
    pub report: Report,
    /// Its lines beside those of its file, secrets masked.
    pub lines: Vec<Line>,
    /// Its text with the secrets masked.
    pub masked: Masked,
}

/// Checks a document.
#[must_use]
pub fn examine(of: &Examine) -> Examination {
    let masked = Masked::of(&of.text, &of.before);
    let before = if of.before == of.text { masked.text.clone() } else { mask_text(&of.before) };
    let lines = compared(&before, &masked.text);
    Examination { report: check(&of.text, None), lines, masked }
}
