//! Checks the files of a folder: most of them are of no concern, and only those that are may fail.

use super::super::finding::Rule;
use super::super::json::{SyntaxErrorKind, read};
use super::super::rules;
use super::kind::is_no_foreign_list;
use super::{Report, check_parsed};
use crate::messages::Text;
use crate::messages::check::left_out;

/// What a check of a file in a folder came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walked {
    /// The file is a document that has rules.
    Checked(Report),
    /// The file is something else.
    LeftOut(NotChecked),
}

/// A file that is no document with rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// What it is: `hcl`, `yaml`, `markdown`, `json`, `aws-policy`; `None` for any other file.
    pub kind: Option<&'static str>,
    /// Why it is left out.
    pub reason: Text,
}

impl NotChecked {
    /// A file that no document can be: not UTF-8, or too large.
    pub const UNREADABLE: Self = Self { kind: None, reason: left_out::UNREADABLE };
}

/// The names of files that often lie beside policies, by their extension.
const TYPES: [(&str, &str); 7] = [
    ("json", "json"),
    ("jsonc", "json"),
    ("tf", "hcl"),
    ("hcl", "hcl"),
    ("yaml", "yaml"),
    ("yml", "yaml"),
    ("md", "markdown"),
];

/// Whether a file with this extension is read; if not, what it is.
///
/// # Errors
/// For every file whose name is not that of a JSON document.
pub fn is_read(extension: &str) -> Result<(), NotChecked> {
    let row = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    match row.map(|(_, kind)| *kind) {
        Some("json") => Ok(()),
        kind => Err(NotChecked { kind, reason: left_out::NOT_JSON }),
    }
}

/// Checks a JSON file of a folder. A file of another kind is left out, and so is one that is not JSON, unless it looks
/// like a document with rules.
#[must_use]
pub fn check_walked(text: &str, is_allowed: impl Fn(&Rule) -> bool) -> Walked {
    let skipped = |kind, reason| Walked::LeftOut(NotChecked { kind: Some(kind), reason });
    let parsed = read(text);
    match &parsed {
        Ok(document) if !is_no_foreign_list(document.root()) => return skipped("json", left_out::UNKNOWN),
        Err(error) if error.kind == SyntaxErrorKind::SecondDocument || !looks_like_ours(text) => {
            return skipped("json", left_out::BROKEN);
        }
        _ => {}
    }
    let report = check_parsed(text, &parsed, None, is_allowed);
    if report.findings.count_of(&rules::POLICY_AWS) > 0 {
        return skipped("aws-policy", left_out::AWS);
    }
    let is_json = report.findings.count_of(&rules::JSON_SYNTAX) == 0;
    if report.kind.is_none() && is_json {
        skipped("json", left_out::UNKNOWN)
    } else {
        Walked::Checked(report)
    }
}

/// Whether a text that cannot be read has the words of a document with rules.
fn looks_like_ours(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().all(|word| text.contains(word));
    let is_any = |groups: &[&[&str]]| groups.iter().any(|group| has(group));
    let is_aws = is_any(&[&["arn:aws"], &["amazonaws.com"], &["AWS::"]]);
    let is_policy = is_any(&[&["\"Statement\"", "\"Effect\""], &["\"Statement\"", "\"Action\""]]);
    let names_role =
        is_any(&[&["\"enable_ram_role\""], &["\"CredentialConfig\""], &["\"AliyunEnvRoleKey\""]]);
    let has_service = is_any(&[&["\"processor\""], &["\"containers\""], &["\"model_path\""]]);
    let is_config = has(&["\"metadata\"", "\"instance\""]) && has_service;
    !is_aws && is_policy || names_role || is_config
}
