//! This machine's clocks and time zone. It decides nothing about them.

#[cfg_attr(any(target_os = "linux", target_os = "android"), path = "clock/boot.rs")]
#[cfg_attr(not(any(target_os = "linux", target_os = "android")), path = "clock/start.rs")]
mod steady;

use std::time::Duration;

use jiff::{Timestamp, tz::TimeZone};

use crate::domain::moment::Moment;

/// The pace at which a countdown goes.
pub const SECOND: Duration = Duration::from_secs(1);
const SLACK: Duration = Duration::from_millis(3);

/// Waits until the clock on the wall shows the next second.
pub async fn next_second() {
    let past = u64::try_from(Timestamp::now().subsec_nanosecond()).unwrap_or(0);
    // A little later: a timer may wake a moment early.
    tokio::time::sleep(SECOND.saturating_sub(Duration::from_nanos(past)) + SLACK).await;
}

/// Now.
#[must_use]
pub fn now() -> Moment {
    Moment { wall: Timestamp::now(), steady: steady::now() }
}

/// The time zone that this machine shows times in; UTC where it knows none.
#[must_use]
pub fn zone() -> TimeZone {
    TimeZone::try_system().unwrap_or(TimeZone::UTC)
}
