//! What holds secrets cannot be read by other processes of the same user.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{Process, Running, eventually, has_proc, program};
use crate::pty::Setup;

/// A user without rights.
pub const OTHER: u32 = 65_534;

/// A folder of the other user's, with a copy of the program that this user may run.
pub fn for_another_user() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().expect("a folder");
    let copy = place.path().join("ramrole");
    fs::copy(crate::program::RAMROLE, &copy).expect("a copy");
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).expect("a mode");
    std::os::unix::fs::chown(place.path(), Some(OTHER), Some(OTHER)).expect("root may");
    (place, copy)
}

fn can_be_another_user() -> bool {
    let can = has_proc() && rustix::process::geteuid().is_root();
    if !can {
        println!("skipped: it needs root, to become another user");
    }
    can
}

fn other(mut command: Command) -> Command {
    command.uid(OTHER).gid(OTHER);
    command
}

/// What of a process another process of the same user can open.
fn readable(process: Process, place: &Path) -> String {
    let open = format!(
        "import sys\nfor name in ['mem', 'environ', 'maps', 'fd/0']:\n    try:\n        open('/proc/{}/' + name, 'rb')\n        \
         print(name)\n    except PermissionError:\n        pass\n",
        process.0
    );
    let mut python = program("python3", place);
    python.args(["-c", &open]);
    String::from_utf8(other(python).output().expect("python").stdout).expect("names")
}

#[test]
fn the_memory_of_a_service_and_of_a_watcher_is_their_own() {
    if !can_be_another_user() {
        return;
    }
    let uri = crate::credential::service::serves(|_| std::thread::sleep(std::time::Duration::from_secs(20)));
    for arguments in [
        &["serve", "--from", "fake"][..],
        &["serve", "--from", "fake", "--", "sleep", "100"],
        &["credential", "--watch", "--uri", &uri],
        &["credential", "--uri", &uri],
    ] {
        let (place, copy) = for_another_user();
        let mut command = program(&copy.display().to_string(), place.path());
        command.args(arguments);
        let running = Running::start(other(command), place);
        std::thread::sleep(std::time::Duration::from_millis(300));
        let process = Process(running.child.id());
        assert!(process.is_alive(), "{arguments:?}: {}", running.text("said"));
        assert_eq!(readable(process, running.path()), "", "{arguments:?}");
        // What it starts is as readable as any program.
        if let Some(command) = running.command() {
            eventually("the command", || command.words().first().is_some_and(|word| word == "sleep"));
            assert_eq!(readable(command, running.path()), "mem\nenviron\nmaps\nfd/0\n");
        }
    }
}

#[test]
fn the_memory_of_the_wizard_is_its_own() {
    if !can_be_another_user() {
        return;
    }
    for screen in [&["--fresh"][..], &["credential"]] {
        let (place, copy) = for_another_user();
        let (id, copy) = (OTHER.to_string(), copy.display().to_string());
        let words = ["--reuid", &id, "--regid", &id, "--clear-groups", &copy];
        let words: Vec<&str> = words.into_iter().chain(screen.iter().copied()).collect();
        let mut terminal = Setup::of("setpriv", place.path()).arguments(&words).start();
        terminal.wait_until("a screen", vt100::Screen::alternate_screen);
        let process = Process(u32::try_from(terminal.pid().as_raw_nonzero().get()).expect("a number"));
        assert_eq!(readable(process, place.path()), "", "{screen:?}");
    }
}

#[test]
fn a_user_without_rights_can_still_use_everything_that_reads_proc() {
    if !can_be_another_user() {
        return;
    }
    let (place, copy) = for_another_user();
    let config = r#"{"metadata": {"name": "rank"}}"#;
    fs::write(place.path().join("service.json"), config).expect("written");
    let copy = copy.display();
    let lines = [
        format!("{copy} check <(cat service.json)"),
        format!("cat service.json | {copy} check -"),
        format!("cat service.json | {copy} check /dev/stdin"),
        format!("{copy} check /dev/fd/5 5<service.json"),
        format!(
            "nohup {copy} serve --quiet --from fake -- grep -q '^SigIgn:.*[13579bdf]$' /proc/self/status"
        ),
        format!("{copy} serve --quiet --from fake -- {copy} credential --check"),
    ];
    for line in lines {
        let mut bash = program("bash", place.path());
        bash.args(["-c", &line]);
        let output = other(bash).output().expect("bash");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {:?} {said}", output.status);
        assert!(!said.contains("Permission denied"), "{line}: {said}");
    }
}
