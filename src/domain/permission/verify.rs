//! Evaluates generated policies: what is needed must be allowed, and what stands beside it must not be.

use std::collections::BTreeSet;

use super::need::Grant;
use super::split;
use super::statement::Statement;
use crate::domain::evaluation::{AbsentKey, Decision, Reading, Request, judge};
use crate::domain::json;
use crate::domain::policy::{Policy, matches_exactly};

/// How an evaluation ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many requests are allowed, as they should be.
    pub allowed: usize,
    /// How many neighbors of these are denied, as they should be.
    pub denied: usize,
    /// The requests that are decided otherwise than they should be, one sentence each.
    pub wrong: Vec<String>,
}

/// A condition on a key that a request lacks is not met: of the two readings, the one under which more is denied.
const STRICT: Reading = Reading { absent_key: Some(AbsentKey::NotMet), group_deny_wins: None };

/// The condition key of a listing.
pub(super) const PREFIX: &str = "oss:Prefix";

/// Evaluates the policies against the grants that they were made from.
pub(super) fn verify(grants: &[Grant], policies: &[Vec<Statement>]) -> Verified {
    let texts: Vec<String> = policies.iter().map(|policy| split::compact(policy)).collect();
    let documents: Vec<_> = texts.iter().filter_map(|text| json::read(text).ok()).collect();
    let policies: Vec<Policy> = documents.iter().map(|document| Policy(document.root())).collect();
    let mut verified = Verified::default();
    for (action, resource, prefix) in requests(grants) {
        let expected = grants.iter().any(|grant| allows(grant, &action, &resource, prefix.as_deref()));
        let mut request = Request::new(&action, &resource);
        if let Some(prefix) = &prefix {
            request = request.with(PREFIX, prefix);
        }
        let decision = judge(&policies, &request, STRICT);
        match (expected, decision == Decision::Allow) {
            (true, true) => verified.allowed += 1,
            (false, false) => verified.denied += 1,
            (true, false) => {
                verified.wrong.push(format!("{action} on {resource} is needed, but not allowed"));
            }
            (false, true) => {
                verified.wrong.push(format!("{action} on {resource} is not needed, but allowed"));
            }
        }
    }
    verified
}

/// An action on a resource, with the prefix of a listing.
pub(super) type Asked = (String, String, Option<String>);

/// What each grant is for, and what stands beside it.
fn requests(grants: &[Grant]) -> BTreeSet<Asked> {
    let mut requests = BTreeSet::new();
    for grant in grants {
        requests.extend(samples(grant));
        let sample = sample(&grant.resource);
        let ask = |action: &str, resource: String, prefix: Option<&str>| {
            (action.to_owned(), resource, prefix.map(str::to_owned))
        };
        if grant.resource != "*" {
            let beside = |resource: &str| format!("{}-beside/x", resource.trim_end_matches(['*', '/']));
            requests.insert(ask(grant.action, beside(&grant.resource), grant.prefix.as_deref()));
        }
        let service = grant.action.split(':').next().unwrap_or_default();
        for other in [format!("{service}:PutObject"), format!("{service}:DeleteBucket")] {
            requests.insert(ask(&other, sample.clone(), None));
        }
        if let Some(prefix) = &grant.prefix {
            let folder = prefix.trim_end_matches(['*', '/']);
            let beside = format!("{folder}-beside/");
            for prefix in [None, Some(""), Some(folder), Some(&beside)] {
                requests.insert(ask(grant.action, sample.clone(), prefix));
            }
        }
    }
    requests
}

/// Requests that a grant is for.
pub(super) fn samples(grant: &Grant) -> Vec<Asked> {
    let resource = sample(&grant.resource);
    let prefixes = match &grant.prefix {
        None => vec![None],
        Some(prefix) => match prefix.strip_suffix('*') {
            Some(folder) => vec![Some(folder.to_owned()), Some(format!("{folder}x"))],
            None => vec![Some(prefix.clone())],
        },
    };
    prefixes.into_iter().map(|prefix| (grant.action.to_owned(), resource.clone(), prefix)).collect()
}

/// One resource that a pattern stands for.
fn sample(pattern: &str) -> String {
    if pattern == "*" { "acs:x:x:x:x".to_owned() } else { pattern.replace('*', "x") }
}

fn allows(grant: &Grant, action: &str, resource: &str, prefix: Option<&str>) -> bool {
    let fits = |pattern: &String| prefix.is_some_and(|prefix| matches_exactly(pattern, prefix));
    grant.action == action
        && matches_exactly(&grant.resource, resource)
        && grant.prefix.as_ref().is_none_or(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::AccessClass;

    fn grant(action: &'static str, resource: &str, prefix: Option<&str>) -> Grant {
        let (resource, prefix) = (resource.to_owned(), prefix.map(str::to_owned));
        Grant { class: AccessClass::Read, action, resource, prefix }
    }

    #[test]
    fn a_policy_that_allows_more_or_less_is_noticed() {
        let grants = [
            grant("oss:ListObjects", "acs:oss:*:*:owl", Some("run-42/*")),
            grant("oss:GetObject", "acs:oss:*:*:owl/run-42/*", None),
        ];
        let policy = |prefix: &str, objects: &str| {
            let list = ["oss:ListObjects".to_owned()].to_vec();
            let get = ["oss:GetObject".to_owned()].to_vec();
            vec![vec![
                Statement::new(list, vec!["acs:oss:*:*:owl".to_owned()], vec![prefix.to_owned()]),
                Statement::new(get, vec![objects.to_owned()], Vec::new()),
            ]]
        };
        let right = verify(&grants, &policy("run-42/*", "acs:oss:*:*:owl/run-42/*"));
        assert_eq!((right.wrong.len(), right.allowed), (0, 3));
        assert!(right.denied > 4, "{right:?}");
        for (prefix, objects, said) in [
            ("run-42*", "acs:oss:*:*:owl/run-42/*", "not needed"),
            ("run-42/*", "acs:oss:*:*:owl/run-42*", "not needed"),
            ("run-42/*", "acs:oss:*:*:owl/run-4/*", "not allowed"),
        ] {
            let wrong = verify(&grants, &policy(prefix, objects)).wrong;
            assert!(wrong.iter().any(|it| it.contains(said)), "{prefix} {objects}: {wrong:?}");
        }
    }
}
