//! The `CredentialConfig` with which DLC, DSW and `DataWorks` take a role; the fields are named as in each API.

use serde_json::{Value as Tree, json};

use super::association::{Association, Refusal};
use super::catalog::{RoleChoice, Workload};
use super::finding::Finding;
use super::{json as documents, rules};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The workload.
    pub workload: Workload,
    /// The role.
    pub association: &'a Association,
    /// For the operation that changes an existing one instead of the one that creates.
    pub update: bool,
    /// The value of `CredentialConfig` alone, as a JSON string.
    pub as_string: bool,
}

/// The part of a request body that carries the role.
#[derive(Debug)]
pub struct CredentialConfig {
    /// The document.
    pub text: String,
    /// The operation that takes it.
    pub operation: &'static str,
    /// What is to be said.
    pub findings: Vec<Finding>,
}

/// The object for the workload's API.
///
/// # Errors
/// For EAS, whose role stands in the service config, and for changes that an API does not offer.
pub fn credential_config(wanted: &Wanted) -> Result<CredentialConfig, Refusal> {
    let body = body(wanted)?;
    let tree = match body.get("CredentialConfig") {
        Some(config) if wanted.as_string => json!(config.to_string()),
        None if wanted.as_string => {
            return Err(Refusal::new(
                "to take a role away, UpdateInstance has DisassociateCredential and no CredentialConfig to put in a \
                 string",
                "leave --as-string out",
            ));
        }
        _ => body,
    };
    let operation = operation(wanted)?;
    Ok(CredentialConfig { text: documents::render(&tree), operation, findings: findings(wanted) })
}

fn operation(wanted: &Wanted) -> Result<&'static str, Refusal> {
    let api = &wanted.workload.sheet().api;
    if !wanted.update {
        return Ok(&api.create.value);
    }
    api.update.as_ref().map(|fact| fact.value.as_str()).ok_or_else(|| {
        Refusal::new(
            "the role of a DLC job cannot be changed: UpdateJob has no CredentialConfig",
            "create the job anew, and leave --update out",
        )
    })
}

/// The body, in the order of the API's own struct.
fn body(wanted: &Wanted) -> Result<Tree, Refusal> {
    let arn = wanted.association.role_arn();
    let roles = arn.map_or_else(|| json!([]), |arn| json!([{ "RoleType": "service", "RoleArn": arn }]));
    let on = *wanted.association != Association::None;
    let item = |kind: &str| json!([{ "Key": "0", "Type": kind, "Roles": roles }]);
    let config = match (wanted.workload, on) {
        (Workload::Eas, _) => return Err(eas()),
        (Workload::Dlc, true) => {
            json!({ "EnableCredentialInject": true, "AliyunEnvRoleKey": "0", "CredentialConfigItems": item("Role") })
        }
        (Workload::Dlc, false) => json!({ "EnableCredentialInject": false }),
        (Workload::Dsw, false) if wanted.update => return Ok(json!({ "DisassociateCredential": true })),
        (Workload::Dsw | Workload::Dataworks, false) => json!({ "Enable": false }),
        (Workload::Dsw, true) => json!({ "Enable": true, "AliyunEnvRoleKey": "0", "Configs": item("Role") }),
        (Workload::Dataworks, true) => {
            let kind = if arn.is_some() { "Role" } else { "RoleChain" };
            json!({ "Enable": true, "AliyunEnvRoleKey": "0", "Configs": item(kind) })
        }
    };
    Ok(json!({ "CredentialConfig": config }))
}

fn eas() -> Refusal {
    Refusal::new(
        "an EAS service has no CredentialConfig: its role stands in the service config",
        "use `ramrole service-config FILE --role …`",
    )
}

fn findings(wanted: &Wanted) -> Vec<Finding> {
    let ids: &[&str] = match wanted.association.choice() {
        RoleChoice::Default => &["default-json", "value-lists"],
        RoleChoice::Custom => &["custom-json", "custom-role", "trust-principal", "value-lists"],
        RoleChoice::None => &[],
    };
    let rows = ids.iter().filter_map(|id| wanted.workload.unconfirmed(id));
    let mut findings: Vec<_> =
        rows.map(|row| Finding::new(&rules::UNCONFIRMED, row.value.as_str())).collect();
    if wanted.workload == Workload::Dsw && wanted.update {
        let message = "a running instance restarts when it changes between a role and no role";
        findings.push(Finding::new(&rules::RESTART, message));
    }
    if wanted.workload == Workload::Dlc && *wanted.association != Association::None {
        let message = "a DLC job keeps the role that it is created with; UpdateJob cannot change it";
        findings.push(Finding::new(&rules::NOT_CHANGEABLE, message));
    }
    findings
}

/// The warning for a workload that others can open although it carries a role.
#[must_use]
pub fn public_with_role(workload: Workload, association: &Association) -> Option<Finding> {
    let thing = &workload.sheet().thing.value;
    let message =
        format!("whoever can open this {thing} can use its role; the documents recommend no role here");
    (*association != Association::None).then(|| Finding::new(&rules::PUBLIC_WITH_ROLE, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_line(workload: Workload, association: &Association, update: bool, as_string: bool) -> String {
        let wanted = Wanted { workload, association, update, as_string };
        let text = credential_config(&wanted).expect("offered").text;
        serde_json::from_str::<Tree>(&text).expect("json").to_string()
    }

    #[test]
    fn each_api_gets_its_own_names() {
        let custom = Association::Custom("acs:ram::1234567890123456:role/r".parse().expect("arn"));
        for (workload, association, update, expected) in [
            (
                Workload::Dlc,
                &Association::Default,
                false,
                r#"{"CredentialConfig":{"EnableCredentialInject":true,"AliyunEnvRoleKey":"0","CredentialConfigItems":[{"Key":"0","Type":"Role","Roles":[]}]}}"#,
            ),
            (
                Workload::Dsw,
                &custom,
                true,
                r#"{"CredentialConfig":{"Enable":true,"AliyunEnvRoleKey":"0","Configs":[{"Key":"0","Type":"Role","Roles":[{"RoleType":"service","RoleArn":"acs:ram::1234567890123456:role/r"}]}]}}"#,
            ),
            (Workload::Dsw, &Association::None, true, r#"{"DisassociateCredential":true}"#),
            (
                Workload::Dlc,
                &Association::None,
                false,
                r#"{"CredentialConfig":{"EnableCredentialInject":false}}"#,
            ),
        ] {
            assert_eq!(one_line(workload, association, update, false), expected);
        }
    }

    #[test]
    fn a_string_holds_the_object() {
        assert_eq!(
            one_line(Workload::Dataworks, &Association::Default, false, true),
            r#""{\"Enable\":true,\"AliyunEnvRoleKey\":\"0\",\"Configs\":[{\"Key\":\"0\",\"Type\":\"RoleChain\",\"Roles\":[]}]}""#
        );
    }

    #[test]
    fn what_an_api_does_not_offer_is_refused() {
        let refused = |workload, update| {
            let wanted = Wanted { workload, association: &Association::Default, update, as_string: false };
            credential_config(&wanted).is_err()
        };
        assert!(refused(Workload::Eas, false));
        assert!(refused(Workload::Dlc, true));
    }
}
