//! Limits how long a read may take: a pipe without a writer and a disk behind a network may block for ever.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long one read may take as a whole.
pub const DEADLINE: Duration = Duration::from_secs(3);

/// What a read returns, or `None` where it takes longer than [`DEADLINE`]. Its thread may then stay blocked until the
/// program ends.
#[must_use]
pub fn within_deadline<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    // After the deadline nobody receives the result.
    thread::spawn(move || drop(sender.send(read())));
    receiver.recv_timeout(DEADLINE).ok()
}
