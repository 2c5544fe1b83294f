//! The facts of the catalog: all of them read, each with its source, the spot checks that matter.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use ramrole::domain::catalog::{
    Access, Carrier, Network, RoleChoice, Workload, documents, endpoints, permissions, platform_roles,
    spellings, system_policies,
};
use ramrole::domain::code::{Language, Placeholder, snippets};
use ramrole::domain::explain::{clients, errors};
use ramrole::domain::question::{self, Kind};
use ramrole::domain::rules;
use ramrole::domain::values::Region;
use serde_json::Value;

/// Every file of the catalog as a tree, read through the public interface.
fn trees() -> Vec<(String, Value)> {
    let tree = |name: &str, value: Result<Value, serde_json::Error>| (name.to_owned(), value.expect(name));
    let mut trees: Vec<_> = Workload::ALL
        .map(|workload| tree(workload.id(), serde_json::to_value(workload.sheet())))
        .into_iter()
        .collect();
    trees.push(tree("spellings", serde_json::to_value(spellings())));
    trees.push(tree("documents", serde_json::to_value(documents())));
    trees.push(tree("roles", serde_json::to_value(platform_roles())));
    trees.push(tree("policies", serde_json::to_value(system_policies())));
    trees.push(tree("endpoints", serde_json::to_value(endpoints())));
    trees.push(tree("permissions", serde_json::to_value(permissions())));
    trees.push(tree("errors", serde_json::to_value(errors())));
    trees
}

/// Calls `look` with the path of every value.
fn walk(path: &str, value: &Value, look: &mut impl FnMut(&str, &Value)) {
    look(path, value);
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| walk(&format!("{path}.{name}"), value, look));
        }
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(at, value)| walk(&format!("{path}[{at}]"), value, look));
        }
        _ => {}
    }
}

#[test]
fn every_file_of_the_catalog_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/catalog");
    let stem = |entry: fs::DirEntry| entry.path().file_stem().expect("a name").display().to_string();
    let files: BTreeSet<_> =
        fs::read_dir(folder).expect("the catalog").map(|entry| stem(entry.expect("an entry"))).collect();
    let mut read: BTreeSet<_> = trees().into_iter().map(|(name, _)| name).collect();
    // Each client has its own source.
    assert!(!clients().clients.is_empty() && read.insert("clients".to_owned()));
    assert_eq!(files, read);
    for workload in Workload::ALL {
        assert_eq!(workload.sheet().id, workload.id());
        assert_eq!(workload.id().parse::<Workload>().as_ref(), Ok(&workload));
    }
}

#[test]
fn the_readme_lists_every_workload() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README");
    for workload in Workload::ALL {
        let row = format!("\n| {} | `{workload}` |\n", workload.sheet().title.value);
        assert!(readme.contains(&row), "{row}");
    }
}

#[test]
fn every_source_is_in_its_file_and_used() {
    for (name, tree) in trees() {
        let sources = tree["sources"].as_object().expect("sources");
        let mut used = HashSet::new();
        walk(&name, &tree, &mut |path, value| {
            if path.ends_with(".source") {
                let id = value.as_str().expect(path);
                assert!(sources.contains_key(id), "{path}: {id} is no source of {name}");
                used.insert(id.to_owned());
            }
        });
        for (id, source) in sources {
            assert!(used.contains(id), "{name}: the source {id} is never used");
            let read = source["read"].as_str().expect("read");
            let digits =
                |range: std::ops::Range<usize>| read[range].bytes().all(|byte| byte.is_ascii_digit());
            let is_date = read.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10);
            assert!(is_date, "{name}: {id} was read on {read}");
            let address = source["address"].as_str();
            assert!(address.is_none_or(|it| it.starts_with("https://")), "{name}: {id}: {address:?}");
        }
    }
}

#[test]
fn no_text_is_empty() {
    for (name, tree) in trees() {
        walk(&name, &tree, &mut |path, value| {
            let Some(text) = value.as_str() else { return };
            assert!(!text.is_empty(), "{path} is empty");
            assert_eq!(text.trim(), text, "{path} has white space at its ends");
            assert!(!text.contains("  ") && !text.contains('\n'), "{path} has stray white space: {text:?}");
        });
    }
}

#[test]
fn the_workloads_are_as_the_documents_say() {
    use RoleChoice::{Custom, Default, None as NoRole};
    let all: &[RoleChoice] = &[Default, Custom, NoRole];
    for (workload, principal, default_role, choices, file, has_code) in [
        (
            Workload::Dlc,
            "pai.aliyuncs.com",
            "AliyunPAIDLCDefaultRole",
            all,
            "/mnt/.alibabacloud/credentials",
            false,
        ),
        (
            Workload::Dsw,
            "pai.aliyuncs.com",
            "AliyunPAIDSWDefaultRole",
            all,
            "/mnt/.alibabacloud/credentials",
            false,
        ),
        (
            Workload::Eas,
            "eas.pai.aliyuncs.com",
            "AliyunServiceRoleForPaiEas",
            all,
            "/etc/ram/credentials",
            true,
        ),
        (Workload::Dataworks, "", "", &[Default, NoRole], "/mnt/.alibabacloud/credentials", false),
        (Workload::TrainingJob, "pai.aliyuncs.com", "", all, "/mnt/.alibabacloud/credentials", false),
        (Workload::LangStudio, "pai.aliyuncs.com", "", all, "/mnt/.alibabacloud/credentials", false),
    ] {
        let sheet = workload.sheet();
        assert_eq!(workload.principal().unwrap_or_default(), principal, "{workload}");
        let name = sheet.default_role.name.as_ref();
        assert_eq!(name.map_or("", |fact| fact.value.as_str()), default_role, "{workload}");
        assert_eq!(sheet.roles.iter().map(|role| role.choice).collect::<Vec<_>>(), choices, "{workload}");
        assert!(
            [Default, Custom, NoRole]
                .iter()
                .all(|choice| workload.offers(*choice) == choices.contains(choice))
        );
        assert_eq!(sheet.roles.iter().filter(|role| role.recommended).count(), 1, "{workload}");
        assert_eq!(sheet.credential.file.value, file, "{workload}");
        assert_eq!(sheet.credential.file_has_code.value, has_code, "{workload}");
        assert_eq!(sheet.credential.uri_variable.value, "ALIBABA_CLOUD_CREDENTIALS_URI", "{workload}");
        assert!(sheet.limits[0].value.starts_with("One RAM role per "), "{workload}: one role at most");
    }
    for (workload, oss, pai) in [
        (Workload::Dlc, true, false),
        (Workload::Dsw, true, true),
        (Workload::Eas, true, false),
        (Workload::Dataworks, false, true),
        (Workload::TrainingJob, true, false),
        (Workload::LangStudio, true, true),
    ] {
        let role = &workload.sheet().default_role;
        assert!(role.reaches(Access::Maxcompute) && role.reaches(Access::Credential), "{workload}");
        assert_eq!(role.reaches(Access::Oss), oss, "{workload}");
        assert_eq!(role.reaches(Access::Dlc), pai, "{workload}");
        // What a row says and what it counts for must agree.
        for (access, product) in
            [(Access::Oss, "OSS"), (Access::Maxcompute, "MaxCompute"), (Access::Dlc, "PAI")]
        {
            let named = role.reaches.iter().any(|row| row.value.contains(product));
            assert_eq!(role.reaches(access), named, "{workload}: {product}");
        }
    }
    let reaches = |product: &str| {
        Workload::Dataworks.sheet().default_role.reaches.iter().any(|row| row.value.contains(product))
    };
    assert!(["Hologres", "EMR Serverless Spark", "Flink"].into_iter().all(reaches));
}

#[test]
fn each_api_has_its_own_field_names() {
    for (workload, create, update, switch, items) in [
        (Workload::Dlc, "CreateJob", "", "EnableCredentialInject", "CredentialConfigItems"),
        (Workload::Dsw, "CreateInstance", "UpdateInstance", "Enable", "Configs"),
        (Workload::Eas, "CreateService", "UpdateService", "options.enable_ram_role", ""),
        (Workload::Dataworks, "CreateServerIdeInstance", "UpdateServerIdeInstance", "Enable", "Configs"),
        (Workload::TrainingJob, "CreateTrainingJob", "", "EnableCredentialInject", "CredentialConfigItems"),
        (Workload::LangStudio, "CreateRuntime", "", "EnableCredentialInject", "CredentialConfigItems"),
    ] {
        let api = &workload.sheet().api;
        assert_eq!(api.create.value, create);
        assert_eq!(api.update().map_or("", |update| &update.operation.value), update);
        match (&api.carrier, workload.spelling()) {
            (Carrier::ServiceConfig(keys), None) => {
                assert_eq!((keys.switch.value.as_str(), ""), (switch, items));
                assert_eq!(keys.role.value, "role_arn");
            }
            (Carrier::CredentialConfig(_), Some(spelling)) => {
                assert_eq!([&*spelling.switch.value, &*spelling.items.value], [switch, items]);
            }
            _ => panic!("{workload}: its spelling is in no file"),
        }
        assert!(endpoints().product(&api.product.value).is_some(), "{workload} has endpoints");
    }
}

#[test]
fn an_unconfirmed_fact_has_its_sentence() {
    for (name, tree) in trees() {
        walk(&name, &tree, &mut |path, value| {
            if value["confirmed"] == false {
                let said = ["value", "note", "pattern", "gives", "title", "public"]
                    .iter()
                    .any(|it| !value[*it].is_null());
                assert!(said, "{path} is unconfirmed and says nothing");
            }
        });
    }
    for workload in Workload::ALL {
        let rows = &workload.sheet().unconfirmed;
        let ids: HashSet<_> = rows.iter().map(|row| &row.id).collect();
        assert_eq!(ids.len(), rows.len(), "{workload}: two unconfirmed rows share an id");
        assert!(
            rows.iter().all(|row| row.value.ends_with('.')),
            "{workload}: a sentence ends with a full stop"
        );
    }
    for id in ["default-json", "custom-role", "trust-principal"] {
        let rows = &Workload::Dataworks.sheet().unconfirmed;
        assert!(rows.iter().any(|row| row.id == id), "dataworks: {id}");
    }
}

/// What a plan builds on and no document says, the plan has to say.
#[test]
fn a_plan_says_what_is_assumed() {
    for workload in Workload::ALL {
        let sheet = workload.sheet();
        let says = |choice: RoleChoice, words: &str| {
            let mut rows = sheet.unconfirmed.iter().filter(|row| row.roles.contains(&choice));
            assert!(rows.any(|row| row.value.contains(words)), "{workload}: {words} is not said");
        };
        if sheet.trust.principal.as_ref().is_some_and(|fact| !fact.confirmed) {
            says(RoleChoice::Custom, &sheet.trust.principal.as_ref().expect("a principal").value);
        }
        if !sheet.credential.file.confirmed {
            says(RoleChoice::Custom, "assumed to");
            says(RoleChoice::Default, "assumed to");
        }
        if !sheet.default_role.label.confirmed {
            says(RoleChoice::Default, "default role");
        }
    }
}

fn endpoint(product: &str, region: &str, network: Network) -> String {
    let region: Region = region.parse().expect(region);
    endpoints().product(product).expect(product).endpoint(&region, network).unwrap_or_default()
}

#[test]
fn endpoints_follow_their_patterns_and_exceptions() {
    use Network::{Internal, Public};
    for (product, region, network, expected) in [
        ("eas", "cn-hangzhou", Public, "pai-eas.cn-hangzhou.aliyuncs.com"),
        ("eas", "cn-hangzhou", Internal, "pai-eas-manage-vpc.cn-hangzhou.aliyuncs.com"),
        ("eas", "cn-shanghai", Internal, "pai-eas-manage-vpc.cn-shanghai.aliyuncs.com"),
        ("eas", "me-east-1", Public, ""),
        ("pai-dlc", "cn-hangzhou", Internal, "pai-dlc-vpc.cn-hangzhou.aliyuncs.com"),
        ("pai-dsw", "cn-hangzhou", Public, "pai-dsw.cn-hangzhou.aliyuncs.com"),
        ("dataworks-public", "cn-hangzhou", Public, "dataworks.cn-hangzhou.aliyuncs.com"),
        (
            "dataworks-public",
            "cn-hangzhou-finance",
            Public,
            "dataworks-public.cn-hangzhou-finance.aliyuncs.com",
        ),
        ("dataworks-public", "cn-hangzhou-finance", Internal, ""),
        ("dataworks-public", "cn-qingdao", Public, "dataworks.aliyuncs.com"),
        ("sts", "cn-hangzhou-finance", Public, "sts.aliyuncs.com"),
        ("sts", "cn-hangzhou-finance", Internal, ""),
        ("sts", "cn-hangzhou", Internal, "sts-vpc.cn-hangzhou.aliyuncs.com"),
        ("ram", "cn-hangzhou", Public, "ram.aliyuncs.com"),
        ("ram", "cn-hangzhou-finance", Internal, ""),
        ("oss", "cn-hangzhou", Public, "oss-cn-hangzhou.aliyuncs.com"),
        ("oss", "cn-hangzhou", Internal, "oss-cn-hangzhou-internal.aliyuncs.com"),
        ("oss", "cn-hangzhou-finance", Public, "oss-cn-hzfinance.aliyuncs.com"),
        ("oss", "cn-hangzhou-finance", Internal, "oss-cn-hzfinance-internal.aliyuncs.com"),
        ("oss", "cn-shenzhen-finance-1", Public, "oss-cn-szfinance.aliyuncs.com"),
        ("maxcompute", "cn-hangzhou", Public, "https://service.cn-hangzhou.maxcompute.aliyun.com/api"),
        (
            "maxcompute",
            "cn-hangzhou",
            Internal,
            "https://service.cn-hangzhou-vpc.maxcompute.aliyun-inc.com/api",
        ),
    ] {
        assert_eq!(endpoint(product, region, network), expected, "{product} {region} {network:?}");
    }
}

#[test]
fn every_listed_region_is_a_region_with_a_row() {
    let rows: HashSet<_> = endpoints().regions.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(rows.len(), endpoints().regions.len(), "a region stands twice");
    for product in &endpoints().products {
        let listed: Vec<_> = product.regions.iter().flatten().chain(&product.vpc_only).collect();
        let once: HashSet<_> = listed.iter().collect();
        assert_eq!(once.len(), listed.len(), "{}: a region stands twice", product.id);
        for region in listed.iter().map(|region| region.as_str()).filter(|it| *it != "rg-china-mainland") {
            assert!(region.parse::<Region>().is_ok(), "{}: {region}", product.id);
            assert!(rows.contains(region), "{}: {region} has no name", product.id);
        }
    }
}

#[test]
fn the_placeholders_of_a_snippet_are_its_needs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/snippets");
    for snippet in snippets() {
        let text = fs::read_to_string(folder.join(&snippet.file)).expect(&snippet.file);
        let pieces = text.split("{{").skip(1);
        let found: BTreeSet<_> =
            pieces.map(|piece| piece.split_once("}}").expect("a placeholder is closed").0).collect();
        let needs: BTreeSet<_> =
            snippet.needs.iter().map(|placeholder: &Placeholder| placeholder.name()).collect();
        assert_eq!(found, needs, "{}", snippet.file);
        assert_eq!(needs.len(), snippet.needs.len(), "{}: a need stands twice", snippet.file);
        let extension = if snippet.language == Language::Python { "py" } else { "sh" };
        assert_eq!(snippet.file, format!("{}.{extension}", snippet.access));
        assert!(text.ends_with('\n') && !text.contains('\r'), "{}", snippet.file);
    }
    for access in Access::ALL {
        let python = |it: &&_| {
            let it: &ramrole::domain::code::Snippet = it;
            it.access == access && it.language == Language::Python
        };
        assert_eq!(snippets().iter().filter(python).count(), 1, "{access} has its Python");
    }
    let files = fs::read_dir(folder).expect("snippets").count();
    assert_eq!(files, snippets().len() + 1, "a snippet is not in the index");
}

fn is_kebab_case(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

#[test]
fn every_rule_says_what_why_and_what_to_do() {
    let mut codes = HashSet::new();
    for rule in rules::ALL {
        assert!(is_kebab_case(rule.code), "{}", rule.code);
        assert!(codes.insert(rule.code), "{} stands twice", rule.code);
        assert_eq!(rules::find(rule.code), Some(*rule));
        for (what, text) in
            [("title", rule.title), ("why", rule.why), ("fix", rule.fix), ("source", rule.source)]
        {
            assert!(!text.trim().is_empty(), "{}: no {what}", rule.code);
            assert!(!text.contains("  ") && !text.contains('\n'), "{}: stray white space", rule.code);
        }
        assert!(rule.why.ends_with('.'), "{}: why is a sentence", rule.code);
        assert!(!rule.title.ends_with('.') && !rule.fix.ends_with('.'), "{}: half sentences", rule.code);
    }
}

#[test]
fn questions_have_keys_and_flags_of_their_own() {
    let mut names: HashSet<String> = ["answers", "save-answers", "out", "force", "follow", "format", "help"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut keys = HashSet::new();
    for question in question::ALL {
        assert!(keys.insert(question.key), "{} stands twice", question.key);
        assert!(is_kebab_case(&question.flag()), "{}", question.key);
        assert!(names.insert(question.flag()), "--{} is taken", question.flag());
        if let Some(alias) = question.alias {
            assert!(names.insert(alias.to_owned()), "--{alias} is taken");
        }
        assert!(question.title.ends_with('?'), "{}: the title is a question", question.key);
        assert!(question.help.ends_with('.'), "{}: the help is a sentence", question.key);
        assert_eq!(question::find(question.key).map(|it| it.title), Some(question.title));
        if let Kind::Text(example) = question.kind {
            let mut answers = ramrole::domain::answers::Answers::default();
            assert_eq!(answers.set(question, example), Ok(()), "{}: its own example", question.key);
        }
    }
}

#[test]
fn the_help_of_plan_has_each_flag_once() {
    let help =
        Command::new(env!("CARGO_BIN_EXE_ramrole")).args(["plan", "--help"]).output().expect("ramrole");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let (help, _) = help.split_once("\nExamples:").expect("examples");
    let of_flag = |line: &str| {
        let words: Vec<_> = line.split_whitespace().collect();
        let first = words.iter().find(|word| !(word.len() == 3 && word.ends_with(',')))?;
        first.strip_prefix("--").map(str::to_owned)
    };
    let flags: Vec<_> = help.lines().filter(|line| line.starts_with(' ')).filter_map(of_flag).collect();
    for question in question::ALL {
        let count = flags.iter().filter(|flag| **flag == question.flag()).count();
        assert_eq!(count, 1, "--{} in the help:\n{help}", question.flag());
    }
}
