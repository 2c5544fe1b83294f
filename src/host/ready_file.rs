//! The file that shows that a service is ready: it contains the process ID and the port, and no secret.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::output::{self, Links, Mode};
use super::{HostError, metadata, process, shown};

/// The value that identifies such a file.
const SERVICE: &str = "ramrole serve";
/// No such file is larger, in bytes.
const LARGEST: u64 = 512;

/// A file that is there for as long as this value.
#[derive(Debug)]
pub struct ReadyFile {
    path: PathBuf,
    /// Held open, so that the system gives the number of its inode to no other file.
    file: File,
}

impl ReadyFile {
    /// Writes the file at once, for its owner alone.
    ///
    /// # Errors
    /// When something else is there, or the file of a service that still runs, or the system refuses.
    pub fn announce(path: &Path, port: u16) -> Result<Self, HostError> {
        if output::exists(path) && !is_left_over(path) {
            let error = HostError::unusable(format!("{} exists already", shown(path)));
            return Err(error.with_hint("choose another path for --ready-file, or delete the file"));
        }
        let content = serde_json::json!({ "service": SERVICE, "pid": std::process::id(), "port": port });
        output::write(path, &format!("{content}\n"), Links::Refuse, Mode::Private)?;
        let refused = |cause| HostError::refused(format!("cannot read {}", shown(path)), cause);
        Ok(Self { path: path.to_path_buf(), file: File::open(path).map_err(refused)? })
    }
}

impl Drop for ReadyFile {
    /// Removes the file, unless another one has replaced it.
    fn drop(&mut self) {
        if metadata::is_at(&self.file, &self.path) {
            // One that has gone already is gone.
            let _ = output::remove(&self.path);
        }
    }
}

/// Whether a service that was killed has left this file: a regular one of this user, whose process is gone.
fn is_left_over(path: &Path) -> bool {
    let is_ours = |found: &fs::Metadata| found.is_file() && metadata::is_own(found) && found.len() <= LARGEST;
    if !fs::symlink_metadata(path).is_ok_and(|found| is_ours(&found)) {
        return false;
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    let Ok(content) = serde_json::from_str::<serde_json::Value>(&text) else { return false };
    content["service"] == SERVICE && content["pid"].as_i64().is_some_and(process::has_ended)
}
