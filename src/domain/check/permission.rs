//! The rules for permission policies: resources and size.

use super::super::finding::Finding;
use super::super::findings::Findings;
use super::super::json::{Document, Kind, Value};
use super::super::policy::Statement;
use super::super::rules;
use super::super::text::quoted;
use super::grammar::{is_arn, missing, strings};

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
        if let Some(except) = statement.0.member("NotResource") {
            let message = "it is unconfirmed whether RAM accepts NotResource";
            found.push(Finding::new(&rules::POLICY_NOT_RESOURCE, message).spanning(except.name.span()));
        } else if principal.is_none() {
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
