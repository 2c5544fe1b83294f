//! Findings as text: where, what, the line with a mark, and the fix. Secrets are masked.

use std::fmt::{Display, Write as _};

use super::finding::{Finding, Severity};
use super::findings::Findings;
use super::picture::{Picture, Pictures};
use super::text::visible_line;

/// The findings about one text, a blank line after each; linear in the text if they come in its order.
#[must_use]
pub fn text(path: &str, text: &str, findings: &[Finding]) -> String {
    painted(path, Some(text), findings, Severity::word)
}

/// Like [`text`], with the word for the severity as the caller wants it; without the text there are no pictures,
/// and a finding that is about no document has no path.
#[must_use]
pub fn painted<W: Display>(
    path: &str,
    text: Option<&str>,
    findings: &[Finding],
    word: impl Fn(Severity) -> W,
) -> String {
    let mut pictures = text.map(Pictures::of);
    let parts = findings.iter().map(|finding| {
        let document = finding.document.as_deref().unwrap_or(path);
        format!("{}\n", one(document, pictures.as_mut(), finding, word(finding.severity())))
    });
    parts.collect::<Vec<_>>().concat()
}

/// How many findings there are: `no findings`, `3 findings`, `the first 1000 of 4500 findings`.
#[must_use]
pub fn counted(findings: &Findings) -> String {
    match (findings.len(), findings.left_out()) {
        (0, 0) => "no findings".to_owned(),
        (1, 0) => "1 finding".to_owned(),
        (count, 0) => format!("{count} findings"),
        (shown, more) => format!("the first {shown} of {} findings", shown + more),
    }
}

/// The line about findings that were counted, but not kept; empty where all are shown.
#[must_use]
pub fn left_out(path: &str, findings: &Findings) -> String {
    match findings.left_out() {
        0 => String::new(),
        more => format!("{}: {}\n", visible_line(path), not_shown(more)),
    }
}

/// The sentence about findings that were counted, but not kept.
#[must_use]
pub fn not_shown(count: usize) -> String {
    match count {
        1 => "1 more finding is not shown".to_owned(),
        count => format!("{count} more findings are not shown"),
    }
}

/// One finding: what, the line if there is a picture to draw, and the fix where there is anything to do.
pub fn one(path: &str, pictures: Option<&mut Pictures>, finding: &Finding, word: impl Display) -> String {
    let place = finding.place.filter(|_| !path.is_empty());
    let place = place.map(|place| format!("{}:{}:{}: ", visible_line(path), place.line, place.column));
    let head = format!("{}{word}: {}", place.unwrap_or_default(), finding.message);
    let mut shown = format!("{head} [{}]\n", finding.rule.code);
    if let (Some(pictures), Some(place), Some(span)) = (pictures, finding.place, &finding.span) {
        draw(&pictures.draw(place.line, span), &mut shown);
    }
    if finding.severity() != Severity::Note || finding.fix.is_some() {
        // Writing to a string cannot fail.
        let _ = writeln!(shown, "fix: {}", finding.advice());
    }
    shown
}

/// Draws the line with a gutter.
fn draw(picture: &Picture, shown: &mut String) {
    let number = picture.line.to_string();
    let gutter = " ".repeat(number.len());
    let (indent, mark) = (" ".repeat(picture.indent), "^".repeat(picture.length));
    let line = format!(" {number} | {}", picture.excerpt);
    let _ = writeln!(shown, "{}\n {gutter} | {indent}{mark}", line.trim_end());
}
