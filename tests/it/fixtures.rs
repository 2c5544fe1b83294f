//! Files that earlier versions wrote are read by this one, with nothing lost.

use std::fs;
use std::path::PathBuf;

use ramrole::domain::answers::Answers;
use ramrole::domain::settings::{Settings, SymbolSet, ThemeName};
use ramrole::tui::draft::Draft;

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
