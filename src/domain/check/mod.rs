//! Checks documents against the rules: recognises what a document is, and says what is wrong with it. Pure.

pub(in crate::domain) mod credential_config;
mod json;
mod kind;
mod permission;
pub mod policy;
pub mod sarif;
pub mod trust;

pub use kind::{DocumentKind, recognise};

use std::ops::Range;

use super::edit::syntax_finding;
use super::finding::{Finding, locate};
use super::json::{Document, Value, read};
use super::policy::{Policy, PolicyKind};
use super::{rules, service_config};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the document was taken for; `None` if nothing is known.
    pub kind: Option<DocumentKind>,
    /// The findings, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Checks one document; `kind` says what it must be, `None` leaves that to [`recognise`].
#[must_use]
pub fn check(text: &str, kind: Option<DocumentKind>) -> Report {
    let document = match read(text) {
        Ok(document) => document,
        Err(error) => {
            return Report { kind, findings: vec![syntax_finding(text, &error)] };
        }
    };
    let mut found = Vec::new();
    json::check(&document, &mut found);
    let recognised = kind.or_else(|| recognise(&document));
    match recognised {
        None => found.push(unknown(document.root())),
        Some(of) => check_as(&document, of, kind.is_some(), &mut found),
    }
    locate(text, &mut found);
    Report { kind: recognised, findings: found }
}

fn check_as(document: &Document, kind: DocumentKind, forced: bool, found: &mut Vec<Finding>) {
    let root = document.root();
    if matches!(kind, DocumentKind::TrustPolicy | DocumentKind::PermissionPolicy) {
        json::judge_doubled_grammar(document, found);
    }
    match kind {
        DocumentKind::CredentialConfig => credential_config::check(root, found),
        DocumentKind::ServiceConfig => {
            found.extend(service_config::check(document));
            json::drop_twice_said(found);
        }
        _ if kind::is_api_answer(root) => found.push(api_answer(root)),
        DocumentKind::PermissionPolicy if !forced && Policy(root).kind() == PolicyKind::NotRam => {
            found.push(not_ram(Policy(root)));
        }
        DocumentKind::TrustPolicy if forced && policy::is_permission(root) => {
            let message = "this is a permission policy, not a trust policy: it has no Principal";
            found.push(Finding::new(&rules::TRUST_EXPECTED, message).spanning(opening(root)));
        }
        DocumentKind::TrustPolicy => policy::check(root, true, found),
        DocumentKind::PermissionPolicy => policy::check(root, false, found),
    }
}

/// What strict JSON does not have and ramrole keeps: comments, trailing commas, a byte order mark, doubled names.
#[must_use]
pub(in crate::domain) fn strictness(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    json::check(document, &mut found);
    found
}

/// The first character of a value: where something is missing in it.
fn opening(value: Value) -> Range<usize> {
    let start = value.span().start;
    start..start + 1
}

fn unknown(root: Value) -> Finding {
    let message = "neither a policy, nor a service config, nor a CredentialConfig";
    Finding::new(&rules::DOCUMENT_UNKNOWN, message).spanning(opening(root))
}

fn not_ram(policy: Policy) -> Finding {
    let principal = policy.statements().find_map(|statement| statement.0.member("Principal"));
    let span = principal.map_or_else(|| opening(policy.0), |principal| principal.span());
    let message = "Principal is no object: not a policy of RAM, but of an OSS bucket or an ROS stack";
    Finding::new(&rules::POLICY_NOT_RAM, message).spanning(span)
}

fn api_answer(root: Value) -> Finding {
    let inside =
        root.at(&["Role", "AssumeRolePolicyDocument"]).or_else(|| root.get("AssumeRolePolicyDocument"));
    let message = "the trust policy stands as a string inside this document";
    Finding::new(&rules::TRUST_API_ANSWER, message).spanning(inside.unwrap_or(root).span())
}
