//! This process on Windows, which has no signals, no limit of open files and no pipe that reports its end.

/// Does nothing: a shell of Windows cannot stop a program and continue it.
pub fn stop() {}

/// Does nothing: the thread that waits for the terminal lets go after the next key.
pub fn interrupt_reader() {}

/// Whether whoever read standard output has gone, which only a write can tell here.
#[must_use]
pub fn reader_has_gone() -> bool {
    false
}

/// Does nothing: ramrole sets no such protection on Windows.
pub fn keep_memory_to_itself() {}

/// How many files this process may have open at once: no limit.
#[must_use]
pub fn open_files_limit() -> usize {
    usize::MAX
}

/// Whether the process with this ID has ended. Here nobody knows, so it counts as running.
#[must_use]
pub fn has_ended(_: i64) -> bool {
    false
}
