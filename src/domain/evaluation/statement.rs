//! Whether a statement is about a request.

use std::borrow::Cow;

use super::condition;
use super::{Met, Open, Reading, Request};
use crate::domain::json::Value;
use crate::domain::policy::{Statement, matches, matches_exactly};

/// Whether the statement fits: its actions, its resources or principals, and its condition.
pub(super) fn fits(statement: Statement, request: &Request, reading: Reading) -> Met {
    if !statement.covers(&request.action) {
        return Met::No;
    }
    let object = if statement.0.get("Principal").is_some() {
        principal(statement, request)
    } else {
        resource(statement, request)
    };
    Met::all([object, condition::block(statement.0.get("Condition"), request, reading)])
}

fn resource(statement: Statement, request: &Request) -> Met {
    if statement.0.get("NotResource").is_some() {
        return Met::Open(Open::NotResource);
    }
    let resource = without_region(&request.resource);
    let patterns = statement.0.get("Resource").into_iter().flat_map(Value::one_or_more);
    Met::any(patterns.filter_map(Value::as_str).map(|pattern| {
        let pattern = without_region(&pattern);
        if matches_exactly(&pattern, &resource) {
            Met::Yes
        } else if matches(&pattern, &resource) {
            Met::Open(Open::ResourceCase)
        } else {
            Met::No
        }
    }))
}

/// RAM is global: the region of its ARNs is written as nothing, as `*` or as a region, and counts for none.
fn without_region(arn: &str) -> Cow<'_, str> {
    let mut parts = arn.splitn(4, ':');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("acs"), Some("ram"), Some(_), Some(rest)) => Cow::Owned(format!("acs:ram::{rest}")),
        _ => Cow::Borrowed(arn),
    }
}

fn principal(statement: Statement, request: &Request) -> Met {
    let Some((kind, name)) = &request.principal else { return Met::No };
    let trusts = |value: Value| {
        value
            .as_str()
            .is_some_and(|trusted| *trusted == **name || (kind == "RAM" && is_account_of(&trusted, name)))
    };
    Met::of(statement.principals(kind).any(trusts))
}

/// Whether the trusted principal is the account of the user or role: `acs:ram::ACCOUNT:root`.
fn is_account_of(trusted: &str, name: &str) -> bool {
    let account = name.rsplit_once(':').map(|(account, _)| account);
    account.is_some_and(|account| trusted.strip_suffix(":root") == Some(account))
}
