//! The chain of Python's old `providers.DefaultCredentialsProvider`: whatever raises an error ends it, and the CLI's
//! profiles are not looked at.

use super::outcome::{Origin, Outcome};
use super::variables::{self as names, Fill};
use super::{Look, Row, Step, sdk};

pub(super) const ROWS: &[Row] = &[
    Row {
        step: Step::Environment,
        looks_at: "ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, unless ALIBABA_CLOUD_PROFILE is set",
        judge: environment,
    },
    Row { step: Step::Oidc, looks_at: sdk::OIDC, judge: oidc },
    sdk::DOT_INI_ROW,
    Row {
        step: Step::EcsMetadata,
        looks_at: "http://100.100.100.200, only if ALIBABA_CLOUD_ECS_METADATA is set",
        judge: metadata,
    },
    Row { step: Step::Uri, looks_at: names::URI, judge: uri },
];

fn environment(look: Look<'_>) -> Outcome {
    let environment = &look.seen.environment;
    if environment.get(names::PROFILE).is_some_and(|profile| profile.known() != Some("default")) {
        return Outcome::passes(format!("{} is set, so that keys are not looked for", names::PROFILE));
    }
    let both = [names::KEY_ID, names::KEY_SECRET];
    if let Some(name) = both.into_iter().find(|name| environment.get(name).is_none()) {
        return Outcome::passes(sdk::lack(look, name));
    }
    if let Some(name) = both.into_iter().find(|name| !environment.is_set(name)) {
        return Outcome::fails(sdk::lack(look, name), sdk::keys(look));
    }
    Outcome::wins(format!("{} and {} are set", names::KEY_ID, names::KEY_SECRET), sdk::keys(look))
}

fn oidc(look: Look<'_>) -> Outcome {
    let environment = &look.seen.environment;
    let all = [names::ROLE_ARN, names::OIDC_PROVIDER, names::OIDC_FILE];
    if let Some(name) = all.into_iter().find(|name| !environment.is_set(name)) {
        return Outcome::passes(sdk::lack(look, name));
    }
    let path = environment.text(names::OIDC_FILE).unwrap_or_default();
    if !look.seen.is_readable(path) {
        return Outcome::fails(format!("the token file {path} cannot be read"), sdk::oidc_origin());
    }
    let why = "all three variables are set: STS is asked for the role, and a refusal ends the chain";
    Outcome::asks(why, sdk::oidc_origin())
}

fn metadata(look: Look<'_>) -> Outcome {
    if look.seen.environment.get(names::ECS_ROLE).is_none() {
        return Outcome::passes(sdk::lack(look, names::ECS_ROLE));
    }
    let why = "100.100.100.200 is asked, and the chain ends there if it does not answer";
    Outcome::asks(why, Origin::Variables(vec![names::ECS_ROLE]))
}

fn uri(look: Look<'_>) -> Outcome {
    let origin = Origin::Variables(vec![names::URI]);
    match look.seen.environment.get(names::URI) {
        None => Outcome::passes(sdk::lack(look, names::URI)),
        Some(Fill::Empty) => {
            Outcome::fails(format!("{} is empty, and is asked all the same", names::URI), origin)
        }
        Some(_) => Outcome::wins(format!("{} is set", names::URI), origin),
    }
}
