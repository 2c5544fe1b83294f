//! An explanation with the documents that fix the case, as people read it.

use serde::Serialize;

use super::association::Association;
use super::catalog::Workload;
use super::explain::{ErrorRow, Explanation, ReadyDocument};
use super::values::{AccountId, RoleRef};
use super::{credential_config, pass_role, service_config, trust_policy};

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
    /// The remedy for a case.
    #[must_use]
    pub fn of(explanation: &'e Explanation, case: &Case) -> Self {
        let causes = explanation.matches.first().map(|row| row.causes.as_slice()).unwrap_or_default();
        let mut wanted: Vec<_> = causes.iter().flat_map(|cause| cause.documents.iter().copied()).collect();
        let mut seen = Vec::new();
        wanted.retain(|kind| {
            !seen.contains(kind) && {
                seen.push(*kind);
                true
            }
        });
        let of_message = explanation.matches.first().and_then(|row| match row.workloads.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let workload = case.workload.or(of_message);
        let documents: Vec<_> = wanted.iter().filter_map(|kind| case.document(*kind, workload)).collect();
        wanted.retain(|kind| !documents.iter().any(|document| document.kind == *kind));
        let name = case.role.as_ref().map(|role| role.name().to_string());
        Self { explanation, name, documents, lacking: wanted }
    }

    /// What happened, the causes with how to tell them apart, the fix, the documents; for an unknown message
    /// those that are like it.
    #[must_use]
    pub fn text(&self) -> String {
        let Some((best, others)) = self.explanation.matches.split_first() else { return self.unknown() };
        let mut told = explained(best);
        if let Some(name) = &self.name {
            for command in ["pass-role ", "--RoleName "] {
                told = told.replace(&format!("{command}NAME"), &format!("{command}{name}"));
            }
        }
        let mut parts = vec![told];
        parts.extend(others.iter().map(|row| format!("also: {} [{}]\n", row.title, row.id)));
        parts.extend(self.documents.iter().map(|fix| format!("\n# {}\n{}", fix.title, fix.document)));
        parts.extend(self.lacking.iter().map(|kind| {
            format!(
                "
{}
",
                how_to_get(*kind)
            )
        }));
        parts.concat()
    }

    fn unknown(&self) -> String {
        let near = self.explanation.nearest.iter().map(|row| {
            let words = row.patterns.first().or(row.codes.first()).map(String::as_str).unwrap_or_default();
            format!("  near: \"{words}\": {}\n", row.title)
        });
        let head = "ramrole: this is no message that ramrole knows\n".to_owned();
        let hint = "hint: give the whole message, the error code included\n".to_owned();
        std::iter::once(head).chain(near).chain([hint]).collect::<Vec<_>>().concat()
    }
}

impl Case {
    fn document(&self, kind: ReadyDocument, workload: Option<Workload>) -> Option<FixDocument> {
        let arn = self.role.as_ref().and_then(|role| role.arn(self.account.as_ref()));
        // Without an ARN nothing is written: the default role in its place would drop the custom one.
        let association = arn.map(Association::Custom);
        let (title, document) = match kind {
            ReadyDocument::TrustPolicy => {
                let title =
                    "trust policy of a new role (into an existing one: ramrole trust-policy … --merge FILE)";
                (title.to_owned(), trust_policy::document(workload?.principal()?))
            }
            ReadyDocument::PassRole => {
                let policy = pass_role::policy(self.role.as_ref()?, self.account.as_ref(), None).ok()?;
                ("PassRole policy, for the RAM user and not for the role".to_owned(), policy.text)
            }
            ReadyDocument::ServiceConfig => {
                let wanted = service_config::Wanted { association: &association?, workspace_id: None };
                ("keys of the service config".to_owned(), service_config::fragment(&wanted))
            }
            ReadyDocument::CredentialConfig => {
                let (update, as_string) = (false, false);
                let (workload, association) = (workload?, association?);
                let wanted =
                    credential_config::Wanted { workload, association: &association, update, as_string };
                let config = credential_config::credential_config(&wanted).ok()?;
                (format!("part of the body of {}", config.operation), config.text)
            }
        };
        Some(FixDocument { kind, title, document })
    }
}

fn explained(row: &ErrorRow) -> String {
    let mut parts = vec![format!("{}\n", row.title)];
    let several = row.causes.len() > 1;
    parts.extend(row.causes.iter().enumerate().map(|(index, cause)| {
        let number = if several { format!("{}. ", index + 1) } else { String::new() };
        let indent = " ".repeat(number.len());
        format!("\n{number}{}\n{indent}tell: {}\n{indent}fix:  {}\n", cause.text, cause.tell, cause.fix)
    }));
    if let Some(source) = row.source() {
        let address = source.address.as_deref().map(|address| format!(", {address}")).unwrap_or_default();
        parts.push(format!("\nsource: {}{address}\n", source.title));
    }
    if !row.confirmed {
        parts.push("unconfirmed: the platform's documents do not say it\n".to_owned());
    }
    parts.concat()
}

/// What to add so that a document can be written.
fn how_to_get(kind: ReadyDocument) -> &'static str {
    match kind {
        ReadyDocument::TrustPolicy => "add --workload dlc, dsw or eas for the trust policy, ready to paste",
        ReadyDocument::PassRole => "add --role-name NAME for the PassRole policy, ready to paste",
        ReadyDocument::CredentialConfig => {
            "add --workload, --role-name NAME and --account ID for the CredentialConfig, ready to paste"
        }
        ReadyDocument::ServiceConfig => {
            "add --role-name NAME and --account ID for the keys of the service config, ready to paste"
        }
    }
}
