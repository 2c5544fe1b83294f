//! What is to be said of a plan beyond its documents.

use super::{Association, Finding, Subject};
use crate::domain::catalog::{self, Access, system_policies};
use crate::domain::code;
use crate::domain::{credential_config, rules};

pub(super) fn findings(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(subject.account().and_then(Finding::account_length));
    findings.extend(region(subject));
    findings.extend(unreached(subject));
    findings.extend(maxcompute(subject));
    if subject.answers.public == Some(true) {
        findings.extend(credential_config::public_with_role(subject.workload, &subject.association));
    }
    findings
}

fn region(subject: &Subject) -> Option<Finding> {
    let product = &subject.sheet().api.product.value;
    let known = catalog::endpoints().product(product)?.knows(subject.region)?;
    let message = format!("the documents list no {product} endpoint in {}", subject.region);
    (!known).then(|| Finding::new(&rules::REGION_UNKNOWN, message))
}

/// What the code uses and the default role does not reach.
fn unreached(subject: &Subject) -> Vec<Finding> {
    let accesses =
        subject.answers.access.iter().flatten().filter(|_| subject.association == Association::Default);
    accesses.filter_map(|access| code::unreached(subject.workload, *access)).collect()
}

fn maxcompute(subject: &Subject) -> Option<Finding> {
    let role = subject.custom_role()?;
    let note = &system_policies().maxcompute_note;
    let user = format!("RAM${}:role/{}", role.arn.account(), role.arn.name());
    let message =
        format!("no RAM policy opens a MaxCompute project: its owner adds the role as the user `{user}`");
    let finding = || Finding::new(&rules::MAXCOMPUTE_GRANT, message).with_fix(note.value.as_str());
    subject.answers.accesses(Access::Maxcompute).then(finding)
}
