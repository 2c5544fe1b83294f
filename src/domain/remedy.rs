//! An explanation with the documents that fix the case, as people read it.

mod text;

use serde::Serialize;

use super::association::Association;
use super::catalog::Workload;
use super::explain::{Caller, Explanation, ReadyDocument, Values};
use super::values::{AccountId, RoleRef};
use super::{credential_config, json, pass_role, service_config, trust_policy};

/// What is known of the case.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// The workload that the message came from.
    pub workload: Option<Workload>,
    /// The role in question.
    pub role: Option<RoleRef>,
    /// The account that owns it.
    pub account: Option<AccountId>,
}

/// A document that fixes the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FixDocument {
    /// Which.
    pub kind: ReadyDocument,
    /// What it is.
    pub title: String,
    /// The text.
    pub document: String,
}

/// An explanation and the documents that its causes ask for.
#[derive(Debug)]
pub struct Remedy<'e> {
    explanation: &'e Explanation,
    /// The role's name, for the commands that the fixes name.
    name: Option<String>,
    /// The documents, as far as the case allows to write them.
    pub documents: Vec<FixDocument>,
    /// Those that the causes ask for and the case does not allow to write.
    lacking: Vec<ReadyDocument>,
}

impl<'e> Remedy<'e> {
    /// The remedy for a case. What the case leaves open is taken from the message.
    #[must_use]
    pub fn of(explanation: &'e Explanation, case: &Case) -> Self {
        let values = &explanation.values;
        let case = case.completed(explanation);
        let causes = explanation.answer.as_ref().map(|answer| answer.causes.as_slice()).unwrap_or_default();
        let mut wanted: Vec<ReadyDocument> = Vec::new();
        for kind in causes.iter().flat_map(|cause| &cause.documents) {
            if !wanted.contains(kind) {
                wanted.push(*kind);
            }
        }
        let documents: Vec<_> = wanted.iter().filter_map(|kind| case.document(*kind, values)).collect();
        let written = |kind: ReadyDocument| documents.iter().any(|document| document.kind == kind);
        wanted.retain(|kind| !written(*kind));
        let name = case.role.as_ref().map(|role| role.name().to_string());
        Self { explanation, name, documents, lacking: wanted }
    }
}

impl Case {
    /// The case with what the message tells of it.
    fn completed(&self, explanation: &Explanation) -> Self {
        let of_message = explanation.matches.first().and_then(|row| match row.workloads.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let values = &explanation.values;
        let role = self.role.clone().or_else(|| values.role.clone().map(RoleRef::Arn));
        let account = self.account.clone().or_else(|| role.as_ref()?.account().cloned());
        Self { workload: self.workload.or(of_message), role, account }
    }

    fn document(&self, kind: ReadyDocument, values: &Values) -> Option<FixDocument> {
        let arn = self.role.as_ref().and_then(|role| role.arn(self.account.as_ref()));
        // Without an ARN nothing is written: the default role in its place would drop the custom one.
        let association = arn.map(Association::Custom);
        let (title, document) = match kind {
            ReadyDocument::TrustPolicy => {
                let title =
                    "Trust policy of a new role (for an existing role: ramrole trust-policy … --merge FILE)";
                (title.to_owned(), trust_policy::document(self.workload?.principal()?))
            }
            ReadyDocument::PassRole => {
                let policy = pass_role::policy(self.role.as_ref()?, self.account.as_ref(), None).ok()?;
                (format!("PassRole policy: attach it to {}", receiver(values)), policy.text)
            }
            ReadyDocument::PermissionPolicy => {
                let title = format!("Policy for exactly this action: attach it to {}", receiver(values));
                (title, permission_policy(values)?)
            }
            ReadyDocument::ServiceConfig => {
                let wanted = service_config::Wanted { association: &association?, workspace_id: None };
                ("Keys of the service config".to_owned(), service_config::fragment(&wanted))
            }
            ReadyDocument::CredentialConfig => {
                let (update, as_string) = (false, false);
                let (workload, association) = (self.workload?, association?);
                let wanted =
                    credential_config::Wanted { workload, association: &association, update, as_string };
                let config = credential_config::credential_config(&wanted).ok()?;
                (format!("Part of the body of {}", config.operation), config.text)
            }
        };
        Some(FixDocument { kind, title, document })
    }
}

/// Whom a policy is for.
fn receiver(values: &Values) -> String {
    let named = |caller: &Caller| !matches!(caller, Caller::Account { .. });
    values.caller.as_ref().filter(|caller| named(caller)).map_or_else(
        || "the identity that makes the call, not to the role of the workload".to_owned(),
        ToString::to_string,
    )
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy<'a> {
    version: &'a str,
    statement: [Statement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement<'a> {
    effect: &'a str,
    action: &'a str,
    resource: &'a str,
}

/// The policy for the denied action on the denied resource. A message that lacks one of them gives none, and neither
/// does a denial that another Allow would not lift. The privileges of `MaxCompute` are no permissions of RAM.
fn permission_policy(values: &Values) -> Option<String> {
    let (action, resource) = (values.action.as_deref()?, values.resource.as_deref()?);
    let is_lifted = values.no_permission_type.as_deref() != Some("ExplicitDeny")
        && values.policy_type.as_deref() != Some("AssumeRolePolicy");
    if !is_lifted || action.starts_with("odps:") {
        return None;
    }
    let statement = [Statement { effect: "Allow", action, resource }];
    Some(json::render(&Policy { version: "1", statement }))
}
