//! The renames that some systems and disks lack: `None` stands for that.

use std::ffi::OsStr;
use std::os::fd::OwnedFd;

use rustix::fs::{RenameFlags, renameat_with};
use rustix::io::{Errno, Result};

pub fn rename_new(from: &OwnedFd, name: &OsStr, into: &OwnedFd, to: &OsStr) -> Option<Result<()>> {
    known(renameat_with(from, name, into, to, RenameFlags::NOREPLACE))
}

pub fn exchange(folder: &OwnedFd, one: &OsStr, other: &OsStr) -> Option<Result<()>> {
    known(renameat_with(folder, one, folder, other, RenameFlags::EXCHANGE))
}

fn known(done: Result<()>) -> Option<Result<()>> {
    let is_unknown =
        |error: &Errno| [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP].contains(error);
    (!done.as_ref().is_err_and(is_unknown)).then_some(done)
}
