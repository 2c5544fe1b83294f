//! The wizard: a view over answers and documents, driven by keys. It decides nothing about policies and configs,
//! and shows nothing that the command line does not print.
//!
//! [`app::App`] is the state: `update` takes what happened and says what is to be done outside, `view` draws. `run` is the
//! loop around it. Arrows lead down only:
//!
//! 1. `run`, [`outside`]: the loop, and what is done outside.
//! 2. [`app`]: which screen is shown, what lies over it, who gets which report. It knows no screen's keys.
//! 3. [`screens`]: a folder each, with state, keys and view; none knows another.
//! 4. [`overlays`]: what lies over a screen; it tells what was decided.
//! 5. [`place`], [`common`]: what screens and overlays are, and the keys that they have in common.
//! 6. [`shared`], [`request`], [`go`], [`dialog`]: what they share, want and say.
//! 7. Widgets and values: fields, lists, the text buffer, colours, key presses.

pub mod app;
pub mod buffer;
pub mod canvas;
pub mod common;
pub mod completions;
pub mod dialog;
pub mod examine;
pub mod field;
pub mod go;
mod guest;
pub mod highlight;
pub mod hit;
pub mod jobs;
pub mod keymap;
mod late_answer;
pub mod list;
pub mod look;
pub mod outside;
pub mod overlays;
mod panics;
pub mod path_input;
pub mod place;
pub mod press;
mod reader;
pub mod request;
mod run;
pub mod saving;
pub mod screens;
pub mod severity;
pub mod shared;
pub mod sheet_view;
pub mod shown;
mod signals;
mod terminal;
pub mod wrap;

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, take_hook};

use tokio::sync::mpsc::UnboundedReceiver;

use crate::domain::answers::Answers;
use crate::domain::credential::Found;
use crate::domain::settings::{Settings, SymbolSet, ThemeName};
use crate::host::drafts::Drafts;
use crate::host::environment::Machine;
use crate::host::surroundings::Surroundings;

use app::{App, Screen, keymap};
use go::Go;
use late_answer::LateAnswers;
use look::{Look, Symbols, Theme};
use outside::listed;
use request::{Effect, Read, Request};
use shared::work::Work;

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
    let machine = Machine { drafts: Drafts::here() };
    let around = Surroundings::here();
    let asks = settings.theme == ThemeName::Auto && !around.no_color;
    let background = asks.then(|| around.background());
    let late = LateAnswers::expecting(if background == Some(None) { QUESTIONS } else { 0 });
    let (app, first) = begin(start, settings, notes, &machine, &around, background.flatten());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(run::run(app, first, machine, panics, late));
    // What still runs beside must not keep the terminal waiting.
    runtime.shutdown_background();
    ended
}

/// The state at the start, and what is to be done first.
fn begin(
    start: Start,
    settings: Settings,
    notes: &[String],
    machine: &Machine,
    around: &Surroundings,
    background: Option<ThemeName>,
) -> (App, Vec<Effect>) {
    let (keys, mistakes) = keymap(&settings.keys);
    let look = look(&start, &settings, around, background);
    let work = Work::new(String::new(), around.folder.clone(), settings);
    let mut app = App::new(Work { home: around.home.clone(), ..work }, look, keys);
    if let Screen::Home(home) = &mut app.screen {
        home.take(listed(machine));
    }
    if let Some(answers) = start.answers {
        app.shared.work.take(answers);
        for path in app.shared.work.looks() {
            app.shared.look_at(path);
        }
        app.go(Go::FirstOpen);
        app.shared.keep(None);
    } else if let Some(found) = start.credential {
        app.go(Go::Credential(Some(found)));
    } else if let Some(name) = start.draft {
        app.shared.jobs.start(Request::Read(Read::Draft(name)));
    } else if start.fresh {
        app.go(Go::Fresh);
    }
    let note = notes.first().cloned().or_else(|| {
        mistakes.first().map(|mistake| format!("settings, line {}: {}", mistake.line, mistake.message))
    });
    if let Some(note) = note {
        app.shared.complain(note);
    }
    let first = app.settle();
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
