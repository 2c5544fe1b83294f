//! Needs against a policy that exists: what it lacks, and what it allows beyond them.

use super::need::Grant;
use super::verify::{PREFIX, samples};
use crate::domain::catalog::permissions;
use crate::domain::evaluation::{Decision, Open, Reading, Request, judge};
use crate::domain::json::{Kind, Value};
use crate::domain::policy::{Policy, Statement, covers, matches};

/// The result of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What is needed and not allowed.
    pub lacks: Vec<Grant>,
    /// What is needed and denied by a Deny.
    pub denied: Vec<Grant>,
    /// What is needed and depends on a condition or an open point.
    pub undecided: Vec<(Grant, Open)>,
    /// What is allowed and not needed.
    pub extra: Vec<Extra>,
}

/// An action and a resource that a statement allows and nothing needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The action, or a pattern.
    pub action: String,
    /// The resource, or a pattern.
    pub resource: String,
    /// The number of the statement, from 1.
    pub statement: usize,
    /// Where the statement starts in the document.
    pub start: usize,
}

/// Compares needs with a policy.
#[must_use]
pub fn compare(policy: Policy, grants: &[Grant]) -> Comparison {
    let mut comparison = Comparison { extra: extra(policy, grants), ..Comparison::default() };
    let mut seen = std::collections::BTreeSet::new();
    for grant in grants.iter().filter(|grant| seen.insert(*grant)) {
        match decide(policy, grant) {
            Decision::Allow if is_covered(policy, grant) => {}
            Decision::Allow | Decision::ImplicitDeny => comparison.lacks.push(grant.clone()),
            Decision::ExplicitDeny => comparison.denied.push(grant.clone()),
            Decision::CannotTell(open) => comparison.undecided.push((grant.clone(), open)),
        }
    }
    comparison
}

/// What the policy decides about samples of the grant: the least of them.
fn decide(policy: Policy, grant: &Grant) -> Decision {
    let mut least = Decision::Allow;
    for (action, resource, prefix) in samples(grant) {
        let mut request = Request::new(&action, &resource);
        if let Some(prefix) = prefix {
            request = request.with(PREFIX, &prefix);
        }
        match judge(&[policy], &request, Reading::default()) {
            Decision::Allow => {}
            Decision::ExplicitDeny => return Decision::ExplicitDeny,
            other => least = other,
        }
    }
    least
}

/// Whether one statement allows all that the grant is for, not only the samples.
fn is_covered(policy: Policy, grant: &Grant) -> bool {
    policy.statements().filter(|statement| statement.has_effect("Allow")).any(|statement| {
        statement.covers(grant.action)
            && texts(statement, "Resource").any(|pattern| covers(&pattern, &grant.resource))
            && (!statement.is_conditional() || has_prefix(statement, grant))
    })
}

/// Whether the only condition is one on `oss:Prefix` that holds for the grant.
fn has_prefix(statement: Statement, grant: &Grant) -> bool {
    let Some(condition) = statement.0.get("Condition") else { return true };
    let patterns = condition.at(&["StringLike", PREFIX]).into_iter().flat_map(Value::one_or_more);
    let is_alone =
        condition.members().count() == 1 && condition.members().all(|it| it.value.members().count() == 1);
    let mut patterns = patterns.filter_map(Value::as_str);
    is_alone && grant.prefix.as_ref().is_some_and(|prefix| patterns.any(|pattern| covers(&pattern, prefix)))
}

fn texts<'d>(
    statement: Statement<'d>,
    name: &str,
) -> impl Iterator<Item = std::borrow::Cow<'d, str>> + use<'d> {
    statement.0.get(name).into_iter().flat_map(Value::one_or_more).filter_map(Value::as_str)
}

/// The pairs of action and resource that no grant reaches as far as.
fn extra(policy: Policy, grants: &[Grant]) -> Vec<Extra> {
    let mut extra = Vec::new();
    for (index, statement) in policy.statements().enumerate() {
        if !statement.has_effect("Allow") || statement.0.kind() != Kind::Object {
            continue;
        }
        let start = statement.0.span().start;
        let mut add = |action: &str, resource: &str| {
            extra.push(Extra {
                action: action.to_owned(),
                resource: resource.to_owned(),
                statement: index + 1,
                start,
            });
        };
        for excepted in texts(statement, "NotAction") {
            add(&format!("everything but {excepted}"), "its resources");
        }
        for action in texts(statement, "Action") {
            for resource in
                texts(statement, "Resource").filter(|it| !is_needed(statement, &action, it, grants))
            {
                add(&action, &resource);
            }
        }
    }
    extra
}

/// Whether a grant takes at least as much as the statement allows with this action on this resource.
fn is_needed(statement: Statement, action: &str, resource: &str, grants: &[Grant]) -> bool {
    grants.iter().any(|grant| {
        let narrow = grant.prefix.is_none() || is_as_narrow(statement, grants, grant);
        grant.action.eq_ignore_ascii_case(action) && covers(&grant.resource, resource) && narrow
    })
}

/// Whether each prefix that the statement lets through is one that a grant like this one takes.
fn is_as_narrow(statement: Statement, grants: &[Grant], like: &Grant) -> bool {
    let patterns = statement.0.at(&["Condition", "StringLike", PREFIX]);
    let mut patterns = patterns.into_iter().flat_map(Value::one_or_more).filter_map(Value::as_str).peekable();
    let same = |grant: &&Grant| grant.action == like.action && grant.resource == like.resource;
    let takes = |pattern: &str| {
        grants
            .iter()
            .filter(same)
            .filter_map(|grant| grant.prefix.as_ref())
            .any(|prefix| covers(prefix, pattern))
    };
    patterns.peek().is_some() && patterns.all(|pattern| takes(&pattern))
}

/// Whether a system policy allows an action that is needed on more than is needed, and which actions it lacks; `None` for
/// a policy whose text is not known.
#[must_use]
pub fn system_policy(name: &str, grants: &[Grant]) -> Option<(bool, Vec<&'static str>)> {
    let policy = permissions().system_policies.iter().find(|policy| policy.name == name)?;
    let fits = |patterns: &[String], action: &str| patterns.iter().any(|pattern| matches(pattern, action));
    let is_wider = grants.iter().any(|grant| grant.resource != "*" && fits(&policy.actions, grant.action));
    let mut lacks: Vec<_> =
        grants.iter().map(|grant| grant.action).filter(|action| fits(&policy.lacks, action)).collect();
    lacks.dedup();
    Some((is_wider, lacks))
}
