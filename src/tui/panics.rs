//! What is told of a panic once the terminal is given back: the place and the beginning of the message. It quotes
//! nothing, for what a panic quotes can be a document.

use std::panic::{PanicHookInfo, set_hook};
use std::thread;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::terminal;
use crate::domain::secret::mask_words;
use crate::domain::text::visible_line;

/// How many characters of a message are told.
const LONGEST: usize = 200;

/// Has every panic from now on reported, in place of the message that the language prints into the screen.
pub fn watch() -> UnboundedReceiver<String> {
    let (sender, reports) = unbounded_channel();
    let own = thread::current().id();
    set_hook(Box::new(move |panic| {
        // Nobody waits for it once the wizard has ended.
        let _ = sender.send(report(panic));
        // What panics beside leaves the terminal to the loop, which ends on the report.
        if thread::current().id() == own {
            terminal::give_back();
        }
    }));
    reports
}

fn report(panic: &PanicHookInfo) -> String {
    let place = panic.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let payload = panic.payload();
    let message =
        payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let message = message.map(told).filter(|message| !message.is_empty());
    let message = message.map(|message| format!(": {message}")).unwrap_or_default();
    format!(
        "ramrole: it broke{place}{message}\n\
         hint: this is a fault of ramrole, not of your answers; the draft keeps them: go on with `ramrole`\n"
    )
}

/// The message up to what it quotes, without secrets, on one line.
fn told(message: &str) -> String {
    let end = message.find(['"', '\'', '`']).unwrap_or(message.len());
    let masked = mask_words(message[..end].trim_end());
    visible_line(&masked).chars().take(LONGEST).collect()
}

/// Panics as a cut through a character does, or has a thread beside do it, where a test asks for it.
#[cfg(debug_assertions)]
pub fn provoke() {
    let cut = |text: &str| text[1..].len();
    match crate::host::surroundings::panic_asked_for() {
        Some(text) if text.ends_with("beside") => drop(thread::spawn(move || cut(&text))),
        Some(text) => drop(cut(&text).to_string()),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_quoted_is_told() {
        assert_eq!(
            told("byte index 1 is not a char boundary; it is inside '中' of `中 LTAI`"),
            "byte index 1 is not a char boundary; it is inside"
        );
        assert_eq!(told("called `Option::unwrap()` on a `None` value"), "called");
        assert_eq!(told("no: \"secret\""), "no:");
        assert_eq!(told("password=hunter2 is\nwrong"), "password=*** is␊wrong");
        assert_eq!(told(&"long ".repeat(100)).chars().count(), LONGEST);
    }
}
