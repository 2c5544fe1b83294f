//! The remedy as people read it.

use super::super::explain::{Explanation, ReadyDocument, Reason, Wrapper, clients, errors};
use super::Remedy;

impl Remedy<'_> {
    /// What happened, what the message names, the causes with how to tell them apart, the fix, the documents; for an
    /// unknown message those that are like it.
    #[must_use]
    pub fn text(&self) -> String {
        let Some(answer) = &self.explanation.answer else { return self.unknown() };
        let mut parts = vec![format!("{}\n", answer.title)];
        parts.extend(named(self.explanation));
        parts.push(causes(&answer.causes));
        let mut told = parts.concat();
        if let Some(name) = &self.name {
            for command in ["pass-role ", "--RoleName "] {
                told = told.replace(&format!("{command}NAME"), &format!("{command}{name}"));
            }
        }
        let mut parts = vec![told];
        parts.extend(decoding(self.explanation));
        parts.extend(self.explanation.wrappers.iter().map(reported));
        parts.extend(origin(self.explanation));
        let others = self.explanation.matches.iter().skip(1);
        parts.extend(others.map(|row| format!("Also found: {} [{}]\n", row.plain_title(), row.id)));
        parts.extend(self.documents.iter().map(|fix| format!("\n# {}\n{}", fix.title, fix.document)));
        parts.extend(self.lacking.iter().filter_map(|kind| Some(format!("\n{}\n", how_to_get(*kind)?))));
        parts.concat()
    }

    fn unknown(&self) -> String {
        let near = self.explanation.nearest.iter().map(|row| {
            let words = row.patterns.first().or(row.codes.first()).map(String::as_str).unwrap_or_default();
            format!("  similar: \"{words}\": {}\n", row.plain_title())
        });
        let head = "ramrole does not recognize this message\n".to_owned();
        let hint = "hint: pass the whole message, with its error code\n".to_owned();
        std::iter::once(head).chain(near).chain([hint]).collect::<Vec<_>>().concat()
    }
}

/// The values that the message names, one a line.
fn named(explanation: &Explanation) -> Vec<String> {
    let values = explanation.values.named();
    let width = values.iter().map(|(name, _)| name.len()).max().unwrap_or_default() + 1;
    let mut lines: Vec<String> =
        values.iter().map(|(name, value)| format!("  {:<width$} {value}\n", format!("{name}:"))).collect();
    if !lines.is_empty() {
        lines.insert(0, "\nFrom the message:\n".to_owned());
    }
    lines
}

fn causes(causes: &[Reason]) -> String {
    let several = causes.len() > 1;
    let told = causes.iter().enumerate().map(|(index, cause)| {
        let number = if several { format!("{}. ", index + 1) } else { String::new() };
        let indent = " ".repeat(number.len());
        let Reason { text, tell, fix, .. } = cause;
        format!("\n{number}{text}\n{indent}How to check: {tell}\n{indent}Fix: {fix}\n")
    });
    told.collect::<Vec<_>>().concat()
}

/// The command that shows the whole reason of a denial.
fn decoding(explanation: &Explanation) -> Option<String> {
    let message = explanation.values.diagnostic_message.as_ref()?;
    Some(format!(
        "\nTo see which policy decided, decode the diagnostic message:\n  \
         aliyun ram DecodeDiagnosticMessage --EncodedDiagnosticMessage '{message}'\n"
    ))
}

fn reported(wrapper: &Wrapper) -> String {
    let step = wrapper.step.and_then(|step| clients().steps.get(step));
    let step = step.map(|step| format!(" while {step}")).unwrap_or_default();
    format!("\nReported by {}{step}.\n", wrapper.titles.join(" or "))
}

fn origin(explanation: &Explanation) -> Option<String> {
    let row = explanation.matches.first()?;
    let source = &errors().sources.get(&row.source)?;
    let address = source.address.as_deref().map(|address| format!(", {address}")).unwrap_or_default();
    let note = if row.confirmed { "" } else { "Not confirmed by the platform's documents.\n" };
    Some(format!("\nSource: {}{address}\n{note}", source.title))
}

/// What to add so that a document can be written. Nothing can be added for what only the message could name.
fn how_to_get(kind: ReadyDocument) -> Option<&'static str> {
    match kind {
        ReadyDocument::TrustPolicy => {
            Some("Add --workload dlc, dsw or eas to get the trust policy, ready to paste.")
        }
        ReadyDocument::PassRole => Some("Add --role-name NAME to get the PassRole policy, ready to paste."),
        ReadyDocument::CredentialConfig => Some(
            "Add --workload, --role-name NAME and --account ID to get the CredentialConfig, ready to paste.",
        ),
        ReadyDocument::ServiceConfig => Some(
            "Add --role-name NAME and --account ID to get the keys of the service config, ready to paste.",
        ),
        ReadyDocument::PermissionPolicy => None,
    }
}
