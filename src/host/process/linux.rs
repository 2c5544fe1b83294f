//! What only Linux can do with this process.

/// Keeps other programs of the same user from reading this process's memory, and the system from dumping it.
pub fn keep_memory_to_itself() {
    // If the system refuses, this process stays as readable as any other.
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// The signals that the caller of this program ignores: bit `n - 1` for signal `n`. No bit is set if the system does
/// not report them.
#[must_use]
pub fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok()).unwrap_or(0)
}
