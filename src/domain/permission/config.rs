//! What an EAS service config needs: mounts, images and models, which EAS reads with the custom role.

use super::gather::{Gathered, Place};
use super::image::Image;
use super::need::Origin;
use super::path::{OssPath, SCHEME};
use super::rules;
use crate::domain::catalog::permissions;
use crate::domain::finding::Finding;
use crate::domain::json::{Document, Value};
use crate::domain::service_config;
use crate::domain::text::{place, quoted};

/// A service config under way.
pub(super) struct Config<'d> {
    document: &'d Document<'d>,
    has_login: bool,
    /// Where the values start that were counted.
    counted: Vec<usize>,
}

/// Top-level keys that name what EAS loads at the start.
const LOADED: [(&str, &str); 3] = [
    ("model_path", "EAS loads the model"),
    ("processor_path", "EAS loads the processor"),
    ("warm_up_data_path", "EAS loads the warm-up data"),
];

impl<'d> Config<'d> {
    pub fn new(document: &'d Document<'d>) -> Self {
        let root = document.root();
        let login = root.get("dockerAuth").or_else(|| root.at(&["credential", "docker_auth"]));
        let has_login = login.and_then(Value::as_str).is_some_and(|text| !text.is_empty());
        Self { document, has_login, counted: Vec::new() }
    }

    /// Collects the needs of the whole config.
    pub fn gather(mut self, out: &mut Gathered) {
        let root = self.document.root();
        for (index, entry) in root.get("storage").into_iter().flat_map(Value::elements).enumerate() {
            self.mount(index, entry, out);
        }
        for (index, container) in root.get("containers").into_iter().flat_map(Value::elements).enumerate() {
            if let Some(image) = container.get("image") {
                self.image(image, &format!("containers[{index}].image"), out);
            }
        }
        for (key, says) in LOADED {
            if let Some(value) = root.get(key) {
                self.loaded(value, key, says, out);
            }
        }
        self.not_counted(out);
        self.role(out);
    }

    fn place(&self, value: Value, place_in_config: &str) -> Place {
        let line = place(self.document.text(), value.span().start).line;
        let origin = Origin { place: place_in_config.to_owned(), line: Some(line), says: String::new() };
        Place { origin, span: Some(value.span()) }
    }

    /// The content of a string that is not empty, counted.
    fn text(&mut self, value: Value) -> Option<String> {
        self.counted.push(value.span().start);
        value.as_str().filter(|text| !text.is_empty()).map(Into::into)
    }

    fn mount(&mut self, index: usize, entry: Value, out: &mut Gathered) {
        let mount_path = entry.get("mount_path").and_then(Value::as_str);
        let at = mount_path.map(|path| format!(" at {}", quoted(&path))).unwrap_or_default();
        for member in entry.members() {
            let Some(kind) = member.name.as_str() else { continue };
            let (source, place) = (member.value, format!("storage[{index}].{kind}"));
            let field = |name: &str| source.get(name).map(|value| (value, format!("{place}.{name}")));
            match kind.as_ref() {
                "mount_path" | "properties" | "empty_dir" => {}
                "oss" => self.oss(field("path"), read_only(source), &at, out),
                "dataset" => self.dataset(
                    field("id"),
                    read_only(source).unwrap_or(permissions().mount.read_only.dataset),
                    &at,
                    out,
                ),
                "nfs" => self.nfs(field("server"), out),
                "git" => {
                    let place = self.place(member.name, &place);
                    out.elsewhere("git", "", place.saying("a Git repository is mounted"));
                }
                "image" => {
                    if let Some((image, place)) = field("image") {
                        self.image(image, &place, out);
                    }
                }
                other => {
                    let place = self.place(member.name, &place);
                    let message =
                        format!("ramrole does not know what a mount of the kind {} needs", quoted(other));
                    out.say(&place, &rules::PERMISSION_MOUNT, message, None);
                }
            }
        }
    }

    fn oss(&mut self, field: Option<(Value, String)>, read_only: Option<bool>, at: &str, out: &mut Gathered) {
        let Some((value, place)) = field else { return };
        let place = self.place(value, &place);
        let Some(text) = self.text(value) else { return };
        let Some(path) = path(&text, &place, out) else { return };
        let path = path.as_folder();
        if read_only.is_none() {
            let message = format!("the mount{at} of {} has no readOnly, so it can be written", quoted(&text));
            let fix =
                "set \"readOnly\": true if the service only reads; the policy then has no write actions";
            out.say(&place, &rules::PERMISSION_WRITABLE, message, Some(fix));
        }
        let read_only = read_only.unwrap_or(permissions().mount.read_only.oss);
        let kind = if read_only { "read-only" } else { "read-write" };
        let says = format!("{} is mounted{at}, {kind}", quoted(&text));
        out.objects(&path, &levels(read_only), &place, &says);
    }

    fn dataset(&mut self, field: Option<(Value, String)>, read_only: bool, at: &str, out: &mut Gathered) {
        let Some((value, place)) = field else { return };
        let place = self.place(value, &place);
        let Some(id) = self.text(value) else { return };
        let says = format!("the dataset {} is mounted{at}", quoted(&id));
        if let Some(path) = out.dataset(&id) {
            let kind = if read_only { "read-only" } else { "read-write" };
            let says = format!("{says} from {}, {kind}", quoted(&path.to_string()));
            out.objects(&path.as_folder(), &levels(read_only), &place, &says);
        } else {
            let message = format!("the config does not say where the data of the dataset {} is", quoted(&id));
            let fix =
                format!("add --dataset {id}=oss://BUCKET/FOLDER/; the path is in the details of the dataset");
            out.say(&place, &rules::PERMISSION_UNKNOWN, message, Some(&fix));
        }
        out.add("dataset", "dataset-description", Vec::new(), &place, says);
    }

    fn nfs(&mut self, field: Option<(Value, String)>, out: &mut Gathered) {
        let Some((value, place)) = field else { return };
        let place = self.place(value, &place);
        let Some(server) = self.text(value) else { return };
        let kind = if server.contains("cpfs") { "cpfs" } else { "nas" };
        let origin = place.saying(format!("{} is mounted", quoted(&server)));
        out.elsewhere(kind, &quoted(&server), origin);
    }

    fn image(&mut self, value: Value, place: &str, out: &mut Gathered) {
        let mut place = self.place(value, place);
        let Some(name) = self.text(value) else { return };
        match name.parse::<Image>() {
            Ok(image) => {
                place.origin.says.clone_from(&name);
                out.image(&image, self.has_login, &place);
            }
            Err(_) if self.has_login => {}
            Err(invalid) => out.say(&place, &rules::PERMISSION_NAME, invalid.to_string(), None),
        }
    }

    fn loaded(&mut self, value: Value, key: &str, says: &str, out: &mut Gathered) {
        let place = self.place(value, key);
        let Some(text) = self.text(value).filter(|text| text.starts_with(SCHEME)) else { return };
        let Some(path) = path(&text, &place, out) else { return };
        let is_object = matches!(path.key(), super::path::Key::Object(_));
        let levels: &[_] = if is_object { &["read"] } else { &["list", "read"] };
        out.objects(&path, levels, &place, &format!("{says} {}", quoted(&text)));
    }

    /// Other values that name OSS: whether anything uses them, only the code knows.
    fn not_counted(&self, out: &mut Gathered) {
        for value in self.document.root().descendants() {
            let Some(text) = value.as_str().filter(|text| text.starts_with(SCHEME)) else { continue };
            if self.counted.contains(&value.span().start) {
                continue;
            }
            let message = format!("{} is not counted: ramrole cannot see what uses it", quoted(&text));
            out.findings.push(Finding::new(&rules::PERMISSION_NOT_COUNTED, message).spanning(value.span()));
        }
    }

    fn role(&self, out: &mut Gathered) {
        let root = self.document.root();
        if service_config::role(root).is_none() {
            let message = "the config has no role_arn; the policy is for the custom role that you add";
            out.findings.push(Finding::new(&rules::PERMISSION_NO_ROLE, message));
        }
    }
}

/// A path that can go into a policy; what keeps it out is said.
fn path(text: &str, place: &Place, out: &mut Gathered) -> Option<OssPath> {
    if OssPath::is_hdfs(text) {
        let message = format!("{}: {}", quoted(text), permissions().hdfs.message);
        out.say(place, &rules::PERMISSION_HDFS, message, None);
        return None;
    }
    text.parse()
        .map_err(|invalid: crate::domain::values::Invalid| {
            out.say(place, &rules::PERMISSION_NAME, invalid.to_string(), None);
        })
        .ok()
}

/// The levels of a mount.
fn levels(read_only: bool) -> Vec<&'static str> {
    let mount = &permissions().mount;
    let levels = if read_only { &mount.read } else { &mount.write };
    levels.iter().map(String::as_str).collect()
}

/// Whether a mount says that it is read-only. The platform spells it `readOnly` for OSS and NAS and `read_only` for
/// datasets; both count everywhere, because the narrower reading is the safe one.
fn read_only(source: Value) -> Option<bool> {
    let flag = |name: &str| source.get(name).and_then(Value::as_bool);
    flag("readOnly").or_else(|| flag("read_only"))
}
