//! The rules for a request body that carries a `CredentialConfig`: the role of the code, and roles that are not.

use super::super::catalog::{BodyRow, documents, spellings};
use super::super::finding::Finding;
use super::super::findings::Findings;
use super::super::json::{Kind, Value};
use super::super::outline;
use super::super::text::quoted;
use super::credential_config::{check_arn, check_value, wrong_type};
use crate::messages::documents as said;

/// The field with the role of the code.
const CONFIG: &str = "CredentialConfig";

/// Checks the roles of a body.
pub(super) fn check(root: Value, found: &mut Findings) {
    let Some(row) = outline::body(root) else {
        return root.get(CONFIG).into_iter().for_each(|config| check_value(config, None, found));
    };
    let config = root.get(CONFIG).filter(|value| value.kind() != Kind::Null);
    if let Some(config) = config {
        if config.kind() == Kind::String && !row.workload.wants_string() {
            found.push(wrong_type(CONFIG, "an object", config));
        } else {
            check_value(config, row.workload.spelling(), found);
        }
    }
    let before = found.len();
    misplaced(root, "", row, found);
    let has_role = config.is_some() || found.len() > before;
    let mut others = Vec::new();
    for path in &row.other_roles.value {
        let names: Vec<&str> = path.split('.').collect();
        reach(root, &names, &mut others);
        for value in others.drain(..) {
            other_role(path, value, has_role, found);
        }
    }
}

/// The values at a path, through the lists on the way.
fn reach<'d>(value: Value<'d>, path: &[&str], found: &mut Vec<Value<'d>>) {
    match path {
        [] => found.extend(value.one_or_more()),
        [name, rest @ ..] => {
            value.one_or_more().filter_map(|item| item.get(name)).for_each(|value| reach(value, rest, found));
        }
    }
}

/// A role for a mount or a network: its form, and that the code does not get it.
fn other_role(path: &str, value: Value, has_role: bool, found: &mut Findings) {
    if value.kind() == Kind::Null || value.is_str("") {
        return;
    }
    let Some(text) = value.as_str() else { return found.push(wrong_type(path, "a string", value)) };
    // The documents do not say how a RoleChain is written.
    if !path.ends_with("RoleChain") {
        check_arn(path, &text, value, found);
    }
    if !has_role {
        let message = said::MountRole { path: quoted(path) }.to_string();
        found.push(Finding::new(&outline::REQUEST_MOUNT_ROLE, message).spanning(value.span()));
    }
}

/// Fields of the role where the API does not read them: one finding each.
fn misplaced(object: Value, path: &str, row: &BodyRow, found: &mut Findings) {
    for member in object.members() {
        let Some(name) = member.name.as_str() else { continue };
        let below = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        let is_known = below == CONFIG || row.other_roles.value.contains(&below);
        if is_known || documents().free.value.iter().any(|free| member.is(free)) {
            continue;
        }
        if is_of_role(&name) {
            let operation = row.workload.sheet().api.create.value.as_str();
            let message = said::BodyMisplaced { path: quoted(&below), operation }.to_string();
            let finding = Finding::new(&outline::REQUEST_ROLE_MISPLACED, message);
            found.push(finding.spanning(member.name.span()));
            continue;
        }
        for item in member.value.one_or_more().filter(|item| item.kind() == Kind::Object) {
            misplaced(item, &below, row, found);
        }
    }
}

/// Whether a name means the role of the code, however it is spelled: `credential_config`, `EnableCredentialInject`,
/// `role_arn`, `enable_ram_role`.
fn is_of_role(name: &str) -> bool {
    let fold = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let folded = fold(name);
    let distinct = spellings().rows.iter().filter(|row| row.distinct);
    let mut distinct = distinct.flat_map(|row| [&row.switch.value, &row.items.value]);
    let known = [CONFIG, "AliyunEnvRoleKey", "role_arn", "enable_ram_role"];
    known.iter().any(|name| fold(name) == folded) || distinct.any(|name| fold(name) == folded)
}
