//! From answers to a finished plan: documents, steps in order, findings. The same answers and looks always
//! give the same plan.

mod documents;
mod facts;
mod findings;
mod permissions;
pub mod report;
mod steps;
mod terraform;

use std::borrow::Cow;

use serde::Serialize;

use super::answers::{Answers, Creator, Problem, RoleOrigin};
use super::association::Association;
use super::catalog::{Sheet, Workload};
use super::edit::{masked, masked_diff};
use super::finding::Finding;
use super::findings::Findings;
use super::question::{self, Need};
use super::values::{AccountId, Region, RoleArn, UserName};
use super::{code, secret, text};

pub use facts::{Facts, Look};

/// What has to be known before there can be a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// The questions without an answer, by key, in their order.
    pub answers: Vec<&'static str>,
    /// What has to be looked at outside.
    pub looks: Vec<Look>,
    /// Answers that cannot stand.
    pub problems: Vec<Problem>,
    /// What is wrong in the documents that were looked at.
    pub findings: Findings,
}

impl Missing {
    fn is_empty(&self) -> bool {
        self.answers.is_empty()
            && self.looks.is_empty()
            && self.problems.is_empty()
            && self.findings.is_empty()
    }
}

/// A finished plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The plan in a sentence.
    pub summary: String,
    /// The command line that gives this plan again.
    pub command_line: String,
    /// The documents, in the order of the steps.
    pub documents: Vec<PlanDocument>,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// The findings, most serious first.
    pub findings: Findings,
    /// Why each action of the permission policy is there, as text; empty without such a policy.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reasons: String,
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentRole {
    /// The role's trust policy.
    TrustPolicy,
    /// The role's permission policy.
    Permission,
    /// The RAM user's `PassRole` policy.
    PassRole,
    /// The EAS service config, or the keys to merge into it.
    ServiceConfig,
    /// The `CredentialConfig` of the API.
    CredentialConfig,
    /// Code that runs inside.
    Code,
    /// The same as Terraform.
    Terraform,
}

impl DocumentRole {
    /// What it is called where there is little room; of code the file tells more.
    #[must_use]
    pub fn short(self) -> Option<&'static str> {
        Some(match self {
            Self::TrustPolicy => "Trust policy",
            Self::Permission => "Permissions",
            Self::PassRole => "PassRole",
            Self::ServiceConfig => "Service config",
            Self::CredentialConfig => "CredentialConfig",
            Self::Code => return None,
            Self::Terraform => "Terraform",
        })
    }
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanDocument {
    /// Its file name, fixed and harmless.
    pub name: &'static str,
    /// What it is.
    pub role: DocumentRole,
    /// Its title.
    pub title: String,
    /// Where it goes, in a sentence.
    pub purpose: String,
    /// The text.
    pub text: String,
    /// The user's document that it was made from.
    #[serde(skip)]
    pub before: Option<String>,
}

impl PlanDocument {
    /// What changed in the user's document, secrets masked; `None` for a document of our own.
    #[must_use]
    pub fn diff(&self) -> Option<String> {
        self.before.as_deref().map(|before| masked_diff(before, &self.text, self.name))
    }

    /// The text for a screen: the secrets of the user's document are masked. A generated document is shown unmasked,
    /// because it contains only validated answers and paths, and no secret.
    #[must_use]
    pub fn masked(&self) -> Cow<'_, str> {
        if self.before.is_some() { masked(&self.text).into() } else { self.text.as_str().into() }
    }

    /// Whether it is the user's own service config, with the role in it.
    #[must_use]
    pub fn is_the_users(&self) -> bool {
        self.role == DocumentRole::ServiceConfig && self.before.is_some()
    }

    /// Whether the text holds a secret of the user's document.
    #[must_use]
    pub fn holds_secret(&self) -> bool {
        self.before.is_some() && !secret::spans_in_text(&self.text).is_empty()
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What is done, in a few words.
    pub title: String,
    /// The sentence for the console.
    pub console: String,
    /// The same as commands, each safe to paste; several belong one after the other.
    pub commands: Vec<String>,
    /// The documents that it uses, by name.
    pub documents: Vec<&'static str>,
}

/// Makes the plan.
///
/// # Errors
/// What is missing or wrong, all at once.
pub fn plan(answers: &Answers, facts: &Facts) -> Result<Plan, Box<Missing>> {
    let answers = answers.that_apply();
    let mut missing = missing(&answers, facts);
    let subject = Subject::of(&answers).filter(|_| missing.is_empty());
    let Some(subject) = subject else { return Err(Box::new(missing)) };
    let made = documents::documents(&subject, facts);
    missing.findings = made.refused;
    if !missing.is_empty() {
        return Err(Box::new(missing));
    }
    let mut findings: Findings = findings::findings(&subject).into_iter().collect();
    findings.append(made.findings);
    findings.sort_by_severity();
    let steps = steps::steps(&subject, &made.documents, &made.codes);
    let mut documents = made.documents;
    documents.extend(terraform::terraform(&subject, &documents));
    let (summary, command_line, reasons) = (subject.summary(), answers.command_line(), made.reasons);
    Ok(Plan { summary, command_line, documents, steps, findings, reasons })
}

fn missing(answers: &Answers, facts: &Facts) -> Missing {
    let unanswered = question::ALL.iter().filter(|question| {
        question.need == Need::Required
            && (question.asked)(answers).is_ok()
            && (question.get)(answers).is_none()
    });
    let mut missing =
        Missing { answers: unanswered.map(|question| question.key).collect(), ..Missing::default() };
    if let (Some(workload), Some(role)) = (answers.workload, answers.role)
        && !workload.offers(role)
    {
        let title = &workload.sheet().title.value;
        let message = format!("the documents offer no {} role for a {title}", role.word());
        missing.problems.push(Problem { question: "role", message });
    }
    for (question, path) in
        [("service_config", &answers.service_config), ("trust_policy", &answers.trust_policy)]
    {
        let Some(path) = path else { continue };
        match facts.file(path) {
            None => missing.looks.push(Look::File(path.clone())),
            Some(Err(error)) => missing.problems.push(Problem { question, message: error.clone() }),
            Some(Ok(_)) => {}
        }
    }
    missing
}

/// The answers with everything in place that a plan cannot do without.
struct Subject<'a> {
    answers: &'a Answers,
    workload: Workload,
    region: &'a Region,
    association: Association,
}

/// A custom role with what has to be done to it.
struct CustomRole<'a> {
    arn: &'a RoleArn,
    origin: RoleOrigin,
    /// The RAM user who must be allowed to pass it.
    user: Option<&'a UserName>,
}

impl<'a> Subject<'a> {
    fn of(answers: &'a Answers) -> Option<Self> {
        let association = answers.association()?;
        Some(Self { answers, workload: answers.workload?, region: answers.region.as_ref()?, association })
    }

    fn sheet(&self) -> &'static Sheet {
        self.workload.sheet()
    }

    /// The noun for the workload in a sentence.
    fn thing(&self) -> &'static str {
        &self.sheet().thing.value
    }

    fn is_running(&self) -> bool {
        self.answers.running == Some(true)
    }

    fn custom_role(&self) -> Option<CustomRole<'_>> {
        let arn = self.association.role_arn()?;
        let origin = self.answers.role_origin.unwrap_or(RoleOrigin::New);
        let user = self.answers.user.as_ref().filter(|_| self.answers.creator == Some(Creator::User));
        Some(CustomRole { arn, origin, user })
    }

    fn account(&self) -> Option<&AccountId> {
        self.association.role_arn().map(RoleArn::account)
    }

    fn code_values(&self) -> code::Values {
        code::Values {
            region: Some(self.region.clone()),
            network: self.answers.endpoint,
            bucket: self.answers.bucket.clone(),
            project: self.answers.project.clone(),
            workspace_id: self.answers.workspace_id.clone(),
        }
    }

    fn summary(&self) -> String {
        let title = &self.sheet().title.value;
        let role = match &self.association {
            Association::Default => format!("the {}", self.sheet().default_title()),
            Association::Custom(arn) => format!("the custom role {}", arn.name()),
            Association::None => "no role".to_owned(),
        };
        text::visible_line(&format!("{title} in {} with {role}", self.region)).into_owned()
    }
}
