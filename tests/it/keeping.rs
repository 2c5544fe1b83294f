//! What the wizard promises of texts that no file has yet: none is lost unasked, and no mask passes for a secret.

use ramrole::host::drafts::Drafts;
use ramrole::tui::app::Screen;
use ramrole::tui::draft::Draft;
use ramrole::tui::effect::{Effect, Outcome};
use ramrole::tui::outside::Outside;

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

/// Names the draft, over the palette.
fn name(wizard: &mut Driver, name: &str) {
    wizard.keys("ctrl-p").types("give the draft a name").keys("enter ctrl-u").types(name).keys("enter");
}

#[test]
fn a_draft_is_not_named_like_another() {
    let mut wizard = at_config();
    wizard.drafts.insert("owl".to_owned(), "another".to_owned());
    wizard.types("service.json").keys("ctrl-e").types(" ");
    name(&mut wizard, "owl");
    wizard.sees("the draft owl exists already");
    assert_eq!((wizard.drafts["owl"].as_str(), wizard.app.work.name.as_str()), ("another", "draft"));
    wizard.types("-2").keys("enter").sees("the draft is called owl-2");
    assert_eq!(wizard.drafts.keys().collect::<Vec<_>>(), ["owl", "owl-2"]);
    let unsaved = Draft::parse(&wizard.drafts["owl-2"]).expect("a draft").unsaved;
    assert!(unsaved.is_some_and(|unsaved| unsaved.masked.text.starts_with(" {")), "{:?}", wizard.drafts);
    wizard.types(" ");
    assert!(wizard.drafts["owl-2"].contains("\"text\": \"  {"), "{:?}", wizard.drafts);
    name(&mut wizard, "owl-2");
    wizard.sees("is called owl-2 already");
}

#[test]
fn a_draft_without_a_name_is_not_named_like_another_either() {
    let mut wizard = wizard();
    wizard.drafts.insert("owl".to_owned(), "another".to_owned());
    wizard.keys("enter");
    name(&mut wizard, "owl");
    wizard.sees("the draft owl exists already").keys("ctrl-u").types("eagle").keys("enter enter");
    assert_eq!(wizard.drafts["owl"], "another");
    assert!(wizard.drafts["eagle"].contains("\"workload\""), "{:?}", wizard.drafts);
}

#[test]
fn on_the_disk_a_name_that_is_taken_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sender, _outcomes) = tokio::sync::mpsc::unbounded_channel();
    let mut outside = Outside::new(Drafts::in_folder(folder.path().to_owned()), sender);
    let mut keep = |name: &str, text: &str| {
        outside.start(Effect::KeepDraft { name: name.to_owned(), text: text.to_owned() });
    };
    keep("owl", "another");
    keep("draft", "mine");
    let mut rename = |from: &str, to: &str| {
        let effect = Effect::RenameDraft { from: from.to_owned(), to: to.to_owned() };
        match outside.start(effect) {
            Some(Outcome::Renamed { result, .. }) => result,
            other => panic!("{other:?}"),
        }
    };
    let problem = rename("draft", "owl").expect_err("taken");
    assert_eq!(problem, "the draft owl exists already; choose another name, or remove that draft first");
    assert!(rename("", "owl").is_err());
    assert_eq!((rename("draft", "eagle"), rename("", "hawk")), (Ok(()), Ok(())));
    drop(outside);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(format!("{name}.json"))).ok();
    assert_eq!(
        (read("owl").as_deref(), read("eagle").as_deref(), read("draft")),
        (Some("another"), Some("mine"), None)
    );
}
