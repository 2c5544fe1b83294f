//! Writes messages on a separate thread, so that a stopped terminal or a full pipe never blocks the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;

use tokio::time::Duration;

/// How many messages can wait to be written; further ones are dropped and counted.
const WAITING: usize = 256;

/// Where messages go.
#[derive(Clone, Copy)]
pub struct Output {
    /// Writes a message; it may block indefinitely.
    pub write: fn(&str),
    /// Whether a full-screen program has the output now: messages wait until it has ended.
    pub is_taken: fn() -> bool,
}

/// The queue of the thread that writes messages.
pub struct Log {
    queue: SyncSender<Job>,
    dropped: Arc<AtomicU64>,
}

enum Job {
    Say(String),
    /// Confirms that every message before it has been written.
    Tell(SyncSender<()>),
}

impl Log {
    /// Starts the thread.
    #[must_use]
    pub fn new(output: Output) -> Self {
        let (queue, jobs) = sync_channel(WAITING);
        let dropped = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&dropped);
        thread::spawn(move || {
            let mut waiting = Vec::new();
            for job in jobs {
                let asked = match job {
                    Job::Tell(asked) => Some(asked),
                    Job::Say(line) if waiting.len() < WAITING => {
                        waiting.push(line);
                        None
                    }
                    Job::Say(_) => {
                        count.fetch_add(1, Relaxed);
                        None
                    }
                };
                if !(output.is_taken)() {
                    waiting.drain(..).for_each(|line| (output.write)(&line));
                    report_dropped(count.swap(0, Relaxed), output.write);
                }
                if let Some(asked) = asked {
                    // The caller may have timed out and dropped the receiver.
                    let _ = asked.try_send(());
                }
            }
        });
        Self { queue, dropped }
    }

    /// Queues a message; drops it if the queue is full.
    pub fn say(&self, line: &str) {
        if self.queue.try_send(Job::Say(line.to_owned())).is_err() {
            self.dropped.fetch_add(1, Relaxed);
        }
    }

    /// Waits until every message has been written, for at most `longest`. Returns whether they have.
    #[must_use]
    pub fn drain(&self, longest: Duration) -> bool {
        let (told, heard) = sync_channel(1);
        let is_queued = self.queue.try_send(Job::Tell(told)).is_ok();
        // If the thread has ended, there is nothing to wait for.
        is_queued && heard.recv_timeout(longest) != Err(RecvTimeoutError::Timeout)
    }
}

fn report_dropped(count: u64, write: fn(&str)) {
    match count {
        0 => (),
        1 => write("1 message was dropped because stderr was blocked"),
        lost => write(&format!("{lost} messages were dropped because stderr was blocked")),
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
        let log = Log::new(Output { write, is_taken: || false });
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

    #[test]
    fn messages_wait_while_a_full_screen_program_has_the_terminal() {
        use std::sync::atomic::AtomicBool;
        static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());
        static TAKEN: AtomicBool = AtomicBool::new(true);
        let write = |line: &str| LINES.lock().expect("lines").push(line.to_owned());
        let log = Log::new(Output { write, is_taken: || TAKEN.load(Relaxed) });
        log.say("renewed");
        assert!(log.drain(Duration::from_secs(5)));
        assert!(LINES.lock().expect("lines").is_empty(), "it is over the screen");
        TAKEN.store(false, Relaxed);
        log.say("served");
        assert!(log.drain(Duration::from_secs(5)));
        assert_eq!(*LINES.lock().expect("lines"), ["renewed", "served"]);
    }
}
