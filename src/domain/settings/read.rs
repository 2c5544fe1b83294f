//! Walks a settings file; each mistake with its line, the rest of the file as if it were not there.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::file_format;
use super::super::principal::distance;
use super::super::text::{quoted, visible_line};
use super::{KEYS, KeyOverride, Mistake, ROWS, Settings};

/// The settings of a file, and its mistakes by line.
pub fn read(text: &str) -> (Settings, Vec<Mistake>) {
    // The byte order mark is no part of TOML, but of what some editors write.
    let text = text.trim_start_matches('\u{feff}');
    let mut reading = Reading::of(text);
    match DeTable::parse(text) {
        Ok(table) if reading.has_known_format(table.get_ref()) => reading.take(table.get_ref()),
        Ok(_) => (),
        Err(error) => {
            let message = visible_line(error.message().trim_end()).into_owned();
            let start = error.span().map_or(0, |span| span.start);
            reading.skip(start, format!("not TOML: {message}; the defaults hold"));
        }
    }
    reading.mistakes.sort_by_key(|mistake| mistake.line);
    (reading.settings, reading.mistakes)
}

/// A file while it is read.
struct Reading {
    line_ends: Vec<usize>,
    settings: Settings,
    mistakes: Vec<Mistake>,
}

impl Reading {
    fn of(text: &str) -> Self {
        let line_ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { line_ends, settings: Settings::default(), mistakes: Vec::new() }
    }

    fn line(&self, offset: usize) -> usize {
        1 + self.line_ends.partition_point(|end| *end < offset)
    }

    fn skip(&mut self, offset: usize, message: String) {
        self.mistakes.push(Mistake { line: self.line(offset), message });
    }

    /// Whether this program knows the format of the file; if not, the defaults apply.
    fn has_known_format(&mut self, table: &DeTable) -> bool {
        let Some((key, value)) = table.iter().find(|(key, _)| key.get_ref() == file_format::KEY) else {
            return true;
        };
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        let checked = number.map_or_else(|| Err("it takes a number".to_owned()), file_format::check);
        if let Err(why) = checked {
            self.skip(key.span().start, format!("{}: {why}; the defaults apply", file_format::KEY));
            return false;
        }
        true
    }

    fn take(&mut self, table: &DeTable) {
        for (key, value) in in_order(table) {
            let (name, start) = (key.get_ref(), key.span().start);
            let row = ROWS.iter().find(|row| row.key == name);
            match (row, value.get_ref()) {
                _ if name == file_format::KEY => (),
                (Some(row), value) => {
                    if let Err(why) = (row.set)(&mut self.settings, value) {
                        self.skip(start, format!("{name}: {why}; the default holds"));
                    }
                }
                (None, DeValue::Table(keys)) if name == KEYS => self.take_keys(keys),
                (None, _) if name == KEYS => {
                    self.skip(start, "keys: write it as a table, `[keys]`; skipped".to_owned());
                }
                (None, _) => self.skip(start, unknown(name)),
            }
        }
    }

    fn take_keys(&mut self, table: &DeTable) {
        for (action, value) in in_order(table) {
            let (action, start) = (action.get_ref(), action.span().start);
            if let Some(keys) = listed(value.get_ref()) {
                let (action, line) = (action.clone().into_owned(), self.line(start));
                self.settings.keys.push(KeyOverride { action, keys, line });
            } else {
                let wanted = "takes a key or a list of keys, such as \"q\" or [\"q\", \"ctrl-q\"]";
                self.skip(start, format!("keys: {} {wanted}; skipped", quoted(action)));
            }
        }
    }
}

/// A key and its value, each with its place.
type Named<'t, 'i> = (&'t Spanned<Cow<'i, str>>, &'t Spanned<DeValue<'i>>);

/// The members of a table as they stand in the file.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Named<'t, 'i>> {
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    members
}

fn unknown(key: &str) -> String {
    let names = || ROWS.iter().map(|row| row.key).chain([KEYS]);
    // A distance takes time with the product of the lengths, and what is so long is no slip.
    let near = names().filter(|_| key.len() <= 40).min_by_key(|name| distance(name, key));
    let hint = match near.filter(|name| distance(name, key) <= 2) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
    };
    format!("{} is no setting and is skipped; {hint}", quoted(key))
}

/// One key or a list of them.
fn listed(value: &DeValue) -> Option<Vec<String>> {
    match value {
        DeValue::String(key) => Some(vec![key.clone().into_owned()]),
        DeValue::Array(keys) => keys.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SymbolSet, ThemeName};
    use super::*;
    use crate::processor_time::processor_time;

    /// The mistakes of a file, each as `LINE: message`.
    fn mistakes(text: &str) -> Vec<String> {
        let (_, mistakes) = Settings::parse(text);
        mistakes.iter().map(|mistake| format!("{}: {}", mistake.line, mistake.message)).collect()
    }

    #[test]
    fn an_empty_file_leaves_the_defaults() {
        assert_eq!(Settings::parse(""), (Settings::default(), Vec::new()));
        assert_eq!(Settings::parse("\u{feff}# nothing\r\n"), (Settings::default(), Vec::new()));
        let settings = Settings::default();
        assert!(settings.preview && !settings.mouse);
    }

    #[test]
    fn every_setting_is_read() {
        let text = "theme = \"Dark\"\nsymbols = 'ascii'\nmouse = true\npreview = false\nregion = \"cn-hangzhou\"\n\
                    account = 1234567890123456\n[keys]\nquit = [\"q\", \"ctrl-q\"]\nback = \"esc\"\nhelp = []\n";
        let (settings, mistakes) = Settings::parse(text);
        assert_eq!(mistakes, []);
        assert_eq!((settings.theme, settings.symbols), (ThemeName::Dark, SymbolSet::Ascii));
        assert_eq!((settings.mouse, settings.preview), (true, false));
        assert_eq!(settings.region.expect("a region").as_str(), "cn-hangzhou");
        assert_eq!(settings.account.expect("an account").as_str(), "1234567890123456");
        let keys = settings.keys.iter().map(|own| (own.action.as_str(), own.keys.join(" "), own.line));
        let keys: Vec<_> = keys.collect();
        assert_eq!(
            keys,
            [("quit", "q ctrl-q".to_owned(), 8), ("back", "esc".to_owned(), 9), ("help", String::new(), 10)]
        );
    }

    #[test]
    fn what_is_wrong_is_named_by_line_and_the_rest_counts() {
        let text = "themes = \"dark\"\ntheme = \"solarized\"\n\nmouse = \"yes\"\ncolours = 16\nregion = \"Nowhere\"\n\
                    symbols = [1]\npreview = false\n[keys]\nquit = 1\nback = [\"b\", 2]\nhelp = \"h\"\n[window]\n";
        let (settings, _) = Settings::parse(text);
        assert_eq!((settings.theme, settings.preview), (ThemeName::Terminal, false));
        assert_eq!(settings.keys.len(), 1);
        let list = "takes a key or a list of keys, such as \"q\" or [\"q\", \"ctrl-q\"]; skipped";
        let known = "there are theme, symbols, mouse, preview, region, account, keys";
        assert_eq!(
            mistakes(text),
            [
                "1: `themes` is no setting and is skipped; did you mean `theme`?".to_owned(),
                "2: theme: `solarized` is not a theme: use terminal, dark, light, auto or none; the default holds"
                    .to_owned(),
                "4: mouse: it takes true or false, without quotes; the default holds".to_owned(),
                format!("5: `colours` is no setting and is skipped; {known}"),
                "6: region: `Nowhere` is not a region ID: it may hold only lower-case letters, digits and `-`, \
                 not `N`; the default holds"
                    .to_owned(),
                "7: symbols: it takes a text in quotes; the default holds".to_owned(),
                format!("10: keys: `quit` {list}"),
                format!("11: keys: `back` {list}"),
                format!("13: `window` is no setting and is skipped; {known}"),
            ]
        );
        assert_eq!(mistakes("keys = \"q\"\n"), ["1: keys: write it as a table, `[keys]`; skipped"]);
    }

    #[test]
    fn what_is_no_toml_is_one_mistake_and_leaves_the_defaults() {
        for text in ["mouse = true\ntheme = \n", "mouse = true\n= token", "mouse = true\nmouse = false\n"] {
            let (settings, mistakes) = Settings::parse(text);
            assert_eq!(settings, Settings::default(), "{text}");
            assert_eq!((mistakes.len(), mistakes[0].line), (1, 2), "{mistakes:?}");
            assert!(mistakes[0].message.starts_with("not TOML: "), "{mistakes:?}");
        }
    }

    #[test]
    fn nothing_of_the_file_steers_a_terminal() {
        let text = "\"a\\u001b[2J\\nb\" = 1\ntheme = \"\\u202e\"\n[keys]\n\"\\u0007\" = 1\n";
        let all = mistakes(text).concat();
        assert!(!all.contains(super::super::super::text::steers_a_terminal), "{all:?}");
        assert!(mistakes(&format!("{} = 1", "x".repeat(100_000)))[0].len() < 300);
    }

    #[test]
    fn a_long_file_is_read_in_linear_time() {
        let keys: Vec<_> = (0..50_000).map(|number| format!("a{number} = 1\n")).collect();
        let start = processor_time();
        assert_eq!(mistakes(&format!("[keys]\n{}", keys.concat())).len(), 50_000);
        let took = processor_time().saturating_sub(start);
        assert!(took.as_secs() < 10, "{took:?}");
    }
}
