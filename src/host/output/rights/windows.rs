//! Access control lists of Windows: a file gets the list that its folder hands down. In the profile of a user, that list
//! admits the user, the system and administrators.

#![expect(clippy::unnecessary_wraps, reason = "on other systems, these functions can fail")]

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::host::HostError;
use crate::host::output::folder::{Folder, Reached, Seen};

/// What a file cannot keep of the one that it replaces: nothing is refused here.
#[derive(Debug)]
pub enum NotKept {}

impl NotKept {
    /// Never called.
    pub fn explain(self, _: &str, _: impl Fn(io::Error) -> HostError) -> HostError {
        match self {}
    }
}

/// The number of this user in [`Seen`].
pub fn own_user() -> u32 {
    0
}

/// Leaves a new file the list of its folder.
pub fn begin(_: &File, _: &Folder, _: bool) -> Result<(), NotKept> {
    Ok(())
}

/// Leaves the file the list of its folder: the list of the file that it replaces is not kept.
pub fn keep(_: &File, _: &Seen, _: Option<&File>, _: Option<&Reached>, _: bool) -> Result<(), NotKept> {
    Ok(())
}

/// Refuses: on Windows, a locked file cannot be read by the programs that it is for.
pub fn lock(_: &File) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Makes a folder, and those above it that are missing, with the lists that they hand down.
///
/// # Errors
/// When the system refuses.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
