//! Which source of credentials wins: each client's chain, step by step, on made-up machines. The real clients are asked in
//! `tests/interop/who.py`.

use std::collections::BTreeMap;

use ramrole::domain::chain::{
    Chain, Client, Environment, Evidence, Kind, Reading, Step, child_environment, findings, is_shadowed,
    left_over, report, resolve,
};
use ramrole::domain::finding::Finding;

const ID: (&str, &str) = ("ALIBABA_CLOUD_ACCESS_KEY_ID", "made-up-id");
const SECRET: (&str, &str) = ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "made-up-secret");
const URI: (&str, &str) = ("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:1/made-up-path");
const ROLE: (&str, &str) = ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1234567890123456:role/made-up");
const PROVIDER: (&str, &str) = ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "made-up");
const TOKEN_FILE: (&str, &str) = ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/token");
const NO_METADATA: (&str, &str) = ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");

const CONFIG: &str = "/home/user/.aliyun/config.json";
const JAVA_CONFIG: &str = "/home/account/.aliyun/config.json";
const INI: &str = "/home/user/.alibabacloud/credentials.ini";
const JAVA_INI: &str = "/home/account/.alibabacloud/credentials.ini";
const BARE_INI: &str = "/home/user/.alibabacloud/credentials";

/// A machine: variables and files.
#[derive(Clone, Default)]
struct Machine {
    variables: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl Machine {
    fn new() -> Self {
        Self::default().set(&[("HOME", "/home/user")])
    }

    fn set(mut self, variables: &[(&str, &str)]) -> Self {
        self.variables.extend(variables.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        self
    }

    fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }

    /// The CLI's config file, where every client looks.
    fn config(self, text: &str) -> Self {
        self.file(CONFIG, text).file(JAVA_CONFIG, text)
    }

    /// An ini file, where every client looks.
    fn ini(self, text: &str) -> Self {
        self.file(INI, text).file(BARE_INI, text).file(JAVA_INI, text)
    }

    fn evidence(&self) -> Evidence {
        let environment = Environment::of(|name| self.variables.get(name).cloned());
        let read = |path: &str| match self.files.get(path) {
            Some(text) => Reading::Text(text.clone()),
            None => Reading::Missing,
        };
        Evidence::gather(environment, Some("/home/account".into()), read, |path| {
            self.files.contains_key(path)
        })
    }

    fn chain(&self, client: Client) -> Chain {
        resolve(client, &self.evidence())
    }

    /// What each client takes, by its step; `fails` where the chain ends with an error.
    fn takes(&self) -> [&'static str; 6] {
        Client::ALL.map(|client| {
            let chain = self.chain(client);
            match chain.decided_at().map(|at| &chain.steps[at]) {
                Some(decided) if decided.outcome.kind == Kind::Fails => "fails",
                Some(decided) => decided.step.key(),
                None => "none",
            }
        })
    }

    fn step(&self, client: Client, step: Step) -> (Kind, String) {
        let chain = self.chain(client);
        let judged = chain.steps.into_iter().find(|judged| judged.step == step).expect("a step");
        (judged.outcome.kind, judged.outcome.why)
    }
}

fn profile(mode: &str, keys: &str) -> String {
    format!(
        "{{\n  \"current\": \"default\",\n  \"profiles\": [\n    {{\"name\": \"default\", \"mode\": \"{mode}\"{keys}}}\n  ]\n}}\n"
    )
}

const KEYS: &str = r#", "access_key_id": "made-up-id", "access_key_secret": "made-up-secret""#;
const SECTION: &str = "[default]\nenable = true\ntype = access_key\naccess_key_id = made-up-id\naccess_key_secret = made-up-secret\n";

fn advice(findings: &[Finding]) -> Vec<(&str, String, &str)> {
    let place = |finding: &Finding| match (&finding.document, finding.place) {
        (Some(document), Some(place)) => format!("{document}:{}", place.line),
        _ => String::new(),
    };
    findings.iter().map(|finding| (finding.rule.code, place(finding), finding.advice())).collect()
}

#[test]
fn the_chains_have_the_order_of_the_clients_sources() {
    let orders = Client::ALL.map(|client| {
        let steps = Machine::new().chain(client).steps;
        format!(
            "{}: {}",
            client.key(),
            steps.iter().map(|judged| judged.step.key()).collect::<Vec<_>>().join(" ")
        )
    });
    assert_eq!(
        orders,
        [
            "python: environment oidc cli-profile ini-file ecs-metadata uri",
            "python-legacy: environment oidc ini-file ecs-metadata uri",
            "go: environment oidc cli-profile ini-file ecs-metadata uri",
            "node: environment oidc cli-profile ini-file ecs-metadata uri",
            "java: system-properties environment oidc cli-profile ini-file ecs-metadata uri",
            "cli: cli-profile anonymous environment oidc bearer uri",
        ]
    );
}

#[test]
fn with_nothing_but_the_uri_all_sdks_take_the_role() {
    let machine = Machine::new().set(&[URI]);
    assert_eq!(machine.takes(), ["uri", "uri", "uri", "uri", "uri", "none"]);
    assert!(!is_shadowed(&findings(&machine.evidence())));
}

#[test]
fn keys_in_the_environment_win_everywhere() {
    let machine = Machine::new().set(&[ID, SECRET, URI]);
    assert_eq!(machine.takes(), ["environment"; 6]);
    let evidence = machine.evidence();
    let fix = "unset ALIBABA_CLOUD_ACCESS_KEY_ID ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    assert_eq!(advice(&findings(&evidence))[0], ("credential-shadowed", String::new(), fix));
    assert!(is_shadowed(&findings(&evidence)));
}

#[test]
fn half_a_key_pair_is_none() {
    let machine = Machine::new().set(&[ID, URI]);
    assert_eq!(machine.takes(), ["uri", "uri", "uri", "uri", "uri", "none"]);
    let why = machine.step(Client::Go, Step::Environment).1;
    assert_eq!(why, "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set");
}

#[test]
fn an_empty_key_ends_the_legacy_chain_alone() {
    let machine = Machine::new().set(&[ID, (SECRET.0, ""), URI]);
    assert_eq!(machine.takes(), ["uri", "fails", "uri", "uri", "uri", "none"]);
    assert!(is_shadowed(&findings(&machine.evidence())));
}

#[test]
fn a_profile_in_the_environment_hides_the_keys_from_the_legacy_chain() {
    for profile in ["other", ""] {
        let machine = Machine::new().set(&[ID, SECRET, URI, ("ALIBABA_CLOUD_PROFILE", profile)]);
        assert_eq!(machine.takes()[..3], ["environment", "uri", "environment"], "{profile:?}");
    }
}

#[test]
fn oidc_needs_three_variables_and_the_file() {
    let all = [ROLE, PROVIDER, TOKEN_FILE, URI];
    let machine = Machine::new().set(&all).file("/token", "made-up");
    assert_eq!(machine.takes(), ["oidc", "oidc", "oidc", "oidc", "oidc", "fails"]);
    let without_file = Machine::new().set(&all);
    assert_eq!(without_file.takes(), ["uri", "fails", "uri", "uri", "uri", "fails"]);
    let partly = Machine::new().set(&[ROLE, TOKEN_FILE, URI]).file("/token", "made-up");
    assert_eq!(partly.takes(), ["uri", "uri", "uri", "uri", "uri", "none"]);
}

#[test]
fn the_metadata_service_is_named_but_not_taken_for_an_answer() {
    let machine = Machine::new().set(&[URI]);
    assert_eq!(machine.step(Client::Node, Step::EcsMetadata).0, Kind::Probes);
    let off = machine.clone().set(&[NO_METADATA]);
    assert_eq!(off.step(Client::Node, Step::EcsMetadata).0, Kind::Passes);
    let codes = |machine: &Machine| {
        findings(&machine.evidence()).iter().map(|finding| finding.rule.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&machine), ["credential-metadata-first", "credential-cli-profile"]);
    assert_eq!(codes(&off), ["credential-cli-profile"]);
}

#[test]
fn the_legacy_chain_ends_at_the_metadata_service_once_it_is_told_of_one() {
    for role in ["made-up", ""] {
        let machine = Machine::new().set(&[URI, NO_METADATA, ("ALIBABA_CLOUD_ECS_METADATA", role)]);
        assert_eq!(machine.takes(), ["uri", "ecs-metadata", "uri", "uri", "uri", "none"], "{role:?}");
        assert_eq!(advice(&findings(&machine.evidence()))[0].2, "unset ALIBABA_CLOUD_ECS_METADATA");
    }
}

#[test]
fn a_profile_of_the_cli_wins_in_all_but_the_legacy_client() {
    let machine = Machine::new().set(&[URI, NO_METADATA]).config(&profile("AK", KEYS));
    assert_eq!(
        machine.takes(),
        ["cli-profile", "uri", "cli-profile", "cli-profile", "cli-profile", "cli-profile"]
    );
    let evidence = machine.evidence();
    let findings = findings(&evidence);
    let sdk = "export ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true, or aliyun configure delete --profile default";
    assert!(advice(&findings).contains(&("credential-shadowed", format!("{CONFIG}:4"), sdk)), "{findings:?}");
    let disabled = machine.set(&[("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "True")]);
    assert_eq!(disabled.takes(), ["uri", "uri", "uri", "uri", "uri", "cli-profile"]);
}

#[test]
fn the_environment_fills_in_for_a_profile_but_not_in_java() {
    let machine =
        Machine::new().set(&[SECRET, URI]).config(&profile("AK", r#", "access_key_id": "made-up-id""#));
    assert_eq!(machine.takes(), ["cli-profile", "uri", "cli-profile", "cli-profile", "uri", "cli-profile"]);
    let empty = r#", "access_key_id": "made-up-id", "access_key_secret": """#;
    let machine = Machine::new().set(&[URI]).config(&profile("AK", empty));
    assert_eq!(machine.takes(), ["uri", "uri", "uri", "uri", "cli-profile", "fails"]);
}

#[test]
fn a_session_of_no_seconds_is_the_default_for_go_and_node() {
    let role =
        format!("{KEYS}, \"ram_role_arn\": \"made-up\", \"ram_session_name\": \"x\", \"expired_seconds\":");
    let zero = Machine::new().set(&[URI]).config(&profile("RamRoleArn", &format!("{role} 0")));
    assert_eq!(zero.takes(), ["uri", "uri", "cli-profile", "cli-profile", "uri", "cli-profile"]);
    let short = Machine::new().set(&[URI]).config(&profile("RamRoleArn", &format!("{role} 899")));
    assert_eq!(short.takes(), ["uri", "uri", "uri", "uri", "uri", "cli-profile"]);
}

#[test]
fn profiles_that_lead_in_a_circle_crash_go_and_java() {
    let circle = r#", "source_profile": "default", "ram_role_arn": "made-up", "ram_session_name": "x""#;
    let machine = Machine::new().set(&[URI]).config(&profile("ChainableRamRoleArn", circle));
    assert_eq!(machine.takes(), ["uri", "uri", "fails", "uri", "fails", "cli-profile"]);
}

#[test]
fn a_mode_that_sdks_do_not_read_is_passed_over_and_the_cli_takes_the_uri_by_it() {
    let machine = Machine::new().set(&[URI]).config(&profile("CredentialsURI", ""));
    assert_eq!(machine.takes(), ["uri"; 6]);
    let forbidden = machine.set(&[("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", "1")]);
    assert_eq!(forbidden.takes()[5], "fails");
    let unknown = Machine::new().set(&[URI]).config(&profile("ak", KEYS));
    assert_eq!(unknown.takes(), ["uri", "uri", "uri", "uri", "uri", "fails"]);
}

#[test]
fn the_environment_selects_the_profile() {
    let machine = Machine::new().set(&[URI]).config(&profile("AK", KEYS));
    let other = machine.clone().set(&[("ALIBABA_CLOUD_PROFILE", "nobody")]);
    assert_eq!(other.takes(), ["uri", "uri", "uri", "uri", "uri", "fails"]);
    let ignored = machine.set(&[("ALIBABA_CLOUD_IGNORE_PROFILE", "TRUE")]);
    assert_eq!(ignored.takes()[5], "none");
    let lower = ignored.set(&[("ALIBABA_CLOUD_IGNORE_PROFILE", "true")]);
    assert_eq!(lower.takes()[5], "cli-profile");
}

#[test]
fn a_broken_config_file_stops_the_cli_and_strict_readers_pass_it_over() {
    let broken = Machine::new().set(&[URI]).config("{\n  \"current\":\n");
    assert_eq!(broken.takes(), ["uri", "uri", "uri", "uri", "uri", "fails"]);
    assert!(broken.step(Client::Node, Step::CliProfile).1.starts_with(&format!("{CONFIG}:")));
    let comment = Machine::new().set(&[URI]).config(&format!("// mine\n{}", profile("AK", KEYS)));
    assert_eq!(comment.takes(), ["uri", "uri", "uri", "uri", "cli-profile", "fails"]);
}

#[test]
fn a_go_program_reads_another_config_file_where_it_is_told_to() {
    let machine = Machine::new()
        .set(&[URI, ("ALIBABA_CLOUD_CONFIG_FILE", "/mine.json")])
        .file("/mine.json", &profile("AK", KEYS));
    assert_eq!(machine.takes(), ["uri", "uri", "cli-profile", "uri", "uri", "none"]);
}

#[test]
fn a_section_of_the_ini_file_wins_in_all_sdks() {
    let machine = Machine::new().set(&[URI, NO_METADATA]).ini(SECTION);
    assert_eq!(machine.takes(), ["ini-file", "ini-file", "ini-file", "ini-file", "ini-file", "none"]);
    let evidence = machine.evidence();
    let findings = findings(&evidence);
    let fix = format!("export ALIBABA_CLOUD_CREDENTIALS_FILE=/dev/null, or mv -- {INI} {INI}.off");
    assert!(advice(&findings).contains(&("credential-shadowed", format!("{INI}:1"), &fix)), "{findings:?}");
    let elsewhere = machine.set(&[("ALIBABA_CLOUD_CREDENTIALS_FILE", "/dev/null")]);
    assert_eq!(elsewhere.takes(), ["uri", "uri", "uri", "uri", "uri", "none"]);
}

#[test]
fn java_asks_for_a_switch_in_the_section_and_looks_below_the_accounts_home() {
    let machine = Machine::new().set(&[URI]).ini(&SECTION.replace("enable = true\n", ""));
    assert_eq!(machine.takes()[4], "uri");
    let elsewhere = Machine::new()
        .set(&[URI, ("JAVA_TOOL_OPTIONS", "-Duser.home=/other")])
        .file("/other/.alibabacloud/credentials.ini", SECTION);
    assert_eq!(elsewhere.takes(), ["uri", "uri", "uri", "uri", "ini-file", "none"]);
}

#[test]
fn the_readers_of_ini_files_differ() {
    // Python, its legacy client, Go, Node, Java.
    let facts = [
        (
            "type = access_key",
            "type = access_key # mine",
            ["ini-file", "ini-file", "ini-file", "ini-file", "ini-file"],
        ),
        ("type = access_key", "type: access_key", ["ini-file", "ini-file", "ini-file", "uri", "uri"]),
        ("type = access_key", "TYPE = access_key", ["ini-file", "ini-file", "uri", "uri", "uri"]),
        (
            "type = access_key",
            "type = \"access_key\"",
            ["uri", "ini-file", "ini-file", "ini-file", "ini-file"],
        ),
        ("type = access_key", "type = sts", ["uri", "ini-file", "uri", "uri", "ini-file"]),
        ("type = access_key\n", "", ["uri", "fails", "uri", "uri", "uri"]),
        ("[default]", "[default] # mine", ["ini-file", "ini-file", "ini-file", "uri", "ini-file"]),
        ("[default]", "[ default ]", ["uri", "uri", "uri", "ini-file", "ini-file"]),
        ("made-up-secret", "made%up", ["uri", "ini-file", "ini-file", "ini-file", "ini-file"]),
        ("made-up-secret", "#made-up", ["uri", "uri", "uri", "uri", "uri"]),
        (
            "made-up-secret\n",
            "made-up\ntype = access_key\n",
            ["uri", "fails", "ini-file", "ini-file", "ini-file"],
        ),
        ("made-up-secret\n", "made-up\nwhat is this\n", ["uri", "fails", "uri", "ini-file", "ini-file"]),
        ("[default]", "[other]", ["uri", "uri", "uri", "uri", "uri"]),
    ];
    for (from, to, expected) in facts {
        let machine = Machine::new().set(&[URI]).ini(&SECTION.replacen(from, to, 1));
        assert_eq!(machine.takes()[..5], expected, "{to:?}");
    }
}

#[test]
fn types_of_sections_are_read_by_some_and_end_the_legacy_chain() {
    let section = |text: &str| {
        Machine::new().set(&[URI, NO_METADATA]).ini(&format!("[default]\nenable = true\n{text}"))
    };
    let metadata = section("type = ecs_ram_role\nrole_name = made-up\n");
    assert_eq!(metadata.takes()[..5], ["uri", "ini-file", "uri", "uri", "uri"]);
    let pair = "type = rsa_key_pair\npublic_key_id = made-up\nprivate_key_file = /key\n";
    assert_eq!(section(pair).takes()[..5], ["uri", "fails", "uri", "uri", "uri"]);
    let with_key = section(pair).file("/key", "made-up");
    assert_eq!(with_key.takes()[..5], ["ini-file", "ini-file", "uri", "uri", "ini-file"]);
    let role = section("type = ram_role_arn\naccess_key_id = a\naccess_key_secret = b\nrole_arn = c\n");
    assert_eq!(role.takes()[..5], ["ini-file", "fails", "uri", "ini-file", "uri"]);
}

#[test]
fn the_root_folder_is_where_the_legacy_chain_looks_first() {
    let machine = Machine::new().set(&[URI]).file("/.alibabacloud/credentials.ini", SECTION);
    assert_eq!(machine.takes(), ["uri", "ini-file", "uri", "uri", "uri", "none"]);
}

#[test]
fn system_properties_are_seen_where_the_environment_sets_them() {
    let options =
        "-Xmx1g -Dalibabacloud.accessKeyId=made-up-id -Dalibabacloud.accessKeySecret=made-up-secret";
    let machine = Machine::new().set(&[URI, NO_METADATA, ("JAVA_TOOL_OPTIONS", options)]);
    assert_eq!(machine.takes(), ["uri", "uri", "uri", "uri", "system-properties", "none"]);
    let evidence = machine.evidence();
    let fix = "take -Dalibabacloud.accessKeyId and its secret out of JAVA_TOOL_OPTIONS";
    assert_eq!(advice(&findings(&evidence))[0].2, fix);
}

#[test]
fn the_cli_knows_other_spellings_and_tokens() {
    let other = [("ALICLOUD_ACCESS_KEY_ID", "made-up"), ("ACCESS_KEY_SECRET", "made-up"), URI];
    assert_eq!(Machine::new().set(&other).takes(), ["uri", "uri", "uri", "uri", "uri", "environment"]);
    let bearer = [("ALIBABA_CLOUD_BEARER_TOKEN", "made-up"), URI];
    assert_eq!(Machine::new().set(&bearer).takes()[5], "bearer");
    let anonymous = [("ALIBABA_CLOUD_PROFILE_MODE", "anonymous"), ID, SECRET, URI];
    assert_eq!(Machine::new().set(&anonymous).takes()[5], "anonymous");
    assert_eq!(Machine::new().set(&[ID, SECRET, ROLE, URI]).takes()[5], "fails");
}

/// A machine with everything in the way at once.
fn cluttered() -> Machine {
    Machine::new()
        .set(&[ID, SECRET, URI, ROLE, PROVIDER, TOKEN_FILE, ("ALIBABA_CLOUD_PROFILE", "default")])
        .set(&[("ALIBABA_CLOUD_SECURITY_TOKEN", "made-up-token"), ("ALIBABA_CLOUD_ECS_METADATA", "made-up")])
        .set(&[("ALIBABA_CLOUD_BEARER_TOKEN", "made-up-bearer")])
        .file("/token", "made-up-oidc-token")
        .config(&profile("AK", KEYS))
        .ini(SECTION)
}

#[test]
fn nothing_that_is_printed_holds_a_secret() {
    let evidence = cluttered().evidence();
    let printed =
        [format!("{evidence:?}"), report::text(&evidence), report::json(&evidence).to_string()].concat();
    for secret in [
        "made-up-id",
        "made-up-secret",
        "made-up-token",
        "made-up-bearer",
        "made-up-oidc-token",
        "made-up-path",
    ] {
        assert!(!printed.contains(secret), "{secret}");
    }
}

#[test]
fn names_from_files_cannot_steer_a_terminal() {
    let name = "a\\u001b[31m\\nb";
    let config = profile("AK", KEYS).replace("default", name);
    let machine =
        Machine::new().set(&[URI]).config(&config).ini("[default]\nenable = true\ntype = \u{1b}[31m\n");
    let evidence = machine.evidence();
    let shown: Vec<String> = findings(&evidence)
        .into_iter()
        .map(|found| [found.message.as_str(), found.advice()].concat())
        .collect();
    let shown = [report::text(&evidence), shown.concat()].concat();
    assert!(shown.contains("a␛[31m␊b") && !shown.contains('\u{1b}'), "{shown}");
    assert!(shown.contains(r#"--profile 'a'"$(printf '\033')"'[31m'"$(printf '\012\142')""#), "{shown}");
}

#[test]
fn a_child_takes_the_uri_in_every_sdk() {
    let machine = cluttered();
    let mut child = machine.clone();
    for (name, value) in child_environment(&machine.evidence()) {
        child.variables.remove(name);
        child.variables.extend(value.map(|value| (name.to_owned(), value)));
    }
    assert_eq!(child.takes(), ["uri", "uri", "uri", "uri", "uri", "cli-profile"]);
    let left: Vec<String> = left_over(&machine.evidence()).into_iter().map(|found| found.message).collect();
    assert_eq!(
        left,
        ["profile default of the aliyun CLI is taken instead of the instance's role by aliyun CLI"]
    );
}

#[test]
fn a_child_of_the_cli_is_given_the_profile_that_takes_the_uri() {
    let by_uri = r#"{"name": "role", "mode": "CredentialsURI"}"#;
    let config = format!(
        r#"{{"current": "default", "profiles": [{{"name": "default", "mode": "AK"{KEYS}}}, {by_uri}]}}"#
    );
    let evidence = Machine::new().set(&[URI]).config(&config).evidence();
    assert!(child_environment(&evidence).contains(&("ALIBABA_CLOUD_PROFILE", Some("role".into()))));
    assert_eq!(left_over(&evidence), []);
}

#[test]
fn without_a_uri_there_is_nothing_to_stand_before() {
    let evidence = Machine::new().set(&[ID, SECRET]).evidence();
    let found = findings(&evidence);
    assert_eq!(advice(&found)[0].0, "credential-no-uri");
    assert_eq!((found.len(), is_shadowed(&found)), (1, false));
}

#[test]
fn rows_tell_what_each_client_takes() {
    let rows = report::rows(&Machine::new().set(&[ID, SECRET, URI]).evidence());
    assert_eq!(rows.iter().map(|row| row.mark).collect::<Vec<_>>(), [report::Mark::Other; 6]);
    let node = &rows[3];
    assert_eq!((node.client, node.takes.as_str()), (Client::Node, "the keys in the environment"));
    let words: Vec<&str> = node.steps.iter().map(|step| step.word.as_str()).collect();
    assert_eq!(words, ["wins", "(passes)", "(passes)", "(passes)", "(probes)", "(wins)"]);
}

#[test]
fn a_proxy_that_the_python_clients_would_ask_is_told() {
    let machine = Machine::new().set(&[URI, NO_METADATA, ("HTTP_PROXY", "http://me:CANARY@proxy.example:1")]);
    let seen = machine.evidence();
    let found = findings(&seen);
    let proxy = found.iter().find(|finding| finding.rule.code == "credential-proxy").expect("the proxy");
    assert!(
        proxy.message.contains("Python, Client() and Python, providers")
            && proxy.message.ends_with("through HTTP_PROXY")
    );
    assert_eq!(proxy.advice(), "unset HTTP_PROXY");
    assert!(is_shadowed(&found) && !format!("{seen:?}{found:?}").contains("CANARY"));
    assert!(child_environment(&seen).contains(&("HTTP_PROXY", None)));
    assert!(!is_shadowed(&left_over(&seen)));
}

#[test]
fn python_asks_cloud_sso_also_with_an_empty_token() {
    let profile = |token: &str| {
        let text = r#"{"current": "a", "profiles": [{"name": "a", "mode": "CloudSSO",
            "cloud_sso_sign_in_url": "https://signin.example.com/start", "cloud_sso_account_id": "1",
            "cloud_sso_access_config": "ac", "cloud_sso_access_token_expire": 4102444800, "access_token": TOKEN}]}"#;
        let mut machine = Machine::new().set(&[URI, NO_METADATA]);
        machine.files.insert(CONFIG.to_owned(), text.replace("TOKEN", token));
        machine.evidence()
    };
    let winner = |client, token| resolve(client, &profile(token)).winner().map(|judged| judged.step);
    assert_eq!(winner(Client::Python, "\"\""), Some(Step::CliProfile));
    assert_eq!(winner(Client::Python, "null"), Some(Step::Uri));
    assert_eq!(winner(Client::Node, "\"\""), Some(Step::Uri));
}
