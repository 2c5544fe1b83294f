//! Puts the role into an existing request body; every other byte stays.

use std::borrow::Cow;

use serde_json::{Value as Tree, json};

use super::refusal::refusals;
use super::{Association, Wanted, entry};
use crate::domain::catalog::{Carrier, spellings};
use crate::domain::check::{DocumentKind, check};
use crate::domain::edit::{Edit, syntax_finding};
use crate::domain::findings::Findings;
use crate::domain::json::{self, Document, Kind, Value};

/// The field with the role of the code.
pub(super) const CONFIG: &str = "CredentialConfig";
/// The field that selects the entry for the environment.
pub(super) const ENV_KEY: &str = "AliyunEnvRoleKey";

/// What the API calls its fields, and what they should hold.
pub(super) struct Fields<'a> {
    pub switch: &'static str,
    pub items: &'static str,
    /// The field of an update that removes the role.
    pub remove: Option<&'static str>,
    as_string: bool,
    update: bool,
    entry_type: &'static str,
    association: &'a Association,
}

impl<'a> Fields<'a> {
    /// The fields of the workload's API; `None` if its role is in the service config.
    fn of(wanted: &Wanted<'a>) -> Option<Self> {
        let Carrier::CredentialConfig(fields) = &wanted.workload.sheet().api.carrier else { return None };
        let names = wanted.workload.spelling()?;
        let is_custom = wanted.association.role_arn().is_some();
        Some(Self {
            switch: &names.switch.value,
            items: &names.items.value,
            remove: fields.remove.as_ref().map(|field| field.value.as_str()),
            as_string: fields.as_string.value,
            update: wanted.update,
            entry_type: if is_custom { "Role" } else { &fields.default_type.value },
            association: wanted.association,
        })
    }

    /// Whether the role is taken off something that exists; a body with the field for it is one of an update.
    fn removes(&self, root: Value) -> bool {
        let updates = self.update || self.remove.is_some_and(|name| root.get(name).is_some());
        *self.association == Association::None && updates
    }

    /// The whole object.
    fn config(&self) -> Tree {
        if *self.association == Association::None {
            return super::object([(self.switch, json!(false))]);
        }
        let entries = json!([entry("0", self.entry_type, self.association)]);
        super::object([(self.switch, json!(true)), (ENV_KEY, json!("0")), (self.items, entries)])
    }
}

/// Puts the role into a request body.
///
/// # Errors
/// The findings for which it cannot be edited: not JSON, not such a body, a field of the role twice.
pub fn associate(text: &str, wanted: &Wanted) -> Result<Edit, Findings> {
    let before = json::read(text).map_err(|error| syntax_finding(text, &error))?;
    let Some(fields) = Fields::of(wanted) else { return Err(Findings::default()) };
    let mut refused: Findings = refusals(&before, wanted, &fields).into_iter().collect();
    if !refused.is_empty() {
        refused.locate(text);
        return Err(refused);
    }
    let mut after = Cow::Borrowed(text);
    for step in [set_removal, remove_config, set_config] {
        let changed = json::read(&after).ok().and_then(|document| step(&document, &fields));
        if let Some(changed) = changed {
            after = Cow::Owned(changed);
        }
    }
    after = Cow::Owned(refined(&after, &fields, |root| root.get(CONFIG)));
    let findings = check(&after, Some(DocumentKind::RequestBody)).findings;
    Ok(Edit { before: text.to_owned(), after: after.into_owned(), findings })
}

/// Sets the field that removes the role, or removes it for an update that gives one.
fn set_removal(document: &Document, fields: &Fields) -> Option<String> {
    let (root, name) = (document.root(), fields.remove?);
    let present = root.get(name);
    if fields.removes(root) {
        let is_set = present.and_then(Value::as_bool) == Some(true);
        return (!is_set).then(|| json::set_member(root, name, &json!(true), None));
    }
    present.map(|_| json::remove_member(root, name))
}

/// Removes the object where no role is said without it: on creation, or beside the field that removes the role.
fn remove_config(document: &Document, fields: &Fields) -> Option<String> {
    let root = document.root();
    let is_off = *fields.association == Association::None && (!fields.update || fields.remove.is_some());
    root.get(CONFIG).filter(|_| is_off).map(|_| json::remove_member(root, CONFIG))
}

/// Writes the whole object where there is none to edit.
fn set_config(document: &Document, fields: &Fields) -> Option<String> {
    let root = document.root();
    let present = root.get(CONFIG);
    if *fields.association == Association::None && (!fields.update || fields.remove.is_some()) {
        return None;
    }
    if fields.as_string {
        let inner = present.and_then(Value::as_str);
        let is_object = |text: &str| json::read(text).is_ok_and(|inner| inner.root().kind() == Kind::Object);
        let text = match inner.filter(|text| is_object(text)) {
            Some(text) => refined(&text, fields, |root| Some(root)),
            None => fields.config().to_string(),
        };
        let same = present.is_some_and(|present| present.is_str(&text));
        return (!same).then(|| json::set_member(root, CONFIG, &json!(text), None));
    }
    let is_object = present.is_some_and(|present| present.kind() == Kind::Object);
    (!is_object).then(|| json::set_member(root, CONFIG, &fields.config(), None))
}

/// The text with the role in the object that `config` finds.
fn refined(text: &str, fields: &Fields, config: fn(Value<'_>) -> Option<Value<'_>>) -> String {
    let mut after = text.to_owned();
    for step in
        [remove_others, remove_others, set_switch, set_key, set_entries, set_entry_key, set_type, set_roles]
    {
        let document = json::read(&after).ok();
        let changed = document.as_ref().and_then(|document| {
            step(config(document.root()).filter(|config| config.kind() == Kind::Object)?, fields)
        });
        if let Some(changed) = changed {
            after = changed;
        }
    }
    after
}

/// Removes a name of another API, which this one does not read.
fn remove_others(config: Value, fields: &Fields) -> Option<String> {
    let others = spellings().rows.iter().flat_map(|row| [&row.switch.value, &row.items.value]);
    let mut others = others.filter(|name| *name != fields.switch && *name != fields.items);
    others.find(|name| config.get(name).is_some()).map(|name| json::remove_member(config, name))
}

fn set_switch(config: Value, fields: &Fields) -> Option<String> {
    let on = *fields.association != Association::None;
    let is_set = config.get(fields.switch).and_then(Value::as_bool) == Some(on);
    (!is_set).then(|| json::set_member(config, fields.switch, &json!(on), None))
}

/// The only entry of the list, if it is one.
fn only_entry<'d>(config: Value<'d>, fields: &Fields) -> Option<Value<'d>> {
    let mut entries = config.get(fields.items).filter(|items| items.kind() == Kind::Array)?.elements();
    entries.next().filter(|entry| entry.kind() == Kind::Object && entries.next().is_none())
}

/// The key of the entry: its own, else the one that is selected, else "0".
fn key(config: Value, fields: &Fields) -> String {
    let own = only_entry(config, fields).and_then(|entry| entry.get("Key")).and_then(Value::as_str);
    let selected = || config.get(ENV_KEY).and_then(Value::as_str);
    own.or_else(selected).map_or_else(|| "0".to_owned(), Cow::into_owned)
}

fn set_key(config: Value, fields: &Fields) -> Option<String> {
    if *fields.association == Association::None {
        return None;
    }
    let key = key(config, fields);
    let is_set = config.get(ENV_KEY).is_some_and(|value| value.is_str(&key));
    (!is_set).then(|| json::set_member(config, ENV_KEY, &json!(key), Some(fields.switch)))
}

/// Writes the list where it does not have exactly one entry.
fn set_entries(config: Value, fields: &Fields) -> Option<String> {
    if *fields.association == Association::None || only_entry(config, fields).is_some() {
        return None;
    }
    let entries = json!([entry(&key(config, fields), fields.entry_type, fields.association)]);
    Some(json::set_member(config, fields.items, &entries, None))
}

fn set_entry_key(config: Value, fields: &Fields) -> Option<String> {
    let entry = only_entry(config, fields).filter(|_| *fields.association != Association::None)?;
    let has_key = entry.get("Key").is_some_and(|key| key.kind() == Kind::String);
    (!has_key).then(|| json::set_member(entry, "Key", &json!(key(config, fields)), None))
}

fn set_type(config: Value, fields: &Fields) -> Option<String> {
    let entry = only_entry(config, fields).filter(|_| *fields.association != Association::None)?;
    let is_set = entry.get("Type").is_some_and(|kind| kind.is_str(fields.entry_type));
    (!is_set).then(|| json::set_member(entry, "Type", &json!(fields.entry_type), Some("Key")))
}

/// Sets the roles of the entry. A role for the same service keeps its other fields, such as a session policy.
fn set_roles(config: Value, fields: &Fields) -> Option<String> {
    let entry = only_entry(config, fields).filter(|_| *fields.association != Association::None)?;
    let present = entry.get("Roles").filter(|roles| roles.kind() == Kind::Array);
    let Some(arn) = fields.association.role_arn() else {
        let is_empty = present.is_some_and(|roles| roles.elements().next().is_none());
        return (!is_empty).then(|| json::set_member(entry, "Roles", &json!([]), None));
    };
    let mut roles = present.into_iter().flat_map(Value::elements);
    let only = roles.next().filter(|_| roles.next().is_none());
    let only = only.filter(|role| {
        let is_service = role.get("RoleType").is_some_and(|kind| kind.is_str("service"));
        let account = role.get("AssumeRoleFor");
        is_service && account.is_none_or(|account| account.is_str(arn.account().as_str()))
    });
    let Some(role) = only else {
        return Some(json::set_member(entry, "Roles", &super::roles(fields.association), None));
    };
    let is_set = role
        .get("RoleArn")
        .and_then(Value::as_str)
        .is_some_and(|text| text.eq_ignore_ascii_case(arn.as_str()));
    (!is_set).then(|| json::set_member(role, "RoleArn", &json!(arn.as_str()), None))
}
