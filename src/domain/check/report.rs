//! Findings as text: where, what, the line with a mark, and the fix. No colour; secrets are masked.

use std::fmt::Write as _;

use super::super::finding::Finding;
use super::super::secret::mask_keys_in_words;
use super::super::text::{Picture, Pictures, visible_line};

/// The findings about one text, a blank line after each; linear in the text if they come in its order.
#[must_use]
pub fn text(path: &str, text: &str, findings: &[Finding]) -> String {
    let path = visible_line(path);
    let mut shown = String::new();
    let mut pictures = Pictures::of(text);
    for finding in findings {
        let place = finding.place.map(|place| format!(":{}:{}", place.line, place.column));
        let message = mask_keys_in_words(&finding.message);
        let (place, severity) = (place.unwrap_or_default(), finding.severity().word());
        let _ = writeln!(shown, "{path}{place}: {severity}: {message} [{}]", finding.rule.code);
        if let (Some(place), Some(span)) = (finding.place, &finding.span) {
            picture(&pictures.draw(place.line, span), &mut shown);
        }
        let _ = writeln!(shown, "fix: {}\n", finding.advice());
    }
    shown
}

/// Draws the line with a gutter.
fn picture(picture: &Picture, shown: &mut String) {
    let number = picture.line.to_string();
    let gutter = " ".repeat(number.len());
    let (indent, mark) = (" ".repeat(picture.indent), "^".repeat(picture.length));
    let _ = writeln!(shown, "{}", format!(" {number} | {}", picture.excerpt).trim_end());
    let _ = writeln!(shown, " {gutter} | {indent}{mark}");
}
