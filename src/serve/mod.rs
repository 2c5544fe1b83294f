//! The local credential service: it accepts, asks `domain` what to answer, writes it, and keeps the credential fresh. It
//! decides nothing, and no line that it says holds a secret or the key.

mod answer;
mod child;
mod connections;
mod credential_file;
mod keeper;
mod source;

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use tokio::net::TcpListener;

use crate::domain::credential::Secret;
use crate::domain::serve::{Fault, Key};
use crate::host::clock;

pub use child::{Changes, Endings, run as run_command};
pub use credential_file::CredentialFile;
pub use keeper::{Keeper, Keeping};
pub use source::Source;

use answer::Shelf;

/// A service that listens.
pub struct Service {
    listeners: Vec<TcpListener>,
    shared: Rc<Shared>,
}

/// What every connection needs to know.
struct Shared {
    key: Key,
    port: u16,
    fault: Option<Fault>,
    shelf: RefCell<Shelf>,
}

impl Service {
    /// Listens on this machine alone; port 0 takes one that is free.
    ///
    /// # Errors
    /// When the port is taken, or the system gives no random bits.
    pub async fn listen(port: u16, fault: Option<Fault>) -> io::Result<Self> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).map_err(io::Error::other)?;
        let first = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = first.local_addr()?.port();
        // `localhost` may be either; a machine without the newer of the two has the other.
        let second = TcpListener::bind(("::1", port)).await.ok();
        let shelf = RefCell::new(Shelf::new(clock::now()));
        let shared = Rc::new(Shared { key: Key::new(bits), port, fault, shelf });
        Ok(Self { listeners: std::iter::once(first).chain(second).collect(), shared })
    }

    /// The URI of the service, which lets in whoever knows it.
    #[must_use]
    pub fn uri(&self) -> Secret {
        Secret::new(format!("http://localhost:{}{}", self.shared.port, self.shared.key.path()))
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.shared.port
    }

    /// Who keeps its credential fresh.
    #[must_use]
    pub fn keeper(&self, source: Source, keeping: Keeping) -> Keeper {
        Keeper::new(Rc::clone(&self.shared), source, keeping)
    }

    /// Answers until it is dropped.
    pub async fn serve(&self) {
        connections::accept(&self.listeners, &self.shared).await;
    }
}
