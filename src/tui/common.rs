//! The bindings that several places have in common, and those that work on every screen.

use super::dialog::{Asker, KeyList, Overlay, Palette, Prompt};
use super::field::Field;
use super::go::Go;
use super::keymap::{Binding, On};
use super::place::{Place, Reply, Rows, rows, run};
use super::request::Effect;
use super::shared::Shared;

/// In a line that is typed.
pub const FIELD: On = On::typing("Field");
/// In a filter.
pub const FILTER: On = On::new("Filter");
/// Where letters are commands.
pub const COMMANDS: On = On::new("Commands");
/// On every screen, whatever is typed.
pub const EVERYWHERE: On = On::new("Everywhere");
/// In the palette alone.
pub const MENU: On = On::new("Menu");

/// The bindings of a place that can be filtered or typed into.
#[rustfmt::skip]
pub static OF_PLACES: Rows<dyn Place> = rows! {
    FILTER {
        "keep-filter" ["enter"] "keep" "keep what is shown" drop_filter;
        "drop-filter" ["esc"] "all" "show everything again" drop_filter;
        "up" ["up"] "+" "the row above" |place, shared| place.step(-1, shared);
        "down" ["down"] "move" "the row below" |place, shared| place.step(1, shared);
    }
    FIELD {
        "left" ["left"] "" "a character to the left" |place, shared| edit(place, shared, Field::left);
        "right" ["right"] "" "a character to the right" |place, shared| edit(place, shared, Field::right);
        "line-start" ["home"] "" "to the start" |place, shared| edit(place, shared, Field::home);
        "line-end" ["end"] "" "to the end" |place, shared| edit(place, shared, Field::end);
        "backspace" ["backspace"] "" "take the character before the cursor away" |place, shared| edit(place, shared, Field::backspace);
        "delete" ["delete"] "" "take the character behind the cursor away" |place, shared| edit(place, shared, Field::delete);
        "clear" ["ctrl-u"] "" "take everything before the cursor away" |place, shared| edit(place, shared, Field::clear_before);
    }
};

/// The bindings that work whatever is shown.
#[rustfmt::skip]
pub static OF_ALL: Rows<()> = rows! {
    COMMANDS {
        "palette" [":"] "" "everything that can be done, by name" open_palette;
        "keys" ["?"] "keys" "the keys that work now" open_keys;
        "quit" ["q"] "quit" "leave; the answers stay in the draft" quit;
    }
    EVERYWHERE {
        "palette" ["ctrl-p"] "" "everything that can be done, by name" open_palette;
        "keys" ["ctrl-k"] "" "the keys that work now" open_keys;
        "mouse" ["alt-m"] "" "take clicks, or leave the mouse to the terminal" toggle_mouse;
        "quit" ["ctrl-c"] "" "leave; the answers stay in the draft" quit;
    }
    MENU {
        "home" [] "" "go to the start" |(), _| Reply::Go(Go::Home);
        "fresh" [] "" "begin anew, with a draft of its own" |(), _| Reply::Go(Go::Fresh);
        "finish" [] "" "go to the finished plan" |(), _| Reply::GoOn(Go::Finish);
        "name-draft" [] "" "give the draft a name" |(), shared| name_draft(&shared.work.name.clone(), None);
        "go-check" [] "" "check a document" |(), _| Reply::Go(Go::Check);
        "go-explain" [] "" "explain an error" |(), _| Reply::Go(Go::Explain);
        "go-credential" [] "" "watch the credential inside an instance" |(), _| Reply::Go(Go::Credential(None));
    }
};

/// Runs a binding where keys go now: one of the place itself, or one that places have in common.
pub fn run_at(place: &mut (dyn Place + 'static), binding: &Binding, shared: &mut Shared) -> Reply {
    let reply = place.run(binding, shared);
    let reply = reply.or_else(|| run(OF_PLACES, place, binding, shared));
    let reply = reply.or_else(|| run(OF_ALL, &mut (), binding, shared));
    reply.unwrap_or(Reply::Stay)
}

/// Asks for a name for the draft.
#[must_use]
pub fn name_draft(name: &str, problem: Option<String>) -> Reply {
    let help = "Letters, digits, `-` and `_`; it is listed under this name at the next start.";
    let prompt = Prompt::new("What should the draft be called?", help, name);
    Reply::Over(Overlay::Prompt(Prompt { problem, asker: Asker::Draft, ..prompt }))
}

fn edit(place: &mut dyn Place, shared: &mut Shared, change: fn(&mut Field)) -> Reply {
    if let Some(field) = place.field(shared) {
        change(field);
    }
    place.typed(shared)
}

fn drop_filter(place: &mut (dyn Place + 'static), _: &mut Shared) -> Reply {
    if let Some(list) = place.list() {
        list.filter = None;
    }
    Reply::Stay
}

/// Opens a filter on the list at hand.
pub fn filter(place: &mut dyn Place) -> Reply {
    if let Some(list) = place.list() {
        list.filter = Some(Field::default());
    }
    Reply::Stay
}

fn open_palette((): &mut (), _: &mut Shared) -> Reply {
    Reply::Over(Overlay::Palette(Palette::default()))
}

fn open_keys((): &mut (), _: &mut Shared) -> Reply {
    Reply::Over(Overlay::Keys(KeyList::default()))
}

fn quit((): &mut (), shared: &mut Shared) -> Reply {
    shared.jobs.effect(Effect::Quit);
    Reply::Stay
}

/// Takes clicks, or leaves the mouse to the terminal.
fn toggle_mouse((): &mut (), shared: &mut Shared) -> Reply {
    let taken = !shared.look.mouse;
    shared.look.mouse = taken;
    let key = shared.key_of("mouse").unwrap_or_default();
    let told =
        format!("clicks are taken; the terminal's own selection works with Shift held, or after {key}");
    shared.say(if taken { told } else { "the mouse is the terminal's again".to_owned() });
    shared.jobs.effect(Effect::Mouse(taken));
    Reply::Stay
}
