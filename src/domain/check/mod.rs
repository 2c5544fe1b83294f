//! Checks documents against the rules: recognises what a document is, and says what is wrong with it. Pure.

mod checked;
mod condition;
pub(in crate::domain) mod credential_config;
pub mod github;
pub mod gitlab;
mod grammar;
mod json;
pub mod junit;
mod kind;
mod other_policy;
mod permission;
pub mod policy;
mod reach;
mod relative;
mod request_body;
pub mod sarif;
pub mod trust;
mod walked;

pub use checked::{Checked, LeftOut};
pub(in crate::domain) use json::strictness;
pub use kind::{DocumentKind, recognise};
pub use permission::POLICY_LIMIT;
pub use relative::relative;
pub use walked::{NotChecked, Walked, check_walked, is_read};

use super::edit::syntax_finding;
use super::finding::{Finding, Rule};
use super::findings::Findings;
use super::json::{Document, SyntaxError, Value, read};
use super::outline::{self, Answer};
use super::policy::Policy;
use super::{rules, service_config};
use crate::messages::documents as said;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the document was taken for; `None` if nothing is known.
    pub kind: Option<DocumentKind>,
    /// The findings, in the order of the text.
    pub findings: Findings,
}

/// Checks one document; `kind` says what it must be, `None` leaves that to [`recognise`].
#[must_use]
pub fn check(text: &str, kind: Option<DocumentKind>) -> Report {
    check_without(text, kind, |_| false)
}

/// Checks one document as [`check`] does, and leaves out the findings of some rules before the others are counted.
#[must_use]
pub fn check_without(text: &str, kind: Option<DocumentKind>, is_allowed: impl Fn(&Rule) -> bool) -> Report {
    check_parsed(text, &read(text), kind, is_allowed)
}

/// Checks as [`check_without`] does, for a caller that has read the text already.
fn check_parsed(
    text: &str,
    parsed: &Result<Document, SyntaxError>,
    kind: Option<DocumentKind>,
    is_allowed: impl Fn(&Rule) -> bool,
) -> Report {
    let mut report = match parsed {
        Ok(document) => check_document(text, document, kind),
        Err(error) => Report { kind, findings: syntax_finding(text, error).into() },
    };
    report.findings.remove_rules(is_allowed);
    report.findings.cut();
    report
}

fn check_document(text: &str, document: &Document, kind: Option<DocumentKind>) -> Report {
    let mut found = Findings::default();
    let recognised = kind.or_else(|| recognise(document));
    match recognised {
        None => {
            json::check(document, |_| Some(&rules::JSON_DUPLICATE_KEY), &mut found);
            found.push(unknown(document.root()));
        }
        Some(of) => check_as(document, of, kind.is_some(), &mut found),
    }
    found.locate(text);
    Report { kind: recognised, findings: found }
}

fn check_as(document: &Document, kind: DocumentKind, forced: bool, found: &mut Findings) {
    check_json(document, kind, found);
    let root = document.root();
    if let Some(answer) = outline::answer(root).filter(|_| !forced) {
        return check_answer(&answer, kind, found);
    }
    match kind {
        DocumentKind::RequestBody => request_body::check(root, found),
        DocumentKind::CredentialConfig => credential_config::check(root, found),
        DocumentKind::ServiceConfig => found.append(service_config::check(document)),
        _ if kind::is_api_answer(root) => found.push(api_answer(root)),
        DocumentKind::TrustPolicy if forced && policy::is_permission(root) => {
            let message = "this is a permission policy, not a trust policy: it has no Principal";
            found.push(Finding::new(&rules::TRUST_EXPECTED, message).spanning(root.opening()));
        }
        DocumentKind::TrustPolicy | DocumentKind::PermissionPolicy => match other_policy(root, forced) {
            Some(other) => found.push(other),
            None => policy::check(root, kind == DocumentKind::TrustPolicy, found),
        },
    }
}

/// Checks the document inside the answer of an API; everything is found at the field that holds it.
fn check_answer(answer: &Answer, kind: DocumentKind, found: &mut Findings) {
    let (path, operation) = (answer.path.clone(), answer.row.operation.as_str());
    let fix = said::TakeOut { path: path.clone() }.to_string();
    let message = said::Answer { operation, path }.to_string();
    let span = answer.value.span();
    found.push(Finding::new(&outline::DOCUMENT_ANSWER, message).with_fix(fix).spanning(span.clone()));
    let text = answer.value.as_str().unwrap_or_else(|| answer.value.source().into());
    match read(&text) {
        Err(error) => found.push(Finding::new(&rules::JSON_SYNTAX, error.to_string()).spanning(span)),
        Ok(inner) => {
            let mut inside = Findings::default();
            check_as(&inner, kind, false, &mut inside);
            found.append(inside.map(|finding| finding.spanning(span.clone())));
        }
    }
}

/// The rules of every JSON document, as they apply to this kind.
fn check_json(document: &Document, kind: DocumentKind, found: &mut Findings) {
    match kind {
        DocumentKind::TrustPolicy | DocumentKind::PermissionPolicy => {
            json::check(document, |name| Some(json::doubled_in_policy(name)), found);
        }
        DocumentKind::CredentialConfig | DocumentKind::RequestBody => {
            json::check(document, |_| Some(&rules::JSON_DUPLICATE_KEY), found);
        }
        DocumentKind::ServiceConfig => {
            let said = service_config::doubled_keys(document);
            let is_said = |name: Value| said.contains(&name.span().start);
            let doubled = |name: Value| (!is_said(name)).then_some(&rules::JSON_DUPLICATE_KEY);
            json::check(document, doubled, found);
        }
    }
}

fn unknown(root: Value) -> Finding {
    let message = "neither a policy, nor a service config, nor a CredentialConfig";
    Finding::new(&rules::DOCUMENT_UNKNOWN, message).spanning(root.opening())
}

/// What is said about a policy that is not one of RAM; one that must be a policy of RAM can only be one of AWS.
fn other_policy(root: Value, forced: bool) -> Option<Finding> {
    let policy = Policy(root);
    let of_a_resource = || (!forced).then(|| other_policy::of_a_resource(policy)).flatten();
    other_policy::of_aws(policy).or_else(of_a_resource)
}

fn api_answer(root: Value) -> Finding {
    let inside =
        root.at(&["Role", "AssumeRolePolicyDocument"]).or_else(|| root.get("AssumeRolePolicyDocument"));
    let message = "the trust policy stands as a string inside this document";
    Finding::new(&rules::TRUST_API_ANSWER, message).spanning(inside.unwrap_or(root).span())
}
