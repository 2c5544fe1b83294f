//! The steps of a plan: a sentence for the console, and the same as commands that are safe to paste.

use super::permissions::policy_name;
use super::{Association, CustomRole, DocumentRole, PlanDocument, RoleOrigin, Step, Subject};
use crate::domain::catalog::Update;
use crate::domain::code::Code;
use crate::domain::json;
use crate::domain::quote::{self, shell};
use crate::domain::service_config;
use crate::domain::system_policy::policy_type;
use crate::domain::values::PolicyName;

pub(super) fn steps(subject: &Subject, documents: &[PlanDocument], codes: &[Code]) -> Vec<Step> {
    let planner = Planner { subject, documents };
    let mut steps = Vec::new();
    if let Some(role) = subject.custom_role() {
        steps.push(planner.role(&role));
        steps.extend(planner.policies(&role));
        steps.extend(planner.pass_role(&role));
    }
    steps.push(planner.associate());
    if subject.association != Association::None {
        steps.extend(codes.iter().map(|code| planner.run(code)));
        steps.push(planner.verify());
    }
    steps
}

/// The file into which the commands fetch the trust policy of a role that exists.
const FETCHED: &str = "present-trust-policy.json";

struct Planner<'a> {
    subject: &'a Subject<'a>,
    documents: &'a [PlanDocument],
}

impl Planner<'_> {
    fn document(&self, role: DocumentRole) -> Option<&PlanDocument> {
        self.documents.iter().find(|document| document.role == role)
    }

    /// A document as one strict line, for an argument.
    fn argument(&self, role: DocumentRole) -> Option<String> {
        let document = json::read(&self.document(role)?.text).ok()?;
        Some(json::compact(document.root()))
    }

    fn role(&self, role: &CustomRole) -> Step {
        match role.origin {
            RoleOrigin::New => self.create_role(role),
            RoleOrigin::Existing => self.edit_trust_policy(role),
        }
    }

    fn create_role(&self, role: &CustomRole) -> Step {
        let trust = &self.subject.sheet().trust;
        let kind = trust.console_principal_type.as_ref().map_or("Cloud Service", |fact| fact.value.as_str());
        let service = trust.console_principal.as_ref().or(trust.principal.as_ref());
        let service = service.map(|fact| fact.value.as_str()).unwrap_or_default();
        let name = role.arn.name().as_str();
        let policy = self.argument(DocumentRole::TrustPolicy).unwrap_or_default();
        let options = [("--RoleName", name), ("--AssumeRolePolicyDocument", &policy)];
        Step {
            title: format!("Create the role {name}"),
            console: format!(
                "RAM console > Identities > Roles > Create Role: Principal Type {kind}, Principal Name {service}, \
                 role name {name}."
            ),
            commands: vec![quote::call(&["aliyun", "ram", "CreateRole"], &options)],
            documents: vec!["trust-policy.json"],
        }
    }

    fn edit_trust_policy(&self, role: &CustomRole) -> Step {
        let name = role.arn.name().as_str();
        let menus = format!("RAM console > Identities > Roles > {name} > Trust Policy");
        let service = self.subject.workload.principal().unwrap_or_default();
        let Some(document) = self.document(DocumentRole::TrustPolicy) else {
            return self.merge_trust_policy(name, service, &menus);
        };
        if document.before.as_deref() == Some(document.text.as_str()) {
            return Step {
                title: format!("Leave the trust policy of {name} as it is"),
                console: format!("It trusts {service} already ({menus})."),
                commands: vec![],
                documents: vec![],
            };
        }
        let policy = self.argument(DocumentRole::TrustPolicy).unwrap_or_default();
        let options = [("--RoleName", name), ("--NewAssumeRolePolicyDocument", &policy)];
        Step {
            title: format!("Let {service} assume the role {name}"),
            console: format!("{menus} > Edit Trust Policy: paste trust-policy.json, which adds {service}."),
            commands: vec![quote::call(&["aliyun", "ram", "UpdateRole"], &options)],
            documents: vec!["trust-policy.json"],
        }
    }

    /// Without the present policy at hand nothing may replace it: fetch, merge, put back.
    fn merge_trust_policy(&self, name: &str, service: &str, menus: &str) -> Step {
        let role = quote::call(&[], &[("--RoleName", name)]);
        Step {
            title: format!("Let {service} assume the role {name}"),
            console: format!(
                "{menus} > Edit Trust Policy: add \"{service}\" to the Service list of the statement that allows \
                 sts:AssumeRole; leave everything else."
            ),
            // Tied together: what could not be fetched or merged must not be put back.
            commands: vec![format!(
                "aliyun ram GetRole {role} | jq -r .Role.AssumeRolePolicyDocument > {FETCHED} && \
                 ramrole trust-policy {} --merge {FETCHED} --write && \
                 aliyun ram UpdateRole {role} --NewAssumeRolePolicyDocument \"$(cat {FETCHED})\"",
                self.subject.workload
            )],
            documents: vec![],
        }
    }

    fn policies(&self, role: &CustomRole) -> Option<Step> {
        let Some(policies) = self.subject.answers.policies.as_deref().filter(|list| !list.is_empty()) else {
            return self.permissions(role);
        };
        let name = role.arn.name().as_str();
        let attach = |policy: &str| {
            let kind = policy_type(policy);
            let options = [("--PolicyType", kind), ("--PolicyName", policy), ("--RoleName", name)];
            quote::call(&["aliyun", "ram", "AttachPolicyToRole"], &options)
        };
        let names: Vec<_> = policies.iter().map(PolicyName::as_str).collect();
        Some(Step {
            title: format!("Grant the role {name} what it may do"),
            console: format!(
                "RAM console > Identities > Roles > {name} > Grant Permission: {}.",
                names.join(", ")
            ),
            commands: names.into_iter().map(attach).collect(),
            documents: vec![],
        })
    }

    /// Creates and attaches the generated policies.
    fn permissions(&self, role: &CustomRole) -> Option<Step> {
        let documents: Vec<_> =
            self.documents.iter().filter(|document| document.role == DocumentRole::Permission).collect();
        let first = documents.first()?.name;
        let role_name = role.arn.name().as_str();
        let commands = documents.iter().enumerate().flat_map(|(number, document)| {
            let name = policy_name(role_name, number);
            let policy =
                json::read(&document.text).map(|read| json::compact(read.root())).unwrap_or_default();
            let create = [("--PolicyName", name.as_str()), ("--PolicyDocument", &policy)];
            let attach = [("--PolicyType", "Custom"), ("--PolicyName", &name), ("--RoleName", role_name)];
            [
                quote::call(&["aliyun", "ram", "CreatePolicy"], &create),
                quote::call(&["aliyun", "ram", "AttachPolicyToRole"], &attach),
            ]
        });
        let name = policy_name(role_name, 0);
        Some(Step {
            title: format!("Grant the role {role_name} what it needs"),
            console: format!(
                "RAM console > Permissions > Policies > Create Policy > JSON: paste {first} as {name}; then \
                 Identities > Roles > {role_name} > Grant Permission: {name}."
            ),
            commands: commands.collect(),
            documents: documents.iter().map(|document| document.name).collect(),
        })
    }

    fn pass_role(&self, role: &CustomRole) -> Option<Step> {
        let user = role.user?.as_str();
        let policy = self.argument(DocumentRole::PassRole)?;
        let name = pass_role_policy_name(role.arn.name().as_str());
        let create = [("--PolicyName", name.as_str()), ("--PolicyDocument", &policy)];
        let attach = [("--PolicyType", "Custom"), ("--PolicyName", &name), ("--UserName", user)];
        Some(Step {
            title: format!("Let the RAM user {user} pass the role"),
            console: format!(
                "RAM console > Permissions > Policies > Create Policy > JSON: paste pass-role-policy.json as {name}; \
                 then Identities > Users > {user} > Add Permissions: {name}. The owner of the account or a RAM \
                 administrator does this."
            ),
            commands: vec![
                quote::call(&["aliyun", "ram", "CreatePolicy"], &create),
                quote::call(&["aliyun", "ram", "AttachPolicyToUser"], &attach),
            ],
            documents: vec!["pass-role-policy.json"],
        })
    }

    fn associate(&self) -> Step {
        if self.subject.workload.has_service_config() { self.deploy_service() } else { self.choose_role() }
    }

    fn association_title(&self, verb: &str) -> String {
        let thing = self.subject.thing();
        match (&self.subject.association, self.subject.is_running()) {
            (Association::None, true) => format!("Take the role off the {thing}"),
            (Association::None, false) => format!("{verb} the {thing} without a role"),
            _ => format!("{verb} the {thing} with its role"),
        }
    }

    fn deploy_service(&self) -> Step {
        let running = self.subject.is_running();
        let whole = self.document(DocumentRole::ServiceConfig).filter(|document| document.before.is_some());
        let place = if running { "the service > Update" } else { "Custom Deployment" };
        let what = match (whole, running) {
            (Some(_), false) => "paste service-with-role.json, then Deploy",
            (Some(_), true) => "paste service-with-role.json, which must be the whole present config",
            (None, _) => "put the keys of service-with-role.json into the JSON",
        };
        Step {
            title: self.association_title(if running { "Update" } else { "Deploy" }),
            console: format!("Elastic Algorithm Service > {place} > Service Configuration: {what}."),
            commands: whole.map(|document| self.service_commands(document)).unwrap_or_default(),
            documents: vec!["service-with-role.json"],
        }
    }

    /// The EAS client's command; where a key must go away, the API call that replaces instead of merging. The
    /// aliyun client sends an empty body for a file that is not there, so the file is tested first.
    fn service_commands(&self, document: &PlanDocument) -> Vec<String> {
        let region = self.subject.region.as_str();
        if !self.subject.is_running() {
            return vec![quote::command(["eascmd64", "create", document.name])];
        }
        let Ok(config) = json::read(&document.text) else { return vec![] };
        // No service has such a name, and a client could read it as an option or as several lines.
        let is_a_name =
            |name: &str| !name.is_empty() && !name.starts_with('-') && !name.contains(char::is_control);
        let name = service_config::service_name(&config).filter(|name| is_a_name(name));
        let Some(name) = name else { return vec![] };
        if self.subject.association.role_arn().is_some() {
            return vec![quote::command(["eascmd64", "modify", &name, "-s", document.name])];
        }
        let options = [("--ClusterId", region), ("--ServiceName", &name), ("--UpdateType", "replace")];
        let options = options.into_iter().chain([("--body-file", document.name), ("--region", region)]);
        let call = quote::call(&["aliyun", "eas", "UpdateService"], &options.collect::<Vec<_>>());
        vec![format!("{} && {call}", quote::command(["test", "-s", document.name]))]
    }

    fn choose_role(&self) -> Step {
        let api = &self.subject.sheet().api;
        let running = self.subject.is_running();
        let update = api.update().filter(|_| running);
        let operation = update.map_or(&api.create, |update| &update.operation);
        Step {
            title: self.association_title(if running { "Change" } else { "Create" }),
            console: format!("{} {}.", self.in_the_console(), self.for_the_api(&operation.value)),
            commands: self.update_own(update).into_iter().collect(),
            documents: vec!["credential-config.json"],
        }
    }

    /// Where the role is selected in the console, and how a sentence about the API goes on.
    fn in_the_console(&self) -> String {
        let sheet = self.subject.sheet();
        let change = sheet.console.change.as_ref().filter(|_| self.subject.is_running());
        let Some(place) = change.or(sheet.console.create.as_ref()) else {
            return "The documents name no field of the console for the role. Use the API:".to_owned();
        };
        let option = sheet.roles.iter().find(|role| role.choice == self.subject.association.choice());
        let label = option.and_then(|role| role.label.as_deref()).unwrap_or("the role");
        let role = self.subject.custom_role().map(|role| format!(", RAM Role: {}", role.arn.name()));
        format!("{}: {label}{}. With the API,", place.value.join(" > "), role.unwrap_or_default())
    }

    /// What is done with the document by those who use the API; some APIs want it in a string.
    fn for_the_api(&self, operation: &str) -> String {
        let workload = self.subject.workload;
        if !workload.wants_string() {
            return format!("put credential-config.json into the body of {operation}");
        }
        let role = self.subject.association.choice().word();
        let update = if self.subject.is_running() { " --update" } else { "" };
        format!(
            "{operation} takes the value of CredentialConfig as a JSON string, which `ramrole credential-config \
             {workload} --role {role}{update} --as-string` prints"
        )
    }

    /// The call that changes the role from inside, where the environment has the ID.
    fn update_own(&self, update: Option<&Update>) -> Option<String> {
        let update = update?;
        let id = update.own_id.as_ref()?;
        let body = self.argument(DocumentRole::CredentialConfig)?;
        Some(format!(
            "aliyun {} {} --{} \"${{{}:?set it to the ID of the {}}}\" --body {} --region {}",
            self.subject.sheet().api.product.value,
            update.operation.value,
            id.parameter,
            id.variable,
            self.subject.thing(),
            shell(&body),
            shell(self.subject.region.as_str())
        ))
    }

    fn run(&self, code: &Code) -> Step {
        let libraries = self.subject.sheet().console.libraries.as_ref();
        let place = libraries.map(|place| format!("{}: ", place.value.join(" > "))).unwrap_or_default();
        let packages = code.packages.join(", ");
        let install = format!("Install the libraries ({place}{packages}). ");
        let install = if code.packages.is_empty() { "" } else { &install };
        let run = code.run();
        Step {
            title: code.title.to_owned(),
            console: format!("{install}Run {} inside the {}.", code.file, self.subject.thing()),
            commands: code.pip().into_iter().chain([run]).collect(),
            documents: vec![code.file],
        }
    }

    fn verify(&self) -> Step {
        let credential = &self.subject.sheet().credential;
        Step {
            title: "See that the credential is there".to_owned(),
            console: format!(
                "In a terminal inside the {}: this prints the HTTP status, 200 when the local service answers; the \
                 credential is also in {}.",
                self.subject.thing(),
                credential.file.value
            ),
            commands: vec![format!(
                "curl --silent --show-error --max-time 3 --noproxy '*' --output /dev/null --write-out '%{{http_code}}\\n' \"${}\"",
                credential.uri_variable.value
            )],
            documents: vec![],
        }
    }
}

/// The name under which the `PassRole` policy of a role is created: policy names take no dots.
pub(super) fn pass_role_policy_name(role: &str) -> String {
    format!("pass-{}", role.replace('.', "-"))
}
