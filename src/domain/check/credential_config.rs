//! The rules for `CredentialConfig`, whose fields have other names in other APIs.

use std::borrow::Cow;

use super::super::catalog::{Fact, Spelling, spellings};
use super::super::finding::{Finding, Rule};
use super::super::findings::Findings;
use super::super::json::{Kind, Member, Value, read};
use super::super::placeholder::{is_filled_in, placeholder};
use super::super::rules;
use super::super::text::{listed, quoted};
use super::super::values::RoleArn;
use crate::messages::documents as said;

/// Whether an object is a `CredentialConfig`, or holds one as a request does.
pub(super) fn is_one(root: Value) -> bool {
    let has = |name: &str| root.get(name).is_some();
    let is_spelled = |row: &Spelling| {
        let (switch, items) = (has(&row.switch.value), has(&row.items.value));
        if row.distinct { switch || items } else { switch && items }
    };
    has("CredentialConfig") || has("AliyunEnvRoleKey") || spellings().rows.iter().any(is_spelled)
}

/// Checks a `CredentialConfig` wherever it stands in the document; as a string, everything is found at the string.
pub(super) fn check(root: Value, found: &mut Findings) {
    check_value(root.get("CredentialConfig").unwrap_or(root), None, found);
}

/// Checks a `CredentialConfig`; `of` is the spelling of the API that it is sent to, where that is known.
pub(super) fn check_value(value: Value, of: Option<&'static Spelling>, found: &mut Findings) {
    let Some(content) = value.as_str() else { return config(value, of, found) };
    match read(&content) {
        Err(error) => {
            let message = format!("the string holds no JSON: {error}");
            found.push(Finding::new(&rules::JSON_SYNTAX, message).spanning(value.span()));
        }
        Ok(inner) => {
            let mut inside = Findings::default();
            let inner = inner.root();
            config(inner.get("CredentialConfig").unwrap_or(inner), of, &mut inside);
            found.append(inside.map(|finding| finding.spanning(value.span())));
        }
    }
}

fn config(value: Value, of: Option<&'static Spelling>, found: &mut Findings) {
    if !is_object(value, "CredentialConfig", found) {
        return;
    }
    let own = of.unwrap_or_else(|| spelling(value));
    let (switch_name, items_name) = (own.switch.value.as_str(), own.items.value.as_str());
    fields(value, &[switch_name, "AliyunEnvRoleKey", items_name], own, found);
    let switch = value.member(switch_name);
    if let Some(switch) = switch.filter(|switch| !matches!(switch.value.kind(), Kind::Bool | Kind::Null)) {
        found.push(wrong_type(switch_name, "true or false", switch.value));
    }
    text(value, "AliyunEnvRoleKey", found);
    let names = std::iter::once(own).chain(others(own)).map(|row| row.items.value.as_str());
    let written = names.into_iter().find(|name| value.get(name).is_some()).unwrap_or(items_name);
    let entries = list(value, written, found);
    for entry in entries.into_iter().flat_map(Value::elements) {
        if is_object(entry, items_name, found) {
            check_entry(entry, own, found);
        }
    }
    check_key(value, entries, found);
    check_one_role(entries, found);
    if !others(own).any(|other| value.get(&other.switch.value).is_some()) {
        check_switch(entries, switch, switch_name, value, found);
    }
}

/// The spelling that this object keeps to: that of its first name, or the last one where no name tells.
fn spelling(config: Value) -> &'static Spelling {
    let rows = &spellings().rows;
    let of_name =
        |member: Member| rows.iter().find(|row| row.names()[..2].iter().any(|name| member.is(name)));
    config.members().find_map(of_name).unwrap_or(&rows[rows.len() - 1])
}

/// The other spellings.
fn others(own: &'static Spelling) -> impl Iterator<Item = &'static Spelling> {
    spellings().rows.iter().filter(|row| row.id != own.id)
}

fn check_entry(entry: Value, own: &'static Spelling, found: &mut Findings) {
    fields(entry, &["Key", "Type", "Roles"], own, found);
    required(entry, &["Key", "Type", "Roles"], own, found);
    text(entry, "Key", found);
    word(entry, "Type", &own.types, found);
    let roles = list(entry, "Roles", found);
    for role in roles.into_iter().flat_map(Value::elements) {
        if role.kind() == Kind::String {
            let message = "a role is a string, not an object with RoleArn";
            let finding = Finding::new(&rules::CREDENTIAL_TYPE, message).spanning(role.span());
            found.push(finding.with_fix(
                "write { \"RoleType\": \"service\", \"RoleArn\": \"acs:ram::<account>:role/<name>\" }",
            ));
        } else if is_object(role, "a role", found) {
            check_role(role, own, found);
        }
    }
}

fn check_role(role: Value, own: &'static Spelling, found: &mut Findings) {
    let user = own.user.value.as_str();
    fields(role, &["RoleArn", "RoleType", "AssumeRoleFor", "Policy", user], own, found);
    required(role, &["RoleType"], own, found);
    role_arn(role, found);
    text(role, "AssumeRoleFor", found);
    text(role, "Policy", found);
    word(role, "RoleType", &own.role_types, found);
    let Some(info) = given(role, user) else { return };
    if is_object(info, user, found) {
        fields(info, &["Id", "Type", "AccessKeyId", "SecurityToken"], own, found);
        for name in ["Id", "AccessKeyId", "SecurityToken"] {
            text(info, name, found);
        }
        word(info, "Type", &own.user_types, found);
    }
}

fn role_arn(role: Value, found: &mut Findings) {
    let Some(value) = given(role, "RoleArn") else {
        let finding = Finding::new(&rules::CREDENTIAL_ROLE_ARN, "RoleArn is missing");
        return found.push(finding.spanning(role.opening()));
    };
    let Some(arn) = text(role, "RoleArn", found) else { return };
    check_arn("RoleArn", &arn, value, found);
}

/// Checks the ARN of a role; what a deployment tool fills in is not judged.
pub(super) fn check_arn(key: &str, arn: &str, value: Value, found: &mut Findings) {
    if let Some(part) = placeholder(arn) {
        let message = said::Placeholder { key, part: quoted(part) }.to_string();
        return found.push(Finding::new(&rules::CREDENTIAL_ROLE_ARN, message).spanning(value.span()));
    }
    if is_filled_in(arn) {
        return;
    }
    match arn.parse::<RoleArn>() {
        Err(invalid) => {
            let message = invalid.to_string();
            found.push(Finding::new(&rules::CREDENTIAL_ROLE_ARN, message).spanning(value.span()));
        }
        Ok(arn) => {
            let unusual = Finding::account_length(arn.account());
            found.extend(unusual.map(|finding| finding.spanning(value.span())));
        }
    }
}

/// `AliyunEnvRoleKey` must be the Key of an entry.
fn check_key(config: Value, entries: Option<Value>, found: &mut Findings) {
    let (Some(wanted), Some(entries)) = (config.get("AliyunEnvRoleKey"), entries) else { return };
    let Some(key) = wanted.as_str() else { return };
    let has_keys = entries.elements().any(|entry| entry.get("Key").is_some());
    if has_keys && !entries.elements().any(|entry| entry.get("Key").is_some_and(|own| own.is_str(&key))) {
        let message = format!("AliyunEnvRoleKey is {}, but no entry has this Key", quoted(&key));
        found.push(Finding::new(&rules::CREDENTIAL_KEY, message).spanning(wanted.span()));
    }
}

/// One role at most; a chain passes through several roles and counts as one.
fn check_one_role(entries: Option<Value>, found: &mut Findings) {
    if let Some(second) = roles_that_count(entries).nth(1) {
        let message = "a second role: a workload carries one";
        found.push(Finding::new(&rules::CREDENTIAL_ONE_ROLE, message).spanning(second.opening()));
    }
}

/// A role takes effect only with the switch on.
fn check_switch(
    entries: Option<Value>,
    switch: Option<Member>,
    name: &str,
    config: Value,
    found: &mut Findings,
) {
    let is_off = |value: Value| value.kind() == Kind::Null || value.as_bool() == Some(false);
    if roles_that_count(entries).next().is_none() || !switch.is_none_or(|switch| is_off(switch.value)) {
        return;
    }
    let state = if switch.is_some() { "is off" } else { "is missing" };
    let finding = Finding::new(&rules::CREDENTIAL_OFF, format!("a role is given, but {name} {state}"));
    let finding = finding.with_fix(format!("write \"{name}\": true, or leave the roles out"));
    found.push(finding.spanning(switch.map_or_else(|| config.opening(), |switch| switch.span())));
}

fn roles_that_count(entries: Option<Value<'_>>) -> impl Iterator<Item = Value<'_>> {
    entries.into_iter().flat_map(Value::elements).flat_map(roles_of_entry)
}

fn roles_of_entry(entry: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let is_chain = entry.get("Type").is_some_and(|kind| kind.is_str("RoleChain"));
    let most = if is_chain { 1 } else { usize::MAX };
    entry.get("Roles").into_iter().flat_map(Value::elements).take(most)
}

/// Reports fields that are not among `known`, and says what the API calls them.
fn fields(value: Value, known: &[&str], own: &'static Spelling, found: &mut Findings) {
    for member in value.members().filter(|member| !known.iter().any(|name| member.is(name))) {
        let name = member.name.as_str().unwrap_or_default();
        let shown = quoted(&name);
        let alike = known.iter().copied().find(|other| other.eq_ignore_ascii_case(&name));
        let finding = if let Some((right, other)) = own_name(&name, own) {
            let message =
                format!("{shown} is the name for {}; for {} it is `{right}`", products(other), products(own));
            Finding::new(&rules::CREDENTIAL_FIELD, message).with_fix(format!("write \"{right}\""))
        } else if let Some(alike) = alike {
            let message = format!("{shown} is not a field here; did you mean `{alike}`?");
            Finding::new(&rules::CREDENTIAL_FIELD, message).with_fix(format!("write \"{alike}\""))
        } else {
            Finding::new(&rules::CREDENTIAL_FIELD, format!("{shown} is not a field here"))
                .with_fix(format!("use one of {}", known.join(", ")))
        };
        found.push(finding.spanning(member.name.span()));
    }
}

/// What this API calls a field that another API knows by `name`, and the spelling of that other API.
fn own_name(name: &str, own: &'static Spelling) -> Option<(&'static str, &'static Spelling)> {
    others(own).find_map(|other| {
        let at = other.names().iter().position(|theirs| *theirs == name)?;
        Some((own.names()[at], other))
    })
}

/// The products whose API has this spelling.
fn products(spelling: &Spelling) -> String {
    listed(spelling.workloads().map(|workload| workload.sheet().product.value.as_str()), "and")
}

/// Reports fields that the API marks as required.
fn required(value: Value, names: &[&str], own: &Spelling, found: &mut Findings) {
    let is_required = |name: &str| own.required.value.iter().any(|other| other == name);
    for name in names.iter().filter(|name| is_required(name) && value.get(name).is_none()) {
        let finding = Finding::new(&rules::CREDENTIAL_REQUIRED, format!("{name} is missing"));
        found.push(finding.with_fix(format!("add \"{name}\"")).spanning(value.opening()));
    }
}

/// A field's value; `null` is as good as nothing.
fn given<'d>(value: Value<'d>, name: &str) -> Option<Value<'d>> {
    value.get(name).filter(|value| value.kind() != Kind::Null)
}

fn text<'d>(value: Value<'d>, name: &str, found: &mut Findings) -> Option<Cow<'d, str>> {
    let value = given(value, name)?;
    if value.kind() != Kind::String {
        found.push(wrong_type(name, "a string", value));
    }
    value.as_str()
}

fn list<'d>(value: Value<'d>, name: &str, found: &mut Findings) -> Option<Value<'d>> {
    let value = given(value, name)?;
    if value.kind() != Kind::Array {
        found.push(wrong_type(name, "a list", value));
    }
    Some(value)
}

/// One of the words that the API lists; where its documents do not list them, only the case is judged.
fn word(value: Value, name: &str, words: &Fact<Vec<String>>, found: &mut Findings) {
    let Some(text) = text(value, name, found).filter(|text| !text.contains("${")) else { return };
    let is_alike = words.value.iter().any(|word| word.eq_ignore_ascii_case(&text));
    if !words.value.iter().any(|word| *word == text) && (is_alike || words.confirmed) {
        let known = words.value.join(" or ");
        let message = format!("{name} is {}, not {known}", quoted(&text));
        let finding = Finding::new(&rules::CREDENTIAL_TYPE, message);
        let span = given(value, name).map_or_else(|| value.opening(), Value::span);
        found.push(finding.with_fix(format!("write {known}")).spanning(span));
    }
}

fn is_object(value: Value, what: &str, found: &mut Findings) -> bool {
    let is_object = value.kind() == Kind::Object;
    if !is_object {
        found.push(wrong_type(what, "an object", value));
    }
    is_object
}

pub(super) fn wrong_type(what: &str, expected: &str, value: Value) -> Finding {
    const RULE: &Rule = &rules::CREDENTIAL_TYPE;
    let message = format!("{what} is {}, not {expected}", value.kind().described());
    let span =
        if matches!(value.kind(), Kind::Object | Kind::Array) { value.opening() } else { value.span() };
    Finding::new(RULE, message).with_fix(format!("write {expected}")).spanning(span)
}
