//! Paths as a person types them: below the home folder, and how they can go on.

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole path as it would be typed; a folder's ends with `/`. To be shown through
    /// [`visible_line`](super::text::visible_line).
    pub text: String,
    /// Whether it leads on.
    pub is_folder: bool,
}

/// The path with `~/` read as this home; as it is where there is none.
#[must_use]
pub fn at_home(path: &str, home: &str) -> String {
    match path.strip_prefix("~/") {
        // More slashes would begin at the root.
        Some(rest) if !home.is_empty() => {
            format!("{}/{}", home.trim_end_matches('/'), rest.trim_start_matches('/'))
        }
        _ => path.to_owned(),
    }
}
