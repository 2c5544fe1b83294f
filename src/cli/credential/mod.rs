//! `ramrole credential`: the credential inside an instance: its end, its renewals, who uses it.

mod arguments;
mod once;
mod watch;
mod who;

use clap::ArgMatches;

use super::arguments::has_format;
use super::{Exit, Failure, Row, wizard};
use crate::host::surroundings::Surroundings;

pub const ROW: Row = Row {
    name: "credential",
    about: "Watch the credential inside an instance: its end, its renewals",
    examples: "  ramrole credential\n  \
               ramrole credential --format json\n  \
               ramrole credential --watch --format json\n  \
               ramrole credential --check --min-remaining 5m\n  \
               ramrole credential --who",
    arguments: arguments::add,
    run,
};

fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.get_flag("who") {
        return who::run(matches);
    }
    let asked = arguments::asked(matches)?;
    if matches.get_flag("check") {
        return once::check(&asked);
    }
    if matches.get_flag("watch") {
        return watch::run(&asked, has_format(matches, "json"));
    }
    let around = Surroundings::here();
    let is_screen =
        !matches.contains_id("format") && !asked.wanted.secrets && around.is_terminal && !around.plain;
    if is_screen && !matches.get_flag("plain") {
        return wizard::credential(matches, asked.found);
    }
    once::report(&asked, has_format(matches, "json"))
}
