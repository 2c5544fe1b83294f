//! A finished plan as people read it: as text, and as the README that goes with its documents.

use super::{DocumentRole, Plan, PlanDocument, Step};
use crate::domain::finding::Finding;
use crate::domain::report::one;
use crate::domain::text::visible_line;

/// Where the files are that steps and commands name.
const FILES: &str = "\nThe files named here are the documents below: add --out DIR to have them written, and run the \
                     commands in that folder.\n";

/// The plan as text: the steps, the findings, the documents. Of the user's own service config only the change
/// is shown, its secrets masked.
#[must_use]
pub fn text(plan: &Plan) -> String {
    let mut parts = vec![format!("{}\n", plan.summary)];
    parts.extend(plan.steps.iter().enumerate().map(|(index, step)| numbered(index + 1, step)));
    parts.push(FILES.to_owned());
    if !plan.findings.is_empty() {
        parts.push("\n# findings\n".to_owned());
        parts.push(findings(plan));
    }
    if !plan.reasons.is_empty() {
        parts.push(format!("\n# why the role may do this\n{}", plan.reasons));
    }
    parts.extend(plan.documents.iter().map(document));
    parts.concat()
}

/// What is to be said of a plan, as text.
#[must_use]
pub fn findings(plan: &Plan) -> String {
    let said = plan.findings.iter().map(|finding| {
        let document = finding.document.as_deref().unwrap_or_default();
        one(document, None, finding, finding.severity().word())
    });
    let left_out = super::super::report::left_out("plan", &plan.findings);
    said.chain(std::iter::once(left_out)).collect::<Vec<_>>().concat()
}

/// The steps for the console, numbered.
#[must_use]
pub fn console(plan: &Plan) -> String {
    let steps = plan.steps.iter().enumerate();
    let steps = steps.map(|(index, step)| format!("{}. {}\n   {}\n", index + 1, step.title, step.console));
    steps.collect::<Vec<_>>().join("\n")
}

/// The commands of a plan, each step under its title.
#[must_use]
pub fn commands(plan: &Plan) -> String {
    let step = |step: &Step| {
        let commands = step.commands.iter().map(|command| format!("{command}\n"));
        format!("# {}\n{}", step.title, commands.collect::<Vec<_>>().concat())
    };
    let steps = plan.steps.iter().filter(|step| !step.commands.is_empty());
    steps.map(step).collect::<Vec<_>>().join("\n")
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

/// A file of the folder that `--out` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFile {
    /// Its name.
    pub name: &'static str,
    /// The text.
    pub text: String,
    /// Whether it is made from the user's service config, which may hold secrets.
    pub is_private: bool,
}

/// The files of a plan: the README, and every document.
#[must_use]
pub fn files(plan: &Plan) -> Vec<PlanFile> {
    let readme = PlanFile { name: "README.md", text: readme(plan), is_private: false };
    let file = |document: &PlanDocument| PlanFile {
        name: document.name,
        text: document.text.clone(),
        is_private: document.is_the_users(),
    };
    std::iter::once(readme).chain(plan.documents.iter().map(file)).collect()
}

/// The steps of a plan as Markdown.
#[must_use]
pub fn readme(plan: &Plan) -> String {
    let mut parts = vec![format!("# {}\n\n", escaped(&plan.summary))];
    parts.push("Run the commands in this folder, in their order.\n\n".to_owned());
    parts.extend(plan.steps.iter().enumerate().map(|(index, step)| section(index + 1, step)));
    parts.push("## Documents\n\n| file | what it is |\n| --- | --- |\n".to_owned());
    parts.extend(plan.documents.iter().map(row));
    if !plan.findings.is_empty() {
        parts.push("\n## Findings\n\n".to_owned());
        parts.extend(plan.findings.iter().map(item));
    }
    if !plan.reasons.is_empty() {
        parts.push(format!("\n## Why the role may do this\n\n{}", fenced("text", plan.reasons.trim_end())));
    }
    parts.push(format!("\n## This plan again\n\n{}", fenced("sh", &plan.command_line)));
    parts.concat()
}

fn section(number: usize, step: &Step) -> String {
    let commands = step.commands.join("\n");
    let commands = if commands.is_empty() { commands } else { format!("{}\n", fenced("sh", &commands)) };
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
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
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

/// Where in its document a finding is, with a colon behind it; nothing where that is not known.
fn place(finding: &Finding) -> String {
    let place = finding.document.as_deref().zip(finding.place);
    place
        .map(|(name, place)| format!("{}:{}:{}: ", visible_line(name), place.line, place.column))
        .unwrap_or_default()
}
