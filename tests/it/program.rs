//! The built program in a clean environment: nothing of the machine's own settings reaches a test.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program itself.
pub const RAMROLE: &str = env!("CARGO_BIN_EXE_ramrole");

/// A command in `directory`, with `ramrole` in its path and nothing else of ours.
pub fn clean(program: impl AsRef<OsStr>, directory: &Path) -> Command {
    let binaries = Path::new(RAMROLE).parent().expect("a folder").display();
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", format!("{binaries}:/usr/local/bin:/usr/bin:/bin"))
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", directory)
        .current_dir(directory)
        .stdin(Stdio::null());
    command
}

/// What a shell line does in `directory`.
pub fn shell(line: &str, directory: &Path) -> Output {
    clean("bash", directory).args(["-c", line]).output().expect("bash runs")
}

/// What the program does in `directory` with these arguments.
pub fn ramrole<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>, directory: &Path) -> Output {
    clean(RAMROLE, directory).args(arguments).output().expect("ramrole runs")
}
