//! Request bodies that are edited: the role is set, and nothing else changes.

use proptest::prelude::*;
use proptest::sample::select;
use ramrole::domain::association::Association;
use ramrole::domain::catalog::{Change, Workload};
use ramrole::domain::check::{DocumentKind, check};
use ramrole::domain::credential_config::{Wanted, associate};
use ramrole::domain::finding::Severity;
use serde_json::{Value, json};

use crate::layout::{Tree, layouts, read, unquoted};

const ARN: &str = "acs:ram::1234567890123456:role/rank";

/// A `CredentialConfig` that is there already, in the names of one API or with something wrong in it.
fn configs() -> impl Strategy<Value = Value> {
    let role =
        json!({ "RoleType": "service", "RoleArn": "acs:ram::1234567890123456:role/old", "Policy": "{}" });
    let roles = vec![json!([]), json!([role]), json!([role, role]), json!(["old"]), json!(null)];
    let names = vec![("EnableCredentialInject", "CredentialConfigItems"), ("Enable", "Configs")];
    let switches = vec![json!(true), json!(false), json!("true"), json!(null)];
    (select(roles), select(names), select(switches), any::<[bool; 4]>()).prop_map(
        |(roles, (switch, items), on, [has_key, has_type, has_env, has_switch])| {
            let mut entry = json!({ "Roles": roles });
            if has_key {
                entry["Key"] = json!("train");
            }
            if has_type {
                entry["Type"] = json!("RoleChain");
            }
            let mut config = json!({ items: [entry] });
            if has_env {
                config["AliyunEnvRoleKey"] = json!("7");
            }
            if has_switch {
                config[switch] = on;
            }
            config
        },
    )
}

fn bodies() -> impl Strategy<Value = (Workload, Value)> {
    let own = vec![
        (
            Workload::Dlc,
            json!({ "DisplayName": "r\u{e9}", "JobSpecs": [{ "PodCount": 1 }], "Envs": { "a": "1" } }),
        ),
        (Workload::Dsw, json!({ "InstanceName": "r", "EcsSpec": "ecs.c6", "Labels": [{ "Key": "a" }] })),
        (Workload::TrainingJob, json!({ "TrainingJobName": "r", "RoleArn": ARN, "HyperParameters": [] })),
        (Workload::Dataworks, json!({ "ProjectId": 1, "InstanceName": "r" })),
    ];
    let shapes = select(vec!["missing", "null", "object", "string", "list"]);
    (select(own), shapes, configs(), any::<bool>()).prop_map(
        |((workload, mut body), shape, config, removed)| {
            match shape {
                "null" => body["CredentialConfig"] = Value::Null,
                "object" => body["CredentialConfig"] = config,
                "string" => body["CredentialConfig"] = json!(config.to_string()),
                "list" => body["CredentialConfig"] = json!([config]),
                _ => {}
            }
            if removed && workload == Workload::Dsw {
                body["DisassociateCredential"] = json!(false);
            }
            (workload, body)
        },
    )
}

/// The members that are not about the role, in their order.
fn others(tree: &Tree) -> Vec<(String, Tree)> {
    let Tree::Object(members) = tree else { panic!("an object") };
    let own = ["CredentialConfig", "DisassociateCredential"];
    members.iter().filter(|(name, _)| !own.contains(&unquoted(name).as_str())).cloned().collect()
}

fn associations() -> [Association; 3] {
    [Association::Default, Association::Custom(ARN.parse().expect("an ARN")), Association::None]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_association_of_a_body_changes_its_fields_alone((workload, body) in bodies(), layout in layouts()) {
        let before = layout.write(&Tree::from(body));
        let was = read(&before);
        for association in &associations() {
            for update in [false, true] {
                if update && matches!(workload.sheet().api.change, Change::Fixed(_)) {
                    continue;
                }
                let wanted = Wanted { workload, association, update, as_string: false };
                let edit = associate(&before, &wanted).expect("a body");
                let is = read(&edit.after);
                prop_assert_eq!(others(&is.tree), others(&was.tree), "{}\n{}", before, edit.after);
                prop_assert_eq!(&associate(&edit.after, &wanted).expect("again").after, &edit.after, "{}", before);
                prop_assert_eq!(edit.after.ends_with('\n'), before.ends_with('\n'));
                let found = check(&edit.after, Some(DocumentKind::RequestBody)).findings;
                let errors: Vec<_> = found.iter().filter(|it| it.rule.severity == Severity::Error).collect();
                // Without a role only the switch changes.
                let is_sound = errors.is_empty() || *association == Association::None;
                prop_assert!(is_sound, "{:?}\n{}", errors, edit.after);
                check_role(&is.meaning(), association)?;
            }
        }
    }
}

/// The one role of the result, wherever the API has it.
fn check_role(body: &Value, association: &Association) -> Result<(), TestCaseError> {
    let config = match &body["CredentialConfig"] {
        Value::String(text) => serde_json::from_str(text).expect("JSON in the string"),
        config => config.clone(),
    };
    let on =
        ["EnableCredentialInject", "Enable"].iter().find_map(|name| config.get(*name)) == Some(&json!(true));
    prop_assert_eq!(on, *association != Association::None, "{}", body);
    if on {
        let items = config.get("CredentialConfigItems").or_else(|| config.get("Configs"));
        let entry = items.and_then(|items| items.get(0)).expect("an entry");
        prop_assert_eq!(&entry["Key"], &config["AliyunEnvRoleKey"]);
        let arn = association.role_arn().map(|arn| json!(arn));
        prop_assert_eq!(entry.pointer("/Roles/0/RoleArn"), arn.as_ref());
        prop_assert_eq!(entry.pointer("/Roles/1"), None);
    }
    Ok(())
}
