//! Permissions as people and programs read them: why each action is there, and what to do beside the policy.

use std::fmt::Write as _;

use serde_json::{Value as Tree, json};

use super::compare::Comparison;
use super::need::{Grant, Need, Origin};
use super::{Elsewhere, Permissions};
use crate::domain::catalog::{Mark, Source, permissions};
use crate::domain::text::visible_line;

/// Why each action is there, by where the need comes from; what needs nothing, and what to do elsewhere.
#[must_use]
pub fn why(of: &Permissions) -> String {
    let mut text = String::new();
    let mut sources = Numbers::default();
    for (origin, needs) in by_origin(&of.needs) {
        head(&mut text, origin);
        for need in needs {
            let number = sources.of(&need.row.source);
            let _ = writeln!(text, "  {} [{number}, {}]", need.row.does, need.row.mark.word());
            for grant in need.grants() {
                let _ = writeln!(text, "    {}", granted(&grant));
            }
        }
    }
    for origin in &of.nothing {
        head(&mut text, origin);
        text.push_str("  no permission\n");
    }
    if !of.elsewhere.is_empty() {
        text.push_str("\nDo this as well\n");
    }
    for row in &of.elsewhere {
        let number = sources.of(row.source);
        let _ = writeln!(text, "  {}: {} [{number}, {}]", row.title, row.instruction, row.mark.word());
    }
    text.push_str(&sources.list());
    visible_lines(&text)
}

/// The sources of a text, numbered in the order in which it names them.
#[derive(Default)]
struct Numbers(Vec<&'static str>);

impl Numbers {
    fn of(&mut self, id: &'static str) -> usize {
        let known = self.0.iter().position(|other| *other == id);
        1 + known.unwrap_or_else(|| {
            self.0.push(id);
            self.0.len() - 1
        })
    }

    fn list(&self) -> String {
        let mut text = if self.0.is_empty() { String::new() } else { "\nSources\n".to_owned() };
        for (number, source) in self.0.iter().filter_map(|id| source(id)).enumerate() {
            let address = source.address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
            let _ = writeln!(text, "  [{}] {}{address} (read {})", number + 1, source.title, source.read);
        }
        text
    }
}

fn visible_lines(text: &str) -> String {
    text.lines().flat_map(|line| [visible_line(line), "\n".into()]).collect()
}

/// The needs that one place takes, in order.
fn by_origin(needs: &[Need]) -> Vec<(&Origin, Vec<&Need>)> {
    let mut groups: Vec<(&Origin, Vec<&Need>)> = Vec::new();
    for need in needs {
        match groups.iter_mut().find(|(origin, _)| **origin == need.origin) {
            Some((_, group)) => group.push(need),
            None => groups.push((&need.origin, vec![need])),
        }
    }
    groups
}

fn head(text: &mut String, origin: &Origin) {
    let line = origin.line.map(|line| format!(", line {line}")).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}{line}: {}", origin.place, origin.says);
}

/// A grant as half a sentence: `oss:GetObject on acs:oss:*:*:owl/a/*`.
#[must_use]
pub fn granted(grant: &Grant) -> String {
    let condition =
        grant.prefix.as_ref().map(|prefix| format!(" if oss:Prefix is like {prefix}")).unwrap_or_default();
    format!("{} on {}{condition}", grant.action, grant.resource)
}

/// What to do beside the policy, a line each.
#[must_use]
pub fn also(of: &Permissions) -> String {
    let line = |row: &Elsewhere| format!("also: {}: {}", row.title, row.instruction);
    visible_lines(&of.elsewhere.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// How a policy that exists stands to the needs, a line for each difference.
#[must_use]
pub fn comparison(comparison: &Comparison) -> String {
    let mut text = String::new();
    let mut line = |word: &str, rest: String| {
        let _ = writeln!(text, "{word:<7} {}", visible_line(&rest));
    };
    comparison.denied.iter().for_each(|grant| line("denied", granted(grant)));
    comparison.lacks.iter().for_each(|grant| line("lacks", granted(grant)));
    comparison.undecided.iter().for_each(|(grant, _)| line("unclear", granted(grant)));
    for extra in &comparison.extra {
        line("extra", format!("{} on {} (statement {})", extra.action, extra.resource, extra.statement));
    }
    if text.is_empty() { "the policy allows exactly what is needed\n".to_owned() } else { text }
}

/// A comparison for programs.
#[must_use]
pub fn comparison_as_json(comparison: &Comparison) -> Tree {
    let extra = comparison.extra.iter().map(
        |extra| json!({ "action": extra.action, "resource": extra.resource, "statement": extra.statement }),
    );
    json!({
        "denied": comparison.denied.iter().map(grant_as_json).collect::<Vec<_>>(),
        "lacks": comparison.lacks.iter().map(grant_as_json).collect::<Vec<_>>(),
        "undecided": comparison.undecided.iter().map(|(grant, _)| grant_as_json(grant)).collect::<Vec<_>>(),
        "extra": extra.collect::<Vec<_>>(),
    })
}

fn grant_as_json(grant: &Grant) -> Tree {
    json!({ "action": grant.action, "resource": grant.resource, "prefix": grant.prefix })
}

/// The permissions for programs.
#[must_use]
pub fn as_json(of: &Permissions) -> Tree {
    let need = |need: &Need| {
        json!({
            "from": need.origin.place,
            "line": need.origin.line,
            "reason": need.origin.says,
            "does": need.row.does,
            "grants": need.grants().map(|grant| grant_as_json(&grant)).collect::<Vec<_>>(),
            "mark": need.row.mark,
            "source": source(&need.row.source),
        })
    };
    let nothing =
        |origin: &Origin| json!({ "from": origin.place, "line": origin.line, "reason": origin.says });
    json!({
        "documents": of.documents(),
        "needs": of.needs.iter().map(need).collect::<Vec<_>>(),
        "also": of.elsewhere.iter().map(also_as_json).collect::<Vec<_>>(),
        "no_permission": of.nothing.iter().map(nothing).collect::<Vec<_>>(),
        "evaluated": { "allowed": of.verified.allowed, "denied": of.verified.denied },
        "findings": of.findings,
    })
}

fn also_as_json(row: &Elsewhere) -> Tree {
    let mark: Mark = row.mark;
    json!({
        "from": row.origin.place,
        "line": row.origin.line,
        "title": row.title,
        "do": row.instruction,
        "mark": mark,
        "source": source(row.source),
    })
}

fn source(id: &str) -> Option<&'static Source> {
    permissions().sources.get(id)
}
