//! Hands a text to the person's own editor and takes it back; the terminal is the caller's to give and restore.

use std::env;
use std::path::Path;
use std::process::{Command, ExitStatus};

use super::output::PrivateFolder;
use super::{HostError, input};
use crate::domain::text::quoted;

/// How long the name of the file may be; the end is kept, because it tells the editor the language.
const LONGEST_NAME: usize = 64;

/// What an editor left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The text in the file, whatever became of the editor.
    pub text: String,
    /// Whether the editor ended well; if not, the text may be half of what was meant.
    pub status_ok: bool,
}

/// The editor's command line: `$VISUAL`, else `$EDITOR`, else `vi`.
#[must_use]
pub fn command() -> String {
    command_from(|name| env::var(name).ok())
}

fn command_from(variable: impl Fn(&str) -> Option<String>) -> String {
    let given = ["VISUAL", "EDITOR"].into_iter().filter_map(variable);
    let mut set = given.map(|command| command.trim().to_owned()).filter(|command| !command.is_empty());
    set.next().unwrap_or_else(|| "vi".to_owned())
}

/// Lets a person edit a text under a file name that tells its kind, and waits for the end of it. The file is its
/// owner's alone, in a folder that is removed in every case.
///
/// # Errors
/// When the file cannot be written, the editor not started, or what it left not read.
pub fn edit(text: &str, file_name: &str) -> Result<Edited, HostError> {
    edit_with(&command(), text, file_name)
}

fn edit_with(command: &str, text: &str, file_name: &str) -> Result<Edited, HostError> {
    let folder = PrivateFolder::temporary().map_err(|cause| {
        HostError::refused("cannot create a temporary folder for the editor".to_owned(), cause)
            .with_hint("set TMPDIR to a folder that you can write to")
    })?;
    let file = folder.write(&sanitised(file_name), text)?;
    let status = run(command, &file)?;
    let text =
        input::read(&file).map_err(|error| error.with_hint("the text is as it was before the editor"))?;
    Ok(Edited { text, status_ok: status.success() })
}

/// A harmless file name: letters, digits, `.`, `-` and `_`, the first a letter or digit.
fn sanitised(file_name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = file_name.chars().map(plain).collect();
    let name = &name[name.len().saturating_sub(LONGEST_NAME)..];
    let name = name.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if name.is_empty() { "document".to_owned() } else { name.to_owned() }
}

/// The command is the shell's to read, as in git: it may hold arguments; the path is an argument of its own.
fn run(command: &str, file: &Path) -> Result<ExitStatus, HostError> {
    let line = format!("{command} \"$1\"");
    Command::new("sh").args(["-c", &line, "sh"]).arg(file).status().map_err(|cause| {
        HostError::refused(format!("cannot start the editor {}", quoted(command)), cause)
            .with_hint("an editor is started by `sh`, with what VISUAL or EDITOR says")
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn visual_comes_before_editor_and_vi_is_the_last() {
        let given = |visual: &'static str, editor: &'static str| {
            command_from(move |name| match name {
                "VISUAL" => Some(visual.to_owned()),
                _ => Some(editor.to_owned()),
            })
        };
        assert_eq!(given("code --wait", "nano"), "code --wait");
        assert_eq!(given(" ", "nano"), "nano");
        assert_eq!(given("", ""), "vi");
        assert_eq!(command_from(|_| None), "vi");
    }

    #[test]
    fn what_the_editor_writes_comes_back() {
        let edited = edit_with("printf ' and more\\n' >>", "text", "service.json").expect("edited");
        assert_eq!(edited, Edited { text: "text and more\n".to_owned(), status_ok: true });
        assert_eq!(edit_with("true", "中\r\n", "x").expect("edited").text, "中\r\n");
    }

    #[test]
    fn the_file_is_private_has_its_name_and_goes() {
        let line = "ls -ld \"$(dirname \"$1\")\" \"$1\" | cut -c1-10 > \"$1.modes\"; \
                    { echo \"$1\"; cat \"$1.modes\"; } >";
        let edited = edit_with(line, "text", "../a b.json").expect("edited");
        let lines: Vec<&str> = edited.text.lines().collect();
        assert!(lines[0].ends_with("/a-b.json"), "{lines:?}");
        let mut modes = lines[1..].to_vec();
        modes.sort_unstable();
        assert_eq!(modes, ["-rw-------", "drwx------"]);
        assert!(!Path::new(lines[0]).parent().expect("a folder").exists());
    }

    #[test]
    fn what_a_crashed_editor_left_is_kept() {
        for end in ["exit 3", "kill -9 $$"] {
            let line = format!("printf half > \"$1\"; {end}; :");
            let edited = edit_with(&line, "text", "a.json").expect("edited");
            assert_eq!(edited, Edited { text: "half".to_owned(), status_ok: false }, "{end}");
        }
        let missing = edit_with("exec ramrole-no-such-editor 2>/dev/null", "text", "a").expect("edited");
        assert_eq!(missing, Edited { text: "text".to_owned(), status_ok: false });
    }

    #[test]
    fn what_cannot_be_read_back_is_an_error_with_a_hint() {
        for line in ["rm", "printf '\\377' >"] {
            let error = edit_with(line, "text", "a.json").expect_err(line);
            assert_eq!(error.hint.as_deref(), Some("the text is as it was before the editor"));
        }
    }

    #[test]
    fn names_are_made_harmless() {
        assert_eq!(sanitised("service.json"), "service.json");
        assert_eq!(sanitised("-x"), "x");
        assert_eq!(sanitised("../../etc/a b\n.json"), "etc-a-b-.json");
        assert_eq!(sanitised("中"), "document");
        assert!(sanitised(&format!("{}.json", "x".repeat(300))).ends_with("x.json"));
        assert_eq!(sanitised(&"x".repeat(300)).len(), LONGEST_NAME);
    }
}
