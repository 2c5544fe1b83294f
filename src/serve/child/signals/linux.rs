//! Catches signals on Linux: they are blocked and read from a descriptor that tells who sent them. No handler is
//! installed, so that a command inherits what its caller ignores.

use std::io;

use nix::sys::signal::{SigSet, SigmaskHow, Signal as Name, raise};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use rustix::process::Signal;
use rustix_libc_wrappers::process::SignalExt as _;
use tokio::io::unix::AsyncFd;

use super::{Caught, Sender};
use crate::host::process::ignored_signals;

/// Signals that keep their usual effect: how the runtime notices ended children, what Rust ignores for every
/// program, and the stop of a background job that uses the terminal.
const LEFT: [Name; 4] = [Name::SIGCHLD, Name::SIGPIPE, Name::SIGTTIN, Name::SIGTTOU];
/// What `si_code` holds when the kernel sent the signal itself (`SI_KERNEL`).
const BY_KERNEL: i32 = 0x80;

/// The signals of this process. Made before the first thread starts: each thread blocks what its maker blocked.
pub struct Signals {
    source: Source,
    /// Bit `n - 1` is set when the caller of this program ignores signal `n`.
    ignored: u64,
    blocked_before: SigSet,
}

/// The descriptor, before and after a runtime watches it.
enum Source {
    Idle(Option<SignalFd>),
    Watched(AsyncFd<SignalFd>),
}

impl Signals {
    /// Catches every signal that can be caught, from now on.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn catch() -> io::Result<Self> {
        let ignored = ignored_signals();
        let mut set = SigSet::all();
        for signal in LEFT {
            set.remove(signal);
        }
        let blocked_before = set.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
        let descriptor = SignalFd::with_flags(&set, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC)?;
        Ok(Self { source: Source::Idle(Some(descriptor)), ignored, blocked_before })
    }

    /// Waits for the next signal that the caller of this program does not ignore.
    pub async fn next(&mut self) -> Caught {
        loop {
            let Ok(descriptor) = self.source.watched() else { return std::future::pending().await };
            let Ok(mut ready) = descriptor.readable_mut().await else { return std::future::pending().await };
            match read(ready.get_inner()) {
                Some(caught) if self.ignored & bit(caught.number) == 0 => return caught,
                Some(_) => {}
                None => ready.clear_ready(),
            }
        }
    }

    /// A signal that ends programs and has arrived already.
    #[must_use]
    pub fn pending_end(&self) -> Option<Caught> {
        let descriptor = self.source.descriptor()?;
        std::iter::from_fn(|| read(descriptor))
            .find(|caught| self.ignored & bit(caught.number) == 0 && caught.ends())
    }

    /// Stops this process as SIGTSTP does, until SIGCONT.
    pub fn stop(&self) {
        let mut set = SigSet::empty();
        set.add(Name::SIGTSTP);
        // The usual effect, rather than SIGSTOP: the system does not stop a process that no other process could
        // continue.
        if set.thread_unblock().is_ok() {
            let _ = raise(Name::SIGTSTP);
            let _ = set.thread_block();
        }
    }

    /// The numbers of the signals that were blocked when this program began.
    #[must_use]
    pub fn blocked_before(&self) -> Vec<i32> {
        self.blocked_before.iter().map(|signal| signal as i32).collect()
    }
}

impl Source {
    fn watched(&mut self) -> io::Result<&mut AsyncFd<SignalFd>> {
        if let Self::Idle(descriptor) = self {
            let descriptor = descriptor.take().ok_or(io::ErrorKind::NotFound)?;
            *self = Self::Watched(watch(descriptor)?);
        }
        match self {
            Self::Watched(descriptor) => Ok(descriptor),
            Self::Idle(_) => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn descriptor(&self) -> Option<&SignalFd> {
        match self {
            Self::Idle(descriptor) => descriptor.as_ref(),
            Self::Watched(descriptor) => Some(descriptor.get_ref()),
        }
    }
}

/// Has the runtime watch the descriptor, which lives as long as its registration.
#[expect(deprecated, reason = "the function in its place is unsafe, and this crate has no unsafe code")]
fn watch(descriptor: SignalFd) -> io::Result<AsyncFd<SignalFd>> {
    AsyncFd::new(descriptor)
}

fn read(descriptor: &SignalFd) -> Option<Caught> {
    let signal = descriptor.read_signal().ok().flatten()?;
    let sender = if signal.ssi_code == BY_KERNEL { Sender::System } else { Sender::Process };
    Some(Caught { number: i32::try_from(signal.ssi_signo).ok()?, sender })
}

/// Blocks these signals and no others in the thread that calls. Signals without a name are not blocked.
pub fn block_only(numbers: &[i32]) {
    let names = numbers.iter().filter_map(|number| Name::try_from(*number).ok());
    // A refusal is not to be expected: the set holds valid signals only.
    let _ = names.collect::<SigSet>().thread_set_mask();
}

/// The signal of a number, real-time signals included.
pub fn signal_of(number: i32) -> Option<Signal> {
    Signal::from_raw(number)
}

fn bit(number: i32) -> u64 {
    u32::try_from(number - 1).ok().and_then(|shift| 1_u64.checked_shl(shift)).unwrap_or(0)
}
