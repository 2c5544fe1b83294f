//! Who has the terminal for a while in place of the screens: the user's own editor, a text as it is, the shell.

use std::io;
use std::thread;

use tokio::sync::oneshot::{Receiver, channel};

use super::outside::{edited, print_and_wait};
use super::request::{Message, Report, Ticket};
use crate::domain::text::visible;
use crate::host::{external_editor, process};

/// Who gets the terminal.
pub enum Guest {
    /// The user's own editor, with a text and a name for its file.
    Editor {
        /// Whose request it is.
        ticket: Ticket,
        /// The text.
        text: String,
        /// The name.
        name: String,
    },
    /// A text on the main screen, where it can be selected whole, until Enter is pressed.
    Raw(String),
    /// The shell that the program was started from, until it lets the program go on.
    Shell,
}

impl Guest {
    /// Whether Ctrl-C is the guest's own matter, and no other signal may end it in the middle of its work.
    pub fn is_left_alone(&self) -> bool {
        matches!(self, Self::Editor { .. })
    }

    /// Begins, in a thread of its own; what came of it.
    pub fn begin(self) -> Receiver<io::Result<Option<Message>>> {
        let (sender, result) = channel();
        thread::spawn(move || {
            // Nobody waits for it once the wizard has ended.
            let _ = sender.send(self.stay());
        });
        result
    }

    fn stay(self) -> io::Result<Option<Message>> {
        match self {
            Self::Editor { ticket, text, name } => {
                let report = Report::Edited(edited(external_editor::edit(&text, &name)));
                Ok(Some(Message { ticket, is_last: true, report }))
            }
            Self::Raw(text) => print_and_wait(&visible(&text)).map(|()| None),
            Self::Shell => {
                process::stop();
                Ok(None)
            }
        }
    }
}
