//! The rules for trust policies: who may assume the role, and what has no place there.

use std::collections::BTreeSet;

use super::super::catalog::Workload;
use super::super::finding::Finding;
use super::super::findings::Findings;
use super::super::json::{Kind, Member, Value};
use super::super::placeholder::placeholder;
use super::super::policy::{ASSUME_ROLE, Policy, Statement, matches};
use super::super::principal::Principal;
use super::super::rules;
use super::super::text::quoted;
use super::super::values::AccountId;
use super::grammar::{
    get_in_any_case, is_arn, is_narrowed, missing, narrowing_keys, strings, unknown_names, wrong_type,
};
use super::json::repeated;
use super::kind::is_sts;

/// The names in a Principal.
pub(in crate::domain) const PRINCIPAL_NAMES: [&str; 3] = ["Service", "RAM", "Federated"];

/// Checks one statement by itself, all but its principals' values.
pub(super) fn check_statement(statement: Statement, found: &mut Findings) {
    match get_in_any_case(statement.0, "Principal") {
        None => found.push(missing(&rules::TRUST_PRINCIPAL, "Principal is missing", statement.0)),
        Some(principal) if principal.one_or_more().any(|value| value.is_str("*")) => {
            found.push(everyone(statement, principal));
        }
        Some(principal) if principal.kind() != Kind::Object => {
            found.push(wrong_type(
                "Principal",
                "an object such as {\"Service\": [\"pai.aliyuncs.com\"]}",
                principal,
            ));
        }
        Some(principal) if principal.members().next().is_none() => {
            found
                .push(Finding::new(&rules::TRUST_PRINCIPAL, "Principal is empty").spanning(principal.span()));
        }
        Some(principal) => unknown_names(principal, "a Principal", &PRINCIPAL_NAMES, found),
    }
    if let Some(resource) = statement.0.member("Resource") {
        let message = "Resource stands in a trust policy";
        found.push(Finding::new(&rules::TRUST_RESOURCE, message).spanning(resource.name.span()));
    }
    actions(statement, found);
}

/// `"Principal": "*"`, as other clouds write it.
fn everyone(statement: Statement, principal: Value) -> Finding {
    let fix =
        "write an object that names who may assume the role, such as {\"Service\": [\"pai.aliyuncs.com\"]}";
    if statement.has_effect("Deny") {
        return wrong_type("Principal", "an object such as {\"Service\": [\"pai.aliyuncs.com\"]}", principal);
    }
    let message =
        "Principal is *, which means everyone; RAM expects an object that names who may assume the role";
    Finding::new(&rules::TRUST_ANY_ACCOUNT, message).with_fix(fix).spanning(principal.span())
}

fn actions(statement: Statement, found: &mut Findings) {
    let denies = statement.has_effect("Deny");
    for value in statement.actions() {
        let Some(action) = value.as_str() else { continue };
        let is_fine =
            is_sts(&action) || action.is_empty() || action.contains("${") || (denies && action == "*");
        if !is_fine {
            found.push_with(&rules::TRUST_ACTION, || {
                let message = format!("{} has no place in a trust policy", quoted(&action));
                Finding::new(&rules::TRUST_ACTION, message).spanning(value.span())
            });
        }
    }
    if let Some(except) = statement.0.member("NotAction").filter(|_| !denies) {
        let message = "NotAction allows every way of assuming the role but the ones named";
        found.push(Finding::new(&rules::TRUST_NOT_ACTION, message).spanning(except.name.span()));
    }
}

/// Checks whom a trust policy names: slips, strangers, everyone, and the same one twice.
pub(in crate::domain) fn check_principals(policy: Policy, found: &mut Findings) {
    for statement in policy.statements() {
        for member in statement.0.get("Principal").into_iter().flat_map(Value::members) {
            check_values(statement, member, found);
        }
        found.extend(federated(statement));
    }
    let named = policy.statements().filter_map(|statement| statement.0.get("Principal"));
    let mut values = named.flat_map(Value::members).flat_map(|member| member.value.one_or_more());
    if values.nth(1).is_none() {
        return;
    }
    for name in PRINCIPAL_NAMES {
        for value in repeated(|| named_plainly(policy, name)).into_iter().chain(repeated_inside(policy, name))
        {
            found.push_with(&rules::TRUST_PRINCIPAL_DUPLICATE, || {
                let principal = quoted(&value.as_str().unwrap_or_default());
                let message = format!("{principal} is trusted already");
                Finding::new(&rules::TRUST_PRINCIPAL_DUPLICATE, message).spanning(value.span())
            });
        }
    }
}

/// The principals of the statements that let them assume the role whatever the circumstances.
fn named_plainly<'d>(policy: Policy<'d>, name: &str) -> impl Iterator<Item = Value<'d>> {
    let naming = policy.statements().filter(move |statement| statement.principals(name).next().is_some());
    naming.filter(|statement| is_plain(*statement)).flat_map(move |statement| statement.principals(name))
}

fn is_plain(statement: Statement) -> bool {
    statement.has_effect("Allow") && !statement.is_conditional() && statement.covers(ASSUME_ROLE)
}

/// Doubles inside one of the other statements.
fn repeated_inside<'d>(policy: Policy<'d>, name: &str) -> impl Iterator<Item = Value<'d>> {
    let several = policy.statements().filter(move |statement| statement.principals(name).nth(1).is_some());
    let others = several.filter(|statement| !is_plain(*statement));
    others.flat_map(move |statement| repeated(|| statement.principals(name)))
}

fn check_values(statement: Statement, member: Member, found: &mut Findings) {
    let Some(name) = PRINCIPAL_NAMES.into_iter().find(|name| member.is(name)) else { return };
    for (value, text) in strings(member.value, name, &rules::TRUST_PRINCIPAL, found) {
        if text.contains('$') && text.contains("${") {
            continue;
        }
        let finding = match placeholder(&text) {
            Some(part) => Some(left_over(part)),
            None if name == "Service" => service(statement, &text),
            None => identity(statement, name, &text),
        };
        found.extend(finding.map(|finding| finding.spanning(value.span())));
    }
}

/// A part of a principal that must still be replaced.
fn left_over(part: &str) -> Finding {
    Finding::new(&rules::TRUST_PLACEHOLDER, format!("{} must still be replaced", quoted(part)))
}

/// A service; another account's is written `<account>@<service>.aliyuncs.com`.
fn service(statement: Statement, text: &str) -> Option<Finding> {
    let name = match text.split_once('@') {
        Some((account, name)) if account.parse::<AccountId>().is_ok() => name,
        _ => text,
    };
    if is_arn(name) {
        let message = format!("{} is an ARN, not a service", quoted(text));
        let finding = Finding::new(&rules::TRUST_PRINCIPAL, message);
        return Some(finding.with_fix("name it under \"RAM\" instead of \"Service\""));
    }
    if name.contains(['*', '?']) {
        statement.has_effect("Allow").then_some(())?;
        let message = format!("{} may match any service", quoted(text));
        return Some(Finding::new(&rules::TRUST_ANY_SERVICE, message));
    }
    let slip = name.parse::<Principal>().err()?;
    let Some(meant) = slip.meant else {
        return Some(Finding::new(&rules::TRUST_PRINCIPAL_FOREIGN, slip.to_string()));
    };
    let fix = format!("write \"{meant}\"");
    Some(Finding::new(&rules::TRUST_PRINCIPAL_TYPO, slip.to_string()).with_fix(fix))
}

/// An account, a user, a role or an identity provider, by its ARN.
fn identity(statement: Statement, name: &str, text: &str) -> Option<Finding> {
    let Some(account) = account(text) else {
        let message = format!("{} is not an ARN of RAM, so {name} names nobody", quoted(text));
        let is_service = text.ends_with(".aliyuncs.com");
        let fix =
            if is_service { "name a service under \"Service\"" } else { "write acs:ram::<account>:root" };
        return Some(Finding::new(&rules::TRUST_PRINCIPAL, message).with_fix(fix));
    };
    let is_open = account.contains(['*', '?']);
    if is_open && statement.has_effect("Allow") && !is_narrowed(statement) {
        let which =
            if account.bytes().all(|byte| byte == b'*') { "of Alibaba Cloud" } else { "that it matches" };
        let message = format!("{} lets every account {which} assume the role", quoted(text));
        return Some(Finding::new(&rules::TRUST_ANY_ACCOUNT, message));
    }
    Finding::account_length(&account.parse().ok()?)
}

/// An identity provider whose identities may all assume the role.
fn federated(statement: Statement) -> Option<Finding> {
    let provider =
        statement.principals("Federated").find_map(|value| value.as_str().map(|text| (value, text)));
    let (value, text) = provider.filter(|_| statement.has_effect("Allow"))?;
    let is_saml = text.contains(":saml-provider/");
    let key = if is_saml { "saml:" } else { "oidc:" };
    // The issuer only repeats which provider it is.
    let limits = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with(key) && name != "oidc:iss"
    };
    let message = || format!("every identity of {} may assume the role", quoted(&text));
    let is_open = !narrowing_keys(statement).any(|name| limits(&name));
    let finding = is_open.then(|| Finding::new(&rules::TRUST_FEDERATED, message()).spanning(value.span()))?;
    let fix = "add a Condition: StringEquals with saml:recipient";
    Some(if is_saml { finding.with_fix(fix) } else { finding })
}

/// The account part of a principal; `*` alone stands for all.
fn account(text: &str) -> Option<&str> {
    if text == "*" {
        return Some(text);
    }
    let mut parts = text.splitn(5, ':');
    let is_ram = is_arn(text) && parts.nth(1).is_some_and(|service| service.eq_ignore_ascii_case("ram"));
    let account = parts.nth(1).filter(|account| is_ram && !account.is_empty());
    account.filter(|_| parts.next().is_some_and(|rest| !rest.is_empty()))
}

/// Checks whether a Deny takes back what another statement gives to PAI.
pub(super) fn check_denied(policy: Policy, found: &mut Findings) {
    if !policy.statements().any(|statement| statement.has_effect("Deny")) {
        return;
    }
    let services: BTreeSet<&str> = Workload::ALL.into_iter().filter_map(Workload::principal).collect();
    for service in services {
        let names =
            |statement: &Statement| statement.principals("Service").any(|value| value.is_str(service));
        if about_assuming(policy, "Allow").any(|statement| names(&statement)) {
            let denials = about_assuming(policy, "Deny").flat_map(|statement| {
                let covers =
                    move |value: &Value| value.as_str().is_some_and(|pattern| matches(&pattern, service));
                let values = statement.principals("Service").filter(covers);
                values.map(move |value| denial(statement, service, value))
            });
            found.extend(denials);
        }
    }
}

fn about_assuming<'d>(policy: Policy<'d>, effect: &str) -> impl Iterator<Item = Statement<'d>> {
    policy.statements().filter(move |statement| statement.has_effect(effect) && statement.covers(ASSUME_ROLE))
}

fn denial(statement: Statement, service: &str, value: Value) -> Finding {
    let service = quoted(service);
    let finding = if statement.is_conditional() {
        let message = format!("{service} is allowed and, under a condition, denied");
        Finding::new(&rules::TRUST_DENY_CONDITION, message)
    } else {
        Finding::new(&rules::TRUST_DENY, format!("{service} is allowed and denied: Deny wins"))
    };
    finding.spanning(value.span())
}
