//! What a custom role must be able to reach because EAS mounts or pulls it with that role.

use super::{Document, Finding, Kind, Value, table};
use crate::domain::text::quoted;
use crate::domain::values::RoleArn;

/// The namespace of the platform's own images: `eas-registry….cr.aliyuncs.com/pai-eas/…`.
const PLATFORM_IMAGES: (&str, &str) = ("eas-registry", ".cr.aliyuncs.com/pai-eas/");

/// One note for each mount and each image of the account.
pub(super) fn notes<'d>(document: &'d Document) -> impl Iterator<Item = Finding> + 'd {
    let root = document.root();
    let storage = root.get("storage").into_iter().flat_map(Value::elements);
    let mounts = storage.filter_map(|entry| {
        let (member, what) = mount(entry)?;
        Some(Finding::new(&table::CONFIG_MOUNT, what).spanning(member.span()))
    });
    let containers = root.get("containers").into_iter().flat_map(Value::elements);
    let images = containers.filter_map(|container| container.get("image")).filter_map(|image| {
        let name = image.as_str().filter(|name| !is_platform_image(name))?;
        let message = format!("the role must be able to pull the image {}", quoted(&name));
        Some(Finding::new(&table::CONFIG_IMAGE, message).spanning(image.span()))
    });
    mounts.chain(images)
}

/// The value that names what is mounted, and what the role needs for it.
fn mount(entry: Value<'_>) -> Option<(Value<'_>, String)> {
    let place = entry.get("mount_path").and_then(Value::as_str);
    let place = place.map(|path| format!(" (mounted at {})", quoted(&path))).unwrap_or_default();
    entry.members().find_map(|member| {
        let source = member.value;
        let field = |name: &str| source.get(name).filter(|value| value.kind() == Kind::String);
        let said = |value: Value| {
            let text = value.as_str().unwrap_or_default();
            format!("{}{place}", quoted(&without_login(&text)))
        };
        let writes = ["readOnly", "read_only"]
            .iter()
            .all(|name| source.get(name).and_then(Value::as_bool) != Some(true));
        let verb = if writes { "read and write" } else { "read" };
        match member.name.as_str()?.as_ref() {
            "oss" => {
                field("path").map(|path| (path, format!("the role must be able to {verb} {}", said(path))))
            }
            "nfs" => field("server").map(|server| {
                (server, format!("the role must have access to the NAS file system {}", said(server)))
            }),
            "dataset" => field("id").map(|id| {
                (id, format!("the role must be able to {verb} what the dataset {} points to", said(id)))
            }),
            "image" => field("image")
                .map(|image| (image, format!("the role must be able to pull the image {}", said(image)))),
            "git" => field("repo").map(|repo| {
                (
                    repo,
                    format!(
                        "the repository {} is read with its own login; the role needs nothing for it",
                        said(repo)
                    ),
                )
            }),
            _ => None,
        }
    })
}

/// An address without the `user:password@` that people put into those of Git.
fn without_login(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let end = rest.find('/').unwrap_or(rest.len());
    let host = rest[..end].rsplit_once('@').map_or(&rest[..end], |(_, host)| host);
    format!("{scheme}://{host}{}", &rest[end..])
}

fn is_platform_image(image: &str) -> bool {
    image.starts_with(PLATFORM_IMAGES.0) && image.contains(PLATFORM_IMAGES.1)
}

/// A mount that names another account than the role's: `acs:<service>:<region>:<account>:…`.
pub(super) fn of_another_account<'d>(
    document: &'d Document,
    role: &'d RoleArn,
) -> impl Iterator<Item = Finding> + 'd {
    let storage = document.root().get("storage").into_iter();
    let strings = storage.flat_map(Value::descendants).filter_map(|value| Some((value, value.as_str()?)));
    strings.filter_map(|(value, text)| {
        let account = text.strip_prefix("acs:")?.split(':').nth(2)?;
        let digits = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
        let other = digits && account != role.account().as_str();
        let message =
            || format!("this mount belongs to account {account}, the role to account {}", role.account());
        other.then(|| Finding::new(&table::CONFIG_OTHER_ACCOUNT, message()).spanning(value.span()))
    })
}
