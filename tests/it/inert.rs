//! Whatever names contain, what is meant for pasting does only what it says: each command under bash with
//! stubs that record their arguments, each literal read back by its own language.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use ramrole::domain::answers::Answers;
use ramrole::domain::plan::report;
use ramrole::domain::plan::{DocumentRole, Facts, Look, Plan, plan};
use ramrole::domain::{json, question, quote};
use serde_json::Value;

use crate::mirror;
use crate::recorder::Recorder;

/// Names as nobody should give them.
pub const HOSTILE: [&str; 46] = [
    "it's",
    "''",
    "'",
    "\"",
    "\\",
    "\\'",
    "'\\''",
    "$'x'",
    "$(touch pwned)",
    "`touch pwned`",
    "$HOME",
    "${PATH}",
    "; touch pwned",
    "& touch pwned &",
    "&& touch pwned",
    "|| touch pwned",
    "| touch pwned",
    "> pwned",
    "<(touch pwned)",
    "a\nb",
    "\ntouch pwned\n",
    "\r\n",
    "\t",
    " ",
    "  a  ",
    "!!",
    "!$",
    "~",
    "~root",
    "*",
    "?",
    "[a-z]*",
    "{a,b}",
    "#a",
    "a=b",
    "%s%n",
    "-rf",
    "--",
    "--region",
    "\u{1b}]0;title\u{7}",
    "\u{202e}gpj.exe",
    "\u{200b}",
    "\u{85}",
    "\u{feff}x",
    "名前 é😀",
    "```\n# h\n```",
];

/// Words of such pieces and of any characters at all, without NUL, which no argument can hold.
fn word() -> impl Strategy<Value = String> {
    let any = any::<char>().prop_filter("no argument holds NUL", |c| *c != '\0').prop_map(String::from);
    let ascii = (1..0x80_u8).prop_map(|byte| char::from(byte).to_string());
    let piece = prop_oneof![4 => select(HOSTILE.to_vec()).prop_map(str::to_owned), 3 => ascii, 1 => any];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Many samples at once, for a check that starts a slow program.
fn samples(count: usize) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let mut words: Vec<_> = HOSTILE.map(str::to_owned).to_vec();
    words.extend(vec(word(), count).new_tree(&mut runner).expect("samples").current());
    words
}

const LOCALES: [&str; 2] = ["C", "C.UTF-8"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_reach_a_program_as_they_are(words in vec(word(), 1..60)) {
        let recorder = Recorder::new();
        let all = ["ramrole".to_owned()].into_iter().chain(words).collect::<Vec<_>>();
        let command = quote::command(all.iter().map(String::as_str));
        prop_assert!(!command.contains(|c: char| c.is_control()), "{:?}", command);
        for locale in LOCALES {
            let calls = recorder.calls(&command, &[("LC_ALL", locale)], &[]);
            prop_assert_eq!(&calls, std::slice::from_ref(&all), "in the locale {}", locale);
        }
    }
}

#[test]
fn words_that_are_typed_reach_a_program_as_they_are() {
    let words = samples(300);
    let line = |word: &String| format!("{}\n", quote::command(["ramrole", word]));
    let lines = format!("aliyun x\n{}", words.iter().map(line).collect::<String>());
    let expected = [vec!["aliyun".to_owned(), "x".to_owned()]].into_iter();
    let expected: Vec<_> =
        expected.chain(words.into_iter().map(|word| vec!["ramrole".to_owned(), word])).collect();
    assert_eq!(Recorder::new().calls_when_typed(&lines), expected);
}

#[test]
fn a_value_is_never_an_option() {
    let command = quote::call(&["aliyun", "ram", "GetRole"], &[("--RoleName", "-x $(y)"), ("--To", "z")]);
    assert_eq!(command, "aliyun ram GetRole --RoleName='-x $(y)' --To z");
    let expected =
        ["aliyun", "ram", "GetRole", "--RoleName=-x $(y)", "--To", "z"].map(str::to_owned).to_vec();
    assert_eq!(Recorder::new().calls_when_typed(&format!("{command}\n")), [expected]);
}

/// Runs a program on an input; `None` with a word about it where the program is not installed.
fn filter(program: &str, arguments: &[&str], folder: &Path, input: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("PYTHONUTF8", "1").env("CHECKPOINT_DISABLE", "1");
    command
        .env("TF_CLI_CONFIG_FILE", "/dev/null")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("skipped: {program} is not installed");
        return None;
    };
    child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("the input");
    let output = child.wait_with_output().expect(program);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}{}", String::from_utf8_lossy(&output.stdout));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[test]
fn python_reads_each_literal_as_the_text() {
    const READER: &str = "import ast, sys\nfor line in sys.stdin.read().split('\\n')[:-1]:\n    \
                          print(ast.literal_eval(line).encode().hex())";
    let words = samples(3000);
    let literals = words.iter().map(|word| quote::python(word) + "\n").collect::<Vec<_>>().concat();
    assert_eq!(literals.lines().count(), words.len(), "a literal keeps to its line");
    let Some(read) = filter("python3", &["-c", READER], Path::new("/"), &literals) else { return };
    for (word, read) in words.iter().zip(read.lines()) {
        assert_eq!(read, hex(word), "{word:?} as {}", quote::python(word));
    }
    assert_eq!(read.lines().count(), words.len());
}

#[test]
fn terraform_reads_each_literal_as_the_text() {
    let folder = tempfile::tempdir().expect("a folder");
    // Terraform normalises what it reads (NFC), so characters that this changes are left out.
    let plain = |word: &String| word.chars().all(|c| c.is_ascii() || HOSTILE.iter().any(|it| it.contains(c)));
    let words: Vec<_> = samples(1500)
        .into_iter()
        .chain(["${x}", "%{if x}", "$${x}", "%%{x}", "$", "%", "$$", "a${", "%{"].map(str::to_owned))
        .filter(plain)
        .collect();
    let literals: Vec<_> = words.iter().map(|word| format!("  {},\n", quote::terraform(word))).collect();
    let literals = literals.concat();
    fs::write(folder.path().join("words.tf"), format!("locals {{\n  words = [\n{literals}  ]\n}}\n"))
        .expect("words");
    let ask = "join(\" \", [for word in local.words : base64encode(word)])\n";
    let Some(read) = filter("terraform", &["console"], folder.path(), ask) else { return };
    let mut decoded = read.trim().trim_matches('"').split(' ');
    for word in &words {
        assert_eq!(decoded.next(), Some(base64(word).as_str()), "{word:?} as {}", quote::terraform(word));
    }
    assert_eq!(decoded.next(), None);
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            encoded.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    encoded
}

#[test]
fn terraform_takes_every_main_tf_and_would_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut texts: Vec<String> = mirror::plans().into_iter().filter_map(|plan| main_tf(&plan)).collect();
    texts.extend(
        HOSTILE
            .iter()
            .filter_map(|name| main_tf(&made(&eas_answers("new", &[("workspace_id", name)]), "s", "{}"))),
    );
    texts.sort();
    texts.dedup();
    for (index, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("{index}.tf")), text).expect("main.tf");
    }
    let Some(listed) = filter("terraform", &["fmt", "-check", "-list=true"], folder.path(), "") else {
        return;
    };
    assert_eq!(listed, "");
    println!("{} different main.tf", texts.len());
}

fn main_tf(plan: &Plan) -> Option<String> {
    let document = plan.documents.iter().find(|document| document.role == DocumentRole::Terraform)?;
    Some(document.text.clone())
}

fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (key, text) in given {
        let question = question::find(key).expect(key);
        answers.set(question, text).unwrap_or_else(|problem| panic!("{problem}"));
    }
    answers
}

/// A custom role for an EAS service, with all that hangs on it.
fn eas_answers(origin: &str, more: &[(&str, &str)]) -> Answers {
    let mut given = vec![
        ("workload", "eas"),
        ("region", "cn-hangzhou"),
        ("role", "custom"),
        ("role_origin", origin),
        ("role_name", "my.role"),
        ("account", "1234567890123456"),
        ("creator", "user"),
        ("user", "alice"),
        ("policies", "AliyunOSSReadOnlyAccess,my-own"),
        ("access", "oss"),
        ("bucket", "my-bucket"),
        ("service_config", "service.json"),
    ];
    given.extend(more);
    answers(&given)
}

/// The plan, where every file that it looks at has to do with this service or this trust policy.
fn made(answers: &Answers, service: &str, trust: &str) -> Plan {
    let config = serde_json::json!({
        "metadata": {"name": service},
        "storage": [{"mount_path": service, "oss": {"path": format!("oss://b/{service}")}}],
    });
    let mut facts = Facts::default();
    if let Some(path) = &answers.service_config {
        facts.learn(Look::File(path.clone()), Ok(config.to_string()));
    }
    if let Some(path) = &answers.trust_policy {
        facts.learn(Look::File(path.clone()), Ok(trust.to_owned()));
    }
    plan(answers, &facts).unwrap_or_else(|missing| panic!("{missing:?}"))
}

const URI: &str = "http://localhost/$(touch pwned)`touch pwned`'\"; *";
const INSTANCE: &str = "dsw-1 '\"$(touch pwned)*";
const ENVIRONMENT: [(&str, &str); 2] =
    [("ALIBABA_CLOUD_CREDENTIALS_URI", URI), ("DSW_INSTANCE_ID", INSTANCE)];

/// What the commands of a plan call, one after the other.
fn calls(plan: &Plan) -> Vec<Vec<String>> {
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
        // Such a name would be read as an option.
        if !name.starts_with('-') {
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
    for name in HOSTILE.into_iter().filter(|name| !name.starts_with('-')) {
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

/// The code blocks of a Markdown text, found as `CommonMark` finds them.
fn fenced_blocks(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks < 3 || line[ticks..].contains('`') {
            assert!(!line.trim_start().starts_with("~~~"), "{line}");
            continue;
        }
        let closes =
            |line: &&str| line.trim_end().len() >= ticks && line.trim_end().bytes().all(|byte| byte == b'`');
        let inside: Vec<_> = lines.by_ref().take_while(|line| !closes(line)).collect();
        blocks.push(inside.join("\n"));
    }
    blocks
}

#[test]
fn the_readme_holds_the_commands_and_nothing_else_to_paste() {
    for name in HOSTILE {
        let more =
            [("service_config", name), ("running", "yes"), ("access", "maxcompute"), ("project", name)];
        let plan = made(&eas_answers("new", &more), name, "");
        let readme = report::readme(&plan);
        let steps = plan.steps.iter().filter(|step| !step.commands.is_empty());
        let mut expected: Vec<_> = steps.map(|step| step.commands.join("\n")).collect();
        expected.push(plan.command_line.clone());
        assert_eq!(fenced_blocks(&readme), expected, "{readme}");
        let steers = |c: char| ramrole::domain::text::steers_a_terminal(c) && c != '\n';
        assert!(!readme.contains(steers), "{readme:?}");
    }
}

#[test]
fn the_blocks_of_the_readme_call_what_the_steps_call() {
    let recorder = Recorder::new();
    for name in HOSTILE.into_iter().step_by(5) {
        let plan = made(&eas_answers("new", &[("running", "yes")]), name, "");
        let blocks = fenced_blocks(&report::readme(&plan));
        let (again, steps) = blocks.split_last().expect("a block");
        assert_eq!(*again, plan.command_line);
        assert_eq!(recorder.calls(&steps.join("\n"), &ENVIRONMENT, &[]), calls(&plan));
    }
}
