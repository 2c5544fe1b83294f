//! The rules for permission policies: resources, size, and grants that reach too far.

use std::cell::LazyCell;

use super::super::finding::Finding;
use super::super::findings::Findings;
use super::super::json::{Document, Kind, Value};
use super::super::policy::{Policy, Statement, matches};
use super::super::rules;
use super::super::text::quoted;
use super::grammar::{is_arn, is_narrowed, missing, strings};

/// The longest document that `CreatePolicy` takes, in characters.
pub const POLICY_LIMIT: usize = 6144;

/// Checks what one statement says of resources.
pub(super) fn check_statement(statement: Statement, found: &mut Findings) {
    let principal = statement.0.member("Principal");
    if let Some(principal) = principal {
        let message = "Principal stands in a permission policy";
        found.push(Finding::new(&rules::POLICY_PRINCIPAL, message).spanning(principal.name.span()));
    }
    let Some(resource) = statement.0.get("Resource") else {
        if principal.is_none() {
            found.push(missing(&rules::POLICY_RESOURCE, "Resource is missing", statement.0));
        }
        return;
    };
    for (value, text) in strings(resource, "Resource", &rules::POLICY_RESOURCE, found) {
        if !is_resource(&text) {
            found.push_with(&rules::POLICY_RESOURCE_FORM, || {
                let message = format!("{} is no ARN", quoted(&text));
                Finding::new(&rules::POLICY_RESOURCE_FORM, message).spanning(value.span())
            });
        }
    }
}

/// `*`, or five parts; a `*` or an interpolation at the end may stand for several parts.
fn is_resource(text: &str) -> bool {
    if text.starts_with(['*', '$']) {
        return text.trim_matches('*').is_empty() || text.starts_with("${");
    }
    let has_service = text.split(':').nth(1).is_some_and(|service| !service.is_empty());
    let is_whole = text.bytes().filter(|byte| *byte == b':').count() >= 4;
    is_arn(text) && has_service && (is_whole || text.ends_with('*') || text.contains("${"))
}

/// Checks whether the policy allows more than anyone should have.
pub(super) fn check_reach(policy: Policy, found: &mut Findings) {
    let is_denied = LazyCell::new(|| denies_pass_role(policy));
    for statement in policy.statements().filter(|statement| statement.has_effect("Allow")) {
        let passes = statement.covers("ram:PassRole");
        if let Some(resource) = passes.then(|| placeholder(statement)).flatten() {
            let message = "`${RoleName}` was not replaced by the name of a role";
            found.push(Finding::new(&rules::PASS_ROLE_PLACEHOLDER, message).spanning(resource.span()));
        } else if let Some(action) = allows_all(statement) {
            let message = "every action is allowed on every resource";
            found.push(Finding::new(&rules::POLICY_ALLOW_ALL, message).spanning(action.span()));
        } else if let Some(resource) = passes.then(|| any_role(statement)).flatten()
            && !*is_denied
        {
            let message = format!("ram:PassRole is allowed on {}, every role there is", resource.source());
            found.push(Finding::new(&rules::PASS_ROLE_ANY, message).spanning(resource.span()));
        }
    }
}

fn resources(statement: Statement<'_>) -> impl Iterator<Item = Value<'_>> {
    statement.0.get("Resource").into_iter().flat_map(Value::one_or_more)
}

fn find_resource(statement: Statement<'_>, wanted: impl Fn(&str) -> bool) -> Option<Value<'_>> {
    resources(statement).find(|value| value.as_str().is_some_and(|text| wanted(&text)))
}

fn placeholder(statement: Statement) -> Option<Value> {
    let is_left = |text: &str| text.contains("${RoleName}") || text.contains("<RoleName>");
    find_resource(statement, is_left)
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

/// Checks the length that `CreatePolicy` accepts.
pub(super) fn check_size(document: &Document, found: &mut Findings) {
    let text = document.text().trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.len() <= POLICY_LIMIT {
        return;
    }
    let length = text.chars().count();
    if length <= POLICY_LIMIT {
        return;
    }
    let compact = compact_length(document);
    let message = if compact <= POLICY_LIMIT {
        format!(
            "the policy has {length} characters, {compact} without its white space; the limit is {POLICY_LIMIT}"
        )
    } else {
        format!("the policy has {length} characters, the limit is {POLICY_LIMIT}")
    };
    let finding = missing(&rules::POLICY_SIZE, &message, document.root());
    found.push(if compact <= POLICY_LIMIT { finding.with_fix("take out the white space") } else { finding });
}

/// How many characters the document has without white space and comments.
fn compact_length(document: &Document) -> usize {
    let length = |value: Value| match value.kind() {
        Kind::Object => 2 + (2 * value.members().count()).saturating_sub(1),
        Kind::Array => 2 + value.elements().count().saturating_sub(1),
        _ => value.source().chars().count(),
    };
    document.values().map(length).sum()
}
