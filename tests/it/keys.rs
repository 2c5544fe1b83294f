//! The key table as a whole, and keys that the settings put in place of its own.

use std::collections::BTreeSet;

use ramrole::domain::settings::KeyOverride;
use ramrole::tui::app::{ALL, PLACES, Screen, keymap};
use ramrole::tui::common::MENU;
use ramrole::tui::keymap::types_text;
use ramrole::tui::press::Press;

use crate::driver::{Driver, wizard};

/// The wizard with the keys of actions, `action key key`, and what was said of them.
fn own(rows: &[&str]) -> (Driver, Vec<String>) {
    let read = |(line, row): (usize, &&str)| {
        let mut words = row.split(' ').map(str::to_owned);
        KeyOverride { action: words.next().expect("an action"), keys: words.collect(), line: line + 1 }
    };
    let (keys, mistakes) = keymap(&rows.iter().enumerate().map(read).collect::<Vec<_>>());
    let mut wizard = wizard();
    wizard.app.shared.keys = keys;
    (wizard, mistakes.into_iter().map(|mistake| format!("{}: {}", mistake.line, mistake.message)).collect())
}

#[track_caller]
fn taken(rows: &[&str]) -> Driver {
    let (wizard, mistakes) = own(rows);
    assert_eq!(mistakes, Vec::<String>::new());
    wizard
}

/// The only thing said of these keys, none of which then holds.
#[track_caller]
fn refused(row: &str) -> String {
    let (wizard, mistakes) = own(&[row]);
    let [mistake] = mistakes.as_slice() else { panic!("{row}: {mistakes:?}") };
    let table = keymap(&[]).0;
    assert!((0..ALL.len()).all(|index| wizard.app.shared.keys.of(index) == table.of(index)), "{row}");
    mistake.clone()
}

#[test]
fn an_action_has_one_row_in_a_kind_of_place() {
    let names: BTreeSet<_> = ALL.iter().map(|binding| (format!("{:?}", binding.on), binding.name)).collect();
    assert_eq!(names.len(), ALL.len());
}

#[test]
fn every_kind_of_key_but_those_of_the_palette_works_somewhere() {
    for binding in ALL.iter().filter(|binding| binding.on != MENU) {
        assert!(PLACES.iter().any(|place| place.contains(&binding.on)), "{}", binding.name);
    }
}

#[test]
fn no_key_of_the_table_means_two_things_in_one_place() {
    let keys = keymap(&[]).0;
    for place in PLACES.iter() {
        let mut seen: Vec<(Press, &str)> = Vec::new();
        for index in keys.active(place) {
            for press in keys.of(index) {
                let before = seen.iter().find(|(other, _)| other == press);
                assert!(before.is_none(), "{press:?} in {place:?}: {before:?} and {}", ALL[index].name);
                seen.push((*press, ALL[index].name));
            }
        }
    }
}

#[test]
fn letters_are_text_where_text_is_typed() {
    let keys = keymap(&[]).0;
    for place in PLACES.iter().filter(|place| types_text(place)) {
        for index in keys.active(place) {
            let letter = keys.of(index).iter().find(|press| press.character().is_some());
            assert_eq!(letter, None, "{} in {place:?}", ALL[index].name);
        }
    }
}

#[test]
fn a_letter_of_ones_own_can_still_be_typed() {
    for row in ["next n", "quit Q", "keys u", "palette z", "skip s", "copy c"] {
        let mut wizard = taken(&[row]);
        wizard.keys("enter enter").types("cn-hangzhou-quzs").sees("▸ cn-hangzhou-quzs");
        assert!(!wizard.quit, "{row}");
        wizard.keys("enter").misses("In which region").keys("esc esc").sees("What should carry the role?");
    }
}

#[test]
fn a_letter_of_ones_own_works_where_letters_are_keys() {
    let mut wizard = taken(&["next n"]);
    wizard
        .keys("enter n")
        .sees("In which region")
        .types("cn-hangzhou")
        .keys("enter n")
        .sees("What does the code use?");
}

#[test]
fn ctrl_c_leaves_whatever_else_does() {
    for (row, key) in
        [("quit Q", "Q"), ("quit ctrl-q", "ctrl-q"), ("quit q ctrl-q", "ctrl-q"), ("quit", "ctrl-c")]
    {
        let mut wizard = taken(&[row]);
        wizard.keys(key);
        assert!(wizard.quit, "{row}");
        let mut wizard = taken(&[row]);
        wizard.keys("enter enter ctrl-c");
        assert!(wizard.quit, "{row}");
    }
    assert!(refused("copy-text ctrl-c").contains("Ctrl-C is `quit` there already"));
}

#[test]
fn a_letter_is_refused_where_letters_are_all_typed() {
    for action in ["undo", "explain", "take", "find-next"] {
        let mistake = refused(&format!("{action} u"));
        assert!(mistake.contains("where it works, u is text; choose a key with Ctrl or Alt"), "{mistake}");
    }
}

#[test]
fn a_key_that_means_something_else_where_the_action_works_is_refused() {
    let mistake = refused("quit x");
    assert!(mistake.contains("quit: x is `drop-draft` there already"), "{mistake}");
    assert!(refused("keys y").contains("`copy`"));
    assert!(refused("next backspace").contains("`backspace`"));
    assert!(refused("quit esc").contains("already"));
}

#[test]
fn what_is_wrong_with_a_key_is_said_in_a_line() {
    for row in ["quit x", "undo u", "home ctrl-o", "select-word-left ctrl-right"] {
        assert!(format!("settings, line {}", refused(row)).chars().count() <= 118, "{}", refused(row));
    }
}

#[test]
fn keys_can_be_swapped_and_of_two_that_want_one_the_first_gets_it() {
    let mut wizard = taken(&["up down", "down up"]);
    wizard.keys("up enter").sees("Which document should be checked?");
    let (wizard, mistakes) = own(&["copy ctrl-o", "raw ctrl-o"]);
    let [mistake] = mistakes.as_slice() else { panic!("{mistakes:?}") };
    assert!(mistake.starts_with("2: raw: Ctrl-O is `copy` there already"), "{mistake}");
    let copy = ALL.iter().position(|binding| binding.name == "copy").expect("a row");
    assert_eq!(wizard.app.shared.keys.shown(copy, true), "Ctrl-O");
}

#[test]
fn what_only_the_palette_does_takes_no_key() {
    assert!(refused("home ctrl-o").contains("from the palette (Ctrl-P)"));
}

#[test]
fn a_key_of_ones_own_works_everywhere_the_action_does() {
    let mut wizard = taken(&["quit ctrl-q"]);
    wizard.keys("enter enter ctrl-q");
    assert!(wizard.quit && matches!(wizard.app.screen, Screen::Page(_)));
}

#[test]
fn the_title_names_the_key_that_lists_the_keys() {
    let mut wizard = taken(&["keys u f2"]);
    wizard.sees("u keys").keys("enter enter").sees("F2 keys").misses("Ctrl-K keys");
}

#[test]
fn the_list_of_keys_shows_those_in_force() {
    let mut wizard = taken(&["skip s"]);
    wizard.keys("enter ?").sees("pass over it");
    let screen = wizard.screen();
    let row = screen.lines().find(|line| line.contains("pass over it")).expect("a row");
    assert!(row.trim_start().starts_with("s "), "{row}");
}
