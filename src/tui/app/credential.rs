//! What the keys of the screen on credentials do.

use super::{App, Screen};
use crate::domain::credential::{Form, Found, Secret};
use crate::domain::moment::Moment;
use crate::tui::effect::Effect;
use crate::tui::field::Field;
use crate::tui::list::List;
use crate::tui::overlay::{Ask, Overlay, Pick, Prompt, Then};

/// What must be typed before secrets are shown.
const WORD: &str = "show";

impl App {
    /// Shows the credentials of this machine.
    pub fn go_credential(&mut self) -> Vec<Effect> {
        self.overlay = None;
        self.screen = Screen::Credential;
        vec![Effect::FindCredentials(None)]
    }

    /// Shows the credentials of these sources.
    pub fn go_credential_at(&mut self, found: Found) -> Vec<Effect> {
        self.screen = Screen::Credential;
        vec![Effect::FindCredentials(Some(found))]
    }

    /// Whether something on the screen changes with time.
    #[must_use]
    pub fn goes_with_time(&self) -> bool {
        matches!(self.screen, Screen::Credential)
    }

    /// Lets time pass.
    pub fn pass_time(&mut self, now: Moment) -> Vec<Effect> {
        if self.goes_with_time() { self.work.credentials.tick(now) } else { Vec::new() }
    }

    /// Stops reading, or goes on.
    pub fn pause(&mut self) -> Vec<Effect> {
        if let Some(looked) = &mut self.work.credentials.looked {
            looked.watch.paused = !looked.watch.paused;
        }
        Vec::new()
    }

    /// Shows what each official client takes, or the sources again.
    pub fn show_clients(&mut self) -> Vec<Effect> {
        let credentials = &mut self.work.credentials;
        credentials.shows_clients = !credentials.shows_clients;
        credentials.scroll = 0;
        let given =
            credentials.looked.as_ref().map(|looked| looked.found.clone()).filter(|found| found.given);
        vec![Effect::FindCredentials(given)]
    }

    /// Reads every source at once; where there was none, looks again.
    pub fn read_now(&mut self) -> Vec<Effect> {
        let credentials = &mut self.work.credentials;
        let Some(looked) = &credentials.looked else { return Vec::new() };
        let (found, now) = (looked.found.clone(), looked.watch.now());
        if found.given || !found.sources.is_empty() {
            credentials.read_now(now)
        } else {
            self.go_credential()
        }
    }

    /// Leaves the clients, or the screen; what hides secrets comes first.
    pub fn leave_credential(&mut self) -> Vec<Effect> {
        let credentials = &mut self.work.credentials;
        if credentials.hide_secrets() || std::mem::take(&mut credentials.shows_clients) {
            credentials.scroll = 0;
            return Vec::new();
        }
        self.go_home()
    }

    /// Asks whether secrets are to be shown: that takes a word, not a key.
    pub fn reveal(&mut self) -> Vec<Effect> {
        if self.work.credentials.held().is_none() {
            self.complain("no credential has been read that could be shown");
            return Vec::new();
        }
        self.overlay = Some(Overlay::Prompt(Prompt {
            title: "Show the secrets for ten seconds?".to_owned(),
            help: "Whoever sees them has the role until they end. Type: show",
            field: Field::default(),
            problem: None,
            take: |app, word| {
                if word != WORD {
                    return Err(format!("type {WORD}, or leave with Esc"));
                }
                app.work.credentials.show_secrets();
                Ok(Vec::new())
            },
        }));
        Vec::new()
    }

    /// Offers the forms in which the credential can be taken away.
    pub fn copy_as(&mut self) -> Vec<Effect> {
        if self.work.credentials.held().is_none() {
            self.complain("no credential has been read that could be copied");
            return Vec::new();
        }
        let rows = vec![
            (Form::Shell.title(), Then::Run(|app| app.ask_to_copy(Form::Shell))),
            (Form::Json.title(), Then::Run(|app| app.ask_to_copy(Form::Json))),
            (Form::Ini.title(), Then::Run(|app| app.ask_to_copy(Form::Ini))),
        ];
        self.overlay =
            Some(Overlay::Pick(Pick { title: "Copy the credential as", rows, list: List::default() }));
        Vec::new()
    }

    fn ask_to_copy(&mut self, form: Form) -> Vec<Effect> {
        let Some((source, held)) = self.work.credentials.held() else { return Vec::new() };
        let title = format!(
            "Copy the secrets of {} as {}? They go through the clipboard, which other programs can read.",
            source.shown(),
            form.title()
        );
        let text = Secret::from(form.write(held.credential()));
        let copy = Effect::Copy { what: "the credential".to_owned(), text };
        self.ask(Ask::new(title, Vec::new(), "copy them", Then::Effects(vec![copy])))
    }

    /// Does what is at the cursor of what was offered.
    pub fn take_pick(&mut self) -> Vec<Effect> {
        let Some(Overlay::Pick(mut pick)) = self.overlay.take() else { return Vec::new() };
        if pick.list.cursor >= pick.rows.len() {
            return Vec::new();
        }
        let (_, then) = pick.rows.swap_remove(pick.list.cursor);
        self.then(then)
    }
}
