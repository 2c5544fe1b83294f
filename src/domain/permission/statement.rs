//! From grants to statements: the same grants always give the same bytes, and no statement allows more than they do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;

use super::need::Grant;
use crate::domain::catalog::{AccessClass, permissions};

/// A statement that allows actions on resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Always `Allow`.
    #[serde(rename = "Effect")]
    effect: &'static str,
    /// The actions, sorted.
    #[serde(rename = "Action")]
    pub actions: Vec<String>,
    /// The resources, sorted.
    #[serde(rename = "Resource")]
    pub resources: Vec<String>,
    /// A condition on `oss:Prefix`.
    #[serde(rename = "Condition", skip_serializing_if = "Option::is_none")]
    condition: Option<serde_json::Value>,
    /// The patterns of that condition.
    #[serde(skip)]
    pub prefixes: Vec<String>,
}

impl Statement {
    /// A statement; with prefixes it holds only for requests whose `oss:Prefix` is like one of them.
    #[must_use]
    pub fn new(actions: Vec<String>, resources: Vec<String>, prefixes: Vec<String>) -> Self {
        let condition = (!prefixes.is_empty()).then(|| json!({ "StringLike": { "oss:Prefix": prefixes } }));
        Self { effect: "Allow", actions, resources, condition, prefixes }
    }

    /// How many characters it has without white space.
    #[must_use]
    pub fn length(&self) -> usize {
        serde_json::to_string(self).map_or(0, |text| text.chars().count())
    }

    /// The two halves of its resources, or of its prefixes where it has one resource; `None` where neither can be cut.
    #[must_use]
    pub fn halves(&self) -> Option<[Self; 2]> {
        let with_resources =
            |resources: &[String]| Self::new(self.actions.clone(), resources.to_vec(), self.prefixes.clone());
        let with_prefixes =
            |prefixes: &[String]| Self::new(self.actions.clone(), self.resources.clone(), prefixes.to_vec());
        if self.resources.len() > 1 {
            let (first, second) = self.resources.split_at(self.resources.len() / 2);
            Some([with_resources(first), with_resources(second)])
        } else if self.prefixes.len() > 1 {
            let (first, second) = self.prefixes.split_at(self.prefixes.len() / 2);
            Some([with_prefixes(first), with_prefixes(second)])
        } else {
            None
        }
    }
}

/// What the statements are grouped by, in their order: the service, what the actions do, the condition, the resources.
type Group = (usize, AccessClass, BTreeSet<String>, BTreeSet<String>);

/// The statements for grants, in the order of the services in the catalog.
#[must_use]
pub fn statements(grants: &[Grant]) -> Vec<Statement> {
    let classes = classes(grants);
    let services = services();
    let mut groups: BTreeMap<Group, BTreeSet<String>> = BTreeMap::new();
    for (action, targets) in by_action(grants) {
        for (prefixes, resources) in targets {
            let rank = services.iter().position(|service| *service == service_of(action)).unwrap_or(0);
            let is_star = resources.iter().all(|resource| resource == "*");
            let class = if is_star { AccessClass::Use } else { classes[action] };
            groups.entry((rank, class, prefixes, resources)).or_default().insert(action.to_owned());
        }
    }
    let statement = |((_, _, prefixes, resources), actions): (Group, BTreeSet<String>)| {
        let list = |set: BTreeSet<String>| set.into_iter().collect();
        Statement::new(list(actions), list(resources), list(prefixes))
    };
    groups.into_iter().map(statement).collect()
}

/// The service of an action: what stands before its colon.
fn service_of(action: &str) -> &str {
    action.split(':').next().unwrap_or_default()
}

/// The services of actions, in the order of the catalog.
fn services() -> Vec<&'static str> {
    let mut services = Vec::new();
    let grants = permissions().needs.iter().flat_map(|need| &need.grants);
    for action in grants.flat_map(|grant| &grant.actions) {
        let service = service_of(action);
        if !services.contains(&service) {
            services.push(service);
        }
    }
    services
}

/// What each action does, so that one which several needs take stands in one statement.
fn classes(grants: &[Grant]) -> BTreeMap<&'static str, AccessClass> {
    let mut classes = BTreeMap::new();
    for grant in grants {
        let class = classes.entry(grant.action).or_insert(grant.class);
        *class = (*class).min(grant.class);
    }
    classes
}

/// For each action the sets of resources that share a condition, without those that another one covers.
fn by_action(grants: &[Grant]) -> BTreeMap<&'static str, BTreeMap<BTreeSet<String>, BTreeSet<String>>> {
    let mut by_resource: BTreeMap<(&str, &str), BTreeSet<Option<&str>>> = BTreeMap::new();
    for grant in grants {
        by_resource.entry((grant.action, &grant.resource)).or_default().insert(grant.prefix.as_deref());
    }
    let mut by_action: BTreeMap<&'static str, BTreeMap<_, BTreeSet<String>>> = BTreeMap::new();
    for grant in grants {
        let Some(prefixes) = by_resource.remove(&(grant.action, grant.resource.as_str())) else { continue };
        let prefixes = if prefixes.contains(&None) {
            BTreeSet::new()
        } else {
            without_covered(&prefixes.into_iter().flatten().map(str::to_owned).collect())
        };
        let resources = by_action.entry(grant.action).or_default().entry(prefixes).or_default();
        resources.insert(grant.resource.clone());
    }
    for targets in by_action.values_mut() {
        if let Some(unconditional) = targets.get_mut(&BTreeSet::new()) {
            *unconditional = without_covered(unconditional);
        }
    }
    by_action
}

/// The patterns that no other one of them covers.
fn without_covered(patterns: &BTreeSet<String>) -> BTreeSet<String> {
    let covers = |wide: &str, narrow: &str| {
        wide != narrow && wide.strip_suffix('*').is_some_and(|start| narrow.starts_with(start))
    };
    let is_covered = |narrow: &String| patterns.iter().any(|wide| covers(wide, narrow));
    patterns.iter().filter(|pattern| !is_covered(pattern)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(class: AccessClass, action: &'static str, resource: &str, prefix: Option<&str>) -> Grant {
        Grant { class, action, resource: resource.to_owned(), prefix: prefix.map(str::to_owned) }
    }

    fn written(grants: &[Grant]) -> Vec<String> {
        statements(grants).iter().map(|it| serde_json::to_string(it).expect("JSON")).collect()
    }

    #[test]
    fn reading_and_writing_stay_apart() {
        use AccessClass::{Read, Write};
        let (a, b) = ("acs:oss:*:*:owl/a/*", "acs:oss:*:*:owl/b/*");
        let grants = [
            grant(Read, "oss:GetObject", a, None),
            grant(Read, "oss:GetObject", b, None),
            grant(Write, "oss:PutObject", b, None),
            grant(Write, "oss:DeleteObject", b, None),
        ];
        let expected = [
            format!(r#"{{"Effect":"Allow","Action":["oss:GetObject"],"Resource":["{a}","{b}"]}}"#),
            format!(
                r#"{{"Effect":"Allow","Action":["oss:DeleteObject","oss:PutObject"],"Resource":["{b}"]}}"#
            ),
        ];
        assert_eq!(written(&grants), expected);
    }

    #[test]
    fn a_bucket_keeps_every_prefix_and_loses_those_that_are_covered() {
        let list = |prefix| grant(AccessClass::List, "oss:ListObjects", "acs:oss:*:*:owl", prefix);
        let grants = [list(Some("b/*")), list(Some("a/*")), list(Some("a/x/*")), list(Some("ab/*"))];
        let prefixes =
            |grants: &[Grant]| statements(grants).into_iter().map(|it| it.prefixes).collect::<Vec<_>>();
        assert_eq!(prefixes(&grants), [["a/*", "ab/*", "b/*"]]);
        let whole: Vec<_> = grants.into_iter().chain([list(None)]).collect();
        assert_eq!(prefixes(&whole), [Vec::<String>::new()]);
    }

    #[test]
    fn a_statement_is_halved_by_resources_and_then_by_prefixes() {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let statement =
            Statement::new(strings(&["x:Y"]), strings(&["a", "b", "c"]), strings(&["p/*", "q/*"]));
        let [first, second] = statement.halves().expect("two resources");
        assert_eq!((first.resources.len(), second.resources.len()), (1, 2));
        let [first, second] = first.halves().expect("two prefixes");
        assert_eq!((first.prefixes, second.prefixes.clone()), (strings(&["p/*"]), strings(&["q/*"])));
        assert!(second.halves().is_none());
    }
}
