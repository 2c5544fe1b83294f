//! What can be wrong with a service config, as far as its role is concerned.

use super::{
    Document, Finding, Findings, Kind, METADATA, OPTIONS, ROLE_ARN, SWITCH, Value, WORKSPACE_ID, access_keys,
    mounts, table,
};
use crate::domain::finding::Rule;
use crate::domain::text::quoted;
use crate::domain::values::{Invalid, RoleArn};

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
    findings.extend(config.misplaced());
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
    let options = root.get(OPTIONS);
    let watched = [(root, OPTIONS), (root, METADATA), (root, ROLE_ARN)];
    let watched = watched.into_iter().chain(options.map(|options| (options, SWITCH)));
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
}

impl<'d> Config<'d> {
    fn of(document: &'d Document<'d>) -> Self {
        let root = document.root();
        Self { document, root, switch: root.at(&[OPTIONS, SWITCH]), role_arn: root.get(ROLE_ARN) }
    }

    fn is_on(&self) -> bool {
        self.switch.and_then(Value::as_bool) == Some(true)
    }

    fn switch_type(&self) -> Option<Finding> {
        let value = self.switch.filter(|value| value.kind() != Kind::Bool)?;
        let message = format!("enable_ram_role is {}, {}", written(value), value.kind().described());
        Some(finding(&table::CONFIG_SWITCH_TYPE, value, message))
    }

    fn role_findings(&self, findings: &mut Findings) {
        let Some(value) = self.role_arn else { return };
        let role: Result<RoleArn, Invalid> = match value.as_str() {
            Some(text) => text.parse(),
            None => Err(Invalid::new("the ARN of a RAM role", &written(value), "it must be a string")),
        };
        if self.switch.is_none_or(|switch| switch.as_bool() == Some(false)) {
            let state = if self.switch.is_none() { "missing" } else { "false" };
            let message = format!("role_arn is set, but options.enable_ram_role is {state}");
            findings.push(finding(&table::CONFIG_ROLE_WITHOUT_SWITCH, value, message));
        }
        match role {
            Err(invalid) => findings.push(finding(&table::CONFIG_ROLE_ARN, value, invalid.to_string())),
            Ok(role) => self.custom_role(&role, findings),
        }
    }

    fn custom_role(&self, role: &RoleArn, findings: &mut Findings) {
        findings.extend(self.conflict(role));
        findings.extend(mounts::of_another_account(self.document, role));
        if self.is_on() {
            findings.extend(mounts::notes(self.document));
        }
    }

    fn conflict(&self, role: &RoleArn) -> Option<Finding> {
        let other = self.root.at(&["credential", ROLE_ARN])?;
        let same = other.as_str().is_some_and(|text| text.eq_ignore_ascii_case(role.as_str()));
        let message = format!("credential.role_arn is {}, role_arn is {role}", written(other));
        (!same).then(|| finding(&table::CONFIG_ROLE_CONFLICT, other, message))
    }

    fn misplaced(&self) -> Vec<Finding> {
        let places: [(&[&str], &str); 5] = [
            (&[OPTIONS, ROLE_ARN], "it belongs at the top, beside options"),
            (&[METADATA, ROLE_ARN], "it belongs at the top, beside metadata"),
            (&[METADATA, SWITCH], "it belongs in options"),
            (&[SWITCH], "it belongs in options"),
            (&[METADATA, OPTIONS, SWITCH], "options belongs at the top, beside metadata"),
        ];
        let found = places.into_iter().filter_map(|(path, place)| {
            let value = self.root.at(path)?;
            let message = format!("{} does nothing here: {place}", path.join("."));
            Some(finding(&table::CONFIG_ROLE_MISPLACED, value, message))
        });
        found.collect()
    }

    /// Only of a whole config: a fragment for a merge leaves `metadata` to the service.
    fn workspace(&self) -> Option<Finding> {
        let switch = self.switch.filter(|_| self.is_on() && self.role_arn.is_none())?;
        let id = self.root.at(&[METADATA, WORKSPACE_ID]);
        let named = id.is_some_and(|id| !id.is_str("") && id.kind() != Kind::Null);
        let whole = ["metadata", "containers", "processor", "model_path"];
        let whole = whole.iter().any(|name| self.root.get(name).is_some());
        let message = "the default role is on, but metadata.workspace_id is missing: code that calls the OSS SDK \
                       needs it";
        (whole && !named).then(|| finding(&table::CONFIG_WORKSPACE, switch, message))
    }
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
