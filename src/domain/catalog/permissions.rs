//! What a custom role must be allowed: needs and their actions, what no RAM policy gives, and registries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Sources, Workload};

/// How well a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// A page, policy or source file of Alibaba Cloud says it.
    Official,
    /// Public third-party code or issues show it.
    Observed,
    /// It follows from official facts.
    Inferred,
    /// The sources conflict or are silent.
    Unconfirmed,
}

impl Mark {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// Everything that the file says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permissions {
    /// The documents that the facts come from.
    pub sources: Sources,
    /// Whether mounts and images of a workload are read with its custom role.
    pub mounts: Vec<MountRow>,
    /// The levels of a mount.
    pub mount: MountLevels,
    /// How much one role can hold.
    pub limits: PolicyLimits,
    /// What the flags offer, in the order of the statements.
    #[serde(rename = "service")]
    pub services: Vec<ServiceRow>,
    /// The needs.
    #[serde(rename = "need")]
    pub needs: Vec<NeedRow>,
    /// What no RAM policy gives.
    pub elsewhere: Vec<ElsewhereRow>,
    /// Registries by the host of an image.
    pub registries: Registries,
    /// Why no policy is written for OSS-HDFS.
    pub hdfs: Said,
    /// What system policies allow.
    #[serde(rename = "system_policy")]
    pub system_policies: Vec<SystemActions>,
    /// Names that are not actions.
    pub not_actions: NotActions,
}

impl Permissions {
    /// The row of a service.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&ServiceRow> {
        self.services.iter().find(|row| row.id == id)
    }

    /// The row of a need.
    #[must_use]
    pub fn need(&self, service: &str, level: &str) -> Option<&NeedRow> {
        self.needs.iter().find(|row| row.service == service && row.level == level)
    }

    /// The levels of a service that can be asked for.
    pub fn levels<'s>(&'s self, service: &'s str) -> impl Iterator<Item = &'s NeedRow> {
        self.needs.iter().filter(move |row| row.service == service && !row.optional)
    }

    /// The row of something that no RAM policy gives.
    #[must_use]
    pub fn elsewhere(&self, id: &str) -> Option<&ElsewhereRow> {
        self.elsewhere.iter().find(|row| row.id == id)
    }
}

/// Whether mounts and images of a workload are read with its custom role.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MountRow {
    /// The workload.
    pub workload: Workload,
    /// Whether they are.
    pub with_the_role: bool,
    /// The reason, a sentence without its full stop.
    pub why: String,
    /// Who says so.
    pub source: String,
    /// How well it is known.
    pub mark: Mark,
}

/// The levels of a mount.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MountLevels {
    /// Of one that is read-only.
    pub read: Vec<String>,
    /// Of one that can be written.
    pub write: Vec<String>,
    /// Whether a mount is read-only that does not say so.
    pub read_only: ReadOnlyDefaults,
    /// Who says so.
    pub source: String,
    /// How well it is known.
    pub mark: Mark,
}

/// Whether a mount is read-only that does not say so, by kind.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadOnlyDefaults {
    /// A mount of OSS.
    pub oss: bool,
    /// A mount of a dataset.
    pub dataset: bool,
    /// Who says so.
    pub source: String,
}

/// How much one role can hold.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyLimits {
    /// Custom policies attached to one role.
    pub policies_of_a_role: usize,
    /// Who says so.
    pub source: String,
}

/// How the value of a flag names its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// `oss://BUCKET/PATH`.
    Oss,
    /// An image.
    Image,
    /// The ID or ARN of a KMS key.
    Key,
    /// `PROJECT/LOGSTORE`.
    Logstore,
    /// The ID of a workspace, for the levels that take one.
    Workspace,
    /// The ID of a file system.
    Filesystem,
    /// The name of a project or an instance, without levels.
    Project,
    /// Nothing: the actions take no resource.
    None,
}

/// A flag of `ramrole permission-policy`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceRow {
    /// The flag.
    pub id: String,
    /// The name of the service.
    pub title: String,
    /// What the flag takes.
    pub value_name: String,
    /// What it is for.
    pub help: String,
    /// How its value names its target.
    pub target: TargetKind,
    /// The levels of a value without any.
    #[serde(default)]
    pub default: Vec<String>,
    /// What to do in addition: a row of [`Permissions::elsewhere`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
}

/// What actions do; statements never join two of these, so that no read-only resource gains a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessClass {
    /// They list.
    List,
    /// They read facts about the container of the data.
    Info,
    /// They read data.
    Read,
    /// They change data.
    Write,
    /// They use something without reading or changing it.
    Use,
}

/// A need: one level of a service.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedRow {
    /// The service.
    pub service: String,
    /// The level.
    pub level: String,
    /// What it is for, a verb phrase.
    pub does: String,
    /// Who says so.
    pub source: String,
    /// How well it is known.
    pub mark: Mark,
    /// Left out until it is asked for with `--include`.
    #[serde(default)]
    pub optional: bool,
    /// What it takes.
    pub grants: Vec<GrantRow>,
}

/// Actions on a resource.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRow {
    /// The actions.
    pub actions: Vec<String>,
    /// The resource with `{placeholders}`.
    pub resource: String,
    /// Whether a condition on `oss:Prefix` narrows it.
    #[serde(default)]
    pub prefix: bool,
    /// What the actions do.
    pub class: AccessClass,
    /// Why a `*` is the narrowest, where it is not that the action takes no resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub star: Option<String>,
}

/// What no RAM policy gives.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElsewhereRow {
    /// Its short name.
    pub id: String,
    /// What it is about, with `{name}`.
    pub title: String,
    /// What to do, with `{account}`, `{role}` and `{name}`.
    pub instruction: String,
    /// Who says so.
    pub source: String,
    /// How well it is known.
    pub mark: Mark,
}

/// A sentence with its source.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The sentence.
    pub message: String,
    /// Who says so.
    pub source: String,
}

/// Registries by the host of an image.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registries {
    /// Names of Enterprise Edition instances that belong to the platform.
    pub platform_instances: Vec<String>,
    /// Namespaces of Personal Edition that belong to the platform.
    pub platform_namespaces: Vec<String>,
    /// Registries outside Alibaba Cloud.
    pub public_hosts: Vec<String>,
    /// Of Personal Edition instances with a host of their own.
    pub personal: Said,
    /// Who says so.
    pub source: String,
    /// How well it is known.
    pub mark: Mark,
}

/// What a system policy allows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemActions {
    /// Its name.
    pub name: String,
    /// The actions, on every resource; empty where its text was not read.
    pub actions: Vec<String>,
    /// Actions that it is known not to allow.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// Who says so.
    pub source: String,
    /// How well it is known.
    pub mark: Mark,
}

/// Names that stand in policies and grant nothing.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotActions {
    /// Each with the action that is meant.
    pub names: BTreeMap<String, String>,
    /// Who says so.
    pub source: String,
    /// How well it is known.
    pub mark: Mark,
}
