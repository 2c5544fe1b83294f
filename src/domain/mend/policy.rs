//! Mends for the grammar that all policies share; none of them allows anything that the policy did not spell out.

use serde_json::json;

use super::super::check::policy::{POLICY_NAMES, STATEMENT_NAMES};
use super::super::check::trust::PRINCIPAL_NAMES;
use super::super::json::{self, Kind, Value};
use super::super::principal::distance;
use super::spot::{Spot, only};

/// The finding is at the value, or at the policy that has none.
pub(super) fn set_version(spot: Spot) -> Option<String> {
    let Some(policy) = spot.parent else {
        return Some(json::set_member(spot.value, "Version", &json!("1"), None));
    };
    let is_scalar = !matches!(spot.value.kind(), Kind::Object | Kind::Array);
    (is_scalar && only(policy, "Version").is_some()).then(|| spot.replaced("1"))
}

/// A list around the one statement that stands in its place.
pub(super) fn list_statement(spot: Spot) -> Option<String> {
    let is_alone = spot.value.kind() == Kind::Object && spot.member()?.is("Statement");
    is_alone.then(|| spot.in_list())
}

/// `allow`, `Alow`, `Deny `: one letter, the case or white space is wrong.
pub(super) fn spell_effect(spot: Spot) -> Option<String> {
    let word = spot.value.as_str()?;
    let word = word.trim().to_lowercase();
    let is_near = |effect: &&str| word.len() < 10 && distance(&word, &effect.to_lowercase()) <= 1;
    ["Allow", "Deny"].into_iter().find(is_near).map(|effect| spot.replaced(effect))
}

/// The name that was meant, if it is plain which one and the object does not have it yet.
pub(super) fn rename(spot: Spot) -> Option<String> {
    let object = spot.parent?;
    let meant = meant(&spot.value.as_str()?)?;
    let means_it = |name: Value| name.as_str().is_some_and(|name| self::meant(&name) == Some(meant));
    // The right name counts too: it comes nearest to itself.
    let alike = object.members().filter(|member| means_it(member.name)).count();
    (alike == 1).then(|| spot.replaced(meant))
}

/// The one name of the grammar that comes near. In the short ones a second slip makes another word.
fn meant(name: &str) -> Option<&'static str> {
    const NAMES: [&[&str]; 3] = [&POLICY_NAMES, &STATEMENT_NAMES, &PRINCIPAL_NAMES];
    let known = || NAMES.into_iter().flatten().copied();
    let same = known().find(|known| known.eq_ignore_ascii_case(name));
    let slips = |known: &str| if known.len() > 3 { 2 } else { 1 };
    let mut near = known().filter(|known| name.len() <= 20 && distance(name, known) <= slips(known));
    same.or_else(|| near.next().filter(|_| near.next().is_none()))
}

/// The policy without its white space, where that is enough; a comment in it would be lost.
pub(super) fn compact(spot: Spot) -> Option<String> {
    let document = spot.value.document();
    let is_strict = document.first_comment().is_none() && document.first_trailing_comma().is_none();
    let is_root = spot.parent.is_none();
    (is_strict && is_root).then(|| in_place_of(spot.value, json::compact(spot.value)))
}

/// The text with another document in the place of the root; what stands around it stays.
pub(super) fn in_place_of(value: Value, with: String) -> String {
    json::splice(value.document().text(), &[(value.span(), with)])
}
