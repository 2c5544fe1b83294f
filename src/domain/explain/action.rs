//! The denied action of a message, as products name it.

use super::fields::{Field, Fields, token};

/// Words after which an action stands without a name.
const BEFORE_ACTION: [&str; 12] = [
    "perform ",
    "perform: ",
    "perform the action ",
    "privilege ",
    "have ",
    "permission ",
    "authorized to ",
    "to do ",
    "operation ",
    "权限 ",
    "操作 ",
    "アクション ",
];

/// RAM codes of services, with which an action is known anywhere.
const SERVICES: [&str; 24] = [
    "ram",
    "sts",
    "oss",
    "log",
    "ecs",
    "eas",
    "pai",
    "paidlc",
    "paidsw",
    "paiworkspace",
    "kms",
    "odps",
    "dataworks",
    "fc",
    "cr",
    "vpc",
    "ots",
    "mns",
    "rds",
    "nas",
    "cs",
    "hologram",
    "emr",
    "resourcemanager",
];

/// The denied action: by its name, in a sentence that leads to it, or of a service that is known.
pub(super) fn action<'t>(fields: &Fields<'t>) -> Option<&'t str> {
    let fits = |field: &Field<'t>| is_action(field.value);
    let named = ["authaction", "auth_action", "action"].iter().find_map(|name| fields.named(name).find(fits));
    let quotes = ['\'', '"', '`', '[', '‘', '“', '「'];
    let after = |at: usize| token(fields.text().get(at..)?.trim_start_matches(quotes)).into();
    let led = || {
        let places = BEFORE_ACTION.iter().flat_map(|words| fields.places(words).map(|at| at + words.len()));
        places.filter_map(after).find(|value| is_action(value))
    };
    let known = || {
        let starts = |service: &'static str| fields.places(service).map(move |at| (at, service));
        let mut places = SERVICES.iter().flat_map(|service| starts(service)).filter_map(|(at, service)| {
            let text = fields.text();
            let before = text[..at]
                .chars()
                .next_back()
                .is_none_or(|sign| !sign.is_alphanumeric() && !":/.-_@".contains(sign));
            let value = token(&text[at..]);
            (before && value[service.len().min(value.len())..].starts_with(':') && is_action(value))
                .then_some(value)
        });
        places.next()
    };
    named.map(|field| field.value).or_else(led).or_else(known)
}

/// Whether a text has the form `service:Operation`.
fn is_action(text: &str) -> bool {
    let Some((service, operation)) = text.split_once(':') else { return false };
    let starts = |text: &str, fits: fn(&u8) -> bool| text.as_bytes().first().is_some_and(fits);
    starts(service, u8::is_ascii_lowercase)
        && service.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && starts(operation, |byte| byte.is_ascii_uppercase() || *byte == b'*')
        && operation.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'*')
}
