//! The local credential service, as far as it can be decided without a socket: what is answered, when the credential
//! is renewed, what a made-up one looks like.

mod fake;
mod key;
mod lease;
mod proxy;
mod respond;

pub use fake::{Fault, fake};
pub use key::Key;
pub use lease::{Lease, Taken};
pub use proxy::with_loopback;
pub use respond::{Body, Reply, Request, respond};
