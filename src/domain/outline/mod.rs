//! Tells from a JSON document's outline what it is, and which rules are about documents of the wrong kind.

mod rules;

pub use rules::*;

use super::catalog::{AnswerRow, BodyRow, ForeignRow, documents};
use super::json::{Kind, Member, Value};

/// An answer or a request of an API that holds the document.
#[derive(Debug)]
pub struct Answer<'d> {
    /// What is known about it.
    pub row: &'static AnswerRow,
    /// The path of the field, as `jq` takes it.
    pub path: String,
    /// The document, as a string or as an object.
    pub value: Value<'d>,
}

/// The document inside an answer, with or without the wrapper of a client.
#[must_use]
pub fn answer(root: Value<'_>) -> Option<Answer<'_>> {
    let wrappers = documents().wrappers.value.iter();
    let wrapped = wrappers.filter_map(|name| Some((format!(".{name}"), root.get(name)?)));
    std::iter::once((String::new(), root)).chain(wrapped).find_map(|(before, place)| {
        documents().answers.iter().find_map(|row| {
            let path: Vec<&str> = row.path.value.iter().map(String::as_str).collect();
            let value =
                place.at(&path).filter(|value| matches!(value.kind(), Kind::String | Kind::Object))?;
            Some(Answer { row, path: format!("{before}.{}", path.join(".")), value })
        })
    })
}

/// The request that a body belongs to.
#[must_use]
pub fn body(root: Value<'_>) -> Option<&'static BodyRow> {
    documents().bodies.iter().find(|row| has_one(root, &row.names.value))
}

/// The document of another program that this is.
#[must_use]
pub fn foreign(root: Value<'_>) -> Option<&'static ForeignRow> {
    documents().foreign.iter().find(|row| has_one(root, &row.names.value))
}

/// Whether an object may be a service config: it has a key that other documents do not have, or no foreign key.
#[must_use]
pub fn may_be_config(root: Value<'_>) -> bool {
    let is_in = |names: &[String], member: &Member| names.iter().any(|name| member.is(name));
    let (known, common) = (&documents().config_keys.value, &documents().common_keys.value);
    root.members().any(|member| is_in(known, &member) && !is_in(common, &member))
        || root.members().all(|member| is_in(known, &member))
}

fn has_one(object: Value<'_>, names: &[String]) -> bool {
    object.members().any(|member| names.iter().any(|name| member.is(name)))
}
