//! The code to take away: whatever is filled in, each file is a program of its language, and a value stays
//! inside its literal.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use ramrole::domain::answers::Answers;
use ramrole::domain::catalog::{Access, Network, Workload};
use ramrole::domain::code::{Code, Language, Values, code, snippets};
use ramrole::domain::plan::{Facts, plan};
use ramrole::domain::secret::MASK;
use serde_json::json;

use crate::inert::HOSTILE;
use crate::recorder::Recorder;

/// All ways of giving some values and leaving others out.
fn some_values() -> Vec<Values> {
    let networks = [None, Some(Network::Internal), Some(Network::Public)];
    let given = |bits: usize, bit: usize, text: &str| (bits >> bit & 1 == 1).then(|| text.to_owned());
    let values = |bits: usize| Values {
        region: given(bits, 0, "cn-hangzhou").map(|text| text.parse().expect("a region")),
        network: None,
        bucket: given(bits, 1, "my-bucket"),
        project: given(bits, 2, "my_project"),
        workspace_id: given(bits, 3, "12345"),
    };
    let each = |network| (0..16).map(move |bits| Values { network, ..values(bits) });
    networks.into_iter().flat_map(each).collect()
}

/// The values with one name in every free place.
fn hostile_values(name: &str) -> Values {
    let text = || Some(name.to_owned());
    let region = Some("cn-hangzhou".parse().expect("a region"));
    Values { region, network: None, bucket: text(), project: text(), workspace_id: text() }
}

/// Names that look like the places which are filled in, beside the hostile ones.
fn names() -> impl Iterator<Item = &'static str> {
    let places = ["{{region}}", "{{maxcompute_endpoint}}", "{{bucket}}", "{{oss_endpoint}}", "{{", "}}"];
    HOSTILE.into_iter().chain(places)
}

/// Every file of a language that these values give.
fn files(language: Language, values: &[Values]) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for workload in Workload::ALL {
        for access in Access::ALL {
            texts.extend(
                values.iter().filter_map(|it| code(workload, access, language, it).ok()).map(|it| it.text),
            );
        }
    }
    texts
}

fn all_values() -> Vec<Values> {
    some_values().into_iter().chain(names().map(hostile_values)).collect()
}

/// Python's answer to a program that reads JSON; `None` where there is no Python.
fn python(program: &str, input: &serde_json::Value) -> Option<String> {
    let mut command = Command::new("python3");
    command.args(["-W", "error", "-c", program]).env("PYTHONUTF8", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("skipped: python3 is not installed");
        return None;
    };
    child.stdin.take().expect("standard input").write_all(input.to_string().as_bytes()).expect("the input");
    let output = child.wait_with_output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn every_python_file_compiles() {
    const COMPILE: &str = "import json, sys\ntexts = json.load(sys.stdin)\n\
                           for text in texts:\n    compile(text, text, 'exec')\nprint(len(texts))";
    let texts = files(Language::Python, &all_values());
    let Some(count) = python(COMPILE, &json!(texts)) else { return };
    assert_eq!(count.trim(), texts.len().to_string());
    println!("{} different Python files", texts.len());
}

#[test]
fn every_shell_file_parses() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = files(Language::Shell, &all_values());
    for (index, text) in texts.iter().enumerate() {
        let path = folder.path().join(format!("{index}.sh"));
        fs::write(&path, text).expect("a script");
        let output = Command::new("bash").arg("-n").arg(&path).output().expect("bash");
        assert!(output.status.success() && output.stderr.is_empty(), "{text}\n{output:?}");
    }
    println!("{} different shell files", texts.len());
}

/// The same syntax tree, but for the one text.
const SAME_TREE: &str = "import ast, json, sys
def dump(text, old, new):
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value == old:
            node.value = new
    return ast.dump(tree)
for plain, hostile, name in json.load(sys.stdin):
    assert dump(plain, 'a-plain-name', name) == dump(hostile, None, None), hostile
";

#[test]
fn a_name_stays_inside_its_python_literal() {
    let mut pairs = Vec::new();
    for access in [Access::Oss, Access::Maxcompute, Access::Dlc] {
        let text =
            |name| code(Workload::Dsw, access, Language::Python, &hostile_values(name)).expect("code").text;
        pairs.extend(names().map(|name| json!([text("a-plain-name"), text(name), name])));
    }
    python(SAME_TREE, &json!(pairs));
}

#[test]
fn a_name_stays_one_word_of_the_shell() {
    let recorder = Recorder::new();
    let environment = [("ALIBABA_CLOUD_CREDENTIALS_URI", "http://localhost/"), ("LC_ALL", "C")];
    let called = |access, name: &str| {
        let code = code(Workload::Eas, access, Language::Shell, &hostile_values(name)).expect("code");
        let mut calls = recorder.calls_with(&code.text, &environment, &[], ":/usr/bin:/bin");
        calls.retain(|words| words[0] == "aliyun");
        calls
    };
    for name in names() {
        let bucket = format!("oss://{name}");
        let endpoint = "https://oss-cn-hangzhou-internal.aliyuncs.com";
        let list = ["aliyun", "oss", "ls", &bucket, "--limited-num", "10", "--endpoint", endpoint];
        let list: Vec<_> =
            list.into_iter().chain(["--region", "cn-hangzhou", "--sign-version", "v4"]).collect();
        assert_eq!(called(Access::Oss, name), [list], "{name:?}");
        let endpoint = "pai-dlc-vpc.cn-hangzhou.aliyuncs.com";
        let list = ["aliyun", "pai-dlc", "ListJobs", "--region", "cn-hangzhou", "--endpoint", endpoint];
        let list = list.into_iter().chain(["--WorkspaceId", name, "--PageNumber", "1", "--PageSize", "10"]);
        let list: Vec<_> = list.chain(["--output", "cols=JobId,Status,DisplayName", "rows=Jobs[]"]).collect();
        assert_eq!(called(Access::Dlc, name), [list], "{name:?}");
    }
}

fn made(workload: Workload, access: Access, values: &Values) -> Code {
    code(workload, access, Language::Python, values).expect("code")
}

#[test]
fn what_was_not_given_is_named_and_marked() {
    for access in Access::ALL {
        let code = made(Workload::Dlc, access, &Values::default());
        let snippet = snippets().iter().find(|snippet| snippet.file == code.file).expect("a snippet");
        assert_eq!(code.missing, snippet.needs);
        for name in &code.missing {
            assert!(code.text.contains(&format!("\"<{}>\"", name.name().replace('_', "-"))), "{}", code.text);
        }
        let full = Values { region: Some("cn-hangzhou".parse().expect("a region")), ..hostile_values("x") };
        let full = made(Workload::Dlc, access, &full);
        assert_eq!(full.missing, []);
        assert!(!full.text.contains("{{"), "{}", full.text);
    }
}

#[test]
fn eas_uses_internal_endpoints_unless_told_otherwise() {
    let values = hostile_values("x");
    for workload in Workload::ALL {
        let internal = made(workload, Access::Maxcompute, &values).text.contains("-vpc.maxcompute");
        assert_eq!(internal, workload == Workload::Eas);
        assert_eq!(workload.sheet().network.value == Network::Internal, internal);
    }
    let public = Values { network: Some(Network::Public), ..values };
    assert!(!made(Workload::Eas, Access::Maxcompute, &public).text.contains("-vpc.maxcompute"));
}

#[test]
fn python_uses_the_provider_that_keeps_the_credential() {
    for text in files(Language::Python, &[hostile_values("x")]) {
        assert!(!text.contains("DefaultCredentialsProvider") && !text.contains("ProviderAuth("), "{text}");
        assert!(!text.contains("alibabacloud_credentials import providers"), "{text}");
    }
}

#[test]
fn generated_documents_are_shown_as_they_are() {
    let mut shown = 0;
    for workload in ["dlc", "dsw", "dataworks"] {
        for access in ["oss", "maxcompute", "oss,maxcompute", "credential"] {
            let bucket = if access.contains("oss") { "bucket = \"night-owl\"\n" } else { "" };
            let project = if access.contains("maxcompute") { "project = \"owl_lab\"\n" } else { "" };
            let endpoint = if access == "credential" { "" } else { "endpoint = \"internal\"\n" };
            let role = if workload == "dataworks" { "default" } else { "custom" };
            let custom = if role == "custom" {
                "role_origin = \"new\"\nrole_name = \"owl\"\naccount = \"1357913579135791\"\npolicies = \"AliyunOSSReadOnlyAccess\"\ncreator = \"user\"\nuser = \"owl\"\n"
            } else {
                ""
            };
            let text = format!(
                "workload = \"{workload}\"\nregion = \"cn-shanghai\"\nrole = \"{role}\"\n{custom}access = \"{access}\"\n{bucket}{endpoint}{project}"
            );
            let answers = Answers::parse(&text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
            let Ok(made) = plan(&answers, &Facts::default()) else { continue };
            for document in made.documents.iter().filter(|document| document.before.is_none()) {
                assert!(!document.holds_secret(), "{text}: {}", document.name);
                assert_eq!(document.masked(), document.text, "{text}: {}", document.name);
                assert!(!document.text.contains(MASK), "{text}: {}", document.name);
                shown += 1;
            }
        }
    }
    assert!(shown > 20, "{shown}");
}
