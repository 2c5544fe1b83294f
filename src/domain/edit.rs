//! A user's document after an edit: what it was, what it is, and the difference for people to read.

use std::fmt::Write as _;
use std::ops::Range;

use similar::{ChangeTag, TextDiff};

use super::finding::Finding;
use super::findings::Findings;
use super::json::{self, SyntaxErrorKind};
use super::{rules, secret};
use crate::messages::json::OTHER_FORMAT_FIX;

/// A document before and after, with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The text as it was given.
    pub before: String,
    /// The text with the edit in it; the same bytes where nothing had to change.
    pub after: String,
    /// What is to be said, with places in `after`.
    pub findings: Findings,
}

impl Edit {
    /// Whether anything changed.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.before != self.after
    }

    /// The unified diff with secrets masked; empty where nothing changed.
    #[must_use]
    pub fn diff(&self, name: &str) -> String {
        masked_diff(&self.before, &self.after, name)
    }
}

/// The unified diff of two documents with their secrets masked; empty where they are the same.
#[must_use]
pub fn masked_diff(before: &str, after: &str, name: &str) -> String {
    if before == after { String::new() } else { unified_diff(&masked(before), &masked(after), name) }
}

/// The text with its secrets masked.
#[must_use]
pub fn masked(text: &str) -> String {
    secret::mask_text(text)
}

/// The finding for a text that is not JSON.
#[must_use]
pub fn syntax_finding(text: &str, error: &json::SyntaxError) -> Finding {
    let finding = Finding::new(&rules::JSON_SYNTAX, error.to_string()).at(text, error.span.clone());
    match error.kind {
        SyntaxErrorKind::OtherFormat(_) => finding.with_fix(OTHER_FORMAT_FIX),
        _ => finding,
    }
}

/// How many unchanged lines are shown around a change.
const CONTEXT: usize = 3;

/// The difference of two texts in the unified format, three lines of context.
fn unified_diff(before: &str, after: &str, name: &str) -> String {
    let (skipped, old, new) = changed_part(before, after);
    let diff = TextDiff::from_lines(&before[old], &after[new]);
    let mut text = format!("--- {name}\n+++ {name} (edited)\n");
    for group in diff.grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let old = first.old_range().start..last.old_range().end;
        let new = first.new_range().start..last.new_range().end;
        let _ = writeln!(text, "@@ -{} +{} @@", header(skipped, &old), header(skipped, &new));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line = change.value();
            let ending = if line.ends_with('\n') { "" } else { "\n\\ No newline at end of file\n" };
            let _ = write!(text, "{sign}{line}{ending}");
        }
    }
    text
}

fn header(skipped: usize, lines: &Range<usize>) -> String {
    let first = if lines.is_empty() { skipped + lines.start } else { skipped + lines.start + 1 };
    if lines.len() == 1 { first.to_string() } else { format!("{first},{}", lines.len()) }
}

/// The lines that differ with the context around them, and how many lines stand before: a large document
/// with a small change costs no more than reading it.
fn changed_part(before: &str, after: &str) -> (usize, Range<usize>, Range<usize>) {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let same_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let limit = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(limit).take_while(|(a, b)| a == b).count();
    let start = lines_back(before, same_start);
    let end = lines_on(before, old.len() - same_end);
    let skipped = before[..start].matches('\n').count();
    let kept = old.len() - end;
    (skipped, start..end, start..new.len() - kept)
}

fn lines_back(text: &str, from: usize) -> usize {
    let newlines = text.as_bytes()[..from].iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    newlines.map(|(at, _)| at + 1).nth(CONTEXT).unwrap_or(0)
}

fn lines_on(text: &str, from: usize) -> usize {
    let newlines = text.as_bytes()[from..].iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    newlines.map(|(at, _)| from + at + 1).nth(CONTEXT).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_the_change_with_its_place() {
        let before = (1..=20).map(|n| format!("line {n}\n")).collect::<Vec<_>>().concat();
        let after = before.replace("line 10\n", "line 10\nnew\n");
        assert_eq!(
            unified_diff(&before, &after, "a"),
            "--- a\n+++ a (edited)\n@@ -8,6 +8,7 @@\n line 8\n line 9\n line 10\n+new\n line 11\n line 12\n line 13\n"
        );
    }

    #[test]
    fn a_missing_line_break_at_the_end_is_said() {
        let expected = "--- a\n+++ a (edited)\n@@ -1 +1 @@\n-{}\n\\ No newline at end of file\n+{1}\n\\ No newline at end of file\n";
        assert_eq!(unified_diff("{}", "{1}", "a"), expected);
    }

    #[test]
    fn nothing_changed_is_an_empty_diff() {
        let edit = Edit { before: "{}".into(), after: "{}".into(), findings: Findings::default() };
        assert_eq!(edit.diff("a"), "");
    }
}
