//! Where a value can stand: each gives a document with the value in it, or nothing where such a value cannot stand there.

use serde_json::json;

/// A document with a value in it.
pub type Carry = fn(&str) -> Option<String>;

/// The carriers with their names.
pub const CARRIERS: [(&str, Carry); 9] = [
    ("a member", |value| Some(pretty(&json!({ "metadata": { "name": "owl" }, "remark": value })))),
    ("a variable", |value| {
        Some(pretty(&json!({ "containers": [{ "env": [{ "name": "SETTING", "value": value }] }] })))
    }),
    ("a script", |value| {
        one_line(value).then(|| pretty(&json!({ "script": format!("cd /app && run {value} && echo done") })))
    }),
    ("a command", |value| {
        Some(pretty(&json!({ "command": ["python", "serve.py", value, "--port", "8000"] })))
    }),
    ("JSON in a string", |value| {
        Some(pretty(&json!({ "model_config": json!({ "a": { "b": value } }).to_string() })))
    }),
    ("YAML", |value| {
        one_line(value).then(|| format!("app:\n  name: owl\n  setting: {value}\n  port: 8000\n"))
    }),
    ("an ini file", |value| one_line(value).then(|| format!("[app]\nname = owl\nsetting = {value}\n"))),
    ("a comment", |value| {
        one_line(value).then(|| format!("{{\n  // was {value} before\n  \"port\": 8000\n}}\n"))
    }),
    ("broken JSON", |value| {
        one_line(value).then(|| format!("{{\n  \"name\": \"owl\"\n  \"setting\": \"{value}\",\n}}\n"))
    }),
];

/// A document as people write it.
pub fn pretty(tree: &serde_json::Value) -> String {
    format!("{tree:#}\n")
}

fn one_line(value: &str) -> bool {
    !value.contains(['\n', '"'])
}
