//! What is known of the credentials of this machine: the sources, watched. It reads nothing itself; what it knows comes
//! as reports.

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::domain::chain::report::{self, ClientRow, Mark};
use crate::domain::chain::{Evidence, findings};
use crate::domain::credential::{Due, Found, Held, Life, Reading, Source, Watch};
use crate::domain::finding::{Finding, Severity};
use crate::domain::moment::Moment;

/// How long secrets are shown: a terminal does not tell when a key is let go.
const SHOWN_FOR: SignedDuration = SignedDuration::from_secs(10);

/// What is known of the credentials of this machine.
#[derive(Debug, Default)]
pub struct Credentials {
    /// The sources, once it is known which there are.
    pub looked: Option<Looked>,
    /// The source at the cursor.
    pub cursor: usize,
    /// Whether the clients are shown instead of the sources.
    pub shows_clients: bool,
    /// How many rows further down the screen begins than the source at the cursor asks for.
    pub scroll: usize,
}

/// The sources, watched.
#[derive(Debug)]
pub struct Looked {
    /// The watch over them.
    pub watch: Watch,
    /// Where to look, and how far.
    pub found: Found,
    /// The zone of local times.
    pub zone: TimeZone,
    /// What each official client takes.
    pub clients: Vec<ClientRow>,
    /// What stands between them and the instance's role.
    pub obstacles: Vec<Finding>,
    /// When secrets are hidden again, while they are shown.
    pub shown_until: Option<Moment>,
}

impl Looked {
    fn new(found: Found, zone: TimeZone, now: Moment) -> Self {
        let watch = Watch::new(found.sources.clone(), now);
        Self { watch, found, zone, clients: Vec::new(), obstacles: Vec::new(), shown_until: None }
    }

    /// What a client comes to now: its chain may end at the instance's role while the local service gives nothing that
    /// a client can use.
    #[must_use]
    pub fn mark(&self, client: &ClientRow) -> Mark {
        if client.mark == Mark::Role && self.is_service_unusable() { Mark::None } else { client.mark }
    }

    /// Whether the local service was read, and gave nothing that the official clients can use now.
    #[must_use]
    pub fn is_service_unusable(&self) -> bool {
        let services = self.watch.sources.iter().filter(|watched| matches!(watched.source, Source::Uri(_)));
        services.into_iter().any(|watched| {
            let is_odd = |held: &Held| {
                held.answer.parsed.findings.iter().any(|finding| finding.severity() == Severity::Error)
            };
            let is_over = watched.life(self.watch.now()) == Some(Life::Expired);
            watched.trouble.is_some() || is_over || watched.held.as_ref().is_some_and(is_odd)
        })
    }

    /// For how long secrets are still shown.
    #[must_use]
    pub fn shown_for(&self) -> Option<SignedDuration> {
        let left = self.shown_until?.since(self.watch.now());
        left.is_positive().then_some(left)
    }
}

impl Credentials {
    /// Takes the sources that were found, and what the clients would look at; what was seen of the same sources before
    /// is kept. Returns whether they are others than before.
    pub fn found(&mut self, found: Found, zone: TimeZone, now: Moment, seen: &Evidence) -> bool {
        let is_same = |looked: &Looked| looked.found.sources == found.sources;
        let are_others = !self.looked.as_ref().is_some_and(is_same);
        if are_others {
            self.looked = Some(Looked::new(found, zone, now));
            self.cursor = 0;
        }
        if let Some(looked) = &mut self.looked {
            looked.clients = report::rows(seen);
            looked.obstacles = findings(seen);
        }
        are_others
    }

    /// Lets time pass; the sources that are to be read now.
    pub fn tick(&mut self, now: Moment) -> Vec<Due> {
        let Some(looked) = &mut self.looked else { return Vec::new() };
        let due = looked.watch.tick(now);
        if looked.shown_for().is_none() {
            looked.shown_until = None;
        }
        due
    }

    /// Takes what was read of a source.
    pub fn take(&mut self, index: usize, reading: Option<Reading>, now: Moment) {
        if let Some(looked) = &mut self.looked {
            looked.watch.take(index, reading, now);
        }
    }

    /// The sources, to be read at once.
    pub fn read_now(&mut self, now: Moment) -> Vec<Due> {
        self.looked.as_mut().map(|looked| looked.watch.read_now(now)).unwrap_or_default()
    }

    /// The credential of the source at the cursor; of the first that has one where that has none.
    #[must_use]
    pub fn held(&self) -> Option<(&Source, &Held)> {
        let sources = &self.looked.as_ref()?.watch.sources;
        let here = sources.get(self.cursor).into_iter();
        here.chain(sources).find_map(|watched| Some((&watched.source, watched.held.as_ref()?)))
    }

    /// Shows the secrets for a while.
    pub fn show_secrets(&mut self) {
        if let Some(looked) = &mut self.looked {
            looked.shown_until = Some(looked.watch.now().after(SHOWN_FOR));
        }
    }

    /// Hides the secrets; whether they were shown.
    pub fn hide_secrets(&mut self) -> bool {
        self.looked.as_mut().is_some_and(|looked| looked.shown_until.take().is_some())
    }
}
