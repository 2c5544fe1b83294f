//! The local credential service: it accepts, asks `domain` what to answer, writes it, and keeps the credential fresh.
//! It decides nothing, and no message that it writes contains a secret or the key.

mod answer;
mod child;
mod connections;
mod credential_file;
mod impatient;
mod keeper;
mod listen;
mod log;
mod source;

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;

use tokio::net::TcpListener;

use crate::domain::credential::Secret;
use crate::domain::serve::{Admission, Counts, Fault, Key, Repeats};
use crate::host::clock;
use crate::host::peers::Peers;

pub use child::{Caught, Changes, Ended, Signals, Stage, run as run_command};
pub use credential_file::CredentialFile;
pub use keeper::{Keeper, Keeping};
pub use log::{Log, Output};
pub use source::Source;

use answer::Shelf;

/// How the service responds, and to which users.
pub struct Settings {
    /// The port; 0 takes one that is free.
    pub port: u16,
    /// What goes wrong on purpose.
    pub fault: Option<Fault>,
    /// Who may connect.
    pub admission: Admission,
    /// Writes a message; it must not block.
    pub say: fn(&str),
}

/// A service that listens.
pub struct Service {
    listeners: Vec<TcpListener>,
    shared: Rc<Shared>,
    peers: Option<Peers>,
}

/// What every connection needs to know.
struct Shared {
    key: Key,
    port: u16,
    fault: Option<Fault>,
    admission: Admission,
    shelf: RefCell<Shelf>,
    counts: Cell<Counts>,
    talk: Talk,
}

/// Writes messages, at most one of each kind per minute.
struct Talk {
    say: fn(&str),
    repeats: RefCell<Repeats>,
}

impl Talk {
    fn say(&self, kind: &str, line: &str) {
        let line = self.repeats.borrow_mut().pass(kind, line, clock::now());
        if let Some(line) = line {
            (self.say)(&line);
        }
    }
}

impl Shared {
    fn count(&self, change: impl FnOnce(&mut Counts)) {
        let mut counts = self.counts.get();
        change(&mut counts);
        self.counts.set(counts);
    }
}

impl Service {
    /// Listens on this machine alone.
    ///
    /// # Errors
    /// When the port is taken, or the system gives no random bits.
    pub fn listen(settings: Settings) -> io::Result<Self> {
        let Settings { port, fault, admission, say } = settings;
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).map_err(io::Error::other)?;
        let listeners = listen::listen(port)?;
        let first = listeners.first().ok_or(io::ErrorKind::AddrNotAvailable)?.local_addr()?;
        let peers = if admission.is_open() { None } else { Peers::open(first) };
        if peers.is_none() && !admission.is_open() {
            say("cannot tell which user opened a connection: other users can connect, but need the key");
        }
        let shared = Shared {
            key: Key::new(bits),
            port: first.port(),
            fault,
            admission,
            shelf: RefCell::new(Shelf::new(clock::now())),
            counts: Cell::default(),
            talk: Talk { say, repeats: RefCell::default() },
        };
        Ok(Self { listeners, shared: Rc::new(shared), peers })
    }

    /// The URI of the service; any client that knows it gets the credential. It contains an address, because how
    /// `localhost` resolves depends on files and servers of others, and on which address a client tries first.
    #[must_use]
    pub fn uri(&self) -> Secret {
        Secret::new(format!("http://127.0.0.1:{}{}", self.shared.port, self.shared.key.path()))
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.shared.port
    }

    /// How often it has been used.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shared.counts.get()
    }

    /// The keeper that renews its credential.
    #[must_use]
    pub fn keeper(&self, source: Source, keeping: Keeping) -> Keeper {
        Keeper::new(Rc::clone(&self.shared), source, keeping)
    }

    /// Answers until it is dropped.
    pub async fn serve(&self) {
        connections::accept(&self.listeners, self.peers.as_ref(), &self.shared).await;
    }
}
