//! Says lines on a thread of its own: whoever serves never waits for a terminal that is stopped or a pipe that is full.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;

use tokio::time::Duration;

/// How many lines wait to be said; further ones are dropped and counted.
const WAITING: usize = 256;

/// The way to the thread that says lines.
pub struct Log {
    queue: SyncSender<Job>,
    dropped: Arc<AtomicU64>,
}

enum Job {
    Say(String),
    /// Tells that everything before it has been said.
    Tell(SyncSender<()>),
}

impl Log {
    /// Starts the thread; `write` may take for ever.
    #[must_use]
    pub fn new(write: fn(&str)) -> Self {
        let (queue, jobs) = sync_channel(WAITING);
        let dropped = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&dropped);
        thread::spawn(move || {
            for job in jobs {
                match job {
                    Job::Say(line) => write(&line),
                    // Whoever asked has gone on where he waited for too long.
                    Job::Tell(asked) => drop(asked.try_send(())),
                }
                match count.swap(0, Relaxed) {
                    0 => (),
                    1 => write("1 message was dropped because stderr was blocked"),
                    lost => write(&format!("{lost} messages were dropped because stderr was blocked")),
                }
            }
        });
        Self { queue, dropped }
    }

    /// Says a line, soon; where too many wait already, it is dropped.
    pub fn say(&self, line: &str) {
        if self.queue.try_send(Job::Say(line.to_owned())).is_err() {
            self.dropped.fetch_add(1, Relaxed);
        }
    }

    /// Waits until everything has been said, but not for longer than this: whether it has.
    #[must_use]
    pub fn drain(&self, longest: Duration) -> bool {
        let (told, heard) = sync_channel(1);
        let is_queued = self.queue.try_send(Job::Tell(told)).is_ok();
        // A thread that has ended says nothing any more.
        is_queued && heard.recv_timeout(longest) != Err(RecvTimeoutError::Timeout)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static GATE: Mutex<()> = Mutex::new(());

    fn write(line: &str) {
        let _open = GATE.lock().expect("a gate");
        SAID.lock().expect("lines").push(line.to_owned());
    }

    #[test]
    fn nobody_waits_for_a_reader_that_does_not_read() {
        let gate = GATE.lock().expect("a gate");
        let log = Log::new(write);
        for number in 0..1_000 {
            log.say(&number.to_string());
        }
        assert!(!log.drain(Duration::from_millis(50)), "nothing has been said");
        drop(gate);
        while !log.drain(Duration::from_secs(5)) {
            thread::yield_now();
        }
        let said = SAID.lock().expect("lines");
        let dropped = said.iter().find(|line| line.contains("messages were dropped")).expect("the count");
        let count: usize = dropped.split(' ').next().expect("a number").parse().expect("a number");
        assert_eq!(count + said.len() - 1, 1_000, "every line was said or counted");
    }
}
