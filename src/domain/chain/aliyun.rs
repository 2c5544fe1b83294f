//! The chain of the `aliyun` program: one profile, whose gaps the environment fills. What is broken ends it.

use super::cli_file::{CliConfig, CliFile, Profile};
use super::outcome::{Origin, Outcome};
use super::variables::{self as names, Fill};
use super::{Look, Row, Step, sdk};

pub(super) const ROWS: &[Row] = &[
    Row {
        step: Step::CliProfile,
        looks_at: "~/.aliyun/config.json, unless ALIBABA_CLOUD_IGNORE_PROFILE=TRUE",
        judge: profile,
    },
    Row { step: Step::Anonymous, looks_at: "ALIBABA_CLOUD_PROFILE_MODE=Anonymous", judge: anonymous },
    Row {
        step: Step::Environment,
        looks_at: "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, and their other spellings",
        judge: environment,
    },
    Row { step: Step::Oidc, looks_at: sdk::OIDC, judge: oidc },
    Row { step: Step::Bearer, looks_at: names::BEARER, judge: bearer },
    Row {
        step: Step::Uri,
        looks_at: "ALIBABA_CLOUD_CREDENTIALS_URI, only for a profile with mode CredentialsURI",
        judge: uri,
    },
];

/// The spellings of a variable, in the order in which the program looks for them.
const IDS: [&str; 4] = [names::KEY_ID, names::OTHER_KEY_ID, names::OLD_KEY_ID, names::BARE_KEY_ID];
const SECRETS: [&str; 4] =
    [names::KEY_SECRET, names::OTHER_KEY_SECRET, names::OLD_KEY_SECRET, names::BARE_KEY_SECRET];
const TOKENS: [&str; 4] = [names::TOKEN, names::OTHER_TOKEN, names::OLD_TOKEN, names::BARE_TOKEN];
const PROFILES: [&str; 3] = [names::OTHER_PROFILE, names::PROFILE, names::OLD_PROFILE];
const ROLES: [&str; 2] = [names::OTHER_ROLE_ARN, names::ROLE_ARN];
const PROVIDERS: [&str; 2] = [names::OTHER_OIDC_PROVIDER, names::OIDC_PROVIDER];
const OIDC_FILES: [&str; 2] = [names::OTHER_OIDC_FILE, names::OIDC_FILE];

const BY_URI: &str = "CredentialsURI";

/// The modes and the keys that each asks for; who is asked, where the keys are not taken as they are.
const MODES: &[(&str, &[&str], Option<&str>)] = &[
    ("AK", &["access_key_id", "access_key_secret"], None),
    ("StsToken", &["access_key_id", "access_key_secret", "sts_token"], None),
    (
        "RamRoleArn",
        &["access_key_id", "access_key_secret", "ram_role_arn", "ram_session_name"],
        Some("STS is asked"),
    ),
    ("EcsRamRole", &[], Some("the metadata service of ECS is asked")),
    ("RamRoleArnWithRoleName", &[], Some("the metadata service of ECS is asked, then STS")),
    ("RsaKeyPair", &["private_key", "key_pair_name"], Some("STS is asked")),
    ("External", &["process_command"], Some("its command is run for a credential")),
    (
        "OIDC",
        &["oidc_provider_arn", "oidc_token_file", "ram_role_arn", "ram_session_name"],
        Some("STS is asked"),
    ),
    ("ChainableRamRoleArn", &["source_profile", "ram_role_arn", "ram_session_name"], Some("STS is asked")),
    ("CloudSSO", &["cloud_sso_sign_in_url"], Some("CloudSSO is asked, unless its login has expired")),
    ("OAuth", &["oauth_site_type"], Some("OAuth is asked, unless its login has expired")),
    ("BearerToken", &["bearer_token"], None),
    ("Anonymous", &[], None),
];

/// The profile that is used, and its file.
struct Used<'e> {
    path: String,
    profile: Option<&'e Profile>,
}

/// Finds the profile; an outcome where the program goes no further.
fn used(look: Look<'_>) -> Result<Used<'_>, Outcome> {
    let environment = &look.seen.environment;
    let path = look.seen.cli_path(look.client).unwrap_or_default();
    let ignores = [names::IGNORE_PROFILE, names::OTHER_IGNORE_PROFILE];
    let ignore = environment.first_set(&ignores).and_then(|name| environment.text(name));
    if ignore == Some("TRUE") {
        return Ok(Used { path, profile: None });
    }
    let broken = |why: String| Outcome::fails(why, Origin::File { path: path.clone() });
    let blank = CliConfig::default();
    let config = match look.seen.cli_file(&path) {
        CliFile::Missing => &blank,
        CliFile::Unreadable(reason) => return Err(broken(format!("{path} cannot be read: {reason}"))),
        CliFile::Broken(line, what) => return Err(broken(format!("{path}:{line}: {what}"))),
        CliFile::Read(CliConfig { not_strict: Some(what), .. }) => {
            return Err(broken(format!("{path} is not strict JSON: it has {what}")));
        }
        CliFile::Read(config) => config,
    };
    let variable = environment.first_set(&PROFILES);
    let named = variable.and_then(|name| environment.text(name));
    let wanted = named.or(config.current.as_deref()).unwrap_or("default");
    let profile = look.seen.cli_file(&path).profile(wanted);
    // Without a list of profiles there is an empty one called default; an empty list has none.
    if profile.is_none() && (wanted != "default" || config.listed.is_some()) {
        let origin =
            variable.map_or(Origin::File { path: path.clone() }, |name| Origin::Variables(vec![name]));
        return Err(Outcome::fails(format!("{path} has no profile {wanted}"), origin));
    }
    Ok(Used { path, profile })
}

impl Used<'_> {
    fn mode(&self) -> &str {
        self.profile.and_then(|profile| profile.mode.as_deref()).unwrap_or_default()
    }

    /// Whether the profile has a key, or one of the variables that fill in is set.
    fn has(&self, look: Look<'_>, key: &str) -> bool {
        let variables: &[&'static str] = match key {
            "access_key_id" => &IDS,
            "access_key_secret" => &SECRETS,
            "sts_token" => &TOKENS,
            "ram_role_arn" => &ROLES,
            "oidc_provider_arn" => &PROVIDERS,
            "oidc_token_file" => &OIDC_FILES,
            "bearer_token" => &[names::BEARER],
            _ => &[],
        };
        self.profile.is_some_and(|profile| profile.is_set(key))
            || look.seen.environment.first_set(variables).is_some()
    }
}

fn profile(look: Look<'_>) -> Outcome {
    let used = match used(look) {
        Ok(used) => used,
        Err(outcome) => return outcome,
    };
    let Some(profile) = used.profile else {
        return Outcome::passes(match look.seen.cli_file(&used.path) {
            CliFile::Missing => format!("{} does not exist", used.path),
            _ => "no profile is read".to_owned(),
        });
    };
    let name = profile.shown();
    let origin = Origin::Profile { path: used.path.clone(), line: profile.line, name: name.to_owned() };
    let said = |what: &str| format!("{}:{} profile {name} {what}", used.path, profile.line);
    let mode = used.mode();
    match MODES.iter().find(|row| row.0 == mode) {
        None if mode.is_empty() => Outcome::passes(said("has no mode: the environment decides")),
        None if mode == BY_URI => Outcome::passes(said("has mode CredentialsURI")),
        None => Outcome::fails(said(&format!("has mode {mode}, which is unknown")), origin),
        Some((_, needs, who)) => match (needs.iter().find(|key| !used.has(look, key)), who) {
            (Some(lack), _) => Outcome::fails(said(&format!("({mode}) lacks {lack}")), origin),
            (None, None) => Outcome::wins(said(&format!("({mode}) is taken")), origin),
            (None, Some(who)) => Outcome::asks(said(&format!("({mode}): {who}")), origin),
        },
    }
}

/// The profile that is used if it has no mode, so that the environment decides; otherwise why a step passes.
fn without_mode(look: Look<'_>) -> Result<Used<'_>, Outcome> {
    match used(look) {
        Ok(used) if used.mode().is_empty() => Ok(used),
        _ => Err(Outcome::passes("the profile decides")),
    }
}

fn anonymous(look: Look<'_>) -> Outcome {
    let mode = look.seen.environment.text(names::PROFILE_MODE);
    match without_mode(look) {
        Err(outcome) => outcome,
        Ok(_) if mode.is_some_and(|mode| mode.eq_ignore_ascii_case("anonymous")) => Outcome::wins(
            "requests are sent without a credential",
            Origin::Variables(vec![names::PROFILE_MODE]),
        ),
        Ok(_) => Outcome::passes(format!("{} is not Anonymous", names::PROFILE_MODE)),
    }
}

/// The variables among these spellings that are there.
fn there(look: Look<'_>, spellings: &[&[&'static str]]) -> Origin {
    let names = spellings.iter().copied().flatten().copied();
    Origin::Variables(names.filter(|name| look.seen.environment.get(name).is_some()).collect())
}

fn environment(look: Look<'_>) -> Outcome {
    let used = match without_mode(look) {
        Ok(used) => used,
        Err(outcome) => return outcome,
    };
    if let Some(lack) = ["access_key_id", "access_key_secret"].iter().find(|key| !used.has(look, key)) {
        return Outcome::passes(format!("no variable sets {lack}"));
    }
    let origin = there(look, &[&IDS, &SECRETS, &TOKENS]);
    if used.has(look, "sts_token") || !used.has(look, "ram_role_arn") {
        return Outcome::wins("the keys of the environment are taken", origin);
    }
    if used.has(look, "ram_session_name") {
        return Outcome::asks("STS is asked for the role in ALIBABA_CLOUD_ROLE_ARN", origin);
    }
    Outcome::fails("a role ARN is set beside the keys, but no profile has a ram_session_name", origin)
}

fn oidc(look: Look<'_>) -> Outcome {
    let used = match without_mode(look) {
        Ok(used) => used,
        Err(outcome) => return outcome,
    };
    let needs = ["oidc_provider_arn", "oidc_token_file", "ram_role_arn"];
    if let Some(lack) = needs.iter().find(|key| !used.has(look, key)) {
        return Outcome::passes(format!("no variable sets {lack}"));
    }
    let origin = there(look, &[&PROVIDERS, &OIDC_FILES]);
    if used.has(look, "ram_session_name") {
        return Outcome::asks("all three variables are set: STS is asked for the role", origin);
    }
    Outcome::fails("all three variables are set, but no profile has a ram_session_name", origin)
}

fn bearer(look: Look<'_>) -> Outcome {
    match without_mode(look) {
        Err(outcome) => outcome,
        Ok(used) if used.has(look, "bearer_token") => {
            Outcome::wins("the token of the environment is taken", Origin::Variables(vec![names::BEARER]))
        }
        Ok(_) => Outcome::passes(format!("{} is not set", names::BEARER)),
    }
}

fn uri(look: Look<'_>) -> Outcome {
    let environment = &look.seen.environment;
    let is_off = environment.is_true(names::NO_EXTERNAL) || environment.text(names::NO_EXTERNAL) == Some("1");
    let Ok(used) = used(look) else { return Outcome::passes("the profile decides") };
    if used.mode() != BY_URI {
        return Outcome::passes("no profile with mode CredentialsURI is used");
    }
    let is_own = used.profile.is_some_and(|profile| profile.is_set("credentials_uri"));
    if is_off {
        let origin = Origin::Variables(vec![names::NO_EXTERNAL]);
        return Outcome::fails(format!("{} forbids it", names::NO_EXTERNAL), origin);
    }
    match (is_own, environment.get(names::URI)) {
        (true, _) => Outcome::wins("the profile names a URI of its own", Origin::File { path: used.path }),
        (false, Some(fill)) if fill.is_set() => {
            Outcome::wins(format!("{} is set", names::URI), Origin::Variables(vec![names::URI]))
        }
        (false, Some(Fill::Empty | Fill::Set | Fill::Known(_)) | None) => Outcome::fails(
            "neither the profile nor the environment names a URI",
            Origin::File { path: used.path },
        ),
    }
}
