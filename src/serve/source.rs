//! Where the service has its credential from. The account's own `AssumeRole` is one more variant, once there are accounts.

use std::path::Path;

use jiff::SignedDuration;

use crate::domain::credential::{Answer, Reach, SourceUri, Trouble};
use crate::domain::moment::Moment;
use crate::domain::serve::fake;
use crate::host::clock;
use crate::host::credential::{fetch, file_within};

/// Where the service has its credential from.
#[derive(Debug)]
pub enum Source {
    /// A file, as the platform injects one.
    File(String),
    /// Another service.
    Uri(SourceUri, Reach),
    /// The environment, which was read when the program started: it gives the same one always.
    Environment(Box<Answer>),
    /// None: they are made up.
    Fake {
        /// How long each lives.
        ttl: SignedDuration,
        /// From when on none is made.
        until: Option<Moment>,
        /// How many were made.
        made: u64,
    },
}

impl Source {
    /// Reads a credential.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn read(&mut self) -> Result<Answer, Trouble> {
        match self {
            Self::File(path) => {
                let path = path.clone();
                let reading = tokio::task::spawn_blocking(move || file_within(&path, None)).await;
                reading.ok().flatten().unwrap_or(Err(Trouble::TimedOut))
            }
            Self::Uri(uri, reach) => fetch(uri, *reach).await,
            Self::Environment(answer) => Ok((**answer).clone()),
            Self::Fake { ttl, until, made } => {
                let now = clock::now();
                if until.is_some_and(|until| now.since(until) >= SignedDuration::ZERO) {
                    return Err(Trouble::NotRead(
                        "--fail-after has passed: none is made up any more".to_owned(),
                    ));
                }
                let mut bits = [0; 8];
                getrandom::fill(&mut bits)
                    .map_err(|_| Trouble::NotRead("the system gives no random bits".to_owned()))?;
                *made += 1;
                Ok(fake(*made, bits, *ttl, now))
            }
        }
    }

    /// The file that it reads, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(Path::new(path)),
            Self::Uri(..) | Self::Environment(_) | Self::Fake { .. } => None,
        }
    }

    /// What to do where it has no credential, if that depends on the source.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::File(_) => Some(
                "the file must contain JSON with AccessKeyId, AccessKeySecret, SecurityToken and Expiration (UTC, such \
                 as 2026-12-31T12:00:00Z)",
            ),
            Self::Uri(..) | Self::Environment(_) | Self::Fake { .. } => None,
        }
    }

    /// What it is, for people.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::File(path) => format!("the file {}", crate::domain::text::visible_line(path)),
            Self::Uri(uri, _) => uri.shown(),
            Self::Environment(_) => "the environment".to_owned(),
            Self::Fake { .. } => "made-up credentials".to_owned(),
        }
    }
}
