//! The same case given in every way there is yields the same plan, byte for byte, on every path through the
//! questions. The wizard's keys are one of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::Instant;

use ramrole::domain::answers::Answers;
use ramrole::domain::plan::report;
use ramrole::domain::plan::{Facts, Look, Plan, plan};
use ramrole::domain::question::{self, Kind, Need, Question};
use ramrole::tui::app::Screen;

use crate::driver::{Driver, wizard};

/// The documents that the paths name, with their content.
const FILES: [(&str, &str); 2] = [
    (
        "service.json",
        "{\n  \"metadata\": {\"name\": \"rank\", \"instance\": 1}, // one\n  \"token\": \"canary\",\n  \"storage\": \
         [{\"mount_path\": \"/m\", \"oss\": {\"path\": \"oss://b/p\"}}]\n}\n",
    ),
    (
        "trust.json",
        "{\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs.aliyuncs.com\"}}],\"Version\":\"1\"}",
    ),
];

/// One path through the questions: what was answered, in the order of asking.
#[derive(Clone, Default)]
struct Walk {
    answered: Vec<(&'static Question, String)>,
}

/// A way in which a case can be given: its name, and the answers that it leads to.
type Way = (&'static str, fn(&Walk) -> Answers);

/// Each way there is.
fn ways() -> [Way; 5] {
    [
        ("the table", by_table),
        ("a TOML file", |walk| parse(&by_table(walk).to_toml())),
        ("a JSON file", |walk| parse(&serde_json::to_string(&by_table(walk)).expect("JSON"))),
        ("the command line", |walk| by_flags(&by_table(walk).command_line())),
        ("the wizard's keys", by_keys),
    ]
}

/// Types a walk into the wizard, question by question, to the finished plan.
fn by_keys(walk: &Walk) -> Answers {
    let mut wizard = wizard();
    for (name, text) in FILES {
        wizard.files.insert(name.to_owned(), text.to_owned());
    }
    wizard.keys("enter");
    for _ in question::ALL {
        let Screen::Page(page) = &wizard.app.screen else { break };
        let question = page.question();
        let answer = walk.answered.iter().find(|(other, _)| other.key == question.key);
        give(&mut wizard, question, answer.map(|(_, text)| text.as_str()));
    }
    let Screen::Preview(preview) = &wizard.app.screen else { panic!("no plan: {}", wizard.screen()) };
    let plan = preview.plan().expect("a plan");
    assert_eq!(plan.command_line, by_table(walk).command_line());
    wizard.app.shared.work.answers
}

/// Gives one answer by keys.
fn give(wizard: &mut Driver, question: &Question, answer: Option<&str>) {
    match (question.kind, answer) {
        (Kind::Choice(choices), Some(text)) => {
            let choices = choices(&wizard.app.shared.work.answers);
            let at = choices.iter().position(|choice| choice.value == text).expect("a choice");
            for _ in 0..choices.len() {
                wizard.keys("up");
            }
            for _ in 0..at {
                wizard.keys("down");
            }
            wizard.keys("enter");
        }
        (Kind::Several(choices), Some(text)) => {
            let choices = choices(&wizard.app.shared.work.answers);
            let names: Vec<_> = text.split(',').filter(|name| !name.is_empty()).collect();
            for choice in &choices {
                if names.contains(&choice.value.as_str()) {
                    wizard.keys("space");
                }
                wizard.keys("down");
            }
            let others = names.iter().filter(|name| !choices.iter().any(|choice| choice.value == ***name));
            wizard.types(&others.copied().collect::<Vec<_>>().join(","));
            wizard.keys("enter");
        }
        (Kind::Choice(_) | Kind::Several(_), None) => {
            wizard.keys("-");
        }
        (Kind::Text(_) | Kind::Document, text) => {
            wizard.types(text.unwrap_or_default()).keys("enter");
        }
    }
}

fn by_table(walk: &Walk) -> Answers {
    let mut answers = Answers::default();
    for (question, text) in &walk.answered {
        answers.set(question, text).unwrap_or_else(|problem| panic!("{problem}"));
    }
    answers
}

fn parse(file: &str) -> Answers {
    Answers::parse(file).unwrap_or_else(|problems| panic!("{problems:?} in\n{file}"))
}

fn by_flags(line: &str) -> Answers {
    let words = shell_words(line);
    assert_eq!(words[..2], ["ramrole", "plan"], "{line}");
    let mut answers = Answers::default();
    for pair in words[2..].chunks(2) {
        let flag = pair[0].strip_prefix("--").unwrap_or_else(|| panic!("{} in {line}", pair[0]));
        let question = question::ALL.iter().find(|question| question.flag() == flag).expect(flag);
        answers.set(question, &pair[1]).unwrap_or_else(|problem| panic!("{problem} in {line}"));
    }
    answers
}

/// Splits plain words, `'…'` and `\'`, which is all that a path's command line needs.
fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' if !quoted => word.get_or_insert_default().extend(characters.next()),
            ' ' if !quoted => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// What can be answered to a question: every choice; of several none, each, two, all; a sample text or two; a
/// sample document; and nothing, where a plan can do without. The first is where a path starts from.
fn options(question: &Question, answers: &Answers) -> Vec<Option<String>> {
    let mut options: Vec<Option<String>> = match question.kind {
        Kind::Choice(choices) => choices(answers).into_iter().map(|choice| Some(choice.value)).collect(),
        Kind::Several(choices) => {
            let values: Vec<_> = choices(answers).into_iter().map(|choice| choice.value).collect();
            let singles =
                values.iter().cloned().chain((question.key == "policies").then(|| "my-policy".to_owned()));
            let lists = [values[..2].join(","), values.join(","), String::new()];
            singles.chain(lists).map(Some).collect()
        }
        Kind::Text(example) => vec![Some(example.to_owned())],
        Kind::Document => {
            let name = if question.key == "trust_policy" { "trust.json" } else { "service.json" };
            vec![Some(name.to_owned())]
        }
    };
    if question.key == "role_name" {
        options.push(Some("ACS:ram::1234567890123456:role/My.Role-2".to_owned()));
    }
    if question.need == Need::Optional {
        options.push(None);
    }
    options
}

fn answered(answers: &Answers, question: &'static Question, option: Option<&String>) -> Answers {
    let mut answers = answers.clone();
    if let Some(text) = option {
        answers.set(question, text).unwrap_or_else(|problem| panic!("{problem}"));
    }
    answers
}

/// Which of the later questions are asked.
fn ahead(answers: &Answers, from: usize) -> Vec<bool> {
    question::ALL[from..].iter().map(|question| (question.asked)(answers).is_ok()).collect()
}

/// How many answers that steer nothing may differ from the first at once: paths that agree in what is asked and
/// in all but this many such answers are taken for equivalent.
const DEVIATIONS: usize = 1;

/// Every path: all combinations of answers that steer what is asked next, and of the others each alternative.
fn paths() -> Vec<Walk> {
    let mut paths = Vec::new();
    descend(0, &Walk::default(), &Answers::default(), DEVIATIONS, &mut paths);
    paths
}

fn descend(at: usize, walk: &Walk, answers: &Answers, deviations: usize, paths: &mut Vec<Walk>) {
    let Some(question) = question::ALL.get(at) else {
        paths.push(walk.clone());
        return;
    };
    if (question.asked)(answers).is_err() {
        return descend(at + 1, walk, answers, deviations, paths);
    }
    let options = options(question, answers);
    let next: Vec<_> = options.iter().map(|option| answered(answers, question, option.as_ref())).collect();
    let steers = next.iter().any(|other| ahead(other, at + 1) != ahead(&next[0], at + 1))
        || question.key == "workload";
    for (index, (option, next)) in options.into_iter().zip(&next).enumerate() {
        let deviates = index > 0 && !steers;
        let Some(left) = deviations.checked_sub(usize::from(deviates)) else { break };
        let mut walk = walk.clone();
        walk.answered.extend(option.map(|text| (question, text)));
        descend(at + 1, &walk, next, left, paths);
    }
}

/// A plan in everything that people see of it.
#[derive(PartialEq, Eq)]
struct Shown {
    json: String,
    text: String,
    readme: String,
}

impl Shown {
    fn of(plan: &Plan) -> Self {
        let json = serde_json::to_string(plan).expect("JSON");
        Self { json, text: report::text(plan), readme: report::readme(plan) }
    }
}

fn facts() -> &'static Facts {
    static FACTS: OnceLock<Facts> = OnceLock::new();
    FACTS.get_or_init(|| {
        let mut facts = Facts::default();
        for (name, text) in FILES {
            facts.learn(Look::File(name.to_owned()), Ok(text.to_owned()));
        }
        facts
    })
}

fn made(answers: &Answers) -> Plan {
    plan(answers, facts()).unwrap_or_else(|missing| panic!("{missing:?}\n{}", answers.to_toml()))
}

/// The plan of every path.
pub fn plans() -> Vec<Plan> {
    paths().iter().map(|walk| made(&by_table(walk))).collect()
}

/// An answer to each question that is not asked on this path.
fn beside(answers: &Answers) -> Vec<(&'static Question, String)> {
    let not_asked = question::ALL.iter().filter(|question| (question.asked)(answers).is_err());
    let sample = |question: &'static Question| {
        options(question, answers).into_iter().flatten().rfind(|text| !text.is_empty())
    };
    not_asked.filter_map(|question| Some((question, sample(question)?))).collect()
}

fn text_of(answers: &Answers) -> String {
    format!("{answers:?}")
}

fn check(number: usize, walk: &Walk) {
    let answers = by_table(walk);
    for (question, text) in &walk.answered {
        let got = (question.get)(&answers).unwrap_or_else(|| panic!("--{} is lost", question.flag()));
        // The samples are in the form in which answers are written.
        assert_eq!(got, *text, "--{}", question.flag());
        let mut again = answers.clone();
        again.set(question, &got).expect("what was got can be set");
        assert_eq!(text_of(&again), text_of(&answers), "{} set to {text}, got {got}", question.key);
    }
    assert_eq!(answers.that_do_not_apply(), [], "{}", answers.to_toml());
    assert_eq!(text_of(&answers.that_apply()), text_of(&answers));

    let plan = made(&answers);
    let shown = Shown::of(&plan);
    assert_eq!(plan.command_line, answers.command_line());
    for (index, (way, go)) in ways().into_iter().enumerate() {
        let other = go(walk);
        assert_eq!(text_of(&other), text_of(&answers), "by {way}");
        // The answers are the same to the letter, so one way a path is made anew, each in its turn.
        if index == number % ways().len() {
            assert!(Shown::of(&made(&other)) == shown, "by {way}: {}", plan.command_line);
        }
    }
    check_names(&plan);

    let mut more = answers.clone();
    let beside = beside(&answers);
    for (question, text) in &beside {
        more.set(question, text).unwrap_or_else(|problem| panic!("{problem}"));
    }
    let named: Vec<_> = more.that_do_not_apply().iter().map(|problem| problem.question).collect();
    assert_eq!(
        named,
        beside.iter().map(|(question, _)| question.key).collect::<Vec<_>>(),
        "{}",
        more.to_toml()
    );
    assert!(made(&more) == plan, "what does not apply changes the plan: {}", more.to_toml());
}

/// The documents of a plan do not write over each other, and its steps name only documents that are there.
fn check_names(plan: &Plan) {
    let names: Vec<_> = plan.documents.iter().map(|document| document.name).collect();
    for (index, name) in names.iter().enumerate() {
        assert!(!names[..index].contains(name), "two documents {name}: {}", plan.command_line);
        assert_ne!(*name, "README.md");
    }
    for step in &plan.steps {
        assert!(step.documents.iter().all(|name| names.contains(name)), "{step:?}");
        assert!(!step.title.is_empty() && !step.console.is_empty());
    }
}

#[test]
fn every_way_gives_the_same_plan_on_every_path() {
    let start = Instant::now();
    let paths = paths();
    let (first, second) = paths.split_at(paths.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| first.iter().enumerate().for_each(|(number, walk)| check(number, walk)));
        second.iter().enumerate().for_each(|(number, walk)| check(number, walk));
    });
    println!("{} paths through the questions in {:?}", paths.len(), start.elapsed());
    assert!(paths.len() > 1500, "only {} paths", paths.len());
    for question in question::ALL {
        let asked = |walk: &&Walk| walk.answered.iter().any(|(other, _)| other.key == question.key);
        assert!(paths.iter().any(|walk| asked(&walk)), "{} is on no path", question.key);
    }
}

#[test]
fn an_answer_that_hangs_on_one_that_does_not_apply_is_named_too() {
    let answers = parse(
        "workload = \"dlc\"\nregion = \"cn-hangzhou\"\nrole = \"none\"\naccess = \"oss\"\nbucket = \"my-bucket\"\n",
    );
    let named: Vec<_> = answers.that_do_not_apply().iter().map(|problem| problem.question).collect();
    assert_eq!(named, ["access", "bucket"]);
}

#[test]
fn the_same_thing_named_twice_is_named_once() {
    let mut answers = Answers::default();
    for (key, text, expected) in [
        ("access", "oss,dlc,oss", "oss,dlc"),
        (
            "policies",
            "AliyunOSSReadOnlyAccess,my-own,AliyunOSSReadOnlyAccess",
            "AliyunOSSReadOnlyAccess,my-own",
        ),
    ] {
        let question = question::find(key).expect(key);
        answers.set(question, text).expect(text);
        assert_eq!((question.get)(&answers).as_deref(), Some(expected));
    }
}

fn ramrole(folder: &Path, script: &str) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_ramrole")).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    Command::new("bash").args(["-c", script]).env("PATH", path).current_dir(folder).output().expect("bash")
}

#[test]
fn the_program_prints_the_same_for_flags_and_for_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text).expect(name);
    }
    let paths = paths();
    let sampled: Vec<_> = paths.iter().step_by(paths.len() / 40).collect();
    for walk in &sampled {
        let answers = by_table(walk);
        fs::write(folder.path().join("answers.toml"), answers.to_toml()).expect("answers");
        let plan = made(&answers);
        let mut json = serde_json::to_string_pretty(&plan).expect("JSON");
        json.push('\n');
        for (format, expected) in [("json", json), ("text", report::text(&plan))] {
            for call in [answers.command_line(), "ramrole plan --answers answers.toml".to_owned()] {
                let output = ramrole(folder.path(), &format!("{call} --format {format}"));
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(matches!(output.status.code(), Some(0 | 1)), "{call}: {said}");
                assert_eq!(said, "", "{call}");
                assert!(output.stdout == expected.as_bytes(), "{call} --format {format}");
            }
        }
    }
    println!("{} paths by the program", sampled.len());
    assert!(sampled.len() >= 40);
}
