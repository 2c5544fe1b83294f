//! The policy that lets a RAM user hand a role to a workload.

use serde::Serialize;

use super::association::Refusal;
use super::catalog::Workload;
use super::finding::Finding;
use super::values::{AccountId, RoleRef};
use super::{json, rules, trust_policy};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PassRolePolicy<'a> {
    version: &'a str,
    statement: [PassRoleStatement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PassRoleStatement<'a> {
    effect: &'a str,
    action: &'a str,
    resource: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Condition<'a> {
    string_equals: ServiceIs<'a>,
}

#[derive(Serialize)]
struct ServiceIs<'a> {
    #[serde(rename = "acs:Service")]
    service: &'a str,
}

/// The policy and what is to be said about it.
#[derive(Debug)]
pub struct PassRole {
    /// The document.
    pub text: String,
    /// What is to be said.
    pub findings: Vec<Finding>,
}

/// The `PassRole` policy for a role: of any account (`acs:ram::*:role/<name>`, as in the documents), or of the
/// account that is given or stands in the ARN.
///
/// # Errors
/// When it shall hold only for a workload of which no service is known.
pub fn policy(
    role: &RoleRef,
    account: Option<&AccountId>,
    only_for: Option<Workload>,
) -> Result<PassRole, Refusal> {
    let resource = match role.arn(account) {
        Some(arn) => arn.to_string(),
        None => format!("acs:ram::*:role/{}", role.name()),
    };
    let principal = |workload| {
        let without = |refusal: Refusal| Refusal::new(refusal.message, "leave --only-for out");
        trust_policy::principal_of(workload).map_err(without)
    };
    let service = only_for.map(principal).transpose()?;
    let condition = service.map(|service| Condition { string_equals: ServiceIs { service } });
    let statement =
        PassRoleStatement { effect: "Allow", action: "ram:PassRole", resource: &resource, condition };
    let text = json::render(&PassRolePolicy { version: "1", statement: [statement] });
    let findings = service.map(|service| {
        let message = format!(
            "the platform's documents do not confirm that PAI sets acs:Service to {service} when a role is passed; \
             if creation is refused, leave --only-for out"
        );
        Finding::new(&rules::UNCONFIRMED, message)
    });
    Ok(PassRole { text, findings: findings.into_iter().collect() })
}

/// To whom the policy is attached, in the words that the documents get wrong.
pub const ATTACH_TO: &str = "attach this policy to the RAM user who creates the job, instance or service, not to \
     the role; where the EAS page calls it a \"trust policy\", that is a slip: it is a permission policy";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_has_the_shape_of_the_documents() {
        let role: RoleRef = "rank".parse().expect("role");
        assert_eq!(
            policy(&role, None, None).expect("policy").text,
            r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ram:PassRole",
      "Resource": "acs:ram::*:role/rank"
    }
  ]
}
"#
        );
    }

    #[test]
    fn it_is_narrowed_to_an_account_and_a_service() {
        let role: RoleRef = "acs:ram::1234567890123456:role/rank".parse().expect("role");
        let narrowed = policy(&role, None, Some(Workload::Eas)).expect("policy");
        assert!(
            narrowed.text.contains(r#""Resource": "acs:ram::1234567890123456:role/rank","#),
            "{}",
            narrowed.text
        );
        assert!(narrowed.text.contains(r#""acs:Service": "eas.pai.aliyuncs.com""#), "{}", narrowed.text);
        assert_eq!(narrowed.findings.len(), 1);
        assert!(policy(&role, None, Some(Workload::Dataworks)).is_err());
    }
}
