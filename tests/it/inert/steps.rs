//! The commands of a plan, under stubs that record how they are called.

use ramrole::domain::plan::Plan;
use ramrole::domain::{json, question};
use serde_json::Value;

use super::{HOSTILE, answers, eas_answers, made};
use crate::recorder::{Recorder, shells};

const URI: &str = "http://localhost/$(touch pwned)`touch pwned`'\"; *";
const INSTANCE: &str = "dsw-1 '\"$(touch pwned)*";
/// The environment of the commands that verify the credential.
pub const ENVIRONMENT: [(&str, &str); 2] =
    [("ALIBABA_CLOUD_CREDENTIALS_URI", URI), ("DSW_INSTANCE_ID", INSTANCE)];

/// What the commands of a plan call, one after the other.
pub fn calls(plan: &Plan) -> Vec<Vec<String>> {
    let recorder = Recorder::new();
    let mut calls = Vec::new();
    for command in plan.steps.iter().flat_map(|step| &step.commands) {
        assert!(!command.contains(|c: char| c.is_control()), "{command:?}");
        // A pipe starts both its ends at once.
        let files = ["service-with-role.json", "present-trust-policy.json"];
        recorder.lay("service-with-role.json");
        let mut started = recorder.calls(command, &ENVIRONMENT, &files);
        started.sort();
        calls.extend(started);
    }
    calls
}

/// Whether the commands name such a service.
fn is_a_service_name(name: &str) -> bool {
    !name.starts_with('-') && !name.contains(char::is_control)
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A document of the plan as the one strict line in which an argument carries it.
fn argument(plan: &Plan, name: &str) -> String {
    let document = plan.documents.iter().find(|document| document.name == name).expect(name);
    json::compact(json::read(&document.text).expect(name).root())
}

fn attach_policies() -> [Vec<String>; 2] {
    [("System", "AliyunOSSReadOnlyAccess"), ("Custom", "my-own")].map(|(kind, name)| {
        words(&[
            "aliyun",
            "ram",
            "AttachPolicyToRole",
            "--PolicyType",
            kind,
            "--PolicyName",
            name,
            "--RoleName",
            "my.role",
        ])
    })
}

fn pass_role(plan: &Plan) -> [Vec<String>; 2] {
    let policy = argument(plan, "pass-role-policy.json");
    let (name, user) = ("pass-my-role", "alice");
    [
        words(&["aliyun", "ram", "CreatePolicy", "--PolicyName", name, "--PolicyDocument", &policy]),
        words(&[
            "aliyun",
            "ram",
            "AttachPolicyToUser",
            "--PolicyType",
            "Custom",
            "--PolicyName",
            name,
            "--UserName",
            user,
        ]),
    ]
}

fn run_and_verify() -> [Vec<String>; 3] {
    let verify =
        ["curl", "--silent", "--show-error", "--max-time", "3", "--noproxy", "*", "--output", "/dev/null"];
    let verify: Vec<_> = verify.into_iter().chain(["--write-out", "%{http_code}\\n", URI]).collect();
    [
        words(&["pip", "install", "alibabacloud_credentials", "oss2"]),
        words(&["python", "oss.py"]),
        words(&verify),
    ]
}

#[test]
fn the_steps_for_a_new_role_call_what_they_say() {
    for name in HOSTILE {
        let plan = made(&eas_answers("new", &[("running", "yes")]), name, "");
        let trust = argument(&plan, "trust-policy.json");
        let create =
            ["aliyun", "ram", "CreateRole", "--RoleName", "my.role", "--AssumeRolePolicyDocument", &trust];
        let mut expected = vec![words(&create)];
        expected.extend(attach_policies());
        expected.extend(pass_role(&plan));
        // No service has such a name: one would be read as an option, others as more than one line.
        if is_a_service_name(name) {
            expected.push(words(&["eascmd64", "modify", name, "-s", "service-with-role.json"]));
        }
        expected.extend(run_and_verify());
        assert_eq!(calls(&plan), expected, "{name:?}");
    }
}

#[test]
fn the_steps_for_an_existing_role_call_what_they_say() {
    for name in HOSTILE {
        let condition = serde_json::json!({"StringEquals": {name: [name]}});
        let trust = serde_json::json!({"Version": "1", "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"RAM": [name]}, "Condition": condition},
        ]});
        let answers = eas_answers("existing", &[("trust_policy", name)]);
        let plan = made(&answers, "rank", &trust.to_string());
        let merged = argument(&plan, "trust-policy.json");
        assert_eq!(
            serde_json::from_str::<Value>(&merged).expect("strict")["Statement"][0],
            trust["Statement"][0]
        );
        let update = [
            "aliyun",
            "ram",
            "UpdateRole",
            "--RoleName",
            "my.role",
            "--NewAssumeRolePolicyDocument",
            &merged,
        ];
        let mut expected = vec![words(&update)];
        expected.extend(attach_policies());
        expected.extend(pass_role(&plan));
        expected.push(words(&["eascmd64", "create", "service-with-role.json"]));
        expected.extend(run_and_verify());
        assert_eq!(calls(&plan), expected, "{name:?}");
    }
}

#[test]
fn the_trust_policy_that_is_not_at_hand_is_fetched_merged_and_put_back() {
    let plan = made(&eas_answers("existing", &[]), "rank", "");
    let mut expected = [
        words(&["aliyun", "ram", "GetRole", "--RoleName", "my.role"]),
        words(&["jq", "-r", ".Role.AssumeRolePolicyDocument"]),
        words(&["ramrole", "trust-policy", "eas", "--merge", "present-trust-policy.json", "--write"]),
        words(&["aliyun", "ram", "UpdateRole", "--RoleName", "my.role", "--NewAssumeRolePolicyDocument", ""]),
        words(&["cat", "present-trust-policy.json"]),
    ];
    // One command, whose calls are told in the order of their words.
    expected.sort();
    assert_eq!(calls(&plan)[..5], expected);
}

#[test]
fn changes_of_what_runs_call_what_they_say() {
    for name in HOSTILE.into_iter().filter(|name| is_a_service_name(name)) {
        let given = [("workload", "eas"), ("region", "cn-hangzhou"), ("role", "none"), ("running", "yes")];
        let given: Vec<_> = given.into_iter().chain([("service_config", name)]).collect();
        let call = ["aliyun", "eas", "UpdateService", "--ClusterId", "cn-hangzhou", "--ServiceName", name];
        let rest =
            ["--UpdateType", "replace", "--body-file", "service-with-role.json", "--region", "cn-hangzhou"];
        let expected: Vec<_> = call.into_iter().chain(rest).collect();
        assert_eq!(calls(&made(&answers(&given), name, "")), [words(&expected)], "{name:?}");
    }
    let given = [("workload", "dsw"), ("region", "cn-hangzhou"), ("role", "none"), ("running", "yes")];
    let call = ["aliyun", "pai-dsw", "UpdateInstance", "--InstanceId", INSTANCE];
    let rest = ["--body", r#"{"DisassociateCredential":true}"#, "--region", "cn-hangzhou"];
    let expected: Vec<_> = call.into_iter().chain(rest).collect();
    assert_eq!(calls(&made(&answers(&given), "", "")), [words(&expected)]);
}

#[test]
fn the_command_line_of_a_plan_carries_every_answer_as_it_is() {
    let recorder = Recorder::new();
    for name in HOSTILE {
        let present = format!("{name} present");
        let more = [
            ("service_config", name),
            ("trust_policy", &present),
            ("access", "oss,maxcompute"),
            ("project", name),
            ("workspace_id", name),
        ];
        let plan = made(&eas_answers("existing", &more), "rank", r#"{"Statement":[]}"#);
        let answers = eas_answers("existing", &more);
        let mut expected = words(&["ramrole", "plan"]);
        for question in question::ALL {
            if let Some(value) = (question.get)(&answers) {
                expected.extend([format!("--{}", question.flag()), value]);
            }
        }
        assert_eq!(recorder.calls(&plan.command_line, &[("LC_ALL", "C")], &[]), [expected], "{name:?}");
    }
}

#[test]
fn every_shell_calls_what_bash_calls() {
    let recorder = Recorder::new();
    let files = ["service-with-role.json", "present-trust-policy.json"];
    for name in HOSTILE {
        let condition = serde_json::json!({"StringEquals": {name: [name]}});
        let trust = serde_json::json!({"Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"RAM": [name]}, "Condition": condition},
        ]});
        let more = [
            ("running", "yes"),
            ("trust_policy", name),
            ("workspace_id", name),
            ("access", "oss,maxcompute"),
        ];
        let plan = made(
            &eas_answers("existing", &[&more[..], &[("project", name)]].concat()),
            name,
            &trust.to_string(),
        );
        let commands = plan.steps.iter().flat_map(|step| &step.commands).chain([&plan.command_line]);
        let script = commands.map(String::as_str).collect::<Vec<_>>().join("\n");
        let mut expected = recorder.calls(&script, &ENVIRONMENT, &files);
        assert!(expected.len() > 5, "{expected:?}");
        expected.sort();
        for shell in shells() {
            let mut calls = recorder.calls_in(shell, &script, &ENVIRONMENT, &files);
            calls.sort();
            assert_eq!(calls, expected, "{name:?} in {}", shell.name);
        }
    }
}
