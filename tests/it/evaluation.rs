//! The evaluator of RAM policies against the vectors that were agreed with a second implementation.

use std::collections::BTreeMap;
use std::path::Path;

use ramrole::domain::evaluation::{AbsentKey, Decision, Policies, Reading, Request, evaluate};
use ramrole::domain::json::{Document, read};
use ramrole::domain::policy::Policy;
use serde_json::Value;

/// The policies of one kind as texts; `None` where the vector has none of this kind.
fn texts(vector: &Value, kind: &str) -> Option<Vec<String>> {
    let policies = vector.get(kind)?;
    let each = policies.as_array().cloned().unwrap_or_else(|| vec![policies.clone()]);
    Some(each.iter().map(Value::to_string).collect())
}

fn documents(texts: &[String]) -> Vec<Document<'_>> {
    texts.iter().map(|text| read(text).expect(text)).collect()
}

fn request(vector: &Value) -> Request {
    let request = &vector["request"];
    let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
    let context = request["context"].as_object().into_iter().flatten();
    let context: BTreeMap<_, _> =
        context.map(|(key, value)| (key.clone(), value.as_str().expect("a string").to_owned())).collect();
    let principal = request["who"].as_object().and_then(|who| {
        let (kind, name) = who.iter().next()?;
        Some((kind.clone(), name.as_str()?.to_owned()))
    });
    let outside_group = request["in_group"] == false;
    Request { action: text("action"), resource: text("resource"), context, principal, outside_group }
}

fn decide(vector: &Value, reading: Reading) -> Decision {
    let kinds = ["control", "session", "account", "group", "trust"];
    let texts: Vec<_> = kinds.iter().map(|kind| texts(vector, kind)).collect();
    let documents: Vec<_> = texts.iter().map(|texts| texts.as_deref().map(documents)).collect();
    let policies = |at: usize| {
        documents[at]
            .as_ref()
            .map(|all: &Vec<Document>| all.iter().map(|it| Policy(it.root())).collect::<Vec<_>>())
    };
    let policies = Policies {
        control: policies(0),
        session: policies(1),
        account: policies(2).unwrap_or_default(),
        group: policies(3).unwrap_or_default(),
        trust: policies(4).and_then(|all| all.first().copied()),
    };
    evaluate(&policies, &request(vector), reading)
}

/// How the vector reads what the documents leave open.
fn reading(vector: &Value) -> Reading {
    let knobs = &vector["knobs"];
    let absent_key = if knobs["absent_key"] == "not" { AbsentKey::NegatedMet } else { AbsentKey::NotMet };
    let group_deny_wins = knobs["group_deny_beats_account_allow"] == true;
    Reading { absent_key: Some(absent_key), group_deny_wins: Some(group_deny_wins) }
}

#[test]
fn every_vector_is_decided_as_agreed() {
    let Some(corpus) = std::env::var_os("RAMROLE_CORPUS") else {
        println!("skipped: RAMROLE_CORPUS is not set");
        return;
    };
    let file = Path::new(&corpus).join("../facts/evaluation-vectors.json");
    let vectors: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(file).expect("vectors")).expect("JSON");
    let mut open = 0;
    for vector in &vectors {
        let name = vector["name"].as_str().expect("a name");
        let expected = match vector["expect"].as_str().expect("a decision") {
            "Allow" => Decision::Allow,
            "ExplicitDeny" => Decision::ExplicitDeny,
            "ImplicitDeny" => Decision::ImplicitDeny,
            other => panic!("{name}: {other}"),
        };
        assert_eq!(decide(vector, reading(vector)), expected, "{name}");
        let without_knobs = decide(vector, Reading::default());
        if matches!(without_knobs, Decision::CannotTell(_)) {
            assert!(vector["source"].as_str().is_some_and(|it| it.starts_with("unconfirmed")), "{name}");
            open += 1;
        } else {
            assert_eq!(without_knobs, expected, "{name}");
        }
    }
    println!(
        "evaluation vectors decided as agreed: {} / {0}; {open} of them depend on an open point",
        vectors.len()
    );
    assert!(vectors.len() >= 45 && open >= 4, "{} {open}", vectors.len());
}

fn policy_decides(statement: &str, request: &Request) -> Decision {
    let text = format!(r#"{{"Version": "1", "Statement": [{statement}]}}"#);
    let document = read(&text).expect(&text);
    let policies = Policies { account: vec![Policy(document.root())], ..Policies::default() };
    evaluate(&policies, request, Reading::default())
}

#[test]
fn what_is_open_is_told_only_where_it_decides() {
    let get = Request::new("oss:GetObject", "acs:oss:*:*:owl/a");
    for (statement, expected) in [
        (r#"{"Effect": "Allow", "Action": "oss:*", "NotResource": "acs:oss:*:*:owl/b"}"#, "CannotTell"),
        (r#"{"Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:*:Owl/a"}"#, "CannotTell"),
        (
            r#"{"Effect": "Deny", "Action": "oss:*", "Resource": "*", "Condition": {"Null": {"k": "true"}}}"#,
            "CannotTell",
        ),
        (r#"{"Effect": "Allow", "Action": "oss:Put*", "NotResource": "acs:oss:*:*:owl/b"}"#, "ImplicitDeny"),
        (
            r#"{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}, {"Effect": "Allow", "Action": "oss:*", "NotResource": "x"}"#,
            "Allow",
        ),
        (
            r#"{"Effect": "Deny", "Action": "oss:*", "Resource": "*"}, {"Effect": "Deny", "Action": "oss:*", "NotResource": "x"}"#,
            "ExplicitDeny",
        ),
    ] {
        let decision = format!("{:?}", policy_decides(statement, &get));
        assert!(decision.starts_with(expected), "{statement}: {decision}");
    }
}
