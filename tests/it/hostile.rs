//! Names, paths, documents, pastes and drafts that would steer a terminal: no cell of any screen holds them raw.

use ramrole::domain::text::steers_a_terminal;

use crate::driver::{Driver, assert_whole, text_of, wizard};

const NAME: &str = "a\u{1b}[2J\u{202e}\u{9b}31m\u{7}b\u{200f}\u{feff}.json";
const CONFIG: &str = "{\n  \"metadata\": { \"name\": \"\u{1b}[2J\u{202e}名\u{2066}\" },\n\t\"x\u{9b}\": \"\u{e0041}\u{200b}\", // \u{1b}]0;x\u{7}\r\n  \"token\": \"t\"\n}\n";

#[track_caller]
fn harmless(wizard: &mut Driver) {
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        let (buffer, _) = wizard.draw(columns, rows);
        let text = text_of(&buffer);
        let steering = text.chars().find(|c| steers_a_terminal(*c) && *c != '\n');
        assert_eq!(steering, None, "{text}");
        assert_whole(&buffer);
    }
    wizard.app.shared.look.size = (120, 36);
}

/// Presses each of some keys and looks at every screen on the way.
#[track_caller]
fn all_harmless(wizard: &mut Driver, keys: &str) {
    for key in keys.split_whitespace() {
        wizard.keys(key);
        harmless(wizard);
    }
}

fn at_config() -> Driver {
    let mut wizard = wizard().with_file(NAME, CONFIG);
    wizard.keys("enter down down enter").types("cn-hangzhou").keys("enter");
    wizard
}

#[test]
fn a_hostile_config_goes_through_every_screen() {
    let mut wizard = at_config();
    wizard.types("a");
    all_harmless(
        &mut wizard,
        "tab down ctrl-e ctrl-g alt-s ctrl-a alt-c ctrl-r ctrl-f a enter esc ctrl-s esc esc enter d",
    );
    let mut wizard = at_config();
    wizard.types("a");
    all_harmless(&mut wizard, "down enter enter enter - enter right d right right right right w enter w s");
    wizard.keys("ctrl-u").types(NAME);
    all_harmless(&mut wizard, "enter enter Y S ctrl-u enter esc ? esc :");
}

/// With a line break in it too, as only a name that is picked can have one.
const BROKEN: &str = "a\u{1b}[31m\nb\u{202e}c.json";
const SHOWN: &str = "a␛[31m␊b\\u{202e}c.json";

const SOUND: &str = "{\n  \"metadata\": { \"name\": \"owl\" },\n  \"token\": \"t\"\n}\n";

fn finished() -> Driver {
    let mut wizard = wizard().with_file(BROKEN, SOUND);
    wizard.keys("enter down down enter").types("cn-hangzhou").keys("enter").types("a").keys("down enter");
    wizard.keys("enter enter - enter right");
    wizard
}

#[test]
fn a_question_shows_a_name_on_one_line() {
    let mut wizard = finished();
    wizard.keys("w").sees(&format!("Write this into {SHOWN}?")).keys("enter");
    wizard.sees(&format!("wrote {SHOWN};")).keys("w").sees(&format!("{SHOWN} says so already"));
    let mut wizard = self::wizard().with_file(BROKEN, SOUND);
    wizard.keys("down enter").types("a").keys("down enter").sees(&format!("{SHOWN}:"));
    wizard
        .keys("v")
        .sees(&format!("{SHOWN} holds secrets."))
        .keys("esc y")
        .sees(&format!("{SHOWN} was sent"));
    wizard.keys("enter").sees(SHOWN).types(" ").keys("esc s").sees(&format!("Write this into {SHOWN}?"));
    let mut wizard = at_config().with_file(BROKEN, SOUND);
    wizard.types("a").keys("down down ctrl-e").types(" ").keys("esc");
    wizard.sees(&format!("{SHOWN} is not saved. Save it?"));
}

#[test]
fn a_step_shows_a_name_on_one_line() {
    let mut wizard = finished();
    for _ in 0..10 {
        wizard.keys("right");
        let screen = wizard.screen();
        let torn = screen.lines().find(|line| line.contains("␛[31m") && !line.contains("␛[31m␊b"));
        assert_eq!(torn, None, "{screen}");
    }
}

#[test]
fn a_path_that_cannot_be_read_is_said_harmlessly() {
    let mut wizard = at_config();
    wizard.pastes("no\u{1b}[2J\u{202e}where");
    all_harmless(&mut wizard, "enter ctrl-e");
    wizard.sees("no␛[2J");
    let mut wizard = self::wizard();
    wizard.keys("down enter").pastes("no\u{1b}[2J\u{202e}where");
    all_harmless(&mut wizard, "enter");
}

#[test]
fn hostile_answers_are_shown_as_pictures() {
    let mut wizard = wizard();
    wizard.keys("enter enter").pastes("\u{1b}[2J\u{202e}名前\u{7}");
    harmless(&mut wizard);
    all_harmless(&mut wizard, "enter left left backspace home delete : esc");
    let mut wizard = self::wizard();
    wizard
        .keys("enter enter")
        .types("cn-hangzhou")
        .keys("enter down enter down enter")
        .types("\u{1b}[2Jrole");
    harmless(&mut wizard);
}

#[test]
fn a_hostile_message_is_explained_harmlessly() {
    let mut wizard = wizard();
    wizard
        .keys("down down enter")
        .pastes("\u{1b}[31m\u{202e}check permission for ram role failed\u{9b}0m\tx\r\n\u{7}名");
    harmless(&mut wizard);
    all_harmless(&mut wizard, "enter y v down esc enter enter");
}

#[test]
fn a_hostile_document_is_checked_harmlessly() {
    let mut wizard = wizard();
    wizard.keys("down enter").pastes(&format!("{{\"Version\": \"\u{1b}\u{202e}\", \"Statement\": [{{\"\u{9b}x\": \"{NAME}\", \"Effect\": \"allow\"}}],}}"));
    harmless(&mut wizard);
    all_harmless(&mut wizard, "down f down f enter ctrl-g esc y v s enter / a enter");
}

#[test]
fn a_draft_that_was_tampered_with_is_told_and_opened_harmlessly() {
    let mut wizard = wizard();
    let draft = serde_json::json!({
        "answers": {"workload": "eas", "region": "\u{1b}[2J", "service_config": NAME, "project": "\u{202e}x\u{1b}"},
        "folder": "/place",
        "unsaved": {"question": "service_config", "path": NAME, "text": CONFIG},
    });
    wizard.drafts.insert("draft".to_owned(), draft.to_string());
    wizard.drafts.insert("\u{1b}[2Jx".to_owned(), "{".to_owned());
    wizard.keys(":").types("go to the start");
    all_harmless(&mut wizard, "enter x esc down enter esc up up enter down esc");
}
