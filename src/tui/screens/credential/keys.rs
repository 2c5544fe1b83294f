//! The keys of the screen on credentials.

use ratatui::layout::Rect;

use super::{Credential, view};
use crate::tui::canvas::Canvas;
use crate::tui::common::{COMMANDS, EVERYWHERE};
use crate::tui::hit::Target;
use crate::tui::keymap::{Binding, On};
use crate::tui::list::moved;
use crate::tui::place::{self, Place, Reply, Rows, rows, rows_of_page};
use crate::tui::shared::Shared;

const CREDENTIAL: On = On::new("Credential");

/// Its places, each with the kinds of keys that work there.
pub static PLACES: &[&[On]] = &[WATCHING];
const WATCHING: &[On] = &[CREDENTIAL, COMMANDS, EVERYWHERE];

/// Its keys.
#[rustfmt::skip]
pub static KEYS: Rows<Credential> = rows! {
    CREDENTIAL {
        "pause" ["space"] "pause" "stop reading, or go on" Credential::pause;
        "read-now" ["r"] "read now" "read every source at once" Credential::read_now;
        "who" ["w", "tab"] "who wins" "show which credential each official client takes, or the sources again" Credential::show_clients;
        "show-secrets" ["x"] "show secrets" "show the secrets for ten seconds, after a word that confirms it" Credential::reveal;
        "copy-as" ["e"] "copy as" "copy the credential as export lines, JSON or an ini profile" Credential::copy_as;
        "up" ["up", "k"] "" "the source above" |screen, shared| screen.step(-1, shared);
        "down" ["down", "j"] "" "the source below" |screen, shared| screen.step(1, shared);
        "document-up" ["pageup"] "" "a page up" |screen, shared| screen.scroll_page(-1, shared);
        "document-down" ["pagedown"] "" "a page down" |screen, shared| screen.scroll_page(1, shared);
        "back" ["esc"] "back" "hide the secrets, or to the start" Credential::leave;
    }
};

impl Place for Credential {
    fn kinds(&self, _: &Shared) -> &'static [On] {
        WATCHING
    }

    fn run(&mut self, binding: &Binding, shared: &mut Shared) -> Option<Reply> {
        place::run(KEYS, self, binding, shared)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, shared: &Shared) {
        view::draw(&shared.credentials, canvas, area);
    }

    /// Moves to another source; among the clients, scrolls.
    fn step(&mut self, by: isize, shared: &mut Shared) -> Reply {
        if shared.credentials.shows_clients {
            scroll(by, shared);
            return Reply::Stay;
        }
        let credentials = &mut shared.credentials;
        let count = credentials.looked.as_ref().map_or(0, |looked| looked.watch.sources.len());
        credentials.cursor = moved(credentials.cursor, by, count.saturating_sub(1));
        credentials.scroll = 0;
        Reply::Stay
    }

    fn scroll_page(&mut self, by: isize, shared: &mut Shared) -> Reply {
        scroll(by * rows_of_page(shared), shared);
        Reply::Stay
    }

    fn click(&mut self, target: Target, shared: &mut Shared) -> Reply {
        match target {
            Target::Entry(index) => shared.credentials.cursor = index,
            Target::Step(_) | Target::Tab(_) | Target::Key(_) | Target::Text(..) => {}
        }
        Reply::Stay
    }
}

/// Scrolls by so many rows.
fn scroll(by: isize, shared: &mut Shared) {
    let room = usize::from(shared.look.size.1.saturating_sub(6));
    let rows = view::rows_at(&shared.credentials, &shared.look).saturating_sub(room);
    shared.credentials.scroll = moved(shared.credentials.scroll, by, rows);
}
