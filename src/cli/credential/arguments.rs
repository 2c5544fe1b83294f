//! The flags of `ramrole credential`, and the sources that they name.

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::SignedDuration;

use crate::cli::arguments::{flag, option};
use crate::cli::{Failure, credential_uri};
use crate::domain::credential::report::Wanted;
use crate::domain::credential::{Found, Reach, Source, time_of};
use crate::domain::text::quoted;
use crate::host::clock;
use crate::host::credential::sources;

/// How much must be left unless something else is asked for: from less on, most clients fetch at every call.
const LEAST: &str = "15m";

/// What was asked for.
pub struct Asked {
    /// Where to look.
    pub found: Found,
    /// How to report.
    pub wanted: Wanted,
}

pub fn add(command: Command) -> Command {
    let format = Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .help("Print one answer instead of opening the screen")
        .value_parser(["text", "json"]);
    command
        .arg(format)
        .arg(flag("watch", "Go on, and print at every change"))
        .arg(
            flag("check", "Print one line of reason, for probes and scripts; exit 0 healthy, 1 not")
                .conflicts_with_all(["watch", "format", "show-secrets"]),
        )
        .arg(
            flag("who", "Say which source each official client takes here, and what stands before the role")
                .conflicts_with_all(["watch", "check", "uri", "file", "show-secrets"]),
        )
        .arg(option("min-remaining", "TIME", "How much must be left to be healthy").default_value(LEAST))
        .arg(option(
            "uri",
            "URI|@FILE",
            "Read this service instead of $ALIBABA_CLOUD_CREDENTIALS_URI; @FILE reads the URI from a file",
        ))
        .arg(option("file", "PATH", "Read this file instead of the injected ones").action(ArgAction::Append))
        .arg(flag("allow-remote", "Read a URI that leads off this machine: the credential crosses a network"))
        .arg(flag("show-secrets", "Print the secrets too: they stay in the terminal's history and in logs"))
        .arg(flag("plain", "Print text without the screen, also in a terminal"))
        .arg(flag("ascii", "Draw with ASCII signs only"))
}

/// Reads the flags.
///
/// # Errors
/// When a value is none of its kind.
pub fn asked(matches: &ArgMatches) -> Result<Asked, Failure> {
    Ok(Asked {
        found: found(matches)?,
        wanted: Wanted {
            least: least(matches)?,
            secrets: matches.get_flag("show-secrets"),
            zone: clock::zone(),
        },
    })
}

fn least(matches: &ArgMatches) -> Result<SignedDuration, Failure> {
    let text = matches.get_one::<String>("min-remaining").map_or(LEAST, String::as_str);
    time_of(text).ok_or_else(|| {
        Failure::call(format!("--min-remaining: {} is not a duration such as 15m, 90s or 1h", quoted(text)))
    })
}

/// The sources that the flags name; those of this machine where they name none.
fn found(matches: &ArgMatches) -> Result<Found, Failure> {
    let reach = if matches.get_flag("allow-remote") { Reach::Anywhere } else { Reach::Loopback };
    let uri = matches.get_one::<String>("uri");
    let files: Vec<&String> = matches.get_many("file").unwrap_or_default().collect();
    if uri.is_none() && files.is_empty() {
        return Ok(Found { reach, ..sources() });
    }
    let uri = uri.map(|uri| credential_uri::named("--uri", uri).map(Source::Uri)).transpose()?;
    let files = files.into_iter().map(|path| Source::File(path.clone()));
    Ok(Found { sources: uri.into_iter().chain(files).collect(), trouble: None, reach, given: true })
}
