//! Line by line: the same questions and the same plan without a single escape code.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use ramrole::domain::answers::Answers;
use ramrole::domain::question::{self, Question};

use super::{home, title};
use crate::program::{RAMROLE, clean, shell};
use crate::pty::Setup;

/// A custom role for a DLC job: what is asked, and what is answered by name.
const NAMES: &[(&str, &str)] = &[
    ("workload", "dlc"),
    ("region", "cn-shanghai"),
    ("role", "custom"),
    ("role_origin", "new"),
    ("role_name", "night-owl"),
    ("account", "1357913579135791"),
    ("policies", "AliyunOSSReadOnlyAccess"),
    ("creator", "user"),
    ("user", "alice"),
    ("access", "oss"),
    ("bucket", "-"),
    ("endpoint", "internal"),
];

/// What the program does with these lines on its standard input.
fn plain(home: &Path, lines: &[&str]) -> Output {
    let mut command = clean(RAMROLE, home);
    command.arg("--plain").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut input = child.stdin.take().expect("an input");
    let text = format!("{}\n", lines.join("\n"));
    // One that has heard enough does not read the rest.
    let _ = input.write_all(text.as_bytes());
    drop(input);
    child.wait_with_output().expect("it ends")
}

fn answers() -> Vec<&'static str> {
    NAMES.iter().map(|(_, answer)| *answer).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The titles of questions, in the order in which they stand in a text.
fn asked(text: &str) -> Vec<&'static str> {
    let lines = text.lines().filter(|line| line.starts_with("Question "));
    let titled =
        lines.filter_map(|line| question::ALL.iter().find(|question| line.ends_with(question.title)));
    titled.map(|question: &Question| question.key).collect()
}

#[test]
fn the_plan_is_that_of_the_command_line_it_names() {
    let home = home();
    let output = plain(home.path(), &answers());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stderr(&output);
    let (_, command) = said.split_once("This plan again:\n").expect("a command line");
    let again = shell(command, home.path());
    assert!(again.status.success(), "{}", stderr(&again));
    assert_eq!(String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&again.stdout));
    assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "no escape code");
}

#[test]
fn the_questions_are_those_of_the_wizard() {
    let home = home();
    let expected: Vec<&str> = NAMES.iter().map(|(key, _)| *key).collect();
    assert_eq!(asked(&stderr(&plain(home.path(), &answers()))), expected);
    let mut all = Answers::default();
    for (key, answer) in NAMES.iter().filter(|(_, answer)| *answer != "-") {
        let question = question::find(key).expect("a question");
        (question.set)(&mut all, answer).expect("an answer");
    }
    let of_table = question::ALL.iter().filter(|question| (question.asked)(&all).is_ok());
    assert_eq!(of_table.map(|question| question.key).collect::<Vec<_>>(), expected);
}

#[test]
fn numbers_stand_for_names() {
    let home = home();
    let by_name = plain(home.path(), &answers());
    let said = stderr(&by_name);
    let (mut numbers, mut blocks) = (Vec::new(), said.split("\nQuestion ").skip(1));
    for (key, answer) in NAMES {
        let block = blocks.next().expect("a question");
        let choices: Vec<&str> = block
            .lines()
            .filter_map(|line| line.trim_start().split_once(". "))
            .filter(|(number, _)| number.parse::<u8>().is_ok())
            .map(|(_, choice)| choice)
            .collect();
        let values = values_of(key);
        assert!(choices.is_empty() || values.len() == choices.len(), "{key}: {choices:?}");
        let number = values.iter().position(|value| value == answer).map(|index| (index + 1).to_string());
        numbers.push(number.unwrap_or_else(|| (*answer).to_owned()));
    }
    assert!(numbers.iter().filter(|answer| answer.len() == 1 && *answer != "-").count() >= 5, "{numbers:?}");
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    assert_eq!(plain(home.path(), &numbers).stdout, by_name.stdout);
}

/// The values of the choices of a question, once all others are answered.
fn values_of(key: &str) -> Vec<String> {
    let mut answers = Answers::default();
    for (other, answer) in
        NAMES.iter().take_while(|(other, _)| *other != key).filter(|(_, answer)| *answer != "-")
    {
        let question = question::find(other).expect("a question");
        (question.set)(&mut answers, answer).expect("an answer");
    }
    match question::find(key).expect("a question").kind {
        question::Kind::Choice(choices) | question::Kind::Several(choices) => {
            choices(&answers).into_iter().map(|choice| choice.value).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn one_goes_back_and_passes_over() {
    let home = home();
    let expected = plain(home.path(), &answers()).stdout;
    let mut lines = vec!["dsw", "cn-beijing", "<", "<"];
    lines.extend(answers());
    let output = plain(home.path(), &lines);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&expected));
    let begun = asked(&stderr(&output));
    assert_eq!(begun[..5], ["workload", "region", "running", "region", "workload"]);
    let refused = plain(home.path(), &["dlc", "-"]);
    assert!(stderr(&refused).contains("region"), "one that is needed is asked again: {}", stderr(&refused));
}

#[test]
fn an_end_of_the_input_names_the_question() {
    let home = home();
    for (count, flag) in [(0, "--workload"), (1, "--region"), (4, "--role-name"), (9, "--access")] {
        let output = plain(home.path(), &answers()[..count]);
        assert_eq!(output.status.code(), Some(2), "{flag}");
        assert_eq!(output.stdout, b"", "{flag}");
        assert!(stderr(&output).contains(&format!("ramrole: {flag}: ")), "{}", stderr(&output));
    }
}

#[test]
fn it_is_asked_for_by_flag_and_by_environment() {
    let lines = answers();
    for (variable, value, arguments) in
        [("ACCESSIBLE", "1", &[] as &[&str]), ("TERM", "dumb", &[]), ("TERM", "xterm", &["--plain"])]
    {
        let home = home();
        let setup = Setup::new(home.path()).env(variable, value).arguments(arguments);
        let mut terminal = setup.size(120, 100).start();
        for ((key, _), line) in NAMES.iter().zip(&lines) {
            terminal.wait(title(key)).send(format!("{line}\r"));
        }
        assert_eq!(terminal.ended(), 0, "{variable}={value}");
        terminal.assert_restored();
        let raw = terminal.since(0);
        assert!(!raw.contains(&0x1b), "{variable}={value}: no escape code");
        let text = String::from_utf8(raw).expect("UTF-8");
        assert_eq!(asked(&text.replace('\r', "")).len(), NAMES.len(), "{variable}={value}");
        assert!(text.contains("This plan again:"), "{variable}={value}");
    }
}
