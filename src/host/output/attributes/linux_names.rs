//! The names of attributes on Linux.

use rustix::io::Errno;

/// The error for an attribute that a file does not have.
pub const NO_ATTRIBUTE: Errno = Errno::NODATA;
/// The attribute with which ramrole marks its own files.
pub const MARK: &str = "user.ramrole.kept";
