//! Files that earlier versions wrote are read by this one, with nothing lost.

use std::fs;
use std::path::PathBuf;

use ramrole::domain::answers::Answers;
use ramrole::domain::draft::Draft;
use ramrole::domain::settings::{Settings, SymbolSet, ThemeName};

fn text(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/0.1.0").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn draft(name: &str) -> Draft {
    Draft::parse(&text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn answers_of_0_1_0_are_read_whole() {
    for (name, count) in [("answers-eas.toml", 10), ("answers-dsw.toml", 11)] {
        let written = text(name);
        let answers = Answers::parse(&written).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        let kept = serde_json::to_value(&answers).expect("a tree");
        let lines: toml::Table = written.parse().expect("TOML");
        assert_eq!(lines.len(), count, "{name}");
        for (key, value) in lines {
            assert_eq!(kept[&key].as_str(), value.as_str(), "{name}: {key}");
        }
    }
}

#[test]
fn a_draft_of_0_1_0_has_the_answers_that_it_was_saved_with() {
    let answers = Answers::parse(&text("answers-eas.toml")).expect("answers");
    assert_eq!(draft("draft-plan.json").answers("/home/owl/work", "/home/owl"), answers);
}

#[test]
fn a_draft_of_0_1_0_has_its_unsaved_texts_and_the_question() {
    let editing = draft("draft-editing.json");
    assert_eq!(editing.question().map(|at| ramrole::domain::question::ALL[at].key), Some("service_config"));
    let unsaved = editing.unsaved.expect("an unsaved text");
    assert_eq!((unsaved.path.as_str(), unsaved.question.as_str()), ("small.json", "service_config"));
    // The line with the secret was not changed: it comes back from the file.
    let filled = unsaved.masked.filled(&text("small.json"));
    assert_eq!(filled, text("small.json").replacen("  \"metadata\"", "    \"metadata\"", 1));
    let checked = draft("draft-checking.json").checked.expect("a checked document");
    assert_eq!(checked.path, "policy.json");
    assert!(checked.masked.text.contains("\"Effect\": \"Allow\""), "{}", checked.masked.text);
}

#[test]
fn the_settings_of_0_1_0_are_understood_without_a_mistake() {
    let (settings, mistakes) = Settings::parse(&text("settings.toml"));
    assert_eq!(mistakes, []);
    assert_eq!((settings.theme, settings.symbols), (ThemeName::Light, SymbolSet::Ascii));
    assert!(settings.mouse && settings.region.is_some() && settings.account.is_some());
    let keys: Vec<_> = settings.keys.iter().map(|keys| (keys.action.as_str(), keys.keys.len())).collect();
    assert_eq!(keys, [("skip", 1), ("quit", 2)]);
}

#[test]
fn files_of_a_newer_version_are_refused_with_the_reason() {
    let newer = "install a newer one";
    let draft = Draft::parse("{\"format\": 2, \"answers\": [\"of another shape\"]}").expect_err("newer");
    assert!(draft.contains(newer), "{draft}");
    let answers = Answers::parse("format = 2\nworkload = \"a newer one\"\n").expect_err("newer");
    assert!(answers.len() == 1 && answers[0].message.contains(newer), "{answers:?}");
    let (settings, mistakes) = Settings::parse("theme = \"light\"\nformat = 2\nmouse = 7\n");
    assert_eq!(settings, Settings::default());
    assert!(
        mistakes.len() == 1 && mistakes[0].line == 2 && mistakes[0].message.contains(newer),
        "{mistakes:?}"
    );
}

#[test]
fn version_says_what_was_built() {
    let place = tempfile::tempdir().expect("a folder");
    let version = |flag| {
        let output = crate::program::ramrole([flag], place.path());
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let alone = concat!("ramrole ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(version("-V"), alone);
    let long = version("--version");
    let rest: Vec<&str> = long.strip_prefix(alone).expect("the version first").lines().collect();
    let named: Vec<_> = rest.iter().filter_map(|line| line.split_once(": ")).collect();
    let keys: Vec<_> = named.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["commit", "target", "features"], "{long}");
    assert!(named.iter().all(|(_, value)| !value.is_empty()), "{long}");
    assert!(named[1].1.starts_with(std::env::consts::ARCH), "{long}");
}
