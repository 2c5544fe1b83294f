//! Findings as text: where, what, the line with a mark, and the fix. No colour; secrets are masked.

use std::fmt::Write as _;
use std::ops::Range;

use super::super::finding::Finding;
use super::super::secret::mask_keys_in_words;
use super::super::text::{Line, Place, visible_line};

/// The findings about one text, a blank line after each; linear in the text if they come in its order.
#[must_use]
pub fn text(path: &str, text: &str, findings: &[Finding]) -> String {
    let path = visible_line(path);
    let mut shown = String::new();
    let mut line = None;
    for finding in findings {
        let place = finding.place.map(|place| format!(":{}:{}", place.line, place.column));
        let message = mask_keys_in_words(&finding.message);
        let (place, severity) = (place.unwrap_or_default(), finding.severity().word());
        let _ = writeln!(shown, "{path}{place}: {severity}: {message} [{}]", finding.rule.code);
        if let (Some(place), Some(span)) = (finding.place, &finding.span) {
            picture(text, place, span, &mut line, &mut shown);
        }
        let _ = writeln!(shown, "fix: {}\n", finding.advice());
    }
    shown
}

/// Draws the line; `line` is the one drawn last, kept because a line may be long and hold many findings.
fn picture<'t>(
    text: &'t str,
    place: Place,
    span: &Range<usize>,
    line: &mut Option<Line<'t>>,
    shown: &mut String,
) {
    if line.as_ref().is_none_or(|line| line.number() != place.line) {
        *line = Some(Line::around(text, place.line, span.start));
    }
    let Some(picture) = line.as_ref().map(|line| line.picture(span)) else { return };
    let number = picture.line.to_string();
    let gutter = " ".repeat(number.len());
    let (indent, mark) = (" ".repeat(picture.indent), "^".repeat(picture.length));
    let _ = writeln!(shown, "{}", format!(" {number} | {}", picture.excerpt).trim_end());
    let _ = writeln!(shown, " {gutter} | {indent}{mark}");
}
