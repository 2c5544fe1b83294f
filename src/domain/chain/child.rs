//! The environment in which a program takes the credential URI, whichever client it uses.

use super::cli_file::Profile;
use super::shadow::{findings, is_shadowed};
use super::variables as names;
use super::{Client, Evidence, rules};
use crate::domain::finding::Finding;

/// What is taken away: keys, tokens, selections of profiles, what forbids the URI, and what leads astray on the way to it.
const UNSET: [&str; 27] = [
    names::KEY_ID,
    names::KEY_SECRET,
    names::TOKEN,
    names::OTHER_KEY_ID,
    names::OTHER_KEY_SECRET,
    names::OTHER_TOKEN,
    names::OLD_KEY_ID,
    names::OLD_KEY_SECRET,
    names::OLD_TOKEN,
    names::BARE_KEY_ID,
    names::BARE_KEY_SECRET,
    names::BARE_TOKEN,
    names::OIDC_PROVIDER,
    names::OIDC_FILE,
    names::OTHER_OIDC_PROVIDER,
    names::OTHER_OIDC_FILE,
    names::ECS_ROLE,
    names::BEARER,
    names::PROFILE_MODE,
    names::NO_EXTERNAL,
    names::IGNORE_PROFILE,
    names::OTHER_IGNORE_PROFILE,
    names::OTHER_PROFILE,
    names::OLD_PROFILE,
    names::CONFIG_FILE,
    names::HTTP_PROXY,
    names::LOWER_HTTP_PROXY,
];

/// Why a variable is taken away.
#[must_use]
pub fn why_unset(name: &str) -> &'static str {
    match name {
        names::HTTP_PROXY | names::LOWER_HTTP_PROXY => "the Python clients would ask this machine through it",
        _ => "clients would ask it first",
    }
}

/// The changes after which the credential URI wins in every client, as far as an environment can do it: a value to set,
/// or nothing for a variable to take away. The URI itself is the caller's.
#[must_use]
pub fn child_environment(seen: &Evidence) -> Vec<(&'static str, Option<String>)> {
    let set = |value: &str| Some(value.to_owned());
    let mut changes: Vec<(&'static str, Option<String>)> = UNSET.map(|name| (name, None)).into();
    changes.extend([
        (names::CLI_DISABLED, set("true")),
        (names::ECS_DISABLED, set("true")),
        // An ini file without sections, for all clients; one that is missing would do for most.
        (names::CREDENTIALS_FILE, set("/dev/null")),
        (names::PROFILE, uri_profile(seen).map(|profile| profile.shown().to_owned())),
    ]);
    changes
}

/// A profile by which the aliyun CLI takes the URI of the environment; the SDKs are told to read no profile.
fn uri_profile(seen: &Evidence) -> Option<&Profile> {
    let path = seen.cli_path(Client::Cli)?;
    seen.cli_file(&path).by_uri()
}

/// What still stands in the way after [`child_environment`] and with a credential URI: what a client cannot be told to
/// leave alone.
#[must_use]
pub fn left_over(seen: &Evidence) -> Vec<Finding> {
    let mut changes = child_environment(seen);
    changes.push((names::URI, Some("set".to_owned())));
    let mut left = findings(&seen.with(&changes));
    left.retain(|finding| {
        is_shadowed(std::slice::from_ref(finding)) || finding.rule.code == rules::CLI_PROFILE.code
    });
    left
}
