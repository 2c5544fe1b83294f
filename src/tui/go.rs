//! Where one screen can lead: values, so that no screen knows another.

use crate::domain::credential::Found;
use crate::domain::question::Question;
use crate::domain::text::Place;

use crate::domain::draft::Draft;
use crate::domain::unsaved::Unsaved;

/// Where to go.
#[derive(Debug)]
pub enum Go {
    /// To the start.
    Home,
    /// To the first question, with no answers and a draft of its own.
    Fresh,
    /// To a draft, by its name: where it stands.
    Resume(String, Box<Draft>),
    /// To a question, by its place in the table.
    Question(usize),
    /// To a question that wants another answer, and why.
    Again(usize, String),
    /// To a question that is answered with the document at this path.
    Document(&'static Question, String),
    /// To the finished plan, or to the first question that it lacks.
    Plan,
    /// To the finished plan with the answer at hand, if it can stand.
    Finish,
    /// To the first question without an answer, or to the finished plan.
    FirstOpen,
    /// To the editor.
    Edit(Edit),
    /// To where a document is named to be checked, or to the one whose fixes are not saved.
    Check,
    /// To a document whose fixes were not saved when the program ended.
    CheckAgain(Unsaved),
    /// To a document that is checked, back from the editor.
    Checked(Checked),
    /// To where a message is pasted.
    Explain,
    /// To the credentials of these sources, or of this machine.
    Credential(Option<Found>),
}

/// What the editor is opened on.
#[derive(Debug)]
pub enum Edit {
    /// A new document for a question, which begins with this text.
    New(&'static Question, String),
    /// A file for a question: its path, its text.
    File(&'static Question, String, String),
    /// A text that was not saved when the program ended.
    Unsaved(Unsaved),
    /// A document that is checked, at a place.
    Checked(Checked, Option<Place>),
}

/// A document that is checked.
#[derive(Debug)]
pub struct Checked {
    /// The file; empty for a pasted text.
    pub file: String,
    /// The text as the file has it.
    pub before: String,
    /// The text.
    pub text: String,
}
