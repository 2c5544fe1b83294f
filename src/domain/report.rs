//! A finished plan as people read it: as text, and as the README that goes with its documents.

use super::finding::Finding;
use super::plan::{DocumentRole, Plan, PlanDocument, Step};
use super::text::visible_line;

/// The plan as text: the steps, the documents, the findings. Of the user's own service config only the change
/// is shown, its secrets masked.
#[must_use]
pub fn text(plan: &Plan) -> String {
    let mut parts = vec![format!("{}\n", plan.summary)];
    parts.extend(plan.steps.iter().enumerate().map(|(index, step)| numbered(index + 1, step)));
    parts.extend(plan.documents.iter().map(document));
    if !plan.findings.is_empty() {
        parts.push("\n# findings\n".to_owned());
        parts.extend(plan.findings.iter().map(finding));
    }
    parts.concat()
}

fn numbered(number: usize, step: &Step) -> String {
    let commands: Vec<_> = step.commands.iter().map(|command| format!("     {command}\n")).collect();
    format!("\n{number}. {}\n   {}\n{}", step.title, step.console, commands.concat())
}

fn document(document: &PlanDocument) -> String {
    let head = format!("\n# {}: {}\n", document.name, document.purpose);
    match document.diff().filter(|_| document.role == DocumentRole::ServiceConfig) {
        Some(diff) if diff.is_empty() => format!("{head}(it says so already; nothing changes)\n"),
        Some(diff) => format!("{head}{diff}(the whole file: add --out DIR or --format json)\n"),
        None => format!("{head}{}", document.text),
    }
}

/// A finding in two lines: what, and what to do.
#[must_use]
pub fn finding(finding: &Finding) -> String {
    let (severity, code) = (finding.severity().word(), finding.rule.code);
    let head = format!("{}{severity}: {} [{code}]\n", place(finding), finding.message);
    format!("{head}  fix: {}\n", finding.advice())
}

/// `service.json:12:3: ` of a finding in a document.
fn place(finding: &Finding) -> String {
    let place = finding.document.as_deref().zip(finding.place);
    let place =
        place.map(|(name, place)| format!("{}:{}:{}: ", visible_line(name), place.line, place.column));
    place.unwrap_or_default()
}

/// The steps of a plan as Markdown.
#[must_use]
pub fn readme(plan: &Plan) -> String {
    let mut parts = vec![format!("# {}\n\n", escaped(&plan.summary))];
    parts.extend(plan.steps.iter().enumerate().map(|(index, step)| section(index + 1, step)));
    parts.push("## Documents\n\n| file | what it is |\n| --- | --- |\n".to_owned());
    parts.extend(plan.documents.iter().map(row));
    if !plan.findings.is_empty() {
        parts.push("\n## Findings\n\n".to_owned());
        parts.extend(plan.findings.iter().map(item));
    }
    parts.push(format!("\n## This plan again\n\n{}", fenced(&plan.command_line)));
    parts.concat()
}

fn section(number: usize, step: &Step) -> String {
    let commands = step.commands.join("\n");
    let commands = if commands.is_empty() { commands } else { format!("{}\n", fenced(&commands)) };
    format!("## {number}. {}\n\n{}\n\n{commands}", escaped(&step.title), escaped(&step.console))
}

fn row(document: &PlanDocument) -> String {
    format!("| `{}` | {} |\n", document.name, escaped(&document.purpose).replace('|', "\\|"))
}

fn item(finding: &Finding) -> String {
    let (severity, code) = (finding.severity().word(), finding.rule.code);
    let message = escaped(&format!("{}{severity}: {}", place(finding), finding.message));
    format!("- {message} (`{code}`). Fix: {}\n", escaped(finding.advice()))
}

/// A code block whose fence is longer than any in the text.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}sh\n{text}\n{fence}\n")
}

/// A text that Markdown does not take for markup.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '#') {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}
