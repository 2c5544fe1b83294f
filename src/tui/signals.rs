//! The signals that end or stop the wizard, and a terminal that has gone. It restores nothing itself.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};

use rustix::process::Signal as Number;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// What the system tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To stop until it is told to go on.
    Stop,
    /// That it goes on, after a stop that nobody could prepare for.
    GoOn,
    /// That the terminal has gone.
    HangUp,
    /// To end: the number of the signal.
    End(i32),
}

/// Everything that the system may tell.
pub struct Signals {
    stop: Stream,
    go_on: Stream,
    hang_up: Stream,
    terminate: Stream,
    interrupt: Stream,
    quit: Stream,
    /// Standard input, watched for its end alone: nobody sends a signal to a program that is not in the session.
    terminal: AsyncFd<OwnedFd>,
}

impl Signals {
    /// Asks for all of them.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            stop: signal(SignalKind::from_raw(Number::TSTP.as_raw()))?,
            go_on: signal(SignalKind::from_raw(Number::CONT.as_raw()))?,
            hang_up: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            terminal: watched()?,
        })
    }

    /// The next one; to go on is the last, for what ends the program needs no terminal.
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            biased;
            _ = self.stop.recv() => Signal::Stop,
            _ = self.hang_up.recv() => Signal::HangUp,
            _ = self.terminate.recv() => Signal::End(SignalKind::terminate().as_raw_value()),
            _ = self.interrupt.recv() => Signal::End(SignalKind::interrupt().as_raw_value()),
            _ = self.quit.recv() => Signal::End(SignalKind::quit().as_raw_value()),
            () = gone(&self.terminal) => Signal::HangUp,
            _ = self.go_on.recv() => Signal::GoOn,
        }
    }
}

/// Standard input, to be watched. The descriptor is our own and lives as long as its registration.
#[expect(deprecated, reason = "the function in its place is unsafe, and this crate has no unsafe code")]
fn watched() -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::with_interest(io::stdin().as_fd().try_clone_to_owned()?, Interest::READABLE)
}

/// Until the terminal has gone. The reader of events would spin on it for ever.
async fn gone(terminal: &AsyncFd<OwnedFd>) {
    loop {
        match terminal.readable().await {
            Ok(mut ready) if !ready.ready().is_read_closed() => ready.clear_ready(),
            _ => return,
        }
    }
}

/// Whether keys send this signal to everybody at the terminal: Ctrl-C, Ctrl-\\.
pub fn is_of_keys(number: i32) -> bool {
    [SignalKind::interrupt(), SignalKind::quit()].contains(&SignalKind::from_raw(number))
}
