//! Reads documents: bounded, UTF-8, never from something that does not end.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::{HostError, shown};

/// How large a document may be: 128 MiB.
pub const LARGEST: u64 = 128 << 20;

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// When there is no such file, it is no file, too large, not UTF-8, or the system refuses.
pub fn read(path: &Path) -> Result<String, HostError> {
    if path == Path::new("-") {
        return decode(take(io::stdin().lock(), "standard input", LARGEST)?, "standard input");
    }
    read_file(path, LARGEST)
}

/// Reads a file of at most so many bytes; `-` is a name like any other.
///
/// # Errors
/// As for [`read`].
pub fn read_file(path: &Path, largest: u64) -> Result<String, HostError> {
    let name = shown(path);
    let refused = |cause| HostError::refused(format!("cannot read {name}"), cause);
    let metadata = fs::metadata(path).map_err(refused)?;
    if metadata.is_dir() {
        return Err(HostError::unusable(format!("{name} is a directory, not a document")));
    }
    if !metadata.is_file() && !is_descriptor(path) {
        let error = HostError::unusable(format!("{name} is not a regular file"));
        return Err(error.with_hint("pipe it to standard input and give `-`"));
    }
    if metadata.len() > largest {
        return Err(too_large(&name, largest));
    }
    decode(take(File::open(path).map_err(refused)?, &name, largest)?, &name)
}

/// `/dev/fd/63` of a shell's `<(…)`, and `/dev/stdin`: pipes, but with a writer at the other end.
fn is_descriptor(path: &Path) -> bool {
    path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd") || path == Path::new("/dev/stdin")
}

fn take(source: impl io::Read, name: &str, largest: u64) -> Result<Vec<u8>, HostError> {
    let mut bytes = Vec::new();
    let mut bounded = source.take(largest + 1);
    bounded
        .read_to_end(&mut bytes)
        .map_err(|cause| HostError::refused(format!("cannot read {name}"), cause))?;
    if bytes.len() as u64 > largest { Err(too_large(name, largest)) } else { Ok(bytes) }
}

fn too_large(name: &str, largest: u64) -> HostError {
    HostError::unusable(format!("{name} is larger than {} MiB", largest >> 20))
}

fn decode(bytes: Vec<u8>, name: &str) -> Result<String, HostError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|byte| *byte == b'\n').count();
        let message = format!("{name} is not UTF-8: byte {} of the file, in line {line}", valid.len() + 1);
        HostError::unusable(message).with_hint("save it as UTF-8")
    })
}

/// Whether there is a folder at this path.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}
