//! What comes back from outside when the user has gone on already, a fact a test.

use ramrole::domain::answers::Answers;
use ramrole::domain::catalog::RoleChoice;
use ramrole::domain::draft::Draft;
use ramrole::host::drafts::Drafts;
use ramrole::host::environment::Machine;
use ramrole::tui::app::Screen;
use ramrole::tui::outside::Outside;
use ramrole::tui::request::{Computed, Message, Msg, Read, Readout, Report, Request, Ticket, Write};
use ramrole::tui::screens::page::Input;
use ramrole::tui::screens::preview::Tab;
use tokio::sync::mpsc::unbounded_channel;

use crate::driver::{Driver, wizard};
use crate::random_walk::press;

const CONFIG: &str = "{\n  \"metadata\": { \"name\": \"owl\" },\n  \"token\": \"canary\"\n}\n";
const SLIP: &str = "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"acs:oss:*:*:b\"}]}";

fn at_config() -> Driver {
    let mut wizard = wizard().with_file("service.json", CONFIG).with_file("other.json", CONFIG);
    wizard.keys("enter down down enter").types("cn-hangzhou").keys("enter");
    wizard
}

fn finished() -> Driver {
    let mut wizard = at_config();
    wizard.types("service.json").keys("enter enter enter - enter right");
    wizard
}

fn editor_text(wizard: &mut Driver) -> String {
    let Screen::Editor(editor) = &wizard.app.screen else { panic!("{}", wizard.screen()) };
    editor.text.text()
}

#[test]
fn a_write_that_ends_late_does_not_lead_back_to_the_plan() {
    let mut wizard = finished();
    wizard.keys("w");
    let wrote = wizard.late("enter");
    wizard.keys("esc");
    wizard.hears(wrote);
    assert!(matches!(wizard.app.screen, Screen::Page(_)), "{}", wizard.screen());
    wizard.sees("wrote service.json").keys("enter w").sees("says so already");
}

#[test]
fn a_write_leaves_the_tab_at_hand_and_what_is_typed_over_it() {
    let mut wizard = finished();
    wizard.keys("w");
    let wrote = wizard.late("enter");
    wizard.keys("s ctrl-u").types("mine.json");
    wizard.hears(wrote);
    wizard.keys("enter");
    assert!(wizard.files["mine.json"].contains("enable_ram_role"), "{}", wizard.files["mine.json"]);
    let Screen::Preview(preview) = &wizard.app.screen else { panic!("no plan") };
    assert_eq!(preview.tab(), Some(Tab::Document(0)));
}

#[test]
fn a_document_whose_path_was_changed_is_no_answer() {
    let mut wizard = at_config();
    wizard.types("service.json");
    let read = wizard.late("enter");
    wizard.keys("ctrl-u").types("other.json");
    wizard.hears(read);
    wizard.sees("other.json");
    assert_eq!(wizard.app.shared.work.answers.service_config, None);
    wizard.keys("enter");
    assert_eq!(wizard.app.shared.work.answers.service_config.as_deref(), Some("other.json"));
}

#[test]
fn a_document_that_is_read_late_does_not_lead_on_from_a_page_that_was_left() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("enter esc");
    for key in ["enter", "ctrl-e"] {
        let read = wizard.late(key);
        wizard.keys("esc enter");
        let before = wizard.screen();
        wizard.hears(read);
        assert_eq!(wizard.screen(), before);
    }
}

#[test]
fn a_sketch_is_shown_only_on_the_page_that_asked_for_it() {
    let large = format!("{{\"metadata\": {{\"name\": \"owl\"}}, \"x\": \"{}\"}}\n", "x".repeat(70_000));
    let mut wizard = at_config().with_file("large.json", &large);
    wizard.types("large.json").keys("enter");
    let sketched = wizard.late("down");
    let is_sketch =
        |msg: &Msg| matches!(msg, Msg::Report(Message { report: Report::Computed(Computed::Sketch(_)), .. }));
    assert!(matches!(&sketched[..], [msg] if is_sketch(msg)), "{sketched:?}");
    // The page asks for its own, which does not come back.
    wizard.app.update(press("up"));
    wizard.app.update(press("esc"));
    wizard.app.update(press("enter"));
    wizard.hears(sketched);
    let Screen::Page(page) = &wizard.app.screen else { panic!("no question") };
    assert!(page.pane.made.as_ref().is_none_or(|(_, sketch)| sketch.get().is_none()));
}

#[test]
fn a_document_that_is_read_twice_keeps_its_fixes() {
    let mut wizard = wizard().with_file("policy.json", SLIP);
    wizard.keys("down enter").types("policy.json");
    let again = wizard.late("enter");
    wizard.keys("enter f");
    wizard.hears(again);
    let Screen::Check(check) = &wizard.app.screen else { panic!("no check") };
    assert_eq!(check.text, SLIP.replace("allow", "Allow"));
}

#[test]
fn a_save_that_ends_late_does_not_lead_back_to_the_document_that_was_checked() {
    let mut wizard = wizard().with_file("policy.json", SLIP);
    wizard.keys("down enter").types("policy.json").keys("enter f s");
    let saved = wizard.late("enter");
    wizard.keys("esc").sees("policy.json is changed and not saved");
    wizard.hears(saved);
    wizard.sees("policy.json is changed and not saved").keys("d").sees("Which document should be checked?");
}

#[test]
fn a_question_that_comes_late_takes_no_answer_meant_for_another() {
    let mut wizard = finished();
    wizard.keys("s ctrl-u").types("other.json");
    let exists = wizard.late("enter");
    wizard.keys("S ctrl-u").types("fold");
    wizard.hears(exists);
    wizard.sees("other.json exists already and was left alone").types("er").keys("enter");
    assert_eq!(wizard.files["other.json"], CONFIG);
    assert!(wizard.files.contains_key("folder/README.md"));
    let mut wizard = finished();
    wizard.keys("s ctrl-u").types("other.json");
    let exists = wizard.late("enter");
    wizard.keys("esc");
    wizard.hears(exists);
    wizard.sees("was left alone; save once more").keys("enter");
    assert_eq!(wizard.files["other.json"], CONFIG);
}

#[test]
fn a_question_that_comes_late_is_not_of_an_older_text() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("ctrl-e").types("a");
    wizard.files.insert("service.json".to_owned(), "theirs".to_owned());
    let changed = wizard.late("ctrl-s");
    wizard.types("b");
    wizard.hears(changed);
    wizard.sees("was left alone; save once more to be asked").keys("enter");
    assert_eq!(wizard.files["service.json"], "theirs");
    wizard.keys("backspace ctrl-s").sees("Replace it all the same?").keys("enter");
    assert_eq!(wizard.files["service.json"], format!("ab{CONFIG}"));
}

#[test]
fn of_two_saves_the_later_comes_last_and_nothing_is_asked() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("ctrl-e").types("a");
    let first = wizard.late("ctrl-s");
    wizard.types("b");
    assert!(wizard.late("ctrl-s").is_empty(), "two at once");
    wizard.hears(first);
    wizard.misses("has changed");
    assert_eq!(wizard.files["service.json"], format!("ab{CONFIG}"));
}

#[test]
fn a_masked_text_is_asked_about_also_while_another_is_being_saved() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("ctrl-e").types("a");
    let first = wizard.late("ctrl-s");
    wizard.keys("ctrl-a").pastes(&CONFIG.replace("canary", "***")).keys("ctrl-s").sees("no secret of yours");
    wizard.hears(first);
    wizard.sees("no secret of yours").keys("esc");
    assert_eq!(wizard.files["service.json"], format!("a{CONFIG}"));
    wizard.keys("ctrl-s enter");
    assert_eq!(wizard.files["service.json"], CONFIG.replace("canary", "***"));
}

#[test]
fn a_text_that_came_back_keeps_what_is_typed_before_its_secrets_are_there() {
    let mut before = at_config();
    before.types("service.json").keys("ctrl-e ctrl-end").types(" ");
    let mut after = wizard().with_file("service.json", CONFIG);
    after.drafts = before.drafts;
    after.keys(":").types("go to the start").keys("enter");
    let mut read = Vec::new();
    for draft in after.late("enter") {
        read.extend(after.app.update(draft));
    }
    after.keys("ctrl-end").types("x");
    for effect in read {
        let file = after.perform(effect);
        after.hears(file);
    }
    after.types("y");
    assert_eq!(editor_text(&mut after), format!("{CONFIG} xy"));
}

#[test]
fn what_is_saved_while_something_is_opened_over_the_text_does_not_lead_away() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("ctrl-e").types(" ").keys("esc");
    let saved = wizard.late("enter");
    wizard.keys("ctrl-p").types("sel");
    wizard.hears(saved);
    wizard.keys("esc");
    assert_eq!(editor_text(&mut wizard), format!(" {CONFIG}"));
}

#[test]
fn a_click_that_comes_late_does_nothing_under_a_question() {
    let mut wizard = finished();
    wizard.screen();
    let hits: Vec<_> = wizard.hits.iter().map(|hit| hit.target).collect();
    wizard.keys("w");
    let before = wizard.screen();
    for target in hits {
        wizard.tell(Msg::Click(target));
        assert_eq!(wizard.screen(), before, "{target:?}");
    }
}

#[test]
fn a_draft_that_was_forgotten_leaves_no_answers() {
    let mut wizard = at_config();
    wizard.keys("ctrl-p").types("go to the start").keys("enter x enter");
    assert!(wizard.drafts.is_empty());
    assert_eq!(wizard.app.shared.work.answers, Answers::default());
    wizard.misses("saved");
}

#[test]
fn the_palette_does_nothing_that_it_does_not_show() {
    let mut wizard = at_config();
    let before = wizard.screen();
    wizard.keys("ctrl-p").types("no such thing").keys("enter");
    assert_eq!(wizard.screen(), before);
}

#[test]
fn the_last_answer_is_in_the_draft_before_the_plan_is_shown() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("enter enter down P");
    let draft = Draft::parse(&wizard.drafts["draft"]).expect("a draft").answers("/place", "");
    assert_eq!(draft, wizard.app.shared.work.answers);
    assert_eq!(draft.role, Some(RoleChoice::Custom));
}

#[test]
fn a_draft_that_gets_a_name_keeps_the_text_that_is_not_saved() {
    let mut wizard = at_config();
    wizard.types("service.json").keys("ctrl-e").types(" ").keys("ctrl-p").types("draft a name").keys("enter");
    wizard.keys("ctrl-u").types("mine").keys("enter");
    let draft = Draft::parse(&wizard.drafts["mine"]).expect("a draft");
    assert!(draft.unsaved.is_some_and(|unsaved| unsaved.masked.text.starts_with(" {")));
}

#[test]
fn a_draft_is_read_with_all_that_was_to_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let drafts = Drafts::in_folder(folder.path().to_owned());
    let mut outside = Outside::new(Machine { drafts }, unbounded_channel().0);
    let ticket = Ticket { screen: 0, number: 1 };
    for round in 0..200 {
        let keep = Write::Draft { name: "draft".to_owned(), text: round.to_string() };
        assert!(outside.start(ticket, Request::Write(keep)).is_none());
        match outside
            .start(ticket, Request::Read(Read::Draft("draft".to_owned())))
            .map(|message| message.report)
        {
            Some(Report::Read(Readout::Draft { result, .. })) => assert_eq!(result, Ok(round.to_string())),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_choice_from_the_list_survives_the_same_list_once_more() {
    let mut wizard = at_config();
    let listed = wizard.late("backspace");
    wizard.keys("down");
    wizard.hears(listed);
    let Screen::Page(page) = &wizard.app.screen else { panic!("no question") };
    let Input::Document(input) = &page.input else { panic!("no document") };
    assert_eq!(input.path(), "other.json");
}

#[test]
fn completions_of_what_no_longer_stands_there_are_not_shown() {
    let mut wizard = at_config();
    let listed = wizard.late("s");
    wizard.keys("backspace").types("o").sees("  other.json").hears(listed).misses("  service.json");
}
