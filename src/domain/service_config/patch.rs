//! The changed keys alone, as a document for an update that merges.

use super::{Finding, Findings, ROLE_ARN, SWITCH, WORKSPACE_ID, Wanted, associate, json, wanted_keys};
use crate::domain::edit::Edit;

/// What `modify -s` or an `UpdateService` that merges needs to put the role into a service whose config is
/// `text`; `{}` where nothing changes. A removal cannot be said in a merge and is reported.
///
/// # Errors
/// As for [`associate`].
pub fn patch(text: &str, wanted: &Wanted) -> Result<Edit, Findings> {
    let edit = associate(text, wanted)?;
    let (Ok(before), Ok(after)) = (json::read(&edit.before), json::read(&edit.after)) else {
        return Ok(edit);
    };
    let (before, after) = (before.root(), after.root());
    let changed = |path: &[&str]| {
        let value = after.at(path)?;
        let same = before.at(path).is_some_and(|old| old.source() == value.source());
        (!same).then_some(value)
    };
    let workspace = changed(&[super::METADATA, WORKSPACE_ID]).and_then(json::Value::as_str);
    let switch = changed(&[super::OPTIONS, SWITCH]).and_then(json::Value::as_bool);
    let role_arn = changed(&[ROLE_ARN]).and_then(json::Value::as_str);
    let alias = changed(&[super::CREDENTIAL, ROLE_ARN]).and_then(json::Value::as_str);
    let keys = wanted_keys(workspace.as_deref(), switch, role_arn.as_deref(), alias.as_deref());
    let text = json::render(&keys);
    // Their places are those of the whole config, which is not what is printed.
    let findings = edit.findings.map(Finding::without_place);
    Ok(Edit { before: json::render(&wanted_keys(None, None, None, None)), after: text, findings })
}
