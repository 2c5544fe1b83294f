//! A request under way: it reports as often as it likes, and ends once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc::UnboundedSender;

use crate::tui::request::{Message, Report, Ticket};

/// A request under way.
#[derive(Clone, Debug)]
pub struct Job {
    ticket: Ticket,
    sender: UnboundedSender<Message>,
    is_cancelled: Arc<AtomicBool>,
}

impl Job {
    /// A request that reports to a sender.
    #[must_use]
    pub fn new(ticket: Ticket, sender: UnboundedSender<Message>) -> Self {
        Self { ticket, sender, is_cancelled: Arc::default() }
    }

    /// Which request it is.
    #[must_use]
    pub fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// Tells how far it is; more will come.
    pub fn report(&self, report: Report) {
        self.send(report, false);
    }

    /// Tells what it has come to.
    pub fn end(&self, report: Report) {
        self.send(report, true);
    }

    fn send(&self, report: Report, is_last: bool) {
        // Nobody waits for it once the wizard has ended.
        let _ = self.sender.send(Message { ticket: self.ticket, is_last, report });
    }

    /// Whether it has not ended: somebody else holds it too.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        Arc::strong_count(&self.is_cancelled) > 1
    }

    /// Nobody waits for it any more.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether nobody waits for it any more.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}
