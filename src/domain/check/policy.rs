//! The grammar that all RAM policies share: names, types, Version, Effect, Action, Condition.

use super::super::finding::{Finding, Rule};
use super::super::findings::Findings;
use super::super::json::{Kind, Member, Value};
use super::super::policy::{Policy, Statement};
use super::super::principal::distance;
use super::super::rules;
use super::super::text::quoted;
use super::{opening, permission, trust};

/// The names in a policy.
pub(in crate::domain) const POLICY_NAMES: [&str; 2] = ["Version", "Statement"];
/// The names in a statement.
pub(in crate::domain) const STATEMENT_NAMES: [&str; 6] =
    ["Effect", "Action", "NotAction", "Resource", "Principal", "Condition"];

/// Checks a policy of RAM as a trust policy or as a permission policy.
pub(super) fn check(root: Value, is_trust: bool, found: &mut Findings) {
    if root.kind() != Kind::Object {
        return found.push(wrong_type("a policy", "an object", root));
    }
    unknown_names(root, "a policy", &POLICY_NAMES, found);
    version(root, found);
    statements(root, found);
    for statement in Policy(root).statements().filter(|statement| statement.0.kind() == Kind::Object) {
        unknown_names(statement.0, "a statement", &STATEMENT_NAMES, found);
        effect(statement.0, found);
        actions(statement.0, found);
        conditions(statement.0, found);
        if is_trust {
            trust::check_statement(statement, found);
        } else {
            permission::check_statement(statement, found);
        }
    }
    if is_trust {
        trust::check_principals(Policy(root), found);
        trust::check_denied(Policy(root), found);
    } else {
        permission::check_reach(Policy(root), found);
        permission::check_size(root.document(), found);
    }
}

/// Whether a document that should be a trust policy is a permission policy instead: no Principal, but a Resource.
pub(super) fn is_permission(root: Value) -> bool {
    let has = |name: &str| Policy(root).statements().any(|statement| statement.0.get(name).is_some());
    has("Resource") && !has("Principal")
}

fn version(root: Value, found: &mut Findings) {
    let Some(version) = root.get("Version") else {
        if !is_misspelt(root, "Version", &POLICY_NAMES) {
            found.push(missing(&rules::POLICY_VERSION, "Version is missing", root));
        }
        return;
    };
    let message = match version.as_str() {
        Some(text) if text == "1" => return,
        Some(text) => format!("Version is {}; the only one in RAM is \"1\"", quoted(&text)),
        None if version.source() == "1" => "Version is a number; RAM wants the string \"1\"".to_owned(),
        None => format!("Version is {}, not the string \"1\"", version.kind().described()),
    };
    let finding = Finding::new(&rules::POLICY_VERSION, message).with_fix("write \"Version\": \"1\"");
    found.push(finding.spanning(version.span()));
}

fn statements(root: Value, found: &mut Findings) {
    let Some(list) = root.get("Statement") else {
        if !is_misspelt(root, "Statement", &POLICY_NAMES) {
            found.push(missing(&rules::POLICY_STATEMENT, "Statement is missing", root));
        }
        return;
    };
    if list.kind() != Kind::Array {
        let message = format!("Statement is {}, not a list of statements", list.kind().described());
        let fix = "put the statements into a list: \"Statement\": [ { … } ]";
        let finding = Finding::new(&rules::POLICY_STATEMENT, message).with_fix(fix);
        return found.push(finding.spanning(opening(list)));
    }
    if list.elements().next().is_none() {
        found.push(Finding::new(&rules::POLICY_STATEMENT, "Statement is empty").spanning(list.span()));
    }
    for value in list.elements().filter(|value| value.kind() != Kind::Object) {
        let message = format!("a statement is {}, not an object", value.kind().described());
        found.push(Finding::new(&rules::POLICY_STATEMENT, message).spanning(value.span()));
    }
}

fn effect(statement: Value, found: &mut Findings) {
    let Some(effect) = statement.get("Effect") else {
        if !is_misspelt(statement, "Effect", &STATEMENT_NAMES) {
            found.push(missing(&rules::POLICY_EFFECT, "Effect is missing", statement));
        }
        return;
    };
    match effect.as_str() {
        Some(word) if word == "Allow" || word == "Deny" => {}
        Some(word) => {
            let message = format!("Effect is {}, neither Allow nor Deny", quoted(&word));
            found.push(Finding::new(&rules::POLICY_EFFECT, message).spanning(effect.span()));
        }
        None => found.push(wrong_type("Effect", "\"Allow\" or \"Deny\"", effect)),
    }
}

fn actions(statement: Value, found: &mut Findings) {
    let (action, except) = (statement.member("Action"), statement.member("NotAction"));
    match (action, except) {
        (Some(_), Some(except)) => {
            let message = "Action and NotAction stand in one statement";
            found.push(Finding::new(&rules::POLICY_ACTION, message).spanning(except.name.span()));
        }
        (None, None) if !is_misspelt(statement, "Action", &STATEMENT_NAMES) => {
            let fix = "add \"Action\", a string or a list";
            found.push(missing(&rules::POLICY_ACTION, "Action is missing", statement).with_fix(fix));
        }
        _ => {}
    }
    for (member, name) in [(action, "Action"), (except, "NotAction")] {
        let Some(member) = member else { continue };
        for (value, text) in strings(member.value, name, &rules::POLICY_ACTION, found) {
            if !is_action(&text) {
                found.push_with(&rules::POLICY_ACTION_FORM, || {
                    let message = format!("{} is not service:Operation", quoted(&text));
                    Finding::new(&rules::POLICY_ACTION_FORM, message).spanning(value.span())
                });
            }
        }
    }
}

/// `*`, or a service and an operation; an interpolation of Terraform may hold both.
fn is_action(text: &str) -> bool {
    let is_pair = text.split_once(':').is_some_and(|(service, operation)| {
        !service.is_empty() && !operation.is_empty() && !text.contains(' ') && !is_arn(text)
    });
    is_pair || text == "*" || text.contains("${")
}

/// Whether a text starts as an ARN does.
pub(super) fn is_arn(text: &str) -> bool {
    text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("acs:"))
}

fn conditions(statement: Value, found: &mut Findings) {
    let Some(condition) = statement.get("Condition") else { return };
    if condition.kind() != Kind::Object {
        return found.push(wrong_type("Condition", "an object", condition));
    }
    for operator in condition.members() {
        if operator.value.kind() != Kind::Object {
            let name = quoted(&operator.name.as_str().unwrap_or_default());
            found.push(wrong_type(&name, "an object of keys and values", operator.value));
        }
        for key in operator.value.members() {
            let scalar = |value: &Value| !matches!(value.kind(), Kind::String | Kind::Bool | Kind::Number);
            if let Some(value) = key.value.one_or_more().find(scalar) {
                found.push(wrong_type("a condition value", "a string or a list of strings", value));
            }
        }
    }
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

/// Whether a name is missing only because it is misspelt, which [`unknown_names`] says already.
fn is_misspelt(value: Value, name: &str, known: &[&str]) -> bool {
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
) -> impl Iterator<Item = (Value<'d>, std::borrow::Cow<'d, str>)> + use<'d> {
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
    let span = if matches!(value.kind(), Kind::Object | Kind::Array) { opening(value) } else { value.span() };
    Finding::new(&rules::POLICY_TYPE, message).with_fix(format!("write {expected}")).spanning(span)
}

/// A finding about something that is missing in an object.
pub(super) fn missing(rule: &'static Rule, message: &str, object: Value) -> Finding {
    Finding::new(rule, message).spanning(opening(object))
}

/// Condition keys that say nothing about who calls or on what: strangers satisfy them too.
const NEUTRAL_KEYS: [&str; 3] = ["acs:CurrentTime", "acs:MFAPresent", "acs:SecureTransport"];

/// Whether the statement's Condition narrows whom or what it concerns.
pub(super) fn is_narrowed(statement: Statement) -> bool {
    let operators = statement.0.get("Condition").into_iter().flat_map(Value::members);
    // What is merely excluded leaves everything else.
    let naming =
        operators.filter(|operator| operator.name.as_str().is_some_and(|name| !name.contains("Not")));
    naming.flat_map(|operator| operator.value.members()).any(|key| {
        let neutral = |name: &str| NEUTRAL_KEYS.iter().any(|neutral| neutral.eq_ignore_ascii_case(name));
        let mut values = key.value.one_or_more().peekable();
        let holds = values.peek().is_some() && values.all(|value| !value.is_str("*"));
        key.name.as_str().is_some_and(|name| !neutral(&name)) && holds
    })
}
