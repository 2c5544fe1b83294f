//! What lies over a screen, a file each: its keys and its view. It tells what was decided and calls nobody.

pub mod ask;
pub mod key_list;
pub mod palette;
mod panel;
pub mod pick;
pub mod prompt;

use super::dialog::Overlay;
use super::place::Place;

/// What lies over the screen, as the place where keys go.
#[must_use]
pub fn place(overlay: &Overlay) -> &(dyn Place + 'static) {
    match overlay {
        Overlay::Keys(keys) => keys,
        Overlay::Palette(palette) => palette,
        Overlay::Ask(ask) => ask,
        Overlay::Pick(pick) => pick,
        Overlay::Prompt(prompt) => prompt,
    }
}

/// What lies over the screen, as the place where keys go.
pub fn place_mut(overlay: &mut Overlay) -> &mut (dyn Place + 'static) {
    match overlay {
        Overlay::Keys(keys) => keys,
        Overlay::Palette(palette) => palette,
        Overlay::Ask(ask) => ask,
        Overlay::Pick(pick) => pick,
        Overlay::Prompt(prompt) => prompt,
    }
}
