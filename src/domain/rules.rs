//! The table of rules: one row each, in the order in which `ramrole rules` lists them.

use super::finding::{Finding, Rule, Severity, rows};
use super::values::AccountId;

const RAM_GRAMMAR: &str =
    "https://www.alibabacloud.com/help/en/doc-detail/93739.htm (policy structure and grammar)";
const CONDITIONS: &str = "https://www.alibabacloud.com/help/en/ram/conditional-operator (2025-12-09)";
const FEDERATED: &str = "https://www.alibabacloud.com/help/en/ram/user-guide/overview-of-oidc-based-sso (conditions of the trust policy)";
const RAM_QUOTAS: &str = "RAM API 2015-05-01, CreatePolicy: PolicyDocument 1-6144 characters";
const TRUST_EDIT: &str =
    "https://www.alibabacloud.com/help/en/ram/user-guide/edit-the-trust-policy-of-a-ram-role";
const EAS_ROLE: &str = "https://www.alibabacloud.com/help/en/pai/user-guide/configure-the-eas-ram-role";
const DLC_ROLE: &str = "https://www.alibabacloud.com/help/en/pai/user-guide/configure-the-dlc-ram-role";
const DSW_ROLE: &str = "https://www.alibabacloud.com/help/en/pai/user-guide/configure-dsw-instance-ram-roles";
const DSW_API: &str = "https://www.alibabacloud.com/help/en/pai/developer-reference/api-pai-dsw-2022-01-01-struct-credentialconfig";
const EAS_PARAMETERS: &str =
    "https://www.alibabacloud.com/help/en/pai/user-guide/parameters-of-model-services";
const JSON: &str = "RFC 8259";
const PRACTICE: &str = "unconfirmed: good practice, not a rule of the platform";

/// Every rule: those about documents, generated permission policies, live credentials and credential chains.
pub fn every() -> impl Iterator<Item = &'static Rule> {
    let tables = [
        ALL,
        super::outline::ALL,
        super::permission::rules::ALL,
        super::credential::rules::ALL,
        super::chain::rules::ALL,
    ];
    tables.into_iter().flatten().copied()
}

impl Finding {
    /// The warning for an account ID of unusual length; `None` for the lengths that are seen.
    #[must_use]
    pub fn account_length(account: &AccountId) -> Option<Self> {
        let message = || format!("the account ID {account} has {} digits", account.as_str().len());
        account.has_unusual_length().then(|| Self::new(&ACCOUNT_LENGTH, message()))
    }
}

/// The rule with this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    every().find(|rule| rule.code == code)
}

rows! {
    JSON_SYNTAX "json-syntax" Error JSON;
        "the file is not JSON"
        "Neither the console nor the API reads it, and nothing else about it can be checked."
        "mend the place that is marked and check again"
    JSON_COMMENT "json-comment" Warning JSON;
        "a comment in a JSON document"
        "JSON has no comments. ramrole keeps them, but the API may refuse the document as it is."
        "take the comments out before the document is sent"
    JSON_TRAILING_COMMA "json-trailing-comma" Warning JSON;
        "a comma behind the last item"
        "JSON has no trailing commas. ramrole keeps them, but the API may refuse the document as it is."
        "take the comma out before the document is sent"
    JSON_BYTE_ORDER_MARK "json-byte-order-mark" Warning JSON;
        "a byte order mark at the start"
        "Strict readers take it for a stray character and refuse the document."
        "save the file as UTF-8 without a byte order mark"
    JSON_DUPLICATE_KEY "json-duplicate-key" Warning JSON;
        "the same name twice in one object"
        "Which of the two counts depends on the reader: one may see a policy that another does not."
        "keep one of them"
    DOCUMENT_UNKNOWN "document-unknown" Note PRACTICE;
        "not a document that ramrole knows"
        "Only policies, EAS service configs and CredentialConfig objects are checked."
        "name its kind with --kind, or leave the file out"
    POLICY_NOT_RAM "policy-not-ram" Note RAM_GRAMMAR;
        "a policy, but not one of RAM"
        "OSS, KMS, MaxCompute, ROS, endpoints, and other products have policies with a grammar of their own. ramrole does not check it."
        "nothing, if that is what it is; in RAM, Principal is an object: {\"Service\": [\"…\"]}"
    POLICY_AWS "policy-aws" Error RAM_GRAMMAR;
        "a policy of AWS"
        "RAM has another Version, other actions, and ARNs that begin with acs:. It refuses a policy of AWS."
        "write the policy for RAM: \"Version\": \"1\", actions and resources of Alibaba Cloud"
    POLICY_VERSION "policy-version" Error RAM_GRAMMAR;
        "Version is missing or is not \"1\""
        "RAM refuses it as MalformedPolicyDocument."
        "add \"Version\": \"1\""
    POLICY_STATEMENT "policy-statement" Error RAM_GRAMMAR;
        "Statement is missing, empty or not a list of objects"
        "A policy says what it says in its statements; RAM refuses one without."
        "write \"Statement\": [ { … } ]"
    POLICY_EFFECT "policy-effect" Error RAM_GRAMMAR;
        "Effect is missing or neither Allow nor Deny"
        "RAM refuses the document."
        "write \"Effect\": \"Allow\" or \"Effect\": \"Deny\""
    POLICY_ACTION "policy-action" Error RAM_GRAMMAR;
        "not exactly one of Action and NotAction"
        "Each statement needs one of them, as a string or a list of strings."
        "keep one of the two"
    POLICY_ACTION_FORM "policy-action-form" Warning RAM_GRAMMAR;
        "an action without its service"
        "Actions are written service:Operation, such as oss:GetObject; another form matches nothing."
        "write it as service:Operation"
    POLICY_RESOURCE "policy-resource" Error RAM_GRAMMAR;
        "Resource is missing in a permission policy"
        "RAM refuses a permission policy that does not say on what."
        "add \"Resource\", a string or a list"
    POLICY_NOT_RESOURCE "policy-not-resource" Warning "unconfirmed: older editions of the grammar page list NotResource, the current one does not";
        "NotResource in a statement"
        "The current documents do not say whether RAM still accepts it."
        "list the resources in \"Resource\" instead"
    POLICY_CONDITION "policy-condition" Warning CONDITIONS;
        "a condition operator or key that is not in RAM's list"
        "RAM refuses an unknown operator, and a condition with an unknown key never holds."
        "use an operator and a key from RAM's list"
    POLICY_RESOURCE_FORM "policy-resource-form" Warning RAM_GRAMMAR;
        "a resource that is no ARN"
        "Resources are * or acs:<service>:<region>:<account>:<resource>; another form matches nothing."
        "write it as acs:<service>:<region>:<account>:<resource>"
    POLICY_PRINCIPAL "policy-principal" Error RAM_GRAMMAR;
        "Principal in a permission policy"
        "Whom a permission policy concerns follows from whom it is attached to; only trust policies name a Principal."
        "take Principal out, or make it a trust policy"
    POLICY_UNKNOWN_KEY "policy-unknown-key" Error RAM_GRAMMAR;
        "a name that RAM does not know"
        "RAM refuses unknown names, and a misspelt one does not do what it should. Names are case-sensitive."
        "correct or remove it"
    POLICY_TYPE "policy-type" Error RAM_GRAMMAR;
        "a value of the wrong type"
        "RAM refuses the document."
        "use the type that is named"
    POLICY_SIZE "policy-size" Error RAM_QUOTAS;
        "a policy of more than 6144 characters"
        "CreatePolicy refuses longer documents. For trust policies a limit exists, but its number is not documented."
        "shorten it: wildcards, fewer spaces, or two policies"
    POLICY_ALLOW_ALL "policy-allow-all" Warning PRACTICE;
        "everything is allowed on everything"
        "Code with this role, and whoever takes it over, can do whatever the account can."
        "name the actions and resources that are needed"
    TRUST_PRINCIPAL "trust-principal" Error RAM_GRAMMAR;
        "a statement that trusts nobody"
        "A trust policy names in Principal who may assume the role: a Service, an account, user or role (RAM), or an identity provider (Federated)."
        "name whom the role trusts, for instance \"Principal\": {\"Service\": [\"pai.aliyuncs.com\"]}"
    TRUST_PLACEHOLDER "trust-placeholder" Error RAM_GRAMMAR;
        "a placeholder in a principal"
        "A masked account ID or the placeholder of a sample names nobody, so nobody can assume the role."
        "write the value that it stands for"
    TRUST_PRINCIPAL_TYPO "trust-principal-typo" Error DSW_ROLE;
        "a service principal that looks misspelt"
        "The role then trusts nobody who exists, and the platform fails to assume it. One of the platform's own pages has such a slip (pai.aliyun.cs.com)."
        "write it as suggested"
    TRUST_PRINCIPAL_DUPLICATE "trust-principal-duplicate" Warning RAM_GRAMMAR;
        "the same principal twice"
        "Once is enough; a second one hides which statement counts."
        "remove one of them"
    TRUST_PRINCIPAL_FOREIGN "trust-principal-foreign" Warning RAM_GRAMMAR;
        "a service principal outside aliyuncs.com"
        "Services of Alibaba Cloud are named <service>.aliyuncs.com; another name trusts nobody."
        "write the service's principal"
    TRUST_ANY_ACCOUNT "trust-any-account" Error RAM_GRAMMAR;
        "any account may assume the role"
        "\"*\" and acs:ram::*:root trust every account of Alibaba Cloud, strangers included."
        "name the account: acs:ram::<account>:root"
    TRUST_FEDERATED "trust-federated" Warning FEDERATED;
        "every identity of an identity provider may assume the role"
        "A provider usually serves a whole cluster or company. The conditions oidc:aud and oidc:sub, or saml:recipient, limit who may assume the role."
        "add a Condition: StringEquals with oidc:aud and oidc:sub"
    TRUST_ANY_SERVICE "trust-any-service" Error RAM_GRAMMAR;
        "a service principal with a wildcard"
        "Whoever it matches may assume the role; what it matches is not documented."
        "name the one service that needs the role"
    TRUST_ACTION "trust-action" Error RAM_GRAMMAR;
        "an action that has no place in a trust policy"
        "A trust policy says who may assume the role: sts:AssumeRole, or its OIDC and SAML kin."
        "write \"Action\": \"sts:AssumeRole\""
    TRUST_NOT_ACTION "trust-not-action" Warning RAM_GRAMMAR;
        "NotAction in a trust policy"
        "It allows every way of assuming the role but the one named, today's and tomorrow's."
        "write \"Action\": \"sts:AssumeRole\""
    TRUST_RESOURCE "trust-resource" Error RAM_GRAMMAR;
        "Resource in a trust policy"
        "The resource of a trust policy is the role itself; RAM refuses the key."
        "take Resource out"
    TRUST_DENY "trust-deny" Error RAM_GRAMMAR;
        "a Deny that wins over what was added"
        "RAM weighs Deny before Allow, wherever they stand: the service still cannot assume the role."
        "remove the principal from the Deny statement, if that is what you want"
    TRUST_DENY_CONDITION "trust-deny-condition" Warning RAM_GRAMMAR;
        "a Deny that may win, depending on its Condition"
        "Whenever the condition holds, the service cannot assume the role."
        "check whether the condition can hold for the service"
    TRUST_EXPECTED "trust-expected" Error TRUST_EDIT;
        "not a trust policy"
        "A permission policy says what one may do; a trust policy says who may assume a role. Adding a principal to the former makes it invalid."
        "give the document of RAM console > Identities > Roles > <role> > Trust Policy"
    TRUST_SERVICE_LINKED "trust-service-linked" Error TRUST_EDIT;
        "a service-linked role"
        "Its trust policy belongs to the service and cannot be edited."
        "create a role of your own and use that"
    POLICY_DUPLICATE_KEY "policy-duplicate-key" Error JSON;
        "a name on which the meaning of a policy hangs stands twice"
        "Readers differ in which of the two they take: one sees another policy than the next."
        "keep one of them"
    TRUST_API_ANSWER "trust-api-answer" Error TRUST_EDIT;
        "the answer of GetRole instead of the trust policy in it"
        "The trust policy is the string in Role.AssumeRolePolicyDocument."
        "save it alone: aliyun ram GetRole --RoleName NAME | jq -r .Role.AssumeRolePolicyDocument"
    PASS_ROLE_ANY "pass-role-any" Warning PRACTICE;
        "any role may be passed"
        "Whoever may pass every role can hand an administrator's role to a workload and use it."
        "name the role: acs:ram::*:role/<name>"
    PASS_ROLE_NO_MATCH "pass-role-no-match" Error RAM_GRAMMAR;
        "ram:PassRole on something that is not a role"
        "Only the ARN of a role, acs:ram::<account>:role/<name>, is compared with the role that is passed. The statement allows nothing."
        "name the role: acs:ram::*:role/<name>"
    PASS_ROLE_REGION "pass-role-region" Warning "unconfirmed: ARNs of roles have no region; whether one with a region matches is not documented";
        "a region in the ARN of a role"
        "RAM is global, so the ARN of a role has an empty region. With a region, the role may never match."
        "leave the region empty: acs:ram::<account>:role/<name>"
    ASSUME_ROLE_ANY "assume-role-any" Warning PRACTICE;
        "any role may be assumed"
        "Every role whose trust policy names the account can be used, including an administrator's."
        "name the role: acs:ram::*:role/<name>"
    PASS_ROLE_PLACEHOLDER "pass-role-placeholder" Error DLC_ROLE;
        "the sample's placeholder is still there"
        "The placeholder of a sample stands for the name of the role or the account; as it is, it matches no role."
        "put the role's name in its place"
    CONFIG_NOT_OBJECT "config-not-object" Error EAS_PARAMETERS;
        "a service config that is not an object"
        "EAS takes one object for one service."
        "give one object: { \"metadata\": { … } }"
    CONFIG_EXPECTED "config-expected" Error EAS_PARAMETERS;
        "not the config of an EAS service"
        "Keys of the role mean nothing in a policy or a CredentialConfig."
        "give the JSON with which the service is deployed"
    CONFIG_DUPLICATE_KEY "config-duplicate-key" Error JSON;
        "a key of the role stands twice"
        "Readers differ in which of the two they take, so ramrole does not guess which to edit."
        "keep one of them"
    CONFIG_TYPE "config-type" Error EAS_PARAMETERS;
        "a value of the wrong type"
        "ramrole cannot put the role into it, and EAS expects another type."
        "use the type that is named"
    CONFIG_SWITCH_TYPE "config-switch-type" Error EAS_ROLE;
        "enable_ram_role is not true or false"
        "The documents show a boolean; a string or number may be ignored or refused."
        "write true without quotes"
    CONFIG_ROLE_ARN "config-role-arn" Error EAS_ROLE;
        "role_arn is not the ARN of a RAM role"
        "EAS cannot assume what it cannot read."
        "write acs:ram::<account>:role/<name>"
    CONFIG_ROLE_WITHOUT_SWITCH "config-role-without-switch" Error EAS_ROLE;
        "role_arn without options.enable_ram_role"
        "The documents set both; with the switch missing or false no credential is injected."
        "set options.enable_ram_role to true"
    CONFIG_ROLE_CONFLICT "config-role-conflict" Error "unconfirmed: credential.role_arn was seen in public code as another name of role_arn";
        "two different roles"
        "credential.role_arn and role_arn name different roles, and which one counts is not documented."
        "remove credential.role_arn"
    CONFIG_ROLE_MISPLACED "config-role-misplaced" Error EAS_ROLE;
        "a key of the role at the wrong place"
        "EAS reads options.enable_ram_role and the top-level role_arn. Elsewhere they do nothing, so the service runs with another role."
        "move it to its place"
    CONFIG_WORKSPACE "config-workspace" Warning EAS_ROLE;
        "default role without metadata.workspace_id"
        "A service that is deployed from JSON needs it when its code calls the OSS SDK with the default role."
        "add it with --workspace-id ID"
    CONFIG_MOUNT "config-mount" Note EAS_ROLE;
        "a mount that the custom role must reach"
        "With a custom role EAS reads mounts with that role, not with its own."
        "grant the role access to it"
    CONFIG_IMAGE "config-image" Note EAS_ROLE;
        "an image that the custom role must be able to pull"
        "With a custom role EAS pulls custom images with that role, not with its own."
        "grant the role read access in Container Registry if the image is your own"
    CONFIG_OTHER_ACCOUNT "config-other-account" Warning PRACTICE;
        "the role belongs to another account than a mount"
        "A role reaches another account's resources only where that account has granted it."
        "check the account in role_arn"
    CONFIG_ACCESS_KEY "config-access-key" Warning EAS_ROLE;
        "an AccessKey in the config"
        "With a role the code needs none: it gets short-lived credentials. A key in a config ends up in logs and copies, and in an environment variable it silently wins over the role."
        "remove it and let the code use the role (ramrole code eas)"
    CONFIG_MENDED "config-mended" Note EAS_ROLE;
        "a value of the role that was mended"
        "The value had another type than the documents show; ramrole wrote the right one."
        "nothing, if the diff is what you meant"
    CONFIG_RESERVED_PORT "config-reserved-port" Error EAS_PARAMETERS;
        "a port that EAS keeps for itself"
        "Containers cannot listen on 8080 and 9090."
        "use another port, 8000 for instance"
    CREDENTIAL_FIELD "credential-field" Error DSW_API;
        "a field that CredentialConfig does not have"
        "Each API has its own names for the same fields; it ignores or refuses the names of another API."
        "use the names of the API that it is sent to (ramrole credential-config …)"
    CREDENTIAL_TYPE "credential-type" Error DSW_API;
        "a value of the wrong type"
        "The API refuses the request."
        "use the type that is named"
    CREDENTIAL_REQUIRED "credential-required" Warning DSW_API;
        "a field that the API asks for is missing"
        "The API marks Key, Type, Roles, RoleArn and RoleType as required; without one it may refuse the request."
        "add the field"
    CREDENTIAL_ROLE_ARN "credential-role-arn" Error DSW_API;
        "RoleArn is missing or is not the ARN of a RAM role"
        "The platform cannot assume what it cannot read."
        "write acs:ram::<account>:role/<name>"
    CREDENTIAL_ONE_ROLE "credential-one-role" Error DLC_ROLE;
        "more than one role"
        "A workload carries one RAM role."
        "keep one role"
    CREDENTIAL_KEY "credential-key" Error DSW_API;
        "AliyunEnvRoleKey names no entry"
        "It is the Key of the entry whose credential is injected into the environment."
        "use the Key of an entry, \"0\" as a rule"
    CREDENTIAL_OFF "credential-off" Warning DSW_API;
        "roles, but the switch is off"
        "With the switch missing or false nothing is injected."
        "set the switch to true, or leave the roles out"
    ACCOUNT_LENGTH "account-length" Warning "unconfirmed: no length is documented; account IDs seen have 16 to 18 digits";
        "an account ID of unusual length"
        "A digit was probably lost or doubled."
        "compare it with the console: the picture at the top right"
    REGION_UNKNOWN "region-unknown" Warning "aliyun/aliyun-openapi-meta, products.json";
        "a region that the product's documents do not list"
        "The endpoint may not exist."
        "check the region ID"
    DEFAULT_ROLE_REACH "default-role-reach" Warning EAS_ROLE;
        "the default role does not reach what the code uses"
        "The call will be refused at run time."
        "choose a custom role and grant it what the code needs"
    PUBLIC_WITH_ROLE "public-with-role" Warning DSW_ROLE;
        "publicly visible, and with a role"
        "Whoever opens it in the workspace can use the role's permissions."
        "choose no role, or make it private"
    RESTART "restart" Warning DSW_ROLE;
        "the running instance will restart"
        "A change between a role and no role restarts a running instance; what is not saved is lost."
        "save your work first"
    NOT_CHANGEABLE "not-changeable" Note "pai-dlc 2020-12-03: UpdateJob has no CredentialConfig";
        "the role cannot be changed later"
        "The API has no operation that changes the role."
        "to change the role, create the workload again"
    SWITCHED_OFF "switched-off" Note "eas 2021-07-01, UpdateService: UpdateType merge is the default";
        "the switch is set to false instead of being deleted"
        "UpdateService merges what it gets into the config by default: a deleted key would leave the role on."
        "nothing; keep the key in the file"
    MERGE_KEEPS_KEYS "merge-keeps-keys" Warning "eas 2021-07-01, UpdateService: UpdateType merge is the default and keeps the keys that are not sent";
        "a merging update keeps what was removed"
        "UpdateService merges what it gets into the config by default; a key that is left out stays."
        "update with UpdateType=replace and the whole config"
    MAXCOMPUTE_GRANT "maxcompute-grant" Note "https://help.aliyun.com/en/maxcompute/user-guide/add-user";
        "MaxCompute permissions are granted in the project"
        "No RAM policy gives access to tables: the project owner adds the role as a user."
        "add the role in the project and grant it what it needs"
    UNCONFIRMED "unconfirmed" Note "unconfirmed: the platform's documents do not say it";
        "something that the documents do not say"
        "ramrole says what it assumes instead of hiding it."
        "try it on something that may fail"
    SERVICE_NAME "service-name" Warning "unconfirmed: aliyun/alibabacloud-aiops-skills, EAS config-schema.md";
        "a service name that no command line can take"
        "EAS names are made of lower-case letters, digits and _, 3 to 63 of them."
        "give the service another name"
}
