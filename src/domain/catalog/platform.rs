//! What the files say of the platform beside its workloads: roles, service principals, system policies.

use serde::{Deserialize, Serialize};

use super::{Fact, Sources, yes};

/// Roles that the platform creates, and its service principals.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformRoles {
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The roles.
    #[serde(rename = "role")]
    pub roles: Vec<PlatformRole>,
    /// The principals.
    #[serde(rename = "principal")]
    pub principals: Vec<PrincipalRow>,
}

/// A role that the platform creates.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformRole {
    /// Its name in RAM.
    pub name: String,
    /// The product that it belongs to.
    pub product: String,
    /// Whether only its service can change it.
    pub service_linked: bool,
    /// What it is, in a line.
    pub note: String,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// A service principal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrincipalRow {
    /// The principal.
    pub value: String,
    /// What it is for.
    #[serde(rename = "use")]
    pub used_for: String,
    /// Whether a custom role for one of the workloads trusts it.
    pub custom_role: bool,
    /// Whether only service-linked roles trust it.
    #[serde(default)]
    pub service_linked_only: bool,
    /// What people write in front of `.aliyuncs.com` when they mean it.
    #[serde(default)]
    pub mistaken: Vec<String>,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// System policies worth attaching.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemPolicies {
    /// How `MaxCompute` permissions are given, which no RAM policy does.
    pub maxcompute_note: Fact<String>,
    /// How an administrator limits which roles someone can create.
    pub create_role_note: Fact<String>,
    /// The documents that the facts come from.
    pub sources: Sources,
    /// The policies.
    #[serde(rename = "policy")]
    pub policies: Vec<SystemPolicy>,
}

/// A system policy.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemPolicy {
    /// Its name.
    pub name: String,
    /// What it allows: a verb phrase.
    pub allows: String,
    /// What it is for.
    #[serde(rename = "access")]
    pub uses: Vec<PolicyUse>,
    /// What to beware of.
    pub caution: Option<String>,
    /// Who says so.
    pub source: String,
    /// Whether the platform's own documents say it.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// What a system policy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyUse {
    /// Code that uses OSS.
    Oss,
    /// Code that uses `MaxCompute`.
    Maxcompute,
    /// Code that uses DLC.
    Dlc,
    /// OSS mounts, which a service reads as its role.
    MountOss,
    /// NAS mounts, which a service reads as its role.
    MountNas,
    /// Images, which a service pulls as its role.
    Image,
}

/// Whether only service-linked roles trust this service.
#[must_use]
pub fn is_service_linked_only(service: &str) -> bool {
    super::platform_roles().principals.iter().any(|row| row.service_linked_only && row.value == service)
}
