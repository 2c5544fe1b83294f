//! The events of the Windows console, with the numbers of the signals of Linux. Windows has no event for stopping a
//! program and continuing it.

use std::io;

use tokio::signal::windows::{CtrlBreak, CtrlC, CtrlClose, CtrlLogoff, CtrlShutdown};
use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};

use super::Signal;

pub const STOP: i32 = 20;
pub const CONTINUE: i32 = 18;
pub const HANG_UP: i32 = 1;
pub const INTERRUPT: i32 = 2;
pub const QUIT: i32 = 3;
const TERMINATE: i32 = 15;

/// Everything that the system may tell.
pub struct Signals {
    interrupt: CtrlC,
    quit: CtrlBreak,
    close: CtrlClose,
    log_off: CtrlLogoff,
    shut_down: CtrlShutdown,
}

impl Signals {
    /// Asks for all of them.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: ctrl_c()?,
            quit: ctrl_break()?,
            close: ctrl_close()?,
            log_off: ctrl_logoff()?,
            shut_down: ctrl_shutdown()?,
        })
    }

    /// The next one.
    pub async fn next(&mut self) -> Signal {
        Signal::of(tokio::select! {
            biased;
            _ = self.close.recv() => HANG_UP,
            _ = self.log_off.recv() => TERMINATE,
            _ = self.shut_down.recv() => TERMINATE,
            _ = self.interrupt.recv() => INTERRUPT,
            _ = self.quit.recv() => QUIT,
        })
    }
}
