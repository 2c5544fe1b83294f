//! The clock of other systems: it starts when ramrole first asks for it.

use std::sync::OnceLock;
use std::time::Instant;

use jiff::SignedDuration;

/// The time since the first call.
pub fn now() -> SignedDuration {
    static START: OnceLock<Instant> = OnceLock::new();
    SignedDuration::try_from(START.get_or_init(Instant::now).elapsed()).unwrap_or(SignedDuration::MAX)
}
