//! The values that a message names: who was denied what on which resource, and where to look further.

use serde::Serialize;

use super::super::values::{AccountId, RoleArn};
use super::fields::{Fields, token};
use super::{action, caller};

pub use super::caller::Caller;

/// The values of a message, as far as it has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Values {
    /// The denied action, such as `oss:GetObject`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The resource of the action, such as `acs:oss:*:*:models/a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Who made the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller: Option<Caller>,
    /// The role that the message is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleArn>,
    /// The account that the resource belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// Which kind of policy decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_type: Option<String>,
    /// `ImplicitDeny` or `ExplicitDeny`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_permission_type: Option<String>,
    /// The encoded reason of a denial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnostic_message: Option<String>,
    /// The endpoint that the service names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The bucket of OSS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// The ID of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// Whether the answer has a message beside its code.
    #[serde(skip)]
    pub has_message: bool,
}

impl Values {
    /// The values of an unescaped text.
    pub(super) fn of(text: &str) -> Self {
        let fields = Fields::of(text);
        let first = |names: &[&str], fits: &dyn Fn(&str) -> bool| {
            names
                .iter()
                .find_map(|name| fields.named(name).map(|field| field.value).find(|value| fits(value)))
        };
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let word = |value: &str| value.len() >= 4 && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let resource = resource(&fields);
        let role = role(&fields, resource);
        let caller = caller::caller(&fields, resource);
        let account_of_caller = first(&["authprincipalownerid"], &|value| value.parse::<AccountId>().is_ok());
        let account =
            account_of_caller.and_then(|id| id.parse().ok()).or_else(|| account(resource, role.as_ref()));
        Self {
            action: action::action(&fields).map(str::to_owned),
            resource: owned(resource),
            caller,
            role,
            account,
            policy_type: owned(first(&["policytype"], &word)),
            no_permission_type: owned(first(&["nopermissiontype"], &word)),
            diagnostic_message: owned(first(&["encodeddiagnosticmessage"], &is_encoded)),
            endpoint: owned(first(&["endpoint"], &is_host)),
            bucket: owned(first(&["bucketname", "bucket"], &is_bucket)),
            request_id: owned(first(&REQUEST_IDS, &is_request_id)),
            http_status: http_status(text),
            has_message: has_message(&fields),
        }
    }

    /// The value that a placeholder stands for.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        match name {
            "action" => self.action.clone(),
            "resource" => self.resource.clone(),
            "caller" => self.caller.as_ref().map(ToString::to_string),
            "role" => self.role.as_ref().map(ToString::to_string),
            "role-name" => self.role.as_ref().map(|role| role.name().to_string()),
            "account" => self.account.as_ref().map(ToString::to_string),
            "endpoint" => self.endpoint.clone(),
            "internal-endpoint" => self.endpoint.as_deref().and_then(internal),
            "bucket" => self.bucket.clone(),
            "request-id" => self.request_id.clone(),
            "diagnostic-message" => self.diagnostic_message.clone(),
            _ => None,
        }
    }

    /// The values with their names, for people.
    #[must_use]
    pub fn named(&self) -> Vec<(&'static str, String)> {
        let names = [
            ("action", "Action"),
            ("resource", "Resource"),
            ("caller", "Caller"),
            ("role", "Role"),
            ("account", "Account"),
            ("endpoint", "Endpoint"),
            ("bucket", "Bucket"),
            ("request-id", "Request ID"),
        ];
        let mut lines: Vec<_> =
            names.into_iter().filter_map(|(name, label)| Some((label, self.get(name)?))).collect();
        let kinds = [("Policy type", &self.policy_type), ("Denied by", &self.no_permission_type)];
        lines.extend(kinds.into_iter().filter_map(|(label, value)| Some((label, value.clone()?))));
        lines
    }
}

const REQUEST_IDS: [&str; 8] = [
    "requestid",
    "request-id",
    "request id",
    "request_id",
    "x-oss-request-id",
    "x-acs-request-id",
    "请求id",
    "リクエストid",
];

const STATUSES: [&str; 9] = [
    "httpcode",
    "http_code",
    "httpstatus",
    "http status",
    "statuscode",
    "status code",
    "status_code",
    "http_status",
    "status",
];

/// The first HTTP status of a text.
pub(super) fn http_status(text: &str) -> Option<u16> {
    let end = (0..=text.len().min(STATUS_WITHIN)).rev().find(|end| text.is_char_boundary(*end))?;
    let fields = Fields::of(&text[..end]);
    let found = STATUSES.iter().flat_map(|name| fields.named(name)).filter(|field| is_status(field.value));
    found.min_by_key(|field| field.at)?.value.parse().ok()
}

/// How far from the words of a message its HTTP status can stand, in bytes.
const STATUS_WITHIN: usize = 2_000;

fn is_host(value: &str) -> bool {
    value.contains("aliyun")
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:/".contains(&byte))
}

fn is_bucket(value: &str) -> bool {
    value.len() <= 63
        && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_request_id(value: &str) -> bool {
    (16..=64).contains(&value.len())
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_encoded(value: &str) -> bool {
    value.len() >= 8 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-.".contains(&byte))
}

fn is_status(value: &str) -> bool {
    value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// The internal form of a public endpoint of OSS.
fn internal(endpoint: &str) -> Option<String> {
    let (region, rest) = endpoint.split_once(".aliyuncs.com")?;
    let is_public = region.starts_with("oss-") && !region.ends_with("-internal");
    is_public.then(|| format!("{region}-internal.aliyuncs.com{rest}"))
}

/// Whether a field for it has a message, or the form of Tea (`code: 400, message request id: …`) does.
fn has_message(fields: &Fields) -> bool {
    let says = |value: &str| !matches!(value, "null" | "None" | "undefined" | "BadRequest" | "code");
    let named = ["message", "msg", "errormessage"]
        .iter()
        .any(|name| fields.named(name).any(|field| says(field.value)));
    let tea = fields.named("code").any(|field| {
        let rest = fields.text()[field.at + field.value.len()..].trim_start_matches([',', ' ']);
        is_status(field.value) && rest.starts_with(char::is_alphabetic) && !rest.starts_with("request id")
    });
    named || tea
}

/// The resource: by its name, or the first resource name of Alibaba Cloud that is no caller.
fn resource<'t>(fields: &Fields<'t>) -> Option<&'t str> {
    let fits = |value: &str| value.starts_with("acs:") && value.matches(':').count() >= 3;
    let named = fields.named("resource").map(|field| field.value).find(|value| fits(value));
    named.or_else(|| {
        let mut places = fields.places("acs:").map(|at| token(&fields.text()[at..]));
        places.find(|value| fits(value) && !caller::is_identity(value))
    })
}

fn role(fields: &Fields, resource: Option<&str>) -> Option<RoleArn> {
    let places = fields.places("acs:ram:").map(|at| token(&fields.text()[at..]));
    resource.into_iter().chain(places).find_map(|value| value.parse().ok())
}

/// The account in the name of a resource or of a role.
fn account(resource: Option<&str>, role: Option<&RoleArn>) -> Option<AccountId> {
    let of_resource = resource.and_then(|value| value.split(':').nth(3)?.parse().ok());
    role.map(|role| role.account().clone()).or(of_resource)
}
