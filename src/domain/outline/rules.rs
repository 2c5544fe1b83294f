//! Rules for keys, values and documents that are not what they should be.

use super::super::finding::{Rule, Severity, rows};

const EAS_ROLE: &str = "https://www.alibabacloud.com/help/en/pai/user-guide/configure-the-eas-ram-role";
const DLC_API: &str =
    "https://www.alibabacloud.com/help/en/pai/developer-reference/api-pai-dlc-2020-12-03-credentialconfig";

rows! {
    CONFIG_ROLE_MISSPELT "config-role-misspelt" Error EAS_ROLE;
        "a key of the role that EAS does not know"
        "EAS ignores keys that it does not know, so the service runs with another role or with none."
        "write role_arn at the top, and enable_ram_role in options"
    CONFIG_PLACEHOLDER "config-placeholder" Warning EAS_ROLE;
        "a placeholder instead of a value"
        "The default role needs the real workspace to reach its OSS bucket."
        "replace the placeholder with the value"
    DOCUMENT_ANSWER "document-answer" Note "the official SDKs' response types";
        "the answer of an API instead of the document in it"
        "ramrole checks the document inside, but the other commands need it alone."
        "save the document alone, as shown"
    REQUEST_EXPECTED "request-expected" Error DLC_API;
        "not the body of a request that carries a CredentialConfig"
        "The API ignores a CredentialConfig in another document."
        "give the JSON body of the request that creates or changes the workload"
    REQUEST_DUPLICATE_KEY "request-duplicate-key" Error "RFC 8259";
        "a field of the role is there twice"
        "Readers differ in which of the two they use, so ramrole does not guess which to edit."
        "keep one of them"
    REQUEST_ROLE_MISPLACED "request-role-misplaced" Error DLC_API;
        "a field of the role that the API does not read"
        "The API reads the role of the code only in CredentialConfig, so the workload runs without it."
        "move it into CredentialConfig (ramrole credential-config WORKLOAD FILE)"
    REQUEST_MOUNT_ROLE "request-mount-role" Note DLC_API;
        "a role that the code does not get"
        "Roles of data sources and networks are for the platform. The code gets its role from CredentialConfig."
        "add a CredentialConfig if the code calls other cloud services"
}
