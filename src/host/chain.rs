//! Gathers what the official clients would look at: the environment and a few files below the home folder. It asks no
//! network, and hands on no secret.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

use super::{account, input};
use crate::domain::chain::{Environment, Evidence, Reading};

/// How large such a file may be: 1 MiB.
const LARGEST: u64 = 1 << 20;

/// What the clients would find on this machine.
#[must_use]
pub fn evidence() -> Evidence {
    let value = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    Evidence::gather(
        Environment::of(value),
        account::home(),
        |path| read(Path::new(path)),
        |path| fs::File::open(path).and_then(|file| file.metadata()).is_ok_and(|metadata| metadata.is_file()),
    )
}

fn read(path: &Path) -> Reading {
    match fs::metadata(path) {
        Err(error) if is_missing(&error) => return Reading::Missing,
        // `/dev/null` is how one tells clients to read none.
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => return Reading::Missing,
        _ => {}
    }
    match input::read_file(path, LARGEST) {
        Ok(text) => Reading::Text(text),
        Err(error) => Reading::Unreadable(reason(&error)),
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn reason(error: &super::HostError) -> String {
    match &error.cause {
        Some(cause) => cause.to_string(),
        None => error.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_missing_unreadable_or_text() {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("config.json");
        assert_eq!(read(&file), Reading::Missing);
        assert_eq!(read(Path::new("/dev/null")), Reading::Missing);
        assert!(matches!(read(place.path()), Reading::Unreadable(_)));
        fs::write(&file, "{}").expect("written");
        assert_eq!(read(&file), Reading::Text("{}".to_owned()));
        assert_eq!(read(&file.join("below")), Reading::Missing);
        fs::write(&file, b"\xff").expect("written");
        assert!(matches!(read(&file), Reading::Unreadable(reason) if reason.contains("UTF-8")));
    }
}
