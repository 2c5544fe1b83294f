//! Findings as a `JUnit` report: a suite for each file, a test case for each finding.
//!
//! Elements and attributes are those that Jenkins documents and GitLab reads:
//! <https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd>,
//! <https://docs.gitlab.com/ci/testing/unit_test_reports/>. Characters: <https://www.w3.org/TR/xml/#charsets>.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::finding::{Finding, Severity};
use super::super::text::{steers_a_terminal, visible_line};
use super::checked::Checked;

/// What became of a test case.
enum Verdict {
    Passed,
    /// Passed, with something to read.
    Said(Vec<String>),
    /// Failed: the kind of failure, its message, and the lines below it.
    Failed(&'static str, String, Vec<String>),
    /// Not run, because the file could not be read.
    Broken(String),
}

struct Case {
    name: String,
    verdict: Verdict,
}

/// The report. A finding is a failure if it fails the command: errors do, warnings only if they are denied.
#[must_use]
pub fn junit(files: &[Checked], deny_warnings: bool) -> String {
    let suites: Vec<_> = files.iter().map(|file| (file.path, cases(file, deny_warnings))).collect();
    let all = || suites.iter().flat_map(|(_, cases)| cases);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ramrole check\"{}>\n",
        counts(all())
    );
    for (path, cases) in &suites {
        let path = escape(path);
        let _ = writeln!(xml, "  <testsuite name=\"{path}\"{}>", counts(cases.iter()));
        for case in cases {
            write_case(&mut xml, &path, case);
        }
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn cases(file: &Checked, deny_warnings: bool) -> Vec<Case> {
    let fails = |severity| severity == Severity::Error || deny_warnings && severity == Severity::Warning;
    let mut seen = HashMap::new();
    let mut cases: Vec<Case> =
        file.findings().iter().map(|finding| of_finding(finding, &mut seen, fails)).collect();
    if let Some(error) = file.error() {
        cases.push(Case { name: "unreadable".to_owned(), verdict: Verdict::Broken(error.to_owned()) });
    }
    if let Some(more) = file.left_out() {
        let message = more.message();
        let verdict = if fails(more.severity) {
            Verdict::Failed(more.severity.word(), message, Vec::new())
        } else {
            Verdict::Said(vec![message])
        };
        cases.push(Case { name: "findings-left-out".to_owned(), verdict });
    }
    if cases.is_empty() {
        cases.push(Case { name: "no-findings".to_owned(), verdict: Verdict::Passed });
    }
    cases
}

/// The name has no line in it, so that a service that compares two reports knows the case again.
fn of_finding(
    finding: &Finding,
    seen: &mut HashMap<&'static str, usize>,
    fails: impl Fn(Severity) -> bool,
) -> Case {
    let code = finding.rule.code;
    let count = seen.entry(code).or_insert(0);
    *count += 1;
    let name = if *count == 1 { code.to_owned() } else { format!("{code} ({count})") };
    let place = finding.place.map(|place| format!("line {}, column {}: ", place.line, place.column));
    let place = place.unwrap_or_default();
    let (severity, message) = (finding.severity(), &finding.message);
    let mut lines =
        vec![format!("{place}{}: {message}", severity.word()), format!("fix: {}", finding.advice())];
    lines.push(format!("source: {}", finding.rule.source));
    let verdict = if fails(severity) {
        Verdict::Failed(severity.word(), format!("{place}{message}"), lines)
    } else {
        Verdict::Said(lines)
    };
    Case { name, verdict }
}

fn counts<'c>(cases: impl Iterator<Item = &'c Case>) -> String {
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for case in cases {
        tests += 1;
        match case.verdict {
            Verdict::Passed | Verdict::Said(_) => {}
            Verdict::Failed(..) => failures += 1,
            Verdict::Broken(_) => errors += 1,
        }
    }
    format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
}

fn write_case(xml: &mut String, path: &str, case: &Case) {
    let inside = match &case.verdict {
        Verdict::Passed => String::new(),
        Verdict::Said(lines) => format!("<system-out>{}</system-out>", text(lines)),
        Verdict::Failed(kind, message, lines) => {
            format!("<failure type=\"{kind}\" message=\"{}\">{}</failure>", escape(message), text(lines))
        }
        Verdict::Broken(message) => format!("<error type=\"unreadable\" message=\"{}\"/>", escape(message)),
    };
    let name = escape(&case.name);
    // Writing to a string cannot fail.
    let _ = if inside.is_empty() {
        writeln!(xml, "    <testcase classname=\"{path}\" name=\"{name}\"/>")
    } else {
        writeln!(xml, "    <testcase classname=\"{path}\" name=\"{name}\">\n      {inside}\n    </testcase>")
    };
}

fn text(lines: &[String]) -> String {
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\n")
}

/// For text and attributes. What steers a terminal becomes a character reference; what XML 1.0 forbids even as a
/// reference becomes a picture of itself.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(character));
            }
            '\0'..' ' if !matches!(character, '\t' | '\n' | '\r') => {
                escaped.push_str(&visible_line(character.encode_utf8(&mut [0; 4])));
            }
            _ if steers_a_terminal(character) => {
                let _ = write!(escaped, "&#x{:X};", u32::from(character));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::super::findings::Findings;
    use super::super::super::rules;
    use super::*;

    fn report(findings: &Findings, deny_warnings: bool) -> String {
        junit(&[Checked { path: "a.json", text: "", result: Ok(findings) }], deny_warnings)
    }

    #[test]
    fn every_character_is_one_that_xml_may_hold() {
        let all: String = (0..=0x0010_ffff).filter_map(char::from_u32).collect();
        let escaped = escape(&all);
        assert!(!escaped.contains(steers_a_terminal));
        assert!(!escaped.contains(['<', '>', '"', '\u{fffe}', '\u{ffff}']));
        assert_eq!(escape("\0\u{1b}[2J\t\n\r"), "␀␛[2J&#x9;&#xA;&#xD;");
        assert_eq!(
            escape("<a b=\"&'\u{202e}\u{7f}\u{ffff}\">"),
            "&lt;a b=&quot;&amp;'&#x202E;&#x7F;\\u{ffff}&quot;&gt;"
        );
    }

    #[test]
    fn what_fails_the_command_is_a_failure() {
        let warning = rules::ALL.iter().find(|rule| rule.severity == Severity::Warning).expect("a warning");
        let findings: Findings = Finding::new(warning, "x").into();
        assert!(report(&findings, false).contains("tests=\"1\" failures=\"0\" errors=\"0\""));
        assert!(report(&findings, true).contains("tests=\"1\" failures=\"1\" errors=\"0\""));
        let error: Findings = Finding::new(&rules::POLICY_VERSION, "x").into();
        assert!(report(&error, false).contains("<failure type=\"error\" message=\"x\">error: x\nfix: "));
    }

    #[test]
    fn cases_of_one_rule_have_names_of_their_own() {
        let findings: Findings = (0..2).map(|_| Finding::new(&rules::POLICY_VERSION, "x")).collect();
        let xml = report(&findings, false);
        assert!(
            xml.contains("name=\"policy-version\">") && xml.contains("name=\"policy-version (2)\">"),
            "{xml}"
        );
    }

    #[test]
    fn files_without_findings_and_files_that_cannot_be_read_are_cases_too() {
        let none = Findings::default();
        let unreadable = Checked { path: "<b>", text: "", result: Err("cannot read".to_owned()) };
        let silent = Checked { path: "a.json", text: "", result: Ok(&none) };
        assert_eq!(
            junit(&[silent, unreadable], false),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"ramrole check\" tests=\"2\" failures=\"0\" errors=\"1\">\n  \
               <testsuite name=\"a.json\" tests=\"1\" failures=\"0\" errors=\"0\">\n    \
                 <testcase classname=\"a.json\" name=\"no-findings\"/>\n  \
               </testsuite>\n  \
               <testsuite name=\"&lt;b&gt;\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
                 <testcase classname=\"&lt;b&gt;\" name=\"unreadable\">\n      \
                   <error type=\"unreadable\" message=\"cannot read\"/>\n    \
                 </testcase>\n  \
               </testsuite>\n\
             </testsuites>\n"
        );
    }

    #[test]
    fn errors_that_are_not_shown_are_a_failure() {
        let findings: Findings = (0..1_001).map(|_| Finding::new(&rules::POLICY_VERSION, "x")).collect();
        let xml = report(&findings, false);
        let failure = "<failure type=\"error\" message=\"1 more finding is not shown\"></failure>";
        assert!(xml.contains("failures=\"1001\"") && xml.contains(failure), "{}", xml.len());
    }
}
