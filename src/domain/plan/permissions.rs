//! The permission policy of a plan: what the service config and the code need, and how the chosen policies stand to it.

use super::{CustomRole, Facts, RoleOrigin, Subject};
use crate::domain::catalog::{Access, AccessClass, permissions};
use crate::domain::finding::{Finding, Severity};
use crate::domain::permission::{
    Elsewhere, Grant, Known, Need, Permissions, Use, Wanted, documents_of, generate, report, rules,
    system_policy,
};
use crate::domain::values::PolicyName;

/// The file names of the policies: one, or one for each part.
const NAMES: [&str; 10] = [
    "permission-policy.json",
    "permission-policy-2.json",
    "permission-policy-3.json",
    "permission-policy-4.json",
    "permission-policy-5.json",
    "permission-policy-6.json",
    "permission-policy-7.json",
    "permission-policy-8.json",
    "permission-policy-9.json",
    "permission-policy-10.json",
];

/// What a plan says of permissions.
#[derive(Default)]
pub(super) struct Granted {
    /// The policies with their file names.
    pub documents: Vec<(&'static str, String)>,
    pub findings: Vec<Finding>,
    /// Why each action is there, as text; empty without a policy.
    pub reasons: String,
    /// Whether the policies hold all that the service config needs.
    pub is_complete: bool,
}

/// The policies for the custom role of a plan.
pub(super) fn granted(subject: &Subject, facts: &Facts) -> Granted {
    let Some(role) = subject.custom_role() else { return Granted::default() };
    let path = subject.answers.service_config.as_ref();
    let mut findings = Vec::new();
    let uses = uses(subject, &mut findings);
    let known = Known {
        account: Some(role.arn.account().clone()),
        region: Some(subject.region.clone()),
        role: Some(role.arn.name().clone()),
        ..Known::default()
    };
    let wanted = Wanted { workload: subject.workload, config: facts.text(path), uses, known };
    // Why a config cannot be read is said where the role is put into it.
    let Ok(mut made) = generate(&wanted) else { return Granted::default() };
    let is_complete = !made.findings.has_error();
    findings.extend(said(&made, path.map(String::as_str)));
    findings.extend(made.elsewhere.iter().map(elsewhere));
    findings.extend(compared(subject, &made));
    findings.extend(empty(subject, &role, &made));
    let documents: Vec<_> = NAMES.into_iter().zip(documents_of(&made.grants())).collect();
    made.needs.retain(Need::is_complete);
    let reasons = if documents.is_empty() { String::new() } else { report::why(&made) };
    Granted { documents, findings, reasons, is_complete }
}

/// What the code is known to use.
fn uses(subject: &Subject, findings: &mut Vec<Finding>) -> Vec<Use> {
    let mut uses = Vec::new();
    let mut add = |flag: &str, value: &str| {
        let service = permissions().service(flag);
        match service.map(|service| Use::parse(service, value)) {
            Some(Ok(parsed)) => uses.push(parsed),
            Some(Err(invalid)) => {
                findings.push(Finding::new(&rules::PERMISSION_INCOMPLETE, invalid.to_string()));
            }
            None => {}
        }
    };
    let bucket = subject.answers.bucket.as_deref().filter(|_| subject.answers.accesses(Access::Oss));
    if let Some(bucket) = bucket {
        add("oss", &format!("oss://{bucket}/"));
    }
    if subject.answers.accesses(Access::Dlc) {
        add("dlc", "list");
    }
    uses
}

/// The findings of the policy, as far as they matter in a plan. What makes a policy unusable alone makes that of a plan
/// incomplete: the rest of the plan still stands.
fn said(made: &Permissions, path: Option<&str>) -> Vec<Finding> {
    let left_to_the_plan = [&rules::PERMISSION_NO_ROLE, &rules::PERMISSION_EMPTY, &rules::PERMISSION_STAR];
    let findings = made.findings.iter().filter(|finding| !left_to_the_plan.contains(&finding.rule));
    let in_plan = |finding: &Finding| {
        let fix = format!("generate the policy with ramrole permission-policy: {}", finding.advice());
        let finding = match finding.rule {
            rule if rule.severity == Severity::Error => {
                Finding { rule: &rules::PERMISSION_INCOMPLETE, ..finding.clone() }.with_fix(fix)
            }
            rule if rule == &rules::PERMISSION_WHOLE_BUCKET => finding.clone().with_fix(fix),
            _ => finding.clone(),
        };
        let path = path.filter(|_| finding.place.is_some());
        path.map_or(finding.clone(), |path| finding.in_document(path))
    };
    findings.map(in_plan).collect()
}

fn elsewhere(row: &Elsewhere) -> Finding {
    Finding::new(&rules::PERMISSION_ELSEWHERE, format!("{}: {}", row.title, row.instruction))
}

/// How the chosen system policies stand to what is needed.
fn compared(subject: &Subject, made: &Permissions) -> Vec<Finding> {
    let mut grants = made.grants();
    if subject.answers.accesses(Access::Oss) && subject.answers.bucket.is_none() {
        // The bucket is not known, but it is one.
        let (class, resource) = (AccessClass::Read, "acs:oss:*:*:bucket/*".to_owned());
        grants.push(Grant { class, action: "oss:GetObject", resource, prefix: None });
    }
    let mut findings = Vec::new();
    for name in subject.answers.policies.iter().flatten().map(PolicyName::as_str) {
        let Some((wider, lacks)) = system_policy(name, &grants) else { continue };
        if wider {
            let message =
                format!("{name} allows more than is needed: it covers every resource of the account");
            findings.push(Finding::new(&rules::SYSTEM_POLICY_WIDER, message));
        }
        if !lacks.is_empty() {
            let message = format!("{name} does not allow {}", lacks.join(", "));
            findings.push(Finding::new(&rules::SYSTEM_POLICY_LACKS, message));
        }
    }
    findings
}

/// A new role that nothing grants anything, although the code uses OSS.
fn empty(subject: &Subject, role: &CustomRole, made: &Permissions) -> Option<Finding> {
    let has_policies = subject.answers.policies.as_ref().is_some_and(|policies| !policies.is_empty());
    let is_without = role.origin == RoleOrigin::New && !has_policies;
    let uses_oss = subject.answers.accesses(Access::Oss) && subject.answers.bucket.is_none();
    let message =
        || format!("nothing grants the new role {} access to OSS, which the code uses", role.arn.name());
    (is_without && uses_oss && !made.grants().iter().any(|grant| grant.action.starts_with("oss:"))).then(
        || Finding::new(&rules::PERMISSION_INCOMPLETE, message()).with_fix("name the bucket with --bucket"),
    )
}

/// The name under which the policy of a role is created: policy names take no dots.
pub(super) fn policy_name(role: &str, number: usize) -> String {
    let name = format!("{}-permissions", role.replace('.', "-"));
    if number == 0 { name } else { format!("{name}-{}", number + 1) }
}
