//! Gathers what the official clients would look at: the environment and a few files below the home folder. It asks no
//! network, and hands on no secret.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

use super::input;
use crate::domain::chain::{Environment, Evidence, Reading};

/// How large such a file may be: 1 MiB.
const LARGEST: u64 = 1 << 20;

/// What the clients would find on this machine.
#[must_use]
pub fn evidence() -> Evidence {
    let value = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    Evidence::gather(
        Environment::of(value),
        account_home(),
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

/// The home folder in the system's list of accounts, where the Java client looks whatever `HOME` says.
#[cfg(unix)]
fn account_home() -> Option<String> {
    let accounts = input::read_file(Path::new("/etc/passwd"), LARGEST).ok()?;
    home_of(rustix::process::getuid().as_raw(), &accounts)
}

#[cfg(not(unix))]
fn account_home() -> Option<String> {
    super::home().map(|home| home.to_string_lossy().into_owned())
}

/// The home folder of a user in `/etc/passwd`: the sixth of seven fields.
#[cfg(unix)]
fn home_of(user: u32, accounts: &str) -> Option<String> {
    let user = user.to_string();
    accounts.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let home = *fields.get(5)?;
        (fields[2] == user && !home.is_empty()).then(|| home.to_owned())
    })
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

    #[cfg(unix)]
    #[test]
    fn the_home_of_an_account_is_found_by_its_number() {
        let accounts = "root:x:0:0:root:/root:/bin/bash\nsome:x:10:10::/home/some:/bin/sh\nnone:x:11:11:::\n";
        assert_eq!(home_of(10, accounts).as_deref(), Some("/home/some"));
        assert_eq!(home_of(11, accounts), None);
        assert_eq!(home_of(1, accounts), None);
    }
}
