//! Programs that only write down how they were called, on a `PATH` where nothing else is.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Once;
use std::thread;

use tempfile::TempDir;

/// Says its name, the number of its arguments and the arguments, each closed by NUL; interprets none of them.
const STUB: &str = "#!/bin/sh\nprintf '%s\\0' \"${0##*/}\" \"$#\" \"$@\" >>\"$RECORD\"\n";

const PROGRAMS: [&str; 10] =
    ["aliyun", "eascmd64", "pip", "python", "bash", "curl", "jq", "ramrole", "cat", "terraform"];

/// A shell, and how it is started so that it reads no settings.
pub struct Shell {
    pub name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
}

const BASH: Shell =
    Shell { name: "bash", program: "/bin/bash", arguments: &["--norc", "--noprofile", "--noediting"] };

const SHELLS: [Shell; 7] = [
    BASH,
    Shell { name: "sh", program: "/bin/sh", arguments: &[] },
    Shell { name: "dash", program: "/bin/dash", arguments: &[] },
    Shell { name: "busybox sh", program: "/bin/busybox", arguments: &["sh"] },
    Shell { name: "zsh", program: "/bin/zsh", arguments: &["-f"] },
    Shell { name: "mksh", program: "/bin/mksh", arguments: &[] },
    Shell { name: "ksh93", program: "/bin/ksh93", arguments: &[] },
];

/// The shells that are installed. `.ci/run` installs all.
pub fn shells() -> impl Iterator<Item = &'static Shell> {
    static TOLD: Once = Once::new();
    let is_there = |shell: &&Shell| Path::new(shell.program).exists();
    TOLD.call_once(|| {
        SHELLS
            .iter()
            .filter(|shell| !is_there(shell))
            .for_each(|shell| println!("skipped: no {}", shell.name));
    });
    SHELLS.iter().filter(is_there)
}

/// An empty folder to run scripts in, and the stubs beside it.
pub struct Recorder {
    folder: TempDir,
    stubs: TempDir,
}

impl Recorder {
    pub fn new() -> Self {
        let stubs = tempfile::tempdir().expect("a folder");
        for name in PROGRAMS {
            let path = stubs.path().join(name);
            fs::write(&path, STUB).expect(name);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect(name);
        }
        // mksh has no `printf` of its own.
        symlink("/usr/bin/printf", stubs.path().join("printf")).expect("a link");
        Self { folder: tempfile::tempdir().expect("a folder"), stubs }
    }

    /// Lays a file into the folder, for a script that looks for it.
    pub fn lay(&self, name: &str) {
        fs::write(self.folder.path().join(name), "{}").expect(name);
    }

    /// Runs a script and gives the words of each call in the order of starting; a pipe starts its calls at once,
    /// so they are sorted. Afterwards the folder must hold these files and no others; they are removed.
    pub fn calls(&self, script: &str, environment: &[(&str, &str)], files: &[&str]) -> Vec<Vec<String>> {
        self.calls_with(script, environment, files, "")
    }

    /// As [`Self::calls`], in another shell.
    pub fn calls_in(
        &self,
        shell: &Shell,
        script: &str,
        environment: &[(&str, &str)],
        files: &[&str],
    ) -> Vec<Vec<String>> {
        self.run(shell, script, environment, files, "")
    }

    /// As [`Self::calls`], with a `PATH` behind the stubs.
    pub fn calls_with(
        &self,
        script: &str,
        environment: &[(&str, &str)],
        files: &[&str],
        path: &str,
    ) -> Vec<Vec<String>> {
        self.run(&BASH, script, environment, files, path)
    }

    fn run(
        &self,
        shell: &Shell,
        script: &str,
        environment: &[(&str, &str)],
        files: &[&str],
        path: &str,
    ) -> Vec<Vec<String>> {
        let record = self.stubs.path().join("record");
        fs::write(&record, "").expect("the record");
        let path = format!("{}{path}", self.stubs.path().display());
        let mut command = self.command(shell);
        command.env("PATH", path).env("RECORD", &record).envs(environment.iter().copied());
        let output = command.args(["-c", script]).output().expect(shell.name);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{}: {script}\n{said}", shell.name);
        self.take_files(files, script);
        words_of_calls(&fs::read(&record).expect("the record"))
    }

    fn command(&self, shell: &Shell) -> Command {
        let mut command = Command::new(shell.program);
        command.args(shell.arguments).current_dir(self.folder.path()).env_clear();
        command
    }

    /// Types the lines into an interactive shell, where `!` may have a meaning too.
    pub fn calls_when_typed(&self, shell: &Shell, lines: &str) -> Vec<Vec<String>> {
        let record = self.stubs.path().join("record");
        fs::write(&record, "").expect("the record");
        let mut command = self.command(shell);
        command.arg("-i").env("PATH", self.stubs.path()).env("RECORD", &record).env("HISTFILE", "/dev/null");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect(shell.name);
        // The shell writes as many prompts as there are lines.
        let input = child.stdin.take().expect("standard input");
        let lines_of = lines.to_owned();
        let typist = thread::spawn(move || {
            let mut input = input;
            input.write_all(lines_of.as_bytes())
        });
        child.wait_with_output().expect(shell.name);
        typist.join().expect("a typist").expect("the lines");
        self.take_files(&[], lines);
        words_of_calls(&fs::read(&record).expect("the record"))
    }

    fn take_files(&self, files: &[&str], script: &str) {
        for entry in fs::read_dir(self.folder.path()).expect("the folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default();
            assert!(files.iter().any(|file| name == OsStr::new(file)), "{script}\nleft {}", path.display());
            remove(&path);
        }
    }
}

fn remove(path: &Path) {
    fs::remove_file(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn words_of_calls(record: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8(record.to_vec()).expect("the words are UTF-8");
    let mut words = text.split_terminator('\0').map(str::to_owned);
    let mut calls = Vec::new();
    while let Some(program) = words.next() {
        let count: usize = words.next().expect("a number").parse().expect("a number");
        calls.push(std::iter::once(program).chain(words.by_ref().take(count)).collect());
    }
    calls
}
