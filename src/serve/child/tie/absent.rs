//! Systems that have no way to tie a command to its parent.

use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::io;
use std::marker::PhantomData;

use tokio::process::Command;

use super::super::Signals;

/// The command itself.
///
/// # Errors
/// When there is no command.
pub fn command(words: &[OsString], _: &Signals) -> io::Result<Command> {
    let [program, arguments @ ..] = words else { return Err(io::ErrorKind::InvalidInput.into()) };
    let mut command = Command::new(program);
    command.args(arguments);
    Ok(command)
}

/// The stage between ramrole and its command, which only Linux needs.
pub struct Stage<'a> {
    never: Infallible,
    _arguments: PhantomData<&'a OsStr>,
}

impl<'a> Stage<'a> {
    /// Always `None`.
    #[must_use]
    pub fn of(_: &'a [OsString]) -> Option<Self> {
        None
    }

    /// Never called.
    #[must_use]
    pub fn program(&self) -> &OsStr {
        match self.never {}
    }

    /// Never called.
    #[must_use]
    pub fn run(&self) -> Option<io::Error> {
        match self.never {}
    }
}
