//! The screen on the credential inside an instance: its sources, their ends, their renewals. What it shows is shared and
//! outlives it: a watch that begins anew would know of no renewal.

mod keys;
mod past;
mod row;
mod rows;
mod spark;
mod view;
mod who;

use crate::domain::credential::{Form, Found, Secret};
use crate::domain::moment::Moment;
use crate::tui::dialog::{Action, Answer, Ask, Overlay, Pick, Prompt, Then};
use crate::tui::go::Go;
use crate::tui::list::List;
use crate::tui::place::{Reply, Reports, ScreenPlace};
use crate::tui::request::{Read, Request, Sources};
use crate::tui::shared::Shared;

pub use keys::{KEYS, PLACES};

/// What must be typed before secrets are shown.
const WORD: &str = "show";
/// The forms in which a credential can be copied.
const FORMS: [Form; 3] = [Form::Shell, Form::Json, Form::Ini];

/// The screen on credentials.
#[derive(Debug, Default)]
pub struct Credential {
    asked: Option<Asked>,
}

/// What is asked over the screen.
#[derive(Debug)]
enum Asked {
    /// The word for which secrets are shown.
    Word,
    /// The form in which the credential is copied.
    Form,
}

impl Credential {
    /// The screen on these sources, or on those of this machine.
    #[must_use]
    pub fn open(found: Option<Found>, shared: &mut Shared) -> Self {
        look(found, shared);
        Self::default()
    }

    /// Stops reading, or goes on.
    fn pause(_: &mut Self, shared: &mut Shared) -> Reply {
        if let Some(looked) = &mut shared.credentials.looked {
            looked.watch.paused = !looked.watch.paused;
        }
        Reply::Stay
    }

    /// Shows what each official client takes, or the sources again.
    fn show_clients(_: &mut Self, shared: &mut Shared) -> Reply {
        let credentials = &mut shared.credentials;
        credentials.shows_clients = !credentials.shows_clients;
        credentials.scroll = 0;
        let given =
            credentials.looked.as_ref().map(|looked| looked.found.clone()).filter(|found| found.given);
        look(given, shared);
        Reply::Stay
    }

    /// Reads every source at once; where there was none, looks again.
    fn read_now(_: &mut Self, shared: &mut Shared) -> Reply {
        let Some(looked) = &shared.credentials.looked else { return Reply::Stay };
        let (found, now) = (&looked.found, looked.watch.now());
        if found.given || !found.sources.is_empty() {
            let due = shared.credentials.read_now(now);
            shared.read_credentials(due);
        } else {
            look(None, shared);
        }
        Reply::Stay
    }

    /// Leaves the clients, or the screen; what hides secrets comes first.
    fn leave(_: &mut Self, shared: &mut Shared) -> Reply {
        let credentials = &mut shared.credentials;
        if credentials.hide_secrets() || std::mem::take(&mut credentials.shows_clients) {
            credentials.scroll = 0;
            return Reply::Stay;
        }
        Reply::Go(Go::Home)
    }

    /// Asks whether secrets are to be shown: that takes a word, not a key.
    fn reveal(&mut self, shared: &mut Shared) -> Reply {
        if shared.credentials.held().is_none() {
            shared.complain("no credential has been read that could be shown");
            return Reply::Stay;
        }
        self.asked = Some(Asked::Word);
        let help = "Whoever sees them has the role until they end. Type: show";
        Reply::Over(Overlay::Prompt(Prompt::new("Show the secrets for ten seconds?", help, "")))
    }

    /// Offers the forms in which the credential can be taken away.
    fn copy_as(&mut self, shared: &mut Shared) -> Reply {
        if shared.credentials.held().is_none() {
            shared.complain("no credential has been read that could be copied");
            return Reply::Stay;
        }
        self.asked = Some(Asked::Form);
        let rows = FORMS.into_iter().map(Form::title).collect();
        Reply::Over(Overlay::Pick(Pick { title: "Copy the credential as", rows, list: List::default() }))
    }
}

fn look(found: Option<Found>, shared: &mut Shared) {
    shared.jobs.start(Request::Read(Read::Sources(found)));
}

fn ask_to_copy(form: Form, shared: &Shared) -> Reply {
    let Some((source, held)) = shared.credentials.held() else { return Reply::Stay };
    let title = format!(
        "Copy the secrets of {} as {}? They go through the clipboard, which other programs can read.",
        source.shown(),
        form.title()
    );
    let text = Secret::from(form.write(held.credential()));
    let ask = Ask::new(title, "copy them");
    let copy = Then::Do(Action::Copy("the credential".to_owned(), text));
    Reply::Over(Overlay::Ask(Ask { yes: (ask.yes.0, copy), ..ask }))
}

impl Reports for Credential {
    fn sources(&mut self, sources: Sources, shared: &mut Shared) {
        shared.take_sources(sources);
    }
}

impl ScreenPlace for Credential {
    fn title(&self, shared: &Shared) -> String {
        let title = if shared.credentials.shows_clients {
            "who uses the credential"
        } else {
            "credentials in this instance"
        };
        title.to_owned()
    }

    /// What time it is.
    fn progress(&self, shared: &Shared) -> String {
        let Some(looked) = &shared.credentials.looked else { return String::new() };
        let paused = if looked.watch.paused { "paused   " } else { "" };
        format!("{paused}{}   ", looked.watch.now().wall.strftime("%H:%M:%S UTC"))
    }

    fn answered(&mut self, answer: Answer, shared: &mut Shared) -> Reply {
        match (self.asked.take(), answer) {
            (Some(Asked::Word), Answer::Typed(word)) if word == WORD => shared.credentials.show_secrets(),
            (Some(Asked::Word), Answer::Typed(_)) => {
                self.asked = Some(Asked::Word);
                return Reply::Refused(format!("type {WORD}, or leave with Esc"));
            }
            (Some(Asked::Form), Answer::Picked(row)) => {
                return FORMS.get(row).map_or(Reply::Stay, |form| ask_to_copy(*form, shared));
            }
            (
                Some(Asked::Word | Asked::Form) | None,
                Answer::Yes | Answer::Other | Answer::Closed | Answer::Picked(_) | Answer::Typed(_),
            ) => {}
        }
        Reply::Stay
    }

    fn goes_with_time(&self) -> bool {
        true
    }

    fn pass_time(&mut self, now: Moment, shared: &mut Shared) {
        let due = shared.credentials.tick(now);
        shared.read_credentials(due);
    }
}
