//! The editor on the screen, and the user's own: whatever that one does to the terminal, the screen comes back.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::{at_config, drafts, home, to_config};
use crate::pty::{PATIENCE, Process, Setup, Terminal, key};

const CONFIG: &str = "{\n  \"metadata\": { \"name\": \"owl\" }\n}\n";
const CHANGED: &str = "printf '{\\n  \"metadata\": { \"name\": \"eagle\" }\\n}\\n' > \"$1\"";
/// Everything that an editor can leave behind: the other screen, colours, margins, insertion, no cursor, the mouse.
const MESS: &str = "stty raw -echo; printf '\\033[?1049h\\033[2J\\033[31;44;7m\\033[3;5r\\033[?6h\\033[4h\\033[?1h\\033=\
                    \\033[?7l\\033[?25l\\033[?1003h\\033[?2004l mess'";

/// An editor that is a script with the file as its argument.
fn editor(home: &Path, script: &str) -> String {
    let file = home.join("editor");
    fs::write(home.join("service.json"), CONFIG).expect("written");
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(&file, Permissions::from_mode(0o755)).expect("mode");
    file.display().to_string()
}

/// The service config in the editor on the screen, with this as the user's own.
fn in_editor(home: &Path, script: &str) -> Terminal {
    let visual = editor(home, script);
    let mut terminal = Setup::new(home).env("VISUAL", &visual).arguments(&["--fresh"]).start();
    to_config(&mut terminal);
    terminal.send("service.json").send(key::CTRL_E).wait("Ctrl-S").wait("owl").settle();
    terminal
}

#[test]
fn what_the_users_editor_writes_is_taken_and_can_be_undone() {
    let home = home();
    let mut terminal = in_editor(home.path(), CHANGED);
    terminal.send(key::CTRL_E).wait("eagle").wait_gone("owl").settle();
    assert!(terminal.look(|screen| screen.alternate_screen() && screen.bracketed_paste()));
    terminal.send(key::CTRL_Z).wait("owl").wait_gone("eagle");
    terminal.send(key::CTRL_C);
    assert_eq!(terminal.ended(), 0);
    terminal.assert_restored();
}

#[test]
fn an_editor_that_fails_is_told_of_and_its_text_is_kept() {
    for end in ["exit 1", "kill -KILL $$"] {
        let home = home();
        let mut terminal = in_editor(home.path(), &format!("{CHANGED}\n{end}"));
        terminal.send(key::CTRL_E).wait("did not end well").wait("eagle");
        terminal.send(key::CTRL_Z).wait("owl").send(key::CTRL_C);
        assert_eq!(terminal.ended(), 0, "{end}");
        terminal.assert_restored();
    }
}

#[test]
fn an_editor_that_leaves_a_mess_spoils_nothing() {
    let shown = |script: &str| {
        let home = home();
        let mut terminal = in_editor(home.path(), script);
        terminal.send(key::CTRL_E).wait("eagle").settle();
        // The last row tells how the editor ended.
        let shown: Vec<_> = terminal.look(|screen| screen.rows_formatted(0, 100).take(29).collect());
        terminal.send(key::CTRL_Z).wait("owl").send(key::CTRL_C);
        assert_eq!(terminal.ended(), 0);
        terminal.assert_restored();
        shown
    };
    let clean = shown(CHANGED);
    assert_eq!(shown(&format!("{CHANGED}\n{MESS}")), clean);
    assert_eq!(shown(&format!("{CHANGED}\n{MESS}\nkill -KILL $$")), clean);
}

#[test]
fn ctrl_c_in_the_users_editor_is_the_editors() {
    let home = home();
    let script = format!("trap : INT; echo ready; until [ -e \"$HOME/go\" ]; do sleep 0.02; done; {CHANGED}");
    let mut terminal = in_editor(home.path(), &script);
    terminal.send(key::CTRL_E).wait("ready").send(key::CTRL_C).wait("^C");
    fs::write(home.path().join("go"), "").expect("written");
    terminal.wait("eagle").settle().send(key::CTRL_Z).wait("owl").send(key::CTRL_C);
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn a_signal_waits_for_the_users_editor_and_keeps_its_text() {
    let home = home();
    let script = format!("echo ready; until [ -e \"$HOME/go\" ]; do sleep 0.02; done; {CHANGED}");
    let mut terminal = in_editor(home.path(), &script);
    terminal.send(key::CTRL_E).wait("ready").signal(Signal::TERM);
    std::thread::sleep(Duration::from_millis(100));
    fs::write(home.path().join("go"), "").expect("written");
    assert_eq!(terminal.ended(), 143);
    terminal.assert_restored();
    assert!(drafts(home.path()).contains("eagle"), "{}", drafts(home.path()));
}

#[test]
fn a_hang_up_in_the_users_editor_ends_it() {
    let home = home();
    let mut terminal = in_editor(home.path(), "echo ready; exec sleep 5");
    let Some(process) = Process::of(&terminal) else { return };
    terminal.send(key::CTRL_E).wait("ready");
    terminal.hang_up("x");
    process.wait("Z", Duration::from_secs(1));
    assert_eq!(terminal.ended(), 129);
}

/// As vi does on Ctrl-Z: it stops itself and everybody with it; the shell takes over, and `fg` leads back.
#[test]
fn an_editor_that_stops_gives_the_shell_back() {
    let home = home();
    let visual = editor(home.path(), &format!("kill -TSTP 0\n{CHANGED}"));
    let setup = Setup::of("bash", home.path()).arguments(&["--norc", "--noprofile", "-i"]);
    let mut terminal = setup.env("VISUAL", &visual).env("PS1", "shell> ").start();
    terminal.wait("shell>").send("ramrole --fresh\r");
    to_config(&mut terminal);
    terminal.send("service.json").send(key::CTRL_E).wait("Ctrl-S").wait("owl").settle();
    terminal.send(key::CTRL_E).wait("Stopped").settle().send("echo in the $((1 + 1))nd\r").wait("in the 2nd");
    terminal.send("fg\r").wait("eagle").settle().send(key::CTRL_C).wait_gone("eagle").settle();
    terminal.send("echo $?-$((2 + 2))\r").wait("0-4");
}

#[test]
fn what_was_typed_last_into_a_large_text_is_in_the_draft() {
    let large = format!(
        "{{\n{}  \"end\": 1\n}}\n",
        "  \"line\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\",\n".repeat(5_000)
    );
    for (keys, signal, code) in
        [("zebra\x03", None, 0), ("zebra", Some(Signal::TERM), 143), ("zebra", Some(Signal::HUP), 129)]
    {
        let home = home();
        fs::write(home.path().join("large.json"), &large).expect("written");
        let mut terminal = at_config(home.path());
        terminal.send("large.json").send(key::CTRL_E).wait("Ctrl-S").settle();
        terminal.send(keys);
        if let Some(signal) = signal {
            terminal.wait("zebra").signal(signal);
        }
        assert_eq!(terminal.ended(), code);
        assert!(drafts(home.path()).contains("\"text\": \"zebra{"), "{code}");
    }
}

#[test]
fn a_large_paste_arrives_whole_and_once() {
    const LINES: usize = 20_000;
    let home = home();
    let mut terminal = at_config(home.path());
    terminal
        .send("large.json")
        .send(key::CTRL_E)
        .wait("cannot read")
        .send("\x15")
        .send(key::CTRL_E)
        .wait("Ctrl-S");
    let line = |number: usize| format!("  \"line-{number:06}\": \"{}\",", "x".repeat(30));
    let text: Vec<String> = (0..LINES).map(line).collect();
    let before = terminal.settle().text();
    let start = Instant::now();
    terminal.send("\x1b[1;5F").paste(&text.join("\r")).wait(&line(LINES - 1)[..40]);
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    terminal.send("\x13").wait("Save it as").send("\x15").send("pasted.json\r").wait("wrote pasted.json");
    let saved = fs::read_to_string(home.path().join("pasted.json")).expect("saved");
    assert!(text.join("\n").len() > 1_000_000 && saved.ends_with(&text.join("\n")), "{}", saved.len());
    assert_eq!(saved.matches("line-000000").count(), 1);
    assert!(!saved.contains('\r'));
    terminal.send(key::CTRL_Z).wait_gone("line-0").send("\x1b[1;5H").settle();
    let rows = |text: &str| text.lines().skip(3).take(8).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&terminal.text()), rows(&before), "one undo takes all of it out");
}
