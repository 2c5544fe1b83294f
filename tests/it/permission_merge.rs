//! Permission policies that exist: what is added to them, and how they compare with what is needed.

use ramrole::domain::catalog::{Workload, permissions};
use ramrole::domain::permission::{Grant, Known, Use, Wanted, compare, generate, merge, report, rules};

use crate::layout::is_one_insertion;

fn grants(uses: &[(&str, &str)]) -> Vec<Grant> {
    let use_of = |(flag, value): &(&str, &str)| {
        Use::parse(permissions().service(flag).expect(flag), value).expect(value)
    };
    let uses = uses.iter().map(use_of).collect();
    let wanted = Wanted { workload: Workload::Dlc, config: None, uses, known: Known::default() };
    generate(&wanted).expect("no config").grants()
}

fn compared(policy: &str, uses: &[(&str, &str)]) -> String {
    report::comparison(&compare(policy, &grants(uses)).expect(policy))
}

const READ: &[(&str, &str)] = &[("oss", "list,read:oss://owl/prey/")];

#[test]
fn a_policy_gains_what_it_lacks_and_keeps_every_byte() {
    let policy = "{ // of the owl\n\t\"Version\": \"1\",\n\t\"Statement\": [\n\t\t{\"Effect\": \"Allow\", \"Action\": \
                  \"oss:GetObject\", \"Resource\": \"acs:oss:*:*:owl/*\"},\n\t]\n}\n";
    let edit = merge(policy, &grants(READ)).expect("a policy");
    assert!(is_one_insertion(policy, &edit.after), "{}", edit.after);
    assert!(
        edit.after.contains("\"oss:ListObjects\"") && !edit.after.contains("prey/*\"]"),
        "{}",
        edit.after
    );
    assert_eq!(
        edit.after.matches("oss:GetObject").count(),
        1,
        "what is allowed is not added: {}",
        edit.after
    );
    assert_eq!(merge(&edit.after, &grants(READ)).expect("a policy").after, edit.after);
    assert_eq!(edit.findings.count_of(&rules::PERMISSION_WIDER), 1, "owl/* is wider: {:?}", edit.findings);
}

#[test]
fn one_statement_and_an_empty_list_take_more() {
    for policy in [
        r#"{"Version":"1","Statement":{"Effect":"Allow","Action":"x:Y","Resource":"*"}}"#,
        r#"{"Version":"1","Statement":[]}"#,
    ] {
        let edit = merge(policy, &grants(READ)).expect(policy);
        assert!(!edit.findings.has_error(), "{:?}", edit.findings);
        assert!(!compared(&edit.after, READ).contains("lacks"), "{}", edit.after);
    }
}

#[test]
fn what_is_no_permission_policy_is_refused() {
    for (policy, words) in [
        (
            r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"x"}}]}"#,
            "trust policy",
        ),
        (
            r#"{"Statement":[{"Action":"oss:*","Effect":"Allow","Principal":["1"],"Resource":"*"}]}"#,
            "policy of a resource",
        ),
        (r#"{"metadata":{"name":"owl"}}"#, "no policy"),
        ("[]", "no policy"),
        (r#"{"Version":"1","Statement":[],"Statement":[]}"#, "already defined"),
        ("{", ""),
    ] {
        let refused = merge(policy, &grants(READ)).expect_err(policy);
        assert!(refused.has_error() && refused[0].message.contains(words), "{policy}: {refused:?}");
        assert!(compare(policy, &grants(READ)).is_err(), "{policy}");
    }
}

#[test]
fn a_deny_in_the_policy_wins_and_is_an_error() {
    let policy = r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"oss:Get*","Resource":"*"}]}"#;
    let edit = merge(policy, &grants(READ)).expect("a policy");
    assert_eq!(edit.findings.count_of(&rules::PERMISSION_DENIED), 1, "{:?}", edit.findings);
    assert!(
        edit.after.contains("oss:ListObjects") && !edit.after.contains("oss:GetObject"),
        "{}",
        edit.after
    );
}

#[test]
fn a_comparison_names_every_difference() {
    let list = |prefix: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"oss:ListObjects","Resource":"acs:oss:*:*:owl","Condition":{{"StringLike":{{"oss:Prefix":["{prefix}"]}}}}}}"#
        )
    };
    let get = r#"{"Effect":"Allow","Action":["oss:GetObject"],"Resource":["acs:oss:*:*:owl/prey/*"]}"#;
    let policy = |statements: &str| format!("{{\"Version\":\"1\",\"Statement\":[{statements}]}}");
    let is_needed = "the policy allows exactly what is needed\n";
    for (statements, expected) in [
        (format!("{},{get}", list("prey/*")), is_needed),
        (format!("{},{get}", list("prey*")), "extra   oss:ListObjects on acs:oss:*:*:owl (statement 1)\n"),
        (get.to_owned(), "lacks   oss:ListObjects on acs:oss:*:*:owl if oss:Prefix is like prey/*\n"),
        (
            format!("{},{}", list("prey/*"), get.replace("prey/*", "prey/a*")),
            "lacks   oss:GetObject on acs:oss:*:*:owl/prey/*\n",
        ),
        (
            r#"{"Effect":"Allow","Action":"oss:*","Resource":"*"}"#.to_owned(),
            "extra   oss:* on * (statement 1)\n",
        ),
        (
            format!("{},{get},{}", list("prey/*"), get.replace("Get", "Put")),
            "extra   oss:PutObject on acs:oss:*:*:owl/prey/* (statement 3)\n",
        ),
        (
            format!(
                r#"{},{get},{{"Effect":"Deny","Action":"oss:ListObjects","Resource":"*"}}"#,
                list("prey/*")
            ),
            "denied  oss:ListObjects on acs:oss:*:*:owl if oss:Prefix is like prey/*\n",
        ),
        (
            format!(
                r#"{},{get},{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{"IpAddress":{{"acs:SourceIp":"10.0.0.0/8"}}}}}}"#,
                list("prey/*")
            ),
            "unclear oss:ListObjects on acs:oss:*:*:owl if oss:Prefix is like prey/*\n\
             unclear oss:GetObject on acs:oss:*:*:owl/prey/*\n",
        ),
    ] {
        assert_eq!(compared(&policy(&statements), READ), expected, "{statements}");
    }
}

#[test]
fn a_generated_policy_compares_as_exact() {
    for uses in [
        READ,
        &[
            ("oss", "list,read,write,delete,info:oss://owl/a/"),
            ("oss", "list:oss://owl/b/c/"),
            ("dlc", "list,logs"),
        ],
        &[
            ("oss", "oss://owl/"),
            ("oss", "jindo-read,jindo-write:oss://nest/x/"),
            ("sls", "read,consume:p/l"),
        ],
    ] {
        let all = grants(uses);
        let empty = r#"{"Version": "1", "Statement": []}"#;
        let merged = merge(empty, &all).expect("an empty policy").after;
        assert_eq!(compared(&merged, uses), "the policy allows exactly what is needed\n", "{merged}");
    }
}
