//! `ramrole serve` as its callers and its enemies meet it.

mod answers;
mod command;
mod crowds;
mod output;
mod ready;
mod renewal;
mod sources;
mod strangers;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::program::{RAMROLE, clean};

/// A service that runs until it is dropped.
struct Service {
    child: Child,
    port: u16,
    path: String,
    place: TempDir,
}

impl Service {
    fn start(arguments: &[&str]) -> Self {
        Self::with(arguments, |_| ())
    }

    fn with(arguments: &[&str], set_up: impl FnOnce(&mut Command)) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let mut command = serve(place.path(), arguments);
        set_up(&mut command);
        Self::of(command, place)
    }

    fn of(mut command: Command, place: TempDir) -> Self {
        command.stdout(Stdio::piped()).stderr(fs::File::create(place.path().join("said")).expect("a file"));
        Self::read_uri(command.spawn().expect("ramrole runs"), place)
    }

    fn read_uri(mut child: Child, place: TempDir) -> Self {
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut line).expect("a line");
        let uri = line
            .trim_end()
            .strip_prefix("export ALIBABA_CLOUD_CREDENTIALS_URI=http://127.0.0.1:")
            .expect(&line);
        let (port, path) = uri.split_once('/').expect("a path");
        Self { child, port: port.parse().expect("a port"), path: format!("/{path}"), place }
    }

    /// One that may open so many files.
    fn limited(files: &str) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let script = "ulimit -n \"$1\" && shift && exec \"$@\"";
        let mut command = clean("bash", place.path());
        command.args(["-c", script, "bash", files, RAMROLE, "serve", "--from", "fake"]);
        Self::of(command, place)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream
    }

    /// What is answered to these bytes, until the service hangs up.
    fn asks(&self, request: &str) -> String {
        self.tries(request).expect("it hangs up")
    }

    fn tries(&self, request: &str) -> std::io::Result<String> {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8(answer).expect("UTF-8"))
    }

    fn gets(&self, method: &str, path: &str, host: &str) -> String {
        self.asks(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn credential(&self) -> String {
        self.gets("GET", &self.path, "localhost")
    }

    fn said(&self) -> String {
        fs::read_to_string(self.place.path().join("said")).expect("what it said")
    }

    /// Waits for a message: a thread of its own writes it, some time after what it tells of has happened.
    #[track_caller]
    fn tells(&self, words: &str) {
        eventually(words, || self.said().contains(words));
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(pid, signal).expect("sent");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(place: &Path, arguments: &[&str]) -> Command {
    let mut command = clean(RAMROLE, place);
    command.arg("serve").args(arguments);
    command
}

/// Runs a shell line under the service.
fn runs(arguments: &[&str], line: &str, set_up: impl FnOnce(&mut Command)) -> Output {
    let place = tempfile::tempdir().expect("a folder");
    let mut command = serve(place.path(), arguments);
    command.args(["--", "bash", "-c", line]);
    set_up(&mut command);
    command.output().expect("ramrole runs")
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[track_caller]
fn eventually(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < end, "not in time: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

const TRIPLE: [(&str, &str); 3] = [
    ("ALIBABA_CLOUD_ACCESS_KEY_ID", "STS.CANARYcanaryCANARY"),
    ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "CANARYsecret"),
    ("ALIBABA_CLOUD_SECURITY_TOKEN", "CANARYtoken"),
];
