//! The chains of the SDKs, and the steps that they share. Whatever is broken in one step, the next is asked.

use super::outcome::{Origin, Outcome};
use super::variables as names;
use super::{Look, Row, Step, ini_profile, profile};

const KEYS: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET";
pub(super) const OIDC: &str =
    "ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE";
const METADATA: &str = "http://100.100.100.200, unless ALIBABA_CLOUD_ECS_METADATA_DISABLED=true";

const fn row(step: Step, looks_at: &'static str, judge: fn(Look<'_>) -> Outcome) -> Row {
    Row { step, looks_at, judge }
}

const ENVIRONMENT_ROW: Row = row(Step::Environment, KEYS, environment);
const OIDC_ROW: Row = row(Step::Oidc, OIDC, oidc);
const METADATA_ROW: Row = row(Step::EcsMetadata, METADATA, metadata);
const URI_ROW: Row = row(Step::Uri, names::URI, uri);
const CLI_ROW: Row = row(Step::CliProfile, "~/.aliyun/config.json", profile::judge);
/// The ini file of Go and Node.
const INI_ROW: Row =
    row(Step::IniFile, "~/.alibabacloud/credentials or ALIBABA_CLOUD_CREDENTIALS_FILE", ini_profile::judge);
/// The ini file of Java and of both Python clients.
pub(super) const DOT_INI_ROW: Row = row(
    Step::IniFile,
    "~/.alibabacloud/credentials.ini or ALIBABA_CLOUD_CREDENTIALS_FILE",
    ini_profile::judge,
);

pub(super) const PYTHON: &[Row] = &[ENVIRONMENT_ROW, OIDC_ROW, CLI_ROW, DOT_INI_ROW, METADATA_ROW, URI_ROW];

pub(super) const GO: &[Row] = &[
    ENVIRONMENT_ROW,
    OIDC_ROW,
    row(Step::CliProfile, "~/.aliyun/config.json or ALIBABA_CLOUD_CONFIG_FILE", profile::judge),
    INI_ROW,
    METADATA_ROW,
    URI_ROW,
];

pub(super) const NODE: &[Row] = &[ENVIRONMENT_ROW, OIDC_ROW, CLI_ROW, INI_ROW, METADATA_ROW, URI_ROW];

pub(super) const JAVA: &[Row] = &[
    row(
        Step::SystemProperties,
        "alibabacloud.accessKeyId, alibabacloud.accessKeySecret; seen only in JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS",
        properties,
    ),
    ENVIRONMENT_ROW,
    OIDC_ROW,
    CLI_ROW,
    DOT_INI_ROW,
    METADATA_ROW,
    URI_ROW,
];

/// What is wrong with a variable that is not set.
pub(super) fn lack(look: Look<'_>, name: &str) -> String {
    let is_there = look.seen.environment.get(name).is_some();
    format!("{name} is {}", if is_there { "empty" } else { "not set" })
}

fn environment(look: Look<'_>) -> Outcome {
    let environment = &look.seen.environment;
    for name in [names::KEY_ID, names::KEY_SECRET] {
        if !environment.is_set(name) {
            return Outcome::passes(lack(look, name));
        }
    }
    Outcome::wins(format!("{} and {} are set", names::KEY_ID, names::KEY_SECRET), keys(look))
}

/// The variables with static keys, the token too where it is set.
pub(super) fn keys(look: Look<'_>) -> Origin {
    let names = [names::KEY_ID, names::KEY_SECRET, names::TOKEN];
    Origin::Variables(names.into_iter().filter(|name| look.seen.environment.get(name).is_some()).collect())
}

fn oidc(look: Look<'_>) -> Outcome {
    let environment = &look.seen.environment;
    for name in [names::ROLE_ARN, names::OIDC_PROVIDER, names::OIDC_FILE] {
        if !environment.is_set(name) {
            return Outcome::passes(lack(look, name));
        }
    }
    let path = environment.text(names::OIDC_FILE).unwrap_or_default();
    if !look.seen.is_readable(path) {
        return Outcome::passes(format!("the token file {path} cannot be read"));
    }
    Outcome::asks("all three variables are set: STS is asked for the role", oidc_origin())
}

/// The variables that make a role assumed with OIDC; the role alone does no harm.
pub(super) fn oidc_origin() -> Origin {
    Origin::Variables(vec![names::OIDC_PROVIDER, names::OIDC_FILE])
}

fn metadata(look: Look<'_>) -> Outcome {
    if look.seen.environment.is_true(names::ECS_DISABLED) {
        return Outcome::passes(format!("{} is true", names::ECS_DISABLED));
    }
    Outcome::probes("100.100.100.200 is asked; it answers on ECS instances with a RAM role")
}

fn uri(look: Look<'_>) -> Outcome {
    if !look.seen.environment.is_set(names::URI) {
        return Outcome::passes(lack(look, names::URI));
    }
    Outcome::wins(format!("{} is set", names::URI), Origin::Variables(vec![names::URI]))
}

fn properties(look: Look<'_>) -> Outcome {
    match (look.seen.environment.java.key_id, look.seen.environment.java.key_secret) {
        (Some(id), Some(secret)) => {
            let mut variables = vec![id, secret];
            variables.dedup();
            Outcome::wins("the two properties are set for every Java program", Origin::Variables(variables))
        }
        _ => Outcome::passes("no variable sets them; a program's own command line cannot be seen from here"),
    }
}
