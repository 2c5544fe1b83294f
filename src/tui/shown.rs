//! What is done with a text that a screen shows: copied, or shown raw.

use super::dialog::{Action, Ask, Overlay, Then};
use super::place::Reply;
use super::request::{Effect, Write};
use super::shared::Shared;
use crate::domain::credential::Secret;
use crate::domain::edit::masked;

/// A text with its name, and whether it may hold secrets.
#[derive(Debug)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// The text, whole.
    pub text: String,
    /// Whether it may hold secrets.
    pub secret: bool,
}

/// Copies the text.
pub fn copy(shown: Option<Shown>, shared: &mut Shared) -> Reply {
    if let Some(Shown { name, text, .. }) = shown {
        shared.write(Write::Clipboard { what: name, text: Secret::new(text) });
    }
    Reply::Stay
}

/// Shows the text without borders, outside the screens; one with secrets only when that is confirmed.
pub fn raw(shown: Option<Shown>, shared: &mut Shared) -> Reply {
    match shown {
        None => Reply::Stay,
        Some(Shown { text, secret: false, .. }) => {
            shared.jobs.effect(Effect::ShowRaw(text));
            Reply::Stay
        }
        Some(Shown { name, text, secret: true }) => {
            let title = format!("{name} holds secrets. Show them too? They stay in the terminal's history.");
            let show = |text| Then::Do(Action::ShowRaw(text));
            let ask = Ask::new(title, "show all of it").or("show it masked", show(masked(&text)));
            Reply::Over(Overlay::Ask(Ask { yes: (ask.yes.0, show(text)), ..ask }))
        }
    }
}
