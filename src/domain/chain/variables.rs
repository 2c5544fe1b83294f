//! The environment as far as clients look at it: names and presence; the values of secrets are dropped on the way in.

use std::collections::BTreeMap;

use super::java::Properties;

/// One variable that a client looks at.
struct Spec {
    name: &'static str,
    /// Whether its value decides something and is no secret: switches, paths, names of profiles.
    is_plain: bool,
}

/// Makes a constant for each variable and the table of all; `plain` keeps the value, `hidden` only its presence.
macro_rules! variables {
    ($($name:ident $text:literal $kind:ident)+) => {
        $(#[doc = concat!("`", $text, "`")] pub(super) const $name: &str = $text;)+
        const ALL: &[Spec] = &[$(Spec { name: $text, is_plain: variables!(@ $kind) }),+];
    };
    (@ plain) => { true };
    (@ hidden) => { false };
}

variables! {
    KEY_ID "ALIBABA_CLOUD_ACCESS_KEY_ID" hidden
    KEY_SECRET "ALIBABA_CLOUD_ACCESS_KEY_SECRET" hidden
    TOKEN "ALIBABA_CLOUD_SECURITY_TOKEN" hidden
    PROFILE "ALIBABA_CLOUD_PROFILE" plain
    CREDENTIALS_FILE "ALIBABA_CLOUD_CREDENTIALS_FILE" plain
    CONFIG_FILE "ALIBABA_CLOUD_CONFIG_FILE" plain
    CLI_DISABLED "ALIBABA_CLOUD_CLI_PROFILE_DISABLED" plain
    ECS_ROLE "ALIBABA_CLOUD_ECS_METADATA" hidden
    ECS_DISABLED "ALIBABA_CLOUD_ECS_METADATA_DISABLED" plain
    ROLE_ARN "ALIBABA_CLOUD_ROLE_ARN" hidden
    OIDC_PROVIDER "ALIBABA_CLOUD_OIDC_PROVIDER_ARN" hidden
    OIDC_FILE "ALIBABA_CLOUD_OIDC_TOKEN_FILE" plain
    URI "ALIBABA_CLOUD_CREDENTIALS_URI" hidden
    IGNORE_PROFILE "ALIBABA_CLOUD_IGNORE_PROFILE" plain
    PROFILE_MODE "ALIBABA_CLOUD_PROFILE_MODE" plain
    BEARER "ALIBABA_CLOUD_BEARER_TOKEN" hidden
    NO_EXTERNAL "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS" plain
    OTHER_KEY_ID "ALIBABACLOUD_ACCESS_KEY_ID" hidden
    OTHER_KEY_SECRET "ALIBABACLOUD_ACCESS_KEY_SECRET" hidden
    OTHER_TOKEN "ALIBABACLOUD_SECURITY_TOKEN" hidden
    OTHER_PROFILE "ALIBABACLOUD_PROFILE" plain
    OTHER_IGNORE_PROFILE "ALIBABACLOUD_IGNORE_PROFILE" plain
    OTHER_ROLE_ARN "ALIBABACLOUD_ROLE_ARN" hidden
    OTHER_OIDC_PROVIDER "ALIBABACLOUD_OIDC_PROVIDER_ARN" hidden
    OTHER_OIDC_FILE "ALIBABACLOUD_OIDC_TOKEN_FILE" plain
    OLD_KEY_ID "ALICLOUD_ACCESS_KEY_ID" hidden
    OLD_KEY_SECRET "ALICLOUD_ACCESS_KEY_SECRET" hidden
    OLD_TOKEN "ALICLOUD_SECURITY_TOKEN" hidden
    OLD_PROFILE "ALICLOUD_PROFILE" plain
    BARE_KEY_ID "ACCESS_KEY_ID" hidden
    BARE_KEY_SECRET "ACCESS_KEY_SECRET" hidden
    BARE_TOKEN "SECURITY_TOKEN" hidden
    HTTP_PROXY "HTTP_PROXY" hidden
    LOWER_HTTP_PROXY "http_proxy" hidden
    HOME "HOME" plain
    HOME_PATH "HOMEPATH" plain
}

/// Variables that hand options to every Java program: `-D` sets a system property.
pub(super) const JAVA_OPTIONS: [&str; 2] = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"];

/// What is known of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fill {
    /// It is there and empty.
    Empty,
    /// It is there; its content is none of our business.
    Set,
    /// It is there, and its content decides something.
    Known(String),
}

impl Fill {
    /// Keeps of a value what may be kept.
    #[must_use]
    pub(super) fn of(value: &str, is_plain: bool) -> Self {
        match value {
            "" => Self::Empty,
            _ if is_plain => Self::Known(value.to_owned()),
            _ => Self::Set,
        }
    }

    /// Whether there is anything in it.
    #[must_use]
    pub(super) fn is_set(&self) -> bool {
        *self != Self::Empty
    }

    /// The content, where it is known.
    #[must_use]
    pub(super) fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Empty | Self::Set => None,
        }
    }
}

/// The variables that clients look at, as far as they are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    fills: BTreeMap<&'static str, Fill>,
    pub(super) java: Properties,
}

impl Environment {
    /// Reads the variables that matter, by a function that knows the value of each that is there.
    #[must_use]
    pub fn of(value: impl Fn(&str) -> Option<String>) -> Self {
        let fill = |spec: &Spec| Some((spec.name, Fill::of(&value(spec.name)?, spec.is_plain)));
        let options = JAVA_OPTIONS.into_iter().filter_map(|name| Some((name, value(name)?)));
        Self { fills: ALL.iter().filter_map(fill).collect(), java: Properties::of(options) }
    }

    /// What is known of a variable; nothing where it is not there.
    #[must_use]
    pub(super) fn get(&self, name: &str) -> Option<&Fill> {
        self.fills.get(name)
    }

    /// Whether it is there and not empty.
    #[must_use]
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.get(name).is_some_and(Fill::is_set)
    }

    /// The content of a plain variable that is there and not empty.
    #[must_use]
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Fill::known)
    }

    /// Whether a switch is `true`, in capitals or not: so all clients read them.
    #[must_use]
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    /// The first of these that is set.
    #[must_use]
    pub(super) fn first_set(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.is_set(name))
    }

    /// The environment after these changes: `None` takes a variable away.
    #[must_use]
    pub(super) fn with(&self, changes: &[(&'static str, Option<String>)]) -> Self {
        let mut environment = self.clone();
        for (name, value) in changes {
            environment.fills.remove(name);
            if let (Some(value), Some(spec)) = (value, ALL.iter().find(|spec| spec.name == *name)) {
                environment.fills.insert(name, Fill::of(value, spec.is_plain));
            }
        }
        environment
    }
}
