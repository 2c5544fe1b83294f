//! This process itself: stops it, and wakes the thread of it that waits for the terminal.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(all(unix, not(target_os = "linux")))]
mod portable;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::thread;
use std::time::Duration;

#[cfg(target_os = "linux")]
pub use linux::{ignored_signals, keep_memory_to_itself};
#[cfg(all(unix, not(target_os = "linux")))]
pub use portable::{has_terminal, keep_memory_to_itself};
#[cfg(unix)]
use unix::interrupt_reader;
#[cfg(unix)]
pub use unix::{has_ended, open_files_limit, reader_has_gone, stop};
#[cfg(windows)]
use windows::interrupt_reader;
#[cfg(windows)]
pub use windows::{has_ended, keep_memory_to_itself, open_files_limit, reader_has_gone, stop};

/// What is waited at once.
const STEP: Duration = Duration::from_millis(1);
/// How many steps are waited for a thread that was woken.
const STEPS_TO_WAKE: u32 = 100;

/// Wakes a thread that reads the terminal, until it sleeps no more, or a tenth of a second has gone.
pub fn wake(is_awake: impl Fn() -> bool) {
    interrupt_reader();
    for _ in 0..STEPS_TO_WAKE {
        if is_awake() {
            return;
        }
        thread::sleep(STEP);
    }
}
