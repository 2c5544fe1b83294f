//! The table of questions, and when each is asked.

use super::choices::{accesses, creators, networks, origins, policies, roles, workloads, yes_no};
use super::text::{bucket, joined, line, list, parsed, put, set_role, word, yes_or_no};
use super::{Bearing, Kind, Need, NotAsked, Question};
use crate::domain::answers::{Answers, Creator, RoleOrigin};
use crate::domain::catalog::{Access, RoleChoice, Workload};
use crate::domain::values::RoleRef;

#[expect(clippy::unnecessary_wraps, reason = "it stands where other questions can be refused")]
fn always(_: &Answers) -> Result<(), NotAsked> {
    Ok(())
}

fn when(asked: bool, otherwise: NotAsked) -> Result<(), NotAsked> {
    if asked { Ok(()) } else { Err(otherwise) }
}

fn is_custom(answers: &Answers) -> Result<(), NotAsked> {
    when(answers.role == Some(RoleChoice::Custom), "it belongs to a custom role (--role custom)")
}

/// Whether this holds for the workload.
fn is(answers: &Answers, holds: fn(Workload) -> bool) -> bool {
    answers.workload.is_some_and(holds)
}

fn uses_endpoints(answers: &Answers) -> Result<(), NotAsked> {
    let uses =
        [Access::Oss, Access::Maxcompute, Access::Dlc].into_iter().any(|access| answers.accesses(access));
    when(uses, "the code uses no service (--access)")
}

/// Every question, in the order in which the wizard asks.
pub static ALL: &[Question] = &[
    Question {
        key: "workload",
        alias: None,
        value_name: Workload::WORDS,
        label: "Workload",
        title: "What should carry the role?",
        help: "Code inside it then gets short-lived credentials of that role; no AccessKey is needed.",
        kind: Kind::Choice(workloads),
        need: Need::Required,
        bearing: Bearing::Config,
        asked: always,
        get: |a| a.workload.map(|workload| workload.id().to_owned()),
        set: |a, text| put(&mut a.workload, parsed(text)),
        clear: |a| a.workload = None,
    },
    Question {
        key: "region",
        alias: None,
        value_name: "REGION",
        label: "Region",
        title: "In which region does it run?",
        help: "The region decides the endpoints in commands and code.",
        kind: Kind::Text("cn-hangzhou"),
        need: Need::Required,
        bearing: Bearing::Code,
        asked: always,
        get: |a| a.region.as_ref().map(ToString::to_string),
        set: |a, text| put(&mut a.region, parsed(text)),
        clear: |a| a.region = None,
    },
    Question {
        key: "service_config",
        alias: None,
        value_name: "FILE",
        label: "Config",
        title: "Where is the service config?",
        help: "The JSON with which the service is deployed; only the keys of the role will change in it.",
        kind: Kind::Document,
        need: Need::Optional,
        bearing: Bearing::Config,
        asked: |a| when(is(a, Workload::has_service_config), "this workload has no service config"),
        get: |a| a.service_config.clone(),
        set: |a, text| put(&mut a.service_config, line(text)),
        clear: |a| a.service_config = None,
    },
    Question {
        key: "running",
        alias: None,
        value_name: "yes|no",
        label: "Running",
        title: "Is it running already?",
        help: "What exists gets the role by a change, which can restart it.",
        kind: Kind::Choice(yes_no),
        need: Need::Optional,
        bearing: Bearing::Config,
        asked: |a| {
            when(
                a.workload.is_none_or(Workload::can_change_role),
                "the role of this workload is set when it is created",
            )
        },
        get: |a| a.running.map(word),
        set: |a, text| put(&mut a.running, yes_or_no(text)),
        clear: |a| a.running = None,
    },
    Question {
        key: "public",
        alias: None,
        value_name: "yes|no",
        label: "Visibility",
        title: "Is it publicly visible in the workspace?",
        help: "Whoever can open it can use its role.",
        kind: Kind::Choice(yes_no),
        need: Need::Optional,
        bearing: Bearing::Config,
        asked: |a| when(is(a, Workload::can_be_public), "others in the workspace cannot open this workload"),
        get: |a| a.public.map(word),
        set: |a, text| put(&mut a.public, yes_or_no(text)),
        clear: |a| a.public = None,
    },
    Question {
        key: "role",
        alias: None,
        value_name: "default|custom|none",
        label: "Role",
        title: "Which role should it carry?",
        help: "One role at most. The default role needs nothing; a custom role has exactly what you grant.",
        kind: Kind::Choice(roles),
        need: Need::Required,
        bearing: Bearing::Config,
        asked: always,
        get: |a| a.role.map(|role| role.word().to_owned()),
        set: set_role,
        clear: |a| a.role = None,
    },
    Question {
        key: "role_origin",
        alias: None,
        value_name: "new|existing",
        label: "Origin",
        title: "Does the role exist already?",
        help: "A new role is created; an existing one is taught to trust one more service.",
        kind: Kind::Choice(origins),
        need: Need::Required,
        bearing: Bearing::TrustPolicy,
        asked: is_custom,
        get: |a| a.role_origin.map(|origin| origin.word().to_owned()),
        set: |a, text| put(&mut a.role_origin, parsed(text)),
        clear: |a| a.role_origin = None,
    },
    Question {
        key: "role_name",
        alias: Some("role-arn"),
        value_name: "NAME|ARN",
        label: "Role name",
        title: "What is the role called?",
        help: "Its name, or its whole ARN.",
        kind: Kind::Text("my-role"),
        need: Need::Required,
        bearing: Bearing::Config,
        asked: is_custom,
        get: |a| a.role_name.as_ref().map(ToString::to_string),
        set: |a, text| put(&mut a.role_name, parsed(text)),
        clear: |a| a.role_name = None,
    },
    Question {
        key: "account",
        alias: None,
        value_name: "ID",
        label: "Account",
        title: "Which account owns the role?",
        help: "The account ID, from the picture at the top right of the console; it goes into the role's ARN.",
        kind: Kind::Text("1234567890123456"),
        need: Need::Required,
        bearing: Bearing::Config,
        asked: |a| {
            is_custom(a)?;
            when(!matches!(a.role_name, Some(RoleRef::Arn(_))), "the role's ARN names the account already")
        },
        get: |a| a.account.as_ref().map(ToString::to_string),
        set: |a, text| put(&mut a.account, parsed(text)),
        clear: |a| a.account = None,
    },
    Question {
        key: "trust_policy",
        alias: None,
        value_name: "FILE",
        label: "Trust policy",
        title: "What is the role's present trust policy?",
        help: "RAM console > Identities > Roles > the role > Trust Policy. It gains one line and loses none.",
        kind: Kind::Document,
        need: Need::Optional,
        bearing: Bearing::TrustPolicy,
        asked: |a| {
            is_custom(a)?;
            when(a.role_origin == Some(RoleOrigin::Existing), "a new role has no trust policy yet")
        },
        get: |a| a.trust_policy.clone(),
        set: |a, text| put(&mut a.trust_policy, line(text)),
        clear: |a| a.trust_policy = None,
    },
    Question {
        key: "policies",
        alias: None,
        value_name: "POLICY,…",
        label: "Permissions",
        title: "What may the role do?",
        help: "Policies to attach to the role, of the system or your own.",
        kind: Kind::Several(policies),
        need: Need::Optional,
        bearing: Bearing::Commands,
        asked: is_custom,
        get: |a| joined(a.policies.as_ref()),
        set: |a, text| put(&mut a.policies, list(text)),
        clear: |a| a.policies = None,
    },
    Question {
        key: "creator",
        alias: None,
        value_name: "owner|user",
        label: "Creator",
        title: "Who creates it?",
        help: "A RAM user must be allowed to pass the role; the owner of the account may pass any.",
        kind: Kind::Choice(creators),
        need: Need::Required,
        bearing: Bearing::PassRole,
        asked: is_custom,
        get: |a| a.creator.map(|creator| creator.word().to_owned()),
        set: |a, text| put(&mut a.creator, parsed(text)),
        clear: |a| a.creator = None,
    },
    Question {
        key: "user",
        alias: None,
        value_name: "USER",
        label: "RAM user",
        title: "Which RAM user?",
        help: "The name in front of the @ of the logon name.",
        kind: Kind::Text("alice"),
        need: Need::Required,
        bearing: Bearing::PassRole,
        asked: |a| {
            is_custom(a)?;
            when(
                a.creator == Some(Creator::User),
                "the owner of the account needs no policy (--creator user)",
            )
        },
        get: |a| a.user.as_ref().map(ToString::to_string),
        set: |a, text| put(&mut a.user, parsed(text)),
        clear: |a| a.user = None,
    },
    Question {
        key: "access",
        alias: None,
        value_name: "oss|maxcompute|dlc|credential,…",
        label: "Code",
        title: "What does the code use?",
        help: "You get code for it that runs as it is.",
        kind: Kind::Several(accesses),
        need: Need::Optional,
        bearing: Bearing::Code,
        asked: |a| when(a.role != Some(RoleChoice::None), "without a role the code gets no credential"),
        get: |a| joined(a.access.as_ref()),
        set: |a, text| put(&mut a.access, list(text)),
        clear: |a| a.access = None,
    },
    Question {
        key: "bucket",
        alias: None,
        value_name: "BUCKET",
        label: "Bucket",
        title: "Which OSS bucket?",
        help: "With the default role it must be the default bucket of the workspace.",
        kind: Kind::Text("my-bucket"),
        need: Need::Optional,
        bearing: Bearing::Code,
        asked: |a| when(a.accesses(Access::Oss), "the code does not use OSS (--access oss)"),
        get: |a| a.bucket.clone(),
        set: |a, text| put(&mut a.bucket, bucket(text)),
        clear: |a| a.bucket = None,
    },
    Question {
        key: "endpoint",
        alias: Some("network"),
        value_name: "internal|public",
        label: "Endpoints",
        title: "Which endpoints should the code use?",
        help: "EAS has no public network by default.",
        kind: Kind::Choice(networks),
        need: Need::Optional,
        bearing: Bearing::Code,
        asked: uses_endpoints,
        get: |a| a.endpoint.map(|network| network.word().to_owned()),
        set: |a, text| put(&mut a.endpoint, parsed(text)),
        clear: |a| a.endpoint = None,
    },
    Question {
        key: "project",
        alias: None,
        value_name: "PROJECT",
        label: "Project",
        title: "Which MaxCompute project?",
        help: "Its owner grants the role access inside the project.",
        kind: Kind::Text("my_project"),
        need: Need::Optional,
        bearing: Bearing::Code,
        asked: |a| {
            when(a.accesses(Access::Maxcompute), "the code does not use MaxCompute (--access maxcompute)")
        },
        get: |a| a.project.clone(),
        set: |a, text| put(&mut a.project, line(text)),
        clear: |a| a.project = None,
    },
    Question {
        key: "workspace_id",
        alias: None,
        value_name: "ID",
        label: "Workspace",
        title: "Which PAI workspace?",
        help: "Its ID; a service with the default role needs it in its config, and DLC jobs are listed by it.",
        kind: Kind::Text("12345"),
        need: Need::Optional,
        bearing: Bearing::Config,
        asked: |a| {
            let in_config = is(a, Workload::has_service_config) && a.role != Some(RoleChoice::None);
            when(in_config || a.accesses(Access::Dlc), "neither the service config nor the code needs it")
        },
        get: |a| a.workspace_id.clone(),
        set: |a, text| put(&mut a.workspace_id, line(text)),
        clear: |a| a.workspace_id = None,
    },
];
