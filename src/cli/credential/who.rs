//! `ramrole credential --who`: which source of credentials each official client takes on this machine.

use clap::ArgMatches;

use crate::cli::arguments::has_format;
use crate::cli::{Exit, Failure, out};
use crate::domain::chain::{findings, is_shadowed, report};
use crate::host;

/// Prints what each client takes and why; 1 where something stands before the instance's role.
///
/// # Errors
/// When the reader of the output has gone.
pub fn run(matches: &ArgMatches) -> Result<Exit, Failure> {
    let seen = host::chain::evidence();
    let findings = findings(&seen);
    if has_format(matches, "json") {
        out::json(&report::json(&seen))?;
    } else {
        out::data(&report::text(&seen))?;
        out::findings("", None, &findings);
    }
    Ok(if is_shadowed(&findings) { Exit::No } else { Exit::Done })
}
