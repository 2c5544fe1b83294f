//! The credential file of `ramrole serve`: what it takes, whom it leaves alone, when it goes.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::program::{RAMROLE, clean};

const PATIENCE: Duration = Duration::from_secs(20);

fn serve(place: &Path, arguments: &[&str]) -> Command {
    let mut command = clean(RAMROLE, place);
    command.args(["serve", "--from", "fake", "--credential-file", "kept"]).args(arguments);
    command
}

/// A service that runs, and what it says.
struct Running {
    child: Child,
    place: TempDir,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder"), arguments)
    }

    fn start_in(place: TempDir, arguments: &[&str]) -> Self {
        let said = File::create(place.path().join("said")).expect("a file");
        let child = serve(place.path(), arguments).stdout(Stdio::null()).stderr(said).spawn().expect("runs");
        let running = Self { child, place };
        running.tells("serving made-up credentials");
        running
    }

    fn file(&self) -> std::path::PathBuf {
        self.place.path().join("kept")
    }

    fn said(&self) -> String {
        fs::read_to_string(self.place.path().join("said")).expect("what it said")
    }

    #[track_caller]
    fn waits_until(&self, what: &str, holds: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < end, "{what}: {}", self.said());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for a message: a thread of its own writes it, some time after what it tells of has happened.
    #[track_caller]
    fn tells(&self, words: &str) {
        self.waits_until(words, || self.said().contains(words));
    }

    fn ends(mut self, signal: Signal) -> TempDir {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(pid, signal).expect("sent");
        self.child.wait().expect("ended");
        std::mem::replace(&mut self.place, tempfile::tempdir().expect("a folder"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn refused(place: &Path, arguments: &[&str], words: &str) {
    let output = serve(place, arguments).args(["--", "true"]).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(words), "{words:?} is missing in {said}");
    assert!(said.contains("hint: "), "{said}");
}

#[test]
fn a_file_that_is_there_is_left_alone_unless_it_may_be_replaced() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("kept");
    fs::write(&file, "{\"Code\": \"Success\"}").expect("written");
    refused(place.path(), &[], "kept exists, but ramrole did not write it");
    assert_eq!(fs::read_to_string(&file).expect("text"), "{\"Code\": \"Success\"}");
    let service = Running::start_in(place, &["--replace"]);
    assert!(fs::read_to_string(service.file()).expect("text").contains("AccessKeyId"));
    let place = service.ends(Signal::TERM);
    assert!(!place.path().join("kept").exists());
}

#[test]
fn what_a_killed_service_left_is_taken_over() {
    let place = Running::start(&[]).ends(Signal::KILL);
    assert!(place.path().join("kept").exists());
    let place = Running::start_in(place, &[]).ends(Signal::TERM);
    assert!(!place.path().join("kept").exists());
}

#[test]
fn a_second_service_is_refused_while_the_first_lives() {
    let first = Running::start(&[]);
    let text = fs::read_to_string(first.file()).expect("text");
    for arguments in [&[][..], &["--replace"]] {
        refused(first.place.path(), arguments, "kept is in use by another program");
    }
    assert_eq!(fs::read_to_string(first.file()).expect("text"), text);
    let place = first.ends(Signal::TERM);
    assert!(!place.path().join("kept").exists());
}

#[test]
fn somebody_elses_file_is_told_of_left_alone_and_waited_for() {
    let service = Running::start(&["--ttl", "2s"]);
    let (file, new) = (service.file(), service.place.path().join("new"));
    fs::write(&new, "theirs").expect("written");
    fs::rename(&new, &file).expect("renamed");
    service.tells("another program put a file at");
    service.tells("retrying in 1 second");
    assert_eq!(fs::read_to_string(&file).expect("text"), "theirs");
    fs::remove_file(&file).expect("removed");
    service.tells("kept is written again");
    assert!(fs::read_to_string(&file).is_ok_and(|text| text.contains("AccessKeyId")));
    fs::write(&new, "theirs").expect("written");
    fs::rename(&new, &file).expect("renamed");
    let place = service.ends(Signal::TERM);
    assert_eq!(fs::read_to_string(place.path().join("kept")).expect("text"), "theirs");
}

#[test]
fn the_file_goes_when_its_credential_ends() {
    let service = Running::start(&["--ttl", "3s", "--fail-after", "1s"]);
    let from = Instant::now();
    service.waits_until("it goes", || !service.file().exists());
    assert!(from.elapsed() < Duration::from_secs(6), "{:?}", from.elapsed());
    service.tells("kept: the credential in it has expired");
}

#[test]
fn the_source_and_the_files_of_others_are_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let credential = serve(place.path(), &["--", "cat", "kept"]).output().expect("runs").stdout;
    let source = place.path().join("source");
    fs::write(&source, &credential).expect("written");
    fs::hard_link(&source, place.path().join("hard")).expect("a link");
    std::os::unix::fs::symlink("source", place.path().join("soft")).expect("a link");
    let spelled = format!("{}/./source", place.path().display());
    for (from, to) in [("source", "source"), ("source", "hard"), ("soft", "source"), ("source", &*spelled)] {
        let mut command = clean(RAMROLE, place.path());
        let from = format!("file:{from}");
        command.args(["serve", "--from", &from, "--credential-file", to, "--replace", "--", "true"]);
        let output = command.output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("is the source of the credential"), "{said}");
        assert_eq!(fs::read(&source).expect("bytes"), credential);
    }
    if !rustix::process::geteuid().is_root() {
        eprintln!("left out: the file of another user, which only root can make");
        return;
    }
    let kept = place.path().join("kept");
    fs::write(&kept, "his").expect("written");
    std::os::unix::fs::chown(&kept, Some(65534), Some(65534)).expect("given");
    for arguments in [&[][..], &["--replace"]] {
        refused(place.path(), arguments, "kept belongs to another user (ID 65534)");
    }
    let metadata = fs::metadata(&kept).expect("there");
    assert_eq!((metadata.uid(), fs::read_to_string(&kept).expect("text").as_str()), (65534, "his"));
}
