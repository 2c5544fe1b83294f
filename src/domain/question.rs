//! The questions: one row each, from which come the wizard's page, the flag, the key in an answers file and
//! the line of help. A new question is a new row.

use std::str::FromStr;

use super::answers::{Answers, Creator, RoleOrigin};
use super::catalog::{self, Network, RoleChoice, Workload};
use super::code::{Access, default_network};
use super::values::{Invalid, RoleRef};

/// How a question is answered.
#[derive(Clone, Copy)]
pub enum Kind {
    /// One of these.
    Choice(fn(&Answers) -> Vec<Choice>),
    /// Several of these, or others by name; in text separated by commas.
    Several(fn(&Answers) -> Vec<Choice>),
    /// A text, with an example.
    Text(&'static str),
    /// A document, by path.
    Document,
}

/// One choice: what it is called and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value in text.
    pub value: String,
    /// Its title.
    pub title: String,
    /// What it gives and costs.
    pub help: String,
    /// Whether it is the one to start with.
    pub recommended: bool,
}

impl Choice {
    fn new(value: impl Into<String>, title: impl Into<String>, help: impl Into<String>) -> Self {
        Self { value: value.into(), title: title.into(), help: help.into(), recommended: false }
    }

    fn recommended_if(mut self, recommended: bool) -> Self {
        self.recommended = recommended;
        self
    }
}

/// Whether a plan can do without the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It cannot.
    Required,
    /// It can.
    Optional,
}

/// Why a question is not asked.
pub type NotAsked = &'static str;

/// One row.
pub struct Question {
    /// The key in an answers file; with `-` for `_` the flag.
    pub key: &'static str,
    /// Another name of the flag.
    pub alias: Option<&'static str>,
    /// The name of the value in help.
    pub value_name: &'static str,
    /// The question, as a question.
    pub title: &'static str,
    /// One or two sentences of help.
    pub help: &'static str,
    /// How it is answered.
    pub kind: Kind,
    /// Whether a plan can do without it.
    pub need: Need,
    /// Whether it is asked, given the answers so far.
    pub asked: fn(&Answers) -> Result<(), NotAsked>,
    /// The answer as text.
    pub get: fn(&Answers) -> Option<String>,
    /// The only place where text becomes a checked answer.
    pub set: fn(&mut Answers, &str) -> Result<(), Invalid>,
    /// Forgets the answer.
    pub clear: fn(&mut Answers),
}

impl Question {
    /// The flag without its dashes.
    #[must_use]
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// Whether the question takes more than one value.
    #[must_use]
    pub fn takes_several(&self) -> bool {
        matches!(self.kind, Kind::Several(_))
    }
}

/// The question with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Question> {
    ALL.iter().find(|question| question.key == key)
}

fn put<T>(answer: &mut Option<T>, value: Result<T, Invalid>) -> Result<(), Invalid> {
    *answer = Some(value?);
    Ok(())
}

fn parsed<T: FromStr<Err = Invalid>>(text: &str) -> Result<T, Invalid> {
    text.parse()
}

/// Texts that have no rule of their own: one line, not empty, not endless.
fn line(text: &str) -> Result<String, Invalid> {
    let refuse = |why: &str| Err(Invalid::new("an answer", text, why));
    match text {
        "" => refuse("it is empty"),
        _ if text.chars().count() > 1024 => refuse("it has more than 1024 characters"),
        _ if text.contains('\0') => refuse("it holds a NUL character"),
        _ => Ok(text.to_owned()),
    }
}

/// An OSS bucket: 3–63 lower-case letters, digits, `-`, none at the ends (OSS documentation, bucket naming).
fn bucket(text: &str) -> Result<String, Invalid> {
    let name = text.strip_prefix("oss://").unwrap_or(text).trim_end_matches('/');
    let allowed = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if allowed && (3..=63).contains(&name.len()) && !name.starts_with('-') && !name.ends_with('-') {
        Ok(name.to_owned())
    } else {
        Err(Invalid::new("an OSS bucket", text, "a bucket has 3 to 63 lower-case letters, digits and `-`"))
    }
}

fn yes_or_no(text: &str) -> Result<bool, Invalid> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "y" => Ok(true),
        "no" | "false" | "n" => Ok(false),
        _ => Err(Invalid::new("an answer", text, "use yes or no")),
    }
}

fn list<T: FromStr<Err = Invalid>>(text: &str) -> Result<Vec<T>, Invalid> {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(str::parse).collect()
}

fn joined<T: ToString>(list: Option<&Vec<T>>) -> Option<String> {
    list.map(|list| list.iter().map(T::to_string).collect::<Vec<_>>().join(","))
}

fn word(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

#[expect(clippy::unnecessary_wraps, reason = "it stands where other questions can be refused")]
fn always(_: &Answers) -> Result<(), NotAsked> {
    Ok(())
}

fn when(asked: bool, otherwise: NotAsked) -> Result<(), NotAsked> {
    if asked { Ok(()) } else { Err(otherwise) }
}

fn is(answers: &Answers, workloads: &[Workload]) -> bool {
    answers.workload.is_some_and(|workload| workloads.contains(&workload))
}

fn is_custom(answers: &Answers) -> Result<(), NotAsked> {
    when(answers.role == Some(RoleChoice::Custom), "it belongs to a custom role (--role custom)")
}

fn workloads(_: &Answers) -> Vec<Choice> {
    let choice = |workload: Workload| {
        let sheet = workload.sheet();
        let reaches: Vec<_> = sheet.limits.iter().take(1).map(|limit| limit.value.as_str()).collect();
        Choice::new(workload.id(), sheet.title.value.as_str(), reaches.join(" "))
    };
    Workload::ALL.into_iter().map(choice).collect()
}

fn roles(answers: &Answers) -> Vec<Choice> {
    let rows = answers.workload.map(|workload| workload.sheet().roles.as_slice()).unwrap_or_default();
    let public = answers.public == Some(true);
    let choice = |row: &catalog::RoleOption| {
        let recommended = if public { row.choice == RoleChoice::None } else { row.recommended };
        let help = format!("{} {}", row.gives, row.costs);
        Choice::new(row.choice.word(), row.title.as_str(), help).recommended_if(recommended)
    };
    rows.iter().map(choice).collect()
}

fn set_role(answers: &mut Answers, text: &str) -> Result<(), Invalid> {
    let role: RoleChoice = text.parse()?;
    match answers.workload {
        Some(workload) if !workload.offers(role) => {
            let title = &workload.sheet().title.value;
            Err(Invalid::new(
                "a choice of role here",
                text,
                format!("the documents of a {title} offer none of that kind"),
            ))
        }
        _ => {
            answers.role = Some(role);
            Ok(())
        }
    }
}

fn yes_no(_: &Answers) -> Vec<Choice> {
    vec![Choice::new("no", "No", ""), Choice::new("yes", "Yes", "")]
}

fn origins(_: &Answers) -> Vec<Choice> {
    vec![
        Choice::new("new", "A new role", "Created with a trust policy for this workload and nothing else."),
        Choice::new(
            "existing",
            "A role that exists",
            "Its trust policy gains one line; what it trusts today stays.",
        ),
    ]
}

fn creators(_: &Answers) -> Vec<Choice> {
    vec![
        Choice::new("user", "A RAM user", "Needs a policy that allows passing this role; you get it here."),
        Choice::new("owner", "The owner of the account", "May pass every role; nothing to attach."),
    ]
}

fn policies(answers: &Answers) -> Vec<Choice> {
    let rows = &catalog::system_policies().policies;
    let serves = |row: &&catalog::SystemPolicy| {
        let relevant = |access: &String| match access.as_str() {
            "oss" | "maxcompute" => true,
            "dlc" => !is(answers, &[Workload::Eas]),
            _ => is(answers, &[Workload::Eas]),
        };
        row.access.iter().any(relevant)
    };
    let choice = |row: &catalog::SystemPolicy| {
        let caution = row.caution.as_deref().unwrap_or_default();
        Choice::new(row.name.as_str(), row.name.as_str(), format!("To {}. {caution}", row.allows))
    };
    rows.iter().filter(serves).map(choice).collect()
}

fn accesses(_: &Answers) -> Vec<Choice> {
    vec![
        Choice::new("oss", "OSS", "Objects of a bucket."),
        Choice::new("maxcompute", "MaxCompute", "Tables of a project."),
        Choice::new("dlc", "DLC", "Training jobs of a PAI workspace."),
        Choice::new("credential", "Only the credential", "To look at it, or to hand it to another program."),
    ]
}

fn networks(answers: &Answers) -> Vec<Choice> {
    let recommended = answers.workload.map(default_network);
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
        value_name: "WORKLOAD",
        title: "What should carry the role?",
        help: "Code inside it then gets short-lived credentials of that role; no AccessKey is needed.",
        kind: Kind::Choice(workloads),
        need: Need::Required,
        asked: always,
        get: |a| a.workload.map(|workload| workload.id().to_owned()),
        set: |a, text| put(&mut a.workload, parsed(text)),
        clear: |a| a.workload = None,
    },
    Question {
        key: "region",
        alias: None,
        value_name: "REGION",
        title: "In which region does it run?",
        help: "The region decides the endpoints in commands and code.",
        kind: Kind::Text("cn-hangzhou"),
        need: Need::Required,
        asked: always,
        get: |a| a.region.as_ref().map(ToString::to_string),
        set: |a, text| put(&mut a.region, parsed(text)),
        clear: |a| a.region = None,
    },
    Question {
        key: "service_config",
        alias: None,
        value_name: "FILE",
        title: "Where is the service config?",
        help: "The JSON with which the service is deployed; only the keys of the role will change in it.",
        kind: Kind::Document,
        need: Need::Optional,
        asked: |a| when(is(a, &[Workload::Eas]), "only an EAS service has a service config"),
        get: |a| a.service_config.clone(),
        set: |a, text| put(&mut a.service_config, line(text)),
        clear: |a| a.service_config = None,
    },
    Question {
        key: "running",
        alias: None,
        value_name: "yes|no",
        title: "Is it running already?",
        help: "What exists gets the role by a change, which can restart it.",
        kind: Kind::Choice(yes_no),
        need: Need::Optional,
        asked: |a| when(!is(a, &[Workload::Dlc]), "the role of a DLC job is chosen when the job is created"),
        get: |a| a.running.map(word),
        set: |a, text| put(&mut a.running, yes_or_no(text)),
        clear: |a| a.running = None,
    },
    Question {
        key: "public",
        alias: None,
        value_name: "yes|no",
        title: "Is it publicly visible in the workspace?",
        help: "Whoever can open it can use its role.",
        kind: Kind::Choice(yes_no),
        need: Need::Optional,
        asked: |a| {
            when(
                is(a, &[Workload::Dsw, Workload::Dataworks]),
                "only DSW instances and DataWorks environments are opened by others",
            )
        },
        get: |a| a.public.map(word),
        set: |a, text| put(&mut a.public, yes_or_no(text)),
        clear: |a| a.public = None,
    },
    Question {
        key: "role",
        alias: None,
        value_name: "default|custom|none",
        title: "Which role should it carry?",
        help: "One role at most. The default role needs nothing; a custom role has exactly what you grant.",
        kind: Kind::Choice(roles),
        need: Need::Required,
        asked: always,
        get: |a| a.role.map(|role| role.word().to_owned()),
        set: set_role,
        clear: |a| a.role = None,
    },
    Question {
        key: "role_origin",
        alias: None,
        value_name: "new|existing",
        title: "Does the role exist already?",
        help: "A new role is created; an existing one is taught to trust one more service.",
        kind: Kind::Choice(origins),
        need: Need::Required,
        asked: is_custom,
        get: |a| a.role_origin.map(|origin| origin.word().to_owned()),
        set: |a, text| put(&mut a.role_origin, parsed(text)),
        clear: |a| a.role_origin = None,
    },
    Question {
        key: "role_name",
        alias: Some("role-arn"),
        value_name: "NAME|ARN",
        title: "What is the role called?",
        help: "Its name, or its whole ARN.",
        kind: Kind::Text("my-role"),
        need: Need::Required,
        asked: is_custom,
        get: |a| a.role_name.as_ref().map(ToString::to_string),
        set: |a, text| put(&mut a.role_name, parsed(text)),
        clear: |a| a.role_name = None,
    },
    Question {
        key: "account",
        alias: None,
        value_name: "ID",
        title: "Which account owns the role?",
        help: "The account ID, from the picture at the top right of the console; it goes into the role's ARN.",
        kind: Kind::Text("1234567890123456"),
        need: Need::Required,
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
        title: "What is the role's present trust policy?",
        help: "RAM console > Identities > Roles > the role > Trust Policy. It gains one line and loses none.",
        kind: Kind::Document,
        need: Need::Optional,
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
        title: "What may the role do?",
        help: "Policies to attach to the role, of the system or your own.",
        kind: Kind::Several(policies),
        need: Need::Optional,
        asked: is_custom,
        get: |a| joined(a.policies.as_ref()),
        set: |a, text| put(&mut a.policies, list(text)),
        clear: |a| a.policies = None,
    },
    Question {
        key: "creator",
        alias: None,
        value_name: "owner|user",
        title: "Who creates it?",
        help: "A RAM user must be allowed to pass the role; the owner of the account may pass any.",
        kind: Kind::Choice(creators),
        need: Need::Required,
        asked: is_custom,
        get: |a| a.creator.map(|creator| creator.word().to_owned()),
        set: |a, text| put(&mut a.creator, parsed(text)),
        clear: |a| a.creator = None,
    },
    Question {
        key: "user",
        alias: None,
        value_name: "USER",
        title: "Which RAM user?",
        help: "The name in front of the @ of the logon name.",
        kind: Kind::Text("alice"),
        need: Need::Required,
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
        title: "What does the code use?",
        help: "You get code for it that runs as it is.",
        kind: Kind::Several(accesses),
        need: Need::Optional,
        asked: |a| when(a.role != Some(RoleChoice::None), "without a role the code gets no credential"),
        get: |a| joined(a.access.as_ref()),
        set: |a, text| put(&mut a.access, list(text)),
        clear: |a| a.access = None,
    },
    Question {
        key: "bucket",
        alias: None,
        value_name: "BUCKET",
        title: "Which OSS bucket?",
        help: "With the default role it must be the default bucket of the workspace.",
        kind: Kind::Text("my-bucket"),
        need: Need::Optional,
        asked: |a| when(a.accesses(Access::Oss), "the code does not use OSS (--access oss)"),
        get: |a| a.bucket.clone(),
        set: |a, text| put(&mut a.bucket, bucket(text)),
        clear: |a| a.bucket = None,
    },
    Question {
        key: "endpoint",
        alias: Some("network"),
        value_name: "internal|public",
        title: "Which endpoints should the code use?",
        help: "EAS has no public network by default.",
        kind: Kind::Choice(networks),
        need: Need::Optional,
        asked: uses_endpoints,
        get: |a| a.endpoint.map(|network| network.word().to_owned()),
        set: |a, text| put(&mut a.endpoint, parsed(text)),
        clear: |a| a.endpoint = None,
    },
    Question {
        key: "project",
        alias: None,
        value_name: "PROJECT",
        title: "Which MaxCompute project?",
        help: "Its owner grants the role access inside the project.",
        kind: Kind::Text("my_project"),
        need: Need::Optional,
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
        title: "Which PAI workspace?",
        help: "Its ID; a service with the default role needs it in its config, and DLC jobs are listed by it.",
        kind: Kind::Text("12345"),
        need: Need::Optional,
        asked: |a| {
            let in_config = is(a, &[Workload::Eas]) && a.role != Some(RoleChoice::None);
            when(in_config || a.accesses(Access::Dlc), "neither the service config nor the code needs it")
        },
        get: |a| a.workspace_id.clone(),
        set: |a, text| put(&mut a.workspace_id, line(text)),
        clear: |a| a.workspace_id = None,
    },
];
