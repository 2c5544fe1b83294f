//! What the screens want done outside, and what comes back of it: values, nothing is done here.

use jiff::tz::TimeZone;

use crate::domain::answers::Answers;
use crate::domain::chain::Evidence;
use crate::domain::credential::{Due, Found, Reach, Reading, Secret};
use crate::domain::moment::Moment;
use crate::domain::path::Completion;
use crate::domain::plan::{Facts, Missing, Plan};
use crate::domain::sketch::Sketch;

use super::editor::Examination;
use super::hit::Target;
use super::press::Press;

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Press(Press),
    /// A text was pasted as one.
    Paste(String),
    /// Something was clicked.
    Click(Target),
    /// The wheel was turned by so many rows.
    Wheel(isize),
    /// The terminal has another size: columns, rows.
    Size(u16, u16),
    /// Time has passed: it is now so late.
    Tick(Moment),
    /// Something outside is done.
    Outside(Outcome),
}

/// Something to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Keep the draft under a name.
    KeepDraft {
        /// The draft's name; empty for the first one that is free.
        name: String,
        /// Its text.
        text: String,
    },
    /// Give the draft a name that no other has.
    RenameDraft {
        /// Its present name; empty where it has none.
        from: String,
        /// The new one.
        to: String,
    },
    /// Forget a draft.
    DropDraft(String),
    /// List the drafts.
    ListDrafts,
    /// Read a draft.
    OpenDraft(String),
    /// Read a file.
    Read {
        /// Its path.
        path: String,
        /// What for.
        why: Why,
    },
    /// Write a file; one that exists is replaced only if `replace`.
    Write {
        /// Its path.
        path: String,
        /// Its text.
        text: String,
        /// Whether a file that is there may go.
        replace: bool,
        /// Whether only its owner may read it.
        private: bool,
        /// What the file held when it was read: if it holds something else now, it is left alone.
        before: Option<String>,
        /// What for.
        why: Why,
    },
    /// Write files into a folder.
    WriteAll {
        /// The folder.
        folder: String,
        /// Name, text, whether it is its owner's alone.
        files: Vec<(String, String, bool)>,
        /// Whether files that are there may go.
        replace: bool,
    },
    /// List what a path could go on with.
    Complete(String),
    /// Put a text on the clipboard.
    Copy {
        /// What it is, for the message.
        what: String,
        /// The text.
        text: Secret,
    },
    /// Show a text without borders, outside the screens, until a key is pressed.
    ShowRaw(String),
    /// Let the user's own editor change a text.
    EditOutside {
        /// The text.
        text: String,
        /// A name for the file.
        name: String,
    },
    /// Look through a large text in the background.
    Examine(Box<super::editor::Examine>),
    /// Check a large document in the background.
    Check(Box<super::check::Examine>),
    /// Make the sketch of large documents in the background.
    Sketch {
        /// Which of those that were asked for it is.
        number: u64,
        /// The answers with the one at hand.
        answers: Answers,
        /// What is known.
        facts: Facts,
        /// The key of the question at hand.
        question: &'static str,
    },
    /// Make the plan of large documents in the background.
    Plan {
        /// Which of the plans that were asked for it is.
        number: u64,
        /// The answers.
        answers: Answers,
        /// What is known.
        facts: Facts,
    },
    /// Find the sources of credentials, where they are not given.
    FindCredentials(Option<Found>),
    /// Read a source of credentials.
    ReadCredential {
        /// The source.
        due: Due,
        /// How far a URI may lead.
        reach: Reach,
    },
    /// Take clicks, or leave them to the terminal.
    Mouse(bool),
}

/// What something outside has come to.
#[derive(Debug)]
pub enum Outcome {
    /// The draft is kept, or why not.
    Kept(Result<(), String>),
    /// The draft had no name and has one now.
    Named(String),
    /// The draft has the name that it was to have, or why not.
    Renamed {
        /// The name.
        to: String,
        /// Why it cannot be.
        result: Result<(), String>,
    },
    /// The drafts that there are: name and age in words, the newest first.
    Drafts(Vec<(String, String)>),
    /// A draft was read.
    Draft {
        /// Its name.
        name: String,
        /// Its text, or why there is none.
        result: Result<String, String>,
    },
    /// A file was read.
    Read {
        /// Its path.
        path: String,
        /// What for.
        why: Why,
        /// Its text, or why there is none.
        result: Result<String, String>,
    },
    /// A file was written.
    Wrote {
        /// Its path.
        path: String,
        /// What for.
        why: Why,
        /// What was written, or why it was not.
        result: Result<String, WriteProblem>,
        /// A remark about the replaced file.
        remark: Option<String>,
    },
    /// Files were written into a folder.
    WroteAll {
        /// The folder.
        folder: String,
        /// How many, or why none.
        result: Result<usize, WriteProblem>,
        /// A remark about a replaced file.
        remark: Option<String>,
    },
    /// What a path could go on with.
    Completed {
        /// The path as it was typed.
        typed: String,
        /// How it could go on.
        completions: Vec<Completion>,
    },
    /// A text is on the clipboard, or was sent to the terminal.
    Copied {
        /// What it is.
        what: String,
        /// How many bytes.
        bytes: usize,
        /// The program that confirmed it; `None` where the terminal was asked, which does not answer.
        by: Option<&'static str>,
    },
    /// A text that only the terminal can put on a clipboard.
    ForTerminal {
        /// What it is.
        what: String,
        /// The text.
        text: Secret,
    },
    /// The user's editor has ended: the text that it left, and whether it ended well.
    Edited(Result<(String, bool), String>),
    /// A text was looked through.
    Examined(Box<Examination>),
    /// A sketch was made; which of those that were asked for.
    Sketched(u64, Box<Sketch>),
    /// A document was checked.
    Checked(Box<super::check::Examination>),
    /// A plan was made, or what it lacks; which of those that were asked for.
    Planned(u64, Box<Result<Plan, Box<Missing>>>),
    /// The sources of credentials were found.
    FoundCredentials {
        /// The sources.
        found: Found,
        /// The zone of local times.
        zone: TimeZone,
        /// When they were found.
        now: Moment,
        /// What the official clients would look at.
        seen: Box<Evidence>,
    },
    /// A source of credentials was read.
    ReadCredential {
        /// The source.
        due: Due,
        /// What came of it; `None` for a file that is still the same.
        reading: Option<Box<Reading>>,
        /// When it was done.
        now: Moment,
    },
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteProblem {
    /// Something stands there already.
    Exists(String),
    /// What stands there is no longer what was read.
    Changed(String),
    /// The system refused.
    Refused(String),
}

/// What a file is read or written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// To answer the document question with this key and go on.
    Answer(&'static str),
    /// To show what a path in the list holds, before it is chosen.
    Peek,
    /// A look that the plan asked for.
    Look,
    /// To open it in the editor for the question with this key.
    Edit(&'static str),
    /// To fill the secrets of a text that came back without them.
    Restore,
    /// To check it.
    Check,
    /// To keep a document of the plan.
    Save,
    /// The service config itself, in place.
    InPlace,
    /// To keep the text in the editor, or the document that was checked.
    SaveText,
}
