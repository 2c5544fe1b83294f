//! Reads what the terminal sends, in a thread of its own: the library's reading blocks in the middle of a sequence and
//! spins once the terminal has gone, and neither may hold the loop.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crossterm::event::{self, Event};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::host::process;

/// The events of the terminal, in their order.
pub struct Reader {
    sender: UnboundedSender<io::Result<Event>>,
    events: UnboundedReceiver<io::Result<Event>>,
    paused: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// One that does not read yet.
    pub fn new() -> Self {
        let (sender, events) = unbounded_channel();
        Self { sender, events, paused: Arc::default(), thread: None }
    }

    /// The next event; none that has come is lost when this is not waited for. An error: the terminal has gone.
    pub async fn next(&mut self) -> io::Result<Event> {
        // This keeps a sender itself: the channel does not end.
        self.events.recv().await.unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))
    }

    /// Reads from now on.
    pub fn resume(&mut self) {
        self.paused.store(false, Ordering::SeqCst);
        // One that did not let go reads on.
        if self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            let (sender, paused) = (self.sender.clone(), self.paused.clone());
            self.thread = Some(thread::spawn(move || read(&sender, &paused)));
        }
    }

    /// Leaves the keys to somebody else.
    pub fn pause(&mut self) {
        self.paused.store(true, Ordering::SeqCst);
        let thread = &self.thread;
        // In the middle of a sequence it does not let go.
        process::wake(|| thread.as_ref().is_none_or(JoinHandle::is_finished));
    }
}

fn read(sender: &UnboundedSender<io::Result<Event>>, paused: &AtomicBool) {
    while !paused.load(Ordering::SeqCst) {
        let event = event::read();
        let has_gone = event.is_err();
        if sender.send(event).is_err() || has_gone {
            return;
        }
    }
}
