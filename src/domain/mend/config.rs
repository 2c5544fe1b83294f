//! Mends for the config of an EAS service: the keys of the role, written as EAS reads them and where it reads them.

use serde_json::json;

use super::super::json::{self, Kind, read};
use super::super::service_config::{OPTIONS, ROLE_ARN, SWITCH, role, switched};
use super::super::values::RoleArn;
use super::spot::{Spot, only};

/// The one config that stands in a list.
pub(super) fn take_out(spot: Spot) -> Option<String> {
    let mut elements = spot.value.elements();
    let config = elements.next().filter(|config| config.kind() == Kind::Object)?;
    let text = spot.value.document().text();
    let (list, config) = (spot.value.span(), config.span());
    let is_blank = |text: &str| text.trim_matches([' ', '\t', '\r', '\n', ',']).is_empty();
    let is_alone = elements.next().is_none()
        && is_blank(&text[list.start + 1..config.start])
        && is_blank(&text[config.end..list.end - 1]);
    let brackets = [(list.start..config.start, String::new()), (config.end..list.end, String::new())];
    (is_alone && spot.parent.is_none()).then(|| json::splice(text, &brackets))
}

/// A boolean for the word or number that stands for one. `false` beside a role is a contradiction of its own.
pub(super) fn write_switch(spot: Spot) -> Option<String> {
    let on = boolean(spot)?;
    let has_role = role(spot.value.document().root()).is_some();
    (on || !has_role).then(|| spot.replaced(on))
}

/// What a word or a number stands for, if it is plain.
pub(super) fn boolean(spot: Spot) -> Option<bool> {
    let word = spot.value.as_str().map(|text| text.trim().to_lowercase());
    match word.as_deref().unwrap_or(spot.value.source()) {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The ARN of a role without white space around it.
pub(super) fn trim_role_arn(spot: Spot) -> Option<String> {
    let typed = spot.value.as_str()?;
    let arn: RoleArn = typed.trim().parse().ok()?;
    Some(spot.replaced(arn.as_str()))
}

pub(super) fn switch_on(spot: Spot) -> Option<String> {
    let document = spot.value.document();
    let root = document.root();
    let options = root.get(OPTIONS);
    let is_sound = options.is_none_or(|options| options.kind() == Kind::Object && is_single(options, SWITCH));
    (is_sound && is_single(root, OPTIONS)).then(|| switched(document, true))?
}

/// Whether the object has at most one member with this name.
fn is_single(object: json::Value, name: &str) -> bool {
    object.member(name).is_none() || only(object, name).is_some()
}

/// Moves a key to where EAS reads it; where it stands there already with the same value, this one goes.
pub(super) fn move_key(spot: Spot) -> Option<String> {
    let member = spot.member()?;
    let moved = match spot.value.as_bool() {
        Some(on) if member.is(SWITCH) => json!(on),
        None if member.is(ROLE_ARN) => json!(spot.value.as_str()?),
        _ => return None,
    };
    only(spot.parent?, &member.name.as_str()?)?;
    let without = spot.removed()?;
    let document = read(&without).ok()?;
    let root = document.root();
    let place: &[&str] = if moved.is_boolean() { &[OPTIONS, SWITCH] } else { &[ROLE_ARN] };
    match root.at(place) {
        Some(present) => present.equals(&moved).then(|| without.clone()),
        None if moved.is_boolean() => switched(&document, moved == json!(true)),
        None => Some(json::set_member(root, ROLE_ARN, &moved, Some(OPTIONS))),
    }
}
