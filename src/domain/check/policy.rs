//! The grammar that all RAM policies share: names, types, Version, Effect, Action, Condition.

use super::super::finding::Finding;
use super::super::findings::Findings;
use super::super::json::{Kind, Value};
use super::super::policy::{Policy, Statement};
use super::super::rules;
use super::super::text::quoted;
use super::grammar::{get_in_any_case, is_arn, is_misspelt, missing, strings, unknown_names, wrong_type};
use super::{condition, permission, reach, trust};

/// The names in a policy.
pub(in crate::domain) const POLICY_NAMES: [&str; 2] = ["Version", "Statement"];
/// The names in a statement.
pub(in crate::domain) const STATEMENT_NAMES: [&str; 6] =
    ["Effect", "Action", "NotAction", "Resource", "Principal", "Condition"];

/// The names in a statement that have rules: those of the grammar, and one that older editions of it list.
const NAMES_READ: [&str; 7] =
    ["Effect", "Action", "NotAction", "Resource", "Principal", "Condition", "NotResource"];

/// Checks a policy of RAM as a trust policy or as a permission policy.
pub(super) fn check(root: Value, is_trust: bool, found: &mut Findings) {
    if root.kind() != Kind::Object {
        return found.push(wrong_type("a policy", "an object", root));
    }
    unknown_names(root, "a policy", &POLICY_NAMES, found);
    version(root, found);
    statements(root, found);
    let list = get_in_any_case(root, "Statement").into_iter().flat_map(Value::one_or_more);
    for statement in list.filter(|statement| statement.kind() == Kind::Object).map(Statement) {
        unknown_names(statement.0, "a statement", &NAMES_READ, found);
        effect(statement.0, found);
        actions(statement.0, found);
        condition::check(statement.0, found);
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
        reach::check(Policy(root), found);
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
        return found.push(finding.spanning(list.opening()));
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
    let Some(effect) = get_in_any_case(statement, "Effect") else {
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
