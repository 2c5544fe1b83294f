//! What the screens that save texts have in common: the question for a path, the words for masks.

use super::dialog::Prompt;

/// What is said of a text before it is saved with masks in it.
pub const LACKS: &str = "Some values stand as ***, which is no secret of yours: drafts keep none.";

/// Asks where to save a text.
#[must_use]
pub fn ask_path(name: &str) -> Prompt {
    Prompt::new("Save it as", "The plan and its commands name this file.", name)
}
