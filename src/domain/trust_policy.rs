//! The trust policy of a custom role: the document for a workload, and the service added to one that exists.

use serde::Serialize;
use serde_json::json;

use super::association::Refusal;
use super::catalog::{self, Workload};
use super::check::{DocumentKind, check};
use super::edit::{Edit, syntax_finding};
use super::finding::Finding;
use super::findings::Findings;
use super::json::{self, Document, Kind, Value};
use super::policy::{ASSUME_ROLE, Policy, PolicyKind, Statement};
use super::rules;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TrustPolicy<'a> {
    statement: [TrustStatement<'a>; 1],
    version: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TrustStatement<'a> {
    action: &'a str,
    effect: &'a str,
    principal: Trusted<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Trusted<'a> {
    service: [&'a str; 1],
}

/// The service that a custom role for this workload must trust.
///
/// # Errors
/// For a workload whose documents name none.
pub fn principal_of(workload: Workload) -> Result<&'static str, Refusal> {
    workload.principal().ok_or_else(|| {
        Refusal::new(
            format!(
                "a {} has no documented custom role, so no service is known that one must trust",
                workload.sheet().title.value
            ),
            format!(
                "use the default role (`ramrole credential-config {workload} --role default`); the API also takes \
                 a custom role (`--role custom`), but whom that role must trust is not documented"
            ),
        )
    })
}

/// The note about a service that the documents do not name for this workload.
#[must_use]
pub fn assumed(workload: Workload) -> Option<Finding> {
    let sheet = workload.sheet();
    let principal = sheet.trust.principal.as_ref().filter(|fact| !fact.confirmed)?;
    let message = format!(
        "the documents do not say which service the custom role of a {} must trust; {} is assumed",
        sheet.title.value, principal.value
    );
    Some(Finding::new(&rules::UNCONFIRMED, message))
}

/// The trust policy for one service, in the shape of the documents.
#[must_use]
pub fn document(service: &str) -> String {
    json::render(&TrustPolicy { statement: [statement(service)], version: "1" })
}

fn statement(service: &str) -> TrustStatement<'_> {
    TrustStatement { action: ASSUME_ROLE, effect: "Allow", principal: Trusted { service: [service] } }
}

/// Adds a service to an existing trust policy; every other byte stays.
///
/// # Errors
/// The findings for which it cannot be edited: not JSON, not a trust policy, a service-linked role's.
pub fn merge(text: &str, service: &str) -> Result<Edit, Findings> {
    let document = json::read(text).map_err(|error| syntax_finding(text, &error))?;
    let refused = refusals(&document);
    if !refused.is_empty() {
        return Err(refused);
    }
    let policy = Policy(document.root());
    let after = if trusts(policy, service) {
        text.to_owned()
    } else if let Some(target) = policy.statements().find_map(services_of_plain_allow) {
        add_service(target, service)
    } else {
        add_statement(policy, service)
    };
    let findings = findings_of(&after, service);
    Ok(Edit { before: text.to_owned(), after, findings })
}

/// What `check` says about the result, and what only the added service tells.
fn findings_of(after: &str, service: &str) -> Findings {
    let known = format!("write \"{service}\"");
    let checked = check(after, Some(DocumentKind::TrustPolicy)).findings;
    // The correct spelling is in the policy by now.
    let mut findings = checked.map(|finding| {
        if finding.fix.as_ref() == Some(&known) { finding.with_fix("remove it") } else { finding }
    });
    if let Ok(document) = json::read(after) {
        findings
            .extend(Policy(document.root()).statements().filter_map(|statement| deny(statement, service)));
    }
    findings.locate(after);
    findings.cut();
    findings
}

/// Whether an unconditional Allow names the service already.
fn trusts(policy: Policy, service: &str) -> bool {
    policy.statements().any(|statement| {
        statement.has_effect("Allow")
            && !statement.is_conditional()
            && statement.is_plain_trust()
            && statement.covers(ASSUME_ROLE)
            && statement.principals("Service").any(|value| value.is_str(service))
    })
}

/// The `Service` value of an Allow that does nothing but let services assume the role.
fn services_of_plain_allow(statement: Statement<'_>) -> Option<Value<'_>> {
    let mut actions = statement.actions();
    let assumes =
        actions.next().and_then(Value::as_str).is_some_and(|action| action.eq_ignore_ascii_case(ASSUME_ROLE));
    let plain = assumes
        && actions.next().is_none()
        && statement.has_effect("Allow")
        && statement.is_plain_trust()
        && !statement.is_conditional();
    let services = statement.0.at(&["Principal", "Service"])?;
    (plain && matches!(services.kind(), Kind::String | Kind::Array)).then_some(services)
}

fn add_service(services: Value, service: &str) -> String {
    match services.kind() {
        Kind::Array => json::push_element(services, &json!(service)),
        _ => json::wrap_in_array(services, &json!(service)),
    }
}

fn add_statement(policy: Policy, service: &str) -> String {
    let added = serde_json::to_value(statement(service)).unwrap_or_default();
    match policy.0.get("Statement") {
        Some(list) if list.kind() == Kind::Array => json::push_element(list, &added),
        Some(alone) => json::wrap_in_array(alone, &added),
        None => json::set_member(policy.0, "Statement", &json!([added]), None),
    }
}

/// Why a document cannot be taken for a trust policy to edit.
fn refusals(document: &Document) -> Findings {
    let root = document.root();
    let text = document.text();
    let refuse = |rule, value: Value, message: &str| {
        Findings::from(Finding::new(rule, message).at(text, value.span()))
    };
    if let Some(role) = root.get("Role").filter(|role| role.get("AssumeRolePolicyDocument").is_some()) {
        return if is_service_linked(role) {
            refuse(
                &rules::TRUST_SERVICE_LINKED,
                role,
                "this is a service-linked role; its trust cannot be edited",
            )
        } else {
            refuse(
                &rules::TRUST_API_ANSWER,
                role,
                "this is the answer of GetRole; the trust policy is a string in it",
            )
        };
    }
    if let Some(condition) = service_linked_condition(document) {
        let message = "this is the permission policy of a service-linked role, whose trust cannot be edited";
        return refuse(&rules::TRUST_SERVICE_LINKED, condition, message);
    }
    if let Some(service) = Policy(root)
        .statements()
        .flat_map(|statement| statement.principals("Service"))
        .find(|value| value.as_str().is_some_and(|service| catalog::is_service_linked_only(&service)))
    {
        let message = "this service uses service-linked roles only, whose trust cannot be edited";
        return refuse(&rules::TRUST_SERVICE_LINKED, service, message);
    }
    if root.kind() != Kind::Object || root.get("Statement").is_none_or(|value| !holds_statements(value)) {
        return refuse(
            &rules::TRUST_EXPECTED,
            root,
            "this is no policy: it has no list of objects as its Statement",
        );
    }
    if Policy(root).statements().next().is_some() && Policy(root).kind() != PolicyKind::Trust {
        let first = Policy(root).statements().next().map_or(root, |statement| statement.0);
        let at = ["Resource", "Principal", "Action"].into_iter().find_map(|name| first.member(name));
        let message = match Policy(root).kind() {
            PolicyKind::NotRam => "this is the policy of a resource, not the trust policy of a role",
            _ => "this is a permission policy, not the trust policy of a role",
        };
        return refuse(&rules::TRUST_EXPECTED, at.map_or(first, |member| member.name), message);
    }
    duplicates(root)
}

fn holds_statements(value: Value) -> bool {
    matches!(value.kind(), Kind::Array | Kind::Object)
        && value.one_or_more().all(|statement| statement.kind() == Kind::Object)
}

fn is_service_linked(role: Value) -> bool {
    let named = role
        .get("RoleName")
        .and_then(Value::as_str)
        .is_some_and(|name| name.to_ascii_lowercase().starts_with("aliyunservicerolefor"));
    named || role.get("IsServiceLinkedRole").and_then(Value::as_bool) == Some(true)
}

/// What only the policy of a service-linked role has: leave to delete that role, on condition of its service.
fn service_linked_condition<'d>(document: &'d Document<'d>) -> Option<Value<'d>> {
    let deletes = |statement: &Statement| {
        let mut actions = statement.actions();
        actions.any(|action| action.is_str("ram:DeleteServiceLinkedRole"))
    };
    Policy(document.root()).statements().find(deletes).map(|statement| statement.0)
}

/// Names that stand twice where the edit would have to choose.
fn duplicates(root: Value) -> Findings {
    let text = root.document().text();
    let statements: Vec<Value> = Policy(root).statements().map(|statement| statement.0).collect();
    let principals = statements.iter().filter_map(|statement| statement.get("Principal"));
    let names = ["Action", "NotAction", "Effect", "Principal", "Resource", "Condition"];
    let watched = std::iter::once((root, "Statement"))
        .chain(statements.iter().flat_map(|statement| names.map(|name| (*statement, name))))
        .chain(principals.map(|principal| (principal, "Service")));
    let twice = |(object, name): (Value<'_>, &str)| {
        let second = object.members().filter(|member| member.is(name)).nth(1)?;
        let message = format!("{name} stands twice in one object; which one counts depends on the reader");
        Some(Finding::new(&rules::POLICY_DUPLICATE_KEY, message).spanning(second.name.span()))
    };
    let mut findings: Findings = watched.filter_map(twice).collect();
    findings.locate(text);
    findings.cut();
    findings
}

/// A Deny for everybody whose Principal is no object; `check` reports the others.
fn deny(statement: Statement, service: &str) -> Option<Finding> {
    let names_everybody = statement.0.get("Principal").is_some_and(|value| value.is_str("*"));
    if !(names_everybody && statement.has_effect("Deny") && statement.covers(ASSUME_ROLE)) {
        return None;
    }
    let at = statement.0.get("Effect").unwrap_or(statement.0).span();
    let finding = if statement.is_conditional() {
        let message = format!("this Deny wins over the Allow for {service} whenever its Condition holds");
        Finding::new(&rules::TRUST_DENY_CONDITION, message)
    } else {
        let message = format!("this Deny wins: {service} still cannot assume the role");
        Finding::new(&rules::TRUST_DENY, message)
    };
    Some(finding.spanning(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EAS: &str = "eas.pai.aliyuncs.com";

    #[test]
    fn the_document_has_the_shape_of_the_documents() {
        assert_eq!(
            document(EAS),
            r#"{
  "Statement": [
    {
      "Action": "sts:AssumeRole",
      "Effect": "Allow",
      "Principal": {
        "Service": [
          "eas.pai.aliyuncs.com"
        ]
      }
    }
  ],
  "Version": "1"
}
"#
        );
    }

    #[test]
    fn a_merged_document_merges_to_itself() {
        let once = merge(&document("ecs.aliyuncs.com"), EAS).expect("trust policy").after;
        assert_eq!(
            once,
            document("ecs.aliyuncs.com")
                .replace("aliyuncs.com\"", "aliyuncs.com\",\n          \"eas.pai.aliyuncs.com\"")
        );
        assert_eq!(merge(&once, EAS).expect("trust policy").after, once);
    }
}
