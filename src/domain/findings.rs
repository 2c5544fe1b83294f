//! The findings about one document. All are counted, but only a limited number is kept, so that a hostile document
//! cannot exhaust the memory.

use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::finding::{Finding, Rule, Severity};
use super::text;

/// The findings about one document, in the order of its text once [`Findings::locate`] has run.
///
/// While a check runs, at most [`Findings::MOST`] of each rule are kept, so that many notes cannot hide an error.
/// [`Findings::cut`] then leaves at most that many in all. Counts include the findings that are not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    kept: Vec<Finding>,
    /// How many there are of each rule, kept or not.
    counts: Vec<(&'static Rule, usize)>,
}

impl Findings {
    /// How many are kept of each rule, and how many a document shows in all.
    pub const MOST: usize = 1_000;

    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.push_with(finding.rule, || finding);
    }

    /// Adds a finding of a rule, which is made only if it is kept.
    pub fn push_with(&mut self, rule: &'static Rule, make: impl FnOnce() -> Finding) {
        let count = self.count_mut(rule);
        *count += 1;
        if *count <= Self::MOST {
            self.kept.push(make());
        }
    }

    /// Adds the findings of another part of the same document, with their counts.
    pub fn append(&mut self, other: Self) {
        let kept_of =
            |rule: &Rule| other.kept.iter().filter(|finding| finding.rule.code == rule.code).count();
        let not_kept: Vec<_> = other.counts().map(|(rule, count)| (rule, count - kept_of(rule))).collect();
        self.extend(other.kept);
        for (rule, count) in not_kept {
            *self.count_mut(rule) += count;
        }
    }

    fn count_mut(&mut self, rule: &'static Rule) -> &mut usize {
        let known = self.counts.iter().position(|(other, _)| other.code == rule.code);
        let at = known.unwrap_or_else(|| {
            self.counts.push((rule, 0));
            self.counts.len() - 1
        });
        &mut self.counts[at].1
    }

    /// How many there are of a rule, kept or not.
    #[must_use]
    pub fn count_of(&self, rule: &Rule) -> usize {
        self.counts().find(|(other, _)| other.code == rule.code).map_or(0, |(_, count)| count)
    }

    /// How many there are of each rule, kept or not.
    pub fn counts(&self) -> impl Iterator<Item = (&'static Rule, usize)> {
        self.counts.iter().copied()
    }

    /// How many there are of a severity, kept or not.
    #[must_use]
    pub fn count_severity(&self, severity: Severity) -> usize {
        self.counts().filter(|(rule, _)| rule.severity == severity).map(|(_, count)| count).sum()
    }

    /// How many are counted, but not kept.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.counts().map(|(_, count)| count).sum::<usize>() - self.kept.len()
    }

    /// Whether there is an error, kept or not.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.count_severity(Severity::Error) > 0
    }

    /// Removes the findings of some rules, and forgets that they were counted.
    pub fn remove_rules(&mut self, is_removed: impl Fn(&Rule) -> bool) {
        self.counts.retain(|(rule, _)| !is_removed(rule));
        self.kept.retain(|finding| !is_removed(finding.rule));
    }

    /// Leaves at most [`Findings::MOST`] in all, the first ones.
    pub fn cut(&mut self) {
        self.kept.truncate(Self::MOST);
    }

    /// Sorts the findings by where they start in `text`, and gives each its place; linear in the text.
    pub fn locate(&mut self, text: &str) {
        if self.kept.is_empty() {
            return;
        }
        let start = |finding: &Finding| finding.span.as_ref().map_or(0, |span| span.start);
        self.kept.sort_by_key(start);
        let offsets: Vec<usize> = self.kept.iter().map(start).collect();
        for (finding, place) in self.kept.iter_mut().zip(text::places(text, &offsets)) {
            finding.place = finding.span.as_ref().map(|_| place);
        }
    }

    /// Adds findings before all others.
    pub fn put_first(&mut self, findings: impl IntoIterator<Item = Finding>) {
        let mut first: Self = findings.into_iter().collect();
        first.append(std::mem::take(self));
        *self = first;
    }

    /// Sorts the findings so that the most serious come first; those of one severity keep their order.
    pub fn sort_by_severity(&mut self) {
        self.kept.sort_by_key(Finding::severity);
    }

    /// Each finding changed in the same way, its rule excepted.
    #[must_use]
    pub fn map(mut self, change: impl Fn(Finding) -> Finding) -> Self {
        self.kept = self.kept.into_iter().map(change).collect();
        self
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.kept
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        let mut all = Self::default();
        all.extend(findings);
        all
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        std::iter::once(finding).collect()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Finding;
    type IntoIter = std::slice::Iter<'f, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.iter()
    }
}

/// A list of those that are kept.
impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.kept.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;

    fn at(rule: &'static Rule, start: usize) -> Finding {
        Finding::new(rule, "x").spanning(start..start + 1)
    }

    #[test]
    fn many_of_one_rule_are_counted_and_hide_no_other() {
        let text = "x".repeat(5_000);
        let mut findings: Findings = (0..3_000).map(|start| at(&rules::JSON_DUPLICATE_KEY, start)).collect();
        findings.push(at(&rules::POLICY_DUPLICATE_KEY, 4));
        assert_eq!((findings.len(), findings.left_out()), (1_001, 2_000));
        findings.locate(&text);
        findings.cut();
        assert_eq!((findings.len(), findings.left_out()), (1_000, 2_001));
        assert!(findings.iter().any(|finding| finding.rule == &rules::POLICY_DUPLICATE_KEY));
        assert_eq!(findings.count_of(&rules::JSON_DUPLICATE_KEY), 3_000);
        assert!(findings.has_error());
        findings.remove_rules(|rule| rule == &rules::POLICY_DUPLICATE_KEY);
        assert_eq!((findings.has_error(), findings.left_out()), (false, 2_001));
    }

    #[test]
    fn what_is_not_kept_is_not_made() {
        let mut findings = Findings::default();
        let mut made = 0;
        for start in 0..2_000 {
            findings.push_with(&rules::JSON_DUPLICATE_KEY, || {
                made += 1;
                at(&rules::JSON_DUPLICATE_KEY, start)
            });
        }
        assert_eq!(made, Findings::MOST);
    }
}
