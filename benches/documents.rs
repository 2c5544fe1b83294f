//! What the documents cost, side by side with the floor: `cargo bench`.
//!
//! With `RAMROLE_CORPUS` set the policies checked are the public ones of the corpus, else a handful of our own.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use ramrole::domain::association::Association;
use ramrole::domain::check::check;
use ramrole::domain::service_config::{Wanted, associate};
use ramrole::domain::{json, trust_policy};

fn main() {
    divan::main();
}

/// Policies in memory.
fn policies() -> Vec<String> {
    let folder = env::var_os("RAMROLE_CORPUS").map(|corpus| Path::new(&corpus).join("policies"));
    let Some(folder) = folder else {
        return vec![
            trust_policy::document("eas.pai.aliyuncs.com"),
            trust_policy::document("pai.aliyuncs.com"),
        ];
    };
    let entries = fs::read_dir(folder).expect("the corpus is there").flatten();
    let named = entries.filter(|entry| entry.file_name() != "INDEX.json");
    named.map(|entry| fs::read_to_string(entry.path()).expect("the corpus is UTF-8")).collect()
}

/// A service config of about this many bytes.
fn service_config(bytes: usize) -> String {
    let mut text =
        "{\n  \"metadata\": {\n    \"name\": \"big\",\n    \"instance\": 1\n  },\n  \"containers\": [\n"
            .to_owned();
    text.push_str("    {\n      \"image\": \"registry.example/big:1\",\n      \"env\": [\n");
    for index in 0.. {
        let end = if text.len() > bytes { "\n" } else { ",\n" };
        let value = "value ".repeat(index % 7);
        write!(text, "        {{ \"name\": \"VARIABLE_{index}\", \"value\": \"{value}{index}\" }}{end}")
            .expect("a string");
        if end == "\n" {
            break;
        }
    }
    text.push_str("      ]\n    }\n  ]\n}\n");
    text
}

#[divan::bench]
fn check_policies(bencher: Bencher) {
    let policies = policies();
    bencher
        .counter(ItemsCount::new(policies.len()))
        .bench(|| policies.iter().map(|text| check(black_box(text), None).findings.len()).sum::<usize>());
}

const TEN_MB: usize = 10_000_000;

#[divan::bench(sample_count = 20)]
fn ten_mb_serde_json_value(bencher: Bencher) {
    let text = service_config(TEN_MB);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| serde_json::from_str::<serde_json::Value>(black_box(&text)).expect("json"));
}

#[divan::bench(sample_count = 20)]
fn ten_mb_read(bencher: Bencher) {
    let text = service_config(TEN_MB);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| json::read(black_box(&text)).expect("json").first_comment());
}

#[divan::bench(sample_count = 20)]
fn ten_mb_service_config(bencher: Bencher) {
    let text = service_config(TEN_MB);
    let arn = "acs:ram::1234567890123456:role/rank".parse().expect("arn");
    let association = Association::Custom(arn);
    let wanted = Wanted { association: &association, workspace_id: Some("12345") };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| associate(black_box(&text), &wanted).expect("a config"));
}
