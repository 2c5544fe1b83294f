//! Words for a shell: every shell hands them to a program as they are.

use proptest::collection::vec;
use proptest::prelude::*;
use ramrole::domain::quote;
use ramrole::domain::text::steers_a_terminal;

use super::{samples, word};
use crate::recorder::{Recorder, shells};

const LOCALES: [&str; 2] = ["C", "C.UTF-8"];

/// What is seen is what is there: nothing steers a terminal. Only line breaks at the end of a word stay as they are.
fn assert_plain(command: &str, words: &[String]) {
    let breaks = words.iter().map(|word| word.len() - word.trim_end_matches('\n').len()).sum::<usize>();
    assert_eq!(command.matches('\n').count(), breaks, "{command:?}");
    assert!(!command.contains(|c| c != '\n' && steers_a_terminal(c)), "{command:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_reach_a_program_as_they_are(words in vec(word(), 1..60)) {
        let recorder = Recorder::new();
        let all = ["ramrole".to_owned()].into_iter().chain(words).collect::<Vec<_>>();
        let command = quote::command(all.iter().map(String::as_str));
        assert_plain(&command, &all);
        for shell in shells() {
            for locale in LOCALES {
                let calls = recorder.calls_in(shell, &command, &[("LC_ALL", locale)], &[]);
                prop_assert_eq!(&calls, std::slice::from_ref(&all), "{} in the locale {}", shell.name, locale);
            }
        }
    }
}

#[test]
fn exported_values_reach_a_program_as_they_are() {
    let recorder = Recorder::new();
    let words = samples(100);
    let line = |word: &String| format!("export A={}\nramrole \"$A\"\n", quote::shell(word));
    let script = words.iter().map(line).collect::<String>();
    let expected: Vec<_> = words.iter().map(|word| vec!["ramrole".to_owned(), word.clone()]).collect();
    for shell in shells() {
        assert_eq!(
            recorder.calls_in(shell, &script, &[("LC_ALL", "C.UTF-8")], &[]),
            expected,
            "{}",
            shell.name
        );
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
    for shell in shells() {
        assert_eq!(Recorder::new().calls_when_typed(shell, &lines), expected, "{}", shell.name);
    }
}

#[test]
fn a_value_is_never_an_option() {
    let command = quote::call(&["aliyun", "ram", "GetRole"], &[("--RoleName", "-x $(y)"), ("--To", "z")]);
    assert_eq!(command, "aliyun ram GetRole --RoleName='-x $(y)' --To z");
    let expected =
        ["aliyun", "ram", "GetRole", "--RoleName=-x $(y)", "--To", "z"].map(str::to_owned).to_vec();
    for shell in shells() {
        let typed = Recorder::new().calls_when_typed(shell, &format!("{command}\n"));
        assert_eq!(typed, std::slice::from_ref(&expected), "{}", shell.name);
    }
}
