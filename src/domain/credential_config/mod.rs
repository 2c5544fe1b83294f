//! The `CredentialConfig` with which most APIs take a role; the fields are named as in each API.

mod associate;
mod refusal;

use serde_json::{Value as Tree, json};

use super::association::{Association, Refusal};
use super::catalog::{Carrier, Change, Workload};
use super::finding::Finding;
use super::{json as documents, rules};

pub use associate::associate;

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
/// For a workload whose role is in the service config, and for changes that an API does not offer.
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
    let sheet = wanted.workload.sheet();
    if !wanted.update {
        return Ok(&sheet.api.create.value);
    }
    match &sheet.api.change {
        Change::Update(update) => Ok(&update.operation.value),
        Change::Fixed(why) => Err(Refusal::new(
            format!("the role of a {} cannot be changed: {}", sheet.title.value, why.value),
            format!("create the {} again, and leave --update out", sheet.thing.value),
        )),
    }
}

/// The body, in the order of the API's own struct.
fn body(wanted: &Wanted) -> Result<Tree, Refusal> {
    let api = &wanted.workload.sheet().api;
    let (Carrier::CredentialConfig(fields), Some(names)) = (&api.carrier, wanted.workload.spelling()) else {
        return Err(in_service_config(wanted.workload));
    };
    let (switch, items) = (names.switch.value.as_str(), names.items.value.as_str());
    if *wanted.association == Association::None {
        let remove = fields.remove.as_ref().filter(|_| wanted.update);
        return Ok(match remove {
            Some(field) => object([(field.value.as_str(), json!(true))]),
            None => json!({ "CredentialConfig": object([(switch, json!(false))]) }),
        });
    }
    let kind = if wanted.association.role_arn().is_some() { "Role" } else { &fields.default_type.value };
    let entries = json!([entry("0", kind, wanted.association)]);
    let config = object([(switch, json!(true)), ("AliyunEnvRoleKey", json!("0")), (items, entries)]);
    Ok(json!({ "CredentialConfig": config }))
}

/// The entry for a role.
fn entry(key: &str, kind: &str, association: &Association) -> Tree {
    json!({ "Key": key, "Type": kind, "Roles": roles(association) })
}

/// The roles of an entry; the default role has none.
fn roles(association: &Association) -> Tree {
    match association.role_arn() {
        Some(arn) => json!([{ "RoleType": "service", "RoleArn": arn }]),
        None => json!([]),
    }
}

fn object<const N: usize>(members: [(&str, Tree); N]) -> Tree {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn in_service_config(workload: Workload) -> Refusal {
    let title = &workload.sheet().title.value;
    Refusal::new(
        format!("the {title} has no CredentialConfig: its role is in the service config"),
        "use `ramrole service-config FILE --role …`",
    )
}

fn findings(wanted: &Wanted) -> Vec<Finding> {
    let sheet = wanted.workload.sheet();
    let choice = wanted.association.choice();
    let rows = sheet.unconfirmed.iter().filter(|row| row.roles.contains(&choice));
    let mut findings: Vec<_> =
        rows.map(|row| Finding::new(&rules::UNCONFIRMED, row.value.as_str())).collect();
    match &sheet.api.change {
        Change::Update(update) => {
            let restart = update.restart.as_ref().filter(|_| wanted.update);
            findings.extend(restart.map(|fact| Finding::new(&rules::RESTART, fact.value.as_str())));
        }
        Change::Fixed(why) if *wanted.association != Association::None => {
            let message =
                format!("a {} keeps the role that it is created with: {}", sheet.title.value, why.value);
            findings.push(Finding::new(&rules::NOT_CHANGEABLE, message));
        }
        Change::Fixed(_) => {}
    }
    findings
}

/// The warning for a workload that others can open although it carries a role.
#[must_use]
pub fn public_with_role(workload: Workload, association: &Association) -> Option<Finding> {
    let thing = &workload.sheet().thing.value;
    let message = format!("whoever can open this {thing} can use its role");
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
