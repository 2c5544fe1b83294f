//! Whether a policy is one of the system's.

/// `System` or `Custom`, as the API calls it: the system's policies have names that custom ones do not.
#[must_use]
pub fn policy_type(name: &str) -> &'static str {
    let system = name.starts_with("Aliyun") || matches!(name, "AdministratorAccess" | "ReadOnlyAccess");
    if system { "System" } else { "Custom" }
}
