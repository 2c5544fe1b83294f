//! Sources and their credentials as text for people and as JSON for programs. Secrets are in neither, unless they are
//! asked for.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::life::{Life, utc, words};
use super::watch::{Held, Watch, Watched};
use super::{NOTHING, findings, verdict};
use crate::domain::finding::Finding;
use crate::domain::moment::Moment;
use crate::domain::text::visible_line;
use crate::messages::grouped;

/// How a report is made.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// How much must be left for the machine to count as well.
    pub least: jiff::SignedDuration,
    /// Whether secrets are shown.
    pub secrets: bool,
    /// The zone of local times.
    pub zone: TimeZone,
}

/// What changes when something worth a line has changed: the state of each source, but no countdown.
#[must_use]
pub fn state(watch: &Watch, now: Moment) -> Vec<String> {
    let state = |(index, watched): (usize, &Watched)| {
        let held = watched.held.as_ref().map(|held| held.credential().security_token.fingerprint());
        let codes: Vec<&str> = findings(watch, index, now).iter().map(|finding| finding.rule.code).collect();
        format!("{} {} {codes:?}", word(watched, now), held.unwrap_or_default())
    };
    watch.sources.iter().enumerate().map(state).collect()
}

/// A word for how a source fares.
#[must_use]
pub fn word(watched: &Watched, now: Moment) -> &'static str {
    match (&watched.trouble, watched.life(now)) {
        (Some(_), _) => "unreadable",
        (None, Some(life)) => life.word(),
        (None, None) => "not-read-yet",
    }
}

/// The report as JSON.
#[must_use]
pub fn as_json(watch: &Watch, now: Moment, wanted: &Wanted) -> Value {
    let verdict = verdict(watch, wanted.least, now);
    let sources: Vec<Value> =
        (0..watch.sources.len()).map(|index| source_as_json(watch, index, now, wanted)).collect();
    json!({
        "at": utc(now.wall),
        "healthy": verdict.is_ok(),
        "reason": verdict.unwrap_or_else(|reason| reason),
        "sources": sources,
    })
}

fn source_as_json(watch: &Watch, index: usize, now: Moment, wanted: &Wanted) -> Value {
    let watched = &watch.sources[index];
    let mut object = Map::new();
    object.insert("kind".into(), watched.source.word().into());
    object.insert("place".into(), watched.source.shown().into());
    object.insert("state".into(), word(watched, now).into());
    if let Some(trouble) = &watched.trouble {
        let trouble =
            json!({ "code": trouble.code(), "message": trouble.to_string(), "fix": trouble.advice() });
        object.insert("trouble".into(), trouble);
    }
    if let Some(held) = &watched.held {
        object.extend(credential_as_json(held, now, wanted));
    }
    if let Some(same) = watch.is_same(index) {
        object.insert("same_as_first".into(), same.into());
    }
    if let Some(at) = watched.read_at {
        object.insert("read_at".into(), utc(at.wall).into());
    }
    object.insert("renewals_seen".into(), watched.history.count.into());
    object.insert("findings".into(), json!(findings(watch, index, now)));
    Value::Object(object)
}

fn credential_as_json(held: &Held, now: Moment, wanted: &Wanted) -> Map<String, Value> {
    let credential = held.credential();
    let token = &credential.security_token;
    let mut object = Map::new();
    object.insert("access_key_id".into(), credential.access_key_id.masked_id().into());
    object.insert("token".into(), json!({ "length": token.length(), "fingerprint": token.fingerprint() }));
    object.insert("expiration".into(), credential.expiration.map(utc).into());
    object.insert("remaining_seconds".into(), held.left(now).map(|left| left.as_secs()).into());
    if wanted.secrets {
        let secret = json!({
            "AccessKeyId": credential.access_key_id.reveal(),
            "AccessKeySecret": credential.access_key_secret.reveal(),
            "SecurityToken": token.reveal(),
        });
        object.insert("secret".into(), secret);
    }
    object
}

/// The report for people.
#[must_use]
pub fn as_text(watch: &Watch, now: Moment, wanted: &Wanted) -> String {
    if watch.sources.is_empty() {
        return format!("{NOTHING}\n");
    }
    let sources = (0..watch.sources.len()).map(|index| source_as_text(watch, index, now, wanted));
    sources.collect::<Vec<_>>().join("\n")
}

fn source_as_text(watch: &Watch, index: usize, now: Moment, wanted: &Wanted) -> String {
    let watched = &watch.sources[index];
    let told = match (&watched.trouble, watched.life(now)) {
        (Some(_), _) => "cannot be read",
        (None, Some(life)) => life.told(),
        (None, None) => "not read yet",
    };
    let same = match watch.is_same(index) {
        Some(true) => ", the same credential",
        Some(false) => ", another credential",
        None => "",
    };
    let mut text = format!("{:15}{}  ({told}{same})\n", watched.source.kind(), watched.source.shown());
    if let Some(held) = &watched.held {
        for (label, line) in rows(held, now, wanted) {
            text.push_str(&row(label, &line));
        }
    }
    for finding in findings(watch, index, now) {
        text.push_str(&said(&finding));
    }
    text
}

fn row(label: &str, line: &str) -> String {
    format!("  {label:9}{line}\n")
}

fn said(finding: &Finding) -> String {
    format!("  {}: {}\n    fix: {}\n", finding.severity().word(), finding.message, finding.advice())
}

fn rows(held: &Held, now: Moment, wanted: &Wanted) -> Vec<(&'static str, String)> {
    let credential = held.credential();
    let token = &credential.security_token;
    let mut rows = Vec::new();
    match held.left(now) {
        Some(left) if Life::of(Some(left)) == Life::Expired => {
            rows.push(("ended", format!("{} ago", words(left))));
        }
        Some(left) => rows.push(("ends in", words(left))),
        None => {}
    }
    if let Some(end) = credential.expiration {
        rows.push(("at", both_times(end, &wanted.zone)));
    }
    rows.push(("key", credential.access_key_id.masked_id()));
    rows.push(("token", format!("{} characters, {}", grouped(token.length()), token.fingerprint())));
    if wanted.secrets {
        rows.extend([
            ("id", visible_line(credential.access_key_id.reveal()).into_owned()),
            ("secret", visible_line(credential.access_key_secret.reveal()).into_owned()),
            ("token", visible_line(token.reveal()).into_owned()),
        ]);
    }
    rows
}

/// A time in UTC and, where that is another, as this machine's users know it; the day only where it differs.
#[must_use]
pub fn both_times(time: jiff::Timestamp, zone: &TimeZone) -> String {
    let (utc, here) = (time.to_zoned(TimeZone::UTC), time.to_zoned(zone.clone()));
    let far = utc.strftime("%Y-%m-%d %H:%M:%S UTC");
    if utc.datetime() == here.datetime() {
        return far.to_string();
    }
    let near = if utc.date() == here.date() {
        here.strftime("%H:%M:%S")
    } else {
        here.strftime("%Y-%m-%d %H:%M:%S")
    };
    format!("{far} ({near} here)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_time_is_told_where_it_is_another() {
        let time = "2026-11-25T14:44:48Z".parse().expect("a time");
        let zone = |name: &str| TimeZone::posix(name).expect(name);
        assert_eq!(both_times(time, &TimeZone::UTC), "2026-11-25 14:44:48 UTC");
        assert_eq!(both_times(time, &zone("CST-8")), "2026-11-25 14:44:48 UTC (22:44:48 here)");
        assert_eq!(both_times(time, &zone("JST-13")), "2026-11-25 14:44:48 UTC (2026-11-26 03:44:48 here)");
    }

    #[test]
    fn daylight_saving_is_that_of_the_end_and_not_of_now() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        let before = "2026-10-25T00:59:59Z".parse().expect("a time");
        let after = "2026-10-25T01:00:00Z".parse().expect("a time");
        assert_eq!(both_times(before, &zone), "2026-10-25 00:59:59 UTC (02:59:59 here)");
        assert_eq!(both_times(after, &zone), "2026-10-25 01:00:00 UTC (02:00:00 here)");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([grouped(7), grouped(1_012), grouped(1_234_567)], ["7", "1,012", "1,234,567"]);
    }
}
