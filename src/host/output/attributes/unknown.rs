//! Systems whose extended attributes ramrole does not know.

use std::fs::File;
use std::io;
use std::marker::PhantomData;
use std::os::fd::AsFd;

use super::Lost;

/// Whose attributes are read.
pub struct Source<'f>(PhantomData<&'f File>);

impl<'f> Source<'f> {
    /// A file that may be read.
    pub fn open(_: &'f File) -> Self {
        Self(PhantomData)
    }

    /// What a descriptor leads to that was opened by name only.
    pub fn reached(_: &impl AsFd) -> Self {
        Self(PhantomData)
    }
}

/// Does nothing.
pub fn copy(_: &Source, _: &File) -> Result<(), Lost> {
    Ok(())
}

/// Refuses.
pub fn mark(_: &File, _: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Always `None`.
pub fn marked(_: &File) -> Option<Vec<u8>> {
    None
}
