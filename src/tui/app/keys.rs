//! The keys of all places together.

use std::sync::LazyLock;

use super::screen::Screen;
use crate::domain::settings::{KeyOverride, Mistake};
use crate::tui::common::{OF_ALL, OF_PLACES};
use crate::tui::keymap::{Binding, Keymap, On};
use crate::tui::overlays::{ask, key_list, palette, pick, prompt};
use crate::tui::place::bindings;

/// Every binding there is.
pub static ALL: LazyLock<Vec<Binding>> = LazyLock::new(|| {
    let overlays = [
        bindings(pick::KEYS),
        bindings(key_list::KEYS),
        bindings(palette::KEYS),
        bindings(ask::KEYS),
        bindings(prompt::KEYS),
    ];
    let common = [bindings(OF_PLACES), bindings(OF_ALL)];
    Screen::bindings().into_iter().chain(overlays).chain(common).flatten().collect()
});

/// Every place: the kinds of keys that work together.
pub static PLACES: LazyLock<Vec<&'static [On]>> = LazyLock::new(|| {
    let overlays = [key_list::PLACES, palette::PLACES, ask::PLACES, pick::PLACES, prompt::PLACES];
    let mut places: Vec<&'static [On]> = Vec::new();
    for place in overlays.into_iter().chain(Screen::places()).flatten() {
        if !places.contains(place) {
            places.push(place);
        }
    }
    places
});

/// The keys in force; of those of the settings, what cannot stand is said and left out.
#[must_use]
pub fn keymap(overrides: &[KeyOverride]) -> (Keymap, Vec<Mistake>) {
    Keymap::new(&ALL, &PLACES).with(overrides)
}
