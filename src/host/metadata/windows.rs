//! Metadata of files on Windows. The permissions are in access control lists, which ramrole does not read.

use std::fs::{self, File, Metadata};
use std::path::Path;

use winapi_util::file::information;

/// Whether this open file is the one at the path; a link at the path is never that file.
#[must_use]
pub fn is_at(file: &File, path: &Path) -> bool {
    let identity =
        |file: &File| information(file).map(|found| (found.volume_serial_number(), found.file_index())).ok();
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let there = File::open(path).ok().filter(|_| !is_link);
    there.is_some_and(|there| identity(&there).is_some_and(|there| Some(there) == identity(file)))
}

/// Whether a file belongs to this user, as far as ramrole knows.
#[must_use]
pub fn is_own(_: &Metadata) -> bool {
    true
}

/// Whether only its owner can read a file, as far as ramrole knows.
#[must_use]
pub fn is_private(_: &Metadata) -> bool {
    true
}

/// Whether a file can be run as a program.
#[must_use]
pub fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The number of a file and its permissions: the same for every file.
#[must_use]
pub fn number_and_mode(_: &Metadata) -> (u64, u32) {
    (0, 0o600)
}
