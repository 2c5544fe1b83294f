//! What every place where keys go can do, a screen or what lies over it. Its bindings are typed by the place: a binding
//! of one cannot be run on another.

use ratatui::layout::Rect;

use crate::domain::moment::Moment;
use crate::domain::path::Completion;
use crate::domain::plan::{Missing, Plan};
use crate::domain::question::Question;
use crate::domain::sketch::Sketch;

use super::canvas::Canvas;
use super::dialog::{Action, Answer, Overlay};
use super::examine::{document, text};
use super::field::Field;
use super::go::Go;
use super::hit::Target;
use super::keymap::{Binding, On};
use super::list::List;
use super::request::{Sources, WrittenFile, WrittenFiles};
use super::shared::Shared;

/// How many rows of a page are seen again on the next, and those around it.
const PAGE_OVERLAP: isize = 8;

/// What follows from a key, for the whole.
#[derive(Debug)]
pub enum Reply {
    /// Nothing: the place has changed itself.
    Stay,
    /// Another screen.
    Go(Go),
    /// Another screen, and the draft is kept, standing there.
    GoOn(Go),
    /// This lies over the screen.
    Over(Overlay),
    /// What was typed is not taken, and why.
    Refused(String),
    /// What lies over the screen goes, with what was decided.
    Decided(Decision),
}

/// What was decided over a screen.
#[derive(Debug)]
pub enum Decision {
    /// The asker is told.
    Answer(Answer),
    /// This is done, whatever is below.
    Do(Action),
    /// A binding of the screen below is run, by its place among all.
    Run(usize),
}

/// One binding of a place.
pub struct Row<P: ?Sized + 'static> {
    /// Its name in the settings.
    pub name: &'static str,
    /// Its keys, the first of which is shown.
    pub keys: &'static [&'static str],
    /// What it does, in a word or two; see [`Binding::label`].
    pub label: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Does it.
    pub run: fn(&mut P, &mut Shared) -> Reply,
}

/// The bindings of a place, by their kinds.
pub type Rows<P> = &'static [(On, &'static [Row<P>])];

/// Bindings, one in a line: name, keys, label, help, what it does.
macro_rules! rows {
    ($($on:ident { $($name:literal [$($key:literal),*] $label:literal $help:literal $run:expr;)+ })+) => {
        &[$(($on, &[$($crate::tui::place::Row {
            name: $name,
            keys: &[$($key),*],
            label: $label,
            help: $help,
            run: $run,
        },)+]),)+]
    };
}
pub(crate) use rows;

/// What is known of bindings without running them.
#[must_use]
pub fn bindings<P: ?Sized>(rows: Rows<P>) -> Vec<Binding> {
    let of_kind = |(on, rows): &(On, &'static [Row<P>])| {
        let on = *on;
        rows.iter().enumerate().map(move |(row, binding)| {
            let Row { name, keys, label, help, .. } = *binding;
            Binding { on, row, name, keys, label, help }
        })
    };
    rows.iter().flat_map(of_kind).collect()
}

/// Runs a binding of a place, if it is one of these.
pub fn run<P: ?Sized>(rows: Rows<P>, place: &mut P, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
    let (_, rows) = rows.iter().find(|(on, _)| *on == binding.on)?;
    rows.get(binding.row).map(|row| (row.run)(place, shared))
}

/// A place where keys go.
pub trait Place {
    /// The kinds of keys that work here now, the most particular first.
    fn kinds(&self, shared: &Shared) -> &'static [On];

    /// Runs one of its own bindings; `None` for that of another place.
    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply>;

    /// Draws it.
    fn draw(&self, canvas: &mut Canvas, area: Rect, shared: &Shared);

    /// The line that takes what is typed, if one does.
    fn field(&mut self, _shared: &Shared) -> Option<&mut Field> {
        None
    }

    /// What follows from a change of that line.
    fn typed(&mut self, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }

    /// Takes what is typed.
    fn type_text(&mut self, text: &str, shared: &mut Shared) -> Reply {
        let Some(field) = self.field(shared) else { return Reply::Stay };
        field.insert(text);
        self.typed(shared)
    }

    /// Takes a text that was pasted as one.
    fn paste(&mut self, text: &str, shared: &mut Shared) -> Reply {
        self.type_text(text, shared)
    }

    /// The list that a filter can lie on, if there is one.
    fn list(&mut self) -> Option<&mut List> {
        None
    }

    /// Moves the cursor, or scrolls, by so many rows.
    fn step(&mut self, _by: isize, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }

    /// Scrolls by pages.
    fn scroll_page(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.step(by * rows_of_page(shared), shared)
    }

    /// Answers to the wheel.
    fn wheel(&mut self, by: isize, shared: &mut Shared) -> Reply {
        self.step(by, shared)
    }

    /// What follows from any change, here or below.
    fn settle(&mut self, _shared: &mut Shared) {}

    /// What a key is called in the footer.
    fn label(&self, binding: &Binding) -> &'static str {
        binding.label
    }

    /// Answers to a click on something that is drawn here.
    fn click(&mut self, _target: Target, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }
}

/// How many rows a page has, less what is seen again on the next.
#[must_use]
pub fn rows_of_page(shared: &Shared) -> isize {
    isize::try_from(shared.look.size.1).unwrap_or(24).saturating_sub(PAGE_OVERLAP).max(1)
}

/// What a screen makes of the reports of its own requests: nothing, unless it asks for them.
pub trait Reports {
    /// A file that plans may be made of was read; what it holds is known already.
    fn fact(&mut self, _path: &str, _result: Result<(), String>, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }

    /// A file was read.
    fn file(&mut self, _path: String, _result: Result<String, String>, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }

    /// A path could go on so.
    fn completions(&mut self, _completions: Vec<Completion>) {}

    /// These drafts are there: name and age in words.
    fn drafts(&mut self, _drafts: Vec<(String, String)>) {}

    /// A draft was read.
    fn draft(&mut self, _name: String, _result: Result<String, String>, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }

    /// The sources of credentials were found.
    fn sources(&mut self, _sources: Sources, _shared: &mut Shared) {}

    /// A file was written, or not.
    fn written(&mut self, written: WrittenFile, shared: &mut Shared) -> Reply {
        shared.say_written(&written);
        Reply::Stay
    }

    /// Files were written into a folder, or not.
    fn written_all(&mut self, written: WrittenFiles, shared: &mut Shared) -> Reply {
        shared.say_written_all(&written);
        Reply::Stay
    }

    /// A text was looked through.
    fn text_examined(&mut self, _found: text::Examination, _shared: &mut Shared) {}

    /// A document was checked.
    fn document_examined(&mut self, _found: document::Examination, _shared: &mut Shared) {}

    /// A sketch was made.
    fn sketched(&mut self, _sketch: Sketch) {}

    /// A plan was made, or what it lacks.
    fn planned(&mut self, _made: Result<Plan, Box<Missing>>, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }

    /// The user's editor has ended: the text that it left and whether it ended well, or why there is none.
    fn edited(&mut self, _result: Result<(String, bool), String>, _shared: &mut Shared) {}
}

/// A screen: a place that is there on its own.
pub trait ScreenPlace: Place + Reports {
    /// What is being worked on, for the title line.
    fn title(&self, shared: &Shared) -> String;

    /// How far one is, or what time it is, for the title line.
    fn progress(&self, _shared: &Shared) -> String {
        String::new()
    }

    /// Takes what was decided about its question.
    fn answered(&mut self, _answer: Answer, _shared: &mut Shared) -> Reply {
        Reply::Stay
    }

    /// Whether something on it changes with time.
    fn goes_with_time(&self) -> bool {
        false
    }

    /// Lets time pass.
    fn pass_time(&mut self, _now: Moment, _shared: &mut Shared) {}

    /// The question at which the draft stands.
    fn question(&self) -> Option<&'static Question> {
        None
    }

    /// Hands in the answer at hand, if it can stand.
    fn hand_in(&mut self, _shared: &mut Shared) {}

    /// Keeps what was changed last and may not be in the draft yet, for the program ends.
    fn last_words(&mut self, _shared: &mut Shared) {}
}
