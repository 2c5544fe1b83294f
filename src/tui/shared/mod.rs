//! What all screens share: the answers and documents, the look, the keys, what was said last, the requests under way.

pub mod credentials;
pub mod work;

use crate::domain::credential::Due;
use crate::domain::plan::Look as Fact;
use crate::domain::question::Question;
use crate::domain::text::visible_line;
use crate::domain::unsaved::{Unsaved, lacks_secrets};

use super::jobs::Jobs;
use super::keymap::{Keymap, On};
use super::look::Look;
use super::request::{
    Purpose, Read, Readout, Report, Request, Sources, Ticket, Write, WriteProblem, Written, WrittenFile,
    WrittenFiles,
};
use credentials::Credentials;
use work::{Kept, Work};

/// What all screens share.
#[derive(Debug)]
pub struct Shared {
    /// The answers and documents.
    pub work: Work,
    /// What was seen of the credentials of this machine.
    pub credentials: Credentials,
    /// How things look.
    pub look: Look,
    /// Which key does what.
    pub keys: Keymap,
    /// What was last said; the next key takes it away.
    pub notice: Option<Notice>,
    /// The requests under way.
    pub jobs: Jobs,
    /// Those of them that read credentials.
    reading: Vec<Ticket>,
    /// The kinds of keys that work now.
    pub kinds: &'static [On],
    /// The kinds of keys that work on the screen, whatever lies over it.
    pub kinds_below: &'static [On],
    /// Whether something lies over the screen.
    pub is_covered: bool,
}

/// Something said on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
}

impl Shared {
    /// What is shared at the start.
    #[must_use]
    pub fn new(work: Work, look: Look, keys: Keymap) -> Self {
        Self {
            work,
            credentials: Credentials::default(),
            look,
            keys,
            notice: None,
            jobs: Jobs::default(),
            reading: Vec::new(),
            kinds: &[],
            kinds_below: &[],
            is_covered: false,
        }
    }

    /// Says something.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: false });
    }

    /// Says that something went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: true });
    }

    /// Says that a text is back, and whether secrets are lost.
    pub fn say_back(&mut self, text: &str, file: &str) {
        let hint =
            "the text that was not saved is back; drafts keep no secrets: type them again where *** stands";
        self.say(if lacks_secrets(text, file) { hint } else { "the text that was not saved is back" });
    }

    /// The first key of an action that does something now.
    #[must_use]
    pub fn key_of(&self, name: &str) -> Option<String> {
        self.keys.key_of(name, self.kinds, self.look.symbols.ascii)
    }

    /// Looks at a file on the side: what it holds is a fact from then on.
    pub fn look_at(&mut self, path: String) {
        self.jobs.start_shared(Request::Read(Read::Fact(path)));
    }

    /// Writes something whose report matters whatever is shown by then.
    pub fn write(&mut self, write: Write) -> Ticket {
        self.jobs.start_shared(Request::Write(write))
    }

    /// Keeps the draft, standing at this question; texts that are not saved stay in it.
    pub fn keep(&mut self, at: Option<&Question>) {
        let write = self.work.keep(at);
        self.write(write);
    }

    /// Keeps the draft, standing at this question, with the text for it that is not saved.
    pub fn keep_unsaved(&mut self, at: Option<&Question>, unsaved: Option<Unsaved>) {
        let write = self.work.keep_unsaved(at, unsaved);
        self.write(write);
    }

    /// Keeps the document that is checked beside the answers, as long as it is not saved.
    pub fn keep_checked(&mut self, checked: Option<Unsaved>) {
        if let Some(write) = self.work.keep_checked(checked) {
            self.write(write);
        }
    }

    /// Learns what every report says of files, whoever waits for it.
    pub fn learn(&mut self, report: &Report) {
        match report {
            Report::Read(Readout::Fact { path, result }) => {
                self.work.facts.learn(Fact::File(path.clone()), result.clone());
            }
            Report::Written(Written::File(WrittenFile { file, result: Ok(()), .. }))
                if file.purpose != Purpose::Keep =>
            {
                self.work.facts.learn(Fact::File(file.path.clone()), Ok(file.text.clone()));
            }
            Report::Read(_)
            | Report::Written(_)
            | Report::Computed(_)
            | Report::Edited(_)
            | Report::Ended => {}
        }
    }

    /// Says what has become of a file; a question about it has to wait for the next save.
    pub fn say_written(&mut self, written: &WrittenFile) {
        let path = visible_line(&written.file.path).into_owned();
        match (&written.result, &written.remark) {
            (Ok(()), Some(remark)) => self.say(format!("wrote {path}; {remark}")),
            (Ok(()), None) if written.file.purpose == Purpose::InPlace => {
                self.say(format!("wrote {path}; nothing else changed in it"));
            }
            (Ok(()), None) => self.say(format!("wrote {path}")),
            (Err(WriteProblem::Refused(problem)), _) => self.complain(problem.clone()),
            (Err(problem), _) => {
                let found = problem.found();
                self.complain(format!("{path} {found} and was left alone; save once more to be asked"));
            }
        }
    }

    /// Says what has become of files in a folder; a question about them has to wait for the next save.
    pub fn say_written_all(&mut self, written: &WrittenFiles) {
        let folder = visible_line(&written.folder).into_owned();
        match (&written.result, &written.remark) {
            (Ok(_), Some(remark)) => {
                self.say(format!("wrote the files into {folder}; {}", visible_line(remark)));
            }
            (Ok(count), None) => {
                self.say(format!("wrote {count} files into {folder}; its README.md tells the steps"));
            }
            (Err(WriteProblem::Refused(problem)), _) => self.complain(problem.clone()),
            (Err(_), _) => self.complain(format!(
                "{folder} holds some of these files already and was left alone; save once more to be asked"
            )),
        }
    }

    /// Says what has become of a text that was copied.
    pub fn say_copied(&mut self, what: &str, bytes: usize, by: Option<&str>) {
        let told = self.copied(what, bytes, by);
        self.say(told);
    }

    /// Takes note of whether the draft is kept.
    pub fn draft_kept(&mut self, result: Result<(), String>) {
        self.work.kept = result.map_or_else(Kept::Failed, |()| Kept::Saved);
    }

    /// Reads sources of credentials; what is read counts whatever is shown by then, as long as these are the sources.
    pub fn read_credentials(&mut self, due: Vec<Due>) {
        let Some(looked) = &self.credentials.looked else { return };
        if !due.is_empty() {
            let request = Request::Read(Read::Credentials { due, reach: looked.found.reach });
            self.reading.retain(|ticket| self.jobs.is_live(*ticket));
            self.reading.push(self.jobs.start_shared(request));
        }
    }

    /// Takes the sources of credentials that were found, and reads them; what was asked of others no longer counts.
    pub fn take_sources(&mut self, sources: Sources) {
        let Sources { found, zone, now, seen } = sources;
        if self.credentials.found(found, zone, now, &seen) {
            for ticket in std::mem::take(&mut self.reading) {
                self.jobs.cancel(&mut Some(ticket));
            }
        }
        let due = self.credentials.read_now(now);
        self.read_credentials(due);
    }

    /// What became of a text that was copied: never more than is known, and where nobody confirms it the other ways.
    fn copied(&self, what: &str, bytes: usize, by: Option<&str>) -> String {
        let size = if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
        let ways = [("save", "save"), ("save-file", "save"), ("raw", "select")].into_iter();
        let ways = ways.filter_map(|(name, purpose)| Some((self.key_of(name)?, purpose)));
        let ways: Vec<String> = ways.map(|(key, purpose)| format!("{key} to {purpose}")).collect();
        let ways = if ways.is_empty() {
            String::new()
        } else {
            format!("; if the paste is empty press {}", ways.join(" or "))
        };
        match by {
            Some("tmux") => format!("{what} is in tmux's buffer, {size}{ways}"),
            Some(program) => format!("{what} is on the clipboard, {size} ({program})"),
            None => format!("{what} was sent to the terminal, {size}{ways}"),
        }
    }
}
