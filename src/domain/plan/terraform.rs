//! The same plan as Terraform, for the provider aliyun/alicloud.
//!
//! Argument names: `website/docs/r` of aliyun/terraform-provider-alicloud at 81c43b6.

use super::permissions::policy_name;
use super::steps::pass_role_policy_name;
use super::{CustomRole, DocumentRole, PlanDocument, RoleOrigin, Subject};
use crate::domain::quote::terraform as quoted;
use crate::domain::system_policy::policy_type;

/// `role_name` and `assume_role_policy_document` exist from this version on.
const PROVIDER: &str = ">= 1.252.0";

/// The file, where Terraform has anything to do.
pub(super) fn terraform(subject: &Subject, documents: &[PlanDocument]) -> Option<PlanDocument> {
    let mut blocks = Vec::new();
    if let Some(role) = subject.custom_role() {
        blocks.extend(role_block(&role));
        blocks.extend(policy_blocks(subject, &role));
        if subject.answers.policies.as_ref().is_none_or(Vec::is_empty) {
            blocks.extend(permission_blocks(&role, documents));
        }
        blocks.extend(pass_role_blocks(&role));
    }
    blocks.extend(service_block(subject, documents));
    if blocks.is_empty() {
        return None;
    }
    let text = format!("{}{}\n{}", left_out(subject), head(subject), blocks.join("\n"));
    Some(PlanDocument {
        name: "main.tf",
        role: DocumentRole::Terraform,
        title: "Terraform".to_owned(),
        purpose: "the same steps for the provider aliyun/alicloud; reads the other files beside it"
            .to_owned(),
        text,
        before: None,
    })
}

/// What Terraform is not told to do, so that nobody waits for it.
fn left_out(subject: &Subject) -> String {
    let existing = subject.custom_role().is_some_and(|role| role.origin == RoleOrigin::Existing);
    let trust = "# Not in here: the trust policy of the role, which exists already (terraform import it to manage it).\n";
    let deployed = subject.workload.has_service_config() && subject.is_running();
    let service = "# Not in here: the service, which runs already (terraform import it to manage it).\n";
    let parts = [(existing, trust), (deployed, service)];
    parts.into_iter().filter_map(|(missing, comment)| missing.then_some(comment)).collect()
}

fn head(subject: &Subject) -> String {
    let versions =
        format!("alicloud = {{\n      source  = \"aliyun/alicloud\"\n      version = \"{PROVIDER}\"\n    }}");
    let required = format!("terraform {{\n  required_providers {{\n    {versions}\n  }}\n}}\n");
    let provider = block("provider \"alicloud\"", &[("region", quoted(subject.region.as_str()))]);
    format!("{required}\n{provider}")
}

/// A block with its arguments aligned as `terraform fmt` does.
fn block(head: &str, arguments: &[(&str, String)]) -> String {
    let width = arguments.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let line = |(name, value): &(&str, String)| format!("  {name:width$} = {value}\n");
    let lines = arguments.iter().map(line).collect::<Vec<_>>().concat();
    format!("{head} {{\n{lines}}}\n")
}

fn file(name: &str) -> String {
    format!("file(\"${{path.module}}/{name}\")")
}

/// The role's name for the other blocks: its resource, or the name of one that exists.
fn role_name(role: &CustomRole) -> String {
    match role.origin {
        RoleOrigin::New => "alicloud_ram_role.workload.role_name".to_owned(),
        RoleOrigin::Existing => quoted(role.arn.name().as_str()),
    }
}

fn role_block(role: &CustomRole) -> Option<String> {
    let arguments = [
        ("role_name", quoted(role.arn.name().as_str())),
        ("assume_role_policy_document", file("trust-policy.json")),
    ];
    (role.origin == RoleOrigin::New).then(|| block("resource \"alicloud_ram_role\" \"workload\"", &arguments))
}

fn policy_blocks(subject: &Subject, role: &CustomRole) -> Vec<String> {
    let policies = subject.answers.policies.iter().flatten().enumerate();
    let attachment = |(index, policy): (usize, &crate::domain::values::PolicyName)| {
        let head = format!("resource \"alicloud_ram_role_policy_attachment\" \"workload_{}\"", index + 1);
        block(
            &head,
            &[
                ("policy_type", quoted(policy_type(policy.as_str()))),
                ("policy_name", quoted(policy.as_str())),
                ("role_name", role_name(role)),
            ],
        )
    };
    policies.map(attachment).collect()
}

/// The generated policies and their attachments.
fn permission_blocks(role: &CustomRole, documents: &[PlanDocument]) -> Vec<String> {
    let documents = documents.iter().filter(|document| document.role == DocumentRole::Permission).enumerate();
    let blocks = documents.flat_map(|(number, document)| {
        let label =
            if number == 0 { "permissions".to_owned() } else { format!("permissions_{}", number + 1) };
        let name = policy_name(role.arn.name().as_str(), number);
        let policy = block(
            &format!("resource \"alicloud_ram_policy\" \"{label}\""),
            &[("policy_name", quoted(&name)), ("policy_document", file(document.name))],
        );
        let attachment = block(
            &format!("resource \"alicloud_ram_role_policy_attachment\" \"{label}\""),
            &[
                ("policy_type", format!("alicloud_ram_policy.{label}.type")),
                ("policy_name", format!("alicloud_ram_policy.{label}.policy_name")),
                ("role_name", role_name(role)),
            ],
        );
        [policy, attachment]
    });
    blocks.collect()
}

fn pass_role_blocks(role: &CustomRole) -> Vec<String> {
    let Some(user) = role.user else { return Vec::new() };
    let name = pass_role_policy_name(role.arn.name().as_str());
    let policy = block(
        "resource \"alicloud_ram_policy\" \"pass_role\"",
        &[("policy_name", quoted(&name)), ("policy_document", file("pass-role-policy.json"))],
    );
    let attachment = block(
        "resource \"alicloud_ram_user_policy_attachment\" \"pass_role\"",
        &[
            ("policy_type", "alicloud_ram_policy.pass_role.type".to_owned()),
            ("policy_name", "alicloud_ram_policy.pass_role.policy_name".to_owned()),
            ("user_name", quoted(user.as_str())),
        ],
    );
    vec![policy, attachment]
}

/// A service that is new; one that runs would have to be imported first.
fn service_block(subject: &Subject, documents: &[PlanDocument]) -> Option<String> {
    let config = documents.iter().find(|document| document.role == DocumentRole::ServiceConfig)?;
    let whole = config.before.is_some() && !subject.is_running();
    let mut arguments = vec![("service_config", file(config.name))];
    if let Some(id) = &subject.answers.workspace_id {
        arguments.insert(0, ("workspace_id", quoted(id)));
    }
    let note = "# The state file keeps the whole service config, its secrets included.\n";
    whole.then(|| format!("{note}{}", block("resource \"alicloud_pai_service\" \"service\"", &arguments)))
}
