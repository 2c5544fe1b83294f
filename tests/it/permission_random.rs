//! Properties of generated permission policies: valid, exact, the same bytes for the same needs.

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use ramrole::domain::catalog::{Workload, permissions};
use ramrole::domain::check::{DocumentKind, check};
use ramrole::domain::finding::Severity;
use ramrole::domain::permission::{Permissions, merge};
use serde_json::json;

use crate::permission::{Call, codes};

fn paths() -> impl Strategy<Value = String> {
    let buckets = select(vec!["owl", "owl-data", "nest"]);
    let keys = prop_oneof![
        3 => select(vec!["", "a/", "a/b/", "ab/", "a", "run-4/", "run-42/", "run-421/", "m/model.zip", "a//b/", "\"q\"/"]),
        1 => select(vec!["ü/", "空/", "a b/", "{bucket}/", "%2A/", "a\\b/"]),
    ];
    (buckets, keys).prop_map(|(bucket, key)| format!("oss://{bucket}/{key}"))
}

fn uses() -> impl Strategy<Value = (&'static str, String)> {
    let levels = |service: &'static str| {
        let all: Vec<_> = permissions().levels(service).map(|row| row.level.as_str()).collect();
        let most = all.len().min(4);
        subsequence(all, 1..=most).prop_map(|levels| levels.join(","))
    };
    let name = || select(vec!["alpha", "beta", "alpha-2"]);
    prop_oneof![
        6 => (levels("oss"), paths()).prop_map(|(levels, path)| ("oss", format!("{levels}:{path}"))),
        2 => paths().prop_map(|path| ("oss", path)),
        1 => (levels("sls"), name(), name()).prop_map(|(l, p, s)| ("sls", format!("{l}:{p}/{s}"))),
        1 => (levels("kms"), name()).prop_map(|(l, k)| ("kms", format!("{l}:acs:kms:cn-x1:12:key/{k}"))),
        1 => levels("dlc").prop_map(|levels| ("dlc", levels)),
        1 => levels("spark").prop_map(|levels| ("spark", levels)),
        1 => name().prop_map(|project| ("maxcompute", project.to_owned())),
    ]
}

fn configs() -> impl Strategy<Value = String> {
    let images = select(vec![
        "registry.cn-hangzhou.aliyuncs.com/nest/rank:1",
        "eas-registry.cn-hangzhou.cr.aliyuncs.com/pai-eas/x:1",
        "ubuntu:24.04",
    ]);
    let mount = (paths(), proptest::option::of(any::<bool>())).prop_map(|(path, read_only)| {
        let mut source = json!({ "path": path });
        if let Some(read_only) = read_only {
            source["readOnly"] = json!(read_only);
        }
        json!({ "mount_path": "/m", "oss": source })
    });
    let model = proptest::option::of(paths());
    (vec(images, 0..3), vec(mount, 0..6), model).prop_map(|(images, storage, model)| {
        let containers: Vec<_> = images.into_iter().map(|image| json!({ "image": image })).collect();
        let mut config =
            json!({ "storage": storage, "containers": containers, "role_arn": "acs:ram::12:role/owl" });
        if let Some(model) = model {
            config["model_path"] = json!(model);
        }
        config.to_string()
    })
}

fn calls() -> impl Strategy<Value = Call> {
    let workloads = select(Workload::ALL.to_vec());
    (workloads, configs(), vec(uses(), 0..8)).prop_map(|(workload, config, uses)| {
        let config = (workload == Workload::Eas).then_some(config);
        Call { config, uses, ..Call::new(workload) }
    })
}

/// Whether the evaluator accepts the policies, and `check` has no error to report.
fn accepts(of: &Permissions) -> Result<(), String> {
    if let Some(wrong) = of.verified.wrong.first() {
        return Err(wrong.clone());
    }
    for document in of.documents() {
        let found = check(&document, Some(DocumentKind::PermissionPolicy)).findings;
        if let Some(finding) = found.first() {
            return Err(finding.message.clone());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_policy_allows_its_needs_and_not_their_neighbours(call in calls()) {
        let of = call.generate();
        prop_assert_eq!(accepts(&of), Ok(()));
        prop_assert_eq!(codes(&of, Severity::Error), Vec::<&str>::new());
        prop_assert!(of.policies.is_empty() == of.needs.is_empty());
        prop_assert!(of.verified.allowed >= of.policies.len());
    }

    #[test]
    fn the_order_of_the_needs_does_not_change_the_policy(call in calls()) {
        let documents = call.generate().documents();
        let mut turned = Call { uses: call.uses.clone(), ..call };
        turned.uses.reverse();
        prop_assert_eq!(turned.generate().documents(), documents);
    }

    #[test]
    fn a_merged_policy_needs_no_second_merge(first in calls(), second in calls()) {
        let Some(text) = first.generate().documents().into_iter().next() else { return Ok(()) };
        let grants = second.generate().grants();
        let edit = merge(&text, &grants).expect("a permission policy");
        prop_assert_eq!(merge(&edit.after, &grants).expect("a permission policy").after, edit.after);
    }
}

/// The configs of the corpus and of the tests, each with several answers.
#[test]
fn policies_for_public_configs_are_accepted() {
    let Some(corpus) = std::env::var_os("RAMROLE_CORPUS") else {
        println!("skipped: RAMROLE_CORPUS is not set");
        return;
    };
    let folder = Path::new(&corpus).join("service-configs");
    let files = fs::read_dir(folder).expect("configs").map(|entry| entry.expect("an entry").path());
    let (mut accepted, mut total) = (0, 0);
    for file in files.filter(|file| !file.ends_with("INDEX.json")) {
        let text = fs::read_to_string(&file).expect("UTF-8");
        if ramrole::domain::json::read(&text).is_err() {
            continue;
        }
        for uses in [vec![], vec![("oss", "oss://owl/prey/".to_owned())], vec![("dlc", "list".to_owned())]] {
            let of = Call { uses, ..Call::of_config(&text) }.generate();
            total += 1;
            match accepts(&of) {
                Ok(()) => accepted += 1,
                Err(why) => println!("{}: {why}", file.display()),
            }
        }
    }
    println!("generated permission policies accepted by the simulator: {accepted} / {total}");
    assert!(accepted == total && total >= 45, "{accepted} / {total}");
}
