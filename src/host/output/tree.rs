//! Writes several files into a folder: all of them, or none where the folder is new.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::private::PrivateFolder;
use super::{Expect, How, Links, Mode, Place, exists, is_link, leftovers, name_of, parent_of};
use crate::host::{HostError, HostErrorKind, shown};

/// The name of the new folder until it is moved to its path.
const INNER: &str = "out";

/// Writes files into a directory, and creates it if it is missing; without `force`, no file may exist yet. Returns each
/// path with the message about it, if there is one.
///
/// # Errors
/// When a file exists, or the system refuses; a directory that was missing then stays missing.
pub fn write_all(
    directory: &Path,
    files: &[(&str, &str, Mode)],
    force: bool,
    links: Links,
) -> Result<Vec<(PathBuf, Option<String>)>, HostError> {
    let paths: Vec<PathBuf> = files.iter().map(|(name, ..)| directory.join(name)).collect();
    let present = paths.iter().find(|path| exists(path));
    if let Some(present) = present.filter(|_| !force) {
        return Err(taken(present));
    }
    if links == Links::Refuse && fs::symlink_metadata(directory).is_ok_and(|metadata| metadata.is_symlink()) {
        return Err(is_link(directory));
    }
    if let Some(other) = paths.iter().find(|path| path.is_dir()) {
        return Err(HostError::unusable(format!("{} is a directory", shown(other))));
    }
    if directory.is_dir() {
        let expect = if force { Expect::Anything } else { Expect::Nothing };
        let remarks = write_into(&paths, files, links, expect)?;
        return Ok(paths.into_iter().zip(remarks).collect());
    }
    if exists(directory) {
        return Err(HostError::unusable(format!("{} is not a directory", shown(directory))));
    }
    write_new(directory, files).map_err(|problem| match problem {
        Problem::Folder(cause) => {
            HostError::refused(format!("cannot write into {}", shown(directory)), cause)
        }
        Problem::Taken => taken(directory),
        Problem::File(error) => error,
    })?;
    Ok(paths.into_iter().map(|path| (path, None)).collect())
}

fn taken(path: &Path) -> HostError {
    let message = format!("{} exists already", shown(path));
    HostError { kind: HostErrorKind::Exists, message, hint: None, cause: None }
        .with_hint("choose another directory, or add --force to overwrite")
}

/// Writes all files beside their places before the first one is replaced: a full disk leaves them as they were.
fn write_into(
    paths: &[PathBuf],
    files: &[(&str, &str, Mode)],
    links: Links,
    expect: Expect,
) -> Result<Vec<Option<String>>, HostError> {
    let places: Vec<Place> = paths.iter().map(|path| Place::find(path, links)).collect::<Result<_, _>>()?;
    let how = |mode| How { links, mode, expect };
    let present = places.iter().zip(files).map(|(place, file)| place.present(how(file.2)));
    let present = present.collect::<Result<Vec<_>, _>>()?;
    let mut staged = Vec::new();
    for ((place, before), (_, content, mode)) in places.iter().zip(&present).zip(files) {
        leftovers::remove(&place.folder);
        let file = place.stage(content, before.as_ref(), *mode)?;
        file.sync().map_err(|cause| place.refused(cause))?;
        staged.push(file);
    }
    let finished = places.iter().zip(&present).zip(staged);
    finished
        .map(|((place, before), file)| Ok(place.finish(file, before.as_ref(), expect)?.remark()))
        .collect()
}

enum Problem {
    Folder(io::Error),
    Taken,
    File(HostError),
}

impl From<io::Error> for Problem {
    fn from(cause: io::Error) -> Self {
        Self::Folder(cause)
    }
}

/// Fills the new folder inside a folder that no other user can enter, then moves it out. The system itself gives it the
/// permissions, the group and the default list of its place.
fn write_new(directory: &Path, files: &[(&str, &str, Mode)]) -> Result<(), Problem> {
    let parent = parent_of(directory);
    fs::create_dir_all(parent)?;
    let staging = PrivateFolder::inside(parent)?;
    let inner = OsStr::new(INNER);
    staging.folder.make_folder(inner)?;
    for (name, content, mode) in files {
        let folder = staging.folder.open_folder(inner)?;
        let place = Place { folder, name: name.into(), shown: shown(&directory.join(name)) };
        let file = place.stage(content, None, *mode).map_err(Problem::File)?;
        file.sync()?;
        place.finish(file, None, Expect::Nothing).map_err(Problem::File)?;
    }
    match staging.folder.rename_new(inner, staging.parent(), name_of(directory)?) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Problem::Taken),
        Err(error) => Err(error.into()),
        Ok(()) => {
            staging.parent().sync();
            Ok(())
        }
    }
}
