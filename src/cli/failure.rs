//! How a command ends when it does not succeed: the exit code, what happened, and what to do next.

use crate::domain::association::Refusal;
use crate::domain::text::visible;
use crate::domain::values::Invalid;
use crate::host::{HostError, HostErrorKind};

/// How a command ends that has done its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, and the answer is no: errors were found, a text was not recognised.
    No,
    /// A command was run, and this is its status.
    Of(u8),
    /// Ended by a signal: its number.
    Signalled(i32),
    /// It broke, which is a fault of the program.
    Panicked,
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The call or an input document is wrong.
    Call {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: Option<String>,
    },
    /// The outside refused.
    Host(HostError),
    /// Everything has been said already: a document was wrong.
    Said,
    /// The reader of our output has gone.
    BrokenPipe,
}

impl Failure {
    /// A wrong call.
    pub fn call(message: impl Into<String>) -> Self {
        Self::Call { message: message.into(), hint: None }
    }

    /// A wrong call with its way out.
    pub fn hinted(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Call { message: message.into(), hint: Some(hint.into()) }
    }

    /// The exit code: 2 for a wrong call or document, 3 when the outside refused.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Call { .. } | Self::Said => 2,
            Self::Host(error) => match error.kind {
                HostErrorKind::Unusable | HostErrorKind::Exists => 2,
                HostErrorKind::Refused | HostErrorKind::Changed => 3,
            },
            Self::BrokenPipe => 0,
        }
    }

    /// What happened with the system's reason, on one line.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Call { message, .. } => message.clone(),
            Self::Host(error) => match &error.cause {
                Some(cause) => format!("{error}: {cause}"),
                None => error.to_string(),
            },
            Self::Said | Self::BrokenPipe => String::new(),
        }
    }

    /// What is said on standard error, ready for a terminal; nothing where all is said.
    #[must_use]
    pub fn text(&self) -> String {
        let (message, cause, hint) = match self {
            Self::Call { message, hint } => (message, None, hint.as_deref()),
            Self::Host(error) => (&error.message, error.cause.as_ref(), error.hint.as_deref()),
            Self::Said | Self::BrokenPipe => return String::new(),
        };
        let cause = cause.map(|cause| format!("  {cause}\n")).unwrap_or_default();
        let hint = hint.map(|hint| format!("hint: {hint}\n")).unwrap_or_default();
        visible(&format!("ramrole: {message}\n{cause}{hint}")).into_owned()
    }
}

impl From<HostError> for Failure {
    fn from(error: HostError) -> Self {
        Self::Host(error)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::hinted(refusal.message, refusal.hint)
    }
}

impl From<Invalid> for Failure {
    fn from(invalid: Invalid) -> Self {
        Self::call(invalid.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        Self::Host(HostError {
            kind: HostErrorKind::Refused,
            message: "cannot write to standard output".to_owned(),
            hint: None,
            cause: Some(error),
        })
    }
}
