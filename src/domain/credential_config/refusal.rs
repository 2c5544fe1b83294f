//! Why a document is not edited as the body of a request.

use super::Wanted;
use super::associate::{CONFIG, ENV_KEY, Fields};
use crate::domain::catalog::documents;
use crate::domain::check::{DocumentKind, recognise};
use crate::domain::finding::Finding;
use crate::domain::json::{Document, Kind, Value};
use crate::domain::outline;
use crate::messages::documents as said;

/// What keeps ramrole from editing the role.
pub(super) fn refusals(document: &Document, wanted: &Wanted, fields: &Fields) -> Vec<Finding> {
    let root = document.root();
    let operation = wanted.workload.sheet().api.create.value.as_str();
    let start = root.span().start;
    let refused =
        |message: String| vec![Finding::new(&outline::REQUEST_EXPECTED, message).spanning(start..start + 1)];
    if root.kind() != Kind::Object {
        let kind = root.kind().described();
        return refused(said::BodyNotObject { operation, kind }.to_string());
    }
    match other_document(document, wanted) {
        Some(title) => refused(said::NotBody { title, operation }.to_string()),
        None => twice(root, fields).collect(),
    }
}

/// What the document is, if it is not a body for this workload.
fn other_document(document: &Document, wanted: &Wanted) -> Option<String> {
    let root = document.root();
    let rows = &documents().bodies;
    let is_own = |root: Value| {
        let row = rows.iter().find(|row| row.workload == wanted.workload);
        row.is_some_and(|row| row.names.value.iter().any(|name| root.get(name).is_some()))
    };
    if is_own(root) {
        return None;
    }
    let has_row = rows.iter().any(|row| row.workload == wanted.workload);
    if let Some(row) = outline::body(root).filter(|_| has_row) {
        let operation = row.workload.sheet().api.create.value.as_str();
        return Some(said::TheBody { operation }.to_string());
    }
    match recognise(document) {
        Some(DocumentKind::RequestBody) => None,
        Some(DocumentKind::CredentialConfig) if root.get(CONFIG).is_some() => None,
        Some(kind) => Some(format!("a {kind}")),
        None => outline::foreign(root).map(|row| row.title.clone()),
    }
}

/// One finding for each field of the role that is there twice.
fn twice<'d>(root: Value<'d>, fields: &Fields) -> impl Iterator<Item = Finding> + use<'d> {
    let config = root.get(CONFIG);
    let items = config.and_then(|config| config.get(fields.items)).into_iter().flat_map(Value::elements);
    let items: Vec<Value> = items.collect();
    let roles = items.iter().filter_map(|entry| entry.get("Roles")).flat_map(Value::elements);
    let roles: Vec<Value> = roles.collect();
    let mut watched = vec![(root, CONFIG)];
    watched.extend(fields.remove.map(|name| (root, name)));
    watched.extend(
        config.into_iter().flat_map(|of| [fields.switch, fields.items, ENV_KEY].map(|name| (of, name))),
    );
    watched.extend(items.into_iter().flat_map(|entry| ["Key", "Type", "Roles"].map(|name| (entry, name))));
    watched.extend(roles.into_iter().map(|role| (role, "RoleArn")));
    watched.into_iter().filter_map(|(object, name)| {
        let second = object.members().filter(|member| member.is(name)).nth(1)?;
        let message = said::Twice { name }.to_string();
        Some(Finding::new(&outline::REQUEST_DUPLICATE_KEY, message).spanning(second.name.span()))
    })
}
