//! The rules about permission policies that ramrole generates, merges and compares.

use crate::domain::finding::{Rule, Severity, rows};

const RAM_SYNTAX: &str =
    "https://www.alibabacloud.com/help/en/doc-detail/93739.htm (policy structure and grammar)";
const RAM_LIMITS: &str = "https://www.alibabacloud.com/help/en/ram/product-overview/limits";
const EAS_ROLE: &str = "https://www.alibabacloud.com/help/en/pai/user-guide/configure-the-eas-ram-role";
const OSS_ELEMENTS: &str =
    "https://www.alibabacloud.com/help/en/oss/user-guide/authorization-syntax-and-elements";
const OSS_HDFS: &str =
    "https://www.alibabacloud.com/help/en/oss/user-guide/authorize-access-to-oss-hdfs-services";
const ACR_PERSONAL: &str = "https://help.aliyun.com/en/acr/user-guide/individual-edition-instance-independent-domain-name-capacity-limit";
const ACR_ELEMENTS: &str = "https://help.aliyun.com/en/acr/user-guide/ram-authorization-information";
const PRACTICE: &str = "unconfirmed: good practice, not a rule of the platform";

rows! {
    PERMISSION_UNKNOWN "permission-unknown" Error RAM_SYNTAX;
        "a value that the policy needs is not known"
        "The policy contains a placeholder or lacks a statement, so the role cannot do what it needs. ramrole does not write a wildcard instead."
        "give the value and generate the policy again"
    PERMISSION_NAME "permission-name" Error RAM_SYNTAX;
        "a name that cannot go into a Resource"
        "RAM reads `*` and `?` in a Resource as wildcards and has no escape for them: the policy would allow more than the name says."
        "use the exact name"
    PERMISSION_WHOLE_BUCKET "permission-whole-bucket" Warning PRACTICE;
        "a path that names a whole bucket"
        "The role reaches every object of the bucket, also those that are added later."
        "name a folder"
    PERMISSION_FOLDER "permission-folder" Warning OSS_ELEMENTS;
        "a path without a slash at its end"
        "ramrole reads it as a folder. A client that lists without the slash asks for more than the folder, and is denied."
        "end the path with a slash"
    PERMISSION_FILE "permission-file" Note OSS_ELEMENTS;
        "a path that is read as one file"
        "A path does not say whether it names a file or a folder. A name with an extension counts as a file, which needs no permission to list."
        "end the path with a slash if it is a folder"
    PERMISSION_EMPTY_SEGMENT "permission-empty-segment" Warning OSS_ELEMENTS;
        "two slashes in a row in a path"
        "For OSS they are a part of the name: the objects of the path with one slash are others."
        "check the path"
    PERMISSION_WRITABLE "permission-writable" Note EAS_ROLE;
        "a mount that can be written"
        "A mount of OSS is read-write by default, so the role may write and delete there."
        "set readOnly to true if the service only reads; the policy then loses these actions"
    PERMISSION_NO_PULL "permission-no-pull" Error ACR_PERSONAL;
        "an image that a role cannot pull"
        "Personal Edition instances created since 2024-09-09 take a user name and a password only."
        "set dockerAuth in the service config, or move the image to Enterprise Edition"
    PERMISSION_REGISTRY "permission-registry" Warning EAS_ROLE;
        "an image in a registry that ramrole does not know"
        "A role can log in only to Container Registry. Another registry, or a custom domain, takes a user name and a password."
        "if the image is private, set dockerAuth in the service config"
    PERMISSION_HDFS "permission-hdfs" Error OSS_HDFS;
        "a path of OSS-HDFS"
        "The documented permissions of OSS-HDFS cover every bucket, and a narrow form is not confirmed, so ramrole writes none."
        "use the OSS endpoint, or write these permissions by hand"
    PERMISSION_MOUNT "permission-mount" Warning EAS_ROLE;
        "a mount whose needs ramrole does not know"
        "The documents do not say what a custom role needs for it."
        "check the deployment events, and add what is denied"
    PERMISSION_LEFT_OUT "permission-left-out" Note EAS_ROLE;
        "a permission that may be needed was left out"
        "The documents do not confirm that the platform uses it with the custom role."
        "add it with --include if a call is denied"
    PERMISSION_NOT_COUNTED "permission-not-counted" Note EAS_ROLE;
        "a value in the config that names OSS and was not counted"
        "ramrole cannot see whether the code uses it."
        "if the code uses it, name it with --oss"
    PERMISSION_STAR "permission-star" Note ACR_ELEMENTS;
        "a `*` that is the narrowest Resource"
        "Some actions take no resource; any other Resource would allow nothing."
        "nothing"
    PERMISSION_NO_ROLE "permission-no-role" Note EAS_ROLE;
        "a service config without a custom role"
        "The policy is for a custom role. The default role of EAS needs no policy."
        "put the role into the config (ramrole service-config)"
    PERMISSION_EMPTY "permission-empty" Warning PRACTICE;
        "nothing needs a permission"
        "RAM refuses a policy without statements, so none is printed."
        "name what the code uses, for example --oss read:oss://my-bucket/folder/"
    PERMISSION_TOO_MANY "permission-too-many" Error RAM_LIMITS;
        "more policies than a role can hold"
        "A role takes 10 custom policies."
        "use fewer, wider folders, or two roles"
    PERMISSION_SELF_CHECK "permission-self-check" Error PRACTICE;
        "the generated policy does not allow exactly what it should"
        "ramrole evaluates each policy that it generates against its needs and their neighbors. This is a bug."
        "do not use the policy, and report the call"
    PERMISSION_EXPECTED "permission-expected" Error RAM_SYNTAX;
        "not a permission policy"
        "Only a permission policy of RAM says what a role may do. A statement of one makes any other document invalid."
        "give the document of RAM console > Permissions > Policies > POLICY > Policy Document"
    PERMISSION_DENIED "permission-denied" Error RAM_SYNTAX;
        "a Deny that wins over what is needed"
        "RAM weighs Deny before Allow, wherever they are."
        "narrow or remove the Deny statement"
    PERMISSION_UNDECIDED "permission-undecided" Warning RAM_SYNTAX;
        "a condition that decides whether a need is allowed"
        "The result depends on a value of the request that is not known here, or on a point that the documents leave open."
        "check whether the condition holds for the workload"
    PERMISSION_WIDER "permission-wider" Note PRACTICE;
        "a policy allows more than is needed"
        "Code with this role, and anyone who takes it over, can do what the policy allows."
        "remove what nothing needs, or attach the generated policy instead"
    PERMISSION_INCOMPLETE "permission-incomplete" Warning EAS_ROLE;
        "the permission policy of the plan lacks something"
        "The role cannot do all that the service config and the code need until it is added."
        "generate the rest with ramrole permission-policy, and add it with --merge"
    PERMISSION_ELSEWHERE "permission-elsewhere" Note PRACTICE;
        "something that no RAM policy gives"
        "The service decides by its own grants, its network or its own login."
        "do what the message says"
    SYSTEM_POLICY_WIDER "system-policy-wider" Warning PRACTICE;
        "a system policy that allows more than is needed"
        "Code with this role, and anyone who takes it over, reaches every resource of that service in the account."
        "leave the system policy out; permission-policy.json allows what is needed"
    SYSTEM_POLICY_LACKS "system-policy-lacks" Warning "https://www.alibabacloud.com/help/en/ram/developer-reference/aliyunpaireadonlyaccess";
        "a system policy that does not allow what is needed"
        "The call is refused at run time."
        "attach permission-policy.json instead"
}
