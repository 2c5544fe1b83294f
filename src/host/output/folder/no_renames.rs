//! Systems without renames that exchange two files or never replace one.

use std::ffi::OsStr;
use std::os::fd::OwnedFd;

use rustix::io::Result;

pub fn rename_new(_: &OwnedFd, _: &OsStr, _: &OwnedFd, _: &OsStr) -> Option<Result<()>> {
    None
}

pub fn exchange(_: &OwnedFd, _: &OsStr, _: &OsStr) -> Option<Result<()>> {
    None
}
