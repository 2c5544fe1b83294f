//! What the program was started in: the folder, the locale, the terminal and what its environment asks for.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};

use crate::domain::settings::ThemeName;

/// What the program was started in.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, none follows from another")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The folder; empty where it has gone.
    pub folder: String,
    /// The user's home; empty where there is none.
    pub home: String,
    /// Whether the environment asks for no colours.
    pub no_color: bool,
    /// Whether the locale knows more than ASCII. One that is not set counts as UTF-8: containers set none, and
    /// their terminals are UTF-8.
    pub utf8: bool,
    /// Whether plain lines are asked for: `ACCESSIBLE`, or a terminal that knows no escape codes.
    pub plain: bool,
    /// Whether standard input and output are terminals.
    pub is_terminal: bool,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn here() -> Self {
        Self {
            folder: env::current_dir()
                .map(|folder| folder.to_string_lossy().into_owned())
                .unwrap_or_default(),
            home: super::home(),
            is_terminal: io::stdin().is_terminal() && io::stdout().is_terminal(),
            ..Self::from(|name| env::var_os(name))
        }
    }

    fn from(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let locale = locale.map(|locale| locale.to_string_lossy().to_lowercase());
        let utf8 = |locale: &String| locale.contains("utf-8") || locale.contains("utf8");
        Self {
            no_color: set("NO_COLOR").is_some(),
            utf8: locale.as_ref().is_none_or(utf8),
            plain: set("ACCESSIBLE").is_some_and(|value| value != "0")
                || set("TERM").is_some_and(|term| term == "dumb"),
            ..Self::default()
        }
    }

    /// The theme for the terminal's background, which the terminal is asked for; `None` where it does not answer
    /// within a fifth of a second.
    #[must_use]
    pub fn background(&self) -> Option<ThemeName> {
        use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};
        let mut options = QueryOptions::default();
        options.timeout = std::time::Duration::from_millis(200);
        theme_mode(options).ok().map(|mode| match mode {
            ThemeMode::Dark => ThemeName::Dark,
            ThemeMode::Light => ThemeName::Light,
        })
    }
}

/// A variable of the environment, empty ones included.
#[must_use]
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name)
}

/// The text over which a build for tests is to break, so that what is told of it can be tested.
#[cfg(debug_assertions)]
#[must_use]
pub fn panic_asked_for() -> Option<String> {
    env::var("RAMROLE_TEST_PANIC").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Surroundings {
        Surroundings::from(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn a_locale_that_is_not_set_is_utf8() {
        assert!(of(&[]).utf8);
        assert!(of(&[("LANG", "ja_JP.UTF-8")]).utf8);
        assert!(!of(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]).utf8);
    }

    #[test]
    fn plain_lines_are_asked_for() {
        assert!(of(&[("ACCESSIBLE", "1")]).plain && of(&[("TERM", "dumb")]).plain);
        assert!(!of(&[("ACCESSIBLE", "0"), ("TERM", "xterm")]).plain);
        assert!(of(&[("NO_COLOR", "1")]).no_color && !of(&[("NO_COLOR", "")]).no_color);
    }
}
