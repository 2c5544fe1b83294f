//! The command for which the service runs: it gets the URI, every signal, and its exit status is ours.

use std::ffi::OsString;
use std::future::pending;
use std::io::{self, IsTerminal as _};
use std::process::ExitStatus;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// What is changed in the environment of the command: set, or taken away.
pub type Changes = Vec<(String, Option<OsString>)>;

/// The signals that end programs, and whether a key of the terminal sends them to the command too.
const ENDING: [(SignalKind, Signal, bool); 4] = [
    (SignalKind::interrupt(), Signal::INT, true),
    (SignalKind::quit(), Signal::QUIT, true),
    (SignalKind::terminate(), Signal::TERM, false),
    (SignalKind::hangup(), Signal::HUP, false),
];

/// Runs a command until it ends: its exit status, for a signal 128 and its number.
///
/// # Errors
/// When it cannot be started.
pub async fn run(words: &[OsString], changes: Changes) -> io::Result<u8> {
    let [program, arguments @ ..] = words else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut endings = Endings::new()?;
    let mut command = Command::new(program);
    command.args(arguments).kill_on_drop(true);
    for (name, value) in changes {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let mut child = command.spawn()?;
    loop {
        tokio::select! {
            status = child.wait() => return status.map(code),
            signal = endings.next() => hand_on(&child, signal),
        }
    }
}

/// The signals that end programs, caught from the moment that this is made.
pub struct Endings(Vec<(Stream, Signal)>);

impl Endings {
    /// Catches them.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new() -> io::Result<Self> {
        let streams = ENDING.into_iter().map(|(kind, number, _)| Ok((signal(kind)?, number)));
        streams.collect::<io::Result<Vec<_>>>().map(Self)
    }

    /// The next one.
    pub async fn next(&mut self) -> Signal {
        let [a, b, c, d] = self.0.as_mut_slice() else { return pending().await };
        tokio::select! {
            _ = a.0.recv() => a.1,
            _ = b.0.recv() => b.1,
            _ = c.0.recv() => c.1,
            _ = d.0.recv() => d.1,
        }
    }
}

/// Hands a signal on, unless the terminal has sent it to the command already.
fn hand_on(child: &Child, signal: Signal) {
    let by_keys = ENDING.iter().any(|(_, number, keys)| *number == signal && *keys);
    if by_keys && io::stdin().is_terminal() {
        return;
    }
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // A command that has just ended needs no signal any more.
        let _ = kill_process(pid, signal);
    }
}

fn code(status: ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt as _;
    let signalled = status.signal().map(|number| 128 + number);
    status.code().or(signalled).and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
