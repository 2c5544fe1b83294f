//! The credential file of the service. It is written for each new credential, retried if that fails, and removed when
//! the credential in it expires.

use std::path::Path;

use jiff::SignedDuration;
use zeroize::Zeroizing;

use crate::domain::moment::Moment;
use crate::domain::text::visible_line;
use crate::host::HostError;
use crate::host::output::OwnedFile;

/// The shortest and the longest delay before a failed write is retried; the delay doubles each time.
const AGAIN: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(1), SignedDuration::from_secs(60));

/// A message about the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// What the message is about: messages of one kind are written at most once a minute.
    pub kind: &'static str,
    /// The message, without a secret.
    pub line: String,
}

/// The credential file of a service. Dropping it removes the file.
pub struct CredentialFile {
    file: OwnedFile,
    /// The path as the user wrote it, for messages.
    shown: String,
    /// The content of the file, and when it expires.
    written: Option<(Zeroizing<String>, Option<Moment>)>,
    failures: u32,
    try_at: Option<Moment>,
}

impl CredentialFile {
    /// Claims the path. It must not exist, or be a file that a killed service left; with `replace`, any regular file of
    /// this user is accepted. Does not write yet.
    ///
    /// # Errors
    /// When the file belongs to another user or a running service, or is the source of the credential.
    pub fn claim(path: &Path, replace: bool, source: Option<&Path>) -> Result<Self, HostError> {
        let file = OwnedFile::claim(path, replace, source)?;
        let shown = visible_line(&path.to_string_lossy()).into_owned();
        Ok(Self { file, shown, written: None, failures: 0, try_at: None })
    }

    /// Writes the credential for the first time.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&mut self, text: &str, ends: Option<Moment>) -> Result<(), HostError> {
        self.write(text, ends).map(drop)
    }

    /// Updates the file to the served credential and its expiration, and returns a message if there is one. Call it
    /// after every renewal, and when [`Self::wait`] has passed.
    pub fn tend(&mut self, current: Option<(&str, Option<Moment>)>, now: Moment) -> Option<Said> {
        let Some((text, ends)) = current else { return self.expire(now) };
        if self.written.as_ref().is_some_and(|(written, _)| written.as_str() == text) {
            return None;
        }
        if self.try_at.is_some_and(|at| at.since(now).is_positive()) {
            return self.expire(now);
        }
        let failed_before = self.failures > 0;
        match self.write(text, ends) {
            Ok(remark) => {
                let again = failed_before.then(|| format!("{} is written again", self.shown));
                let line = again.or(remark.map(|remark| format!("{}: {remark}", self.shown)));
                line.map(|line| Said { kind: "file-written", line })
            }
            Err(error) => Some(Said { kind: "file-failed", line: self.failed(&error, now) }),
        }
    }

    /// How long until [`Self::tend`] has to retry a write or remove an expired credential.
    #[must_use]
    pub fn wait(&self, now: Moment) -> Option<SignedDuration> {
        let ends = self.written.as_ref().and_then(|(_, ends)| *ends);
        let due = [self.try_at, ends].into_iter().flatten().map(|at| at.since(now).max(SignedDuration::ZERO));
        due.min()
    }

    fn write(&mut self, text: &str, ends: Option<Moment>) -> Result<Option<String>, HostError> {
        let written = self.file.write(text)?;
        self.written = Some((Zeroizing::new(text.to_owned()), ends));
        (self.failures, self.try_at) = (0, None);
        Ok(written.remark())
    }

    fn failed(&mut self, error: &HostError, now: Moment) -> String {
        let pause = (AGAIN.0 * 2_i32.pow(self.failures.min(6))).min(AGAIN.1);
        self.failures = self.failures.saturating_add(1);
        self.try_at = Some(now.after(pause));
        let cause = error.cause.as_ref().map(|cause| format!(": {cause}")).unwrap_or_default();
        let hint = error.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        let gone = self.expire(now).map(|gone| format!("; {}", gone.line)).unwrap_or_default();
        let seconds = pause.as_secs();
        let unit = if seconds == 1 { "second" } else { "seconds" };
        format!("{error}{cause}; retrying in {seconds} {unit}{hint}{gone}")
    }

    /// Removes the file if the credential in it has expired.
    fn expire(&mut self, now: Moment) -> Option<Said> {
        let is_over = |ends: &Option<Moment>| ends.is_some_and(|ends| !ends.since(now).is_positive());
        self.written.take_if(|(_, ends)| is_over(ends))?;
        let line = match self.file.remove() {
            Ok(()) => format!("removed {}: the credential in it has expired", self.shown),
            Err(error) => {
                format!("cannot remove {}, which contains an expired credential: {error}", self.shown)
            }
        };
        Some(Said { kind: "file-gone", line })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn at(seconds: i64) -> Moment {
        let wall = "2026-11-25T12:00:00Z".parse().expect("a time");
        Moment { wall, steady: SignedDuration::from_secs(1_000) }.after(SignedDuration::from_secs(seconds))
    }

    #[test]
    fn a_write_that_fails_is_told_with_its_reason_and_tried_again_soon() {
        let place = tempfile::tempdir().expect("a folder");
        let (folder, away) = (place.path().join("folder"), place.path().join("away"));
        fs::create_dir(&folder).expect("a folder");
        let path = folder.join("kept");
        let mut file = CredentialFile::claim(&path, false, None).expect("free");
        file.begin("one", Some(at(100))).expect("written");
        assert_eq!(file.tend(Some(("one", Some(at(100)))), at(1)), None);
        fs::rename(&folder, &away).expect("renamed");
        let two = Some(("two", Some(at(200))));
        for (now, pause) in [(10, 1), (11, 2), (13, 4), (17, 8)] {
            let line = file.tend(two, at(now)).expect("it fails").line;
            assert!(
                line.starts_with("cannot write ") && line.contains("No such file or directory"),
                "{line}"
            );
            assert!(line.contains(&format!("retrying in {pause} second")), "{line}");
            assert_eq!(file.wait(at(now)), Some(SignedDuration::from_secs(pause)));
            assert_eq!(file.tend(two, at(now)), None, "no sooner than that");
        }
        fs::rename(&away, &folder).expect("renamed");
        assert!(file.tend(two, at(25)).expect("a line").line.ends_with("kept is written again"));
        assert_eq!(fs::read_to_string(&path).expect("text"), "two");
        assert_eq!(file.wait(at(25)), Some(SignedDuration::from_secs(175)));
    }

    #[test]
    fn what_has_ended_goes_also_while_a_newer_one_cannot_be_written() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("kept");
        let mut file = CredentialFile::claim(&path, false, None).expect("free");
        file.begin("one", Some(at(10))).expect("written");
        assert_eq!(file.tend(None, at(9)), None);
        let line = file.tend(None, at(10)).expect("a line").line;
        assert!(line.ends_with("kept: the credential in it has expired"), "{line}");
        assert!(!path.exists());
        assert_eq!((file.tend(None, at(11)), file.wait(at(11))), (None, None));
        file.tend(Some(("two", Some(at(30)))), at(12));
        assert_eq!(fs::read_to_string(&path).expect("text"), "two");
        // A folder that others may write takes no new credential, but the old one can go.
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o777)).expect("a mode");
        let three = Some(("three", Some(at(60))));
        assert!(file.tend(three, at(20)).expect("a line").line.contains("is writable by other users"));
        assert!(path.exists());
        assert!(file.tend(three, at(30)).expect("a line").line.contains("removed "));
        assert!(!path.exists());
    }
}
