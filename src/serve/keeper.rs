//! Renews the credential of the service and updates the credential file. Reports each event in a message without a
//! secret.

use std::rc::Rc;

use jiff::SignedDuration;
use tokio::time::{Duration, sleep};

use super::{CredentialFile, Shared, Source};
use crate::domain::credential::{Trouble, words};
use crate::domain::serve::Taken;
use crate::host::{HostError, clock};

/// The longest sleep: a changed clock or a suspended machine is detected after that.
const LONGEST: SignedDuration = SignedDuration::from_secs(5);

/// The shortest sleep between two updates of the file.
const SOONEST: SignedDuration = SignedDuration::from_millis(50);

/// What is updated together with the credential.
pub struct Keeping {
    /// A file with the credential.
    pub file: Option<CredentialFile>,
}

/// Renews the credential of a service.
pub struct Keeper {
    shared: Rc<Shared>,
    source: Source,
    keeping: Keeping,
}

impl Keeper {
    pub(super) fn new(shared: Rc<Shared>, source: Source, keeping: Keeping) -> Self {
        Self { shared, source, keeping }
    }

    /// Reads the first credential.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn begin(&mut self) -> Result<String, Trouble> {
        self.shared.shelf.borrow_mut().lease.begin(clock::now());
        let answer = self.source.read().await?;
        let now = clock::now();
        match self.shared.shelf.borrow_mut().take(Some(answer), now, dice()) {
            Taken::Failed(why) => {
                let why = why.map(|why| why.to_string()).unwrap_or_default();
                return Err(Trouble::NotRead(why));
            }
            Taken::New | Taken::Same => (),
        }
        Ok(self.fares())
    }

    /// Writes the file for the first time.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn put_file(&mut self) -> Result<(), HostError> {
        let now = clock::now();
        let (text, ends) = self.shared.shelf.borrow().text_and_end(now);
        match (&mut self.keeping.file, text) {
            (Some(file), Some(text)) => file.begin(&text, ends),
            _ => Ok(()),
        }
    }

    /// Renews the credential before each expiration, until it is dropped.
    pub async fn keep(&mut self) {
        loop {
            let wait = self.shared.shelf.borrow_mut().lease.wait(clock::now()).unwrap_or(LONGEST);
            if wait.is_positive() {
                let time = Duration::try_from(wait.min(LONGEST)).unwrap_or_default();
                tending(&mut self.keeping, &self.shared, sleep(time)).await;
            } else {
                self.renew().await;
            }
        }
    }

    async fn renew(&mut self) {
        self.shared.shelf.borrow_mut().lease.begin(clock::now());
        let (answer, why) = match tending(&mut self.keeping, &self.shared, self.source.read()).await {
            Ok(answer) => (Some(answer), None),
            Err(trouble) => (None, Some((trouble.code(), trouble.to_string()))),
        };
        let taken = self.shared.shelf.borrow_mut().take(answer, clock::now(), dice());
        let talk = &self.shared.talk;
        match taken {
            Taken::New => {
                talk.say("renewed", &format!("renewed: {}", self.fares()));
            }
            Taken::Failed(useless) => {
                let useless = || useless.map(|useless| ("useless", useless.to_string()));
                let (kind, why) = why.or_else(useless).unwrap_or_default();
                talk.say(kind, &format!("not renewed: {why}; {}", self.fares()));
            }
            Taken::Same => {}
        }
    }

    /// The state of the current credential, for messages.
    fn fares(&self) -> String {
        let at_hand = self.shared.shelf.borrow();
        match (at_hand.lease.left(clock::now()), at_hand.lease.end()) {
            (Some(left), Some(end)) if left.is_positive() => {
                format!("the current credential expires in {} at {end}", words(left))
            }
            (Some(_), Some(end)) => {
                format!("the current credential expired at {end} and is no longer served")
            }
            _ => "the current credential does not say when it expires".to_owned(),
        }
    }
}

/// Runs `work`, and keeps the file in sync with the served credential until it completes.
async fn tending<T>(keeping: &mut Keeping, shared: &Shared, work: impl Future<Output = T>) -> T {
    let Some(file) = &mut keeping.file else { return work.await };
    let mut work = std::pin::pin!(work);
    loop {
        let now = clock::now();
        let (text, ends) = shared.shelf.borrow().text_and_end(now);
        let current = text.as_ref().map(|text| (text.as_str(), ends));
        if let Some(said) = file.tend(current, now) {
            shared.talk.say(said.kind, &said.line);
        }
        let wait = file.wait(clock::now()).unwrap_or(LONGEST).clamp(SOONEST, LONGEST);
        tokio::select! {
            done = &mut work => return done,
            () = sleep(Duration::try_from(wait).unwrap_or_default()) => {}
        }
    }
}

/// A random number; none is as good as any other where the system gives none.
fn dice() -> u8 {
    let mut bits = [0; 1];
    // Services that renew at the same moment harm nobody but themselves.
    let _ = getrandom::fill(&mut bits);
    bits[0]
}
