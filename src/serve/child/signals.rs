//! The signals that this process gets while it serves: all that can be caught, who sent them, and what they mean.

#[cfg_attr(target_os = "linux", path = "signals/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "signals/portable.rs")]
mod catch;

use rustix::process::Signal;

pub use catch::Signals;
#[cfg(target_os = "linux")]
pub(super) use catch::block_only;

/// Who sent a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The system itself: keys of the terminal, timers, limits.
    System,
    /// A process, with `kill` for instance.
    Process,
}

/// To whom the system sends a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// To the foreground process group of the terminal.
    Group,
    /// To the leader of a session, and to the foreground group when that leader ends.
    Leader,
    /// To the process that made a system call fail; the call reports the failure as well.
    Offender,
    /// To the process whose timer or limit it is. A program that replaced itself by ramrole may have set that timer
    /// for the command.
    Owner,
}

/// A signal that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caught {
    number: i32,
    sender: Sender,
}

impl Caught {
    /// The exit status of a program that this signal ends: 128 and its number.
    #[must_use]
    pub fn status(self) -> u8 {
        u8::try_from(128 + self.number).unwrap_or(u8::MAX)
    }

    /// Whether it is one of the four with which a person or a service manager stops a program.
    #[must_use]
    pub fn is_a_request(self) -> bool {
        [Signal::INT, Signal::QUIT, Signal::TERM, Signal::HUP].contains(&self.named())
    }

    /// The signal, for forwarding.
    pub(super) fn signal(self) -> Option<Signal> {
        catch::signal_of(self.number)
    }

    pub(super) fn sender(self) -> Sender {
        self.sender
    }

    /// To whom the system sends such a signal.
    pub(super) fn receiver(self) -> Receiver {
        match self.named() {
            Signal::INT | Signal::QUIT | Signal::TSTP | Signal::WINCH | Signal::CONT => Receiver::Group,
            Signal::HUP => Receiver::Leader,
            Signal::XFSZ => Receiver::Offender,
            _ => Receiver::Owner,
        }
    }

    /// Whether it asks to stop until SIGCONT.
    pub(super) fn stops(self) -> bool {
        self.named() == Signal::TSTP
    }

    /// Whether it ends a program that does nothing about it.
    fn ends(self) -> bool {
        let keeps_running = [Signal::CHILD, Signal::CONT, Signal::URG, Signal::WINCH, Signal::TSTP];
        let reported = self.sender == Sender::System && self.receiver() == Receiver::Offender;
        !keeps_running.contains(&self.named()) && !reported
    }

    /// The signal, where it has a name; real-time signals, which have none, end programs as SIGTERM does.
    fn named(self) -> Signal {
        Signal::from_named_raw(self.number).unwrap_or(Signal::USR1)
    }
}

impl Signals {
    /// Waits for a signal that ends a program; stops this process when one asks for that.
    pub async fn end(&mut self) -> Caught {
        loop {
            let caught = self.next().await;
            if caught.ends() {
                return caught;
            }
            if caught.stops() {
                self.stop();
            }
        }
    }

    /// The result of a future, or the signal that arrived before it completed.
    ///
    /// # Errors
    /// The signal.
    pub async fn unless_ended<T>(&mut self, future: impl Future<Output = T>) -> Result<T, Caught> {
        tokio::select! {
            biased;
            caught = self.end() => Err(caught),
            value = future => Ok(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caught(signal: Signal, sender: Sender) -> Caught {
        Caught { number: signal.as_raw(), sender }
    }

    #[test]
    fn what_ends_a_program_is_told_from_what_does_not() {
        for signal in [Signal::TERM, Signal::USR1, Signal::ALARM, Signal::XCPU, Signal::SEGV] {
            assert!(caught(signal, Sender::Process).ends(), "{signal:?}");
        }
        for signal in [Signal::WINCH, Signal::CONT, Signal::URG, Signal::TSTP] {
            assert!(!caught(signal, Sender::Process).ends(), "{signal:?}");
        }
        assert!(Caught { number: 40, sender: Sender::Process }.ends(), "a real-time signal");
        assert!(caught(Signal::XFSZ, Sender::Process).ends());
        assert!(!caught(Signal::XFSZ, Sender::System).ends(), "the write that failed reports it");
    }

    #[test]
    fn a_request_to_stop_is_told_from_other_signals() {
        assert!(caught(Signal::HUP, Sender::Process).is_a_request());
        assert!(!caught(Signal::USR1, Sender::Process).is_a_request());
        assert_eq!(caught(Signal::USR1, Sender::Process).status(), 138);
    }
}
