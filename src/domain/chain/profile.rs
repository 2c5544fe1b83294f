//! The step of the new SDKs that reads the CLI's `config.json`.

use super::cli_file::{CliConfig, CliFile, Profile};
use super::mode::{Key, Mode, STS, Then, only, or};
use super::outcome::{Kind, Origin, Outcome};
use super::variables::{self as names, Fill};
use super::{Client, Look};

const ID: Key = or("access_key_id", names::KEY_ID);
const SECRET: Key = or("access_key_secret", names::KEY_SECRET);
const TOKEN: Key = or("sts_token", names::TOKEN);
const ROLE: Key = or("ram_role_arn", names::ROLE_ARN);

/// The keys with which Python asks `CloudSSO` also when they are empty: it looks only whether they are missing. An empty
/// address leads nowhere. Source: `alibabacloud_credentials` 1.0.12, `provider/cloud_sso.py`; compared by test.
const PRESENT_IN_PYTHON: [&str; 3] = ["cloud_sso_account_id", "cloud_sso_access_config", "access_token"];

/// The modes that the SDKs read; the CLI knows more.
const MODES: &[Mode] = &[
    Mode { name: "AK", needs: &[ID, SECRET], then: Then::Wins },
    Mode { name: "StsToken", needs: &[ID, SECRET, TOKEN], then: Then::Wins },
    Mode { name: "RamRoleArn", needs: &[ID, SECRET, ROLE], then: STS },
    Mode { name: "EcsRamRole", needs: &[], then: Then::Metadata },
    Mode {
        name: "OIDC",
        needs: &[
            ROLE,
            or("oidc_provider_arn", names::OIDC_PROVIDER),
            or("oidc_token_file", names::OIDC_FILE),
        ],
        then: Then::AsksWithFile("oidc_token_file"),
    },
    Mode { name: "ChainableRamRoleArn", needs: &[ROLE], then: Then::Chain },
    Mode {
        name: "CloudSSO",
        needs: &[
            only("cloud_sso_sign_in_url"),
            only("cloud_sso_account_id"),
            only("cloud_sso_access_config"),
            only("access_token"),
            only("cloud_sso_access_token_expire"),
        ],
        then: Then::Asks("CloudSSO is asked, unless its login has expired"),
    },
    Mode { name: "OAuth", needs: &[], then: Then::OAuth },
    Mode {
        name: "External",
        needs: &[only("process_command")],
        then: Then::Asks("its command is run for a credential"),
    },
];

pub(super) fn judge(look: Look<'_>) -> Outcome {
    if look.seen.environment.is_true(names::CLI_DISABLED) {
        return Outcome::passes(format!("{} is true", names::CLI_DISABLED));
    }
    let Some(path) = look.seen.cli_path(look.client) else {
        return Outcome::passes("no home folder is known");
    };
    match look.seen.cli_file(&path) {
        CliFile::Missing => Outcome::passes(format!("{path} does not exist")),
        CliFile::Unreadable(reason) => Outcome::passes(format!("{path} cannot be read: {reason}")),
        CliFile::Broken(line, what) => Outcome::passes(format!("{path}:{line}: {what}")),
        CliFile::Read(CliConfig { not_strict: Some(what), .. }) if look.client != Client::Java => {
            Outcome::passes(format!("{path} is not strict JSON: it has {what}"))
        }
        CliFile::Read(config) => {
            let named = look.seen.environment.text(names::PROFILE).or(config.current.as_deref());
            File { look, path: &path, config }.take(named, &mut Vec::new())
        }
    }
}

/// A config file and who reads it.
struct File<'e> {
    look: Look<'e>,
    path: &'e str,
    config: &'e CliConfig,
}

impl<'e> File<'e> {
    /// What comes of the profile with this name; `seen` holds those that led here.
    fn take(&self, named: Option<&str>, seen: &mut Vec<usize>) -> Outcome {
        let profiles = self.config.profiles();
        let Some(at) = profiles.iter().position(|profile| self.is(profile, named)) else {
            return Outcome::passes(match named {
                Some(name) if !name.is_empty() => format!("{} has no profile {name}", self.path),
                _ => format!("{} names no current profile", self.path),
            });
        };
        if seen.contains(&at) {
            return self.circle(&profiles[at]);
        }
        seen.push(at);
        self.judge(&profiles[at], seen)
    }

    /// Whether a profile is the one that is looked for; Go and Node find one without a name where none is named.
    fn is(&self, profile: &Profile, named: Option<&str>) -> bool {
        match self.look.client {
            Client::Go => profile.shown() == named.unwrap_or_default(),
            Client::Node => profile.name.as_deref() == named,
            _ => named.is_some_and(|name| !name.is_empty() && profile.name.as_deref() == Some(name)),
        }
    }

    /// Profiles that name each other as their source: the stack overflows, which not every client survives.
    fn circle(&self, profile: &Profile) -> Outcome {
        let why = format!("profile {} leads back to itself by source_profile", profile.shown());
        match self.look.client {
            Client::Go | Client::Java => Outcome::fails(why, self.origin(profile)),
            _ => Outcome::passes(why),
        }
    }

    fn judge(&self, profile: &'e Profile, seen: &mut Vec<usize>) -> Outcome {
        let name = profile.mode.as_deref().unwrap_or_default();
        let Some(mode) = MODES.iter().find(|mode| mode.name == name) else {
            return Outcome::passes(match name {
                "" => format!("profile {} has no mode", profile.shown()),
                _ => format!("profile {} has mode {name}, which this client does not read", profile.shown()),
            });
        };
        if mode.then == Then::Chain {
            let source = profile.get("source_profile").and_then(Fill::known);
            let source =
                source.or(self.config.current.as_deref().filter(|_| self.look.client == Client::Java));
            let outcome = self.take(source, seen);
            if matches!(outcome.kind, Kind::Passes | Kind::Fails) {
                return outcome;
            }
        }
        if let Some(lack) = mode.needs.iter().find(|key| !self.has(profile, key)) {
            return Outcome::passes(format!("profile {} lacks {}", profile.shown(), lack.name));
        }
        if self.is_too_short(profile, mode) {
            return Outcome::passes(format!("profile {}: expired_seconds is below 900", profile.shown()));
        }
        self.finish(profile, mode)
    }

    /// What comes of a profile that lacks nothing.
    fn finish(&self, profile: &'e Profile, mode: &Mode) -> Outcome {
        let place = format!("{}:{}", self.path, profile.line);
        let said = |who: &str| format!("{place} profile {} ({}): {who}", profile.shown(), mode.name);
        let origin = self.origin(profile);
        match mode.then {
            Then::Wins => Outcome::wins(said("its keys are taken"), origin),
            Then::Asks(who) => Outcome::asks(said(who), origin),
            Then::Chain => Outcome::asks(said("STS is asked for the role"), origin),
            Then::Metadata if self.look.seen.environment.is_true(names::ECS_DISABLED) => {
                Outcome::passes(said("the metadata service of ECS is switched off"))
            }
            Then::Metadata => Outcome::asks(said("the metadata service of ECS is asked"), origin),
            Then::AsksWithFile(key) => {
                let own = profile.get(key).and_then(Fill::known);
                let path = own.or(self.look.seen.environment.text(names::OIDC_FILE)).unwrap_or_default();
                if self.look.seen.is_readable(path) {
                    Outcome::asks(said("STS is asked for the role"), origin)
                } else {
                    Outcome::passes(said(&format!("the token file {path} cannot be read")))
                }
            }
            Then::OAuth if self.site(profile) => {
                Outcome::asks(said("OAuth is asked, unless its login has expired"), origin)
            }
            Then::OAuth => Outcome::passes(said("oauth_site_type is neither CN nor INTL")),
        }
    }

    /// Whether the profile, or the variable that fills in, has a key. Java takes an empty key of an `AccessKey` for one,
    /// and lets a variable fill in only for what is missing, not for what is empty.
    fn has(&self, profile: &Profile, key: &Key) -> bool {
        let is_key = [ID, SECRET, TOKEN].iter().any(|other| other.name == key.name);
        let fill = profile.get(key.name);
        if fill.is_some_and(Fill::is_set) {
            return true;
        }
        let fills_in = key.variable.is_some_and(|name| self.look.seen.environment.is_set(name));
        match (self.look.client, is_key) {
            (Client::Java, true) => fill.is_some(),
            (Client::Java, false) => fill.is_none() && fills_in,
            (Client::Python, _) if PRESENT_IN_PYTHON.contains(&key.name) => fill.is_some(),
            _ => fills_in,
        }
    }

    /// Whether the session would be shorter than clients allow; for Go and Node 0 means their default.
    fn is_too_short(&self, profile: &Profile, mode: &Mode) -> bool {
        let takes_seconds = match mode.then {
            Then::Chain => true,
            Then::AsksWithFile(_) => self.look.client != Client::Node,
            then => then == STS,
        };
        let seconds = profile.get("expired_seconds").and_then(Fill::known);
        let seconds = seconds.and_then(|text| text.parse::<i64>().ok());
        let zero_is_default = matches!(self.look.client, Client::Go | Client::Node);
        takes_seconds && seconds.is_some_and(|seconds| seconds < 900 && (seconds != 0 || !zero_is_default))
    }

    /// Whether the OAuth site is known; Python takes a missing one for `CN`.
    fn site(&self, profile: &Profile) -> bool {
        match profile.get("oauth_site_type") {
            None => self.look.client == Client::Python,
            Some(fill) => ["CN", "INTL"]
                .iter()
                .any(|site| fill.known().is_some_and(|text| text.eq_ignore_ascii_case(site))),
        }
    }

    fn origin(&self, profile: &Profile) -> Origin {
        Origin::Profile { path: self.path.to_owned(), line: profile.line, name: profile.shown().to_owned() }
    }
}
