//! The names of attributes on macOS.

use rustix::io::Errno;

/// The error for an attribute that a file does not have.
pub const NO_ATTRIBUTE: Errno = Errno::NOATTR;
/// The attribute with which ramrole marks its own files.
pub const MARK: &str = "ramrole.kept";
