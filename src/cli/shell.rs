//! `ramrole completions` and `ramrole man`: the command line told to shells and to `man`.

use clap::{ArgMatches, Command};
use clap_complete::Shell;

use super::arguments::positional;
use super::{Exit, Failure, Row, command, out};
use crate::domain::text::quoted;

pub const COMPLETIONS: Row = Row {
    name: "completions",
    about: "Print the completions for a shell",
    examples: "  ramrole completions bash > /etc/bash_completion.d/ramrole\n  ramrole completions zsh > ~/.zfunc/_ramrole",
    arguments: |command| {
        command.arg(positional("shell", "SHELL", "bash, elvish, fish, powershell or zsh").required(true))
    },
    run: completions,
};

pub const MAN: Row = Row {
    name: "man",
    about: "Print the manual page, of one command if it is named",
    examples: "  ramrole man > ramrole.1\n  ramrole man plan | man -l -",
    arguments: |command| command.arg(positional("command", "COMMAND", "The command")),
    run: man,
};

fn completions(matches: &ArgMatches) -> Result<Exit, Failure> {
    let name = matches.get_one::<String>("shell").map(String::as_str).unwrap_or_default();
    let shell: Shell = name.parse().map_err(|_| {
        Failure::hinted(
            format!("{} is no shell that can be completed", quoted(name)),
            "use bash, elvish, fish, powershell or zsh",
        )
    })?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut built(), "ramrole", &mut script);
    out::data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

fn man(matches: &ArgMatches) -> Result<Exit, Failure> {
    let whole = built();
    let page = match matches.get_one::<String>("command") {
        None => whole,
        Some(name) => {
            let found = whole.find_subcommand(name).cloned();
            let page = found.ok_or_else(|| {
                Failure::hinted(format!("{} is no command", quoted(name)), "see `ramrole --help`")
            })?;
            let title = format!("ramrole-{name}");
            page.name(title)
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    out::data(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Done)
}

/// The command line with the arguments of every command in it.
fn built() -> Command {
    let mut whole = command();
    whole.build();
    whole
}
