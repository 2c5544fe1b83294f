//! A draft: the answers and where one stood, as a file that the next start reads. Never a secret.

use serde::{Deserialize, Serialize};
use serde_json::Value as Tree;

use super::answers::Answers;
use super::file_format;
use super::path::at_home;
use super::question::{self, Kind, Question};
use super::secret;
use super::unsaved::Unsaved;

/// What is kept between two runs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The version of the file, see [`file_format`].
    #[serde(default = "first_format")]
    format: i64,
    answers: Tree,
    /// The folder from which the answers name files.
    folder: String,
    /// The key of the question at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// A text that was being edited for a question and is not saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsaved: Option<Unsaved>,
    /// A document that was checked, with fixes that are not saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Unsaved>,
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Head {
    #[serde(default = "first_format")]
    format: i64,
}

/// The version of a file that has none.
fn first_format() -> i64 {
    1
}

impl Draft {
    /// The draft of these answers; what looks like a secret in them is left out.
    #[must_use]
    pub fn of(answers: &Answers, folder: &str) -> Self {
        let mut kept = answers.clone();
        for question in question::ALL {
            let given = (question.get)(&kept);
            if given.is_some_and(|text| !secret::spans_in_line(&text).is_empty()) {
                (question.clear)(&mut kept);
            }
        }
        let answers = serde_json::to_value(&kept).unwrap_or_default();
        Self { format: file_format::CURRENT, answers, folder: folder.to_owned(), ..Self::default() }
    }

    /// The draft with the question at hand.
    #[must_use]
    pub fn at(self, question: Option<&Question>) -> Self {
        Self { at: question.map(|question| question.key.to_owned()), ..self }
    }

    /// The draft as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::domain::json::render(self)
    }

    /// Reads a draft.
    ///
    /// # Errors
    /// When the file is no draft, or one of a newer version of ramrole.
    pub fn parse(text: &str) -> Result<Self, String> {
        let not_a_draft = |_| "the file is not a draft of ramrole".to_owned();
        // The version first: the rest of a newer file may have another shape.
        let Head { format } = serde_json::from_str(text).map_err(not_a_draft)?;
        file_format::check(format)?;
        serde_json::from_str(text).map_err(not_a_draft)
    }

    /// The answers, as far as they still stand: each that is refused is left out. Files are named from `folder`, by
    /// a user with this home.
    #[must_use]
    pub fn answers(&self, folder: &str, home: &str) -> Answers {
        let mut answers = Answers::default();
        for question in question::ALL {
            let Some(text) = self.answers.get(question.key).and_then(Tree::as_str) else { continue };
            let text = if matches!(question.kind, Kind::Document) {
                self.path(text, folder, home)
            } else {
                text.to_owned()
            };
            // What an older program took and this one does not is asked again.
            let _ = (question.set)(&mut answers, &text);
        }
        answers
    }

    /// What the draft is of, in a line.
    #[must_use]
    pub fn told(&self) -> String {
        let keys = ["workload", "region", "service_config", "role", "role_name"];
        let given: Vec<_> =
            keys.iter().filter_map(|key| self.answers.get(key).and_then(Tree::as_str)).collect();
        match &self.checked {
            _ if !given.is_empty() => given.join(", "),
            Some(checked) if checked.path.is_empty() => "a document being checked".to_owned(),
            Some(checked) => format!("{} being checked", checked.path),
            None => "nothing answered yet".to_owned(),
        }
    }

    /// The question at hand, by its place in the table.
    #[must_use]
    pub fn question(&self) -> Option<usize> {
        let key = self.at.as_deref()?;
        question::ALL.iter().position(|question| question.key == key)
    }

    /// The draft with the files of its texts named from `folder`, by a user with this home.
    #[must_use]
    pub fn named_from(&self, folder: &str, home: &str) -> Self {
        let mut draft = self.clone();
        for text in [&mut draft.unsaved, &mut draft.checked].into_iter().flatten() {
            text.path = self.path(&text.path, folder, home);
        }
        draft
    }

    /// A path of the draft, as it is named from another folder; nothing is no path.
    fn path(&self, path: &str, folder: &str, home: &str) -> String {
        let path = at_home(path, home);
        let stays =
            path.is_empty() || path.starts_with('/') || self.folder == folder || self.folder.is_empty();
        if stays { path } else { format!("{}/{path}", self.folder.trim_end_matches('/')) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_read_back_from_another_folder() {
        let text = "workload = \"eas\"\nservice_config = \"service.json\"\nregion = \"cn-hangzhou\"";
        let answers = Answers::parse(text).expect("answers");
        let kept = Draft::of(&answers, "/home/a").at(question::find("role")).to_json();
        let draft = Draft::parse(&kept).expect("a draft");
        assert_eq!(draft.answers("/home/a", ""), answers);
        assert_eq!(draft.answers("/tmp", "").service_config.as_deref(), Some("/home/a/service.json"));
        assert_eq!(draft.question().map(|at| question::ALL[at].key), Some("role"));
    }

    #[test]
    fn its_texts_are_of_the_same_files_from_another_folder() {
        let text = |path: &str| serde_json::json!({"question": "trust_policy", "path": path, "text": "{}"});
        for (path, expected) in [("a.json", "/home/a/a.json"), ("~/a.json", "/root/a.json"), ("", "")] {
            let json = serde_json::json!({"answers": {}, "folder": "/home/a", "unsaved": text(path)});
            let draft = Draft::parse(&json.to_string()).expect("a draft").named_from("/tmp", "/root");
            assert_eq!(draft.unsaved.expect("a text").path, expected);
        }
    }

    #[test]
    fn a_secret_is_not_kept() {
        let project = Some("LTAI5tCanaryCanaryCanary1".to_owned());
        let answers = Answers { project, bucket: Some("my-bucket".to_owned()), ..Answers::default() };
        let kept = Draft::of(&answers, "/").to_json();
        assert!(!kept.contains("Canary") && kept.contains("my-bucket"), "{kept}");
    }
}
