//! The documents of a plan.

use super::permissions::{self, Granted};
use super::{Association, DocumentRole, Facts, PlanDocument, RoleOrigin, Subject};
use crate::domain::code::{self, Code, Language};
use crate::domain::edit::Edit;
use crate::domain::findings::Findings;
use crate::domain::{credential_config, pass_role, rules, service_config, trust_policy};

/// The documents, and what came with them.
#[derive(Default)]
pub(super) struct Made {
    pub documents: Vec<PlanDocument>,
    pub codes: Vec<Code>,
    pub findings: Findings,
    /// Why each action of the permission policy is there.
    pub reasons: String,
    /// Why a document of the user's could not be edited.
    pub refused: Findings,
}

pub(super) fn documents(subject: &Subject, facts: &Facts) -> Made {
    let mut made = Made::default();
    made.trust_policy(subject, facts);
    let granted = permissions::granted(subject, facts);
    let covers_config = granted.is_complete && !granted.documents.is_empty();
    made.permissions(subject, granted);
    made.pass_role(subject);
    if subject.workload.has_service_config() {
        made.service_config(subject, facts);
    } else {
        made.credential_config(subject);
    }
    if covers_config {
        // The policy grants what these notes ask for.
        made.findings
            .remove_rules(|rule| [rules::CONFIG_MOUNT.code, rules::CONFIG_IMAGE.code].contains(&rule.code));
    }
    made.code(subject);
    made
}

impl Made {
    fn add(&mut self, name: &'static str, role: DocumentRole, title: &str, purpose: String, text: String) {
        let title = title.to_owned();
        self.documents.push(PlanDocument { name, role, title, purpose, text, before: None });
    }

    /// A document of the user's with an edit in it.
    fn add_edit(&mut self, edit: Result<Edit, Findings>, mut document: PlanDocument, path: &str) {
        let named = |findings: Findings, name: &str| findings.map(|finding| finding.in_document(name));
        match edit {
            Ok(edit) => {
                // Their places are those of the result.
                self.findings.append(named(edit.findings, document.name));
                document.text = edit.after;
                document.before = Some(edit.before);
                self.documents.push(document);
            }
            Err(findings) => self.refused.append(named(findings, path)),
        }
    }

    fn trust_policy(&mut self, subject: &Subject, facts: &Facts) {
        let (Some(role), Some(service)) = (subject.custom_role(), subject.workload.principal()) else {
            return;
        };
        let name = "trust-policy.json";
        let title = "Trust policy";
        let purpose = format!("for the role {}: lets {service} hand out its credentials", role.arn.name());
        let path = subject.answers.trust_policy.as_ref();
        match (role.origin, facts.text(path), path) {
            (RoleOrigin::New, ..) => {
                self.add(name, DocumentRole::TrustPolicy, title, purpose, trust_policy::document(service));
            }
            (RoleOrigin::Existing, Some(text), Some(path)) => {
                let role = DocumentRole::TrustPolicy;
                let title = title.to_owned();
                let document = PlanDocument { name, role, title, purpose, text: String::new(), before: None };
                self.add_edit(trust_policy::merge(text, service), document, path);
            }
            // What the role trusts today is not known, so no document may replace it.
            (RoleOrigin::Existing, ..) => {}
        }
    }

    fn permissions(&mut self, subject: &Subject, granted: Granted) {
        self.findings.extend(granted.findings);
        self.reasons = granted.reasons;
        let Some(role) = subject.custom_role() else { return };
        let chosen = subject.answers.policies.as_ref().is_some_and(|policies| !policies.is_empty());
        let use_of = if chosen {
            "instead of the policies that you chose: allows what is needed, and nothing else"
        } else {
            "allows what the service config and the code need, and nothing else"
        };
        let purpose = format!("for the role {}: {use_of}", role.arn.name());
        for (name, text) in granted.documents {
            self.add(name, DocumentRole::Permission, "Permission policy", purpose.clone(), text);
        }
    }

    fn pass_role(&mut self, subject: &Subject) {
        let Some(role) = subject.custom_role() else { return };
        let (Some(user), Some(name)) = (role.user, subject.answers.role_name.as_ref()) else { return };
        if let Ok(policy) = pass_role::policy(name, subject.account(), None) {
            let purpose =
                format!("for the RAM user {user}, who creates the {}; not for the role", subject.thing());
            self.add(
                "pass-role-policy.json",
                DocumentRole::PassRole,
                "PassRole policy",
                purpose,
                policy.text,
            );
            self.findings.extend(policy.findings);
        }
    }

    fn service_config(&mut self, subject: &Subject, facts: &Facts) {
        let wanted = service_config::Wanted {
            association: &subject.association,
            workspace_id: subject.answers.workspace_id.as_deref(),
        };
        // Never the name of the user's own file: a command run beside it must not deploy the one without the role.
        let name = "service-with-role.json";
        let role = DocumentRole::ServiceConfig;
        let path = subject.answers.service_config.as_ref();
        if let (Some(text), Some(path)) = (facts.text(path), path) {
            let role_in_it = if subject.association == Association::None {
                "without a role"
            } else {
                "with the role in it"
            };
            let purpose = format!("the service config {role_in_it}; nothing else changed");
            let title = "Service config".to_owned();
            let document = PlanDocument { name, role, title, purpose, text: String::new(), before: None };
            self.add_edit(service_config::associate(text, &wanted), document, path);
        } else {
            let purpose = "the keys to put into the service config, or to merge into the service";
            let keys = service_config::fragment(&wanted);
            self.add(name, role, "Service config, the keys of the role", purpose.to_owned(), keys);
        }
    }

    fn credential_config(&mut self, subject: &Subject) {
        let wanted = credential_config::Wanted {
            workload: subject.workload,
            association: &subject.association,
            update: subject.is_running(),
            as_string: false,
        };
        if let Ok(config) = credential_config::credential_config(&wanted) {
            let says = if subject.association == Association::None {
                "asks for no role"
            } else {
                "carries the role"
            };
            let purpose = format!("the part of the body of {} that {says}", config.operation);
            let role = DocumentRole::CredentialConfig;
            self.add("credential-config.json", role, "CredentialConfig", purpose, config.text);
            self.findings.extend(config.findings);
        }
    }

    fn code(&mut self, subject: &Subject) {
        let values = subject.code_values();
        for access in subject.answers.access.iter().flatten() {
            let Ok(code) = code::code(subject.workload, *access, Language::Python, &values) else { continue };
            let purpose = format!("runs inside the {}", subject.thing());
            self.add(code.file, DocumentRole::Code, code.title, purpose, code.text.clone());
            self.findings.extend(code.findings.clone());
            self.codes.push(code);
        }
    }
}
