//! Owners, attributes, lists and permissions on Linux and macOS.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::{FlockOperation, Gid, Uid, fchown, flock};

use super::recorded_mask;
use crate::host::output::attributes::{self, Lost, Source};
use crate::host::output::folder::{Folder, Reached, Seen};
use crate::host::{HostError, shown};

/// What a file cannot keep of the one that it replaces.
#[derive(Debug)]
pub enum NotKept {
    /// The system refused to set the permissions.
    System(io::Error),
    /// It cannot be given back to the user and group of the file that is there.
    Owner(io::Error),
    /// It cannot get an attribute of the file that is there.
    Attribute(Lost),
}

impl NotKept {
    /// The error for the file of this name.
    pub fn explain(self, name: &str, refused: impl Fn(io::Error) -> HostError) -> HostError {
        match self {
            Self::System(cause) => refused(cause),
            Self::Owner(cause) => {
                HostError::refused(format!("cannot keep the owner and group of {name}"), cause)
                    .with_hint("the file is unchanged; run ramrole as the owner, or write to another file")
            }
            Self::Attribute(lost) => {
                let attribute = shown(Path::new(&lost.name));
                HostError::refused(format!("cannot keep the attribute {attribute} of {name}"), lost.cause)
                    .with_hint("the file is unchanged; write to another file, or remove the attribute first")
            }
        }
    }
}

/// The user that this process acts as.
pub fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Gives a new file its permissions.
pub fn begin(file: &File, folder: &Folder, is_private: bool) -> Result<(), NotKept> {
    let wanted = if is_private { 0o600 } else { usual_mode(folder) };
    if is_private {
        attributes::copy_list(None, file).map_err(NotKept::Attribute)?;
    }
    permit(file, wanted)
}

/// Gives a file the owner, attributes and permissions of the one that was `seen`, in this order: until the last step
/// nobody but its owner may read it.
pub fn keep(
    file: &File,
    seen: &Seen,
    before: Option<&File>,
    reached: Option<&Reached>,
    is_private: bool,
) -> Result<(), NotKept> {
    give_to(file, seen.user, seen.group)?;
    let source = reached.map(Source::reached).or(before.map(Source::open));
    if let Some(source) = &source {
        attributes::copy(source, file).map_err(NotKept::Attribute)?;
    }
    attributes::copy_list(source.as_ref().filter(|_| !is_private), file).map_err(NotKept::Attribute)?;
    let bits = seen.mode & 0o7777;
    permit(file, if is_private { bits & 0o700 | 0o600 } else { bits })
}

fn give_to(file: &File, user: u32, group: u32) -> Result<(), NotKept> {
    let now = Seen::of_file(file).map_err(NotKept::System)?;
    let user = (now.user != user).then(|| Uid::from_raw(user));
    let group = (now.group != group).then(|| Gid::from_raw(group));
    if user.is_none() && group.is_none() {
        return Ok(());
    }
    fchown(file, user, group).map_err(|error| NotKept::Owner(error.into()))
}

fn permit(file: &File, mode: u32) -> Result<(), NotKept> {
    file.set_permissions(Permissions::from_mode(mode)).map_err(NotKept::System)
}

/// Locks a file until its last descriptor is closed, unless somebody else has.
pub fn lock(file: &File) -> io::Result<()> {
    Ok(flock(file, FlockOperation::NonBlockingLockExclusive)?)
}

/// Makes a folder, and those above it that are missing, its owner's alone.
///
/// # Errors
/// When the system refuses.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    // Where the mode cannot be changed, each file is still its owner's alone.
    let _ = fs::set_permissions(folder, Permissions::from_mode(0o700));
    Ok(())
}

/// The permissions of a new file: as the folder's default list says, else as the user's mask leaves of `rw-rw-rw-`.
fn usual_mode(folder: &Folder) -> u32 {
    attributes::default_mode(folder).unwrap_or_else(|| 0o666 & !mask())
}

/// The user's mask.
// The width of the mask differs from system to system.
#[allow(clippy::useless_conversion)]
fn mask() -> u32 {
    if let Some(mask) = recorded_mask::read() {
        return mask;
    }
    // There is no other way to ask than to set it. A file that another thread makes at this moment is too private, never
    // too open.
    let mask = rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    rustix::process::umask(mask);
    u32::from(mask.as_raw_mode())
}
