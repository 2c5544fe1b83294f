//! The config of an EAS service: the role put into it, without touching anything else.

mod access_keys;
mod mounts;
mod patch;
mod refusal;
mod rules;
mod strays;

use std::borrow::Cow;

use serde_json::{Value as Tree, json};

use super::association::Association;
use super::check::{DocumentKind, recognise, strictness};
use super::edit::{Edit, syntax_finding};
use super::finding::Finding;
use super::findings::Findings;
use super::json::{self, Document, Kind, Value};
use super::values::RoleArn;
use super::{outline, rules as table};
use crate::messages::documents as said;

pub use patch::patch;
pub(in crate::domain) use refusal::of_another_kind;
pub use rules::{check, doubled_keys};

/// The key that switches the role on, inside [`OPTIONS`].
pub(super) const SWITCH: &str = "enable_ram_role";
/// The object that holds the switch.
pub(super) const OPTIONS: &str = "options";
/// The key of a custom role, at the top.
pub(super) const ROLE_ARN: &str = "role_arn";
/// The object in which EAS also reads [`ROLE_ARN`].
pub(super) const CREDENTIAL: &str = "credential";
/// The object that holds the workspace.
const METADATA: &str = "metadata";
/// The key of the workspace, inside [`METADATA`].
const WORKSPACE_ID: &str = "workspace_id";

/// What the config should say.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The role.
    pub association: &'a Association,
    /// The workspace to write into `metadata`, if any.
    pub workspace_id: Option<&'a str>,
}

impl Wanted<'_> {
    /// What the switch should be: for no role only an existing key is set, to false.
    fn switch(&self, present: bool) -> Option<bool> {
        match self.association {
            Association::Default | Association::Custom(_) => Some(true),
            Association::None => present.then_some(false),
        }
    }
}

/// Puts the role into a config; every other byte stays.
///
/// # Errors
/// The findings for which it cannot be edited: not JSON, not an object, the keys of the role twice or of
/// another type.
pub fn associate(text: &str, wanted: &Wanted) -> Result<Edit, Findings> {
    let before = json::read(text).map_err(|error| syntax_finding(text, &error))?;
    let mut refused: Findings = rules::refusals(&before).into_iter().collect();
    refused.extend(of_another_kind(&before));
    if !refused.is_empty() {
        refused.locate(text);
        return Err(refused);
    }
    let mut after = Cow::Borrowed(text);
    for step in [set_workspace, set_switch, set_role_arn, set_alias] {
        let changed = json::read(&after).ok().and_then(|document| step(&document, wanted));
        if let Some(changed) = changed {
            after = Cow::Owned(changed);
        }
    }
    let mut findings: Findings = removal(&before, wanted.association).into_iter().collect();
    findings.extend(mended(&before, wanted));
    if let Ok(document) = json::read(&after) {
        findings.append(strictness(&document));
        findings.append(check(&document));
    }
    findings.locate(&after);
    findings.cut();
    Ok(Edit { before: text.to_owned(), after: after.into_owned(), findings })
}

fn set_workspace(document: &Document, wanted: &Wanted) -> Option<String> {
    let id = wanted.workspace_id?;
    let root = document.root();
    match root.get(METADATA) {
        Some(metadata) if metadata.get(WORKSPACE_ID).is_some_and(|value| value.is_str(id)) => None,
        Some(metadata) => Some(json::set_member(metadata, WORKSPACE_ID, &json!(id), None)),
        None => Some(json::set_member(root, METADATA, &json!({ WORKSPACE_ID: id }), None)),
    }
}

fn set_switch(document: &Document, wanted: &Wanted) -> Option<String> {
    let present = document.root().at(&[OPTIONS, SWITCH]);
    switched(document, wanted.switch(present.is_some())?)
}

/// The config with its switch at this; `None` where it is so already.
pub(super) fn switched(document: &Document, on: bool) -> Option<String> {
    let root = document.root();
    let options = root.get(OPTIONS);
    let present = options.and_then(|options| options.get(SWITCH));
    match (options, present) {
        (_, Some(value)) if value.as_bool() == Some(on) => None,
        (Some(options), _) => Some(json::set_member(options, SWITCH, &json!(on), None)),
        (None, _) => Some(json::set_member(root, OPTIONS, &json!({ SWITCH: on }), Some(METADATA))),
    }
}

fn set_role_arn(document: &Document, wanted: &Wanted) -> Option<String> {
    let root = document.root();
    let present = root.get(ROLE_ARN);
    match wanted.association.role_arn() {
        Some(arn) if present.is_some_and(|value| names(value, arn)) => None,
        Some(arn) => Some(json::set_member(root, ROLE_ARN, &json!(arn.as_str()), Some(OPTIONS))),
        None => present.map(|_| json::remove_member(root, ROLE_ARN)),
    }
}

/// Gives `credential.role_arn`, where it is present, the same role: which of the two counts is not documented, and an
/// update that merges keeps a key that is left out.
fn set_alias(document: &Document, wanted: &Wanted) -> Option<String> {
    let credential = document.root().get(CREDENTIAL)?;
    let present = credential.get(ROLE_ARN)?;
    match wanted.association.role_arn() {
        Some(arn) if names(present, arn) => None,
        Some(arn) => Some(json::set_member(credential, ROLE_ARN, &json!(arn.as_str()), None)),
        None => Some(json::remove_member(credential, ROLE_ARN)),
    }
}

/// The places where EAS reads the role, in the order in which they are named.
const ROLE_PLACES: [&[&str]; 2] = [&[ROLE_ARN], &[CREDENTIAL, ROLE_ARN]];

/// The role of a config, under either of its names.
pub(in crate::domain) fn role(root: Value<'_>) -> Option<Value<'_>> {
    ROLE_PLACES.iter().find_map(|place| root.at(place))
}

/// Whether a value is this ARN, case not counting.
fn names(value: Value, arn: &RoleArn) -> bool {
    value.as_str().and_then(|text| text.parse::<RoleArn>().ok()).is_some_and(|present| present == *arn)
}

/// A role that was taken away: an update merges, so the running service may keep it.
fn removal(before: &Document, association: &Association) -> Vec<Finding> {
    let root = before.root();
    let mut findings = Vec::new();
    if *association == Association::None && root.at(&[OPTIONS, SWITCH]).is_some() {
        let message = "enable_ram_role is set to false, not deleted: an update merges by default, so a deleted key \
                       would leave the role switched on";
        findings.push(Finding::new(&table::SWITCHED_OFF, message));
    }
    let removed =
        ROLE_PLACES.iter().filter(|place| association.role_arn().is_none() && root.at(place).is_some());
    findings.extend(removed.map(|place| {
        let message = said::RoleRemoved { key: place.join(".") }.to_string();
        Finding::new(&table::MERGE_KEEPS_KEYS, message)
    }));
    findings
}

/// A value of the role that was wrong and is now right.
fn mended(before: &Document, wanted: &Wanted) -> Option<Finding> {
    let switch = before.root().at(&[OPTIONS, SWITCH])?;
    let on = wanted.switch(true).filter(|_| switch.kind() != Kind::Bool)?;
    let message = format!(
        "enable_ram_role was {}, {}; it is now {on}",
        rules::written(switch),
        switch.kind().described()
    );
    Some(Finding::new(&table::CONFIG_MENDED, message))
}

/// The service's name: `metadata.name`, in older configs the top-level `name`.
#[must_use]
pub fn service_name<'d>(document: &'d Document<'d>) -> Option<Cow<'d, str>> {
    let root = document.root();
    root.at(&[METADATA, "name"]).or_else(|| root.get("name")).and_then(Value::as_str)
}

/// The wanted keys alone, as a tree in the order of the documents.
fn wanted_keys(
    workspace: Option<&str>,
    switch: Option<bool>,
    role_arn: Option<&str>,
    alias: Option<&str>,
) -> Tree {
    let mut keys = serde_json::Map::new();
    if let Some(id) = workspace {
        keys.insert(METADATA.to_owned(), json!({ WORKSPACE_ID: id }));
    }
    if let Some(on) = switch {
        keys.insert(OPTIONS.to_owned(), json!({ SWITCH: on }));
    }
    if let Some(arn) = role_arn {
        keys.insert(ROLE_ARN.to_owned(), json!(arn));
    }
    if let Some(arn) = alias {
        keys.insert(CREDENTIAL.to_owned(), json!({ ROLE_ARN: arn }));
    }
    Tree::Object(keys)
}

/// The keys of the role for a config that is not at hand.
#[must_use]
pub fn fragment(wanted: &Wanted) -> String {
    let role_arn = wanted.association.role_arn().map(RoleArn::as_str);
    json::render(&wanted_keys(wanted.workspace_id, wanted.switch(true), role_arn, None))
}
