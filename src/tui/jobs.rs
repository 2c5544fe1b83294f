//! The requests that are under way, and who waits for each. What comes back late is dropped here and nowhere else.

use std::collections::BTreeSet;

use super::request::{Effect, Message, Request, Ticket};

/// The number of the state that all screens share, in place of a screen's.
const SHARED: u64 = 0;

/// The requests that are under way.
#[derive(Debug, Default)]
pub struct Jobs {
    /// The screen that is shown.
    screen: u64,
    /// How many requests there were.
    number: u64,
    /// Those for which somebody waits.
    live: BTreeSet<Ticket>,
    /// What is to be done outside, in its order.
    effects: Vec<Effect>,
}

/// Who waits for a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// The screen that is shown.
    Screen,
    /// What all screens share.
    Shared,
    /// Nobody any more.
    Nobody,
}

impl Jobs {
    /// Wants something done that has no report.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Begins a request of the screen that is shown.
    pub fn start(&mut self, request: Request) -> Ticket {
        self.begin(self.screen, request)
    }

    /// Begins a request whose report matters whatever is shown by then.
    pub fn start_shared(&mut self, request: Request) -> Ticket {
        self.begin(SHARED, request)
    }

    /// Begins a request of the screen in place of the one in a slot.
    pub fn restart(&mut self, slot: &mut Option<Ticket>, request: Request) {
        self.cancel(slot);
        *slot = Some(self.start(request));
    }

    fn begin(&mut self, screen: u64, request: Request) -> Ticket {
        self.number += 1;
        let ticket = Ticket { screen, number: self.number };
        self.live.insert(ticket);
        self.effects.push(Effect::Start(ticket, request));
        ticket
    }

    /// Waits no longer for the request in a slot.
    pub fn cancel(&mut self, slot: &mut Option<Ticket>) {
        if let Some(ticket) = slot.take()
            && self.live.remove(&ticket)
        {
            self.effects.push(Effect::Cancel(ticket));
        }
    }

    /// Another screen is shown: nobody waits any more for what the former asked.
    pub fn enter(&mut self) {
        let former: Vec<Ticket> =
            self.live.iter().filter(|ticket| ticket.screen != SHARED).copied().collect();
        for ticket in former {
            self.cancel(&mut Some(ticket));
        }
        self.screen += 1;
    }

    /// Who waits for a report.
    pub fn receive(&mut self, message: &Message) -> Waits {
        let is_live = if message.is_last {
            self.live.remove(&message.ticket)
        } else {
            self.live.contains(&message.ticket)
        };
        match (is_live, message.ticket.screen) {
            (false, _) => Waits::Nobody,
            (true, SHARED) => Waits::Shared,
            (true, _) => Waits::Screen,
        }
    }

    /// Whether a request is still waited for.
    #[must_use]
    pub fn is_live(&self, ticket: Ticket) -> bool {
        self.live.contains(&ticket)
    }

    /// What is to be done outside since this was asked last.
    pub fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}

#[cfg(test)]
mod tests {
    use super::super::request::{Read, Report};
    use super::*;

    fn completions() -> Request {
        Request::Read(Read::Completions("s".to_owned()))
    }

    fn told(ticket: Ticket, is_last: bool) -> Message {
        Message { ticket, is_last, report: Report::Ended }
    }

    #[test]
    fn a_job_may_report_several_times_and_ends_once() {
        let mut jobs = Jobs::default();
        jobs.enter();
        let ticket = jobs.start(completions());
        for _ in 0..3 {
            assert_eq!(jobs.receive(&told(ticket, false)), Waits::Screen);
        }
        assert_eq!(jobs.receive(&told(ticket, true)), Waits::Screen);
        assert_eq!(jobs.receive(&told(ticket, true)), Waits::Nobody);
    }

    #[test]
    fn nobody_waits_for_what_a_screen_asked_that_was_left() {
        let mut jobs = Jobs::default();
        jobs.enter();
        let (own, shared) = (jobs.start(completions()), jobs.start_shared(completions()));
        jobs.effects();
        jobs.enter();
        assert!(matches!(jobs.effects()[..], [Effect::Cancel(ticket)] if ticket == own));
        assert_eq!(jobs.receive(&told(own, true)), Waits::Nobody);
        assert_eq!(jobs.receive(&told(shared, true)), Waits::Shared);
    }

    #[test]
    fn of_two_requests_in_a_slot_the_later_counts() {
        let mut jobs = Jobs::default();
        jobs.enter();
        let mut slot = None;
        jobs.restart(&mut slot, completions());
        let first = slot.expect("a request");
        jobs.restart(&mut slot, completions());
        assert_eq!(jobs.receive(&told(first, true)), Waits::Nobody);
        assert_eq!(jobs.receive(&told(slot.expect("a request"), true)), Waits::Screen);
    }
}
