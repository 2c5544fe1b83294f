//! Findings as a Code Quality report of GitLab, which is a subset of Code Climate's JSON.
//!
//! GitLab: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>. Code Climate:
//! <https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md>, whose required fields are here too.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::super::finding::{Finding, Severity};
use super::super::text::{Place, steers_a_terminal};
use super::super::{json, rules};
use super::checked::Checked;

/// One entry of the report.
struct Issue<'r> {
    check: &'static str,
    path: &'r str,
    severity: &'static str,
    message: &'r str,
    /// What identifies the issue beside its check and path; no line may be in it.
    stable: &'r str,
    range: Option<Range<Place>>,
    advice: Option<String>,
}

/// How often each combination of check, path and stable text occurred.
type Seen = HashMap<[u8; 32], usize>;

/// The report as JSON text. Characters that steer a terminal are escaped, so that no path or message has them raw.
#[must_use]
pub fn gitlab(files: &[Checked]) -> String {
    let mut seen = Seen::new();
    let issues: Vec<Value> = files.iter().flat_map(|file| of_file(file, &mut seen)).collect();
    escape(&json::render(&issues))
}

fn of_file(file: &Checked, seen: &mut Seen) -> Vec<Value> {
    let about_file = |check, severity, message| Issue {
        check,
        path: file.path,
        severity,
        message,
        stable: "",
        range: None,
        advice: None,
    };
    let found = file.findings().iter().zip(file.ranges());
    let mut issues: Vec<_> =
        found.map(|(finding, range)| as_json(&issue(file.path, finding, range), seen)).collect();
    if let Some(error) = file.error() {
        issues.push(as_json(&about_file("unreadable", "blocker", error), seen));
    }
    if let Some(more) = file.left_out() {
        let message = more.message();
        issues.push(as_json(&about_file("findings-left-out", level(more.severity), &message), seen));
    }
    issues
}

fn issue<'r>(path: &'r str, finding: &'r Finding, range: Option<Range<Place>>) -> Issue<'r> {
    // Messages about syntax name lines. A document has only one of them.
    let stable = if finding.rule == &rules::JSON_SYNTAX { "" } else { &finding.message };
    let advice = format!("Fix: {}\n\nSource: {}", finding.advice(), finding.rule.source);
    Issue {
        check: finding.rule.code,
        path,
        severity: level(finding.severity()),
        message: &finding.message,
        stable,
        range,
        advice: Some(advice),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}

fn as_json(issue: &Issue, seen: &mut Seen) -> Value {
    let (begin, end) = issue.range.as_ref().map_or((1, 1), |range| (range.start.line, range.end.line));
    let mut value = json!({
        "type": "issue",
        "check_name": issue.check,
        "description": issue.message,
        "categories": ["Bug Risk"],
        "severity": issue.severity,
        "fingerprint": fingerprint(issue, seen),
        "location": { "path": issue.path, "lines": { "begin": begin, "end": end } },
    });
    if let Some(advice) = &issue.advice {
        value["content"] = json!({ "body": advice });
    }
    value
}

/// Stays the same when the line moves; the number of the occurrence tells equal findings of one file apart.
fn fingerprint(issue: &Issue, seen: &mut Seen) -> String {
    let kind = hash(&[issue.check, issue.path, issue.stable]);
    let occurrence = seen.entry(kind).or_default();
    *occurrence += 1;
    let all = hash(&[issue.check, issue.path, issue.stable, &occurrence.to_string()]);
    all.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Each part is preceded by its length, so that no two lists of parts look the same.
fn hash(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The line breaks of JSON stand between its values; all else that steers a terminal is inside strings.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && steers_a_terminal(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    fn report(path: &str, text: &str) -> Vec<Value> {
        let findings = check(text, None).findings;
        parsed(&[Checked { path, text, result: Ok(&findings) }])
    }

    fn parsed(files: &[Checked]) -> Vec<Value> {
        serde_json::from_str(&gitlab(files)).expect("a list")
    }

    fn fingerprints(issues: &[Value]) -> Vec<&Value> {
        issues.iter().map(|issue| &issue["fingerprint"]).collect()
    }

    #[test]
    fn fingerprints_stay_when_lines_move() {
        let text = "{\n\"Version\": \"2\", \"Statement\": [1, 1]}";
        let (here, moved) = (report("a.json", text), report("a.json", &text.replace('{', "{\n\n\n")));
        assert_ne!(here[0]["location"], moved[0]["location"]);
        assert_eq!(fingerprints(&here), fingerprints(&moved));
        assert_ne!(fingerprints(&here), fingerprints(&report("b.json", text)));
        let cut = report("a.json", "{\n\"Version\": 1,\n\"Statement\": [\n");
        let cut_later = report("a.json", "{\n\n\"Version\": 1,\n\"Statement\": [\n");
        assert_ne!(cut[0]["description"], cut_later[0]["description"]);
        assert_eq!(fingerprints(&cut), fingerprints(&cut_later));
    }

    #[test]
    fn equal_findings_have_fingerprints_of_their_own() {
        let text = r#"{"Version": "1", "Statement": [1, 1, 1]}"#;
        let findings = check(text, None).findings;
        let file = Checked { path: "a.json", text, result: Ok(&findings) };
        let issues = parsed(&[file.clone(), file]);
        let mut all: Vec<&str> = issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!((all.len(), issues.len() % 2), (issues.len(), 0));
        assert!(issues.len() >= 6 && all[0].len() == 64, "{issues:#?}");
    }

    #[test]
    fn unreadable_files_are_blockers_and_nothing_steers() {
        let path = "a\u{1b}\u{9b}\u{202e}\u{e0041}\".json";
        let file = Checked { path, text: "", result: Err("cannot\u{7f}".to_owned()) };
        let text = gitlab(std::slice::from_ref(&file));
        assert!(!text.contains(|c| c != '\n' && steers_a_terminal(c)), "{text:?}");
        let issue = &parsed(&[file])[0];
        assert_eq!(issue["location"], json!({ "path": path, "lines": { "begin": 1, "end": 1 } }));
        assert_eq!(issue["description"], "cannot\u{7f}");
        assert_eq!((&issue["severity"], &issue["check_name"]), (&json!("blocker"), &json!("unreadable")));
    }

    #[test]
    fn findings_that_are_not_shown_are_counted() {
        let text = format!("{{{}\"a\": 2}}", "\"a\": 1,".repeat(1_002));
        let issues = report("a.json", &text);
        let last = issues.last().expect("an issue");
        assert_eq!(last["check_name"], "findings-left-out");
        assert!(last["description"].as_str().is_some_and(|text| text.ends_with("not shown")), "{last}");
        assert_eq!(issues.len(), 1_001);
    }

    #[test]
    fn no_files_are_an_empty_list() {
        assert_eq!(gitlab(&[]), "[]\n");
    }
}
