//! The local credential service, as far as it can be decided without a socket: what is answered, when the credential
//! is renewed, what a made-up one looks like.

mod admission;
mod counts;
mod fake;
mod key;
mod lease;
mod proxy;
mod repeats;
mod respond;
mod seats;
mod useless;

pub use admission::{Admission, AllowedUser, NotAUser};
pub use counts::Counts;
pub use fake::{Fault, fake};
pub use key::Key;
pub use lease::{Lease, Taken};
pub use proxy::with_loopback;
pub use repeats::Repeats;
pub use respond::{Body, Reply, Request, Tally, respond};
pub use seats::{Seat, to_close};
pub use useless::Useless;
