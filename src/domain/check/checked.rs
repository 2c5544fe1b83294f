//! One checked file, as the formats for other programs report it.

use std::ops::Range;

use super::super::finding::{Finding, Severity};
use super::super::findings::Findings;
use super::super::report;
use super::super::text::{Place, places};

/// One file that was checked.
#[derive(Clone, Debug)]
pub struct Checked<'r> {
    /// The path to report.
    pub path: &'r str,
    /// The text, for the ends of the findings; may be empty if there are none.
    pub text: &'r str,
    /// What was found, or why the file could not be read.
    pub result: Result<&'r Findings, String>,
}

/// The findings that were counted, but not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// How many there are.
    pub count: usize,
    /// The most serious one.
    pub severity: Severity,
}

impl Checked<'_> {
    /// The findings that were kept; none if the file could not be read.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.result.as_ref().map(|findings| &findings[..]).unwrap_or_default()
    }

    /// Why the file could not be read.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.result.as_ref().err().map(String::as_str)
    }

    /// The findings that were counted, but not kept; `None` if all were kept.
    #[must_use]
    pub fn left_out(&self) -> Option<LeftOut> {
        let findings = self.result.as_ref().ok()?;
        let kept = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
        let hidden = |severity: &Severity| findings.count_severity(*severity) > kept(*severity);
        let severity = [Severity::Error, Severity::Warning, Severity::Note].into_iter().find(hidden)?;
        Some(LeftOut { count: findings.left_out(), severity })
    }

    /// Where each finding starts and ends; all ends at once, so that the text is walked once.
    #[must_use]
    pub fn ranges(&self) -> Vec<Option<Range<Place>>> {
        let end = |finding: &Finding| finding.span.as_ref().map_or(0, |span| span.end);
        let offsets: Vec<usize> = self.findings().iter().map(end).collect();
        let ends = places(self.text, &offsets);
        self.findings().iter().zip(ends).map(|(finding, end)| Some(finding.place?..end)).collect()
    }
}

impl LeftOut {
    /// The sentence about them.
    #[must_use]
    pub fn message(self) -> String {
        report::not_shown(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::rules;
    use super::*;

    fn left_out(findings: &Findings) -> Option<LeftOut> {
        Checked { path: "x", text: "", result: Ok(findings) }.left_out()
    }

    #[test]
    fn what_is_left_out_weighs_as_much_as_its_most_serious_finding() {
        let note = |_| Finding::new(&rules::JSON_DUPLICATE_KEY, "x");
        let mut findings: Findings = (0..1_000).map(note).collect();
        assert_eq!(left_out(&findings), None);
        findings.push(note(0));
        let severity = rules::JSON_DUPLICATE_KEY.severity;
        assert_eq!(left_out(&findings), Some(LeftOut { count: 1, severity }));
        findings.push(Finding::new(&rules::POLICY_DUPLICATE_KEY, "x"));
        findings.cut();
        assert_eq!(left_out(&findings), Some(LeftOut { count: 2, severity: Severity::Error }));
        assert_ne!(severity, Severity::Error);
    }
}
