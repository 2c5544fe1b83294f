//! Random keys, pastes, clicks and sizes over all screens: nothing panics, and every screen can be reached and left.

use std::collections::{BTreeSet, VecDeque};

use jiff::SignedDuration;
use ramrole::domain::credential::{Source, Trouble};
use ramrole::domain::text::steers_a_terminal;
use ramrole::tui::app::{ALL, App, PLACES, Screen, keymap};
use ramrole::tui::dialog::Overlay;
use ramrole::tui::hit::Target;
use ramrole::tui::keymap::{On, types_text};
use ramrole::tui::press::Press;
use ramrole::tui::request::Msg;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::driver::{Driver, wizard};

const STEPS: usize = 100_000;
const CONFIG: &str =
    "{\n  \"metadata\": {\"name\": \"owl\"},\n  \"token\": \"canary\", // 名前\n  \"storage\": []\n}\n";
const PASTES: [&str; 8] = [
    "cn-hangzhou",
    "acs:ram::1234567890123456:role/owl",
    "1234567890123456",
    CONFIG,
    "{\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"allow\",\"Principal\":{\"Service\":[\"ecs.aliyuncs.com\"]}}],\"Version\":\"1\",}",
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}evil\r\n\u{9b}31m",
    "check permission for ram role failed",
    "名前👩‍👩‍👧é\u{301}\t",
];

/// xorshift64*: enough for a walk, and the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let wide = u128::from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)) * sides as u128;
        usize::try_from(wide >> 64).expect("below sides")
    }
}

pub fn seed() -> u64 {
    std::env::var("RAMROLE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_125)
}

fn random_msg(dice: &mut Dice, driver: &Driver) -> Msg {
    match dice.roll(100) {
        0..55 => random_key(dice, driver),
        55..70 => {
            let letters: Vec<char> = "aZ09-_/.,:?\"{}[] é名👍\u{301}\u{1b}\u{202e}".chars().collect();
            Msg::Press(Press::plain(crossterm::event::KeyCode::Char(letters[dice.roll(letters.len())])))
        }
        70..84 => press(["enter", "enter", "down", "tab", "space"][dice.roll(5)]),
        84..91 => Msg::Paste(PASTES[dice.roll(PASTES.len())].to_owned()),
        91..93 => {
            Msg::Size(*pick(dice, &[1, 39, 40, 80, 100, 120, 300]), *pick(dice, &[1, 11, 12, 24, 36, 100]))
        }
        93..98 if !driver.hits.is_empty() => Msg::Click(driver.hits[dice.roll(driver.hits.len())].target),
        93..98 => Msg::Click(Target::Text(3, 5)),
        98 => Msg::Tick(driver.now.after(SignedDuration::from_secs([1, 1, 30, 3_600][dice.roll(4)]))),
        _ => Msg::Wheel(if dice.roll(2) == 0 { 3 } else { -3 }),
    }
}

/// One of the keys that do something now.
pub fn random_key(dice: &mut Dice, driver: &Driver) -> Msg {
    let active: Vec<_> = driver.app.shared.keys.active(driver.app.shared.kinds).collect();
    let keys = driver.app.shared.keys.of(active[dice.roll(active.len())]);
    if keys.is_empty() { press("enter") } else { Msg::Press(keys[dice.roll(keys.len())]) }
}

fn pick<'t>(dice: &mut Dice, from: &'t [u16]) -> &'t u16 {
    &from[dice.roll(from.len())]
}

pub fn press(name: &str) -> Msg {
    Msg::Press(name.parse().expect("a key"))
}

fn place(app: &App) -> Vec<&'static str> {
    let screen = match &app.screen {
        Screen::Home(_) => "home",
        Screen::Page(_) => "page",
        Screen::Editor(_) => "editor",
        Screen::Preview(_) => "preview",
        Screen::Explain(_) => "explain",
        Screen::Check(_) => "check",
        Screen::Credential(_) => "credential",
    };
    let overlay = match &app.overlay {
        None => "nothing over it",
        Some(Overlay::Keys { .. }) => "keys",
        Some(Overlay::Palette(_)) => "palette",
        Some(Overlay::Ask(_)) => "ask",
        Some(Overlay::Pick(_)) => "pick",
        Some(Overlay::Prompt(_)) => "prompt",
    };
    vec![screen, overlay]
}

fn assert_harmless(buffer: &Buffer, cursor: Position) {
    for cell in buffer.content() {
        assert!(
            !cell.symbol().chars().any(|c| steers_a_terminal(c) && c != '\u{200d}'),
            "{:?}",
            cell.symbol()
        );
    }
    assert!(buffer.area.contains(cursor), "the cursor is at {cursor:?} of {:?}", buffer.area);
}

/// Leaves whatever is shown by Esc alone, saving nothing.
pub fn leave(driver: &mut Driver) {
    for _ in 0..60 {
        if matches!(driver.app.screen, Screen::Home(_)) && driver.app.overlay.is_none() {
            return;
        }
        let unsaved = matches!(&driver.app.overlay, Some(Overlay::Ask(ask)) if ask.other.is_some());
        driver.keys(if unsaved { "d" } else { "esc" });
    }
    panic!("there is no way out of {:?}:\n{}", place(&driver.app), driver.screen());
}

fn fresh() -> Driver {
    let broken = "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"allow\"}],}";
    let mut driver = wizard().with_file("service.json", CONFIG).with_file("trust.json", broken);
    let text = crate::credential::body(driver.now.wall + SignedDuration::from_mins(50), 1);
    driver.sources = vec![
        (crate::credential::service(), Ok(crate::credential::answer(&text))),
        (Source::File("/etc/ram/\u{202e}credentials".to_owned()), Err(Trouble::Html)),
    ];
    driver
}

/// A letter changes what is shown just where letters are said to be text.
fn assert_typed(driver: &mut Driver, place: &[On]) {
    driver.tell(Msg::Size(100, 24)).types("~");
    let before = driver.draw(100, 24);
    driver.types("~");
    assert_eq!(driver.draw(100, 24) != before, types_text(place), "{place:?}:\n{}", driver.screen());
}

#[test]
fn a_random_walk_never_panics_and_every_screen_can_be_left() {
    let mut dice = Dice(seed());
    let mut driver = fresh();
    let (mut reached, mut stacks) = (BTreeSet::new(), Vec::<&[On]>::new());
    let mut last: VecDeque<String> = VecDeque::new();
    for step in 0..STEPS {
        let msg = random_msg(&mut dice, &driver);
        last.push_back(format!("{msg:?}").chars().take(80).collect());
        if last.len() > 30 {
            last.pop_front();
        }
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            driver.tell(msg);
            if step % 7 == 0 {
                let (columns, rows) = driver.app.shared.look.size;
                let (buffer, cursor) = driver.draw(columns, rows);
                assert_harmless(&buffer, cursor);
            }
        }));
        assert!(told.is_ok(), "RAMROLE_SEED={}, step {step}: {last:#?}", seed());
        reached.extend(place(&driver.app));
        let stack = driver.app.shared.kinds;
        if !stacks.contains(&stack) {
            stacks.push(stack);
            assert_typed(&mut driver, stack);
        }
        if step % 500 == 499 {
            driver.tell(Msg::Size(100, 24));
            leave(&mut driver);
        }
        if step % 5_000 == 4_999 {
            driver = fresh();
        }
    }
    assert_eq!(reached.len(), 13, "{reached:?}");
    // A rare one may be missed.
    let unseen: Vec<_> = PLACES.iter().filter(|place| !stacks.contains(place)).collect();
    assert!(unseen.len() < 3, "{unseen:?}");
}

#[test]
fn every_row_of_the_key_table_can_be_pressed_and_read() {
    let keys = keymap(&[]).0;
    for (index, binding) in ALL.iter().enumerate() {
        assert_eq!(keys.of(index).len(), binding.keys.len(), "{} {:?}", binding.name, binding.keys);
        assert!(!binding.help.is_empty(), "{}", binding.name);
        let functional =
            |key: &&&str| key.len() > 1 && key.starts_with('f') && key[1..].parse::<u8>().is_ok();
        assert!(
            binding.keys.is_empty() || !binding.keys.iter().all(|key| functional(&key)),
            "{}",
            binding.name
        );
    }
}
