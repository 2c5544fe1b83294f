//! Which registry an image lies in, told by its name.

use std::str::FromStr;

use super::path::pattern_in;
use crate::domain::catalog::permissions;
use crate::domain::values::Invalid;

/// An image by its registry, without tag and digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its registry.
    pub registry: Registry,
    /// `NAMESPACE/REPOSITORY` in that registry.
    pub repository: String,
}

/// Where an image lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registry {
    /// An image of the platform.
    Platform,
    /// An Enterprise Edition instance, by its name.
    Enterprise {
        /// The name, which is not the ID that a Resource takes.
        instance: String,
        /// The region.
        region: String,
    },
    /// Personal Edition on the shared host.
    Personal {
        /// The region.
        region: String,
    },
    /// A Personal Edition instance with a host of its own.
    NewPersonal,
    /// A registry outside Alibaba Cloud.
    Public(String),
    /// A host that is not known: a custom domain, or a registry of one's own.
    Unknown(String),
}

impl FromStr for Image {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let refuse = |why: &str| Invalid::new("an image", text, why);
        let name = text.split('@').next().unwrap_or_default();
        let slash = name.rfind('/').map_or(0, |at| at + 1);
        let name = name[slash..].find(':').map_or(name, |colon| &name[..slash + colon]);
        if let Some(why) = pattern_in(name) {
            return Err(refuse(why));
        }
        let (host, repository) = match name.split_once('/') {
            Some((host, repository)) if host.contains(['.', ':']) || host == "localhost" => {
                (host, repository)
            }
            _ => ("docker.io", name),
        };
        let registry = registry(&host.to_ascii_lowercase(), repository);
        let is_in_acr = matches!(registry, Registry::Enterprise { .. } | Registry::Personal { .. });
        if repository.is_empty() || (is_in_acr && !is_namespaced(repository)) {
            return Err(refuse("write it like HOST/NAMESPACE/REPOSITORY:TAG"));
        }
        Ok(Self { registry, repository: repository.to_owned() })
    }
}

/// Whether a repository of Container Registry has its namespace, and only characters that stand for themselves.
fn is_namespaced(repository: &str) -> bool {
    let is_name = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    repository.contains('/') && repository.split('/').all(is_name)
}

fn registry(host: &str, repository: &str) -> Registry {
    let known = &permissions().registries;
    if known.public_hosts.iter().any(|public| public == host) {
        return Registry::Public(host.to_owned());
    }
    let Some(parts) = host.strip_suffix(".aliyuncs.com").map(|rest| rest.split('.').collect::<Vec<_>>())
    else {
        return Registry::Unknown(host.to_owned());
    };
    let is_among = |list: &[String], name: &str| list.iter().any(|other| other == name);
    match parts[..] {
        [first, _, "personal", "cr"] if first.starts_with("crpi-") => Registry::NewPersonal,
        [first, region, "cr"] | [first, "distributed", region, "cr"] => match instance(first) {
            Some(name) if is_among(&known.platform_instances, name) => Registry::Platform,
            Some(name) => Registry::Enterprise { instance: name.to_owned(), region: region.to_owned() },
            None => Registry::Unknown(host.to_owned()),
        },
        [first, region] if without_variant(first) == "registry" => {
            let namespace = repository.split('/').next().unwrap_or_default();
            if is_among(&known.platform_namespaces, namespace) {
                Registry::Platform
            } else {
                Registry::Personal { region: region.to_owned() }
            }
        }
        _ => Registry::Unknown(host.to_owned()),
    }
}

/// The name of an instance in `NAME-registry[-intl][-vpc][-internal]`.
fn instance(label: &str) -> Option<&str> {
    without_variant(label).strip_suffix("-registry").filter(|name| !name.is_empty())
}

/// The first label of a host without what tells its network.
fn without_variant(label: &str) -> &str {
    let suffixes = ["-internal", "-vpc", "-intl"];
    suffixes.into_iter().fold(label, |label, suffix| label.strip_suffix(suffix).unwrap_or(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry_of(image: &str) -> Registry {
        image.parse::<Image>().expect(image).registry
    }

    #[test]
    fn a_registry_is_told_by_its_host() {
        let enterprise =
            |name: &str| Registry::Enterprise { instance: name.to_owned(), region: "cn-hangzhou".to_owned() };
        let personal = || Registry::Personal { region: "cn-hangzhou".to_owned() };
        for (image, expected) in [
            ("eas-registry-vpc.cn-hangzhou.cr.aliyuncs.com/pai-eas/vllm:1", Registry::Platform),
            ("dsw-registry.cn-hangzhou.cr.aliyuncs.com/pai/torch:1", Registry::Platform),
            ("pai-image-manage-registry.cn-hangzhou.cr.aliyuncs.com/pai/x:1", Registry::Platform),
            ("registry-vpc.cn-hangzhou.aliyuncs.com/pai-dlc/torch:1", Registry::Platform),
            ("owl-registry-vpc.cn-hangzhou.cr.aliyuncs.com/team/serve:1", enterprise("owl")),
            ("night-owl-registry.cn-hangzhou.cr.aliyuncs.com/team/serve", enterprise("night-owl")),
            ("owl-registry.distributed.cn-hangzhou.cr.aliyuncs.com/t/s:1", enterprise("owl")),
            ("owl-registry-intl-vpc.cn-hangzhou.cr.aliyuncs.com/t/s@sha256:00", enterprise("owl")),
            ("registry.cn-hangzhou.aliyuncs.com/team/serve:1", personal()),
            ("registry-intl-internal.cn-hangzhou.aliyuncs.com/team/serve:1", personal()),
            ("crpi-0a1b2c-vpc.cn-hangzhou.personal.cr.aliyuncs.com/t/s:1", Registry::NewPersonal),
            ("ubuntu:24.04", Registry::Public("docker.io".to_owned())),
            ("team/serve", Registry::Public("docker.io".to_owned())),
            ("ghcr.io/team/serve:1", Registry::Public("ghcr.io".to_owned())),
            ("harbor.example.com:5000/t/s:1", Registry::Unknown("harbor.example.com:5000".to_owned())),
        ] {
            assert_eq!(registry_of(image), expected, "{image}");
        }
        for mixed in ["owl-registry.cn-hangzhou.aliyuncs.com/t/s", "registry.cn-hangzhou.cr.aliyuncs.com/t/s"]
        {
            assert!(matches!(registry_of(mixed), Registry::Unknown(_)), "{mixed}");
        }
    }

    #[test]
    fn a_repository_has_neither_tag_nor_digest() {
        for (image, repository) in [
            ("owl-registry.cn-hangzhou.cr.aliyuncs.com/team/serve:1.4", "team/serve"),
            ("owl-registry.cn-hangzhou.cr.aliyuncs.com/team/serve@sha256:00", "team/serve"),
            ("harbor.example.com:5000/t/s", "t/s"),
        ] {
            assert_eq!(image.parse::<Image>().expect(image).repository, repository);
        }
        for image in [
            "owl-registry.cn-hangzhou.cr.aliyuncs.com/serve:1",
            "registry.cn-hangzhou.aliyuncs.com/team/s*:1",
            "owl-registry.cn-hangzhou.cr.aliyuncs.com/${ns}/serve",
            "<image>",
            "",
        ] {
            assert!(image.parse::<Image>().is_err(), "{image}");
        }
    }
}
