//! The rules for `CredentialConfig`: DLC and DSW/DataWorks name the same things differently.

use std::borrow::Cow;

use super::super::finding::{Finding, Rule};
use super::super::findings::Findings;
use super::super::json::{Kind, Member, Value, read};
use super::super::rules;
use super::super::text::quoted;
use super::super::values::RoleArn;

/// How one API names the fields.
pub(in crate::domain) struct Names {
    of: &'static str,
    /// The switch.
    pub switch: &'static str,
    /// The list of entries.
    pub entries: &'static str,
    /// Who takes the role.
    pub user: &'static str,
}

/// The names of DLC.
pub(in crate::domain) const DLC: Names = Names {
    of: "DLC",
    switch: "EnableCredentialInject",
    entries: "CredentialConfigItems",
    user: "AssumeUserInfo",
};
/// The names of DSW and `DataWorks`.
pub(in crate::domain) const DSW: Names =
    Names { of: "DSW and DataWorks", switch: "Enable", entries: "Configs", user: "UserInfo" };

/// The kinds of entry.
pub(in crate::domain) const TYPES: [&str; 2] = ["Role", "RoleChain"];
/// The kinds of role.
pub(in crate::domain) const ROLE_TYPES: [&str; 2] = ["service", "user"];
/// The kinds of user.
pub(in crate::domain) const USER_TYPES: [&str; 3] = ["customer", "sub", "AssumedRoleUser"];

/// Whether an object is a `CredentialConfig`, or holds one as a request does.
pub(super) fn is_one(root: Value) -> bool {
    let has = |name: &str| root.get(name).is_some();
    has("CredentialConfig")
        || has(DLC.switch)
        || has(DLC.entries)
        || has("AliyunEnvRoleKey")
        || (has(DSW.switch) && has(DSW.entries))
}

/// Checks a `CredentialConfig` wherever it stands in the document; as a string, everything is found at the string.
pub(super) fn check(root: Value, found: &mut Findings) {
    let value = root.get("CredentialConfig").unwrap_or(root);
    let Some(content) = value.as_str() else { return config(value, found) };
    match read(&content) {
        Err(error) => {
            let message = format!("the string holds no JSON: {error}");
            found.push(Finding::new(&rules::JSON_SYNTAX, message).spanning(value.span()));
        }
        Ok(inner) => {
            let mut inside = Findings::default();
            let inner = inner.root();
            config(inner.get("CredentialConfig").unwrap_or(inner), &mut inside);
            found.append(inside.map(|finding| finding.spanning(value.span())));
        }
    }
}

fn config(value: Value, found: &mut Findings) {
    if !is_object(value, "CredentialConfig", found) {
        return;
    }
    let (names, others) = names(value);
    fields(value, &[names.switch, "AliyunEnvRoleKey", names.entries], (names, others), found);
    let switch = value.member(names.switch);
    if let Some(switch) = switch.filter(|switch| !matches!(switch.value.kind(), Kind::Bool | Kind::Null)) {
        found.push(wrong_type(names.switch, "true or false", switch.value));
    }
    text(value, "AliyunEnvRoleKey", found);
    let written = if value.get(names.entries).is_some() { names.entries } else { others.entries };
    let entries = list(value, written, found);
    for entry in entries.into_iter().flat_map(Value::elements) {
        if is_object(entry, names.entries, found) {
            check_entry(entry, (names, others), found);
        }
    }
    check_key(value, entries, found);
    check_one_role(entries, found);
    if value.get(others.switch).is_none() {
        check_switch(entries, switch, names, value, found);
    }
}

/// The names that this object keeps to, and the other API's.
fn names(config: Value) -> (&'static Names, &'static Names) {
    let first = config.members().find_map(|member| match member.name.as_str().as_deref() {
        Some("EnableCredentialInject" | "CredentialConfigItems") => Some((&DLC, &DSW)),
        Some("Enable" | "Configs") => Some((&DSW, &DLC)),
        _ => None,
    });
    first.unwrap_or((&DSW, &DLC))
}

fn check_entry(entry: Value, names: (&'static Names, &'static Names), found: &mut Findings) {
    fields(entry, &["Key", "Type", "Roles"], names, found);
    required(entry, &["Key", "Type", "Roles"], names.0, found);
    text(entry, "Key", found);
    word(entry, "Type", &TYPES, names.0, found);
    let roles = list(entry, "Roles", found);
    for role in roles.into_iter().flat_map(Value::elements) {
        if role.kind() == Kind::String {
            let message = "a role is a string, not an object with RoleArn";
            let finding = Finding::new(&rules::CREDENTIAL_TYPE, message).spanning(role.span());
            found.push(finding.with_fix(
                "write { \"RoleType\": \"service\", \"RoleArn\": \"acs:ram::<account>:role/<name>\" }",
            ));
        } else if is_object(role, "a role", found) {
            check_role(role, names, found);
        }
    }
}

fn check_role(role: Value, names: (&'static Names, &'static Names), found: &mut Findings) {
    let user = names.0.user;
    fields(role, &["RoleArn", "RoleType", "AssumeRoleFor", "Policy", user], names, found);
    required(role, &["RoleType"], names.0, found);
    role_arn(role, found);
    text(role, "AssumeRoleFor", found);
    text(role, "Policy", found);
    word(role, "RoleType", &ROLE_TYPES, names.0, found);
    let Some(info) = given(role, user) else { return };
    if is_object(info, user, found) {
        fields(info, &["Id", "Type", "AccessKeyId", "SecurityToken"], names, found);
        for name in ["Id", "AccessKeyId", "SecurityToken"] {
            text(info, name, found);
        }
        word(info, "Type", &USER_TYPES, names.0, found);
    }
}

fn role_arn(role: Value, found: &mut Findings) {
    let Some(value) = given(role, "RoleArn") else {
        let finding = Finding::new(&rules::CREDENTIAL_ROLE_ARN, "RoleArn is missing");
        return found.push(finding.spanning(role.opening()));
    };
    let Some(arn) = text(role, "RoleArn", found).filter(|arn| !arn.contains("${")) else { return };
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
    names: &Names,
    config: Value,
    found: &mut Findings,
) {
    let is_off = |value: Value| value.kind() == Kind::Null || value.as_bool() == Some(false);
    if roles_that_count(entries).next().is_none() || !switch.is_none_or(|switch| is_off(switch.value)) {
        return;
    }
    let state = if switch.is_some() { "is off" } else { "is missing" };
    let finding =
        Finding::new(&rules::CREDENTIAL_OFF, format!("a role is given, but {} {state}", names.switch));
    let finding = finding.with_fix(format!("write \"{}\": true, or leave the roles out", names.switch));
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
fn fields(value: Value, known: &[&str], names: (&Names, &Names), found: &mut Findings) {
    for member in value.members().filter(|member| !known.iter().any(|name| member.is(name))) {
        let name = member.name.as_str().unwrap_or_default();
        let shown = quoted(&name);
        let own = own_name(&name, names);
        let alike = known.iter().copied().find(|other| other.eq_ignore_ascii_case(&name));
        let finding = if let Some(own) = own {
            let message = format!("{shown} is a name of {}; {} names it `{own}`", names.1.of, names.0.of);
            Finding::new(&rules::CREDENTIAL_FIELD, message).with_fix(format!("write \"{own}\""))
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

/// What this API calls a field that the other API knows by `name`.
fn own_name(name: &str, (names, others): (&Names, &Names)) -> Option<&'static str> {
    let pairs = [(others.switch, names.switch), (others.entries, names.entries), (others.user, names.user)];
    pairs.into_iter().find(|(other, _)| *other == name).map(|(_, own)| own)
}

/// Only DSW's API says which fields it requires.
fn required(value: Value, names: &[&str], of: &Names, found: &mut Findings) {
    for name in names.iter().filter(|name| of.switch == DSW.switch && value.get(name).is_none()) {
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

/// One of the words that DSW's API lists; DLC lists none, so that there only the case is judged.
fn word(value: Value, name: &str, words: &[&str], of: &Names, found: &mut Findings) {
    let Some(text) = text(value, name, found).filter(|text| !text.contains("${")) else { return };
    let alike = words.iter().any(|word| word.eq_ignore_ascii_case(&text));
    if !words.contains(&&*text) && (alike || of.switch == DSW.switch) {
        let message = format!("{name} is {}, not {}", quoted(&text), words.join(" or "));
        let finding = Finding::new(&rules::CREDENTIAL_TYPE, message);
        let span = given(value, name).map_or_else(|| value.opening(), Value::span);
        found.push(finding.with_fix(format!("write {}", words.join(" or "))).spanning(span));
    }
}

fn is_object(value: Value, what: &str, found: &mut Findings) -> bool {
    let is_object = value.kind() == Kind::Object;
    if !is_object {
        found.push(wrong_type(what, "an object", value));
    }
    is_object
}

fn wrong_type(what: &str, expected: &str, value: Value) -> Finding {
    const RULE: &Rule = &rules::CREDENTIAL_TYPE;
    let message = format!("{what} is {}, not {expected}", value.kind().described());
    let span =
        if matches!(value.kind(), Kind::Object | Kind::Array) { value.opening() } else { value.span() };
    Finding::new(RULE, message).with_fix(format!("write {expected}")).spanning(span)
}
