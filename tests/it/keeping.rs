//! What the wizard promises of texts that no file has yet: none is lost unasked, and no mask passes for a secret.

use ramrole::tui::app::Screen;
use ramrole::tui::draft::Draft;

use crate::driver::{Driver, wizard};

const CONFIG: &str = "{\n  \"metadata\": { \"name\": \"owl\" },\n  \"token\": \"canary\"\n}\n";

fn at_config() -> Driver {
    let mut wizard = wizard().with_file("service.json", CONFIG);
    wizard.keys("enter down down enter").types("cn-hangzhou").keys("enter");
    wizard
}

/// The wizard started again with the drafts and files of another.
fn again(before: Driver) -> Driver {
    let mut after = wizard();
    (after.drafts, after.files) = (before.drafts, before.files);
    after.keys(":").types("go to the start").keys("enter").sees("Go on with draft").keys("enter");
    after
}

/// The text in the editor.
#[track_caller]
fn edited(wizard: &mut Driver) -> String {
    match &wizard.app.screen {
        Screen::Editor(editor) => editor.text.text(),
        _ => panic!("{}", wizard.screen()),
    }
}

fn draft(wizard: &Driver) -> Draft {
    Draft::parse(&wizard.drafts["draft"]).expect("a draft")
}

#[test]
fn the_draft_holds_no_text_that_has_been_saved() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("ctrl-e").types(" ");
    assert!(draft(&wizard).unsaved.is_some());
    wizard.keys("ctrl-s");
    assert!(draft(&wizard).unsaved.is_none(), "{}", wizard.drafts["draft"]);
}

#[test]
fn a_secret_that_was_changed_stays_masked_and_is_asked_about() {
    let mut before = at_config();
    before.types("service.json").keys("ctrl-e down down end left").types("-new");
    assert!(edited(&mut before).contains("canary-new"));
    let mut after = again(before);
    assert_eq!(edited(&mut after), CONFIG.replace("canary", "***"));
    after.sees("type them again where *** stands");
    after.keys("ctrl-s").sees("which is no secret of yours").keys("esc");
    assert_eq!(after.files["service.json"], CONFIG);
    after.keys("esc enter").sees("which is no secret of yours").keys("enter");
    assert_eq!(after.files["service.json"], CONFIG.replace("canary", "***"));
}

#[test]
fn a_secret_that_was_not_changed_is_the_files() {
    let mut before = at_config();
    before.types("service.json").keys("ctrl-e").types(" ");
    let mut after = again(before);
    assert_eq!(edited(&mut after), format!(" {CONFIG}"));
    after.misses("type them again").keys("ctrl-s").sees("wrote service.json");
}

#[test]
fn masks_of_a_new_text_are_asked_about_before_it_gets_a_name() {
    let mut before = at_config();
    before.pastes(CONFIG);
    let mut after = again(before);
    assert_eq!(edited(&mut after), CONFIG.replace("canary", "***"));
    after.keys("ctrl-s").sees("which is no secret of yours").keys("enter").sees("Save it as").keys("esc");
    after.keys("esc enter").sees("which is no secret of yours").keys("esc");
    assert!(!after.files.contains_key("service-new.json"));
    after.keys("ctrl-s enter ctrl-u").types("service-new.json").keys("enter");
    assert_eq!(after.files["service-new.json"], CONFIG.replace("canary", "***"));
}

#[test]
fn a_draft_is_gone_on_with_twice_and_its_secrets_are_still_the_files() {
    let mut before = at_config();
    before.types("service.json").keys("ctrl-e").types(" ");
    let mut after = again(again(before));
    assert_eq!(edited(&mut after), format!(" {CONFIG}"));
}
