//! Rules for keys, values and documents that are not what they should be.

use super::super::finding::{Rule, Severity, rows};

const EAS_ROLE: &str = "https://www.alibabacloud.com/help/en/pai/user-guide/configure-the-eas-ram-role";

rows! {
    CONFIG_ROLE_MISSPELT "config-role-misspelt" Error EAS_ROLE;
        "a key of the role that EAS does not know"
        "EAS ignores keys that it does not know, so the service runs with another role or with none."
        "write role_arn at the top, and enable_ram_role in options"
    CONFIG_PLACEHOLDER "config-placeholder" Warning EAS_ROLE;
        "a placeholder instead of a value"
        "The default role needs the real workspace to reach its OSS bucket."
        "replace the placeholder with the value"
}
