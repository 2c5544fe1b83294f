//! What the checks of all policies have in common: names, types, strings, conditions that narrow.

use std::borrow::Cow;

use super::super::finding::{Finding, Rule};
use super::super::findings::Findings;
use super::super::json::{Kind, Member, Value};
use super::super::policy::Statement;
use super::super::principal::distance;
use super::super::rules;
use super::super::text::quoted;

/// Whether a text starts as an ARN does.
pub(super) fn is_arn(text: &str) -> bool {
    text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("acs:"))
}

/// Reports the names that are not among `known`, with the one that was probably meant.
pub(super) fn unknown_names(value: Value, what: &str, known: &[&str], found: &mut Findings) {
    for member in value.members().filter(|member| !known.iter().any(|name| member.is(name))) {
        let name = quoted(&member.name.as_str().unwrap_or_default());
        let finding = match meant(member, known) {
            Some(other) => {
                let message = format!("{name} is not a name in {what}; did you mean `{other}`?");
                Finding::new(&rules::POLICY_UNKNOWN_KEY, message).with_fix(format!("write \"{other}\""))
            }
            None => {
                Finding::new(&rules::POLICY_UNKNOWN_KEY, format!("{name} is not a name in {what} of RAM"))
            }
        };
        found.push(finding.spanning(member.name.span()));
    }
}

/// The known name that a member's name comes close to.
fn meant<'k>(member: Member, known: &[&'k str]) -> Option<&'k str> {
    let name = member.name.as_str()?;
    let same = |other: &&&str| other.eq_ignore_ascii_case(&name);
    let near = |other: &&&str| name.len() <= 40 && distance(&name, other) <= 2;
    known.iter().find(same).or_else(|| known.iter().find(near)).copied()
}

/// The member with this name, in any case: what is in it is checked too.
pub(super) fn get_in_any_case<'d>(value: Value<'d>, name: &str) -> Option<Value<'d>> {
    let is_meant =
        |member: &Member| member.name.as_str().is_some_and(|other| other.eq_ignore_ascii_case(name));
    value.get(name).or_else(|| value.members().find(is_meant).map(|member| member.value))
}

/// Whether a name is missing only because it is misspelt, which [`unknown_names`] says already.
pub(super) fn is_misspelt(value: Value, name: &str, known: &[&str]) -> bool {
    value
        .members()
        .any(|member| !known.iter().any(|other| member.is(other)) && meant(member, known) == Some(name))
}

/// The strings of a value that is a string or a list of them; what is neither, or empty, is reported.
pub(super) fn strings<'d>(
    value: Value<'d>,
    name: &str,
    empty: &'static Rule,
    found: &mut Findings,
) -> impl Iterator<Item = (Value<'d>, Cow<'d, str>)> + use<'d> {
    if value.kind() == Kind::Array && value.elements().next().is_none() {
        let finding = Finding::new(empty, format!("{name} is an empty list")).with_fix("name at least one");
        found.push(finding.spanning(value.span()));
    }
    for item in value.one_or_more() {
        match item.kind() {
            Kind::String if item.span().len() > 2 => {}
            Kind::String => {
                found.push_with(empty, || {
                    let finding = Finding::new(empty, format!("{name} is empty"));
                    finding.with_fix("name at least one").spanning(item.span())
                });
            }
            _ => found.push(wrong_type(name, "a string or a list of strings", item)),
        }
    }
    value.one_or_more().filter_map(|item| Some((item, item.as_str().filter(|text| !text.is_empty())?)))
}

/// A finding about a value of the wrong type.
pub(super) fn wrong_type(what: &str, expected: &str, value: Value) -> Finding {
    let message = format!("{what} is {}, not {expected}", value.kind().described());
    let span =
        if matches!(value.kind(), Kind::Object | Kind::Array) { value.opening() } else { value.span() };
    Finding::new(&rules::POLICY_TYPE, message).with_fix(format!("write {expected}")).spanning(span)
}

/// A finding about something that is missing in an object.
pub(super) fn missing(rule: &'static Rule, message: &str, object: Value) -> Finding {
    Finding::new(rule, message).spanning(object.opening())
}

/// Condition keys that say nothing about who calls or on what: strangers satisfy them too.
const NEUTRAL_KEYS: [&str; 3] = ["acs:CurrentTime", "acs:MFAPresent", "acs:SecureTransport"];

/// Whether the statement's Condition narrows whom or what it concerns.
pub(super) fn is_narrowed(statement: Statement) -> bool {
    let is_neutral = |name: &str| NEUTRAL_KEYS.iter().any(|neutral| neutral.eq_ignore_ascii_case(name));
    narrowing_keys(statement).any(|name| !is_neutral(&name))
}

/// The condition keys that some request does not meet.
pub(super) fn narrowing_keys(statement: Statement<'_>) -> impl Iterator<Item = Cow<'_, str>> {
    let operators = statement.0.get("Condition").into_iter().flat_map(Value::members);
    // What is merely excluded leaves everything else.
    let naming =
        operators.filter(|operator| operator.name.as_str().is_some_and(|name| !name.contains("Not")));
    let keys = naming.flat_map(|operator| operator.value.members());
    let narrowing = keys.filter(|key| {
        let mut values = key.value.one_or_more().peekable();
        // One value that is always met is enough to meet the key.
        values.peek().is_some() && !values.any(is_always_met)
    });
    narrowing.filter_map(|key| key.name.as_str())
}

/// Whether every request meets a condition with this value: any text, or every address.
fn is_always_met(value: Value) -> bool {
    value.as_str().is_some_and(|text| {
        let is_any_text = text.starts_with('*') && text.bytes().all(|byte| byte == b'*');
        is_any_text || text.ends_with("/0")
    })
}
