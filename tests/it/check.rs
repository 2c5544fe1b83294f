//! The checks as a person sees them: a folder a case, the text byte for byte.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use ramrole::domain::check::{Checked, DocumentKind, check, github, gitlab, junit, recognise, sarif};
use ramrole::domain::finding::Finding;
use ramrole::domain::findings::Findings;
use ramrole::domain::json::read;
use ramrole::domain::report;
use ramrole::domain::rules;
use ramrole::domain::text::steers_a_terminal;

use crate::processor_time::processor_time;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let mut cases: Vec<_> =
        fs::read_dir(folder).expect("cases").map(|entry| entry.expect("case").path()).collect();
    cases.sort();
    cases
}

fn case(folder: &Path) -> (String, Option<DocumentKind>) {
    let text = fs::read_to_string(folder.join("input.json")).expect("input");
    let kind = fs::read_to_string(folder.join("kind")).ok();
    (text, kind.map(|kind| kind.trim().parse().expect("kind")))
}

#[test]
fn every_case_reads_as_expected() {
    let bless = std::env::var_os("RAMROLE_BLESS").is_some();
    for folder in cases() {
        let (text, kind) = case(&folder);
        let shown = report::text("input.json", &text, &check(&text, kind).findings);
        let expected = folder.join("expected.txt");
        if bless {
            fs::write(&expected, &shown).expect("bless");
        }
        let expected = fs::read_to_string(expected).expect("expected.txt");
        assert_eq!(shown, expected, "{} (RAMROLE_BLESS=1 rewrites)", folder.display());
    }
}

#[test]
fn good_documents_are_silent() {
    for folder in cases().iter().filter(|folder| folder.to_string_lossy().ends_with("-is-silent")) {
        let (text, kind) = case(folder);
        assert!(check(&text, kind).findings.is_empty(), "{}", folder.display());
    }
}

#[test]
fn every_rule_of_policies_and_credentials_has_a_case() {
    let ours = ["json-", "document-", "policy-", "trust-", "pass-role-", "credential-", "account-"];
    // Said only where a trust policy is to be edited.
    let not_here = ["trust-service-linked"];
    let mut missing: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.code).collect();
    missing.retain(|code| ours.iter().any(|prefix| code.starts_with(prefix)) && !not_here.contains(code));
    for folder in cases() {
        let (text, kind) = case(&folder);
        for finding in check(&text, kind).findings {
            missing.remove(finding.rule.code);
        }
    }
    assert!(missing.is_empty(), "no case for {missing:?}");
}

#[test]
fn kinds_are_recognised_by_their_outline() {
    for (text, expected) in [
        (r#"{"Statement":[{"Principal":{"Service":"x"},"Action":"sts:AssumeRole"}]}"#, "trust-policy"),
        (
            r#"{"Statement":[{"Principal":{"Service":"x"},"Action":"sts:AssumeRole","Resource":"*"}]}"#,
            "trust-policy",
        ),
        (r#"{"Statement":[{"Principal":"*","Action":"Update:*","Resource":"*"}]}"#, "permission-policy"),
        (r#"{"Version":"1","Statements":[]}"#, "permission-policy"),
        (r#"{"Role":{"AssumeRolePolicyDocument":"{}"}}"#, "trust-policy"),
        (r#"{"storage":[]}"#, "service-config"),
        (r#"{"options":{"enable_ram_role":true}}"#, "service-config"),
        (r#"[{"containers":[]}]"#, "service-config"),
        (r#"{"CredentialConfig":null}"#, "credential-config"),
        (r#"{"EnableCredentialInject":false}"#, "credential-config"),
        (r#"{"Enable":true,"Configs":[]}"#, "credential-config"),
        (r#""{\"Enable\":true,\"Configs\":[]}""#, "credential-config"),
    ] {
        let kind = recognise(&read(text).expect(text)).expect(text);
        assert_eq!(kind.to_string(), expected, "{text}");
    }
    for text in [
        r#"{"apiVersion":"v1","kind":"Pod","metadata":{}}"#,
        r#"{"cells":[],"metadata":{},"nbformat":4}"#,
        r#"{"Enable":true}"#,
        r#""text""#,
        "[]",
        "1",
    ] {
        assert_eq!(recognise(&read(text).expect(text)), None, "{text}");
    }
    assert!("policy".parse::<DocumentKind>().is_err());
}

#[test]
fn ten_thousand_findings_on_one_line_stay_quick() {
    let names = r#""a":1,"#.repeat(10_000);
    let principals = r#""*","#.repeat(10_000);
    for text in [
        format!(r#"{{"Version":"1",{names}"Statement":[]}}"#),
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"RAM":[{principals}"*"]}}}}]}}"#
        ),
    ] {
        let start = processor_time();
        let findings = check(&text, None).findings;
        assert_eq!(findings.len(), 1_000, "the first thousand");
        assert!(findings.left_out() > 8_990, "and the rest counted: {}", findings.left_out());
        let shown = report::text("one-line.json", &text, &findings);
        let file = Checked { path: "one-line.json", text: &text, result: Ok(&findings) };
        let log = sarif::sarif(std::slice::from_ref(&file)).to_string();
        let others = [
            gitlab::gitlab(std::slice::from_ref(&file)),
            junit::junit(std::slice::from_ref(&file), true),
            github::github(&[file]),
        ];
        assert!(shown.len() > findings.len() && log.len() > findings.len());
        assert!(others.iter().all(|report| report.len() > findings.len()));
        let took = processor_time().saturating_sub(start);
        assert!(took.as_secs() < 60, "{took:?}");
    }
}

#[test]
fn sarif_points_at_the_same_place_as_the_text() {
    let text = "{\n  \"Version\": \"2\",\n  \"Statement\": []\n}\n";
    let findings = check(text, None).findings;
    let log = sarif::sarif(&[Checked { path: "a b.json", text, result: Ok(&findings) }]);
    let result = &log["runs"][0]["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("index")).expect("small");
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    assert_eq!(result["ruleId"], "policy-version");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b.json");
    let region = serde_json::json!({ "startLine": 2, "startColumn": 14, "endLine": 2, "endColumn": 17 });
    assert_eq!(location["region"], region);
    if let Some(path) = std::env::var_os("RAMROLE_SARIF_OUT") {
        fs::write(path, all_cases_as_sarif()).expect("write");
    }
}

fn all_cases_as_sarif() -> String {
    let checked: Vec<_> = cases()
        .iter()
        .map(|folder| {
            let (text, kind) = case(folder);
            let findings = check(&text, kind).findings;
            (folder.join("input.json").to_string_lossy().into_owned(), text, findings)
        })
        .collect();
    let files: Vec<_> =
        checked.iter().map(|(path, text, findings)| Checked { path, text, result: Ok(findings) }).collect();
    sarif::sarif(&files).to_string()
}

proptest! {
    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        for kind in DocumentKind::ALL.into_iter().map(Some).chain([None]) {
            let findings = check(&text, kind).findings;
            let _ = report::text("x", &text, &findings);
            let file = [Checked { path: &text, text: &text, result: Ok(&findings) }];
            let _ = sarif::sarif(&file);
            for report in [gitlab::gitlab(&file), junit::junit(&file, true), github::github(&file)] {
                prop_assert!(!report.contains(|c| c != '\n' && steers_a_terminal(c)), "{report:?}");
            }
        }
    }

    #[test]
    fn damaged_cases_are_survived(index in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}\",:a0]{0,3}") {
        let folders = cases();
        let (mut text, _) = case(&folders[index.index(folders.len())]);
        prop_assume!(!text.is_empty() && text.len() < 4000);
        let at = at.index(text.len());
        prop_assume!(text.is_char_boundary(at) && text.is_char_boundary(at + 1));
        text.replace_range(at..=at, &with);
        for kind in DocumentKind::ALL.into_iter().map(Some).chain([None]) {
            let findings = check(&text, kind).findings;
            prop_assert!(findings.iter().all(|finding| finding.span.is_some() && finding.place.is_some()));
            let _ = report::text("x", &text, &findings);
        }
    }
}

/// Which documents of the corpus are to be reported, and which rule each really breaks.
const TRUE_ALARMS: &[(&str, &[&str])] = &[
    // Every action on every resource: an administrator's policy.
    ("policies/14-permission.json", &["policy-allow-all"]),
    ("policies/28-permission.json", &["policy-allow-all"]),
    // ROS stack policies: Principal is "*", Version is missing, actions are Update:….
    ("policies/20-trust.json", &["policy-not-ram"]),
    ("policies/46-trust.json", &["policy-not-ram"]),
    // An OSS bucket policy: Principal is a list of accounts.
    ("policies/64-trust.json", &["policy-not-ram"]),
    // The account ID in it is masked.
    ("policies/54-trust.json", &["trust-placeholder"]),
    // Its resource has a colon too many after acs, so that the service is empty.
    ("policies/38-permission.json", &["policy-resource-form"]),
    // The workspace is still a placeholder.
    ("service-configs/07-aiops-skills-config-patterns.json", &["config-placeholder"]),
    ("service-configs/10-aiops-skills-config-patterns.json", &["config-placeholder"]),
    ("service-configs/46-agentscope-generated.json", &["config-placeholder"]),
    // An outline with ellipses in place of values.
    ("service-configs/13-aiops-skills-config-schema.json", &["json-syntax"]),
];

#[test]
fn the_corpus_raises_only_true_alarms() {
    let Some(corpus) = std::env::var_os("RAMROLE_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: RAMROLE_CORPUS is not set");
        return;
    };
    for folder in ["policies", "service-configs"] {
        for entry in fs::read_dir(corpus.join(folder)).expect("corpus") {
            let name = format!("{folder}/{}", entry.expect("entry").file_name().to_string_lossy());
            if name.ends_with("INDEX.json") {
                continue;
            }
            let report = check(&fs::read_to_string(corpus.join(&name)).expect("file"), None);
            let found: Vec<_> = report.findings.iter().map(|finding| finding.rule.code).collect();
            let expected =
                TRUE_ALARMS.iter().find(|(file, _)| *file == name).map_or(&[][..], |(_, codes)| codes);
            assert_eq!(found, expected, "{name}: {:#?}", report.findings);
            assert!(report.kind.is_some() || found == ["json-syntax"], "{name} is not recognised");
        }
    }
}

#[test]
fn every_rule_has_its_place_in_a_sarif_log() {
    for rule in rules::every() {
        let findings: Findings = Finding::new(rule, "x").into();
        let file = Checked { path: "x.json", text: "{}", result: Ok(&findings) };
        let log = sarif::sarif(&[file]);
        let run = &log["runs"][0];
        let index = run["results"][0]["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        let index = index.unwrap_or_else(|| panic!("{} has no index", rule.code));
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], rule.code);
    }
}
