//! What the wizard promises, a fact a test.

use ramrole::domain::answers::Answers;
use ramrole::tui::app::Screen;
use ramrole::tui::request::Msg;

use crate::driver::{Driver, wizard};

const CONFIG: &str = "{\n  \"metadata\": { \"name\": \"owl\" },\n  \"token\": \"canary\",\n  \"storage\": [{\"mount_path\": \"/m\", \"oss\": {\"path\": \"oss://b/\"}}]\n}\n";

fn at_config() -> Driver {
    let mut wizard = wizard().with_file("service.json", CONFIG);
    wizard.keys("enter down down enter").types("cn-hangzhou").keys("enter");
    wizard
}

fn at_role() -> Driver {
    let mut wizard = at_config();
    wizard.types("service.json").keys("enter enter");
    wizard
}

/// An EAS service with the default role, finished.
fn finished() -> Driver {
    let mut wizard = at_role();
    wizard.keys("enter - enter");
    assert!(matches!(wizard.app.screen, Screen::Preview(_)), "{}", wizard.screen());
    wizard
}

fn question(wizard: &Driver) -> &'static str {
    match &wizard.app.screen {
        Screen::Page(page) => page.question().key,
        _ => "no question",
    }
}

#[test]
fn back_keeps_the_answer() {
    let mut wizard = at_role();
    wizard.keys("esc esc esc");
    assert_eq!(question(&wizard), "region");
    wizard.sees("cn-hangzhou");
    assert_eq!(wizard.app.shared.work.answers.service_config.as_deref(), Some("service.json"));
}

#[test]
fn a_step_can_be_jumped_to() {
    let mut wizard = at_role();
    wizard.keys("tab tab up up up enter");
    assert_eq!(question(&wizard), "region");
}

#[test]
fn a_document_that_cannot_be_edited_is_refused_at_its_field() {
    let mut wizard = at_config().with_file("broken.json", "{\"metadata\": {} \"x\": 1}");
    wizard.types("broken.json").keys("enter");
    assert_eq!(question(&wizard), "service_config");
    wizard.sees("a comma is missing").sees("Ctrl-E edit");
    wizard.keys("ctrl-u").types("nowhere.json").keys("enter").sees("cannot read nowhere.json");
}

#[test]
fn a_mistake_shows_while_it_is_typed() {
    let mut wizard = wizard();
    wizard.keys("enter enter").types("cn_").sees("is not a region");
    wizard.keys("backspace").types("-hangzhou").misses("is not a region");
}

#[test]
fn warnings_stand_where_they_are_caused() {
    let mut wizard = at_role();
    wizard.sees("workspace_id").misses("must be able to");
    wizard.keys("down").sees("must be able to read and write");
    let mut dsw = self::wizard();
    dsw.keys("enter down enter").types("cn-hangzhou").keys("enter down enter").misses("whoever can open");
    dsw.keys("enter enter").misses("whoever can open");
    let mut public = self::wizard();
    public.keys("enter down enter").types("cn-hangzhou").keys("enter down enter down enter down down");
    public.keys("up up").sees("whoever can open");
}

#[test]
fn a_running_instance_is_said_to_restart() {
    let mut wizard = wizard();
    wizard.keys("enter down enter").types("cn-hangzhou").keys("enter down enter - enter").keys("esc esc esc");
    assert_eq!(question(&wizard), "running");
    wizard.sees("restarts");
    wizard.keys("up").misses("restarts");
}

#[test]
fn what_is_open_is_not_copied() {
    let mut wizard = at_role();
    wizard.keys("down y").sees("still open");
    assert_eq!(wizard.copied, None);
}

#[test]
fn a_copy_is_the_document_and_never_said_to_be_done() {
    let mut wizard = finished();
    wizard.keys("right y").sees("was sent to the terminal").misses("copied");
    let copied = wizard.copied.clone().expect("copied");
    assert!(copied.contains("\"enable_ram_role\": true") && copied.contains("canary"), "{copied}");
}

#[test]
fn writing_in_place_asks_first() {
    let mut wizard = finished();
    wizard.keys("w").sees("Write this into service.json?").keys("w esc");
    assert_eq!(wizard.files["service.json"], CONFIG);
    wizard.keys("w enter");
    assert!(wizard.files["service.json"].contains("\"enable_ram_role\": true"));
    wizard.keys("w").sees("says so already");
}

#[test]
fn a_file_that_has_changed_meanwhile_is_not_written_over_unasked() {
    let mut wizard = finished();
    let other = CONFIG.replace("owl", "eagle");
    wizard.files.insert("service.json".to_owned(), other.clone());
    wizard.keys("w enter").sees("has changed on the disk").keys("esc");
    assert_eq!(wizard.files["service.json"], other);
}

#[test]
fn saving_over_a_file_asks_first() {
    let mut wizard = finished();
    wizard.keys("right s ctrl-u").types("service.json").keys("enter").sees("exists already").keys("esc");
    assert_eq!(wizard.files["service.json"], CONFIG);
    wizard.keys("s enter");
    assert!(wizard.files.contains_key("service-with-role.json"));
    wizard.keys("S enter");
    assert!(wizard.files["plan/README.md"].contains("ramrole plan"));
}

#[test]
fn a_draft_comes_back_with_its_answers_and_place() {
    let before = at_role();
    let mut after = wizard().with_file("service.json", CONFIG);
    after.drafts = before.drafts;
    after.keys(":").types("go to the start").keys("enter").sees("Go on with draft").keys("enter");
    assert_eq!(question(&after), "role");
    assert_eq!(after.app.shared.work.answers, before.app.shared.work.answers);
}

#[test]
fn an_unsaved_text_comes_back_with_the_secrets_of_its_file() {
    let mut before = at_config();
    before.types("service.json").keys("ctrl-e ctrl-end").types(" ");
    assert!(before.drafts.values().all(|draft| !draft.contains("canary")), "{:?}", before.drafts);
    let mut after = wizard().with_file("service.json", CONFIG);
    after.drafts = before.drafts;
    after.keys(":").types("go to the start").keys("enter enter");
    let Screen::Editor(editor) = &after.app.screen else { panic!("{}", after.screen()) };
    assert_eq!(editor.text.text(), format!("{CONFIG} "));
}

#[test]
fn no_secret_is_seen_until_it_is_asked_for() {
    let mut wizard = at_config();
    wizard
        .types("service.json")
        .keys("down")
        .misses("canary")
        .keys("ctrl-e")
        .misses("canary")
        .sees("1 secret hidden");
    wizard.keys("alt-s").sees("canary");
}

#[test]
fn a_broken_text_keeps_its_secrets_too() {
    let lists = "{\"token\": [\"a]\",\n\"canary\"] \"x\": 1,\n\"secrets\": {\"token\": \"x\",\n\"other\": \"canary\"}}";
    let mut wizard = at_config().with_file("broken.json", lists);
    wizard.types("broken.json").keys("ctrl-e").misses("canary").types(" ");
    assert!(wizard.drafts.values().all(|draft| !draft.contains("canary")), "{:?}", wizard.drafts);
    wizard.keys("esc d esc esc esc esc").keys("down down enter").types("broken.json").keys("enter v d");
    assert!(wizard.raw.as_ref().is_some_and(|raw| !raw.contains("canary")), "{}", wizard.screen());
}

#[test]
fn the_role_is_put_into_the_text_and_taken_out_again() {
    let mut wizard = at_role();
    wizard.keys("enter esc esc esc ctrl-e ctrl-r").sees("the role is in the text");
    let Screen::Editor(editor) = &wizard.app.screen else { panic!("no editor") };
    assert!(editor.text.text().contains("enable_ram_role"));
    wizard.keys("ctrl-z");
    let Screen::Editor(editor) = &wizard.app.screen else { panic!("no editor") };
    assert_eq!(editor.text.text(), CONFIG);
}

#[test]
fn a_pasted_document_opens_the_editor_and_is_saved_under_a_name() {
    let mut wizard = at_config();
    wizard
        .pastes(CONFIG)
        .keys("ctrl-s")
        .sees("Save it as")
        .keys("ctrl-u")
        .types("pasted.json")
        .keys("enter esc enter");
    assert_eq!(wizard.files["pasted.json"], CONFIG);
    assert_eq!(wizard.app.shared.work.answers.service_config.as_deref(), Some("pasted.json"));
}

#[test]
fn a_long_command_is_seen_whole_beside_the_question() {
    for size in [(120, 36), (100, 30), (80, 24)] {
        let mut wizard = at_role();
        wizard.tell(Msg::Size(size.0, size.1)).keys("down ] ] ] ] tab").sees("commands");
        wizard
            .keys("g")
            .misses("…")
            .sees("aliyun ram CreateRole")
            .sees("--AssumeRolePolicyDocument\n")
            .sees("--PolicyName pass-my-role");
        wizard.keys("G").misses("…").sees("--UserName alice").sees("curl --silent");
        wizard.keys("j j j").sees("curl --silent").keys("g").sees("aliyun ram CreateRole");
    }
}

#[test]
fn the_command_line_of_the_plan_gives_its_answers() {
    let mut wizard = finished();
    wizard.keys("Y");
    let line = wizard.copied.clone().expect("a command line");
    assert!(line.starts_with("ramrole plan --workload eas"), "{line}");
    assert_eq!(line, wizard.app.shared.work.answers.command_line());
}

#[test]
fn a_message_leads_into_the_questions() {
    let mut wizard = wizard();
    wizard
        .keys("down down enter")
        .pastes("check permission for ram role failed")
        .keys("enter")
        .sees("PassRole");
    wizard.keys("enter");
    let expected = Answers::parse("workload = \"dlc\"\nrole = \"custom\"").expect("answers");
    assert_eq!(wizard.app.shared.work.answers, expected);
}

#[test]
fn a_checked_document_is_fixed_and_saved_after_a_question() {
    let broken = "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"acs:oss:*:*:b\"}]}";
    let mut wizard = wizard().with_file("policy.json", broken);
    wizard
        .keys("down enter")
        .types("policy.json")
        .keys("enter f")
        .sees("fixed")
        .keys("s")
        .sees("Write this into policy.json?");
    assert_eq!(wizard.files["policy.json"], broken);
    wizard.keys("enter");
    assert_eq!(wizard.files["policy.json"], broken.replace("allow", "Allow"));
}

#[test]
fn resizing_loses_nothing() {
    let mut wizard = at_role();
    wizard.keys("down");
    let before = wizard.screen();
    for size in [(20, 5), (40, 12), (200, 60), (120, 36)] {
        wizard.tell(Msg::Size(size.0, size.1)).screen();
    }
    assert_eq!(wizard.screen(), before);
    wizard.tell(Msg::Size(39, 11)).sees("needs 40 columns");
}

#[test]
fn names_from_outside_steer_nothing() {
    let hostile = "a\u{1b}[2J\u{202e}b.json";
    let mut wizard = at_config().with_file(hostile, CONFIG);
    wizard.types("a").keys("down").sees("a␛[2J").keys("enter");
    assert!(!wizard.screen().contains('\u{1b}'));
}

#[test]
fn a_path_at_home_is_named_whole_once_it_is_an_answer() {
    let at_home = "/home/owl/service.json";
    let mut wizard = at_config().with_file(at_home, CONFIG);
    wizard.types("~/service.json").sees("~/service.json").keys("ctrl-e").sees(at_home).keys("esc enter");
    assert_eq!(wizard.app.shared.work.answers.service_config.as_deref(), Some(at_home), "from the editor");
    let mut wizard = at_config().with_file(at_home, CONFIG);
    wizard.types("~/service.json").keys("enter enter enter - enter");
    let Screen::Preview(_) = &wizard.app.screen else { panic!("{}", wizard.screen()) };
    wizard.keys("Y");
    assert!(wizard.copied.as_ref().is_some_and(|line| line.contains(at_home) && !line.contains('~')));
    let mut wizard = at_config();
    wizard.pastes(CONFIG).keys("ctrl-s ctrl-u").types("~/service.json").keys("enter esc enter");
    assert_eq!(wizard.app.shared.work.answers.service_config.as_deref(), Some(at_home), "saved under it");
    wizard.app.shared.work.take(Answers::parse("service_config = \"~/x.json\"").expect("answers"));
    assert_eq!(
        wizard.app.shared.work.answers.service_config.as_deref(),
        Some("/home/owl/x.json"),
        "given at the start"
    );
}

#[test]
fn a_path_at_home_is_checked_and_comes_back_from_a_draft() {
    let mut wizard = wizard().with_file("/home/owl/policy.json", "{}");
    wizard.keys("down enter").types("~/policy.json").keys("enter").sees("/home/owl/policy.json:");
    let draft = "{\"answers\": {\"workload\": \"eas\", \"region\": \"cn-hangzhou\", \"service_config\": \"~/s.json\"}, \"folder\": \"/x\"}";
    let mut wizard = self::wizard().with_file("/home/owl/s.json", CONFIG);
    wizard.drafts.insert("draft".to_owned(), draft.to_owned());
    wizard.keys(":").types("go to the start").keys("enter enter");
    assert_eq!(wizard.app.shared.work.answers.service_config.as_deref(), Some("/home/owl/s.json"));
}
