//! Copies text by the clipboard's own command; it never stands in an argument, and never goes to the terminal here.

#[cfg_attr(unix, path = "clipboard/unix.rs")]
#[cfg_attr(windows, path = "clipboard/windows.rs")]
mod group;

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::metadata::is_program;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long is waited before looking at a command again.
const STEP: Duration = Duration::from_millis(5);

/// One way to a clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A program with its arguments, which takes the text from its standard input.
    Command(&'static [&'static str]),
    /// The terminal's own clipboard (OSC 52), which the caller writes to.
    Terminal,
}

/// What has become of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// This program has taken it and ended well; what `tmux` does with it beyond its own buffer nobody confirms.
    By(&'static str),
    /// Nothing yet: the caller must send it to the terminal, which confirms nothing.
    ToTerminal,
}

/// The ways that an environment offers, the surest first; the terminal is always the last.
#[must_use]
pub fn ways(variable: impl Fn(&str) -> Option<OsString>) -> Vec<Way> {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    // Over SSH the clipboard of this machine is not the one before the person; X11 may be forwarded.
    let is_here = !is_set("SSH_CONNECTION");
    let windows = env::consts::OS == "windows" || is_set("WSL_DISTRO_NAME");
    let commands: [(bool, &'static [&'static str]); 7] = [
        // Without the type wl-copy guesses one, and what is offered as JSON only cannot be pasted everywhere.
        (is_set("WAYLAND_DISPLAY"), &["wl-copy", "--type", "text/plain"]),
        (is_set("DISPLAY"), &["xclip", "-selection", "clipboard"]),
        (is_set("DISPLAY"), &["xsel", "--clipboard", "--input"]),
        (is_here && env::consts::OS == "macos", &["pbcopy"]),
        (is_here && windows, &["clip.exe"]),
        (is_set("TERMUX_VERSION"), &["termux-clipboard-set"]),
        (is_set("TMUX"), &["tmux", "load-buffer", "-w", "-"]),
    ];
    let offered = commands.into_iter().filter(|(offered, _)| *offered);
    offered.map(|(_, command)| Way::Command(command)).chain([Way::Terminal]).collect()
}

/// Hands the text to the first command that confirms it; blocks for up to two seconds a command.
#[must_use]
pub fn copy(text: &str) -> Copied {
    let path = env::var_os("PATH").unwrap_or_default();
    copy_by(&ways(|name| env::var_os(name)), &path, text, PATIENCE)
}

fn copy_by(ways: &[Way], path: &OsStr, text: &str, patience: Duration) -> Copied {
    let commands = ways.iter().filter_map(|way| match way {
        Way::Command(command) => command.split_first(),
        Way::Terminal => None,
    });
    let mut found = commands.filter_map(|(name, arguments)| Some((*name, find(name, path)?, arguments)));
    let confirmed =
        found.find(|(name, program, arguments)| takes(program, arguments, input(name, text), patience));
    confirmed.map_or(Copied::ToTerminal, |(name, ..)| Copied::By(name))
}

/// A program in the folders of `PATH`; relative ones are left out, they depend on where the user stands.
fn find(name: &str, path: &OsStr) -> Option<PathBuf> {
    let folders = env::split_paths(path).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(name)).find(|program| is_program(program))
}

/// The text as the program reads it: `clip.exe` takes what is not ASCII as UTF-16 only.
fn input(name: &str, text: &str) -> Vec<u8> {
    if name == "clip.exe" && !text.is_ascii() {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else {
        text.as_bytes().to_vec()
    }
}

/// Whether the program takes the whole input and ends well in time; one that does not end is killed.
fn takes(program: &Path, arguments: &[&str], input: Vec<u8>, patience: Duration) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    group::start_apart(&mut command);
    let Ok(mut child) = command.spawn() else { return false };
    let confirmed = feed(&mut child, input).is_some_and(|writer| ends_well(&mut child, writer, patience));
    if matches!(child.try_wait(), Ok(None)) {
        kill(&mut child);
    }
    confirmed
}

/// Writes in a thread of its own, because a program that does not read would hold us for ever.
fn feed(child: &mut Child, input: Vec<u8>) -> Option<JoinHandle<io::Result<()>>> {
    let mut stdin = child.stdin.take()?;
    thread::Builder::new().spawn(move || stdin.write_all(&input)).ok()
}

/// Waits for the program itself: what it leaves running to keep the clipboard may hold its pipes for hours.
fn ends_well(child: &mut Child, writer: JoinHandle<io::Result<()>>, patience: Duration) -> bool {
    let end = Instant::now() + patience;
    while Instant::now() < end {
        match child.try_wait() {
            Ok(Some(status)) if !status.success() => return false,
            Ok(Some(_)) if writer.is_finished() => return matches!(writer.join(), Ok(Ok(()))),
            Ok(_) => thread::sleep(STEP),
            Err(_) => return false,
        }
    }
    false
}

fn kill(child: &mut Child) {
    group::kill(child);
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);
    const BRIEF: Duration = Duration::from_secs(1);
    const X11: [Way; 3] = [
        Way::Command(&["xclip", "-selection", "clipboard"]),
        Way::Command(&["xsel", "--clipboard", "--input"]),
        Way::Terminal,
    ];

    /// A folder with programs in it; a shell writes them, for one that this process still held open would be busy.
    fn stubs(scripts: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, script) in scripts {
            let line = "printf '#!/bin/sh\\ncd \"%s\"\\n%s\\n' \"$2\" \"$3\" > \"$1\"; chmod 755 \"$1\"";
            let file = folder.path().join(name);
            let mut command = Command::new("sh");
            command.args(["-c", line, "sh"]).arg(file).arg(folder.path()).arg(script);
            assert!(command.status().expect("sh runs").success());
        }
        folder
    }

    /// Whether a shell line ends well.
    fn sh(line: &str, argument: &str) -> bool {
        Command::new("sh").args(["-c", line, "sh", argument]).status().expect("sh runs").success()
    }

    fn offered(names: &[&str]) -> Vec<&'static str> {
        let ways = ways(|name| names.contains(&name).then(|| "1".into()));
        let word = |way: &Way| match way {
            Way::Command(command) => command[0],
            Way::Terminal => "terminal",
        };
        ways.iter().map(word).filter(|name| *name != "pbcopy").collect()
    }

    #[test]
    fn the_environment_decides_the_order() {
        assert_eq!(offered(&[]), ["terminal"]);
        assert_eq!(
            offered(&["TMUX", "DISPLAY", "WAYLAND_DISPLAY"]),
            ["wl-copy", "xclip", "xsel", "tmux", "terminal"]
        );
        assert_eq!(offered(&["WSL_DISTRO_NAME"]), ["clip.exe", "terminal"]);
        assert_eq!(offered(&["WSL_DISTRO_NAME", "SSH_CONNECTION"]), ["terminal"]);
        assert_eq!(offered(&["TERMUX_VERSION"]), ["termux-clipboard-set", "terminal"]);
        assert_eq!(ways(|_| Some(OsString::new())), [Way::Terminal]);
    }

    #[test]
    fn the_text_goes_to_standard_input_and_to_no_argument() {
        let stubs = stubs(&[("xclip", "cat > text; echo \"$@\" > arguments")]);
        assert_eq!(copy_by(&X11, stubs.path().as_os_str(), "a 'secret'\n中", LONG), Copied::By("xclip"));
        assert_eq!(fs::read_to_string(stubs.path().join("text")).expect("text"), "a 'secret'\n中");
        assert_eq!(
            fs::read_to_string(stubs.path().join("arguments")).expect("text"),
            "-selection clipboard\n"
        );
    }

    #[test]
    fn what_fails_is_passed_over() {
        let stubs = stubs(&[("xclip", "cat > /dev/null; exit 1"), ("xsel", "cat > text")]);
        assert_eq!(copy_by(&X11, stubs.path().as_os_str(), "x", LONG), Copied::By("xsel"));
        assert_eq!(copy_by(&X11, OsStr::new(""), "x", LONG), Copied::ToTerminal);
        let relative = OsString::from(".:relative");
        assert_eq!(find("Cargo.toml", &relative), None);
        fs::write(stubs.path().join("plain"), "").expect("written");
        assert_eq!(find("plain", stubs.path().as_os_str()), None);
    }

    #[test]
    fn what_hangs_is_killed_with_its_children() {
        let stubs = stubs(&[("xclip", "sleep 60 & echo $! > child; wait")]);
        let started = Instant::now();
        let text = "x".repeat(1 << 20);
        assert_eq!(copy_by(&X11[..1], stubs.path().as_os_str(), &text, BRIEF), Copied::ToTerminal);
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
        let child = fs::read_to_string(stubs.path().join("child")).expect("a number");
        // What has ended may stay as a zombie where nobody collects it.
        let line = "kill -0 \"$1\" 2> /dev/null && ! grep -qs '^State:.Z' \"/proc/$1/status\"";
        let runs = |_| {
            thread::sleep(Duration::from_millis(20));
            sh(line, child.trim())
        };
        assert!(!(0..500).all(runs), "{child} runs on");
    }

    #[test]
    fn a_child_that_keeps_the_clipboard_is_not_waited_for() {
        let stubs = stubs(&[("xclip", "cat > text; sleep 30 & echo $! > child; exit 0")]);
        let started = Instant::now();
        assert_eq!(copy_by(&X11, stubs.path().as_os_str(), "x", LONG), Copied::By("xclip"));
        assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
        let child = fs::read_to_string(stubs.path().join("child")).expect("a number");
        assert!(sh("kill \"$1\"", child.trim()), "{child} is gone");
    }

    #[test]
    fn a_text_that_was_not_read_to_its_end_is_not_copied() {
        let stubs = stubs(&[("xclip", "exit 0")]);
        let text = "x".repeat(1 << 20);
        assert_eq!(copy_by(&X11[..1], stubs.path().as_os_str(), &text, LONG), Copied::ToTerminal);
    }

    #[test]
    fn windows_reads_other_letters_as_utf_16() {
        assert_eq!(input("clip.exe", "a"), b"a");
        assert_eq!(input("clip.exe", "中"), [0x2d, 0x4e]);
        assert_eq!(input("xclip", "中"), "中".as_bytes());
    }
}
