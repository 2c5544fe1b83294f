//! Collects needs, with what is to be said about each.

use std::collections::{BTreeMap, BTreeSet};

use super::image::{Image, Registry};
use super::need::{Need, Origin};
use super::path::{Key, OssPath};
use super::rules;
use super::usage::{Names, Target, Use};
use crate::domain::catalog::{AccessClass, ElsewhereRow, Mark, permissions};
use crate::domain::finding::{Finding, Rule};
use crate::domain::findings::Findings;
use crate::domain::text::quoted;
use crate::domain::values::{AccountId, Region, RoleName};

/// What a person knows that no config says.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The account that owns the role, the registries and the keys.
    pub account: Option<AccountId>,
    /// The region of keys and workspaces.
    pub region: Option<Region>,
    /// The role.
    pub role: Option<RoleName>,
    /// The IDs of registry instances by their names.
    pub registries: BTreeMap<String, String>,
    /// Where the data of datasets lies, by their IDs.
    pub datasets: BTreeMap<String, OssPath>,
    /// The optional needs that are to be included, by their levels.
    pub include: BTreeSet<String>,
}

/// Something to do that no RAM policy does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// What it is about.
    pub title: String,
    /// What to do.
    pub instruction: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Who says so: a key of the catalog's sources.
    pub source: &'static str,
    /// How well it is known.
    pub mark: Mark,
}

/// What was collected.
#[derive(Debug)]
pub(super) struct Gathered<'k> {
    known: &'k Known,
    pub needs: Vec<Need>,
    pub elsewhere: Vec<Elsewhere>,
    /// What needs no permission.
    pub nothing: Vec<Origin>,
    pub findings: Findings,
}

/// A need under way: where it comes from, and the bytes of the config that name it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub origin: Origin,
    pub span: Option<std::ops::Range<usize>>,
}

impl Place {
    /// The same place with what it says.
    pub fn saying(&self, says: impl Into<String>) -> Origin {
        Origin { says: says.into(), ..self.origin.clone() }
    }
}

impl<'k> Gathered<'k> {
    pub fn new(known: &'k Known) -> Self {
        Self {
            known,
            needs: Vec::new(),
            elsewhere: Vec::new(),
            nothing: Vec::new(),
            findings: Findings::default(),
        }
    }

    /// Where the data of a dataset lies.
    pub fn dataset(&self, id: &str) -> Option<OssPath> {
        self.known.datasets.get(id).cloned()
    }

    pub fn say(&mut self, place: &Place, rule: &'static Rule, message: impl Into<String>, fix: Option<&str>) {
        let mut finding = Finding::new(rule, message);
        finding.span.clone_from(&place.span);
        if let Some(fix) = fix {
            finding = finding.with_fix(fix);
        }
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Adds levels of a service on objects.
    pub fn objects(&mut self, path: &OssPath, levels: &[&'static str], place: &Place, says: &str) {
        self.remarks(path, levels, place);
        for row in levels.iter().filter_map(|level| permissions().need("oss", level)) {
            self.needs.push(Need::of_objects(row, path, place.saying(says)));
        }
    }

    fn remarks(&mut self, path: &OssPath, levels: &[&'static str], place: &Place) {
        let shown = quoted(&path.to_string());
        match path.key() {
            Key::Whole if levels != ["buckets"] => {
                self.say(
                    place,
                    &rules::PERMISSION_WHOLE_BUCKET,
                    format!("{shown} is the whole bucket"),
                    None,
                );
            }
            Key::Folder(_) if path.was_completed() => {
                let message =
                    format!("{} does not end with a slash and is read as {shown}", place.origin.place);
                self.say(place, &rules::PERMISSION_FOLDER, message, None);
            }
            Key::Object(_) => {
                self.say(place, &rules::PERMISSION_FILE, format!("{shown} is read as one file"), None);
            }
            Key::Whole | Key::Folder(_) => {}
        }
        if path.has_empty_segment() {
            let message = format!("{shown} has two slashes in a row");
            self.say(place, &rules::PERMISSION_EMPTY_SEGMENT, message, None);
        }
    }

    /// Adds what a role needs to pull an image.
    pub fn image(&mut self, image: &Image, has_login: bool, place: &Place) {
        let nothing = |why: &str| place.saying(format!("{} {why}", quoted(&place.origin.says)));
        match &image.registry {
            Registry::Platform => self.nothing.push(nothing("is an image of the platform")),
            _ if has_login => self.nothing.push(nothing("is pulled with dockerAuth")),
            Registry::Public(host) => {
                self.nothing.push(nothing(&format!("is on {host}, outside Alibaba Cloud")));
            }
            Registry::NewPersonal => {
                let message =
                    format!("{}: {}", quoted(&place.origin.says), permissions().registries.personal.message);
                self.say(place, &rules::PERMISSION_NO_PULL, message, None);
            }
            Registry::Unknown(host) => {
                let message = format!("{} is not a host of Container Registry", quoted(host));
                self.say(place, &rules::PERMISSION_REGISTRY, message, None);
            }
            Registry::Personal { region } => {
                self.pull(&["personal", "login"], region, None, image, place);
            }
            Registry::Enterprise { instance, region } => {
                let levels = ["enterprise", "login", "host", "instance-by-name"];
                self.pull(&levels, region, Some(instance), image, place);
            }
        }
    }

    fn pull(
        &mut self,
        levels: &[&'static str],
        region: &str,
        instance: Option<&String>,
        image: &Image,
        place: &Place,
    ) {
        let id = instance.and_then(|name| self.known.registries.get(name));
        for level in levels {
            let mut names = vec![("region", region.to_owned()), ("repository", image.repository.clone())];
            names.extend(id.map(|id| ("instance", id.clone())));
            let says = format!("{} is pulled with the role", quoted(&place.origin.says));
            self.add("image", level, names, place, says);
        }
        if let (Some(name), None) = (instance, id) {
            let message =
                format!("the ID of the registry instance {} is not in the name of the image", quoted(name));
            let fix = format!("add --registry {name}=cri-ID; the ID is in the Container Registry console");
            self.say(place, &rules::PERMISSION_UNKNOWN, message, Some(&fix));
        }
    }

    /// Adds one level of a service, unless it is optional and was not asked for.
    pub fn add(&mut self, service: &str, level: &str, names: Names, place: &Place, says: String) {
        let Some(row) = permissions().need(service, level) else { return };
        if row.optional && !self.known.include.contains(level) {
            let actions: Vec<_> =
                row.grants.iter().flat_map(|grant| &grant.actions).map(String::as_str).collect();
            let message = format!("left out: {} ({})", actions.join(", "), row.does);
            let fix = format!("add --include {level} if it is denied");
            return self.say(place, &rules::PERMISSION_LEFT_OUT, message, Some(&fix));
        }
        let known = self.known;
        let mut need = Need::new(row, names, place.saying(says));
        let unknown = need.fill(|name| match name {
            "account" => known.account.as_ref().map(ToString::to_string),
            "region" => known.region.as_ref().map(ToString::to_string),
            _ => None,
        });
        for name in unknown {
            let fix = match name {
                "account" => "add --account ID",
                "region" => "add --region REGION",
                // Said by the caller, who knows what to ask for.
                _ => continue,
            };
            self.say(
                place,
                &rules::PERMISSION_UNKNOWN,
                format!("{}: the {name} is not known", place.origin.place),
                Some(fix),
            );
        }
        self.needs.push(need);
    }

    /// Adds what no RAM policy gives.
    pub fn elsewhere(&mut self, id: &str, name: &str, origin: Origin) {
        let Some(row) = permissions().elsewhere(id) else { return };
        let ElsewhereRow { title, instruction, source, mark, .. } = row;
        let account = self.known.account.as_ref().map_or("<account>", AccountId::as_str);
        let role = self.known.role.as_ref().map_or("<role name>", RoleName::as_str);
        let fill =
            |text: &str| text.replace("{name}", name).replace("{account}", account).replace("{role}", role);
        let added =
            Elsewhere { title: fill(title), instruction: fill(instruction), origin, source, mark: *mark };
        if !self
            .elsewhere
            .iter()
            .any(|other| other.instruction == added.instruction && other.title == added.title)
        {
            self.elsewhere.push(added);
        }
    }

    /// Adds what a flag names.
    pub fn used(&mut self, used: &Use) {
        let origin = |says: String| Origin { place: used.text.clone(), line: None, says };
        let says = format!("the code uses {}", used.service.title);
        let place = Place { origin: origin(says.clone()), span: None };
        let levels: Vec<&'static str> = used.levels.iter().map(|row| row.level.as_str()).collect();
        match &used.target {
            Target::Oss(path) if levels.is_empty() => {
                let is_file = matches!(path.key(), Key::Object(_));
                let default = used.service.default.iter().map(String::as_str);
                let default: Vec<_> = default.filter(|level| !is_file || *level != "list").collect();
                self.objects(path, &default, &place, &says);
            }
            Target::Oss(path) => self.objects(path, &levels, &place, &says),
            Target::Image(image) => {
                let place = Place { origin: origin(image_name(used)), span: None };
                self.image(image, false, &place);
            }
            Target::Names(names) => {
                let levels = if levels.is_empty() { self.default_levels(used) } else { levels };
                for level in levels {
                    self.add(&used.service.id, level, names.clone(), &place, says.clone());
                }
                let name = names.first().map_or("", |(_, name)| name);
                if let Some(id) = &used.service.also {
                    self.elsewhere(id, name, place.origin.clone());
                }
            }
        }
        if used.levels.iter().any(|row| row.service == "dlc" && row.level == "create") {
            self.elsewhere("pass-role", "", place.origin);
        }
    }

    /// A key must encrypt if anything is written, and only decrypt otherwise.
    fn default_levels(&self, used: &Use) -> Vec<&'static str> {
        if used.service.id != "kms" {
            return Vec::new();
        }
        let mut grants = self.needs.iter().filter(|need| need.row.service == "oss").flat_map(Need::grants);
        vec![if grants.any(|grant| grant.class == AccessClass::Write) { "write" } else { "read" }]
    }
}

fn image_name(used: &Use) -> String {
    used.text.split_once(' ').map_or_else(String::new, |(_, image)| image.to_owned())
}
