//! Limits on sizes, in bytes: what is kept, and what is worked on between two key presses.

/// How large a draft may be: 8 MiB; it may hold the unsaved text of an editor.
pub const LARGEST_DRAFT: usize = 8 << 20;
/// From this size on, documents are planned in the background.
pub const LARGE_TO_PLAN: usize = 64 << 10;
/// From this size on, a text is checked in the background.
pub const LARGE_TO_CHECK: usize = 32 << 10;
