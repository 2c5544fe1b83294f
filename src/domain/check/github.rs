//! Findings as workflow commands, which GitHub Actions shows as annotations of the changed lines.
//!
//! Syntax: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>. Escapes: the runner's
//! `ActionCommand.cs` in <https://github.com/actions/runner> undoes them.

use std::fmt::Write as _;
use std::ops::Range;

use super::super::finding::{Finding, Severity};
use super::super::text::{Place, steers_a_terminal, visible_line};
use super::checked::Checked;

/// A line for each finding, each file that could not be read, and each file with findings that are not shown.
#[must_use]
pub fn github(files: &[Checked]) -> String {
    files.iter().map(of_file).collect()
}

fn of_file(file: &Checked) -> String {
    let mut lines = String::new();
    if let Some(error) = file.error() {
        lines.push_str(&command(Severity::Error, file.path, None, "unreadable", error));
    }
    for (finding, range) in file.findings().iter().zip(file.ranges()) {
        let message = message(finding);
        lines.push_str(&command(finding.severity(), file.path, range, finding.rule.code, &message));
    }
    if let Some(more) = file.left_out() {
        lines.push_str(&command(more.severity, file.path, None, "findings-left-out", &more.message()));
    }
    lines
}

fn message(finding: &Finding) -> String {
    format!("{}\nfix: {}", finding.message, finding.advice())
}

fn command(severity: Severity, path: &str, range: Option<Range<Place>>, code: &str, message: &str) -> String {
    let mut properties = vec![("file", path.to_owned())];
    properties.extend(range.map(position).unwrap_or_default());
    properties.push(("title", format!("ramrole: {code}")));
    let property =
        |(name, value): (&str, String)| format!("{name}={}", escape(&value, is_special_in_property));
    let properties: Vec<_> = properties.into_iter().map(property).collect();
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    format!("::{command} {}::{}\n", properties.join(","), escape(message, is_special))
}

/// The runner drops columns that are not on one line.
fn position(range: Range<Place>) -> Vec<(&'static str, String)> {
    let Range { start, end } = range;
    let mut position = vec![("line", start.line.to_string()), ("endLine", end.line.to_string())];
    if start.line == end.line {
        position.push(("col", start.column.to_string()));
        position.push(("endColumn", end.column.to_string()));
    }
    position
}

fn is_special(character: char) -> bool {
    matches!(character, '%' | '\r' | '\n')
}

fn is_special_in_property(character: char) -> bool {
    is_special(character) || matches!(character, ':' | ',')
}

/// The runner has no escape for other control characters, so they become pictures of themselves.
fn escape(text: &str, is_special: fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_special(character) {
            let _ = write!(escaped, "%{:02X}", u32::from(character));
        } else if steers_a_terminal(character) {
            escaped.push_str(&visible_line(character.encode_utf8(&mut [0; 4])));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::super::findings::Findings;
    use super::super::super::rules;
    use super::*;

    fn lines(path: &str, text: &str, findings: Result<&Findings, String>) -> String {
        github(&[Checked { path, text, result: findings }])
    }

    #[test]
    fn a_finding_points_at_its_characters() {
        let text = "{\n  \"é\": 1\n}\n";
        let finding = Finding::new(&rules::POLICY_VERSION, "100% x:y, z").at(text, 4..8).with_fix("do");
        assert_eq!(
            lines("a.json", text, Ok(&finding.into())),
            "::error file=a.json,line=2,endLine=2,col=3,endColumn=6,title=ramrole%3A policy-version::100%25 x:y, z%0Afix: do\n"
        );
    }

    #[test]
    fn columns_are_left_out_where_a_finding_spans_lines() {
        let text = "{\n}\n";
        let finding = Finding::new(&rules::POLICY_VERSION, "x").at(text, 0..3);
        let line = lines("a.json", text, Ok(&finding.into()));
        assert!(line.starts_with("::error file=a.json,line=1,endLine=2,title="), "{line}");
    }

    #[test]
    fn names_cannot_end_a_property_or_a_line() {
        let error = "cannot read\r\n::error::x\u{1b}[2J";
        assert_eq!(
            lines("a,line=9::\n%0A\u{1b}\u{202e}.json", "", Err(error.to_owned())),
            "::error file=a%2Cline=9%3A%3A%0A%250A␛\\u{202e}.json,title=ramrole%3A unreadable::cannot read%0D%0A::error::x␛[2J\n"
        );
    }

    #[test]
    fn findings_that_are_not_shown_are_counted() {
        let findings: Findings = (0..1_002).map(|_| Finding::new(&rules::JSON_DUPLICATE_KEY, "x")).collect();
        let shown = lines("a.json", "", Ok(&findings));
        let last = shown.lines().last();
        let word = findings[0].severity().word();
        let expected =
            format!("::{word} file=a.json,title=ramrole%3A findings-left-out::2 more findings are not shown");
        assert_eq!((shown.lines().count(), last), (1_001, Some(&expected[..])));
    }
}
