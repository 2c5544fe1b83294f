//! The signals of Linux and macOS.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};

use rustix::process::Signal as Number;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

use super::Signal;

pub const STOP: i32 = Number::TSTP.as_raw();
pub const CONTINUE: i32 = Number::CONT.as_raw();
pub const HANG_UP: i32 = Number::HUP.as_raw();
pub const INTERRUPT: i32 = Number::INT.as_raw();
pub const QUIT: i32 = Number::QUIT.as_raw();
const TERMINATE: i32 = Number::TERM.as_raw();

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
            stop: stream(STOP)?,
            go_on: stream(CONTINUE)?,
            hang_up: stream(HANG_UP)?,
            terminate: stream(TERMINATE)?,
            interrupt: stream(INTERRUPT)?,
            quit: stream(QUIT)?,
            terminal: watched()?,
        })
    }

    /// The next one; to go on is the last, for what ends the program needs no terminal.
    pub async fn next(&mut self) -> Signal {
        Signal::of(tokio::select! {
            biased;
            _ = self.stop.recv() => STOP,
            _ = self.hang_up.recv() => HANG_UP,
            _ = self.terminate.recv() => TERMINATE,
            _ = self.interrupt.recv() => INTERRUPT,
            _ = self.quit.recv() => QUIT,
            () = gone(&self.terminal) => HANG_UP,
            _ = self.go_on.recv() => CONTINUE,
        })
    }
}

fn stream(number: i32) -> io::Result<Stream> {
    signal(SignalKind::from_raw(number))
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
