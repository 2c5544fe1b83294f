//! Catches signals where the system has no descriptor for them: with handlers, for the signals that have a name.

use std::future::{pending, poll_fn};
use std::io;
use std::task::Poll;

use rustix::process::{Signal, getpid, kill_process};
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

use super::{Caught, Receiver, Sender};
use crate::host::process::has_terminal;

/// Every signal that ends or stops a program and that a handler may catch, and those that notify a program.
const CAUGHT: [Signal; 16] = [
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::TERM,
    Signal::USR1,
    Signal::USR2,
    Signal::ALARM,
    Signal::VTALARM,
    Signal::PROF,
    Signal::XCPU,
    Signal::XFSZ,
    Signal::IO,
    Signal::SYS,
    Signal::TSTP,
    Signal::CONT,
    Signal::WINCH,
];

/// The signals of this process.
pub struct Signals(Option<Vec<(Stream, i32)>>);

impl Signals {
    /// Gets ready to catch signals; handlers are installed when a runtime first asks for one.
    ///
    /// # Errors
    /// None here.
    pub fn catch() -> io::Result<Self> {
        Ok(Self(None))
    }

    /// Waits for the next signal.
    pub async fn next(&mut self) -> Caught {
        let Ok(streams) = self.streams() else { return pending().await };
        let number = poll_fn(|context| {
            let ready = streams
                .iter_mut()
                .find_map(|(stream, number)| stream.poll_recv(context).is_ready().then_some(*number));
            ready.map_or(Poll::Pending, Poll::Ready)
        });
        with_sender(number.await)
    }

    /// A signal that ends programs and has arrived already; here the runtime reports them one by one.
    #[must_use]
    pub fn pending_end(&self) -> Option<Caught> {
        None
    }

    /// Stops this process until SIGCONT.
    pub fn stop(&self) {
        // Should the system refuse, the program just goes on.
        let _ = kill_process(getpid(), Signal::STOP);
    }

    fn streams(&mut self) -> io::Result<&mut Vec<(Stream, i32)>> {
        if self.0.is_none() {
            let streams = CAUGHT.iter().map(|number| number.as_raw());
            let streams = streams.map(|number| Ok((signal(SignalKind::from_raw(number))?, number)));
            self.0 = Some(streams.collect::<io::Result<_>>()?);
        }
        self.0.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// The signal of a number.
pub fn signal_of(number: i32) -> Option<Signal> {
    Signal::from_named_raw(number)
}

/// The sender is unknown: it is probably the terminal if this process group has the terminal.
fn with_sender(number: i32) -> Caught {
    let by_system = Caught { number, sender: Sender::System };
    if by_system.receiver() == Receiver::Group && has_terminal() {
        by_system
    } else {
        Caught { number, sender: Sender::Process }
    }
}
