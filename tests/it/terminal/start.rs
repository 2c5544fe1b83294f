//! From the first frame to the last: a walk, sizes, and no terminal at all.

use std::fs::File;
use std::process::Stdio;

use super::{COMMAND, at_config, at_plan, at_questions, drafts, home, title};
use crate::program::{RAMROLE, clean};
use crate::pty::{Setup, key};

#[test]
fn a_walk_through_the_questions_leaves_the_terminal_as_it_was() {
    let home = home();
    let mut terminal = at_config(home.path());
    assert!(terminal.look(vt100::Screen::alternate_screen) && terminal.look(vt100::Screen::bracketed_paste));
    terminal.send(key::ENTER).wait(title("running"));
    terminal.send(key::ENTER).wait(title("role"));
    terminal.send(key::ENTER).wait(title("access"));
    terminal.send(key::ENTER).wait(title("workspace_id"));
    terminal.send(key::ENTER).wait(COMMAND).send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
    assert_eq!(terminal.text().trim(), "", "nothing is left on the main screen");
}

#[test]
fn ctrl_c_leaves_and_keeps_the_draft() {
    let home = home();
    let mut terminal = at_config(home.path());
    terminal.send(key::CTRL_C);
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
    assert!(drafts(home.path()).contains("cn-shanghai"));
}

#[test]
fn the_mouse_is_given_back() {
    let home = home();
    let mut terminal = at_questions(home.path());
    terminal.send("\x1bm").wait_until("the mouse taken", |screen| {
        screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
    });
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}

#[test]
fn a_storm_of_sizes_loses_nothing() {
    let home = home();
    let mut terminal = at_plan(Setup::new(home.path()).size(120, 30));
    let before = terminal.text();
    for turn in 0..50_u16 {
        terminal.resize(20 + turn * 37 % 181, 5 + turn * 23 % 56);
        if turn % 10 == 0 {
            terminal.settle();
        }
    }
    terminal.resize(30, 8).settle();
    assert!(!terminal.text().contains(COMMAND), "too small to show anything");
    terminal.resize(120, 30).wait(COMMAND).settle();
    assert_eq!(terminal.text(), before);
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}

#[test]
fn every_size_is_drawn_to_its_edges() {
    let home = home();
    let mut terminal = at_plan(Setup::new(home.path()));
    for (columns, rows) in [(200, 60), (40, 12), (80, 24), (20, 5)] {
        terminal.resize(columns, rows).settle();
        let mut fresh =
            Setup::new(home.path()).size(columns, rows).arguments(&["--answers", "answers.toml"]).start();
        fresh.wait_until("a frame", |screen| !screen.contents().trim().is_empty()).settle();
        let shown = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(shown(&terminal.text()), shown(&fresh.text()), "{columns}x{rows}");
    }
}

#[test]
fn without_a_terminal_it_refuses_at_once() {
    let home = home();
    let refused = |stdin: Stdio, stdout: Stdio| {
        let mut command = clean(RAMROLE, home.path());
        let output = command.stdin(stdin).stdout(stdout).stderr(Stdio::piped()).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("ramrole plan"), "{said}");
        assert_eq!(output.stdout, b"");
    };
    refused(Stdio::null(), Stdio::piped());
    refused(Stdio::piped(), Stdio::piped());
    let lines = [
        ("ramrole < /dev/null", "in"),
        ("ramrole > out", "out"),
        ("ramrole | cat > out; exit ${PIPESTATUS[0]}", "pipe"),
    ];
    for (line, case) in lines {
        let mut terminal = Setup::of("bash", home.path()).arguments(&["-c", line]).start();
        assert_eq!(terminal.ended(), 2, "{case}");
        assert!(terminal.text().contains("ramrole plan"), "{case}: {}", terminal.text());
        assert!(!terminal.since(0).contains(&0x1b), "{case}: no escape code");
        if let Ok(out) = File::open(home.path().join("out")) {
            assert_eq!(out.metadata().expect("a file").len(), 0, "{case}");
        }
    }
}
