//! What the environment hands to every Java program: system properties in `JAVA_TOOL_OPTIONS` and its kin.

/// The properties that the Java client looks at, as far as the environment sets them. What a program's own command
/// line or code sets cannot be seen from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// The variable that sets `alibabacloud.accessKeyId`, if one does.
    pub(super) key_id: Option<&'static str>,
    /// The variable that sets the secret, if one does.
    pub(super) key_secret: Option<&'static str>,
    /// `user.home`.
    pub(super) home: Option<String>,
}

impl Properties {
    /// Reads the options in these variables; later ones win. Of secrets, only that they are there is kept.
    pub(super) fn of(options: impl Iterator<Item = (&'static str, String)>) -> Self {
        let mut properties = Self::default();
        for (variable, text) in options {
            for option in text.split_whitespace() {
                let property = option.strip_prefix("-D").and_then(|option| option.split_once('='));
                if let Some((name, value)) = property {
                    properties.take(variable, name, value);
                }
            }
        }
        properties
    }

    fn take(&mut self, variable: &'static str, name: &str, value: &str) {
        let holder = (!value.is_empty()).then_some(variable);
        match name {
            "alibabacloud.accessKeyId" => self.key_id = holder,
            "alibabacloud.accessKeySecret" | "alibabacloud.accessKeyIdSecret" => self.key_secret = holder,
            "user.home" => self.home = Some(value.to_owned()),
            _ => {}
        }
    }
}
