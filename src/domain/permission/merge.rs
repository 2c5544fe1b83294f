//! Puts what is needed into a permission policy that exists; every other byte stays.

use serde_json::json;

use super::compare::{self, Comparison};
use super::need::Grant;
use super::rules;
use super::statement::statements;
use crate::domain::check::{DocumentKind, check};
use crate::domain::edit::{Edit, syntax_finding};
use crate::domain::evaluation::Open;
use crate::domain::finding::Finding;
use crate::domain::findings::Findings;
use crate::domain::json::{self, Document, Kind, Value};
use crate::domain::policy::{Policy, PolicyKind};
use crate::domain::rules as table;

/// Adds the statements that the policy lacks, and says what else stands in it.
///
/// # Errors
/// The findings for which it cannot be edited: not JSON, not a permission policy, doubled names.
pub fn merge(text: &str, grants: &[Grant]) -> Result<Edit, Findings> {
    let lacks = compare(text, grants)?.lacks;
    let mut after = text.to_owned();
    for statement in statements(&lacks) {
        let added = serde_json::to_value(&statement).unwrap_or_default();
        let edited = json::read(&after).map(|document| add(document.root(), &added));
        after = edited.unwrap_or(after);
    }
    let mut findings = check(&after, Some(DocumentKind::PermissionPolicy)).findings;
    if let Ok(document) = json::read(&after) {
        findings.extend(said(&compare::compare(Policy(document.root()), grants)));
    }
    findings.locate(&after);
    findings.cut();
    Ok(Edit { before: text.to_owned(), after, findings })
}

/// Compares needs with a permission policy.
///
/// # Errors
/// As for [`merge`].
pub fn compare(text: &str, grants: &[Grant]) -> Result<Comparison, Findings> {
    let document = json::read(text).map_err(|error| syntax_finding(text, &error))?;
    let refused = refusals(&document);
    if refused.is_empty() { Ok(compare::compare(Policy(document.root()), grants)) } else { Err(refused) }
}

fn add(policy: Value, statement: &serde_json::Value) -> String {
    match policy.get("Statement") {
        Some(list) if list.kind() == Kind::Array => json::push_element(list, statement),
        Some(alone) => json::wrap_in_array(alone, statement),
        None => json::set_member(policy, "Statement", &json!([statement]), None),
    }
}

/// What a comparison with an existing policy says.
fn said(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grant in &comparison.denied {
        let message = format!("a Deny wins: {} on {} stays denied", grant.action, grant.resource);
        findings.push(Finding::new(&rules::PERMISSION_DENIED, message));
    }
    for (grant, open) in &comparison.undecided {
        let message =
            format!("whether {} on {} is allowed depends on {}", grant.action, grant.resource, about(open));
        findings.push(Finding::new(&rules::PERMISSION_UNDECIDED, message));
    }
    for extra in &comparison.extra {
        let message = format!(
            "statement {} allows {} on {}, which nothing here needs",
            extra.statement, extra.action, extra.resource
        );
        let span = extra.start..extra.start + 1;
        findings.push(Finding::new(&rules::PERMISSION_WIDER, message).spanning(span));
    }
    findings
}

/// An open point as the end of a sentence.
fn about(open: &Open) -> String {
    match open {
        Open::AbsentKey(key) => format!("the condition key {key}"),
        Open::Operator(operator) => format!("the condition {operator}, which is not in the list of RAM"),
        Open::NotResource => "NotResource, which today's documents do not have".to_owned(),
        Open::ResourceCase => "the case of a Resource".to_owned(),
        Open::GroupDeny => "the resource group".to_owned(),
    }
}

/// Why a document cannot be taken for a permission policy to edit.
fn refusals(document: &Document) -> Findings {
    let root = document.root();
    let refuse = |value: Value, message: &str| {
        let start = value.span().start;
        Findings::from(
            Finding::new(&rules::PERMISSION_EXPECTED, message).at(document.text(), start..start + 1),
        )
    };
    let statement = root.get("Statement");
    let holds = |value: Value| {
        matches!(value.kind(), Kind::Array | Kind::Object)
            && value.one_or_more().all(|it| it.kind() == Kind::Object)
    };
    if root.kind() != Kind::Object || !statement.is_some_and(holds) {
        return refuse(root, "this is no policy: it has no list of objects as its Statement");
    }
    match Policy(root).kind() {
        PolicyKind::Trust => refuse(root, "this is a trust policy, not a permission policy"),
        PolicyKind::NotRam => refuse(root, "this is the policy of a resource, not a policy of RAM"),
        PolicyKind::Permission => doubled(document.text()),
    }
}

/// Names that stand twice where the edit would have to choose.
fn doubled(text: &str) -> Findings {
    let found = check(text, Some(DocumentKind::PermissionPolicy)).findings;
    found.iter().filter(|finding| finding.rule == &table::POLICY_DUPLICATE_KEY).cloned().collect()
}
