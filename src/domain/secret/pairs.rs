//! Finds secrets that another value names: the `value` beside a `name`, the second of a list of two.

use super::is_secret_name;
use super::names::{
    is_beside, is_exactly_secret_name, is_reference_name, is_subject, is_value, names_a_version, names_an_id,
};
use super::random::looks_secret;
use crate::domain::json::{Kind, Member, Value};

/// What the `name` of an object says about its `value`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    #[default]
    NoSecret,
    /// It contains a word for secrets: `token-service`.
    Perhaps,
    /// It is exactly a secret name: `DB_TOKEN`.
    Secret,
}

/// What the members of an object say about one another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pairs {
    names: Names,
    /// The object has no more than two strings, besides those that describe them, and one is exactly a secret name.
    two: bool,
    /// The object is a Kubernetes secret.
    manifest: bool,
}

impl Pairs {
    pub(super) fn of(object: Value) -> Self {
        let mut pairs = Self::default();
        let (mut strings, mut exact) = (0, false);
        for member in object.members().filter(|member| member.value.kind() == Kind::String) {
            let (Some(name), Some(text)) = (member.name.as_str(), member.value.as_str()) else { continue };
            pairs.manifest |= name == "kind" && text == "Secret";
            let is_subject = is_subject(&name);
            if !is_subject && is_beside(&name) {
                continue;
            }
            strings += 1;
            let is_exact = !is_value(&name) && is_exactly_secret_name(&text);
            exact |= is_exact;
            if is_subject && is_exact {
                pairs.names = Names::Secret;
            } else if is_subject && is_secret_name(&text) {
                pairs.names = pairs.names.max(Names::Perhaps);
            }
        }
        pairs.two = exact && strings == 2;
        pairs
    }

    /// Whether the value of a member is secret because another member says so.
    pub(super) fn take(self, member: &Member, name: &str) -> bool {
        let least = if name.eq_ignore_ascii_case("value") { Names::Perhaps } else { Names::Secret };
        if is_value(name) && self.names >= least {
            return true;
        }
        if self.manifest && matches!(name, "data" | "stringData") {
            return true;
        }
        self.two
            && !(is_subject(name) || is_beside(name) || names_an_id(name) || names_a_version(name))
            && member.value.as_str().is_some_and(|text| is_password(&text))
    }
}

/// Whether a string can be the password beside the name of one: not another name, an address, a sentence or a word.
fn is_password(text: &str) -> bool {
    let is_other =
        text.starts_with('/') || text.contains("://") || text.contains(' ') || is_exactly_secret_name(text);
    !is_other && (text.bytes().any(|byte| byte.is_ascii_digit()) || looks_secret(text))
}

/// Whether the object below a member refers to a secret elsewhere, so that a name and a key in it are no pair.
pub(super) fn is_reference(member: &Member, name: &str) -> bool {
    member.value.kind() == Kind::Object && is_reference_name(name)
}

/// Whether an object under a secret name holds no secret: a reference to a secret of Kubernetes, a JSON schema.
pub(super) fn only_describes(object: Value) -> bool {
    let types = ["string", "integer", "number", "boolean", "object", "array"];
    let is_schema = || {
        object.get("type").and_then(Value::as_str).is_some_and(|kind| types.contains(&&*kind))
            && !object.members().any(|member| member.name.as_str().is_some_and(|name| is_value(&name)))
    };
    object.kind() == Kind::Object && (object.get("secretName").is_some() || is_schema())
}

/// The second of two strings, if the first is exactly a secret name: of a variable, or of any secret in a list of
/// such lists.
pub(super) fn second(list: Value<'_>, is_nested: bool) -> Option<Value<'_>> {
    let mut elements = list.elements();
    let (Some(first), Some(second), None) = (elements.next(), elements.next(), elements.next()) else {
        return None;
    };
    let (name, _) = (first.as_str()?, second.as_str()?);
    let is_variable = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    ((is_nested || is_variable) && is_exactly_secret_name(&name)).then_some(second)
}
