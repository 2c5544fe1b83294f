//! What there is to choose from, given the answers so far.

use super::Choice;
use crate::domain::answers::Answers;
use crate::domain::catalog::{self, Network, RoleChoice, Workload};

pub(super) fn workloads(_: &Answers) -> Vec<Choice> {
    let choice = |workload: Workload| {
        let sheet = workload.sheet();
        let limit = sheet.limits.first().map(|limit| limit.value.as_str()).unwrap_or_default();
        Choice::new(workload.id(), sheet.title.value.as_str(), format!("{} {limit}", sheet.summary.value))
    };
    Workload::ALL.into_iter().map(choice).collect()
}

pub(super) fn roles(answers: &Answers) -> Vec<Choice> {
    let rows = answers.workload.map(|workload| workload.sheet().roles.as_slice()).unwrap_or_default();
    let public = answers.public == Some(true);
    let choice = |row: &catalog::RoleOption| {
        let recommended = if public { row.choice == RoleChoice::None } else { row.recommended };
        let help = format!("{} {}", row.gives, row.costs);
        Choice::new(row.choice.word(), row.title.as_str(), help).recommended_if(recommended)
    };
    rows.iter().map(choice).collect()
}

pub(super) fn yes_no(_: &Answers) -> Vec<Choice> {
    vec![Choice::new("no", "No", ""), Choice::new("yes", "Yes", "")]
}

pub(super) fn origins(_: &Answers) -> Vec<Choice> {
    vec![
        Choice::new("new", "A new role", "Created with a trust policy for this workload and nothing else."),
        Choice::new(
            "existing",
            "A role that exists",
            "Its trust policy gains one line; what it trusts today stays.",
        ),
    ]
}

pub(super) fn creators(_: &Answers) -> Vec<Choice> {
    vec![
        Choice::new("user", "A RAM user", "Needs a policy that allows passing this role; you get it here."),
        Choice::new("owner", "The owner of the account", "May pass every role; nothing to attach."),
    ]
}

pub(super) fn policies(answers: &Answers) -> Vec<Choice> {
    let rows = &catalog::system_policies().policies;
    let suits = |row: &&catalog::SystemPolicy| {
        answers.workload.is_none_or(|workload| {
            let wanted = &workload.sheet().policies.value;
            row.uses.iter().any(|used| wanted.contains(used))
        })
    };
    let choice = |row: &catalog::SystemPolicy| {
        let caution = row.caution.as_deref().unwrap_or_default();
        Choice::new(row.name.as_str(), row.name.as_str(), format!("To {}. {caution}", row.allows))
    };
    rows.iter().filter(suits).map(choice).collect()
}

pub(super) fn accesses(_: &Answers) -> Vec<Choice> {
    vec![
        Choice::new("oss", "OSS", "Objects of a bucket."),
        Choice::new("maxcompute", "MaxCompute", "Tables of a project."),
        Choice::new("dlc", "DLC", "Training jobs of a PAI workspace."),
        Choice::new("credential", "Only the credential", "To look at it, or to hand it to another program."),
    ]
}

pub(super) fn networks(answers: &Answers) -> Vec<Choice> {
    let recommended = answers.workload.map(|workload| workload.sheet().network.value);
    vec![
        Choice::new("internal", "Internal endpoints", "Reached inside Alibaba Cloud, in the same region.")
            .recommended_if(recommended == Some(Network::Internal)),
        Choice::new(
            "public",
            "Public endpoints",
            "Reached over the internet; an EAS service needs a VPC for that.",
        )
        .recommended_if(recommended == Some(Network::Public)),
    ]
}
