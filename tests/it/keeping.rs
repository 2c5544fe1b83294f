//! What the wizard promises of texts that no file has yet: none is lost unasked, and no mask passes for a secret.

use ramrole::domain::draft::Draft;
use ramrole::host::drafts::Drafts;
use ramrole::host::environment::Machine;
use ramrole::tui::app::Screen;
use ramrole::tui::outside::Outside;
use ramrole::tui::request::{Compute, Effect, Report, Request, Ticket, Write, Written};

use crate::driver::{Driver, wizard};
use crate::random_walk::press;

const SLIP: &str = "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"acs:oss:*:*:b\"}]}";
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
    after.sees("type them again where *** stands").sees("\"token\": \"***\"").misses("hidden");
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
    assert_eq!((wizard.drafts["owl"].as_str(), wizard.app.shared.work.name.as_str()), ("another", "draft"));
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
    let drafts = Drafts::in_folder(folder.path().to_owned());
    let mut outside = Outside::new(Machine { drafts }, sender);
    let ticket = Ticket { screen: 0, number: 1 };
    let mut keep = |name: &str, text: &str| {
        let write = Write::Draft { name: name.to_owned(), text: text.to_owned() };
        outside.start(ticket, Request::Write(write));
    };
    keep("owl", "another");
    keep("draft", "mine");
    let mut rename = |from: &str, to: &str| {
        let write = Write::DraftName { from: from.to_owned(), to: to.to_owned() };
        match outside.start(ticket, Request::Write(write)).map(|message| message.report) {
            Some(Report::Written(Written::DraftName { result, .. })) => result,
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

/// A document with one fix in it that is not saved.
fn fixed() -> Driver {
    let mut wizard = wizard().with_file("policy.json", SLIP);
    wizard.keys("down enter").types("policy.json").keys("enter f").sees("fixed");
    wizard
}

fn mended() -> String {
    SLIP.replace("allow", "Allow")
}

/// The text on the check screen.
#[track_caller]
fn checked(wizard: &mut Driver) -> String {
    match &wizard.app.screen {
        Screen::Check(check) if check.report.is_some() => check.text.clone(),
        _ => panic!("{}", wizard.screen()),
    }
}

#[test]
fn fixes_that_are_not_saved_are_asked_about() {
    let mut wizard = fixed();
    wizard.keys("esc").sees("policy.json is changed and not saved. Write this into policy.json?").keys("esc");
    assert_eq!(checked(&mut wizard), mended());
    wizard.keys("s enter").sees("wrote policy.json");
    assert_eq!(checked(&mut wizard), mended(), "saved, but not left");
    wizard.keys("esc").sees("Which document should be checked?");
    let mut wizard = fixed();
    wizard.keys("esc enter").sees("Which document should be checked?");
    assert_eq!((wizard.files["policy.json"].as_str(), wizard.drafts.len()), (mended().as_str(), 0));
    let mut wizard = fixed();
    wizard.keys("esc d").sees("Which document should be checked?");
    assert_eq!((wizard.files["policy.json"].as_str(), wizard.drafts.len()), (SLIP, 0));
}

#[test]
fn fixes_of_a_pasted_document_are_asked_about() {
    let mut wizard = wizard();
    wizard.keys("down enter").pastes(SLIP).keys("f esc").sees("The document is changed and not saved");
    wizard.keys("enter ctrl-u").types("new.json").keys("enter").sees("Which document should be checked?");
    assert_eq!(wizard.files["new.json"], mended());
}

#[test]
fn fixes_that_are_not_saved_come_back_after_the_end() {
    let mut wizard = fixed();
    wizard.keys("q");
    assert!(wizard.quit);
    let mut after = again(wizard);
    assert_eq!(checked(&mut after), mended());
    after.keys("s enter").sees("wrote policy.json");
    assert_eq!(after.files["policy.json"], mended());
    assert_eq!(after.drafts.len(), 0, "{:?}", after.drafts);
}

#[test]
fn fixes_that_are_not_saved_come_back_from_the_start_and_beside_answers() {
    let mut wizard = at_config().with_file("policy.json", SLIP);
    wizard.keys("ctrl-p").types("check a document").keys("enter").types("policy.json").keys("enter f");
    wizard.keys(":").types("go to the start").keys("enter").keys(":").types("check a document").keys("enter");
    assert_eq!(checked(&mut wizard), mended());
    wizard.keys("esc d");
    assert!(draft(&wizard).checked.is_none());
    assert!(wizard.drafts["draft"].contains("cn-hangzhou"), "{:?}", wizard.drafts);
}

#[test]
fn a_checked_documents_secrets_stay_out_of_the_draft() {
    let broken = CONFIG.replace("\"owl\" },", "\"owl\" }");
    let mut before = wizard().with_file("service.json", &broken);
    before.keys("down enter").types("service.json").keys("enter f enter ctrl-end").types("// token: new");
    assert!(before.drafts.values().all(|draft| !draft.contains("canary") && !draft.contains("new")));
    let mut after = again(before);
    assert_eq!(checked(&mut after), format!("{CONFIG}// token: ***"));
    after.keys("s").sees("which is no secret of yours").keys("esc");
    assert_eq!(after.files["service.json"], broken);
}

#[test]
fn a_file_that_comes_late_is_not_checked_over_another_document() {
    for path in ["a.json", "missing.json"] {
        let mut wizard = wizard().with_file("a.json", "{}");
        wizard.keys("down enter").types(path);
        let late = wizard.late("enter");
        wizard.pastes(SLIP).hears(late).misses("cannot");
        assert_eq!(checked(&mut wizard), SLIP);
        wizard.keys("esc ctrl-u").types(path);
        let late = wizard.late("enter");
        wizard.types("x").hears(late).sees("Which document should be checked?").misses("cannot");
    }
}

/// Whether this is to check a document, beside.
fn is_to_check(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::Start(_, Request::Compute(Compute::Document(_)))])
}

#[test]
fn a_large_document_is_checked_beside() {
    let large = SLIP.replace("oss:GetObject", &"x".repeat(40_000));
    let mut wizard = wizard().with_file("policy.json", &large);
    wizard.keys("down enter").types("policy.json");
    let [read] = wizard.late("enter").try_into().expect("a file");
    let effects = wizard.app.update(read);
    assert!(is_to_check(&effects), "{effects:?}");
    wizard.sees("being checked").keys("f").sees("still being checked").keys("s").sees("nothing was changed");
    for effect in effects {
        let checked = wizard.perform(effect);
        wizard.hears(checked);
    }
    wizard.misses("being checked").keys("down f").sees("fixed");
}

#[test]
fn a_fix_that_was_not_looked_through_is_kept_at_the_end() {
    let large = SLIP.replace("oss:GetObject", &"x".repeat(40_000));
    let mut wizard = wizard().with_file("policy.json", &large);
    wizard.keys("down enter").types("policy.json").keys("enter down");
    assert!(wizard.app.last_words().is_empty(), "nothing was changed");
    let effects = wizard.app.update(press("f"));
    assert!(is_to_check(&effects), "{effects:?}");
    let effects = wizard.app.last_words();
    let [Effect::Start(_, Request::Write(Write::Draft { text, .. }))] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert!(text.contains("\\\"Allow\\\""), "{}", &text[..200]);
}

#[test]
fn a_text_that_is_left_over_the_palette_is_there_when_one_comes_back() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("ctrl-e").types(" ");
    wizard.keys("ctrl-p").types("go to the finished plan").keys("enter");
    wizard.keys("enter esc esc esc").types("service.json").keys("ctrl-e").sees("is back");
    assert_eq!(edited(&mut wizard), format!(" {CONFIG}"));
    wizard.keys("esc d");
    assert!(draft(&wizard).unsaved.is_none(), "{:?}", wizard.drafts);
    wizard.keys("ctrl-e");
    assert_eq!(edited(&mut wizard), CONFIG);
}

#[test]
fn a_checked_document_that_the_editor_saved_has_no_change_left() {
    let mut wizard = wizard().with_file("policy.json", SLIP);
    wizard.keys("down enter").types("policy.json").keys("enter enter ctrl-end").types(" ").keys("ctrl-s esc");
    assert_eq!(wizard.files["policy.json"], format!("{SLIP} "));
    wizard.keys("s").sees("nothing was changed").keys("esc").sees("Which document should be checked?");
}
