//! Findings as SARIF 2.1.0, for code scanning; writes no file.

use std::fmt::Write as _;
use std::ops::Range;

use serde_json::{Value, json};

use super::super::finding::{Finding, Rule, Severity};
use super::super::rules;
use super::super::text::Place;
use super::checked::Checked;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// The log of one run over these files.
#[must_use]
pub fn sarif(files: &[Checked]) -> Value {
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ramrole",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules::every().map(rule).collect::<Vec<_>>(),
            } },
            "invocations": [invocation(files)],
            "columnKind": "unicodeCodePoints",
            "results": files.iter().flat_map(results).collect::<Vec<_>>(),
        }],
    })
}

/// Whether every file could be read, and which could not.
fn invocation(files: &[Checked]) -> Value {
    let unreadable = files.iter().filter_map(|file| Some((file, file.error()?)));
    let errors: Vec<_> = unreadable.map(|(file, error)| notification("error", error, file.path)).collect();
    let is_successful = errors.is_empty();
    let left_out = files.iter().filter_map(|file| Some((file, file.left_out()?)));
    let cut = left_out
        .map(|(file, more)| notification("note", &format!("findings not shown: {}", more.count), file.path));
    let notifications: Vec<_> = errors.into_iter().chain(cut).collect();
    json!({ "executionSuccessful": is_successful, "toolExecutionNotifications": notifications })
}

fn notification(level: &str, text: &str, path: &str) -> Value {
    json!({
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }],
    })
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.why },
        "help": { "text": format!("{}\nSource: {}", rule.fix, rule.source) },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    severity.word()
}

fn results(file: &Checked) -> Vec<Value> {
    let uri = uri(file.path);
    let found = file.findings().iter().zip(file.ranges());
    found.map(|(finding, range)| result(finding, &uri, range.map(region))).collect()
}

fn result(finding: &Finding, uri: &str, region: Option<Value>) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri } });
    if let Some(region) = region {
        location["region"] = region;
    }
    json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules::every().position(|rule| rule.code == finding.rule.code),
        "level": level(finding.severity()),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": location }],
        "properties": { "fix": finding.advice(), "source": finding.rule.source },
    })
}

fn region(range: Range<Place>) -> Value {
    let Range { start, end } = range;
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a reference: relative paths stay relative, absolute ones become `file:`.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.strip_prefix("./").unwrap_or(path).bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("a b/ü:1.json"), "a%20b/%C3%BC%3A1.json");
        assert_eq!(uri("./x#y%.json"), "x%23y%25.json");
        assert_eq!(uri("/etc/x.json"), "file:///etc/x.json");
        assert_eq!(uri("../x.json"), "../x.json");
    }
}
