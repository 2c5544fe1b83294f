//! What the wizard wants done outside, and what comes back of it: values, nothing is done here. Reads, writes and slow
//! computations are requests of their own, each with its own reports.

use jiff::tz::TimeZone;

use crate::domain::answers::Answers;
use crate::domain::chain::Evidence;
use crate::domain::credential::{Due, Found, Reach, Reading, Secret};
use crate::domain::moment::Moment;
use crate::domain::path::Completion;
use crate::domain::plan::{Facts, Missing, Plan};
use crate::domain::question::Question;
use crate::domain::sketch::Sketch;

use super::examine::{document, text};
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
    /// A request reports.
    Report(Message),
}

/// Which request of which screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    /// The screen that asked; each time that a screen is opened has a number of its own.
    pub screen: u64,
    /// Which of all requests.
    pub number: u64,
}

/// A report with the request that it belongs to.
#[derive(Debug)]
pub struct Message {
    /// The request.
    pub ticket: Ticket,
    /// Whether the request has ended; until then more reports may come.
    pub is_last: bool,
    /// The report.
    pub report: Report,
}

/// Something to be done outside of the state.
#[derive(Debug)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Take clicks, or leave them to the terminal.
    Mouse(bool),
    /// Show a text without borders, outside the screens, until a key is pressed.
    ShowRaw(String),
    /// Begin a request.
    Start(Ticket, Request),
    /// Nobody waits for this request any more: it need not be begun or finished.
    Cancel(Ticket),
}

/// A request to the outside.
#[derive(Debug)]
pub enum Request {
    /// Look at something.
    Read(Read),
    /// Change something.
    Write(Write),
    /// Compute something that takes longer than a key press may.
    Compute(Compute),
    /// Let the user's own editor change a text, under a name for its file.
    EditOutside {
        /// The text.
        text: String,
        /// The name.
        name: String,
    },
}

/// A request to look at something.
#[derive(Debug)]
pub enum Read {
    /// A file that plans may be made of: what it holds is a fact from then on.
    Fact(String),
    /// A file.
    File(String),
    /// What a path could go on with.
    Completions(String),
    /// The drafts that there are.
    Drafts,
    /// A draft, by its name.
    Draft(String),
    /// The sources of credentials, unless they are given.
    Sources(Option<Found>),
    /// Sources of credentials; each is reported as soon as it is read.
    Credentials {
        /// The sources.
        due: Vec<Due>,
        /// How far a URI may lead.
        reach: Reach,
    },
}

/// A request to change something.
#[derive(Debug)]
pub enum Write {
    /// A file.
    File(WriteFile),
    /// Files in a folder.
    Files {
        /// The folder.
        folder: String,
        /// Name, text, whether it is its owner's alone.
        files: Vec<(String, String, bool)>,
        /// Whether files that are there may go.
        replace: bool,
    },
    /// The draft, under a name.
    Draft {
        /// The draft's name; empty for the first one that is free.
        name: String,
        /// Its text.
        text: String,
    },
    /// The name of the draft, to one that no other has.
    DraftName {
        /// Its present name; empty where it has none.
        from: String,
        /// The new one.
        to: String,
    },
    /// A draft, to be forgotten.
    NoDraft(String),
    /// The clipboard.
    Clipboard {
        /// What it is, for the message.
        what: String,
        /// The text.
        text: Secret,
    },
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteFile {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
    /// Whether only its owner may read it.
    pub private: bool,
    /// What the file held when it was read: if it holds something else now, it is left alone.
    pub before: Option<String>,
    /// What for.
    pub purpose: Purpose,
}

/// What a file is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To keep a document of the plan.
    Keep,
    /// To put the role into the service config itself.
    InPlace,
    /// To save the text that was edited or checked.
    Text,
}

/// A request to compute something.
#[derive(Debug)]
pub enum Compute {
    /// What is to be said of the text in the editor.
    Text(Box<text::Examine>),
    /// What is to be said of the document that is checked.
    Document(Box<document::Examine>),
    /// The sketch of the documents, as far as they are known.
    Sketch {
        /// The answers with the one at hand.
        answers: Box<Answers>,
        /// What is known.
        facts: Facts,
        /// The question at hand.
        question: &'static Question,
    },
    /// The plan.
    Plan {
        /// The answers.
        answers: Box<Answers>,
        /// What is known.
        facts: Facts,
    },
}

/// What a request has come to, or how far.
#[derive(Debug)]
pub enum Report {
    /// Of a request to look at something.
    Read(Readout),
    /// Of a request to change something.
    Written(Written),
    /// Of a request to compute something.
    Computed(Computed),
    /// The user's editor has ended: the text that it left and whether it ended well, or why there is none.
    Edited(Result<(String, bool), String>),
    /// Nothing more comes.
    Ended,
}

/// What was looked at.
#[derive(Debug)]
pub enum Readout {
    /// A file that plans may be made of.
    Fact {
        /// Its path.
        path: String,
        /// Its text, or why there is none.
        result: Result<String, String>,
    },
    /// A file.
    File {
        /// Its path.
        path: String,
        /// Its text, or why there is none.
        result: Result<String, String>,
    },
    /// What a path could go on with.
    Completions(Vec<Completion>),
    /// The drafts that there are: name and age in words, the newest first.
    Drafts(Vec<(String, String)>),
    /// A draft.
    Draft {
        /// Its name.
        name: String,
        /// Its text, or why there is none.
        result: Result<String, String>,
    },
    /// The sources of credentials.
    Sources(Box<Sources>),
    /// A source of credentials was read.
    Credential {
        /// The source.
        due: Due,
        /// What came of it; `None` for a file that is still the same.
        reading: Option<Box<Reading>>,
        /// When it was done.
        now: Moment,
    },
}

/// The sources of credentials, as they were found.
#[derive(Debug)]
pub struct Sources {
    /// The sources.
    pub found: Found,
    /// The zone of local times.
    pub zone: TimeZone,
    /// When they were found.
    pub now: Moment,
    /// What the official clients would look at.
    pub seen: Evidence,
}

/// What was changed.
#[derive(Debug)]
pub enum Written {
    /// A file.
    File(WrittenFile),
    /// Files in a folder.
    Files(WrittenFiles),
    /// The draft is kept, or why not.
    Draft(Result<(), String>),
    /// The draft had no name and has one now.
    NewDraft(String),
    /// The draft has the name that it was to have, or why not.
    DraftName {
        /// The name.
        to: String,
        /// Why it cannot be.
        result: Result<(), String>,
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
}

/// What has become of a file that was to be written.
#[derive(Debug)]
pub struct WrittenFile {
    /// What was to be written.
    pub file: WriteFile,
    /// Why it was not.
    pub result: Result<(), WriteProblem>,
    /// A remark about the replaced file.
    pub remark: Option<String>,
}

/// What has become of files that were to be written.
#[derive(Debug)]
pub struct WrittenFiles {
    /// The folder.
    pub folder: String,
    /// How many there are, or why none.
    pub result: Result<usize, WriteProblem>,
    /// A remark about a replaced file.
    pub remark: Option<String>,
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteProblem {
    /// Something stands there already.
    Exists,
    /// What stands there is no longer what was read.
    Changed,
    /// The system refused.
    Refused(String),
}

impl WriteProblem {
    /// What is found where the file should be.
    #[must_use]
    pub fn found(&self) -> &str {
        match self {
            Self::Exists => "exists already",
            Self::Changed => "has changed on the disk since it was read",
            Self::Refused(problem) => problem,
        }
    }
}

/// What was computed.
#[derive(Debug)]
pub enum Computed {
    /// What is to be said of the text in the editor.
    Text(Box<text::Examination>),
    /// What is to be said of the document that is checked.
    Document(Box<document::Examination>),
    /// The sketch.
    Sketch(Box<Sketch>),
    /// The plan, or what it lacks.
    Plan(Box<Result<Plan, Box<Missing>>>),
}
