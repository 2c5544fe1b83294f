//! Lists the files of a folder as a version control system sees them: what `.gitignore` names is left out.

use std::io;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::{HostError, shown};

/// The files of a folder and of the folders in it, by name. Hidden files and folders, links to folders, and what
/// `.gitignore` and `.ignore` name are left out. What cannot be read is an error among the others.
pub fn files(folder: &Path) -> impl Iterator<Item = Result<PathBuf, HostError>> {
    let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_name(Ord::cmp).build();
    walk.filter_map(|entry| match entry {
        Ok(entry) => is_file(&entry).then(|| Ok(entry.into_path())),
        Err(error) => Some(Err(refused(error))),
    })
}

fn is_file(entry: &DirEntry) -> bool {
    let kind = entry.file_type();
    kind.is_some_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file())
}

fn refused(error: ignore::Error) -> HostError {
    let name = path_of(&error).map_or_else(|| "the folder".to_owned(), shown);
    let message = error.to_string();
    let cause = error.into_io_error().unwrap_or_else(|| io::Error::other(message));
    HostError::refused(format!("cannot read {name}"), cause)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
