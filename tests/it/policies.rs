//! Properties of the two edits of a user's document: nothing but what they are for changes, in any layout.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ramrole::domain::association::Association;
use ramrole::domain::edit::Edit;
use ramrole::domain::service_config::{Wanted, associate, patch};
use ramrole::domain::trust_policy;
use serde_json::{Value, json};

use crate::layout::{Layout, Read, Tree, is_one_insertion, layouts, meaning, read, unquoted};

const PRINCIPALS: [&str; 2] = ["pai.aliyuncs.com", "eas.pai.aliyuncs.com"];

fn one_or_list(values: Vec<&'static str>) -> impl Strategy<Value = Value> {
    prop_oneof![select(values.clone()).prop_map(Value::from), vec(select(values), 0..4).prop_map(Value::from)]
}

/// An object with these members, those that are there, in any order.
fn shuffled(members: Vec<(&'static str, Option<Value>)>) -> impl Strategy<Value = Value> {
    let present: Vec<_> =
        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    Just(present).prop_shuffle().prop_map(|members| Value::Object(members.into_iter().collect()))
}

fn principals() -> impl Strategy<Value = Value> {
    let services = vec![
        "ecs.aliyuncs.com",
        "fc.aliyuncs.com",
        "pai.aliyuncs.com",
        "eas.pai.aliyuncs.com",
        "pai.aliyun.cs.com",
    ];
    let ram = vec!["acs:ram::1234567890123456:root", "acs:ram::1234567890123456:user/a\u{e9}", "*"];
    let federated = vec!["acs:ram::1234567890123456:saml-provider/p"];
    let optional = |values| proptest::option::weighted(0.3, one_or_list(values));
    let services = proptest::option::weighted(0.8, one_or_list(services));
    (services, optional(ram), optional(federated)).prop_flat_map(|(services, ram, federated)| {
        shuffled(vec![("Service", services), ("RAM", ram), ("Federated", federated)])
    })
}

fn statement() -> impl Strategy<Value = Value> {
    let actions = prop_oneof![
        4 => Just(json!("sts:AssumeRole")),
        2 => Just(json!(["sts:AssumeRole"])),
        1 => Just(json!(["sts:AssumeRole", "sts:SetSourceIdentity"])),
        1 => Just(json!("sts:*")),
        1 => Just(json!("STS:assumerole")),
        1 => Just(json!("sts:AssumeRoleWithSAML")),
        1 => Just(json!([])),
    ];
    let conditions = prop_oneof![
        6 => Just(None),
        1 => Just(Some(json!({}))),
        2 => Just(Some(json!({"StringEquals": {"acs:SourceIp": ["1.2.3.4"], "a\"b": "}"}}))),
    ];
    let effects = prop_oneof![5 => Just("Allow"), 1 => Just("Deny")];
    let not_action = prop_oneof![9 => Just(false), 1 => Just(true)];
    (actions, principals(), conditions, effects, not_action).prop_flat_map(
        |(action, principal, condition, effect, not)| {
            let name = if not { "NotAction" } else { "Action" };
            shuffled(vec![
                (name, Some(action)),
                ("Effect", Some(json!(effect))),
                ("Principal", Some(principal)),
                ("Condition", condition),
            ])
        },
    )
}

fn trust_policies() -> impl Strategy<Value = Value> {
    let statements = prop_oneof![4 => vec(statement(), 1..5).prop_map(Value::from), 1 => statement()];
    (statements, proptest::option::weighted(0.9, Just(json!("1")))).prop_flat_map(|(statements, version)| {
        shuffled(vec![("Statement", Some(statements)), ("Version", version)])
    })
}

/// One thing that a trust policy says: effect, action, kind of principal, principal, condition.
type Grant = [String; 5];

fn each(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

/// What a trust policy says, statement by statement taken apart.
fn grants(policy: &Value) -> BTreeSet<Grant> {
    let mut grants = BTreeSet::new();
    for statement in each(&policy["Statement"]) {
        let condition = statement.get("Condition").filter(|it| **it != json!({})).map(Value::to_string);
        let condition = condition.unwrap_or_default();
        for (sign, name) in [("", "Action"), ("not ", "NotAction")] {
            let actions = statement.get(name).map(each).unwrap_or_default();
            for action in actions {
                for (kind, principals) in statement["Principal"].as_object().into_iter().flatten() {
                    for principal in each(principals) {
                        let action = format!("{sign}{}", action.as_str().unwrap_or_default().to_lowercase());
                        let principal = principal.as_str().unwrap_or_default().to_owned();
                        let effect = statement["Effect"].as_str().unwrap_or_default().to_owned();
                        grants.insert([effect, action, kind.clone(), principal, condition.clone()]);
                    }
                }
            }
        }
    }
    grants
}

/// Whether the service may assume the role always, but for a Deny.
fn trusts(policy: &Value, service: &str) -> bool {
    grants(policy).iter().any(|[effect, action, kind, principal, condition]| {
        effect == "Allow"
            && ["sts:assumerole", "sts:*", "*"].contains(&action.as_str())
            && kind == "Service"
            && principal == service
            && condition.is_empty()
    })
}

fn wanted_grant(service: &str) -> Grant {
    ["Allow", "sts:assumerole", "Service", service, ""].map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_merge_adds_one_trust_and_keeps_the_rest(
        policy in trust_policies(), layout in layouts(), service in select(PRINCIPALS.to_vec()),
    ) {
        let before = layout.write(&Tree::from(policy.clone()));
        let was = read(&before);
        prop_assert_eq!(&was.meaning(), &policy, "the tests' own reader");
        let edit = trust_policy::merge(&before, service).expect("a trust policy");
        let is = read(&edit.after);
        let (old, new) = (grants(&policy), grants(&is.meaning()));

        prop_assert!(trusts(&is.meaning(), service), "{}", edit.after);
        prop_assert_eq!(edit.changed(), !trusts(&policy, service), "{}", edit.after);
        prop_assert!(old.is_subset(&new), "{}\n{}", before, edit.after);
        let gained: Vec<_> = new.difference(&old).collect();
        prop_assert!(gained.iter().all(|grant| **grant == wanted_grant(service)), "{:?}\n{}", gained, edit.after);
        prop_assert_eq!(&is.comments, &was.comments);
        prop_assert!(is_one_insertion(&before, &edit.after), "{}\n{}", before, edit.after);
        prop_assert_eq!(&trust_policy::merge(&edit.after, service).expect("merged").after, &edit.after);
        prop_assert_eq!(edit.after.contains("\r\n"), before.contains("\r\n"));
        prop_assert_eq!(edit.after.matches("\r\n").count() == edit.after.matches('\n').count(),
            before.matches("\r\n").count() == before.matches('\n').count());
        prop_assert_eq!(edit.after.ends_with('\n'), before.ends_with('\n'));
    }
}

/// Values that no output but the written file may show.
const CANARIES: [&str; 5] =
    ["canary-token-1", "canary-docker-2", "canary-git-3", "canary-env-4", "canary-key-5"];

fn scalar(source: &str) -> Tree {
    Tree::Scalar(source.to_owned())
}

fn object(members: Vec<(&str, Tree)>) -> Tree {
    Tree::Object(members.into_iter().map(|(name, tree)| (format!("\"{name}\""), tree)).collect())
}

fn optional(
    name: &'static str,
    values: &[&'static str],
) -> impl Strategy<Value = Option<(&'static str, Tree)>> {
    proptest::option::of(select(values.to_vec()).prop_map(move |source| (name, scalar(source))))
}

const ARN: &str = "acs:ram::1234567890123456:role/rank";

fn options() -> impl Strategy<Value = Option<Tree>> {
    let switch = optional("enable_ram_role", &["true", "false", "\"true\"", "1", "null"]);
    let other = optional("priority", &["9", "1.0", "1e3", "\"\\u00e9\""]);
    let members =
        (switch, other).prop_map(|(switch, other)| switch.into_iter().chain(other).collect::<Vec<_>>());
    proptest::option::weighted(0.7, members.prop_shuffle().prop_map(object))
}

fn metadata() -> impl Strategy<Value = Option<Tree>> {
    let workspace = optional("workspace_id", &["\"12345\"", "\"1\"", "12345"]);
    let name = optional("name", &["\"rank\"", "\"r\\u0061nk\""]);
    let members = (workspace, name, optional("instance", &["1", "2.0"]))
        .prop_map(|(a, b, c)| a.into_iter().chain(b).chain(c).collect::<Vec<_>>());
    proptest::option::weighted(0.8, members.prop_shuffle().prop_map(object))
}

/// The object with the other name of the role.
fn credential() -> impl Strategy<Value = Option<Tree>> {
    let alias = optional(
        "role_arn",
        &["\"acs:ram::1234567890123456:role/old\"", "\"acs:ram::1234567890123456:role/rank\"", "null"],
    );
    let members = (alias, optional("generate_token", &["true", "\"x\""]))
        .prop_map(|(alias, other)| alias.into_iter().chain(other).collect::<Vec<_>>());
    proptest::option::weighted(0.4, members.prop_shuffle().prop_map(object))
}

/// What stands around the keys of the role: secrets, odd numbers, names that stand twice.
fn surroundings() -> Vec<(&'static str, Tree)> {
    let secret = |at: usize| scalar(&format!("\"{}\"", CANARIES[at]));
    let variable = |name: &str, at| object(vec![("name", scalar(name)), ("value", secret(at))]);
    let variables = vec![variable("\"DB_PASSWORD\"", 3), variable("\"ALIBABA_CLOUD_ACCESS_KEY_SECRET\"", 4)];
    let git = object(vec![
        ("repo", scalar("\"https://x/y.git\"")),
        ("username", scalar("\"u\"")),
        ("password", secret(2)),
    ]);
    vec![
        ("token", secret(0)),
        ("dockerAuth", secret(1)),
        ("storage", Tree::Array(vec![object(vec![("mount_path", scalar("\"/m\"")), ("git", git)])])),
        (
            "containers",
            Tree::Array(vec![object(vec![("port", scalar("8000")), ("env", Tree::Array(variables))])]),
        ),
        (
            "features",
            object(vec![
                ("a", scalar("1.0")),
                ("a", scalar("-0")),
                ("\\u0061", scalar("1E3")),
                ("b", Tree::Array(vec![])),
            ]),
        ),
        ("cloud", object(vec![])),
    ]
}

fn configs() -> impl Strategy<Value = Tree> {
    let role_arn = optional(
        "role_arn",
        &["\"acs:ram::1234567890123456:role/old\"", "\"ACS:ram::1234567890123456:role/rank\"", "7"],
    );
    (options(), metadata(), role_arn, credential()).prop_flat_map(
        |(options, metadata, role_arn, credential)| {
            let mut members = surroundings();
            members.extend(credential.map(|tree| ("credential", tree)));
            members.extend(options.map(|tree| ("options", tree)));
            members.extend(metadata.map(|tree| ("metadata", tree)));
            members.extend(role_arn);
            Just(members).prop_shuffle().prop_map(object)
        },
    )
}

/// The tree without the keys of the role, and without the objects that hold nothing else.
pub fn others(tree: &Tree) -> Tree {
    let Tree::Object(members) = tree else { panic!("an object") };
    let inside = |name: &str, value: &Tree| -> Option<Tree> {
        let own = match name {
            "options" => "enable_ram_role",
            "metadata" => "workspace_id",
            "credential" => "role_arn",
            "role_arn" => return None,
            _ => return Some(value.clone()),
        };
        let Tree::Object(members) = value else { panic!("{name} is an object") };
        let kept: Vec<_> = members.iter().filter(|(name, _)| unquoted(name) != own).cloned().collect();
        (!kept.is_empty()).then_some(Tree::Object(kept))
    };
    let kept =
        members.iter().filter_map(|(name, value)| Some((name.clone(), inside(&unquoted(name), value)?)));
    Tree::Object(kept.collect())
}

fn check_keys(was: &Value, is: &Value, wanted: &Wanted) -> Result<(), TestCaseError> {
    let had_switch = was.pointer("/options/enable_ram_role").is_some();
    let switch = match wanted.association {
        Association::None => had_switch.then_some(json!(false)),
        _ => Some(json!(true)),
    };
    prop_assert_eq!(is.pointer("/options/enable_ram_role"), switch.as_ref());
    let role_arn = wanted.association.role_arn().map(|arn| json!(arn));
    // An ARN that differs in case alone is the same role and stays as it was typed.
    let folded = |value: Option<&Value>| value.map(|value| value.to_string().to_lowercase());
    prop_assert_eq!(folded(is.get("role_arn")), folded(role_arn.as_ref()));
    let alias = was.pointer("/credential/role_arn").and(role_arn.as_ref());
    prop_assert_eq!(folded(is.pointer("/credential/role_arn")), folded(alias));
    let workspace = wanted.workspace_id.map(|id| json!(id));
    prop_assert_eq!(
        is.pointer("/metadata/workspace_id"),
        workspace.as_ref().or(was.pointer("/metadata/workspace_id"))
    );
    Ok(())
}

fn check_secrets(edit: &Edit) -> Result<(), TestCaseError> {
    let findings: Vec<_> =
        edit.findings.iter().map(|finding| format!("{} {}", finding.message, finding.advice())).collect();
    let diff = edit.diff("service.json");
    for canary in CANARIES {
        prop_assert!(edit.after.contains(canary), "{} is lost", canary);
        prop_assert!(!diff.contains(canary), "{}", diff);
        prop_assert!(!findings.concat().contains(canary), "{:?}", findings);
    }
    prop_assert_eq!(diff.is_empty(), !edit.changed());
    Ok(())
}

fn associations() -> [Association; 3] {
    [Association::Default, Association::Custom(ARN.parse().expect("an ARN")), Association::None]
}

/// A merge as `modify -s` and `UpdateService` do it: objects into each other, everything else replaced.
fn naive_merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                naive_merge(into.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

fn done(text: &str, association: &Association) -> String {
    associate(text, &Wanted { association, workspace_id: None }).expect("a config").after
}

fn check_one(before: &str, was: &Read, wanted: &Wanted) -> Result<(), TestCaseError> {
    let edit = associate(before, wanted).expect("a config");
    let is = read(&edit.after);
    check_keys(&was.meaning(), &is.meaning(), wanted)?;
    check_secrets(&edit)?;
    prop_assert_eq!(others(&was.tree), others(&is.tree), "{}\n{}", before, edit.after);
    let meaning = was.meaning();
    let has_role = meaning.get("role_arn").or_else(|| meaning.pointer("/credential/role_arn")).is_some();
    let removes = wanted.association.role_arn().is_none() && has_role;
    let comments = if removes { was.comments_without_role_arn() } else { was.comments.clone() };
    prop_assert_eq!(&comments, &is.comments, "{}\n{}", before, edit.after);
    prop_assert_eq!(&associate(&edit.after, wanted).expect("again").after, &edit.after, "{}", before);
    prop_assert_eq!(edit.after.starts_with('\u{feff}'), before.starts_with('\u{feff}'));
    prop_assert_eq!(edit.after.ends_with('\n'), before.ends_with('\n'));

    let patch = patch(before, wanted).expect("a patch");
    let small: Value = serde_json::from_str(&patch.after).expect("strict JSON");
    if !removes {
        let mut merged = was.meaning();
        naive_merge(&mut merged, &small);
        prop_assert_eq!(merged, is.meaning(), "{}", patch.after);
    }
    prop_assert_eq!(edit.changed(), removes || small != json!({}));
    prop_assert!(CANARIES.iter().all(|canary| !patch.after.contains(canary)));
    Ok(())
}

fn check_config(config: &Tree, layout: &Layout) -> Result<(), TestCaseError> {
    let before = layout.write(config);
    let was = read(&before);
    prop_assert_eq!(&was.tree, config, "the tests' own reader");
    for association in &associations() {
        for workspace_id in [None, Some("12345"), Some("a\"b")] {
            check_one(&before, &was, &Wanted { association, workspace_id })?;
        }
    }
    let [default, custom, none] = &associations();
    let once = read(&done(&before, default));
    let round =
        [default, custom, none, default].into_iter().fold(before.clone(), |text, role| done(&text, role));
    let round = read(&round);
    prop_assert_eq!(round.meaning(), once.meaning());
    prop_assert_eq!(meaning(&others(&round.tree)), meaning(&others(&was.tree)));
    prop_assert_eq!(round.comments, was.comments_without_role_arn());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_association_changes_its_keys_alone(config in configs(), layout in layouts()) {
        check_config(&config, &layout)?;
    }
}
