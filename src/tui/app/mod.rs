//! The wizard's state, and how it answers to what happens. It touches nothing outside: what is to be done there goes out
//! as an [`Effect`] and comes back as a [`Msg`]. It knows that there are screens, and of none what it does.

mod go;
mod keys;
mod report;
mod screen;
mod view;

pub use keys::{ALL, PLACES, keymap};
pub use screen::Screen;

use super::common::run_at;
use super::dialog::{Action, Answer, Asker, Overlay, Prompt};
use super::hit::Target;
use super::keymap::Keymap;
use super::look::Look;
use super::overlays;
use super::place::{Decision, Place, Reply};
use super::request::{Effect, Msg, Write};
use super::screens::home::Home;
use super::shared::Shared;
use super::shared::work::Work;
use crate::domain::draft_name::DraftName;
use crate::domain::values::Invalid;

/// All that the wizard knows.
#[derive(Debug)]
pub struct App {
    /// What all screens share.
    pub shared: Shared,
    /// What is shown.
    pub screen: Screen,
    /// What lies over it.
    pub overlay: Option<Overlay>,
}

impl App {
    /// The wizard at its start.
    #[must_use]
    pub fn new(work: Work, look: Look, keys: Keymap) -> Self {
        let mut shared = Shared::new(work, look, keys);
        shared.jobs.enter();
        let mut app = Self { shared, screen: Screen::Home(Home::default()), overlay: None };
        app.settle();
        app
    }

    /// Answers to what happened.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        self.look_around();
        match msg {
            Msg::Press(press) => {
                self.shared.notice = None;
                match self.shared.keys.find(self.shared.kinds, press) {
                    Some(index) => self.run(index),
                    None => {
                        if let Some(character) = press.character() {
                            self.type_text(character.encode_utf8(&mut [0; 4]));
                        }
                    }
                }
            }
            Msg::Paste(text) => {
                self.shared.notice = None;
                self.at_top(|place, shared| place.paste(&text, shared));
            }
            Msg::Click(target) => self.click(target),
            Msg::Wheel(by) => self.at_top(|place, shared| place.wheel(by, shared)),
            Msg::Tick(now) => self.screen.place_mut().pass_time(now, &mut self.shared),
            Msg::Size(columns, rows) => self.shared.look.size = (columns, rows),
            Msg::Report(message) => self.report(message),
        }
        self.settle()
    }

    /// What follows from any change, and what is to be done outside.
    pub fn settle(&mut self) -> Vec<Effect> {
        self.look_around();
        self.screen.place_mut().settle(&mut self.shared);
        if let Some(overlay) = &mut self.overlay {
            overlays::place_mut(overlay).settle(&mut self.shared);
        }
        self.shared.jobs.effects()
    }

    /// Keeps what was changed last and may not be in the draft yet, for the program ends.
    pub fn last_words(&mut self) -> Vec<Effect> {
        self.screen.place_mut().last_words(&mut self.shared);
        self.shared.jobs.effects()
    }

    /// Whether something on the screen changes with time.
    #[must_use]
    pub fn goes_with_time(&self) -> bool {
        self.screen.place().goes_with_time()
    }

    /// Tells the places which keys work now.
    fn look_around(&mut self) {
        self.shared.kinds_below = self.screen.place().kinds(&self.shared);
        self.shared.kinds = self.top().kinds(&self.shared);
        self.shared.is_covered = self.overlay.is_some();
    }

    /// Where keys go now.
    fn top(&self) -> &(dyn Place + 'static) {
        match &self.overlay {
            Some(overlay) => overlays::place(overlay),
            None => self.screen.place(),
        }
    }

    fn at_top(&mut self, act: impl FnOnce(&mut (dyn Place + 'static), &mut Shared) -> Reply) {
        let place: &mut (dyn Place + 'static) = match &mut self.overlay {
            Some(overlay) => overlays::place_mut(overlay),
            None => self.screen.place_mut(),
        };
        let reply = act(place, &mut self.shared);
        self.follow(reply);
    }

    fn type_text(&mut self, text: &str) {
        self.at_top(|place, shared| place.type_text(text, shared));
    }

    fn run(&mut self, index: usize) {
        let binding = self.shared.keys.binding(index);
        self.at_top(|place, shared| run_at(place, binding, shared));
    }

    /// Answers to a click, unless it was meant for an earlier screen.
    fn click(&mut self, target: Target) {
        match target {
            Target::Key(index) => {
                if self.shared.keys.active(self.shared.kinds).any(|active| active == index) {
                    self.shared.notice = None;
                    self.run(index);
                }
            }
            Target::Entry(_) | Target::Step(_) | Target::Tab(_) | Target::Text(..) => {
                if self.overlay.is_none() {
                    self.shared.notice = None;
                }
                self.at_top(|place, shared| place.click(target, shared));
            }
        }
    }

    /// Does what follows from a reply.
    fn follow(&mut self, reply: Reply) {
        match reply {
            Reply::Stay => {}
            Reply::Go(go) => self.go(go),
            Reply::GoOn(go) => {
                self.go(go);
                self.shared.keep(self.screen.place().question());
            }
            Reply::Over(overlay) => self.overlay = Some(overlay),
            Reply::Refused(problem) => {
                if let Some(Overlay::Prompt(prompt)) = &mut self.overlay {
                    prompt.problem = Some(problem);
                }
            }
            Reply::Decided(decision) => self.decide(decision),
        }
    }

    /// Takes what lies over the screen away, and does what was decided there.
    fn decide(&mut self, decision: Decision) {
        let overlay = self.overlay.take();
        self.look_around();
        match decision {
            Decision::Run(index) => self.run(index),
            Decision::Do(Action::ShowRaw(text)) => self.shared.jobs.effect(Effect::ShowRaw(text)),
            Decision::Do(Action::Copy(what, text)) => {
                self.shared.write(Write::Clipboard { what, text });
            }
            Decision::Answer(answer) => {
                let reply = match (&overlay, answer) {
                    (Some(Overlay::Prompt(Prompt { asker: Asker::Draft, .. })), Answer::Typed(name)) => {
                        self.name_draft(&name)
                    }
                    (_, answer) => self.screen.place_mut().answered(answer, &mut self.shared),
                };
                if let Reply::Refused(_) = reply {
                    self.overlay = overlay;
                }
                self.follow(reply);
            }
        }
    }

    /// Gives the draft a name, unless it has it already.
    fn name_draft(&mut self, name: &str) -> Reply {
        let name: DraftName = match name.parse().map_err(|invalid: Invalid| invalid.to_string()) {
            Ok(name) => name,
            Err(problem) => return Reply::Refused(problem),
        };
        if name.as_str() == self.shared.work.name {
            self.shared.say(format!("the draft is called {name} already"));
        } else {
            let from = self.shared.work.name.clone();
            self.shared.write(Write::DraftName { from, to: name.to_string() });
        }
        Reply::Stay
    }
}
