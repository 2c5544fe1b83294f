//! The messages that are known, as the catalog has them: what each one means, and why it comes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::super::catalog::{self, Source, Workload};
use super::evidence::Evidence;

/// The messages that are known.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// The documents that they come from.
    pub sources: BTreeMap<String, Source>,
    /// Words that tell whose output a text is.
    pub marks: Marks,
    /// The messages, each with its causes.
    #[serde(rename = "error")]
    pub rows: Vec<ErrorRow>,
}

/// Words that tell whose output a text is, lower case.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// Names and forms that only Alibaba Cloud and its clients use.
    pub own: Vec<String>,
    /// Names and forms that other clouds and programs use.
    pub foreign: Vec<String>,
    /// Words with which any product says that a permission is missing.
    pub denial: Vec<String>,
}

/// One message: what it means, and why it comes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the catalog")]
pub struct ErrorRow {
    /// Its short name.
    pub id: String,
    /// Words of the message, lower case, any of them. `{}` stands for anything within a sentence.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Error codes, as the platform writes them.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Words that make the message only together, near each other. ` | ` parts alternatives, and words after `code:`
    /// are an error code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<Vec<String>>,
    /// The denied action that makes the message, whatever its words are; `*` for any action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// How near it is to the cause.
    #[serde(default)]
    pub level: Level,
    /// Whether it says too little to stand beside anything better.
    #[serde(default)]
    pub generic: bool,
    /// Whether other programs use the same words, so that it counts only beside a mark of Alibaba Cloud.
    #[serde(default, skip_serializing_if = "is_false")]
    pub common: bool,
    /// Whether it says that a permission is missing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub denial: bool,
    /// The short names of the messages that it replaces because it says more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub narrows: Vec<String>,
    /// The workloads that it comes from; empty where it may come from any.
    #[serde(default)]
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

/// How near a message is to the cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It names what went wrong.
    #[default]
    Cause,
    /// A client says that a source of credentials, which it asked, failed.
    Client,
    /// A client says that all of its sources failed.
    Chain,
    /// A client says that a source has nothing, which is usual for most of them.
    Probe,
}

/// One cause of a message. In its texts, `{name|words}` stands for a value of the message, or for the words if the
/// message does not have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// The cause.
    pub text: String,
    /// How it is told from the others.
    pub tell: String,
    /// What to do about it.
    pub fix: String,
    /// What in a message makes it the likeliest, any of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Evidence>,
    /// What in a message rules it out, any of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Evidence>,
    /// The documents that the fix needs and ramrole can write.
    #[serde(default)]
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
    /// The policy that allows exactly the denied action on the denied resource.
    PermissionPolicy,
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

/// The place of a message in [`Errors::rows`].
pub(super) fn position(id: &str) -> Option<usize> {
    errors().rows.iter().position(|row| row.id == id)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
