//! What the code uses, as a flag names it: `LEVEL,…:TARGET`.

use super::image::Image;
use super::path::{OssPath, SCHEME};
use crate::domain::catalog::{NeedRow, ServiceRow, TargetKind, permissions};
use crate::domain::values::{AccountId, Invalid, Region, checked};

/// One use of a service.
#[derive(Clone, Debug)]
pub struct Use {
    /// The service.
    pub service: &'static ServiceRow,
    /// The levels that were named; without any, the service decides.
    pub levels: Vec<&'static NeedRow>,
    /// What is used.
    pub target: Target,
    /// The flag as it was typed.
    pub text: String,
}

/// What is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Objects of OSS.
    Oss(OssPath),
    /// An image.
    Image(Image),
    /// Names for the placeholders of a Resource.
    Names(Names),
}

/// Names for the placeholders of a Resource.
pub type Names = Vec<(&'static str, String)>;

impl Use {
    /// Reads the value of a service's flag.
    ///
    /// # Errors
    /// When a level is unknown or missing, or the target cannot go into a Resource.
    pub fn parse(service: &'static ServiceRow, text: &str) -> Result<Self, Invalid> {
        let (head, rest) = match service.target {
            TargetKind::Image | TargetKind::Project => (None, text),
            TargetKind::None => (Some(text), ""),
            TargetKind::Oss if text == ALL_BUCKETS => (Some(text), ""),
            TargetKind::Workspace => {
                text.split_once(':').map_or((Some(text), ""), |(head, id)| (Some(head), id))
            }
            _ => levels_before(text),
        };
        let levels = head.map(|head| levels(service, head)).transpose()?.unwrap_or_default();
        let needs_level = matches!(service.target, TargetKind::Logstore | TargetKind::Filesystem);
        if levels.is_empty() && needs_level {
            let why = format!("write LEVEL:NAME; the levels are {}", level_names(service));
            return Err(Invalid::new("a use of a service", text, why));
        }
        let target = if service.target == TargetKind::Oss && text == ALL_BUCKETS {
            Target::Names(Names::new())
        } else {
            target(service.target, rest, &levels)?
        };
        Ok(Self { service, levels, target, text: format!("--{} {text}", service.id) })
    }
}

/// The level of OSS that has no bucket.
const ALL_BUCKETS: &str = "buckets";

/// The levels in front of a target, where there are any.
fn levels_before(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((head, rest)) if head != "acs" && !rest.starts_with("//") => (Some(head), rest),
        _ => (None, text),
    }
}

fn levels(service: &'static ServiceRow, text: &str) -> Result<Vec<&'static NeedRow>, Invalid> {
    let level = |word: &str| {
        let row = permissions().levels(&service.id).find(|row| row.level == word);
        row.ok_or_else(|| {
            let what = "a level of access";
            Invalid::new(what, word, format!("{} takes {}", service.title, level_names(service)))
        })
    };
    text.split(',').map(level).collect()
}

fn level_names(service: &ServiceRow) -> String {
    let names: Vec<_> = permissions().levels(&service.id).map(|row| row.level.as_str()).collect();
    names.join(", ")
}

fn target(kind: TargetKind, text: &str, levels: &[&NeedRow]) -> Result<Target, Invalid> {
    let names = match kind {
        TargetKind::Oss => return text.parse().map(Target::Oss),
        TargetKind::Image => return text.parse().map(Target::Image),
        TargetKind::Key => key(text)?,
        TargetKind::Logstore => logstore(text)?,
        TargetKind::Workspace if levels.iter().any(|row| row.level == "read") => {
            vec![("workspace", checked("a workspace ID", text, 64, |c| c.is_ascii_digit(), "digits")?)]
        }
        TargetKind::Workspace if !text.is_empty() => {
            return Err(Invalid::new("a use of a workspace", text, "only the level read takes an ID"));
        }
        TargetKind::Filesystem => vec![("filesystem", name("the ID of a file system", text)?)],
        TargetKind::Project => vec![("name", name("the name of a project or an instance", text)?)],
        TargetKind::Workspace | TargetKind::None => Vec::new(),
    };
    Ok(Target::Names(names))
}

/// A name of letters, digits, `_`, `.` and `-`, which all stand for themselves in a Resource.
fn name(what: &'static str, text: &str) -> Result<String, Invalid> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    checked(what, text, 128, allowed, "letters, digits, `_`, `.` and `-`")
}

/// The ID of a key, or its ARN `acs:kms:REGION:ACCOUNT:key/ID`.
fn key(text: &str) -> Result<Names, Invalid> {
    let Some(rest) = text.strip_prefix("acs:kms:") else {
        return Ok(vec![("key", name("the ID of a key", text)?)]);
    };
    let parts: Vec<_> = rest.split(':').collect();
    let [region, account, resource] = parts[..] else {
        return Err(Invalid::new("the ARN of a key", text, "write acs:kms:REGION:ACCOUNT:key/ID"));
    };
    let id = resource.strip_prefix("key/").ok_or_else(|| {
        Invalid::new("the ARN of a key", text, "it must end with key/ID; an alias is not enough")
    })?;
    let region: Region = region.parse()?;
    let account: AccountId = account.parse()?;
    let id = name("the ID of a key", id)?;
    Ok(vec![("key", id), ("region", region.to_string()), ("account", account.to_string())])
}

fn logstore(text: &str) -> Result<Names, Invalid> {
    let (project, logstore) =
        text.split_once('/').ok_or_else(|| Invalid::new("a Logstore", text, "write PROJECT/LOGSTORE"))?;
    Ok(vec![("project", name("a project", project)?), ("logstore", name("a Logstore", logstore)?)])
}

/// The ID of an Enterprise Edition instance for its name: `NAME=cri-…`.
///
/// # Errors
/// When one of the two is missing, or the ID is none.
pub fn registry(text: &str) -> Result<(String, String), Invalid> {
    let what = "the ID of a registry instance";
    let (name_of, id) = text.split_once('=').ok_or_else(|| Invalid::new(what, text, "write NAME=cri-ID"))?;
    let id = name(what, id)?;
    if !id.starts_with("cri-") {
        return Err(Invalid::new(what, &id, "it starts with cri-"));
    }
    Ok((name("the name of a registry instance", name_of)?, id))
}

/// Where the data of a dataset lies: `ID=oss://BUCKET/PATH`.
///
/// # Errors
/// When one of the two is missing, or the path cannot go into a Resource.
pub fn dataset(text: &str) -> Result<(String, OssPath), Invalid> {
    let (id, path) = text
        .split_once('=')
        .filter(|(_, path)| path.starts_with(SCHEME))
        .ok_or_else(|| Invalid::new("the place of a dataset", text, "write ID=oss://BUCKET/FOLDER/"))?;
    Ok((name("the ID of a dataset", id)?, path.parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(flag: &str, text: &str) -> Result<Use, Invalid> {
        Use::parse(permissions().service(flag).expect(flag), text)
    }

    fn levels_of(flag: &str, text: &str) -> Vec<&'static str> {
        read(flag, text).expect(text).levels.into_iter().map(|row| row.level.as_str()).collect()
    }

    #[test]
    fn levels_stand_before_their_target() {
        assert_eq!(levels_of("oss", "list,read:oss://owl/a/"), ["list", "read"]);
        assert_eq!(levels_of("oss", "oss://owl/a/"), Vec::<&str>::new());
        assert_eq!(levels_of("oss", "buckets"), ["buckets"]);
        assert_eq!(levels_of("dlc", "list,logs"), ["list", "logs"]);
        assert_eq!(levels_of("workspace", "read:77112"), ["read"]);
        assert_eq!(levels_of("kms", "acs:kms:cn-hangzhou:1234567890123456:key/key-1"), Vec::<&str>::new());
        let key = read("kms", "write:acs:kms:cn-hangzhou:1234567890123456:key/key-1").expect("a key");
        assert!(
            matches!(key.target, Target::Names(names) if names.contains(&("region", "cn-hangzhou".to_owned())))
        );
    }

    #[test]
    fn a_wrong_use_says_what_is_possible() {
        for (flag, text, why) in [
            ("oss", "raed:oss://owl/a/", "OSS takes list, read, write, delete"),
            ("oss", "read:owl/a/", "oss://my-bucket"),
            ("oss", "read:", "oss://my-bucket"),
            ("dlc", "all", "DLC takes list, read, logs"),
            ("sls", "logs/serve", "the levels are write, read"),
            ("sls", "write:logs", "PROJECT/LOGSTORE"),
            ("sls", "write:logs/*", "letters, digits"),
            ("kms", "alias/owl", "letters, digits"),
            ("kms", "acs:kms:cn-hangzhou:1234567890123456:alias/owl", "an alias is not enough"),
            ("kms", "acs:kms:*:1234567890123456:key/key-1", "lower-case letters"),
            ("workspace", "read", "it is empty"),
            ("workspace", "list:77112", "only the level read"),
            ("maxcompute", "a*", "letters, digits"),
        ] {
            let refused = read(flag, text).expect_err(text).to_string();
            assert!(refused.contains(why), "{flag} {text}: {refused}");
        }
        assert!(registry("owl=owl").is_err() && registry("owl=cri-?").is_err() && registry("cri-1").is_err());
        assert!(dataset("d-1=/a").is_err() && dataset("d-1=oss://owl/*").is_err());
    }
}
