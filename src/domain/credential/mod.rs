//! The short-lived credential of a RAM role, as the platform injects it into an instance: how it is read, how long it
//! lives, where it is found. It asks no clock and no network.

mod answer;
mod export;
mod found;
mod health;
mod history;
mod life;
mod read;
pub mod report;
pub mod rules;
mod secret_text;
mod source;
mod trouble;
mod watch;

use jiff::Timestamp;

pub use answer::{Answer, Reading, Stamp};
pub use export::Form;
pub use found::{Found, Reach};
pub use health::{NOTHING, findings, verdict, worst};
pub use history::{History, Renewal, Sample};
pub use life::{Life, time_of, utc, words};
pub use read::{LARGEST, Parsed, parse};
pub use secret_text::Secret;
pub use source::{NotAUri, Source, SourceUri, URI_VARIABLE, files};
pub use trouble::Trouble;
pub use watch::{Due, Held, Watch, Watched};

/// A credential: three secrets and their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The `AccessKey` ID, `STS.…` for a role's.
    pub access_key_id: Secret,
    /// The `AccessKey` secret.
    pub access_key_secret: Secret,
    /// The token that goes with the two.
    pub security_token: Secret,
    /// When it ends, if it says so.
    pub expiration: Option<Timestamp>,
}
