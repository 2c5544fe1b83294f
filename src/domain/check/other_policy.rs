//! Policies that are not policies of RAM: those attached to a resource of another product, and those of AWS.

use super::super::finding::Finding;
use super::super::json::{Kind, Value};
use super::super::policy::{Policy, Statement};
use super::super::rules;

/// A product that has policies of its own on its resources.
struct Product {
    /// The service in the actions, `*` for actions of every service.
    service: &'static str,
    /// What its policy is called.
    title: &'static str,
    /// Its Principal can be an object, as in a trust policy of RAM.
    has_principal_object: bool,
    /// Its policies without a Principal have resources of four parts: `acs:odps:*:projects/demo`.
    has_short_resources: bool,
}

/// Sources: OSS `PutBucketPolicy`; KMS `SetKeyPolicy` and `SetSecretPolicy`; the permissions page of `MaxCompute`; ROS
/// `SetStackPolicy`; the endpoint policies of `PrivateLink` and VPC (`Action` and `Principal` are `*` in their samples).
const PRODUCTS: &[Product] = &[
    Product::named("oss", "an OSS bucket policy or the policy of an OSS endpoint"),
    Product { has_principal_object: true, ..Product::named("kms", "the policy of a key or secret in KMS") },
    Product { has_short_resources: true, ..Product::named("odps", "a MaxCompute policy") },
    Product::named("update", "an ROS stack policy"),
    Product::named("log", "a policy of Simple Log Service"),
    Product::named("*", "the policy of a resource, such as a VPC endpoint"),
];

/// What a policy of a product without a row is called.
const OTHER: &str = "the policy of a resource of another product";

impl Product {
    const fn named(service: &'static str, title: &'static str) -> Self {
        Self { service, title, has_principal_object: false, has_short_resources: false }
    }
}

/// The note about the policy of another product; `None` for a policy that RAM can judge.
pub(super) fn of_a_resource(policy: Policy) -> Option<Finding> {
    let product = PRODUCTS.iter().find(|product| is_of(product, policy));
    let principal = policy.statements().find_map(|statement| statement.0.get("Principal"));
    let is_other = match (product, principal.map(Value::kind)) {
        (_, None) => product.is_some_and(|product| product.has_short_resources && is_short(policy)),
        (_, Some(Kind::Object)) => {
            product.is_some_and(|product| product.has_principal_object) && has_resources(policy)
        }
        (_, Some(_)) => !policy.statements().any(Statement::only_assumes_roles),
    };
    let title = product.map_or(OTHER, |product| product.title);
    let message = format!("this looks like {title}; the rules of RAM do not apply to it");
    let span = principal.map_or_else(|| policy.0.opening(), Value::span);
    is_other.then(|| Finding::new(&rules::POLICY_NOT_RAM, message).spanning(span))
}

/// Whether every action is one of the product's.
fn is_of(product: &Product, policy: Policy) -> bool {
    let mut actions = policy.statements().flat_map(Statement::actions).peekable();
    let is_its_own = |action: &str| {
        let service = action.split(':').next().unwrap_or_default();
        service.eq_ignore_ascii_case(product.service)
    };
    actions.peek().is_some() && actions.all(|action| action.as_str().is_some_and(|text| is_its_own(&text)))
}

fn resources(policy: Policy<'_>) -> impl Iterator<Item = Value<'_>> {
    policy.statements().filter_map(|statement| statement.0.get("Resource")).flat_map(Value::one_or_more)
}

fn has_resources(policy: Policy) -> bool {
    policy.statements().all(|statement| statement.0.get("Resource").is_some())
}

fn is_short(policy: Policy) -> bool {
    resources(policy).any(|resource| {
        resource.as_str().is_some_and(|text| text.starts_with("acs:odps:") && text.split(':').count() == 4)
    })
}

/// The one finding about a policy of AWS; `None` for a policy that only has something of one.
pub(super) fn of_aws(policy: Policy) -> Option<Finding> {
    let version = policy.0.get("Version");
    version.and_then(Value::as_str).filter(|text| text.starts_with("20"))?;
    let is_amazon = |text: &str| text.starts_with("arn:aws") || text.ends_with(".amazonaws.com");
    let strings = || policy.0.document().values().filter(|value| value.kind() == Kind::String);
    let says = |wanted: &dyn Fn(&str) -> bool| {
        strings().any(|value| value.as_str().is_some_and(|text| wanted(&text)))
    };
    let has_account = policy.statements().any(|statement| statement.0.at(&["Principal", "AWS"]).is_some());
    let is_ours = says(&|text: &str| text.starts_with("acs:") || text.ends_with(".aliyuncs.com"));
    let is_aws = !is_ours && (has_account || says(&is_amazon));
    let span = version.map_or_else(|| policy.0.opening(), Value::span);
    is_aws.then(|| Finding::new(&rules::POLICY_AWS, "this is a policy of AWS, not of RAM").spanning(span))
}
