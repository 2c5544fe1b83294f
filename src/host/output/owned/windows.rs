//! A file that one running process owns. Windows lacks what that takes: locks under which others can still read, and a
//! way to see who could replace the file. So every path is refused.

use std::io;
use std::path::Path;

use super::Written;
use crate::host::{HostError, shown};

/// A file that this process writes, replaces and removes. There is none on Windows.
pub enum OwnedFile {}

impl OwnedFile {
    /// Refuses the path.
    ///
    /// # Errors
    /// Always.
    pub fn claim(path: &Path, _: bool, _: Option<&Path>) -> Result<Self, HostError> {
        let message = format!("cannot write {}: a credential file needs Linux or macOS", shown(path));
        Err(HostError::unusable(message).with_hint("use the URI that the service prints"))
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn write(&mut self, _: &str) -> Result<Written, HostError> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn remove(&mut self) -> io::Result<()> {
        match *self {}
    }
}
