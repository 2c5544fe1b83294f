//! A walk with slow files: what comes back late and out of order panics nowhere, takes no answer and no text away,
//! and calls nobody back to a screen that was left.

use std::collections::VecDeque;

use ramrole::domain::draft::Draft;
use ramrole::domain::question;
use ramrole::domain::secret::MASK;
use ramrole::tui::app::{App, Screen};
use ramrole::tui::dialog::Overlay;
use ramrole::tui::hit::Hit;
use ramrole::tui::request::{Effect, Message, Msg, Read, Readout, Report, Request, Write};
use ramrole::tui::screens::page::Input;

use crate::driver::{Driver, wizard};
use crate::random_walk::{Dice, leave, press, random_key, seed};

const ROUNDS: usize = 200;
const STEPS: usize = 50;
const CONFIG: &str =
    "{\n  \"metadata\": {\"name\": \"owl\"},\n  \"token\": \"canary\", // 名前\n  \"storage\": []\n}\n";
const SLIP: &str = "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"acs:oss:*:*:b\"}]}";
const TEXTS: [&str; 7] = [
    "cn-hangzhou",
    "service.json",
    "large.json",
    "trust.json",
    "acs:ram::1234567890123456:role/owl",
    "s",
    CONFIG,
];
/// Where a round begins: keys, and between them texts in quotes.
const STARTS: [&str; 6] = [
    "",
    "enter down down enter 'cn-hangzhou enter 'service.json",
    "enter down down enter 'cn-hangzhou enter 'service.json enter enter enter - enter",
    "enter down down enter 'cn-hangzhou enter 'large.json enter enter enter - enter",
    "enter down down enter 'cn-hangzhou enter 'service.json ctrl-e",
    "down enter 'slip.json enter",
];

/// Something that is wanted outside, or done and not told yet; from where, and how often the user had gone elsewhere
/// before.
struct Late {
    place: String,
    moves: usize,
    what: Stage,
}

enum Stage {
    Wanted(Box<Effect>),
    Done(Msg),
}

/// What must not change under the user's hands.
#[derive(Debug, PartialEq)]
struct Held {
    answers: Vec<Option<String>>,
    place: String,
    typed: String,
    over: String,
}

fn held(app: &App) -> Held {
    let answers = question::ALL.iter().map(|question| (question.get)(&app.shared.work.answers)).collect();
    let (place, typed) = match &app.screen {
        Screen::Home(_) => ("home".to_owned(), String::new()),
        Screen::Page(page) => (page.question().key.to_owned(), typed(&page.input)),
        Screen::Editor(editor) => ("editor".to_owned(), editor.text.text()),
        Screen::Preview(preview) => {
            ("plan".to_owned(), preview.tab().map(|tab| format!("{tab:?}")).unwrap_or_default())
        }
        Screen::Explain(explain) => {
            (format!("explain, answered {}", explain.answer.is_some()), explain.text.text())
        }
        Screen::Check(check) if check.report.is_some() => ("checked".to_owned(), check.text.clone()),
        Screen::Check(check) => ("check".to_owned(), check.path.path().to_owned()),
        Screen::Credential(_) => ("credential".to_owned(), String::new()),
    };
    let over = match &app.overlay {
        None => String::new(),
        Some(Overlay::Prompt(prompt)) => format!("{}{}", prompt.title, prompt.field.text()),
        Some(Overlay::Ask(ask)) => ask.title.clone(),
        Some(Overlay::Keys { .. }) => "keys".to_owned(),
        Some(Overlay::Palette(_)) => "palette".to_owned(),
        Some(Overlay::Pick(pick)) => format!("{}{}", pick.title, pick.list.cursor),
    };
    Held { answers, place, typed, over }
}

fn typed(input: &Input) -> String {
    match input {
        Input::Choice(list) => list.cursor.to_string(),
        Input::Several { picked, others, .. } => format!("{picked:?}{}", others.text()),
        Input::Text(field) => field.text().to_owned(),
        Input::Document(path) => path.path().to_owned(),
    }
}

/// The wizard with what is still being done for it.
struct Walk {
    driver: Driver,
    waiting: Vec<Late>,
    hits: Vec<Hit>,
    moves: usize,
    steps: VecDeque<String>,
}

impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("RAMROLE_SEED={}, the last steps: {:#?}", seed(), self.steps);
        }
    }
}

impl Walk {
    fn new() -> Self {
        let long = format!("  \"x\": \"{}\",\n", "x".repeat(70_000));
        let driver = wizard()
            .with_file("service.json", CONFIG)
            .with_file("slip.json", SLIP)
            .with_file("trust.json", SLIP)
            .with_file("large.json", &format!("{{\n{long}  \"metadata\": {{\"name\": \"owl\"}}\n}}\n"));
        Self { driver, waiting: Vec::new(), hits: Vec::new(), moves: 0, steps: VecDeque::new() }
    }

    fn tell(&mut self, msg: Msg) {
        self.steps.push_back(format!("{msg:?}").chars().take(140).collect());
        if self.steps.len() > 40 {
            self.steps.pop_front();
        }
        let before = held(&self.driver.app).place;
        let effects = self.driver.app.update(msg);
        if held(&self.driver.app).place != before {
            self.moves += 1;
        }
        let (moves, place) = (self.moves, held(&self.driver.app).place);
        for effect in effects {
            match effect {
                // What the loop does itself is never late.
                Effect::Quit
                | Effect::Mouse(_)
                | Effect::ShowRaw(_)
                | Effect::Cancel(_)
                | Effect::Start(
                    _,
                    Request::EditOutside { .. }
                    | Request::Write(Write::Draft { .. } | Write::NoDraft(_))
                    | Request::Read(Read::Drafts | Read::Draft(_)),
                ) => {
                    for msg in self.driver.perform(effect) {
                        self.tell(msg);
                    }
                }
                slow @ Effect::Start(..) => self.waiting.push(Late {
                    place: place.clone(),
                    moves,
                    what: Stage::Wanted(Box::new(slow)),
                }),
            }
        }
    }

    /// Takes something that is under way one step on, perhaps not what was wanted first.
    fn go_on(&mut self, at: usize) {
        let Late { place, moves, what } = self.waiting.remove(at);
        match what {
            Stage::Wanted(effect) => {
                let done = self.driver.perform(*effect).into_iter().map(Stage::Done);
                self.waiting.extend(done.map(|what| Late { place: place.clone(), moves, what }));
            }
            Stage::Done(msg) => self.come_back(msg, &place, moves),
        }
    }

    fn come_back(&mut self, msg: Msg, place: &str, moves: usize) {
        let before = held(&self.driver.app);
        let stayed = self.moves == moves;
        let is = |of: fn(&Readout) -> bool| matches!(&msg, Msg::Report(Message { report: Report::Read(read), .. }) if of(read));
        let may_answer = is(|read| matches!(read, Readout::Fact { .. }));
        let may_fill = is(|read| matches!(read, Readout::File { .. }));
        let what: String = format!("{msg:?}").chars().take(200).collect();
        self.tell(msg);
        let after = held(&self.driver.app);
        for (question, (before, after)) in question::ALL.iter().zip(before.answers.iter().zip(&after.answers))
        {
            assert!(
                before == after || (may_answer && place == question.key && stayed),
                "{} after {what}",
                question.key
            );
        }
        assert!(stayed || before.place == after.place, "called back by {what}: {before:?}, {after:?}");
        assert!(
            before.over == after.over || (place == before.place && before.over.is_empty()),
            "{before:?}, {after:?} by {what}"
        );
        if before.place == after.place && before.place != "plan" {
            let same = before.typed == after.typed || (may_fill && is_filled(&before.typed, &after.typed));
            assert!(same, "{what} changes {:?} into {:?}", before.typed, after.typed);
        }
        if before.place == "plan" && !before.typed.is_empty() && after.place == "plan" {
            assert_eq!(before.typed, after.typed, "{what} leads to another tab");
        }
    }

    fn drain(&mut self) {
        while !self.waiting.is_empty() {
            self.go_on(0);
        }
    }

    fn start(&mut self, keys: &str) {
        for key in keys.split(' ').filter(|key| !key.is_empty()) {
            match key.strip_prefix('\'') {
                Some(text) => self.tell(Msg::Paste(text.to_owned())),
                None => self.tell(press(key)),
            }
            self.drain();
        }
    }

    fn random_msg(&self, dice: &mut Dice) -> Msg {
        match dice.roll(100) {
            0..45 => random_key(dice, &self.driver),
            45..70 => press(["enter", "enter", "esc", "down", "w", "s", "ctrl-s", "ctrl-e"][dice.roll(8)]),
            70..80 => press(["a", "x", "space", "tab", "backspace", "f"][dice.roll(6)]),
            80..92 => Msg::Paste(TEXTS[dice.roll(TEXTS.len())].to_owned()),
            _ if !self.hits.is_empty() => Msg::Click(self.hits[dice.roll(self.hits.len())].target),
            _ => press("enter"),
        }
    }

    fn round(&mut self, dice: &mut Dice) {
        self.start(STARTS[dice.roll(STARTS.len())]);
        for step in 0..STEPS {
            let msg = self.random_msg(dice);
            self.tell(msg);
            for _ in 0..2 {
                if dice.roll(3) == 0 && !self.waiting.is_empty() {
                    let at = dice.roll(self.waiting.len());
                    self.go_on(at);
                }
            }
            if step % 7 == 0 {
                self.driver.draw(120, 36);
                // A click meant for this screen may come to a later one.
                self.hits.clone_from(&self.driver.hits);
            }
        }
        self.drain();
        leave(&mut self.driver);
        self.assert_kept();
    }

    /// The draft holds every answer.
    fn assert_kept(&self) {
        let work = &self.driver.app.shared.work;
        if work.name.is_empty() {
            return;
        }
        let read = |text: &str| Draft::parse(text).expect("a draft").answers(&work.folder, &work.home);
        let draft = &self.driver.drafts[&work.name];
        assert_eq!(read(draft), read(&Draft::of(&work.answers, &work.folder).to_json()), "{draft}");
    }
}

/// Whether a text is the same but for lines with masks in them.
fn is_filled(before: &str, after: &str) -> bool {
    let pairs = before.lines().zip(after.lines());
    before.lines().count() == after.lines().count()
        && pairs.into_iter().all(|(before, after)| before == after || before.contains(MASK))
}

#[test]
fn whatever_comes_late_takes_nothing_away_and_calls_nobody_back() {
    let mut dice = Dice(seed());
    for _ in 0..ROUNDS {
        Walk::new().round(&mut dice);
    }
}
