//! Finds the keys of the role that EAS does not read: misspelt, or at another place.

use super::{CREDENTIAL, Finding, Kind, OPTIONS, ROLE_ARN, SWITCH, Value, outline};
use crate::domain::json::Member;
use crate::domain::principal::distance;
use crate::domain::rules as table;
use crate::domain::text::quoted;
use crate::domain::values::RoleArn;
use crate::messages::documents as said;

/// Objects in which users choose the names, and `storage`, whose mounts may have roles of their own.
const FREE: [&str; 7] = ["model_config", "labels", "annotations", "env", "storage", "sinker", "role_chain"];

/// A key of the role that EAS does not read.
pub(super) struct Stray<'d> {
    member: Member<'d>,
    path: String,
    /// Whether it is the switch; else it is the role.
    pub is_switch: bool,
}

impl Stray<'_> {
    pub fn finding(&self) -> Finding {
        let right = if self.is_switch { "options.enable_ram_role" } else { ROLE_ARN };
        let name = if self.is_switch { SWITCH } else { ROLE_ARN };
        let path = quoted(&self.path);
        if self.member.is(name) {
            let right = if self.is_switch { right } else { said::TOP_LEVEL_ROLE.as_str() };
            let message = said::RoleMisplaced { path, right }.to_string();
            return Finding::new(&table::CONFIG_ROLE_MISPLACED, message).spanning(self.member.value.span());
        }
        let message = said::RoleMisspelt { path, right }.to_string();
        let finding = Finding::new(&outline::CONFIG_ROLE_MISSPELT, message);
        finding.with_fix(said::WriteKey { right }.to_string()).spanning(self.member.name.span())
    }
}

/// Every such key, in the order of the text.
pub(super) fn strays(root: Value<'_>) -> Vec<Stray<'_>> {
    let mut found = Vec::new();
    in_object(root, "", &mut found);
    found
}

fn in_object<'d>(object: Value<'d>, path: &str, found: &mut Vec<Stray<'d>>) {
    for member in object.members() {
        let Some(name) = member.name.as_str() else { continue };
        let below = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        if is_read(path, &member) || FREE.iter().any(|free| member.is(free)) {
            continue;
        }
        match is_switch(&name, member.value) {
            Some(is_switch) => found.push(Stray { member, path: below, is_switch }),
            None => in_value(member.value, &below, found),
        }
    }
}

fn in_value<'d>(value: Value<'d>, path: &str, found: &mut Vec<Stray<'d>>) {
    match value.kind() {
        Kind::Object => in_object(value, path, found),
        Kind::Array => {
            for (index, element) in
                value.elements().enumerate().filter(|(_, item)| item.kind() == Kind::Object)
            {
                in_object(element, &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}

/// Whether EAS reads a key of the role here.
fn is_read(path: &str, member: &Member) -> bool {
    let is_role = member.is(ROLE_ARN) && (path.is_empty() || path == CREDENTIAL);
    is_role || member.is(SWITCH) && path == OPTIONS
}

/// Whether a key means the switch (true) or the role (false); `None` for other keys.
fn is_switch(name: &str, value: Value) -> Option<bool> {
    let last = name.rsplit('.').next().unwrap_or_default();
    let folded: String =
        last.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let near = |known: &str, most: usize| folded.len() <= 24 && distance(&folded, known) <= most;
    let is_scalar = !matches!(value.kind(), Kind::Object | Kind::Array);
    if is_scalar
        && (near("enableramrole", 2) || ["enablerole", "useramrole", "ramroleenabled"].contains(&&*folded))
    {
        return Some(true);
    }
    let is_arn = || value.as_str().is_some_and(|text| text.parse::<RoleArn>().is_ok());
    (is_scalar && (near("rolearn", 1) || folded == "ramrolearn" || is_arn())).then_some(false)
}
