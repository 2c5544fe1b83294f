//! Public documents and the platform's own samples, where they are at hand: `RAMROLE_CORPUS` names the folder.

use std::fs;
use std::path::{Path, PathBuf};

use ramrole::domain::association::Association;
use ramrole::domain::catalog::{Network, Workload, endpoints};
use ramrole::domain::check::{DocumentKind, recognise};
use ramrole::domain::finding::{Finding, Severity};
use ramrole::domain::json::{self, SyntaxErrorKind};
use ramrole::domain::service_config::{Wanted, associate, check, fragment};
use ramrole::domain::values::Region;
use ramrole::domain::{pass_role, rules, trust_policy};
use serde_json::Value;

use crate::layout::{is_one_insertion, read};
use crate::policies::others;

const PRINCIPALS: [&str; 2] = ["pai.aliyuncs.com", "eas.pai.aliyuncs.com"];

/// The folder, if it is named.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("RAMROLE_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: RAMROLE_CORPUS is not set");
    }
    folder
}

/// The documents of a folder, with their names, in the order of those.
fn documents(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut documents: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(ending) && !path.ends_with("INDEX.json"))
        .map(|path| {
            (
                path.file_name().unwrap_or_default().display().to_string(),
                fs::read_to_string(path).expect("UTF-8"),
            )
        })
        .collect();
    documents.sort();
    documents
}

#[test]
fn every_trust_policy_takes_every_principal() {
    let Some(corpus) = corpus() else { return };
    let (mut merged, mut others) = (0, Vec::new());
    for (name, text) in documents(&corpus.join("policies"), "-trust.json") {
        let value: Value = serde_json::from_str(&text).expect(&name);
        let of_ram =
            value["Statement"].as_array().is_some_and(|all| all.iter().all(|it| it["Principal"].is_object()));
        for principal in PRINCIPALS {
            match trust_policy::merge(&text, principal) {
                Ok(edit) => {
                    assert!(of_ram, "{name}");
                    assert!(is_one_insertion(&text, &edit.after), "{name}: {}", edit.after);
                    // One document has a masked account ID.
                    let is_true = |finding: &Finding| finding.rule == &rules::TRUST_PLACEHOLDER;
                    let errors = edit.findings.iter().filter(|finding| finding.severity() == Severity::Error);
                    assert!(errors.into_iter().all(is_true), "{name}: {:?}", edit.findings);
                    assert!(read(&edit.after).meaning().to_string().contains(principal), "{name}");
                    assert_eq!(trust_policy::merge(&edit.after, principal).expect(&name).after, edit.after);
                    merged += 1;
                }
                Err(findings) => {
                    assert!(!of_ram, "{name}: {findings:?}");
                    assert_eq!(findings[0].rule, &rules::TRUST_EXPECTED, "{name}");
                    others.push(name.clone());
                }
            }
        }
    }
    println!("{merged} merges; of buckets and stacks: {others:?}");
    assert!(merged >= 24 && others.len() == 6, "{merged} {others:?}");
}

#[test]
fn a_permission_policy_is_no_trust_policy() {
    let Some(corpus) = corpus() else { return };
    for (name, text) in documents(&corpus.join("policies"), "-permission.json") {
        let refused = trust_policy::merge(&text, PRINCIPALS[0]).expect_err(&name);
        assert_eq!(refused[0].rule, &rules::TRUST_EXPECTED, "{name}: {refused:?}");
    }
}

fn associations() -> [Association; 3] {
    let custom = "acs:ram::1234567890123456:role/rank".parse().expect("an ARN");
    [Association::Default, Association::Custom(custom), Association::None]
}

#[test]
fn every_service_config_takes_every_role() {
    let Some(corpus) = corpus() else { return };
    let mut taken = 0;
    for (name, text) in documents(&corpus.join("service-configs"), ".json") {
        if name.starts_with("13-") {
            continue;
        }
        let was = read(&text);
        for association in &associations() {
            for workspace_id in [None, Some("12345")] {
                let wanted = Wanted { association, workspace_id };
                let edit =
                    associate(&text, &wanted).unwrap_or_else(|findings| panic!("{name}: {findings:?}"));
                let is = read(&edit.after);
                assert_eq!(others(&is.tree), others(&was.tree), "{name}");
                assert_eq!(is.comments, was.comments, "{name}");
                assert_eq!(associate(&edit.after, &wanted).expect(&name).after, edit.after, "{name}");
                assert!(keeps_its_bytes(&text, &edit.after), "{name}: {}", edit.after);
                taken += 1;
            }
        }
    }
    println!("{taken} associations");
    assert!(taken >= 15 * 6);
}

/// Every byte stays, in order, but for values of the role that were there.
fn keeps_its_bytes(old: &str, new: &str) -> bool {
    let own = ["enable_ram_role", "role_arn", "workspace_id"];
    let mut bytes = new.bytes();
    let mut subsequence = |part: &str| part.bytes().all(|byte| bytes.any(|other| other == byte));
    // A line with such a key may lose it, and the one before it its comma.
    if own.iter().any(|key| old.contains(key)) {
        let lines = old.lines().filter(|line| !own.iter().any(|key| line.contains(key)));
        return lines.map(|line| line.trim_end_matches(',')).all(subsequence);
    }
    subsequence(old)
}

#[test]
fn the_schema_with_ellipses_is_refused_at_the_first() {
    let Some(corpus) = corpus() else { return };
    let documents = documents(&corpus.join("service-configs"), ".json");
    let (name, text) = documents.iter().find(|(name, _)| name.starts_with("13-")).expect("13-…");
    let wanted = Wanted { association: &Association::Default, workspace_id: None };
    let findings = associate(text, &wanted).expect_err(name);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, &rules::JSON_SYNTAX);
    assert_eq!(findings[0].span.as_ref().map(|span| span.start), text.find("..."), "{findings:?}");
    assert!(findings[0].message.contains("ellipsis"), "{findings:?}");
}

#[test]
fn the_endpoints_are_those_that_were_read() {
    let Some(corpus) = corpus() else { return };
    let facts = fs::read_to_string(corpus.join("../facts/endpoints.json")).expect("facts");
    let facts: Value = serde_json::from_str(&facts).expect("JSON");
    let mut compared = 0;
    for product in &endpoints().products {
        for (network, names) in [(Network::Public, ["public", ""]), (Network::Internal, ["vpc", "internal"])]
        {
            let rows = names.iter().filter_map(|name| facts[&product.id][*name].as_object()).flatten();
            for (region, host) in rows {
                let known: Region = region.parse().expect(region);
                let host = host.as_str().filter(|host| !host.is_empty());
                assert_eq!(product.endpoint(&known, network).as_deref(), host, "{} {region}", product.id);
                compared += 1;
            }
        }
    }
    println!("{compared} endpoints");
    assert!(compared > 150, "{compared}");
}

/// The samples of one source document.
struct Samples {
    name: String,
    policies: Vec<String>,
    credentials: Vec<String>,
    /// Parts of a service config, made whole.
    configs: Vec<String>,
}

/// The text from an opening brace to the one that closes it; braces in strings do not count.
fn block(text: &str) -> Option<&str> {
    let (mut depth, mut string, mut escaped) = (0, false, false);
    for (at, character) in text.char_indices() {
        match character {
            '"' if !escaped => string = !string,
            '{' if !string => depth += 1,
            '}' if !string => depth -= 1,
            _ => {}
        }
        escaped = character == '\\' && !escaped;
        if depth == 0 {
            return Some(&text[..=at]);
        }
    }
    None
}

fn samples() -> Option<Vec<Samples>> {
    let seeds = corpus()?.join("../seeds");
    Some(documents(&seeds, ".txt").into_iter().map(|(name, text)| samples_of(name, &text)).collect())
}

fn samples_of(name: String, text: &str) -> Samples {
    let mut samples = Samples { name, policies: vec![], credentials: vec![], configs: vec![] };
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|found| at + found) {
        let Some(block) = block(&text[start..]) else { break };
        at = start + block.len();
        if block.contains("\"Statement\"") {
            samples.policies.push(block.to_owned());
        } else if block.contains("\"SecurityToken\"") {
            samples.credentials.push(block.to_owned());
        } else if text[..start].trim_end().ends_with("\"options\":") {
            let rest = text[at..].trim_start().strip_prefix(',').map(str::trim_start);
            let arn =
                rest.filter(|rest| rest.starts_with("\"role_arn\"")).and_then(|rest| rest.split('"').nth(3));
            let arn = arn.map(|arn| format!(", \"role_arn\": \"{arn}\"")).unwrap_or_default();
            samples.configs.push(format!("{{\"options\": {block}{arn}}}"));
        }
    }
    samples
}

/// The role's name, which the documents leave open.
const PLACEHOLDER: &str = "${RoleName}";

#[test]
fn the_samples_of_policies_are_those_that_ramrole_writes() {
    let Some(documents) = samples() else { return };
    let (mut passes, mut trusts) = (0, 0);
    for Samples { name, policies, .. } in &documents {
        let of_kind = |kind| {
            let is = move |text: &&String| recognise(&json::read(text).expect("JSON")) == Some(kind);
            policies.iter().filter(is).collect::<Vec<_>>()
        };
        let (pass, trust) = (of_kind(DocumentKind::PermissionPolicy), of_kind(DocumentKind::TrustPolicy));
        assert_eq!(pass.len() + trust.len(), policies.len(), "{name}: {policies:?}");
        for text in &pass {
            assert!(text.contains(PLACEHOLDER), "{name}: {text}");
            let value: Value = serde_json::from_str(&text.replace(PLACEHOLDER, "my-role")).expect("JSON");
            let ours =
                pass_role::policy(&"my-role".parse().expect("a role"), None, None).expect("a policy").text;
            assert_eq!(serde_json::from_str::<Value>(&ours).expect("JSON"), value, "{name}");
            assert!(trust_policy::merge(text, PRINCIPALS[0]).is_err(), "{name}");
        }
        for pair in trust.chunks(2) {
            let [original, new] = pair else { panic!("{name}: a sample of a trust policy stands alone") };
            let new: Value = serde_json::from_str(new).expect("JSON");
            let services = new["Statement"][0]["Principal"]["Service"].as_array().expect("a list");
            let principal = services.last().and_then(Value::as_str).expect("a service");
            let workload = if name.starts_with("002") { Workload::Eas } else { Workload::Dlc };
            assert_eq!(workload.principal(), Some(principal), "{name}");
            let edit = trust_policy::merge(original, principal).expect("a trust policy");
            assert_eq!(serde_json::from_str::<Value>(&edit.after).expect("strict JSON"), new, "{name}");
            let findings: Vec<_> = edit.findings.iter().map(|finding| &finding.message).collect();
            assert_eq!(findings, Vec::<&String>::new(), "{name}");
            assert_eq!(
                trust_policy::merge(&new.to_string(), principal).expect("merged").after,
                new.to_string()
            );
        }
        passes += pass.len();
        trusts += trust.len();
    }
    println!("{passes} PassRole policies, {trusts} trust policies");
    assert_eq!((passes, trusts), (8, 8));
}

#[test]
fn the_samples_of_credentials_lack_a_comma_behind_the_token() {
    let Some(documents) = samples() else { return };
    let (mut refused, mut right) = (0, 0);
    for Samples { name, credentials, .. } in &documents {
        for text in credentials {
            let Err(error) = json::read(text) else {
                right += 1;
                continue;
            };
            assert_eq!(error.kind, SyntaxErrorKind::MissingComma, "{name}: {text}");
            assert_eq!(error.to_string(), "a comma is missing after this");
            let line = text[..error.span.end].rsplit('\n').next().unwrap_or_default();
            assert!(line.contains("\"SecurityToken\""), "{name}: {line}");
            let (head, tail) = text.split_at(error.span.end);
            assert!(json::read(&format!("{head},{tail}")).is_ok(), "{name}: that is all that is wrong");
            refused += 1;
        }
    }
    println!("{refused} credentials without a comma, {right} with");
    assert_eq!((refused, right), (4, 6));
}

#[test]
fn the_samples_of_service_configs_are_those_that_ramrole_writes() {
    let Some(documents) = samples() else { return };
    let configs: Vec<_> = documents.iter().flat_map(|document| &document.configs).collect();
    for text in &configs {
        let association = &associations()[usize::from(text.contains("role_arn"))];
        let ours = fragment(&Wanted { association, workspace_id: None });
        let arn = association.role_arn().map(ToString::to_string).unwrap_or_default();
        let theirs = read(text).meaning()["role_arn"].as_str().unwrap_or_default().to_owned();
        assert_eq!(read(&ours.replace(&arn, &theirs)).meaning(), read(text).meaning());
        assert_eq!(recognise(&json::read(text).expect("JSON")), Some(DocumentKind::ServiceConfig), "{text}");
        let edit = associate(text, &Wanted { association, workspace_id: None }).expect("a config");
        assert_eq!(edit.changed(), !arn.is_empty(), "only the placeholder is filled in");
        let open = check(&json::read(text).expect("JSON"));
        assert_eq!(open.iter().any(|it| it.rule == &rules::CONFIG_ROLE_ARN), !arn.is_empty(), "{open:?}");
    }
    println!("{} parts of service configs", configs.len());
    assert_eq!(configs.len(), 3);
}
