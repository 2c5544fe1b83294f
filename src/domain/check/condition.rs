//! The rules for the Condition of a statement: operators, keys, types of values.

use super::super::finding::Finding;
use super::super::findings::Findings;
use super::super::json::{Kind, Member, Value};
use super::super::principal::distance;
use super::super::rules;
use super::super::text::quoted;
use super::grammar::wrong_type;

/// The condition operators of RAM (the source is that of the rule).
const OPERATORS: [&str; 21] = [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "Bool",
    "IpAddress",
    "NotIpAddress",
];

/// Checks the Condition of a statement, if it has one.
pub(super) fn check(statement: Value, found: &mut Findings) {
    let Some(condition) = statement.get("Condition") else { return };
    if condition.kind() != Kind::Object {
        return found.push(wrong_type("Condition", "an object", condition));
    }
    for operator in condition.members() {
        let name = operator.name.as_str().unwrap_or_default();
        if !OPERATORS.contains(&&*name) && !name.contains("${") {
            found.push(unknown_operator(operator, &name));
        }
        if operator.value.kind() != Kind::Object {
            found.push(wrong_type(&quoted(&name), "an object of keys and values", operator.value));
        }
        for key in operator.value.members() {
            check_key(key, found);
        }
    }
}

fn unknown_operator(operator: Member, name: &str) -> Finding {
    let same = |other: &&str| other.eq_ignore_ascii_case(name);
    let near = |other: &&str| name.len() <= 40 && distance(name, other) <= 2;
    let meant = OPERATORS.into_iter().find(same).or_else(|| OPERATORS.into_iter().find(near));
    let message = format!("{} is not a condition operator of RAM", quoted(name));
    let finding = Finding::new(&rules::POLICY_CONDITION, message).spanning(operator.name.span());
    match meant {
        Some(meant) => finding.with_fix(format!("write \"{meant}\"")),
        None => finding,
    }
}

/// A key is `service:Name`; the keys of a single service are not listed in one place, so only the form is checked.
fn check_key(key: Member, found: &mut Findings) {
    let name = key.name.as_str().unwrap_or_default();
    if !name.contains(':') && !name.contains("${") {
        let message = format!("{} is not a condition key of RAM", quoted(&name));
        let finding = Finding::new(&rules::POLICY_CONDITION, message);
        let finding = finding.with_fix("write the key with its service, such as acs:SourceIp");
        found.push(finding.spanning(key.name.span()));
    }
    if is_aws(&name) {
        let message = format!("{} is a condition key of AWS", quoted(&name));
        found.push(Finding::new(&rules::POLICY_CONDITION, message).spanning(key.name.span()));
    }
    let scalar = |value: &Value| !matches!(value.kind(), Kind::String | Kind::Bool | Kind::Number);
    if let Some(value) = key.value.one_or_more().find(scalar) {
        found.push(wrong_type("a condition value", "a string or a list of strings", value));
    }
}

fn is_aws(name: &str) -> bool {
    name.get(..4).is_some_and(|service| service.eq_ignore_ascii_case("aws:"))
}
