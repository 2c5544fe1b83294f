//! What people paste, and what `explain` makes of it.

mod clients;
mod cost;
mod field;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ramrole::domain::catalog::Workload;
use ramrole::domain::explain::{ErrorRow, Messages, Wrapper, clients, errors, explain};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Samples {
    sample: Vec<Sample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    text: String,
    /// The row that must win; empty where the text is not known.
    expect: String,
    workload: Option<Workload>,
    /// The values that must be found.
    #[serde(default)]
    values: serde_json::Map<String, Value>,
    /// Words of the first cause.
    #[serde(default)]
    cause: String,
    /// Who passed the message on: a client or a program.
    #[serde(default)]
    reporter: String,
}

fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/explain");
    let files = fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("an entry").path());
    let read = |path| fs::read_to_string(path).expect("the samples");
    let parse = |text: String| toml::from_str::<Samples>(&text).expect("the samples as TOML").sample;
    files.map(read).flat_map(parse).collect()
}

impl Sample {
    /// What is wrong with the answer.
    fn mistakes(&self) -> Vec<String> {
        let explanation = explain(&self.text, self.workload);
        let id = explanation.matches.first().map_or("", |row| row.id.as_str());
        let mut mistakes = Vec::new();
        if id != self.expect {
            mistakes.push(format!("`{id}` instead of `{}`", self.expect));
        }
        let found = serde_json::to_value(&explanation.values).expect("values are JSON");
        for (name, value) in &self.values {
            if found.get(name) != Some(value) {
                mistakes.push(format!("{name} is {:?} instead of {value}", found.get(name)));
            }
        }
        let causes = explanation.answer.as_ref().map(|answer| answer.causes.as_slice()).unwrap_or_default();
        let first = causes.first().map_or("", |cause| cause.text.as_str());
        if !first.contains(&self.cause) {
            mistakes.push(format!("first cause: {first}"));
        }
        let by = |wrapper: &Wrapper| wrapper.reporters.contains(&self.reporter.as_str());
        if !self.reporter.is_empty() && !explanation.wrappers.iter().any(by) {
            mistakes.push(format!("not reported by {}: {:?}", self.reporter, explanation.wrappers));
        }
        mistakes
    }
}

fn answer(text: &str, workload: Option<Workload>) -> &'static str {
    explain(text, workload).matches.first().map_or("", |row| row.id.as_str())
}

/// Every pattern, with the row that wins for it.
fn patterns() -> Vec<(String, &'static str)> {
    let texts = errors().rows.iter().flat_map(|row| &row.patterns);
    texts.map(|pattern| (pattern.clone(), answer(pattern, None))).collect()
}

#[test]
fn every_sample_gets_its_answer() {
    let samples = samples();
    let wrong = |sample: &Sample| {
        let mistakes = sample.mistakes();
        (!mistakes.is_empty()).then(|| format!("{}\n=> {}\n", sample.text, mistakes.join("\n=> ")))
    };
    let wrong: Vec<String> = samples.iter().filter_map(wrong).collect();
    let innocent = samples.iter().filter(|sample| sample.expect.is_empty()).count();
    println!(
        "{} of {} samples right, {innocent} of them innocent",
        samples.len() - wrong.len(),
        samples.len()
    );
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_unknown_text_has_no_match_and_a_known_one_nothing_near() {
    for Sample { text, workload, .. } in samples() {
        let explanation = explain(&text, workload);
        assert!(explanation.matches.is_empty() || explanation.nearest.is_empty(), "{text}");
        assert!(explanation.nearest.len() <= 3, "{text}");
    }
    assert_eq!(explain("EntityNotExists.Role", None).nearest[0].id, "role-not-found");
}

#[test]
fn every_row_has_its_own_name_a_source_and_a_cause() {
    let mut ids = HashSet::new();
    for row in &errors().rows {
        assert!(ids.insert(&row.id), "{} twice", row.id);
        assert!(row.source().is_some(), "{}: no source {}", row.id, row.source);
        assert!(!row.causes.is_empty(), "{}: no cause", row.id);
        let has_words = !row.patterns.is_empty() || !row.codes.is_empty() || !row.signs.is_empty();
        let is_said = |messages: &Messages| messages.error == row.id;
        let by_client = || clients().clients.iter().flat_map(|client| &client.messages).any(is_said);
        assert!(has_words || row.action.is_some() || by_client(), "{}: never found", row.id);
    }
}

#[test]
fn every_source_is_used() {
    let used: HashSet<&str> = errors().rows.iter().map(|row| row.source.as_str()).collect();
    for source in errors().sources.keys() {
        assert!(used.contains(source.as_str()), "{source}");
    }
}

/// The longest of a row's own words that are in a text; patterns are written in lower case.
fn longest_in(row: &ErrorRow, text: &str) -> usize {
    let words = row.patterns.iter().filter(|pattern| text.contains(pattern.as_str()));
    words.map(|pattern| pattern.chars().count()).max().unwrap_or(0)
}

/// A message with these words; what other programs say as well needs a mark of Alibaba Cloud.
fn said(row: &ErrorRow, pattern: &str) -> String {
    let mark = if row.common { "aliyun: " } else { "" };
    format!("{mark}{}", pattern.replace("{}", "something"))
}

#[test]
fn every_pattern_gives_its_row_or_one_that_says_as_much() {
    for row in &errors().rows {
        for pattern in &row.patterns {
            let text = said(row, pattern);
            let matches = explain(&text, None).matches;
            let first = matches.first().expect(&text);
            assert!(
                first.id == row.id || longest_in(first, &text) >= pattern.chars().count(),
                "{pattern}: {} instead of {}",
                first.id,
                row.id
            );
            let own = row.workloads.first().copied();
            assert_eq!(answer(&text, own), row.id, "{pattern}");
        }
    }
}

#[test]
fn every_code_gives_its_row() {
    for row in &errors().rows {
        for code in &row.codes {
            assert_eq!(answer(code, None), row.id, "{code}");
            assert_eq!(answer(&format!("Code={code},"), None), row.id, "{code}");
            // A short code in capitals is a word of prose.
            let is_short = code.len() < 16 && !code.contains('.') && code.to_uppercase() != *code;
            let shouted = if is_short { "" } else { row.id.as_str() };
            assert_eq!(answer(&format!("Code={},", code.to_uppercase()), None), shouted, "{code}");
        }
    }
}

#[test]
fn a_long_text_is_known_by_its_ends() {
    let filler = "日本語 text, ".repeat(200_000);
    for text in [format!("EntityNotExist.Role {filler}"), format!("{filler}{filler} EntityNotExist.Role")] {
        assert_eq!(answer(&text, None), "role-not-found");
    }
    assert_eq!(answer(&format!("{filler}EntityNotExist.Role{filler}"), None), "");
}

#[test]
fn pages_are_read_in_their_escapes() {
    let page = "<td>&quot;AuthAction&quot;:&quot;ram:PassRole&quot;</td>";
    assert_eq!(answer(page, None), "pass-role-denied");
    let python = "{'message': 'check permission '\n            'for ram role failed, error code: 4001'}";
    assert_eq!(answer(python, None), "dlc-pass-role");
    let table = "┌────────────┐\n│ check permission for │\n│ ram role failed      │\n└────────────┘";
    assert_eq!(answer(table, None), "dlc-pass-role");
}

/// What may come between two words of a message.
fn breaks() -> impl Strategy<Value = &'static str> {
    select(vec![
        " ",
        "  ",
        "\n",
        "\r\n",
        "\n      ",
        "\n> ",
        "\n> > ",
        "\n# ",
        "\n\t| ",
        " \u{1b}[1;31m",
        "\u{1b}[0m ",
        "\u{3000}",
        " \u{200b}",
        "\\n",
        "&nbsp;",
        " |\n| ",
    ])
}

fn with_breaks(pattern: &str, breaks: &[&str]) -> String {
    let mut words = pattern.split(' ');
    let mut text = words.next().unwrap_or_default().to_owned();
    for (word, gap) in words.zip(breaks.iter().cycle()) {
        text.push_str(gap);
        text.push_str(word);
    }
    text
}

fn as_json_twice(text: &str, ascii: bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        let quoted = serde_json::to_string(&text).expect("a string");
        text = if ascii { in_ascii(&quoted) } else { quoted };
    }
    text
}

fn in_ascii(text: &str) -> String {
    let mut escaped = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => escaped.push(char::from(byte)),
            _ => write!(escaped, "\\u{unit:04x}").expect("writing to a string"),
        }
    }
    escaped
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), odd in "[\\\\&#;xu0-9a-f\\[\\]^\u{1b}\u{241b}İß（あ.\"\n]{0,60}") {
        for workload in [None, Some(Workload::Eas)] {
            let _ = explain(&text, workload);
            let _ = explain(&odd, workload);
        }
    }

    #[test]
    fn breaks_between_words_do_not_matter(
        (pattern, expected) in select(patterns()),
        breaks in vec(breaks(), 1..12),
        before in select(vec!["", "> ", "ERROR ", "\u{1b}[31m", "{\"message\":\""]),
    ) {
        let text = format!("{before}{}", with_breaks(&pattern, &breaks));
        prop_assert_eq!(answer(&text, None), expected, "{}", text);
    }

    #[test]
    fn a_hard_wrap_anywhere_does_not_matter((pattern, expected) in select(patterns()), width in 8_usize..60) {
        let characters: Vec<char> = pattern.to_uppercase().chars().collect();
        let lines: Vec<String> = characters.chunks(width).map(|line| line.iter().collect()).collect();
        // A line that begins like a prompt cannot be told from one.
        prop_assume!(!lines.iter().any(|line| line.starts_with(['>', '$', '#'])));
        prop_assert_eq!(answer(&lines.join("\n  "), None), expected, "{:?}", lines);
    }

    #[test]
    fn escaping_twice_does_not_matter(
        (pattern, expected) in select(patterns()),
        around in "[a-z ]{0,8}",
        ascii in any::<bool>(),
    ) {
        let text = as_json_twice(&format!("{{\"message\": \"{around} {pattern}\n\"}}"), ascii);
        prop_assert_eq!(answer(&text, None), expected, "{}", text);
    }
}
