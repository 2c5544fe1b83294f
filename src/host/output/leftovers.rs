//! Removes the files that a killed run left in a folder.

use std::ffi::OsStr;
use std::io;
use std::time::{Duration, SystemTime};

use super::folder::{Folder, Seen};
use super::rights::{lock, own_user};
use super::staged::is_temporary;

/// The minimum age of a leftover.
const AGE: Duration = Duration::from_secs(3_600);
/// How many names of a folder are looked at: a write into a huge folder does not wait for all of them.
const MOST: usize = 10_000;
/// How many files a folder of ours holds at most.
const MOST_FILES: usize = 1_000;

/// Removes files and folders with a name of ours that are an hour old, belong to this user and are not locked by a run
/// that lives. A file that cannot be removed stays, and does not prevent the write.
pub fn remove(folder: &Folder) {
    let Ok(names) = folder.names(MOST) else { return };
    for name in names.iter().filter(|name| is_temporary(name)) {
        let _ = remove_one(folder, name);
    }
}

fn remove_one(folder: &Folder, name: &OsStr) -> io::Result<()> {
    let Some(seen) = folder.look(name)?.filter(|seen| seen.user == own_user() && is_old(seen)) else {
        return Ok(());
    };
    if seen.is_file() {
        let file = folder.open_file(name)?;
        if Seen::of_file(&file)? == seen && lock(&file).is_ok() && folder.look(name)? == Some(seen) {
            folder.remove(name)?;
        }
    } else if seen.is_folder() && !seen.is_open_to_others() {
        // Ours are closed to others as long as they have such a name.
        let inner = folder.open_folder(name)?;
        let _locked = inner.lock()?;
        if inner.seen()? == seen && holds_files_alone(&inner, 1) {
            empty(&inner)?;
            folder.remove_folder(name)?;
        }
    }
    Ok(())
}

/// Whether it was last written at least an hour ago; a time in the future does not count.
fn is_old(seen: &Seen) -> bool {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let modified = u64::try_from(seen.modified.0).unwrap_or_default();
    since_epoch.as_secs().checked_sub(modified).is_some_and(|age| age > AGE.as_secs())
}

/// Whether it holds nothing but files of this user, and folders with such files so many steps down: what ramrole makes.
fn holds_files_alone(folder: &Folder, steps: u8) -> bool {
    let is_ours = |name: &OsStr| {
        let Ok(Some(seen)) = folder.look(name) else { return false };
        let is_folder_of_files = || {
            steps > 0
                && seen.is_folder()
                && folder.open_folder(name).is_ok_and(|inner| holds_files_alone(&inner, steps - 1))
        };
        seen.user == own_user() && (seen.is_file() || is_folder_of_files())
    };
    folder.names(MOST_FILES).is_ok_and(|names| names.iter().all(|name| is_ours(name)))
}

fn empty(folder: &Folder) -> io::Result<()> {
    for name in folder.names(MOST_FILES)? {
        if folder.look(&name)?.is_some_and(|seen| seen.is_folder()) {
            empty(&folder.open_folder(&name)?)?;
            folder.remove_folder(&name)?;
        } else {
            folder.remove(&name)?;
        }
    }
    Ok(())
}
