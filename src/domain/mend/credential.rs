//! Mends for `CredentialConfig`: names in their case, values in their types.

use std::borrow::Cow;

use serde_json::json;

use super::super::catalog::{Spelling, spellings};
use super::super::json::{self, Kind};
use super::super::values::RoleArn;
use super::config::boolean;
use super::spot::Spot;

/// Every field with one string.
const TEXTS: [&str; 4] = ["AliyunEnvRoleKey", "Key", "AssumeRoleFor", "Id"];

/// The field that differs in its case alone. Which of two APIs' names is right depends on where it is sent.
pub(super) fn rename(spot: Spot) -> Option<String> {
    let name = spot.value.as_str()?;
    let known = fields().find(|known| known.eq_ignore_ascii_case(&name))?;
    spot.parent?.member(known).is_none().then(|| spot.replaced(known))
}

/// The value in the type of its field, where nothing is to be made up for it.
pub(super) fn write_type(spot: Spot) -> Option<String> {
    let (_, member) = spot.heading()?;
    let field = member.name.as_str()?;
    let is = |names: &[&str]| names.contains(&field.as_ref());
    let is_any = |name: fn(&Spelling) -> &str| spellings().rows.iter().any(|row| name(row) == field);
    match spot.value.kind() {
        Kind::String if is(&["Roles"]) => role(spot),
        Kind::String | Kind::Number if is_any(|row| &row.switch.value) => {
            boolean(spot).map(|on| spot.replaced(on))
        }
        Kind::String if is(&["Type", "RoleType"]) => word(spot),
        Kind::Number if is(&TEXTS) => Some(spot.replaced(spot.value.source())),
        Kind::Object if is(&["Roles"]) || is_any(|row| &row.items.value) => Some(spot.in_list()),
        _ => None,
    }
}

/// The word of the API that differs in its case alone.
fn word(spot: Spot) -> Option<String> {
    let typed = spot.value.as_str()?;
    let rows = spellings().rows.iter();
    let lists = rows.flat_map(|row| [&row.types, &row.role_types, &row.user_types]);
    let mut words = lists.flat_map(|list| &list.value);
    words.find(|word| word.eq_ignore_ascii_case(typed.trim())).map(|word| spot.replaced(word.as_str()))
}

/// The object for a role that is given by its ARN alone, as the rule shows it.
fn role(spot: Spot) -> Option<String> {
    let typed = spot.value.as_str()?;
    let arn: RoleArn = typed.trim().parse().ok()?;
    let role = json!({ "RoleType": "service", "RoleArn": arn.as_str() });
    (spot.parent?.kind() == Kind::Array).then(|| spot.replaced(role))
}

/// The Key of the only entry: no other can be meant.
pub(super) fn use_only_key(spot: Spot) -> Option<String> {
    let config = spot.parent?;
    let lists = spellings().rows.iter().filter_map(|row| config.get(&row.items.value));
    let mut entries = lists.flat_map(json::Value::elements);
    let key = entries.next()?.get("Key").and_then(json::Value::as_str);
    key.filter(|_| entries.next().is_none()).map(|key: Cow<str>| spot.replaced(key.as_ref()))
}

fn fields() -> impl Iterator<Item = &'static str> {
    let of_both = ["Type", "Roles", "RoleArn", "RoleType", "Policy", "AccessKeyId", "SecurityToken"];
    let of_one = spellings().rows.iter().flat_map(Spelling::names);
    TEXTS.into_iter().chain(of_both).chain(of_one)
}
