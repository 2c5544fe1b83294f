//! Statements as policies that RAM accepts: split where one would be too long, never widened to save room.

use serde::Serialize;

use super::statement::Statement;
use crate::domain::check::POLICY_LIMIT;
use crate::domain::json;

/// A policy as RAM takes it.
#[derive(Serialize)]
struct Policy<'s> {
    #[serde(rename = "Version")]
    version: &'static str,
    #[serde(rename = "Statement")]
    statements: &'s [Statement],
}

/// The characters around the statements of a compact policy.
const FRAME: usize = r#"{"Version":"1","Statement":[]}"#.len();

/// The policies that hold the statements, each within the limit.
#[must_use]
pub fn policies(statements: Vec<Statement>) -> Vec<Vec<Statement>> {
    let mut policies: Vec<(usize, Vec<Statement>)> = Vec::new();
    let mut rest: Vec<Statement> = statements.into_iter().rev().collect();
    while let Some(statement) = rest.pop() {
        // Each statement has a comma, but for the last one of a policy.
        let length = statement.length() + 1;
        if FRAME + length > POLICY_LIMIT
            && let Some([first, second]) = statement.halves()
        {
            rest.extend([second, first]);
            continue;
        }
        match policies.iter_mut().find(|(taken, _)| taken + length <= POLICY_LIMIT) {
            Some((taken, policy)) => {
                *taken += length;
                policy.push(statement);
            }
            None => policies.push((FRAME + length, vec![statement])),
        }
    }
    policies.into_iter().map(|(_, policy)| policy).collect()
}

/// The policy as a document: with white space if that is within the limit too, which RAM may count.
#[must_use]
pub fn document(statements: &[Statement]) -> String {
    let policy = Policy { version: "1", statements };
    let text = json::render(&policy);
    if text.trim_end().chars().count() <= POLICY_LIMIT {
        return text;
    }
    compact(statements)
}

/// The policy on one line.
#[must_use]
pub fn compact(statements: &[Statement]) -> String {
    let policy = Policy { version: "1", statements };
    serde_json::to_string(&policy).map(|text| text + "\n").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(actions: &str, resources: usize) -> Statement {
        let resources = (0..resources).map(|number| format!("acs:oss:*:*:night-owl/{number:024}/*"));
        Statement::new(vec![actions.to_owned()], resources.collect(), Vec::new())
    }

    fn resources(policies: &[Vec<Statement>]) -> Vec<String> {
        let mut all: Vec<_> = policies.iter().flatten().flat_map(|it| it.resources.clone()).collect();
        all.sort();
        all
    }

    #[test]
    fn what_fits_stays_together() {
        let fitting = vec![statement("oss:GetObject", 50), statement("oss:PutObject", 50)];
        assert_eq!(policies(fitting.clone()), [fitting]);
    }

    #[test]
    fn what_is_too_long_is_cut_between_resources_and_loses_none() {
        let long = vec![statement("oss:GetObject", 700), statement("oss:PutObject", 3)];
        let split = policies(long.clone());
        assert!(split.len() > 3, "{}", split.len());
        assert_eq!(resources(&split), resources(&[long]));
        for policy in &split {
            let text = document(policy);
            assert!(text.trim_end().chars().count() <= POLICY_LIMIT, "{}", text.len());
            assert!(json::read(&text).is_ok());
        }
    }
}
