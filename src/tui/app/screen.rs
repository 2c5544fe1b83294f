//! The screens. A new one is a line here, and an arm in [`App::go`](super::App) for whoever wants to go there.

use crate::tui::keymap::{Binding, On};
use crate::tui::place::{ScreenPlace, bindings};
use crate::tui::screens::{check, credential, editor, explain, home, page, preview};

/// The screens, each with the module that it lies in.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident $module:ident;)+) => {
        /// The screens, each with its own state.
        #[derive(Debug)]
        pub enum Screen {
            $($(#[$doc])* $name($module::$name),)+
        }

        impl Screen {
            /// The screen as what every screen is.
            #[must_use]
            pub fn place(&self) -> &(dyn ScreenPlace + 'static) {
                match self {
                    $(Self::$name(screen) => screen,)+
                }
            }

            /// The screen as what every screen is.
            pub fn place_mut(&mut self) -> &mut (dyn ScreenPlace + 'static) {
                match self {
                    $(Self::$name(screen) => screen,)+
                }
            }

            /// The bindings of each.
            pub(super) fn bindings() -> Vec<Vec<Binding>> {
                vec![$(bindings($module::KEYS)),+]
            }

            /// The places of each.
            pub(super) fn places() -> Vec<&'static [&'static [On]]> {
                vec![$($module::PLACES),+]
            }
        }
    };
}

screens! {
    /// Where one starts.
    Home home;
    /// A question.
    Page page;
    /// The finished plan.
    Preview preview;
    /// A document in the editor.
    Editor editor;
    /// A message of the platform, explained.
    Explain explain;
    /// A document, checked.
    Check check;
    /// The credentials of this machine.
    Credential credential;
}
