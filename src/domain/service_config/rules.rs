//! What can be wrong with a service config, as far as its role is concerned.

use super::strays::{Stray, strays};
use super::{
    CREDENTIAL, Document, Finding, Findings, Kind, METADATA, OPTIONS, ROLE_ARN, SWITCH, Value, WORKSPACE_ID,
    access_keys, mounts, outline, table,
};
use crate::domain::finding::Rule;
use crate::domain::placeholder::{is_filled_in, placeholder};
use crate::domain::text::quoted;
use crate::domain::values::{Invalid, RoleArn};
use crate::messages::documents as said;

/// Ports that EAS keeps for itself (parameters of model services: containers.port).
const RESERVED_PORTS: [u64; 2] = [8080, 9090];

/// Everything that the rules say of a config.
#[must_use]
pub fn check(document: &Document) -> Findings {
    let mut findings: Findings = refusals(document).into_iter().collect();
    if findings.count_of(&table::CONFIG_NOT_OBJECT) > 0 {
        return findings;
    }
    let config = Config::of(document);
    findings.extend(config.switch_type());
    config.role_findings(&mut findings);
    findings.extend(config.strays.iter().map(Stray::finding));
    findings.extend(config.workspace());
    findings.extend(access_keys::findings(document));
    findings.extend(reserved_ports(document));
    findings
}

/// Where the keys stand that the rule for doubled keys of a config reports, by their first byte.
#[must_use]
pub fn doubled_keys(document: &Document) -> Vec<usize> {
    let refusals = refusals(document).into_iter();
    let doubled = refusals.filter(|finding| finding.rule == &table::CONFIG_DUPLICATE_KEY);
    doubled.filter_map(|finding| Some(finding.span?.start)).collect()
}

/// What keeps ramrole from editing the role: at most one finding a key.
pub(super) fn refusals(document: &Document) -> Vec<Finding> {
    let root = document.root();
    if root.kind() != Kind::Object {
        let message = format!("a service config is one object, not {}", root.kind().described());
        return vec![Finding::new(&table::CONFIG_NOT_OBJECT, message).spanning(first_character(root))];
    }
    let (options, credential) = (root.get(OPTIONS), root.get(CREDENTIAL));
    let watched = [(root, OPTIONS), (root, METADATA), (root, ROLE_ARN)];
    let watched = watched.into_iter().chain(options.map(|options| (options, SWITCH)));
    let alias = credential.filter(|credential| credential.get(ROLE_ARN).is_some());
    let watched = watched.chain(alias.into_iter().flat_map(|alias| [(root, CREDENTIAL), (alias, ROLE_ARN)]));
    let twice = watched.filter_map(|(object, name)| {
        let second = object.members().filter(|member| member.is(name)).nth(1)?;
        let message = format!("{name} stands twice; readers differ in which of the two they take");
        Some(Finding::new(&table::CONFIG_DUPLICATE_KEY, message).spanning(second.name.span()))
    });
    let wrong = [OPTIONS, METADATA].into_iter().filter_map(|name| {
        let value = root.get(name).filter(|value| value.kind() != Kind::Object)?;
        let message = format!("{name} is {}, not an object", value.kind().described());
        Some(Finding::new(&table::CONFIG_TYPE, message).spanning(value.span()))
    });
    twice.chain(wrong).collect()
}

fn first_character(value: Value) -> std::ops::Range<usize> {
    let start = value.span().start;
    start..start + 1
}

fn finding(rule: &'static Rule, at: Value, message: impl Into<String>) -> Finding {
    Finding::new(rule, message).spanning(at.span())
}

/// The keys of the role, found once.
struct Config<'d> {
    document: &'d Document<'d>,
    root: Value<'d>,
    switch: Option<Value<'d>>,
    role_arn: Option<Value<'d>>,
    alias: Option<Value<'d>>,
    strays: Vec<Stray<'d>>,
}

impl<'d> Config<'d> {
    fn of(document: &'d Document<'d>) -> Self {
        let root = document.root();
        let (switch, alias) = (root.at(&[OPTIONS, SWITCH]), root.at(&[CREDENTIAL, ROLE_ARN]));
        Self { document, root, switch, role_arn: root.get(ROLE_ARN), alias, strays: strays(root) }
    }

    fn is_on(&self) -> bool {
        self.switch.and_then(Value::as_bool) == Some(true)
    }

    /// Whether the switch (true) or the role (false) is given where EAS does not read it, which is said once.
    fn has_stray(&self, is_switch: bool) -> bool {
        self.strays.iter().any(|stray| stray.is_switch == is_switch)
    }

    fn switch_type(&self) -> Option<Finding> {
        let value = self.switch.filter(|value| value.kind() != Kind::Bool)?;
        let message = format!("enable_ram_role is {}, {}", written(value), value.kind().described());
        Some(finding(&table::CONFIG_SWITCH_TYPE, value, message))
    }

    fn role_findings(&self, findings: &mut Findings) {
        findings.extend(self.role_without_switch());
        let role_arn = self.role_arn.and_then(|value| role_of(ROLE_ARN, value, findings));
        let alias = self.alias.filter(|alias| !self.conflict(*alias, findings));
        let alias = alias.filter(|_| self.role_arn.is_none());
        let alias = alias.and_then(|value| role_of("credential.role_arn", value, findings));
        let Some(role) = role_arn.or(alias) else { return };
        findings.extend(mounts::of_another_account(self.document, &role));
        if self.is_on() {
            findings.extend(mounts::notes(self.document));
        }
    }

    fn role_without_switch(&self) -> Option<Finding> {
        let (name, value) = match self.role_arn {
            Some(value) => (ROLE_ARN, value),
            None => ("credential.role_arn", self.alias?),
        };
        let is_off = self.switch.is_none_or(|switch| switch.as_bool() == Some(false));
        let state = if self.switch.is_none() { "missing" } else { "false" };
        let message = format!("{name} is set, but options.enable_ram_role is {state}");
        (is_off && !self.has_stray(true)).then(|| finding(&table::CONFIG_ROLE_WITHOUT_SWITCH, value, message))
    }

    /// Whether both names are given, with different roles.
    fn conflict(&self, alias: Value, findings: &mut Findings) -> bool {
        let Some(role) = self.role_arn else { return false };
        let same = match (role.as_str(), alias.as_str()) {
            (Some(role), Some(alias)) => role.eq_ignore_ascii_case(&alias),
            _ => false,
        };
        if !same {
            let message = format!("credential.role_arn is {}, role_arn is {}", written(alias), written(role));
            findings.push(finding(&table::CONFIG_ROLE_CONFLICT, alias, message));
        }
        !same
    }

    /// Only of a whole config: a fragment for a merge leaves `metadata` to the service.
    fn workspace(&self) -> Option<Finding> {
        let id = self.root.at(&[METADATA, WORKSPACE_ID]);
        if let Some(id) = id
            && let Some(text) = id.as_str()
            && let Some(part) = placeholder(&text)
        {
            let message = said::Placeholder { key: "metadata.workspace_id", part: quoted(part) };
            return Some(finding(&outline::CONFIG_PLACEHOLDER, id, message.to_string()));
        }
        let has_role = self.role_arn.is_some() || self.alias.is_some() || self.has_stray(false);
        let switch = self.switch.filter(|_| self.is_on() && !has_role)?;
        let named = id.is_some_and(|id| !id.is_str("") && id.kind() != Kind::Null);
        let whole = ["metadata", "containers", "processor", "model_path"];
        let whole = whole.iter().any(|name| self.root.get(name).is_some());
        let message = "the default role is on, but metadata.workspace_id is missing: code that calls the OSS SDK \
                       needs it";
        (whole && !named).then(|| finding(&table::CONFIG_WORKSPACE, switch, message))
    }
}

/// The role that a key names; says why it names none. What a deployment tool fills in is not judged.
fn role_of(name: &str, value: Value, findings: &mut Findings) -> Option<RoleArn> {
    let message = match value.as_str() {
        Some(text) => match (text.parse::<RoleArn>(), placeholder(&text)) {
            (_, Some(part)) => said::Placeholder { key: name, part: quoted(part) }.to_string(),
            (Ok(role), None) => return Some(role),
            (Err(_), None) if is_filled_in(&text) => return None,
            (Err(invalid), None) => invalid.to_string(),
        },
        None => Invalid::new("the ARN of a RAM role", &written(value), "it must be a string").to_string(),
    };
    findings.push(finding(&table::CONFIG_ROLE_ARN, value, message));
    None
}

fn reserved_ports<'d>(document: &'d Document) -> impl Iterator<Item = Finding> + 'd {
    let containers = document.root().get("containers").into_iter().flat_map(Value::elements);
    let ports = containers.filter_map(|container| container.get("port"));
    ports.filter_map(|port| {
        let number = port.as_u64().or_else(|| port.as_str()?.parse().ok())?;
        let message = format!("port {number} is reserved by EAS");
        let finding = || Finding::new(&table::CONFIG_RESERVED_PORT, message).spanning(port.span());
        RESERVED_PORTS.contains(&number).then(finding)
    })
}

/// A scalar as it is written; of an object or a list, which may hold anything, only what it is.
pub(super) fn written(value: Value) -> String {
    match value.kind() {
        Kind::Object | Kind::Array => value.kind().described().to_owned(),
        _ => quoted(value.source()),
    }
}
