//! What is written to the terminal, byte by byte: whole frames, few cells, no colours where none are asked for.

use std::thread;
use std::time::Duration;

use super::{COMMAND, at_plan, at_questions, home, title};
use crate::pty::{Process, Setup, key};

const BEGIN: &[u8] = b"\x1b[?2026h";

/// The parameters of every escape sequence that ends with `m`.
fn styles(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw).into_owned();
    let sequences = text.split("\x1b[").skip(1);
    let style = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    };
    sequences.filter_map(style).collect()
}

/// How often a part stands in the whole.
fn count(raw: &[u8], part: &[u8]) -> usize {
    raw.windows(part.len()).filter(|window| *window == part).count()
}

/// The text without the sequences that only switch something.
fn drawn(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let before = parts.next().unwrap_or_default().to_owned();
    let switches = |part: &&str| !part.ends_with(['h', 'l', 'm', 'r', '>']);
    parts.filter(switches).fold(before, |drawn, part| drawn + part)
}

/// What is written outside of updates.
fn outside_updates(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw).into_owned();
    let mut frames = text.split("\x1b[?2026h");
    let before = frames.next().unwrap_or_default().to_owned();
    let after = frames.map(|frame| frame.split_once("\x1b[?2026l").expect("every update ends").1);
    after.fold(before, |outside, after| outside + after)
}

#[test]
fn every_frame_is_one_update() {
    let home = home();
    let mut terminal = at_questions(home.path());
    terminal
        .send(key::DOWN)
        .settle()
        .send(key::DOWN)
        .settle()
        .resize(120, 40)
        .settle()
        .resize(80, 24)
        .settle();
    terminal.send(key::ENTER).wait(title("region")).send("q1").settle().send(key::CTRL_C);
    assert_eq!(terminal.ended(), 0);
    let raw = terminal.since(0);
    assert!(count(&raw, BEGIN) >= 6);
    let outside = outside_updates(&raw);
    assert_eq!(drawn(&outside), "", "nothing is drawn outside: {outside:?}");
}

#[test]
fn only_what_changes_is_written() {
    let home = home();
    let mut terminal = Setup::new(home.path()).start();
    terminal.wait("ramrole").settle();
    let mark = terminal.mark();
    terminal.send(key::DOWN).settle();
    let written = terminal.since(mark).len();
    assert!((1..600).contains(&written), "{written} bytes");
    let mark = terminal.mark();
    terminal.send("\x1b[99~").settle();
    let written = terminal.since(mark).len();
    assert!(written < 100, "a key that does nothing: {written} bytes");
}

#[test]
fn no_color_leaves_the_attributes() {
    let home = home();
    let shown = |setup: Setup| {
        let mut terminal = setup.arguments(&["--fresh"]).start();
        terminal.wait(title("workload")).settle().send(key::DOWN).settle();
        let attributes = terminal.look(|screen| {
            let cells = (0..30).flat_map(|row| (0..100).filter_map(move |column| screen.cell(row, column)));
            cells.map(|cell| (cell.bold(), cell.inverse(), cell.dim())).collect::<Vec<_>>()
        });
        (styles(&terminal.since(0)), attributes)
    };
    let is_colour = |style: &String| {
        let codes = style.split([';', ':']).filter_map(|code| code.parse::<u16>().ok());
        codes.into_iter().any(|code| matches!(code, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107))
    };
    let (coloured, _) = shown(Setup::new(home.path()));
    assert!(coloured.iter().any(is_colour), "colours are the usual case");
    let (plain, attributes) = shown(Setup::new(home.path()).env("NO_COLOR", "1"));
    assert!(!plain.iter().any(is_colour), "{plain:?}");
    assert!(attributes.iter().any(|(bold, inverse, _)| *bold || *inverse), "the cursor can be seen");
    assert!(attributes.iter().any(|(bold, ..)| *bold), "the question stands out");
}

#[test]
fn an_idle_wizard_does_nothing() {
    let home = home();
    let mut terminal = Setup::new(home.path()).start();
    terminal.wait("ramrole").settle();
    thread::sleep(Duration::from_millis(200));
    let Some(process) = Process::of(&terminal) else { return };
    let (mark, (time, sleeps)) = (terminal.mark(), process.use_of_threads());
    thread::sleep(Duration::from_secs(3));
    let (time_after, sleeps_after) = process.use_of_threads();
    assert_eq!(terminal.since(mark), b"");
    assert!(time_after - time <= 10_000_000, "{} ns", time_after - time);
    assert!(sleeps_after - sleeps <= 2, "it woke {} times", sleeps_after - sleeps);
}

#[test]
fn the_raw_view_breaks_no_line() {
    let home = home();
    let mut terminal = at_plan(Setup::new(home.path()).size(60, 20));
    let before = terminal.text();
    let mark = terminal.mark();
    terminal.send("v").wait("Enter leads back").settle();
    assert!(!terminal.look(vt100::Screen::alternate_screen));
    let raw = String::from_utf8_lossy(&terminal.since(mark)).into_owned();
    let long = "curl --silent --show-error --max-time 3 --noproxy '*' --output /dev/null --write-out '%{http_code}\\n' \
                \"$ALIBABA_CLOUD_CREDENTIALS_URI\"";
    assert!(raw.contains(long), "{raw}");
    let (_, after) = raw.split_once(long).expect("the line");
    assert!(!after.trim_end().contains('\u{1b}'), "no escape code in the text: {after:?}");
    terminal.send(key::ENTER).wait(COMMAND).settle();
    assert_eq!(terminal.text(), before);
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}
