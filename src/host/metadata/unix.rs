//! Metadata of files on Linux and macOS.

use std::fs::{self, File, Metadata};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

/// Whether this open file is the one at the path; a link at the path is not followed.
#[must_use]
pub fn is_at(file: &File, path: &Path) -> bool {
    let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
    let own = file.metadata().map(identity).ok();
    own.is_some() && fs::symlink_metadata(path).map(identity).ok() == own
}

/// Whether a file belongs to this user.
#[must_use]
pub fn is_own(metadata: &Metadata) -> bool {
    metadata.uid() == rustix::process::geteuid().as_raw()
}

/// Whether only its owner can read a file.
#[must_use]
pub fn is_private(metadata: &Metadata) -> bool {
    metadata.mode() & 0o044 == 0
}

/// Whether a file can be run as a program.
#[must_use]
pub fn is_program(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

/// The number of a file on its device, and its permissions.
#[must_use]
pub fn number_and_mode(metadata: &Metadata) -> (u64, u32) {
    (metadata.ino(), metadata.mode() & 0o777)
}
