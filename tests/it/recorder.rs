//! Programs that only write down how they were called, on a `PATH` where nothing else is.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Says its name, the number of its arguments and the arguments, each closed by NUL; interprets none of them.
const STUB: &str = "#!/bin/bash\nprintf '%s\\0' \"${0##*/}\" \"$#\" \"$@\" >>\"$RECORD\"\n";

const PROGRAMS: [&str; 10] =
    ["aliyun", "eascmd64", "pip", "python", "bash", "curl", "jq", "ramrole", "cat", "terraform"];

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

    /// As [`Self::calls`], with a `PATH` behind the stubs.
    pub fn calls_with(
        &self,
        script: &str,
        environment: &[(&str, &str)],
        files: &[&str],
        path: &str,
    ) -> Vec<Vec<String>> {
        let record = self.stubs.path().join("record");
        fs::write(&record, "").expect("the record");
        let path = format!("{}{path}", self.stubs.path().display());
        let mut bash = Command::new("/bin/bash");
        bash.args(["--norc", "--noprofile"]).current_dir(self.folder.path()).env_clear();
        bash.env("PATH", path).env("RECORD", &record).envs(environment.iter().copied());
        let output = bash.args(["-c", script]).output().expect("bash");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{script}\n{said}");
        self.take_files(files, script);
        words_of_calls(&fs::read(&record).expect("the record"))
    }

    /// Types the lines into an interactive shell, where `!` has a meaning too.
    pub fn calls_when_typed(&self, lines: &str) -> Vec<Vec<String>> {
        let record = self.stubs.path().join("record");
        fs::write(&record, "").expect("the record");
        let mut bash = Command::new("/bin/bash");
        bash.args(["--norc", "--noprofile", "--noediting", "-i"]).current_dir(self.folder.path()).env_clear();
        bash.env("PATH", self.stubs.path()).env("RECORD", &record).env("HISTFILE", "/dev/null");
        bash.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = bash.spawn().expect("bash");
        child.stdin.take().expect("standard input").write_all(lines.as_bytes()).expect("the lines");
        child.wait_with_output().expect("bash");
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
