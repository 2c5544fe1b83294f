//! The theme that asks the terminal for its background.

use std::fs;
use std::thread;
use std::time::Duration;

use super::{home, title};
use crate::pty::{Setup, Terminal};

/// What the program asks: the colour of the text, of the background, and what terminal it is.
const QUESTION: &[u8] = b"\x1b]10;?\x07\x1b]11;?\x07\x1b[c";

fn asking(home: &std::path::Path) -> Terminal {
    let config = home.join(".config/ramrole");
    fs::create_dir_all(&config).expect("a folder");
    fs::write(config.join("settings.toml"), "theme = \"auto\"\n").expect("written");
    let terminal = Setup::new(home).arguments(&["--fresh"]).start();
    while !terminal.since(0).starts_with(QUESTION) {
        thread::sleep(Duration::from_millis(1));
    }
    terminal
}

fn answer(background: &str) -> String {
    format!("\x1b]10;rgb:8080/8080/8080\x07\x1b]11;rgb:{background}\x07\x1b[?62;22c")
}

/// Whether the first screen is drawn in these colours, of several tries one: a busy machine may miss the deadline.
fn draws(background: &str, colour: &str) -> bool {
    (0..5).any(|_| {
        let home = home();
        let mut terminal = asking(home.path());
        terminal.send(answer(background)).wait(title("workload"));
        String::from_utf8_lossy(&terminal.since(0)).contains(colour)
    })
}

#[test]
fn a_light_background_gets_dark_colours_and_a_dark_one_light_ones() {
    assert!(draws("ffff/ffff/ffff", "38;2;0;106;131"));
    assert!(draws("0000/0000/0000", "38;2;125;207;255"));
}

#[test]
fn an_answer_that_comes_too_late_is_no_key() {
    let home = home();
    let mut terminal = asking(home.path());
    terminal.wait(title("workload")).send(answer("ffff/ffff/ffff")).settle();
    terminal.wait("● Workload").send("q");
    assert_eq!(terminal.ended(), 0);
}
