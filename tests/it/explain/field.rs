//! Real error reports, where they are at hand: `RAMROLE_CORPUS` names the folder that holds `field`.

use std::fs;
use std::path::PathBuf;

use ramrole::domain::catalog::Workload;
use ramrole::domain::explain::explain;

/// A report by its number, with the message that has to be recognized in it and words of what has to come first.
const CASES: [(&str, &str, &str); 43] = [
    ("01", "bad-request", "DLC hides the reason"),
    ("02", "dlc-pass-role", "ram:PassRole"),
    ("03", "json-viewer", "default error"),
    ("04", "pass-role-denied", "acs:ram::1234567890123456:role/rank"),
    ("06", "no-permission", "ram:CreateRole on acs:ram:*:1234567890123456:role/*"),
    ("07", "sts-assume-role-denied", "Alibaba Cloud account itself"),
    ("09", "security-token-missing", "temporary"),
    ("11", "instance-role-not-found", "RAMRoleName"),
    ("12", "eas-privilege-denied", "eas:ListServices"),
    ("13", "image-disk-full", "disk"),
    ("15", "image-unauthorized", "custom role"),
    ("17", "security-token-expired", ""),
    ("19", "security-token-expired", ""),
    ("21", "security-token-invalid", "incomplete"),
    ("22", "security-token-malformed", "cut"),
    ("23", "security-token-missing", "temporary"),
    ("24", "access-key-not-found", "temporary credential has expired"),
    ("26", "access-key-leaked", ""),
    ("27", "oss-anonymous", "not signed"),
    ("28", "oss-wrong-endpoint", "another region"),
    ("29", "oss-no-permission", ""),
    ("30", "oss-no-permission", ""),
    ("32", "oss-session-policy", "session policy"),
    ("33", "clock-skew", "15 minutes"),
    ("35", "signature-mismatch", "secret"),
    ("36", "signature-mismatch", "secret"),
    ("37", "sls-denied", "log:ListProject"),
    ("39", "maxcompute-not-released", "not released"),
    ("40", "maxcompute-account-provider", ""),
    ("42", "maxcompute-access-key", "deleted or is misspelled"),
    ("43", "credential-service-failed", "cannot get a credential for the role"),
    ("45", "ecs-metadata-method", ""),
    ("46", "sts-assume-role-denied", ""),
    ("49", "role-not-found", ""),
    ("50", "credential-service-unreachable", "outside the workload"),
    ("53", "credential-service-failed", "address is wrong"),
    ("54", "credential-uri-unset", ""),
    ("56", "cli-external-disabled", ""),
    ("57", "cli-keys-missing", "mode AK"),
    ("59", "ecs-role-page", "EcsRamRole"),
    ("60", "cli-profile-missing", ""),
    ("61", "kms-permission", ""),
    ("61/ordinary.txt", "", ""),
];

/// The report and the workload that its command names.
fn report(folder: &str, number: &str) -> (String, Option<Workload>) {
    let (number, file) = number.split_once('/').unwrap_or((number, "input.txt"));
    let entries = fs::read_dir(folder).expect("the reports").map(|entry| entry.expect("an entry").path());
    let is_it =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number));
    let case = entries.into_iter().find(is_it).expect(number);
    let command = fs::read_to_string(case.join("cmd")).expect(number);
    let workload = command.split("--workload ").nth(1).and_then(|rest| rest.split_whitespace().next());
    let text = fs::read_to_string(case.join(file)).expect(number);
    (text, workload.map(|name| name.parse().expect(number)))
}

#[test]
fn every_report_gets_its_answer() {
    let Some(corpus) = std::env::var_os("RAMROLE_CORPUS").map(PathBuf::from) else {
        println!("skipped: RAMROLE_CORPUS is not set");
        return;
    };
    let folder = corpus.join("field").display().to_string();
    let wrong = CASES.iter().filter_map(|(number, id, words)| {
        let (text, workload) = report(&folder, number);
        let answer = explain(&text, workload).answer;
        let (found, told) = answer.as_ref().map_or(("", String::new()), |answer| {
            (answer.id, format!("{} {}", answer.title, answer.causes[0].text))
        });
        (found != *id || !told.contains(words)).then(|| format!("{number}: {found}: {told}"))
    });
    let wrong: Vec<String> = wrong.collect();
    println!("{:<12} {:>5} {:>5}", "field cases", "right", "total");
    println!("{:<12} {:>5} {:>5}", "explain", CASES.len() - wrong.len(), CASES.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
