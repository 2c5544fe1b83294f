//! The settings file: what a person prefers. What is wrong in it is named and skipped, and the rest still counts.

mod read;

use std::str::FromStr;

use serde::Serialize;
use toml::de::DeValue;

use super::answers::choice_words;
use super::file_format;
use super::values::{AccountId, Invalid, Region};

/// The colours of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeName {
    /// The terminal's own sixteen.
    #[default]
    Terminal,
    /// For a dark background.
    Dark,
    /// For a light one.
    Light,
    /// As the terminal says that its background is.
    Auto,
    /// No colours.
    None,
}

choice_words!(
    ThemeName, "a theme", "use terminal, dark, light, auto or none",
    Terminal "terminal", Dark "dark", Light "light", Auto "auto", None "none"
);

/// The characters of borders and marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SymbolSet {
    /// As the locale says.
    #[default]
    Auto,
    /// Lines and ticks.
    Unicode,
    /// ASCII only.
    Ascii,
}

choice_words!(
    SymbolSet, "a set of symbols", "use auto, unicode or ascii",
    Auto "auto", Unicode "unicode", Ascii "ascii"
);

/// The keys of one action, in place of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyOverride {
    /// The action's name as it stands in the file; whether there is such an action is checked elsewhere.
    pub action: String,
    /// The keys as they stand in the file; none takes the action its keys.
    pub keys: Vec<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// The settings in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The colours.
    pub theme: ThemeName,
    /// The characters of borders and marks.
    pub symbols: SymbolSet,
    /// Whether the mouse is taken from the terminal, whose own selection then no longer works.
    pub mouse: bool,
    /// Whether the documents are shown beside the questions.
    pub preview: bool,
    /// The region that a new wizard begins with.
    pub region: Option<Region>,
    /// The account that a new wizard begins with.
    pub account: Option<AccountId>,
    /// Other keys than the usual, in the order of the file.
    pub keys: Vec<KeyOverride>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeName::default(),
            symbols: SymbolSet::default(),
            mouse: false,
            preview: true,
            region: None,
            account: None,
            keys: Vec::new(),
        }
    }
}

/// What is wrong in a settings file, harmless for a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what holds instead.
    pub message: String,
}

/// One setting: its key, and how it is set and written.
struct Row {
    key: &'static str,
    set: fn(&mut Settings, &DeValue) -> Result<(), String>,
    get: fn(&Settings) -> Option<toml::Value>,
}

/// Every setting but `[keys]`, in the order of a written file.
const ROWS: [Row; 6] = [
    Row {
        key: "theme",
        set: |settings, value| parsed(value).map(|theme| settings.theme = theme),
        get: |settings| Some(settings.theme.word().into()),
    },
    Row {
        key: "symbols",
        set: |settings, value| parsed(value).map(|symbols| settings.symbols = symbols),
        get: |settings| Some(settings.symbols.word().into()),
    },
    Row {
        key: "mouse",
        set: |settings, value| yes_or_no(value).map(|mouse| settings.mouse = mouse),
        get: |settings| Some(settings.mouse.into()),
    },
    Row {
        key: "preview",
        set: |settings, value| yes_or_no(value).map(|preview| settings.preview = preview),
        get: |settings| Some(settings.preview.into()),
    },
    Row {
        key: "region",
        set: |settings, value| parsed(value).map(|region| settings.region = Some(region)),
        get: |settings| settings.region.as_ref().map(|region| region.as_str().into()),
    },
    Row {
        key: "account",
        set: |settings, value| parsed(value).map(|account| settings.account = Some(account)),
        get: |settings| settings.account.as_ref().map(|account| account.as_str().into()),
    },
];

/// The table that gives actions other keys.
const KEYS: &str = "keys";

impl Settings {
    /// Reads a settings file; what is wrong comes back by line, the rest counts, and what is no TOML leaves the
    /// defaults.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Mistake>) {
        read::read(text)
    }

    /// The settings as a file that [`Settings::parse`] reads back.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let lines = ROWS.iter().map(|row| match (row.get)(self) {
            Some(value) => format!("{} = {value}\n", row.key),
            None => format!("# {} is not set\n", row.key),
        });
        let keys = self.keys.iter().map(|own| {
            let list = toml::Value::from(own.keys.clone());
            toml::Table::from_iter([(own.action.clone(), list)]).to_string()
        });
        let head = if self.keys.is_empty() { "" } else { "\n[keys]\n" };
        std::iter::once(file_format::toml_line()).chain(lines).chain([head.to_owned()]).chain(keys).collect()
    }
}

fn parsed<T: FromStr<Err = Invalid>>(value: &DeValue) -> Result<T, String> {
    let text = match value {
        DeValue::String(text) => text,
        // An account is a number to many.
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        _ => return Err("it takes a text in quotes".to_owned()),
    };
    text.parse().map_err(|invalid: Invalid| invalid.to_string())
}

fn yes_or_no(value: &DeValue) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "it takes true or false, without quotes".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "theme = \"none\"\nmouse = true\nregion = \"cn-beijing\"\naccount = \"1234567890123456\"\n\n[keys]\n\
                    quit = [\"q\"]\n\"odd \\\"name\\n\\u007f\" = [\"\\n\", \"'\"]\na = []\n";
        let (settings, mistakes) = Settings::parse(text);
        assert_eq!(mistakes, []);
        let written = settings.to_toml();
        let (mut again, mistakes) = Settings::parse(&written);
        assert_eq!(mistakes, [], "{written}");
        assert_eq!(again.to_toml(), written);
        again.keys.iter_mut().zip(&settings.keys).for_each(|(own, before)| own.line = before.line);
        assert_eq!(again, settings, "{written}");
        let defaults = Settings::default();
        assert_eq!(Settings::parse(&defaults.to_toml()), (defaults, Vec::new()));
    }
}
