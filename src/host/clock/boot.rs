//! The clock of Linux that starts at boot and goes on while the machine sleeps.

use jiff::SignedDuration;

/// The time since boot.
pub fn now() -> SignedDuration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    SignedDuration::new(time.tv_sec, i32::try_from(time.tv_nsec).unwrap_or(0))
}
