//! Whatever names contain, what is meant for pasting does only what it says: each command under every shell with
//! stubs that record their arguments, each literal read back by its own language.

mod literals;
#[cfg(unix)]
mod readme;
#[cfg(unix)]
mod steps;
#[cfg(unix)]
mod words;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use ramrole::domain::answers::Answers;
use ramrole::domain::plan::{Facts, Look, Plan, plan};
use ramrole::domain::question;

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
