//! Reads what the terminal sends, in a thread of its own: the library's reading blocks in the middle of a sequence and
//! spins once the terminal has gone, and neither may hold the loop.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use crossterm::event::{self, Event};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::host::process;

/// The events of the terminal, in their order.
pub struct Reader {
    sender: UnboundedSender<io::Result<Event>>,
    events: UnboundedReceiver<io::Result<Event>>,
    turn: Arc<Turn>,
}

impl Reader {
    /// One that does not read yet.
    pub fn new() -> Self {
        let (sender, events) = unbounded_channel();
        Self { sender, events, turn: Arc::default() }
    }

    /// The next event; none that has come is lost when this is not waited for. An error: the terminal has gone.
    pub async fn next(&mut self) -> io::Result<Event> {
        // This keeps a sender itself: the channel does not end.
        self.events.recv().await.unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))
    }

    /// Reads from now on.
    pub fn resume(&mut self) {
        if !self.turn.goes_on_after_all() {
            self.turn = Turn::begun();
            let (sender, turn) = (self.sender.clone(), Arc::clone(&self.turn));
            thread::spawn(move || read(&sender, &turn));
        }
    }

    /// Leaves the keys to somebody else.
    pub fn pause(&mut self) {
        self.turn.pause();
        // In the middle of a sequence it does not let go.
        process::wake(|| self.turn.is_over());
    }
}

fn read(sender: &UnboundedSender<io::Result<Event>>, turn: &Turn) {
    while turn.goes_on() {
        let event = event::read();
        let has_gone = event.is_err();
        if sender.send(event).is_err() || has_gone {
            turn.end();
        }
    }
}

/// Whether one thread is to read. Once it is over it stays so: who wants to read on takes a new thread with a new
/// turn, so that there is never a moment at which none reads and none will.
#[derive(Debug, Default)]
struct Turn(AtomicU8);

/// What has become of a turn.
const OVER: u8 = 0;
const READS: u8 = 1;
const PAUSED: u8 = 2;

impl Turn {
    fn begun() -> Arc<Self> {
        Arc::new(Self(AtomicU8::new(READS)))
    }

    fn turns(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Asks the thread to end.
    fn pause(&self) {
        self.turns(READS, PAUSED);
    }

    /// Takes the wish back, if the thread has not ended yet: then it reads on.
    fn goes_on_after_all(&self) -> bool {
        self.turns(PAUSED, READS) || self.0.load(Ordering::SeqCst) == READS
    }

    /// Whether the thread is to read once more; where it is not, the turn is over.
    fn goes_on(&self) -> bool {
        !self.turns(PAUSED, OVER) && !self.is_over()
    }

    fn end(&self) {
        self.0.store(OVER, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.0.load(Ordering::SeqCst) == OVER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_let_go_gets_a_successor_also_while_its_thread_still_ends() {
        let turn = Turn::begun();
        turn.pause();
        assert!(!turn.goes_on(), "it lets go");
        assert!(!turn.goes_on_after_all(), "none reads, and none would");
        assert!(!turn.goes_on());
    }

    #[test]
    fn who_has_not_let_go_reads_on_and_gets_none_beside_it() {
        let turn = Turn::begun();
        turn.pause();
        assert!(turn.goes_on_after_all() && turn.goes_on_after_all() && turn.goes_on());
    }

    #[test]
    fn pausing_and_resuming_at_once_leaves_exactly_one() {
        for _ in 0..2_000 {
            let turn = Turn::begun();
            let reader = Arc::clone(&turn);
            let reading = thread::spawn(move || (0..50).take_while(|_| reader.goes_on()).count() == 50);
            turn.pause();
            let goes_on = turn.goes_on_after_all();
            assert_eq!(reading.join().expect("a thread"), goes_on);
        }
    }
}
