//! The wizard: a view over answers and documents, driven by keys. It decides nothing about policies and configs,
//! and shows nothing that the command line does not print.
//!
//! [`app::App`] is the state: `update` takes what happened and says what is to be done outside, `view` draws.
//! `run` is the loop around it. A screen is a file of its own; every key is a row of [`keys::ALL`].

pub mod app;
pub mod buffer;
pub mod canvas;
pub mod check;
pub mod completions;
pub mod credential;
pub mod draft;
pub mod editor;
pub mod effect;
pub mod explain;
pub mod field;
mod guest;
pub mod highlight;
pub mod hit;
pub mod home;
mod key_table;
pub mod keys;
mod late_answer;
pub mod list;
pub mod look;
pub mod outside;
pub mod overlay;
pub mod page;
mod panics;
pub mod path_input;
pub mod press;
pub mod preview;
mod reader;
mod run;
pub mod sheet_view;
mod signals;
mod terminal;
pub mod unsaved;
pub mod work;
pub mod wrap;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, take_hook};

use tokio::sync::mpsc::UnboundedReceiver;

use crate::domain::answers::Answers;
use crate::domain::credential::Found;
use crate::domain::settings::{Settings, SymbolSet, ThemeName};
use crate::host::drafts::Drafts;
use crate::host::surroundings::Surroundings;

use app::App;
use effect::Effect;
use keys::Keymap;
use late_answer::LateAnswers;
use look::{Look, Symbols, Theme};
use work::Work;

pub use run::Ended;

/// How many questions the terminal is asked for its colours: the text's, the background's.
const QUESTIONS: usize = 2;

/// What the wizard starts from.
#[derive(Debug, Default)]
pub struct Start {
    /// Answers that are given already.
    pub answers: Option<Answers>,
    /// Not to offer the draft.
    pub fresh: bool,
    /// The draft to go on with, by its name.
    pub draft: Option<String>,
    /// Only ASCII signs.
    pub ascii: bool,
    /// Where to look for credentials, to begin by watching them.
    pub credential: Option<Found>,
}

/// Opens the wizard, and returns how it ended.
///
/// # Errors
/// When the terminal cannot be taken.
pub fn open(start: Start, settings: Settings, notes: &[String]) -> io::Result<Ended> {
    let mut panics = panics::watch();
    let wizard = AssertUnwindSafe(|| begin_and_run(start, settings, notes, &mut panics));
    let ended = catch_unwind(wizard);
    // The language's own message is good enough where no screen is.
    drop(take_hook());
    ended.unwrap_or_else(|_| Ok(Ended::Panicked(panics.try_recv().unwrap_or_default())))
}

fn begin_and_run(
    start: Start,
    settings: Settings,
    notes: &[String],
    panics: &mut UnboundedReceiver<String>,
) -> io::Result<Ended> {
    let drafts = Drafts::here();
    let around = Surroundings::here();
    let asks = settings.theme == ThemeName::Auto && !around.no_color;
    let background = asks.then(|| around.background());
    let late = LateAnswers::expecting(if background == Some(None) { QUESTIONS } else { 0 });
    let (app, first) = begin(start, settings, notes, &drafts, &around, background.flatten());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(run::run(app, first, drafts, panics, late));
    // What still runs beside must not keep the terminal waiting.
    runtime.shutdown_background();
    ended
}

/// The state at the start, and what is to be done first.
fn begin(
    start: Start,
    settings: Settings,
    notes: &[String],
    drafts: &Drafts,
    around: &Surroundings,
    background: Option<ThemeName>,
) -> (App, Vec<Effect>) {
    let (keys, mistakes) = Keymap::with(&settings.keys);
    let look = look(&start, &settings, around, background);
    let work = Work::new(String::new(), around.folder.clone(), settings);
    let mut app = App::new(Work { home: around.home.clone(), ..work }, look, keys);
    let mut first = Vec::new();
    if let app::Screen::Home(home) = &mut app.screen {
        home.take(outside::listed(drafts));
    }
    if let Some(answers) = start.answers {
        app.work.take(answers);
        first.extend(app.work.looks());
        first.extend(app.finish_or_first());
        first.push(app.work.keep(None));
    } else if let Some(found) = start.credential {
        first.extend(app.go_credential_at(found));
    } else if let Some(name) = start.draft {
        first.push(Effect::OpenDraft(name));
    } else if start.fresh {
        first.extend(app.go_fresh());
    }
    let note = notes.first().cloned().or_else(|| {
        mistakes.first().map(|mistake| format!("settings, line {}: {}", mistake.line, mistake.message))
    });
    if let Some(note) = note {
        app.complain(note);
    }
    (app, first)
}

fn look(start: &Start, settings: &Settings, around: &Surroundings, background: Option<ThemeName>) -> Look {
    let theme = if around.no_color { ThemeName::None } else { settings.theme };
    let theme = match theme {
        ThemeName::Auto => background.unwrap_or(ThemeName::Terminal),
        other => other,
    };
    let symbols = if start.ascii { SymbolSet::Ascii } else { settings.symbols };
    Look {
        theme: Theme::named(theme),
        symbols: Symbols::named(symbols, around.utf8),
        size: (80, 24),
        mouse: settings.mouse,
        preview: settings.preview,
    }
}
