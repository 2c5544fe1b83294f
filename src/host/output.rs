//! Writes files so that a reader sees the old or the new content, never a part.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{HostError, shown};

/// What is done with a symbolic link at the place of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Refused: it may lead anywhere.
    Refuse,
    /// The file that it leads to is written.
    Follow,
}

/// Who may read a file that is new; one that exists keeps its mode and owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As the user's mask says.
    Usual,
    /// Its owner only: it may hold secrets.
    Private,
}

/// Whether anything stands at this path, a dangling link included.
#[must_use]
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file atomically.
///
/// # Errors
/// When a link stands there and is refused, or the system refuses.
pub fn write(path: &Path, content: &str, links: Links, mode: Mode) -> Result<(), HostError> {
    let target = target(path, links)?;
    let name = shown(&target);
    let refused = |cause| {
        HostError::refused(format!("cannot write {name}"), cause)
            .with_hint("the file is unchanged; choose another place")
    };
    let before = match fs::metadata(&target) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(refused(error)),
    };
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return Err(HostError::unusable(format!("{name} is no regular file")));
    }
    replace(&target, content, before.as_ref(), mode).map_err(refused)
}

/// Removes a file.
///
/// # Errors
/// When the system refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

fn target(path: &Path, links: Links) -> Result<PathBuf, HostError> {
    let linked = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match (linked, links) {
        (false, _) => Ok(path.to_path_buf()),
        (true, Links::Follow) => fs::canonicalize(path)
            .map_err(|cause| HostError::refused(format!("cannot follow the link {}", shown(path)), cause)),
        (true, Links::Refuse) => Err(is_link(path)),
    }
}

fn is_link(path: &Path) -> HostError {
    let error = HostError::unusable(format!("{} is a symbolic link", shown(path)));
    error.with_hint("name what it leads to, or add --follow")
}

fn replace(target: &Path, content: &str, before: Option<&Metadata>, mode: Mode) -> io::Result<()> {
    let directory = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    let permissions = permissions(mode);
    builder.prefix(".ramrole-");
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(directory)?;
    file.write_all(content.as_bytes())?;
    if let Some(before) = before {
        keep_owner(file.path(), before)?;
        file.as_file().set_permissions(kept(before, mode))?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    // A directory that cannot be synced has still got the new file.
    let _ = File::open(directory).and_then(|directory| directory.sync_all());
    Ok(())
}

/// The permissions of the file that was there; what may hold secrets is its owner's alone from now on.
#[cfg(unix)]
fn kept(before: &Metadata, mode: Mode) -> Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    let bits = before.permissions().mode();
    Permissions::from_mode(if mode == Mode::Private { bits & 0o700 } else { bits })
}

#[cfg(not(unix))]
fn kept(before: &Metadata, _: Mode) -> Permissions {
    before.permissions()
}

#[cfg(unix)]
fn permissions(mode: Mode) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    (mode == Mode::Usual).then(|| Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions(_: Mode) -> Option<Permissions> {
    None
}

/// Gives the new file the old one's owner and group where they differ.
#[cfg(unix)]
fn keep_owner(path: &Path, before: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let now = fs::metadata(path)?;
    if (now.uid(), now.gid()) == (before.uid(), before.gid()) {
        return Ok(());
    }
    chown(path, Some(before.uid()), Some(before.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Writes files into a directory, which is made where it is missing; without `force` none may exist yet.
///
/// # Errors
/// When a file exists, or the system refuses; a directory that was missing then stays missing.
pub fn write_all(
    directory: &Path,
    files: &[(&str, &str, Mode)],
    force: bool,
    links: Links,
) -> Result<Vec<PathBuf>, HostError> {
    let paths: Vec<PathBuf> = files.iter().map(|(name, ..)| directory.join(name)).collect();
    let present = paths.iter().find(|path| exists(path));
    if let Some(present) = present.filter(|_| !force) {
        let error = HostError::unusable(format!("{} exists already", shown(present)));
        return Err(error.with_hint("choose another directory, or add --force to overwrite"));
    }
    if links == Links::Refuse && fs::symlink_metadata(directory).is_ok_and(|metadata| metadata.is_symlink()) {
        return Err(is_link(directory));
    }
    let refused = |cause| HostError::refused(format!("cannot write into {}", shown(directory)), cause);
    if let Some(other) = paths.iter().find(|path| path.is_dir()) {
        return Err(HostError::unusable(format!("{} is a directory", shown(other))));
    }
    if directory.is_dir() {
        // Nothing is written where one of the files may not be.
        paths.iter().try_for_each(|path| target(path, links).map(drop))?;
        for (path, (_, content, mode)) in paths.iter().zip(files) {
            write(path, content, links, *mode)?;
        }
        return Ok(paths);
    }
    if exists(directory) {
        return Err(HostError::unusable(format!("{} is no directory", shown(directory))));
    }
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(refused)?;
    let staging = tempfile::Builder::new().prefix(".ramrole-").tempdir_in(parent).map_err(refused)?;
    for (name, content, mode) in files {
        write(&staging.path().join(name), content, Links::Refuse, *mode)?;
    }
    open_to_all(staging.path()).map_err(refused)?;
    fs::rename(staging.path(), directory).map_err(refused)?;
    // It has another name now: nothing is left to clean up.
    let _ = staging.keep();
    Ok(paths)
}

/// A temporary directory is its owner's alone; a plan's is as readable as any other.
#[cfg(unix)]
fn open_to_all(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(directory, Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) -> io::Result<()> {
    Ok(())
}
