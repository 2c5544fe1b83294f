//! The outside: the only files that touch disk, standard input, the environment, the clock, the network and other programs. They decide
//! nothing about documents.

pub mod account;
pub mod chain;
pub mod clipboard;
pub mod clock;
pub mod complete;
pub mod credential;
pub mod deadline;
pub mod drafts;
pub mod environment;
pub mod external_editor;
pub mod input;
pub mod metadata;
pub mod output;
pub mod peers;
pub mod process;
pub mod ready_file;
pub mod settings;
pub mod surroundings;
pub mod terminal;
pub mod tls;
pub mod walk;

/// Why the outside refused: what was tried on what, and the system's reason.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct HostError {
    /// Whether the thing itself is wrong (a directory, not UTF-8, too large) or the system refused.
    pub kind: HostErrorKind,
    /// What failed and on what, one harmless line.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// The system's own reason.
    #[source]
    pub cause: Option<std::io::Error>,
}

/// Whose fault it is: exit code 2 or 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostErrorKind {
    /// What was given cannot be used.
    Unusable,
    /// The system refused: permission, disk.
    Refused,
    /// The path already exists and must not be overwritten.
    Exists,
    /// The file changed after it was read.
    Changed,
}

impl HostError {
    fn unusable(message: String) -> Self {
        Self { kind: HostErrorKind::Unusable, message, hint: None, cause: None }
    }

    /// The system refused, with its reason; a missing file is a wrong call instead.
    #[must_use]
    pub fn refused(message: String, cause: std::io::Error) -> Self {
        let missing = cause.kind() == std::io::ErrorKind::NotFound;
        let kind = if missing { HostErrorKind::Unusable } else { HostErrorKind::Refused };
        Self { kind, message, hint: None, cause: Some(cause) }
    }

    fn with_hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

/// Whether a stream is a terminal that shows colours, and nobody has asked for none.
#[must_use]
pub fn takes_colour(stream: &impl std::io::IsTerminal) -> bool {
    let asked_for_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    stream.is_terminal() && !asked_for_none && !is_dumb
}

/// A path for a message.
#[must_use]
pub fn shown(path: &std::path::Path) -> String {
    crate::domain::text::visible_line(&path.to_string_lossy()).into_owned()
}

/// Our folders among the user's own; none where there is no home.
fn folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "ramrole")
}

/// The user's home folder; empty where there is none, or none that can be written as text.
#[must_use]
pub fn home() -> String {
    let folders = directories::BaseDirs::new();
    folders.and_then(|folders| folders.home_dir().to_str().map(str::to_owned)).unwrap_or_default()
}
