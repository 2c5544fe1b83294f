//! A need with everything that its statement takes, and where it comes from.

use std::collections::BTreeMap;

use super::path::OssPath;
use crate::domain::catalog::{AccessClass, GrantRow, NeedRow};

/// Where a need comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The field of the service config, or the flag.
    pub place: String,
    /// The line of the service config.
    pub line: Option<usize>,
    /// What the place says, a sentence without its full stop.
    pub says: String,
}

/// One need.
#[derive(Clone, Debug)]
pub struct Need {
    /// What it takes.
    pub row: &'static NeedRow,
    /// Where it comes from.
    pub origin: Origin,
    /// The values of the placeholders.
    names: BTreeMap<String, String>,
    /// The pattern of a condition on `oss:Prefix`.
    prefix: Option<String>,
    /// Whether every placeholder has its value.
    complete: bool,
}

/// One action on one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// What the action does.
    pub class: AccessClass,
    /// The action.
    pub action: &'static str,
    /// The resource, a pattern of RAM.
    pub resource: String,
    /// The pattern that `oss:Prefix` must be like.
    pub prefix: Option<String>,
}

impl Need {
    /// A need with values for its placeholders.
    pub fn new(
        row: &'static NeedRow,
        names: impl IntoIterator<Item = (&'static str, String)>,
        origin: Origin,
    ) -> Self {
        let names = names.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { row, origin, names, prefix: None, complete: true }
    }

    /// A need of objects.
    #[must_use]
    pub fn of_objects(row: &'static NeedRow, path: &OssPath, origin: Origin) -> Self {
        let names = [("bucket", path.bucket().to_owned()), ("objects", path.objects())];
        Self { prefix: path.prefix(), ..Self::new(row, names, origin) }
    }

    /// Fills the placeholders that have no value from `known`, and the rest with the name in angle brackets, which no
    /// Resource of RAM contains. Returns the names of the rest.
    pub fn fill(&mut self, known: impl Fn(&str) -> Option<String>) -> Vec<&'static str> {
        let mut unknown = Vec::new();
        for name in self.row.grants.iter().flat_map(|grant| placeholders(&grant.resource)) {
            if self.names.contains_key(name) {
                continue;
            }
            let value = known(name).unwrap_or_else(|| {
                self.complete = false;
                unknown.push(name);
                format!("<{name}>")
            });
            self.names.insert(name.to_owned(), value);
        }
        unknown
    }

    /// Whether every placeholder has its value.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The actions and resources, one by one.
    pub fn grants(&self) -> impl Iterator<Item = Grant> {
        let of_row = |grant: &'static GrantRow| {
            let resource = self.resource(grant);
            let prefix = self.prefix.clone().filter(|_| grant.prefix);
            grant.actions.iter().map(move |action| Grant {
                class: grant.class,
                action,
                resource: resource.clone(),
                prefix: prefix.clone(),
            })
        };
        self.row.grants.iter().flat_map(of_row)
    }

    fn resource(&self, grant: &GrantRow) -> String {
        // In one pass: a value may itself look like a placeholder.
        let mut filled = String::new();
        let mut rest = grant.resource.as_str();
        while let Some((before, inside)) = rest.split_once('{') {
            let (name, after) = inside.split_once('}').unwrap_or((inside, ""));
            filled.push_str(before);
            filled.push_str(self.names.get(name).map_or("", String::as_str));
            rest = after;
        }
        filled + rest
    }
}

fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|part| part.split('}').next())
}
