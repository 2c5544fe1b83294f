//! Findings as SARIF 2.1.0, for code scanning; writes no file.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::finding::{Finding, Rule, Severity};
use super::super::rules;
use super::super::text::places;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// One file that was checked.
#[derive(Clone, Debug)]
pub struct Checked<'r> {
    /// The path as it was given.
    pub path: &'r str,
    /// The text, for the ends of the regions; `None` where nothing was found in it.
    pub text: Option<&'r str>,
    /// Why the file could not be read.
    pub error: Option<String>,
    /// What was found.
    pub findings: &'r [Finding],
    /// How many more were found, but are not shown.
    pub left_out: usize,
}

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
                "rules": rules::ALL.iter().copied().map(rule).collect::<Vec<_>>(),
            } },
            "invocations": [invocation(files)],
            "columnKind": "unicodeCodePoints",
            "results": files.iter().flat_map(results).collect::<Vec<_>>(),
        }],
    })
}

/// Whether every file could be read, and which could not.
fn invocation(files: &[Checked]) -> Value {
    let unreadable = files.iter().filter_map(|file| Some((file, file.error.as_deref()?)));
    let errors: Vec<_> = unreadable.map(|(file, error)| notification("error", error, file.path)).collect();
    let is_successful = errors.is_empty();
    let cut = files
        .iter()
        .filter(|file| file.left_out > 0)
        .map(|file| notification("note", &format!("findings not shown: {}", file.left_out), file.path));
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
    let regions = regions(file);
    let found = file.findings.iter().zip(regions);
    found.map(|(finding, region)| result(finding, &uri, region)).collect()
}

fn result(finding: &Finding, uri: &str, region: Option<Value>) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri } });
    if let Some(region) = region {
        location["region"] = region;
    }
    json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules::ALL.iter().position(|rule| rule.code == finding.rule.code),
        "level": level(finding.severity()),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": location }],
        "properties": { "fix": finding.advice(), "source": finding.rule.source },
    })
}

/// Where each finding starts and ends; both at once, so that the text is walked once.
fn regions(file: &Checked) -> Vec<Option<Value>> {
    let ends: Vec<usize> =
        file.findings.iter().map(|finding| finding.span.as_ref().map_or(0, |span| span.end)).collect();
    let ends = file.text.map(|text| places(text, &ends));
    let found = file.findings.iter().enumerate();
    let region = |(index, finding): (usize, &Finding)| {
        let start = finding.place?;
        let mut region = json!({ "startLine": start.line, "startColumn": start.column });
        if let Some(end) = ends.as_ref().filter(|_| finding.span.is_some()).map(|ends| ends[index]) {
            region["endLine"] = end.line.into();
            region["endColumn"] = end.column.into();
        }
        Some(region)
    };
    found.map(region).collect()
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
