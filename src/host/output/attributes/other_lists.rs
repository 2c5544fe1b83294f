//! Systems that store their access control lists in another way, which ramrole does not read.

#![expect(clippy::unnecessary_wraps, reason = "on other systems, these functions can fail")]

use std::fs::File;

use super::super::folder::Folder;
use super::{Lost, Source};

/// Does nothing.
pub fn copy_list(_: Option<&Source>, _: &File) -> Result<(), Lost> {
    Ok(())
}

/// Whether a list allows writes to a folder that its permissions do not show: unknown.
pub fn has_list(_: &Folder) -> bool {
    false
}

/// The permissions that the folder's default list gives to a new file: unknown.
pub fn default_mode(_: &Folder) -> Option<u32> {
    None
}
