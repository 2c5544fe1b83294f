//! The events of the Windows console that end this process while it serves, with the numbers of the signals of Linux.

use std::io;

use tokio::signal::windows::{CtrlBreak, CtrlC, CtrlClose, CtrlLogoff, CtrlShutdown};
use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};

const HANG_UP: u8 = 1;
const INTERRUPT: u8 = 2;
const QUIT: u8 = 3;
const TERMINATE: u8 = 15;

/// An event that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caught(u8);

impl Caught {
    /// The exit status of a program that this event ends: 128 and the number of the signal.
    #[must_use]
    pub fn status(self) -> u8 {
        128 + self.0
    }

    /// Whether a person or the system asks the program to stop: every event of the console does.
    #[must_use]
    pub fn is_a_request(self) -> bool {
        true
    }
}

/// The events of this process.
pub struct Signals {
    interrupt: CtrlC,
    quit: CtrlBreak,
    close: CtrlClose,
    log_off: CtrlLogoff,
    shut_down: CtrlShutdown,
}

impl Signals {
    /// Catches every event of the console, from now on.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn catch() -> io::Result<Self> {
        Ok(Self {
            interrupt: ctrl_c()?,
            quit: ctrl_break()?,
            close: ctrl_close()?,
            log_off: ctrl_logoff()?,
            shut_down: ctrl_shutdown()?,
        })
    }

    /// Waits for the next event.
    pub async fn next(&mut self) -> Caught {
        Caught(tokio::select! {
            biased;
            _ = self.interrupt.recv() => INTERRUPT,
            _ = self.quit.recv() => QUIT,
            _ = self.close.recv() => HANG_UP,
            _ = self.log_off.recv() => TERMINATE,
            _ = self.shut_down.recv() => TERMINATE,
        })
    }

    /// An event that has arrived already; here the runtime reports them one by one.
    #[must_use]
    pub fn pending_end(&self) -> Option<Caught> {
        None
    }

    /// Waits for an event; each of them ends a program.
    pub async fn end(&mut self) -> Caught {
        self.next().await
    }

    /// The result of a future, or the event that arrived before it completed.
    ///
    /// # Errors
    /// The event.
    pub async fn unless_ended<T>(&mut self, future: impl Future<Output = T>) -> Result<T, Caught> {
        tokio::select! {
            biased;
            caught = self.end() => Err(caught),
            value = future => Ok(value),
        }
    }
}
