//! The names by which a JSON document is recognized.

use serde::{Deserialize, Serialize};

use super::{Fact, Sources, Workload};

/// What is known about JSON documents.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The keys at the top of a service config.
    pub config_keys: Fact<Vec<String>>,
    /// Those of them that other documents have too.
    pub common_keys: Fact<Vec<String>>,
    /// The fields in which clients wrap the answer of an API.
    pub wrappers: Fact<Vec<String>>,
    /// Answers and requests that hold a document as a string.
    pub answers: Vec<AnswerRow>,
    /// The requests that carry a `CredentialConfig`.
    pub bodies: Vec<BodyRow>,
    /// The fields of a request in which users choose the names.
    pub free: Fact<Vec<String>>,
    /// Documents of other programs.
    pub foreign: Vec<ForeignRow>,
}

/// An answer or a request that holds a document as a string.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerRow {
    /// The operation.
    pub operation: String,
    /// What it holds.
    pub holds: Held,
    /// Where the string is.
    pub path: Fact<Vec<String>>,
}

/// What an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// The config of an EAS service.
    ServiceConfig,
    /// A permission policy.
    PermissionPolicy,
}

/// The body of a request that carries a `CredentialConfig`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyRow {
    /// The workload that it creates or changes.
    pub workload: Workload,
    /// Fields of which one is enough to recognize it.
    pub names: Fact<Vec<String>>,
    /// The fields with roles that are not the role of the workload's code, through lists.
    pub other_roles: Fact<Vec<String>>,
}

/// A document of another program.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignRow {
    /// What it is, with its article.
    pub title: String,
    /// Names of which one is enough to recognize it.
    pub names: Fact<Vec<String>>,
}
