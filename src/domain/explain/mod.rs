//! Recognises the platform's messages in whatever a person pastes; it looks at the text alone and writes no document.

mod fold;
mod nearest;
mod search;
mod terminal;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::catalog::{self, Source, Workload};

/// How many bytes of a long text are looked at, at its start and again at its end.
const LOOKED_AT: usize = 512 * 1024;

/// The messages that are known.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// The documents that they come from.
    pub sources: BTreeMap<String, Source>,
    /// The messages, each with its causes.
    #[serde(rename = "error")]
    pub rows: Vec<ErrorRow>,
}

/// One message: what it means, and why it comes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRow {
    /// Its short name.
    pub id: String,
    /// Words of the message, lower case, any of them.
    pub patterns: Vec<String>,
    /// Error codes, as the platform writes them.
    pub codes: Vec<String>,
    /// Whether it says too little to stand beside anything better.
    pub generic: bool,
    /// The workloads that it comes from; empty where it may come from any.
    pub workloads: Vec<Workload>,
    /// What happened, in a sentence.
    pub title: String,
    /// Who says so: a key of [`Errors::sources`].
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "catalog::yes")]
    pub confirmed: bool,
    /// The causes, the likeliest first.
    pub causes: Vec<Cause>,
}

/// One cause of a message.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// The cause.
    pub text: String,
    /// How it is told from the others.
    pub tell: String,
    /// What to do about it.
    pub fix: String,
    /// The documents that the fix needs and ramrole can write.
    pub documents: Vec<ReadyDocument>,
}

/// A document that ramrole writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadyDocument {
    /// The trust policy of the role.
    TrustPolicy,
    /// The policy by which a RAM user may pass the role.
    PassRole,
    /// The configuration of an EAS service.
    ServiceConfig,
    /// The `CredentialConfig` of a DLC job, a DSW instance or a `DataWorks` environment.
    CredentialConfig,
}

impl ErrorRow {
    /// Whether it comes from this workload in particular.
    #[must_use]
    pub fn is_for(&self, workload: Workload) -> bool {
        self.workloads.contains(&workload)
    }

    /// Whether it comes from other workloads only.
    #[must_use]
    pub fn is_foreign_to(&self, workload: Workload) -> bool {
        !self.workloads.is_empty() && !self.is_for(workload)
    }

    /// The document that it comes from.
    #[must_use]
    pub fn source(&self) -> Option<&'static Source> {
        errors().sources.get(&self.source)
    }
}

/// The messages that are known.
#[must_use]
pub fn errors() -> &'static Errors {
    static ERRORS: OnceLock<Errors> = OnceLock::new();
    ERRORS.get_or_init(|| catalog::read(catalog::asset!("errors")))
}

/// What a text was recognised as.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explanation {
    /// The messages found in it, the best first.
    pub matches: Vec<&'static ErrorRow>,
    /// Where none was found: up to three that are like it, the likest first.
    pub nearest: Vec<&'static ErrorRow>,
}

/// Recognises the platform's messages in a text, however wrapped, quoted or escaped. `workload` is what the text
/// is known to come from. Of more than 1 MiB only the first and last 512 KiB count.
#[must_use]
pub fn explain(text: &str, workload: Option<Workload>) -> Explanation {
    let matches = search::search(&fold::fold(&ends(text, LOOKED_AT)), workload);
    let nearest = if matches.is_empty() { nearest::nearest(text) } else { Vec::new() };
    Explanation { matches, nearest }
}

/// The first and last `length` bytes of a text, with a mark between them that no pattern has.
fn ends(text: &str, length: usize) -> Cow<'_, str> {
    if text.len() <= 2 * length {
        return text.into();
    }
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let head = (0..=length).rev().find(boundary).unwrap_or(0);
    let tail = (text.len() - length..text.len()).find(boundary).unwrap_or(text.len());
    format!("{}\n\u{2026}\n{}", &text[..head], &text[tail..]).into()
}
