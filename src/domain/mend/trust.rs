//! Mends for trust policies; none of them trusts anyone whom the policy does not name.

use super::super::json::{self, Kind, Value, read};
use super::super::policy::{ASSUME_ROLE, Policy, Statement};
use super::super::principal::Principal;
use super::super::values::AccountId;
use super::policy::in_place_of;
use super::spot::{Spot, only};

/// Another heading, `RAM` or `Service`, where all that stands under this one belongs there.
pub(super) fn change_heading(spot: Spot) -> Option<String> {
    let (principal, member) = spot.heading()?;
    let (heading, belongs): (_, fn(&str) -> bool) = match member.name.as_str()?.as_ref() {
        "Service" => ("RAM", is_identity),
        "RAM" => ("Service", |text| text.parse::<Principal>().is_ok()),
        _ => return None,
    };
    let mut values = member.value.one_or_more();
    let belong = values.all(|value| value.as_str().is_some_and(|text| belongs(&text)));
    let is_free = principal.member(heading).is_none();
    (belong && is_free).then(|| json::replace_value(member.name, &heading.into()))
}

/// Who is named in person: a pattern may let in strangers.
fn is_identity(text: &str) -> bool {
    text.starts_with("acs:ram::") && !text.contains(['*', '?', '$'])
}

/// The service that is meant; where the list has it already, the misspelt one goes.
pub(super) fn spell_service(spot: Spot) -> Option<String> {
    let typed = spot.value.as_str()?;
    // Another account's service is written `<account>@<service>`: it stays that account's.
    let account = typed.split_once('@').map(|(account, _)| account);
    let account = account.filter(|account| account.parse::<AccountId>().is_ok());
    let prefix = account.map(|account| format!("{account}@")).unwrap_or_default();
    let meant = typed[prefix.len()..].parse::<Principal>().err()?.meant?;
    let meant = format!("{prefix}{meant}");
    let list = spot.parent.filter(|parent| parent.kind() == Kind::Array);
    let stands = list.is_some_and(|list| list.elements().any(|other| other.is_str(&meant)));
    if stands { spot.removed() } else { Some(spot.replaced(meant)) }
}

/// A principal that stands before, in the same list or in a statement that says all that this one says.
pub(super) fn remove_again(spot: Spot) -> Option<String> {
    let (_, member) = spot.heading()?;
    let start = spot.value.span().start;
    let mut before = member.value.one_or_more().take_while(|value| value.span().start < start);
    if before.any(|value| value.is_same_str(spot.value)) {
        return spot.removed();
    }
    let going = going_along(spot)?;
    only_assumes(statement_of(spot)?).then(|| going.removed())?
}

/// What would be left empty without this principal: its heading or its statement; else the principal alone.
fn going_along(spot: Spot<'_>) -> Option<Spot<'_>> {
    let list = spot.parent.filter(|parent| parent.kind() == Kind::Array);
    if list.is_some_and(|list| list.elements().nth(1).is_some()) {
        return Some(spot);
    }
    let heading = if list.is_some() { spot.outer()? } else { spot };
    if heading.parent?.members().nth(1).is_some() {
        return Some(heading);
    }
    let statement = heading.outer()?.outer()?;
    (statement.parent?.kind() == Kind::Array).then_some(statement)
}

fn statement_of(spot: Spot<'_>) -> Option<Statement<'_>> {
    let (principal, _) = spot.heading()?;
    Spot::at(principal.document(), principal.span().start)?.parent.map(Statement)
}

/// Whether the statement lets its principals assume the role and does nothing else.
fn only_assumes(statement: Statement) -> bool {
    let mut actions = statement.actions();
    let is_assume =
        |action: Value| action.as_str().is_some_and(|text| text.eq_ignore_ascii_case(ASSUME_ROLE));
    actions.next().is_some_and(is_assume) && actions.next().is_none() && statement.is_plain_trust()
}

/// `AssumeRole` and its kin without their service.
pub(super) fn name_service(spot: Spot) -> Option<String> {
    const NAMES: [&str; 3] = ["AssumeRole", "AssumeRoleWithOIDC", "AssumeRoleWithSAML"];
    let action = spot.value.as_str()?;
    let name = NAMES.into_iter().find(|name| name.eq_ignore_ascii_case(action.trim()))?;
    Some(spot.replaced(format!("sts:{name}")))
}

pub(super) fn remove_resource(spot: Spot) -> Option<String> {
    only(spot.parent?, "Resource").and_then(|_| spot.removed())
}

/// The trust policy alone that stands as a string in the answer of an API; comments beside it would be lost.
pub(super) fn take_out(spot: Spot) -> Option<String> {
    let document = spot.value.document();
    let content = spot.value.as_str()?;
    let is_policy = read(&content).is_ok_and(|inner| Policy::is_policy(inner.root()));
    let policy = content.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).to_owned();
    (is_policy && document.first_comment().is_none()).then(|| in_place_of(document.root(), policy))
}
