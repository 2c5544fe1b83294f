//! Where the settings file lies, and its text; what it means is decided elsewhere.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{HostError, folders, input};

/// How large it may be: 1 MiB.
const LARGEST: u64 = 1 << 20;

/// Where the settings file lies, or would lie; none where there is no home.
#[must_use]
pub fn path() -> Option<PathBuf> {
    folders().map(|folders| folders.config_dir().join("settings.toml"))
}

/// The text of the settings file; none where there is no file.
#[must_use]
pub fn read() -> Option<Result<String, HostError>> {
    read_at(&path()?)
}

fn read_at(path: &Path) -> Option<Result<String, HostError>> {
    let metadata = fs::symlink_metadata(path);
    let is_missing = metadata.is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    (!is_missing).then(|| input::read_file(path, LARGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_no_error_and_an_unreadable_one_is() {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("settings.toml");
        assert!(read_at(&file).is_none());
        fs::write(&file, "mouse = true\n").expect("written");
        assert_eq!(read_at(&file).expect("there").expect("read"), "mouse = true\n");
        assert!(read_at(place.path()).expect("there").is_err());
        fs::write(&file, b"\xff").expect("written");
        let error = read_at(&file).expect("there").expect_err("not UTF-8");
        assert!(error.message.contains("not UTF-8"), "{error}");
    }
}
