//! The rules for grants that reach too far, or nothing at all.

use std::cell::LazyCell;

use super::super::finding::Finding;
use super::super::findings::Findings;
use super::super::json::Value;
use super::super::placeholder::placeholder;
use super::super::policy::{ASSUME_ROLE, Policy, Statement, matches};
use super::super::rules;
use super::super::text::quoted;
use super::grammar::is_narrowed;

/// What the platform's sample has in place of the name; elsewhere `${NAME}` may be filled in by a tool.
const SAMPLE: &str = "${RoleName}";

/// Checks whether the policy allows more than anyone should have.
pub(super) fn check(policy: Policy, found: &mut Findings) {
    let is_denied = LazyCell::new(|| denies_pass_role(policy));
    for statement in policy.statements().filter(|statement| statement.has_effect("Allow")) {
        let passes = statement.covers("ram:PassRole");
        if let Some((resource, part)) = passes.then(|| left_over(statement)).flatten() {
            let message = format!("{} was not replaced", quoted(&part));
            found.push(Finding::new(&rules::PASS_ROLE_PLACEHOLDER, message).spanning(resource.span()));
        } else if let Some(action) = allows_all(statement) {
            let message = with_condition(statement, "every action is allowed on every resource".to_owned());
            found.push(Finding::new(&rules::POLICY_ALLOW_ALL, message).spanning(action.span()));
        } else if let Some(resource) = passes.then(|| any_role(statement)).flatten()
            && !*is_denied
        {
            let message = format!("ram:PassRole is allowed on {}, every role there is", resource.source());
            found.push(
                Finding::new(&rules::PASS_ROLE_ANY, with_condition(statement, message))
                    .spanning(resource.span()),
            );
        } else {
            found.extend(assumes_any(statement));
            found.extend(no_role(statement));
            found.extend(passes.then(|| region(statement)).flatten());
        }
    }
}

/// The message, with a remark about a Condition that narrows nothing.
fn with_condition(statement: Statement, message: String) -> String {
    if statement.is_conditional() {
        message + "; its Condition does not limit callers or resources"
    } else {
        message
    }
}

/// The warning about a statement that lets its holder assume every role.
fn assumes_any(statement: Statement) -> Option<Finding> {
    let resource = statement.covers(ASSUME_ROLE).then(|| any_role(statement)).flatten()?;
    let message = format!("sts:AssumeRole is allowed on {}, every role there is", resource.source());
    let message = with_condition(statement, message);
    Some(Finding::new(&rules::ASSUME_ROLE_ANY, message).spanning(resource.span()))
}

/// The error about ram:PassRole where no resource can be a role.
fn no_role(statement: Statement) -> Option<Finding> {
    let names =
        |value: Value| value.as_str().is_some_and(|action| action.eq_ignore_ascii_case("ram:PassRole"));
    statement.actions().any(names).then_some(())?;
    let texts = || resources(statement).filter_map(|value| value.as_str().map(|text| (value, text)));
    let (first, text) = texts().next()?;
    if texts().any(|(_, text)| can_be_role(&text)) {
        return None;
    }
    let message = format!("{} is not a role, so it allows passing none", quoted(&text));
    Some(Finding::new(&rules::PASS_ROLE_NO_MATCH, message).spanning(first.span()))
}

/// Whether a pattern can match the ARN of a role, or has the form of no ARN, which another rule reports. Region and
/// account do not count: RAM is global.
fn can_be_role(pattern: &str) -> bool {
    match pattern.splitn(5, ':').collect::<Vec<_>>()[..] {
        ["acs", service, _, _, resource] if !service.is_empty() => {
            can_begin_with(&format!("{service}:{resource}"), "ram:role/")
        }
        _ => true,
    }
}

/// Whether a pattern matches a text with this start and more after it; an interpolation may stand for anything.
fn can_begin_with(pattern: &str, start: &str) -> bool {
    let mut bytes = pattern.bytes();
    for expected in start.bytes() {
        match bytes.next() {
            Some(b'*' | b'?' | b'$' | b'{') => return true,
            Some(byte) if byte.eq_ignore_ascii_case(&expected) => {}
            _ => return false,
        }
    }
    bytes.next().is_some()
}

/// The warning about a region in the ARN of a role that is passed.
fn region(statement: Statement) -> Option<Finding> {
    let has_region = |text: &str| {
        let parts: Vec<_> = text.splitn(5, ':').collect();
        matches!(parts[..], ["acs", "ram", region, _, role] if role.starts_with("role/")
            && !region.is_empty() && !region.contains(['*', '$', '{']))
    };
    let resource = find_resource(statement, has_region)?;
    let message = format!("{} has a region", quoted(&resource.as_str().unwrap_or_default()));
    Some(Finding::new(&rules::PASS_ROLE_REGION, message).spanning(resource.span()))
}

fn resources(statement: Statement<'_>) -> impl Iterator<Item = Value<'_>> {
    statement.0.get("Resource").into_iter().flat_map(Value::one_or_more)
}

fn find_resource(statement: Statement<'_>, wanted: impl Fn(&str) -> bool) -> Option<Value<'_>> {
    resources(statement).find(|value| value.as_str().is_some_and(|text| wanted(&text)))
}

/// A resource with a part that must still be replaced, and that part.
fn left_over(statement: Statement<'_>) -> Option<(Value<'_>, String)> {
    resources(statement).find_map(|value| {
        let text = value.as_str()?;
        let part = if text.contains(SAMPLE) { Some(SAMPLE) } else { placeholder(&text) };
        part.map(|part| (value, part.to_owned()))
    })
}

fn allows_all(statement: Statement) -> Option<Value> {
    let is_all = |value: &Value| {
        value
            .as_str()
            .is_some_and(|text| text.starts_with('*') && text.bytes().all(|b| matches!(b, b'*' | b':')))
    };
    let action = statement.actions().find(is_all)?;
    find_resource(statement, is_everything).filter(|_| !is_narrowed(statement))?;
    Some(action)
}

/// `*`, or an ARN that leaves service, region and resource open; only one's own account can be meant anyway.
fn is_everything(text: &str) -> bool {
    let is_open = |part: Option<&str>| part.is_some_and(|part| matches(part, ""));
    let mut parts = text.splitn(5, ':');
    match parts.next() {
        Some("*") => true,
        Some("acs") => is_open(parts.next()) && is_open(parts.next()) && is_open(parts.nth(1)),
        _ => false,
    }
}

fn any_role(statement: Statement) -> Option<Value> {
    find_resource(statement, is_any_role).filter(|_| !is_narrowed(statement))
}

/// Whether a pattern covers every role, tried with a name that no role can have.
fn is_any_role(pattern: &str) -> bool {
    let mut parts = pattern.splitn(5, ':');
    let mut part_matches = |text: &str| parts.next().is_some_and(|part| matches(part, text));
    if pattern.split(':').count() < 5 {
        return matches(pattern, "acs:ram::1:role/\u{1}\u{1}");
    }
    let is_ram = part_matches("acs") && part_matches("ram") && part_matches("");
    is_ram && parts.nth(1).is_some_and(|resource| matches(resource, "role/\u{1}\u{1}"))
}

/// Whether a pattern covers every role of every account.
fn is_any_role_of_any_account(pattern: &str) -> bool {
    is_any_role(pattern) && pattern.split(':').nth(3).is_none_or(|account| account == "*")
}

/// A Deny without conditions takes back what was allowed.
fn denies_pass_role(policy: Policy) -> bool {
    policy.statements().any(|statement| {
        statement.has_effect("Deny")
            && !statement.is_conditional()
            && statement.covers("ram:PassRole")
            && find_resource(statement, is_any_role_of_any_account).is_some()
    })
}
