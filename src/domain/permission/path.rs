//! Where objects lie, as it goes into a policy: names that RAM would read as a pattern are refused.

use std::fmt;
use std::str::FromStr;

use crate::domain::catalog::permissions;
use crate::domain::values::Invalid;

/// What a path names in its bucket.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The whole bucket.
    Whole,
    /// Everything under a prefix, which ends with `/`.
    Folder(String),
    /// One object.
    Object(String),
}

/// `oss://BUCKET/PATH`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OssPath {
    bucket: String,
    key: Key,
    /// Whether the path named a folder without its `/`.
    completed: bool,
}

/// The scheme of an OSS path.
pub(super) const SCHEME: &str = "oss://";
/// The longest key of an object, in bytes (OSS documentation, object naming).
const LONGEST_KEY: usize = 1023;
/// What stands in the host of an OSS-HDFS endpoint.
const HDFS: &str = ".oss-dls.";

impl OssPath {
    /// The bucket.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// What the path names in it.
    #[must_use]
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The path for something that is always a folder, such as a mount.
    #[must_use]
    pub fn as_folder(self) -> Self {
        match self.key {
            Key::Object(key) => {
                Self { key: Key::Folder(format!("{key}/")), completed: true, bucket: self.bucket }
            }
            Key::Whole | Key::Folder(_) => self,
        }
    }

    /// Whether the path named a folder without its `/`.
    #[must_use]
    pub fn was_completed(&self) -> bool {
        self.completed
    }

    /// Whether two `/` follow each other in the key.
    #[must_use]
    pub fn has_empty_segment(&self) -> bool {
        match &self.key {
            Key::Whole => false,
            Key::Folder(key) | Key::Object(key) => key.contains("//"),
        }
    }

    /// The objects as a pattern of RAM: `*`, `PREFIX/*`, or the one object.
    #[must_use]
    pub fn objects(&self) -> String {
        match &self.key {
            Key::Whole => "*".to_owned(),
            Key::Folder(prefix) => format!("{prefix}*"),
            Key::Object(key) => key.clone(),
        }
    }

    /// The pattern for a condition on `oss:Prefix`; none for the whole bucket.
    #[must_use]
    pub fn prefix(&self) -> Option<String> {
        (self.key != Key::Whole).then(|| self.objects())
    }

    /// Whether a text names an OSS-HDFS endpoint.
    #[must_use]
    pub fn is_hdfs(text: &str) -> bool {
        let host = text.strip_prefix(SCHEME).and_then(|rest| rest.split('/').next());
        host.is_some_and(|host| host.contains(HDFS))
    }
}

impl fmt::Display for OssPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = match &self.key {
            Key::Whole => "",
            Key::Folder(key) | Key::Object(key) => key,
        };
        write!(f, "{SCHEME}{}/{key}", self.bucket)
    }
}

impl FromStr for OssPath {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let refuse = |why: &str| Invalid::new("an OSS path", text, why);
        let rest =
            text.strip_prefix(SCHEME).ok_or_else(|| refuse("write it like oss://my-bucket/folder/"))?;
        if Self::is_hdfs(text) {
            return Err(refuse(&permissions().hdfs.message));
        }
        if let Some(why) = pattern_in(rest) {
            return Err(refuse(why));
        }
        let (host, key) = rest.split_once('/').unwrap_or((rest, ""));
        let bucket = host.split('.').next().unwrap_or_default();
        if !is_bucket(bucket) {
            return Err(refuse("a bucket name has 3 to 63 lower-case letters, digits and hyphens"));
        }
        let key = key.strip_prefix('/').unwrap_or(key);
        if key.split('/').any(|segment| segment == "..") {
            return Err(refuse("`..` is not allowed in a path"));
        }
        if key.len() > LONGEST_KEY {
            return Err(refuse("a key has at most 1023 bytes"));
        }
        let (key, completed) = match key {
            "" => (Key::Whole, false),
            folder if folder.ends_with('/') => (Key::Folder(folder.to_owned()), false),
            object if has_extension(object) => (Key::Object(object.to_owned()), false),
            folder => (Key::Folder(format!("{folder}/")), true),
        };
        Ok(Self { bucket: bucket.to_owned(), key, completed })
    }
}

/// Why a name must not go into a Resource: RAM has no escape, so the policy would be wider than the name.
pub(super) fn pattern_in(name: &str) -> Option<&'static str> {
    let is_placeholder = |segment: &str| segment.starts_with('<') && segment.ends_with('>');
    if name.contains(['*', '?']) {
        Some("RAM reads `*` and `?` as wildcards and has no escape for them")
    } else if name.contains("${") || name.split(['/', ':']).any(is_placeholder) {
        Some("it contains a placeholder; replace it with the value")
    } else if name.contains(char::is_control) {
        Some("it contains a control character")
    } else {
        None
    }
}

fn is_bucket(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (3..=63).contains(&name.len())
        && name.bytes().all(allowed)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Whether the last segment ends like the name of a file: `.zip`, but neither `v1.0` nor `qwen2.5-7b`.
fn has_extension(key: &str) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let extension =
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        extension.starts_with(|c: char| c.is_ascii_alphabetic())
            && extension.len() <= 12
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OssPath {
        text.parse().expect(text)
    }

    #[test]
    fn a_path_names_a_folder_an_object_or_the_bucket() {
        for (text, bucket, objects, prefix, completed) in [
            ("oss://acme/tables/", "acme", "tables/*", Some("tables/*"), false),
            ("oss://acme/tables", "acme", "tables/*", Some("tables/*"), true),
            ("oss://acme/qwen2.5-7b", "acme", "qwen2.5-7b/*", Some("qwen2.5-7b/*"), true),
            ("oss://acme/v1.0", "acme", "v1.0/*", Some("v1.0/*"), true),
            ("oss://acme/m/model.tar.gz", "acme", "m/model.tar.gz", Some("m/model.tar.gz"), false),
            ("oss://acme", "acme", "*", None, false),
            ("oss://acme//", "acme", "*", None, false),
            ("oss://acme.oss-cn-x-internal.aliyuncs.com/a/", "acme", "a/*", Some("a/*"), false),
            ("oss://acme/a//b/", "acme", "a//b/*", Some("a//b/*"), false),
        ] {
            let path = path(text);
            let found = (path.bucket(), path.objects(), path.prefix(), path.was_completed());
            assert_eq!(found, (bucket, objects.to_owned(), prefix.map(str::to_owned), completed), "{text}");
        }
        assert_eq!(path("oss://acme/m/model.bin").as_folder().objects(), "m/model.bin/*");
        assert!(path("oss://acme/a//b/").has_empty_segment());
    }

    #[test]
    fn a_name_that_ram_would_read_otherwise_is_refused() {
        for (text, why) in [
            ("oss://acme/a*/", "wildcards"),
            ("oss://acme/a?b/", "wildcards"),
            ("oss://*/a/", "wildcards"),
            ("oss://acme/${run}/", "placeholder"),
            ("oss://acme/<run>/", "placeholder"),
            ("oss://acme/a/../b/", "`..`"),
            ("oss://acme/a\u{7}/", "control"),
            ("oss://Acme/a/", "lower-case"),
            ("oss://-ab/a/", "lower-case"),
            ("oss:///a/", "lower-case"),
            ("http://acme/a/", "oss://my-bucket"),
            ("oss://acme.cn-hangzhou.oss-dls.aliyuncs.com/a/", "OSS-HDFS"),
        ] {
            let refused = text.parse::<OssPath>().expect_err(text).to_string();
            assert!(refused.contains(why), "{text}: {refused}");
        }
        assert!(format!("oss://acme/{}/", "x".repeat(1023)).parse::<OssPath>().is_err());
    }
}
