//! The wizard's state, and how it answers to what happens. It touches nothing outside: what is to be done there
//! goes out as an [`Effect`] and comes back as a [`Msg`].

mod checking;
mod contexts;
mod credential;
mod documents;
mod editing;
mod go;
mod keeping;
mod outcome;
mod overlays;
mod pointing;
mod typing;
mod view;

pub use contexts::{PLACES, types_text};
pub use typing::moved;

use super::check::Check;
use super::editor::Editor;
use super::effect::{Effect, Msg};
use super::explain::Explain;
use super::home::Home;
use super::keys::Keymap;
use super::look::Look;
use super::overlay::{Overlay, Then};
use super::page::Page;
use super::preview::Preview;
use super::work::Work;

/// All that the wizard knows.
#[derive(Debug)]
pub struct App {
    /// The answers and documents.
    pub work: Work,
    /// What is shown.
    pub screen: Screen,
    /// What lies over it.
    pub overlay: Option<Overlay>,
    /// What was last said; the next key takes it away.
    pub notice: Option<Notice>,
    /// How things look.
    pub look: Look,
    /// Which key does what.
    pub keys: Keymap,
}

/// The screens, each with its own state.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one screen at a time")]
pub enum Screen {
    /// Where one starts.
    Home(Home),
    /// A question.
    Page(Page),
    /// A document in the editor.
    Editor(Box<Editor>),
    /// The finished plan.
    Preview(Preview),
    /// A message of the platform, explained.
    Explain(Explain),
    /// A document, checked.
    Check(Check),
    /// The credentials of this machine.
    Credential,
}

/// Something said on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
}

impl App {
    /// The wizard at its start.
    #[must_use]
    pub fn new(work: Work, look: Look, keys: Keymap) -> Self {
        Self { work, screen: Screen::Home(Home::default()), overlay: None, notice: None, look, keys }
    }

    /// Answers to what happened.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = match msg {
            Msg::Press(press) => {
                self.notice = None;
                match self.keys.find(self.contexts(), press) {
                    Some(binding) => (binding.run)(self),
                    None => press
                        .character()
                        .map(|c| self.type_text(c.encode_utf8(&mut [0; 4])))
                        .unwrap_or_default(),
                }
            }
            Msg::Paste(text) => {
                self.notice = None;
                self.paste(&text)
            }
            Msg::Click(target) => self.click(target),
            Msg::Wheel(by) => self.wheel(by),
            Msg::Tick(now) => self.pass_time(now),
            Msg::Size(columns, rows) => {
                self.look.size = (columns, rows);
                Vec::new()
            }
            Msg::Outside(outcome) => self.outcome(outcome),
        };
        effects.extend(self.settle());
        effects
    }

    /// What follows from any change: the cursor of the palette on something that can be done, sketches of large documents, findings of a text that was edited, its cursor on
    /// the screen.
    fn settle(&mut self) -> Option<Effect> {
        let (rows, columns) = (self.text_rows(), self.text_columns());
        self.settle_palette();
        match &mut self.screen {
            Screen::Page(page) => page.refresh(&mut self.work),
            Screen::Editor(editor) => {
                editor.follow(rows, columns);
                editor.refresh(&mut self.work)
            }
            Screen::Check(check) => check.refresh(&mut self.work),
            _ => None,
        }
    }

    /// Keeps what was changed last and may not be in the draft yet, for the program ends.
    pub fn last_words(&mut self) -> Option<Effect> {
        match &mut self.screen {
            Screen::Editor(editor) => editor.keep_now(&mut self.work),
            Screen::Check(check) => check.keep_now(&mut self.work),
            _ => None,
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

    /// Does what was confirmed. Answers whose draft is forgotten are forgotten too.
    pub fn then(&mut self, then: Then) -> Vec<Effect> {
        match then {
            Then::Effects(effects) => {
                let is_own =
                    |effect: &Effect| matches!(effect, Effect::DropDraft(name) if *name == self.work.name);
                if effects.iter().any(is_own) {
                    self.work.begin_anew();
                }
                effects
            }
            Then::Run(run) => run(self),
        }
    }

    /// The page, where one is shown.
    pub fn page(&mut self) -> Option<(&mut Page, &mut Work)> {
        match &mut self.screen {
            Screen::Page(page) => Some((page, &mut self.work)),
            _ => None,
        }
    }
}
