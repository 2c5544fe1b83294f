//! Recognizes a document that is plainly no service config: keys of the role written into it would do nothing.

use super::{Document, DocumentKind, Finding, Kind, OPTIONS, SWITCH, outline, recognise, table};
use crate::domain::catalog::Held;
use crate::messages::documents as said;

/// Why a document is not a service config, with the command or the field to use instead.
pub(in crate::domain) fn of_another_kind(document: &Document) -> Option<Finding> {
    let root = document.root();
    if root.kind() != Kind::Object {
        return None;
    }
    let start = root.span().start;
    let refused = |message: String| Finding::new(&table::CONFIG_EXPECTED, message).spanning(start..start + 1);
    if let Some(answer) = outline::answer(root) {
        let operation = answer.row.operation.as_str();
        return Some(match answer.row.holds {
            Held::ServiceConfig => {
                let path = answer.path.clone();
                let message = said::AnswerNotConfig { operation, path }.to_string();
                refused(message).with_fix(said::TakeOut { path: answer.path }.to_string())
            }
            Held::PermissionPolicy => refused(said::AnswerOfPolicy { operation }.to_string()),
        });
    }
    if let Some(row) = outline::body(root) {
        let (workload, operation) = (row.workload.id(), row.workload.sheet().api.create.value.as_str());
        let finding = refused(said::BodyNotConfig { operation }.to_string());
        return Some(finding.with_fix(said::UseCredentialConfig { workload }.to_string()));
    }
    match recognise(document).filter(|kind| *kind != DocumentKind::ServiceConfig) {
        Some(DocumentKind::CredentialConfig) => {
            let title = format!("a {}", DocumentKind::CredentialConfig);
            let finding = refused(said::NotConfig { title }.to_string());
            return Some(finding.with_fix(said::UseCredentialConfig { workload: "WORKLOAD" }.to_string()));
        }
        Some(kind) => return Some(refused(said::NotConfig { title: format!("a {kind}") }.to_string())),
        None => {}
    }
    if root.at(&[OPTIONS, SWITCH]).is_some() {
        return None;
    }
    if let Some(row) = outline::foreign(root) {
        return Some(refused(said::NotConfig { title: row.title.clone() }.to_string()));
    }
    (!outline::may_be_config(root)).then(|| refused(said::NO_CONFIG_KEY.to_string()))
}
