//! How a source fares: what is to be said of it, and whether the machine as a whole is well.

use jiff::SignedDuration;

use super::life::{Life, words};
use super::rules;
use super::watch::{Watch, Watched};
use super::{Source, Trouble};
use crate::domain::finding::{Finding, Severity};
use crate::domain::moment::Moment;

/// How much less than usual may be left before a renewal counts as overdue.
const SLACK: SignedDuration = SignedDuration::from_mins(2);
/// With so little left, a credential that nobody has yet renewed counts as forgotten.
const LAST_MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// What is to be said of a source, the worst first.
#[must_use]
pub fn findings(watch: &Watch, index: usize, now: Moment) -> Vec<Finding> {
    let Some(watched) = watch.sources.get(index) else { return Vec::new() };
    let mut findings: Vec<Finding> = watched.trouble.iter().map(unreadable).collect();
    findings.extend(of_life(watched, now));
    findings.extend(of_reading(watched));
    if watch.is_same(index) == Some(false) {
        findings.push(Finding::new(&rules::DIFFERENT, "it holds another credential than the first source"));
    }
    findings.sort_by_key(Finding::severity);
    findings
}

fn unreadable(trouble: &Trouble) -> Finding {
    Finding::new(&rules::UNREADABLE, trouble.to_string()).with_fix(trouble.advice())
}

fn of_life(watched: &Watched, now: Moment) -> Vec<Finding> {
    let Some(left) = watched.left(now) else { return Vec::new() };
    let mut findings = Vec::new();
    if let Some(rule) = Life::of(Some(left)).rule() {
        let message = if left <= SignedDuration::ZERO {
            format!("it ended {} ago", words(left))
        } else {
            format!("{} left: {}", words(left), meaning(Life::of(Some(left))))
        };
        findings.push(Finding::new(rule, message));
    }
    if is_forgotten(watched, left, now) {
        let message = match watched.history.renewed_with() {
            Some(usual) => {
                format!("it is not being renewed: the last time that was with {} left", words(usual))
            }
            None => "it is not being renewed".to_owned(),
        };
        findings.push(Finding::new(&rules::NOT_RENEWED, message));
    }
    findings
}

fn meaning(life: Life) -> &'static str {
    match life {
        Life::Ending => "Go renews now; a long call may be refused",
        _ => "Python, Node and Java fetch at every call",
    }
}

fn is_forgotten(watched: &Watched, left: SignedDuration, now: Moment) -> bool {
    let has_watched = watched.history.since.is_some_and(|since| now.since(since) >= SLACK);
    match watched.history.renewed_with() {
        Some(usual) => left < usual.saturating_sub(SLACK).max(LAST_MINUTE),
        // Who has just come cannot know.
        None => left < LAST_MINUTE && has_watched,
    }
}

/// What the last good reading itself told.
fn of_reading(watched: &Watched) -> Vec<Finding> {
    let Some(held) = &watched.held else { return Vec::new() };
    let mut findings = held.answer.parsed.findings.clone();
    if matches!(watched.source, Source::Uri(_)) && !held.answer.parsed.has_code {
        findings.push(Finding::new(&rules::CODE_MISSING, rules::CODE_MISSING.title));
    }
    if held.answer.stamp.is_some_and(super::Stamp::is_readable_by_others) {
        findings.push(Finding::new(&rules::READABLE, rules::READABLE.title));
    }
    if let Some(ahead) = held.answer.clock_ahead(held.at).filter(|ahead| !ahead.is_zero()) {
        let side = if ahead.is_positive() { "behind" } else { "ahead of" };
        let message = format!("this machine's clock is {} {side} the service's", words(ahead));
        findings.push(Finding::new(&rules::CLOCK, message));
    }
    findings
}

/// Whether the machine is well, in one line: every source that was found gives a credential with at least so much
/// left.
///
/// # Errors
/// What is wrong, the first thing.
pub fn verdict(watch: &Watch, least: SignedDuration, now: Moment) -> Result<String, String> {
    let mut shortest: Option<(SignedDuration, &Watched)> = None;
    for watched in &watch.sources {
        let place = || format!("{} ({})", watched.source.shown(), watched.source.word());
        if let Some(trouble) = &watched.trouble {
            return Err(format!("{}: {trouble}", place()));
        }
        let Some(left) = watched.left(now) else {
            return Err(format!("{}: it does not say when it ends", place()));
        };
        if left <= SignedDuration::ZERO {
            return Err(format!("{}: it ended {} ago", place(), words(left)));
        }
        if left < least {
            return Err(format!("{}: {} left, less than {}", place(), words(left), words(least)));
        }
        if shortest.is_none_or(|(least, _)| left < least) {
            shortest = Some((left, watched));
        }
    }
    match shortest {
        Some((left, watched)) => Ok(format!("healthy: {} left at {}", words(left), watched.source.shown())),
        None => Err(NOTHING.to_owned()),
    }
}

/// What is said where there is no source at all.
pub const NOTHING: &str = "no credential on this machine: ALIBABA_CLOUD_CREDENTIALS_URI is not set, and the injected \
                           files are not there; is a role associated with this instance?";

/// The weight of the worst that is to be said of a source.
#[must_use]
pub fn worst(findings: &[Finding]) -> Option<Severity> {
    findings.iter().map(Finding::severity).min()
}
