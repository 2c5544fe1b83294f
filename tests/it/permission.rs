//! Permission policies for known needs: what they allow, what they must not, and what ramrole says beside them.

use ramrole::domain::catalog::{Workload, permissions};
use ramrole::domain::check::{DocumentKind, check};
use ramrole::domain::evaluation::{AbsentKey, Decision, Reading, Request, judge};
use ramrole::domain::finding::Severity;
use ramrole::domain::json::{compact, read};
use ramrole::domain::permission::{Known, Permissions, Use, Wanted, dataset, generate, registry, rules};
use ramrole::domain::policy::Policy;

const ACCOUNT: &str = "1357913579135791";

/// A call of the command, without the command.
#[derive(Debug)]
pub struct Call {
    pub workload: Workload,
    pub config: Option<String>,
    pub uses: Vec<(&'static str, String)>,
    pub known: Known,
}

impl Call {
    pub fn new(workload: Workload) -> Self {
        Self { workload, config: None, uses: Vec::new(), known: Known::default() }
    }

    pub fn of_config(config: &str) -> Self {
        Self { config: Some(config.to_owned()), ..Self::new(Workload::Eas) }
    }

    fn using(mut self, flag: &'static str, value: &str) -> Self {
        self.uses.push((flag, value.to_owned()));
        self
    }

    fn knowing(mut self, learn: impl Fn(&mut Known)) -> Self {
        learn(&mut self.known);
        self
    }

    pub fn generate(&self) -> Permissions {
        let use_of = |(flag, value): &(&str, String)| {
            let service = permissions().service(flag).expect(flag);
            Use::parse(service, value).unwrap_or_else(|invalid| panic!("--{flag} {value}: {invalid}"))
        };
        let uses = self.uses.iter().map(use_of).collect();
        let known = self.known.clone();
        generate(&Wanted { workload: self.workload, config: self.config.as_deref(), uses, known })
            .unwrap_or_else(|findings| panic!("{findings:?}"))
    }
}

/// The statements of the only policy, one on a line, without white space.
#[track_caller]
fn statements(of: &Permissions) -> Vec<String> {
    let [text] = &of.documents()[..] else { panic!("{} policies", of.documents().len()) };
    let document = read(text).expect(text);
    let list = document.root().get("Statement").expect("statements");
    list.elements().map(compact).collect()
}

fn allow(actions: &str, resources: &str, prefixes: &str) -> String {
    let list = |texts: &str| texts.split(' ').map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(",");
    let condition = format!(",\"Condition\":{{\"StringLike\":{{\"oss:Prefix\":[{}]}}}}", list(prefixes));
    let condition = if prefixes.is_empty() { "" } else { &condition };
    let (actions, resources) = (list(actions), list(resources));
    format!("{{\"Effect\":\"Allow\",\"Action\":[{actions}],\"Resource\":[{resources}]{condition}}}")
}

/// What the policies decide about a request; `@` divides a resource from the prefix of a listing.
#[track_caller]
fn decides(of: &Permissions, request: &str) -> Decision {
    let texts = of.documents();
    let documents: Vec<_> = texts.iter().map(|text| read(text).expect(text)).collect();
    let policies: Vec<_> = documents.iter().map(|document| Policy(document.root())).collect();
    let (action, rest) = request.split_once(' ').expect("action and resource");
    let (resource, prefix) =
        rest.split_once('@').map_or((rest, None), |(resource, prefix)| (resource, Some(prefix)));
    let request = Request::new(action, resource);
    let request = prefix.map_or(request.clone(), |prefix| request.with("oss:Prefix", prefix));
    judge(&policies, &request, Reading { absent_key: Some(AbsentKey::NotMet), group_deny_wins: None })
}

#[track_caller]
fn assert_decided(of: &Permissions, allowed: &[&str], denied: &[&str]) {
    for request in allowed {
        assert_eq!(decides(of, request), Decision::Allow, "{request}");
    }
    for request in denied {
        assert_eq!(decides(of, request), Decision::ImplicitDeny, "{request}");
    }
}

pub fn codes(of: &Permissions, severity: Severity) -> Vec<&'static str> {
    let found = of.findings.iter().filter(|finding| finding.severity() == severity);
    found.map(|finding| finding.rule.code).collect()
}

#[test]
fn a_read_only_mount_lists_its_folder_and_reads_its_objects() {
    let config = r#"{"containers": [{"image": "eas-registry-vpc.cn-hangzhou.cr.aliyuncs.com/pai-eas/sglang:1"}],
        "storage": [{"mount_path": "/w", "oss": {"path": "oss://owl-weights/barn/9b/", "readOnly": true}}],
        "role_arn": "acs:ram::1357913579135791:role/owl"}"#;
    let of = Call::of_config(config).generate();
    assert_eq!(
        statements(&of),
        [
            allow("oss:ListObjects", "acs:oss:*:*:owl-weights", "barn/9b/*"),
            allow("oss:GetObject", "acs:oss:*:*:owl-weights/barn/9b/*", ""),
        ]
    );
    assert_eq!((of.findings.len(), of.nothing.len()), (0, 1), "{:?}", of.findings);
    assert_decided(
        &of,
        &[
            "oss:ListObjects acs:oss:x:1:owl-weights@barn/9b/",
            "oss:ListObjects acs:oss:x:1:owl-weights@barn/9b/tok/",
            "oss:GetObject acs:oss:x:1:owl-weights/barn/9b/config.json",
        ],
        &[
            "oss:ListObjects acs:oss:x:1:owl-weights@",
            "oss:ListObjects acs:oss:x:1:owl-weights@barn/9b",
            "oss:ListObjects acs:oss:x:1:owl-weights@Barn/9b/",
            "oss:ListObjects acs:oss:x:1:owl-weights",
            "oss:GetObject acs:oss:x:1:owl-weights/barn/9b-old/config.json",
            "oss:PutObject acs:oss:x:1:owl-weights/barn/9b/config.json",
            "oss:GetBucketInfo acs:oss:x:1:owl-weights",
        ],
    );
}

const TWO_MOUNTS: &str = r#"{
  "containers": [{"image": "owl-registry-vpc.cn-hangzhou.cr.aliyuncs.com/nest/rank:2.0"}],
  "storage": [
    {"mount_path": "/m", "oss": {"path": "oss://owl-data/models/v7/", "readOnly": true}},
    {"mount_path": "/out", "oss": {"path": "oss://owl-data/results/"}}
  ],
  "role_arn": "acs:ram::1357913579135791:role/owl"
}"#;

#[test]
fn two_mounts_of_a_bucket_share_a_listing_and_not_a_write() {
    let call = Call::of_config(TWO_MOUNTS)
        .knowing(|known| known.registries.extend([registry("owl=cri-0nest1").expect("an ID")]));
    let of = call.generate();
    assert_eq!(
        statements(&of),
        [
            allow("oss:ListObjects", "acs:oss:*:*:owl-data", "models/v7/* results/*"),
            allow("oss:GetObject", "acs:oss:*:*:owl-data/models/v7/* acs:oss:*:*:owl-data/results/*", ""),
            allow(
                "oss:AbortMultipartUpload oss:DeleteObject oss:ListParts oss:PutObject",
                "acs:oss:*:*:owl-data/results/*",
                ""
            ),
            allow(
                "cr:PullRepository",
                "acs:cr:cn-hangzhou:1357913579135791:repository/cri-0nest1/nest/rank",
                ""
            ),
            allow("cr:GetAuthorizationToken cr:ListInstanceEndpoint", "*", ""),
        ]
    );
    assert_eq!(of.findings.count_of(&rules::PERMISSION_WRITABLE), 1, "{:?}", of.findings);
    assert_decided(
        &of,
        &["oss:PutObject acs:oss:x:1:owl-data/results/a", "cr:GetAuthorizationToken acs:cr:x:1:x"],
        &[
            "oss:DeleteObject acs:oss:x:1:owl-data/models/v7/a",
            "cr:PullRepository acs:cr:cn-hangzhou:1357913579135791:repository/cri-0nest1/nest/other",
            "cr:PushRepository acs:cr:cn-hangzhou:1357913579135791:repository/cri-0nest1/nest/rank",
        ],
    );
}

#[test]
fn an_instance_without_its_id_is_a_placeholder_and_no_wildcard() {
    let of = Call::of_config(TWO_MOUNTS).generate();
    let pull = "acs:cr:cn-hangzhou:1357913579135791:repository/<instance>/nest/rank";
    assert!(statements(&of).contains(&allow("cr:PullRepository", pull, "")));
    assert_eq!(codes(&of, Severity::Error), ["permission-unknown"]);
    assert!(of.grants().iter().all(|grant| grant.action != "cr:PullRepository"), "it is not merged");
}

#[test]
fn storage_without_ram_is_named_and_a_dataset_is_asked_for() {
    let config = r#"{"containers": [{"image": "registry-vpc.cn-shanghai.aliyuncs.com/nest/rank:2"}],
        "storage": [{"mount_path": "/nas", "nfs": {"server": "0a1b.cn-shanghai.nas.aliyuncs.com", "path": "/"}},
                    {"mount_path": "/ds", "dataset": {"id": "d-owl"}},
                    {"mount_path": "/src", "git": {"repo": "https://codeup.aliyun.com/nest/rank.git"}},
                    {"mount_path": "/dev/shm", "empty_dir": {"medium": "memory"}}],
        "role_arn": "acs:ram::1357913579135791:role/owl"}"#;
    let of = Call::of_config(config).generate();
    assert_eq!(codes(&of, Severity::Error), ["permission-unknown"]);
    let asked =
        |known: &mut Known| known.datasets.extend([dataset("d-owl=oss://owl-sets/prey/").expect("a path")]);
    let of = Call::of_config(config).knowing(asked).generate();
    assert_eq!(
        statements(&of),
        [
            allow("oss:ListObjects", "acs:oss:*:*:owl-sets", "prey/*"),
            allow("oss:GetObject", "acs:oss:*:*:owl-sets/prey/*", ""),
            allow("cr:PullRepository", "acs:cr:cn-shanghai:1357913579135791:repository/nest/rank", ""),
            allow("cr:GetAuthorizationToken", "*", ""),
        ]
    );
    let titles: Vec<_> = of.elsewhere.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["NAS file system `0a1b.cn-shanghai.nas.aliyuncs.com`", "Git repository"]);
    let left_out = of.findings.iter().find(|it| it.rule == &rules::PERMISSION_LEFT_OUT).expect("left out");
    assert!(left_out.message.contains("paidataset:GetDataset"), "{left_out:?}");
    let config = config.replace("\"role_arn\"", "\"dockerAuth\": \"bmVzdDp4\", \"role_arn\"");
    let of = Call::of_config(&config).knowing(asked).generate();
    assert_eq!(statements(&of).len(), 2, "with a login the role pulls nothing");
}

#[test]
fn code_that_writes_into_an_encrypted_bucket_does_not_read_there() {
    let key = format!("acs:kms:cn-hangzhou:{ACCOUNT}:key/key-owl123");
    let of = Call::new(Workload::Dlc)
        .using("kms", &key)
        .using("oss", "list,read:oss://owl-train/prey/2026/")
        .using("oss", "write:oss://owl-runs/run-42/")
        .generate();
    assert_eq!(
        statements(&of),
        [
            allow("oss:ListObjects", "acs:oss:*:*:owl-train", "prey/2026/*"),
            allow("oss:GetObject", "acs:oss:*:*:owl-train/prey/2026/*", ""),
            allow(
                "oss:AbortMultipartUpload oss:ListParts oss:PutObject",
                "acs:oss:*:*:owl-runs/run-42/*",
                ""
            ),
            allow("kms:Decrypt kms:GenerateDataKey", &key, ""),
        ]
    );
    assert_decided(
        &of,
        &["oss:PutObject acs:oss:x:1:owl-runs/run-42/model.pt"],
        &[
            "oss:PutObject acs:oss:x:1:owl-runs/run-421/model.pt",
            "oss:PutObject acs:oss:x:1:owl-runs/run-42",
            "oss:GetObject acs:oss:x:1:owl-runs/run-42/model.pt",
            "oss:DeleteObject acs:oss:x:1:owl-runs/run-42/model.pt",
            "oss:ListObjects acs:oss:x:1:owl-runs@run-42/",
        ],
    );
    assert_eq!(of.nothing[0].place, "mounts and images");
}

#[test]
fn calls_without_a_resource_and_data_without_a_permission() {
    let of = Call::new(Workload::Dsw).using("dlc", "list,read").using("maxcompute", "owl_dw").generate();
    assert_eq!(statements(&of), [allow("paidlc:GetJob paidlc:ListJobs", "*", "")]);
    assert_eq!(of.findings.count_of(&rules::PERMISSION_STAR), 2);
    assert!(
        of.elsewhere.iter().any(|row| row.instruction.contains("USE owl_dw; ADD USER `RAM$<account>:role/"))
    );
}

#[test]
fn writing_logs_is_not_reading_them_and_a_root_is_said() {
    let config = r#"{"storage": [{"mount_path": "/s", "oss": {"path": "oss://owl-shared/", "readOnly": true}}],
        "role_arn": "acs:ram::1357913579135791:role/owl"}"#;
    let of = Call::of_config(config).using("sls", "write:owl-logs/serve").generate();
    assert_eq!(
        statements(&of),
        [
            allow("oss:ListObjects", "acs:oss:*:*:owl-shared", ""),
            allow("oss:GetObject", "acs:oss:*:*:owl-shared/*", ""),
            allow("log:PostLogStoreLogs", "acs:log:*:*:project/owl-logs/logstore/serve", ""),
        ]
    );
    assert_eq!(codes(&of, Severity::Warning), ["permission-whole-bucket"]);
    let log = "acs:log:x:1:project/owl-logs/logstore/serve";
    assert_decided(
        &of,
        &[],
        &[&format!("log:GetLogStoreLogs {log}"), &format!("log:PostLogStoreLogs {log}2")],
    );
}

#[test]
fn mounts_and_images_count_for_eas_alone() {
    for workload in Workload::ALL {
        let rows = permissions().mounts.iter().filter(|row| row.workload == workload).count();
        assert_eq!(rows, 1, "{workload}: the catalog does not say who reads its mounts");
        let mut call = Call::of_config(TWO_MOUNTS).using("oss", "read:oss://owl-data/extra/a.bin");
        call.workload = workload;
        let of = call.generate();
        let counts = workload == Workload::Eas;
        assert_eq!(statements(&of).len() > 1, counts, "{workload}");
        assert_eq!(of.nothing.iter().any(|it| it.place == "mounts and images"), !counts, "{workload}");
    }
}

#[test]
fn facts_about_a_bucket_stand_apart_from_its_listing() {
    let of = Call::new(Workload::Dlc).using("oss", "list,info:oss://owl/a/").generate();
    assert_decided(
        &of,
        &[
            "oss:GetBucketInfo acs:oss:x:1:owl",
            "oss:GetBucketStat acs:oss:x:1:owl",
            "oss:ListObjects acs:oss:x:1:owl@a/",
        ],
        &["oss:ListObjects acs:oss:x:1:owl", "oss:GetBucketInfo acs:oss:x:1:owl2"],
    );
}

#[test]
fn a_name_that_is_no_name_is_an_error_at_its_place() {
    for (path, code) in [
        ("oss://owl/models*/", "permission-name"),
        ("oss://owl/run-?/", "permission-name"),
        ("oss://owl/${run}/", "permission-name"),
        ("oss://owl/../etc/", "permission-name"),
        ("oss://YOUR_BUCKET/models/", "permission-name"),
        ("oss://owl.cn-hangzhou.oss-dls.aliyuncs.com/models/", "permission-hdfs"),
    ] {
        let config =
            format!("{{\"role_arn\": \"x\",\n\"storage\": [{{\"oss\": {{\"path\": \"{path}\"}}}}]}}");
        let of = Call::of_config(&config).generate();
        assert_eq!(codes(&of, Severity::Error), [code], "{path}");
        let found = of.findings.iter().find(|finding| finding.rule.code == code).expect(code);
        assert_eq!(found.place.map(|place| place.line), Some(2), "{path}");
        assert!(of.policies.is_empty(), "{path}");
    }
}

#[test]
fn images_that_no_role_pulls() {
    for (image, errors, warnings) in [
        ("crpi-0a1b-vpc.cn-hangzhou.personal.cr.aliyuncs.com/nest/rank:1", 1, 0),
        ("harbor.owl.example/nest/rank:1", 0, 1),
        ("ghcr.io/nest/rank:1", 0, 0),
    ] {
        let config = format!(
            r#"{{"containers": [{{"image": "{image}"}}], "model_path": "oss://owl/m.zip",
                "role_arn": "acs:ram::1357913579135791:role/owl"}}"#
        );
        let of = Call::of_config(&config).generate();
        let found = (codes(&of, Severity::Error).len(), codes(&of, Severity::Warning).len());
        assert_eq!(found, (errors, warnings), "{image}: {:?}", of.findings);
        assert_eq!(statements(&of), [allow("oss:GetObject", "acs:oss:*:*:owl/m.zip", "")], "{image}");
    }
}

#[test]
fn too_much_for_one_policy_is_split_and_too_much_for_a_role_is_an_error() {
    let folders = |count: usize| {
        let mut call = Call::new(Workload::Dsw);
        for number in 0..count {
            call = call.using("oss", &format!("list,read,write:oss://owl-{number:04}/a-rather-long-folder/"));
        }
        call.generate()
    };
    let of = folders(100);
    assert!(of.policies.len() > 2 && of.policies.len() <= 10, "{}", of.policies.len());
    for document in of.documents() {
        let report = check(&document, Some(DocumentKind::PermissionPolicy));
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
    assert!(of.verified.wrong.is_empty() && of.verified.allowed >= 100 * 6, "{:?}", of.verified);
    assert_eq!(codes(&folders(700), Severity::Error), ["permission-too-many"]);
}

#[test]
fn every_action_in_the_catalog_fits_its_service_and_none_is_a_known_slip() {
    let catalog = permissions();
    for need in &catalog.needs {
        for grant in &need.grants {
            let parts: Vec<_> = grant.resource.split(':').collect();
            assert!(grant.resource == "*" || parts.len() == 5, "{}", grant.resource);
            for action in &grant.actions {
                assert!(!catalog.not_actions.names.contains_key(action), "{action}");
                let (service, _) = action.split_once(':').expect(action);
                assert!(grant.resource == "*" || parts[1] == service, "{action} on {}", grant.resource);
                let is_list = action.ends_with(":ListObjects");
                assert_eq!(grant.prefix, is_list, "only listings carry a prefix: {action}");
            }
        }
    }
    for service in &catalog.services {
        assert!(service.also.as_ref().is_none_or(|id| catalog.elsewhere(id).is_some()), "{}", service.id);
        assert!(
            service.default.iter().all(|level| catalog.need(&service.id, level).is_some()),
            "{}",
            service.id
        );
    }
}
