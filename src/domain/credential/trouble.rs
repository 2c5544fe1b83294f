//! Why a source gave no credential, in words that hold nothing of what it gave.

use crate::domain::json::{SyntaxError, SyntaxErrorKind};
use crate::domain::text::{self, Place};
use crate::messages::credential::nested;

/// Why there is no credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing, or nothing but white space.
    Empty,
    /// A web page.
    Html,
    /// More than a credential ever takes.
    TooLarge,
    /// Bytes that are no text.
    NotText,
    /// Text that is not JSON.
    NotJson {
        /// Where it stops being JSON.
        place: Place,
        /// What is wrong there.
        what: String,
    },
    /// JSON, but no object.
    NotAnObject,
    /// An answer whose `Code` is not `Success`; both made harmless.
    Refused {
        /// Its `Code`.
        code: String,
        /// Its `Message`.
        message: String,
    },
    /// A credential without one of these.
    Lacks(Vec<&'static str>),
    /// The answer of `AssumeRole`, whose `Credentials` hold the values.
    Nested,
    /// An HTTP status other than 200.
    Status(u16),
    /// An answer that leads elsewhere, which is not followed.
    Redirect(u16),
    /// Nothing within the deadline, or not all of it.
    TimedOut,
    /// No connection, or one that broke: why, in a few words.
    NoConnection(String),
    /// A file that cannot be read: why.
    File(String),
    /// No certificates to trust a server by: why.
    Roots(String),
    /// A URI that is not read, and why.
    NotRead(String),
}

impl Trouble {
    /// A stable word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Html => "html",
            Self::TooLarge => "too-large",
            Self::NotText => "not-text",
            Self::NotJson { .. } => "not-json",
            Self::NotAnObject => "not-an-object",
            Self::Refused { .. } => "refused",
            Self::Lacks(_) => "incomplete",
            Self::Nested => "nested",
            Self::Status(_) => "status",
            Self::Redirect(_) => "redirect",
            Self::TimedOut => "timed-out",
            Self::NoConnection(_) => "no-connection",
            Self::File(_) => "file",
            Self::Roots(_) => "roots",
            Self::NotRead(_) => "not-read",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Html | Self::Redirect(_) => {
                "see whether ALIBABA_CLOUD_CREDENTIALS_URI names the local service"
            }
            Self::NotJson { .. } | Self::NotText | Self::NotAnObject | Self::Empty | Self::TooLarge => {
                "see what writes it; the platform writes one JSON object"
            }
            Self::Refused { .. } => "`ramrole explain` with this message tells the cause",
            Self::Lacks(_) => "see what writes it; the platform writes all of them",
            Self::Nested => nested::FIX.as_str(),
            Self::Status(_) | Self::TimedOut => "read again; if it stays, restart the instance",
            Self::NoConnection(_) => "see whether a role is associated with this instance, and restart it",
            Self::File(_) => "see whether a role is associated with this instance",
            Self::Roots(_) => "set SSL_CERT_FILE to a PEM file with the root certificate, or unset it",
            Self::NotRead(_) => "see `ramrole credential --help`",
        }
    }

    /// Why a text is not JSON. Its characters are not quoted: they may belong to a secret.
    #[must_use]
    pub(super) fn not_json(text: &str, error: &SyntaxError) -> Self {
        use SyntaxErrorKind as Why;
        let what = match error.kind {
            Why::Empty => return Self::Empty,
            Why::NotASeparator(_) => "a comma or a closing bracket belongs here".to_owned(),
            Why::Unexpected(_) => "no value starts like this".to_owned(),
            Why::TypographicQuote(_) | Why::FullWidth(..) | Why::OddSpace(_) | Why::ControlInString(_) => {
                "a character that JSON does not take here".to_owned()
            }
            _ => error.to_string(),
        };
        Self::NotJson { place: text::place(text, error.span.start), what }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::Html => f.write_str("it is a web page, not a credential"),
            Self::TooLarge => f.write_str("it is larger than 64 KiB, which no credential is"),
            Self::NotText => f.write_str("it is not text"),
            Self::NotJson { place, what } => {
                write!(f, "it is not JSON: line {}, column {}: {what}", place.line, place.column)
            }
            Self::NotAnObject => f.write_str("it is JSON, but no object"),
            Self::Refused { code, message } if message.is_empty() => write!(f, "it answered {code}"),
            Self::Refused { code, message } => write!(f, "it answered {code}: {message}"),
            Self::Lacks(names) => write!(f, "it lacks {}", names.join(", ")),
            Self::Nested => f.write_str(&nested::MESSAGE),
            Self::Status(status) => write!(f, "it answered with HTTP status {status}"),
            Self::Redirect(status) => {
                write!(f, "it leads elsewhere (HTTP status {status}), which is not followed")
            }
            Self::TimedOut => f.write_str("it did not answer in full within 3 seconds"),
            Self::NoConnection(why) => write!(f, "no connection: {why}"),
            Self::File(why) | Self::Roots(why) | Self::NotRead(why) => f.write_str(why),
        }
    }
}
