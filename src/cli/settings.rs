//! `ramrole settings`: where the settings file lies, and what holds.

use clap::{ArgMatches, Command};

use super::arguments::{format, has_format};
use super::{Exit, Failure, Row, out};
use crate::domain::settings::Settings;
use crate::host::{self, shown};
use crate::tui::app::keymap;

pub const ROW: Row = Row {
    name: "settings",
    about: "Print where the settings file lies, and the settings in force",
    examples: "  ramrole settings\n  ramrole settings --format json | jq -r .path",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    command.arg(format(&["text", "json"]))
}

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let path = host::settings::path();
    let text = host::settings::read().transpose()?;
    let (settings, mut mistakes) = Settings::parse(text.as_deref().unwrap_or_default());
    mistakes.extend(keymap(&settings.keys).1);
    mistakes.sort_by_key(|mistake| mistake.line);
    let exists = text.is_some();
    if has_format(matches, "json") {
        let path = path.map(|path| path.to_string_lossy().into_owned());
        out::json(&serde_json::json!({
            "path": path, "exists": exists, "settings": settings, "mistakes": mistakes,
        }))?;
        return Ok(Exit::Done);
    }
    let place = match path {
        Some(path) if exists => shown(&path),
        Some(path) => format!("{} does not exist: these are the defaults", shown(&path)),
        None => "no home folder, so no settings file: these are the defaults".to_owned(),
    };
    out::data(&format!("# {place}\n{}", settings.to_toml()))?;
    for mistake in mistakes {
        out::talk(&format!("settings.toml:{}: warning: {}\n", mistake.line, mistake.message));
    }
    Ok(Exit::Done)
}
