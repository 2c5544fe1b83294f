//! The messages of the official credential clients, as templates from their published sources, and the programs that
//! pass messages on.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::super::catalog;

/// The clients and the programs around them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clients {
    /// What a client was doing, by a short name: it completes "while it …".
    pub steps: BTreeMap<String, String>,
    /// The credential clients.
    #[serde(rename = "client")]
    pub clients: Vec<Client>,
    /// Programs that pass on a message of another one.
    #[serde(rename = "reporter")]
    pub reporters: Vec<Reporter>,
}

/// A credential client with everything that it can say.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// Its short name.
    pub id: String,
    /// Its name, for people.
    pub title: String,
    /// The package that it comes in.
    pub package: String,
    /// The version whose source was read.
    pub version: String,
    /// The SPDX name of its license.
    pub license: String,
    /// Where its source is.
    pub address: String,
    /// The date of reading: `YYYY-MM-DD`.
    pub read: String,
    /// Its messages.
    pub messages: Vec<Messages>,
}

/// Messages of one step that mean the same.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// What the client was doing: a key of [`Clients::steps`].
    pub step: String,
    /// What they mean: the id of an [`ErrorRow`](super::ErrorRow).
    pub error: String,
    /// Whether other programs use the same words, so that they count only beside a mark of Alibaba Cloud.
    #[serde(default)]
    pub common: bool,
    /// The templates, as in the source; `{}` stands for a value.
    pub templates: Vec<String>,
}

/// A program that passes on a message of another one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reporter {
    /// Its short name.
    pub id: String,
    /// Its name, for people.
    pub title: String,
    /// Words that it puts around the message, lower case.
    pub patterns: Vec<String>,
}

/// The clients and the programs around them.
#[must_use]
pub fn clients() -> &'static Clients {
    static CLIENTS: OnceLock<Clients> = OnceLock::new();
    CLIENTS.get_or_init(|| catalog::read(catalog::asset!("clients")))
}
