//! Which source wins, for people and for programs: rows that a screen draws, text, JSON. Everything from outside is made
//! harmless here.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use super::outcome::{Kind, Origin};
use super::variables as names;
use super::{Chain, Client, Evidence, Judged, Step, child_environment, findings, resolve_all};
use crate::domain::secret;
use crate::domain::text::visible_line;

/// How many characters of a reason are shown.
const LONGEST: usize = 240;

/// What a client's chain comes to, at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// It takes the instance's role.
    Role,
    /// It takes, or asks for, another credential.
    Other,
    /// It finds none, or fails.
    None,
}

/// One client: what it takes, and its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRow {
    /// At a glance.
    pub mark: Mark,
    /// The client.
    pub client: Client,
    /// What it takes, in words.
    pub takes: String,
    /// Its steps in their order.
    pub steps: Vec<StepRow>,
}

/// One step, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// What is looked at.
    pub name: &'static str,
    /// How it ends, in a word; in brackets where the step is not reached.
    pub word: String,
    /// Why, one harmless line.
    pub why: String,
}

/// The rows of all clients.
#[must_use]
pub fn rows(seen: &Evidence) -> Vec<ClientRow> {
    resolve_all(seen).iter().map(row).collect()
}

fn row(chain: &Chain) -> ClientRow {
    let decided = chain.decided_at();
    let step = |(index, judged): (usize, &Judged)| {
        let is_reached = decided.is_none_or(|decided| index <= decided);
        let word = judged.outcome.kind.word();
        StepRow {
            name: judged.step.name(),
            word: if is_reached { word.to_owned() } else { format!("({word})") },
            why: harmless(&judged.outcome.why),
        }
    };
    let mark = match chain.winner() {
        Some(_) if chain.reaches_uri() => Mark::Role,
        Some(_) => Mark::Other,
        None => Mark::None,
    };
    let steps = chain.steps.iter().enumerate().map(step).collect();
    ClientRow { mark, client: chain.client, takes: takes(chain), steps }
}

/// What a client takes, in words.
fn takes(chain: &Chain) -> String {
    let Some(decided) = chain.decided_at().map(|at| &chain.steps[at]) else {
        return "nothing: no source has a credential".to_owned();
    };
    let what = credential(decided.step);
    match decided.outcome.kind {
        Kind::Fails => format!("nothing: it fails at the {}", decided.step.name()),
        Kind::Asks => format!("{what}, if it is granted what it asks for"),
        _ if chain.reaches_uri() && probes_before(chain) => {
            format!("{what}, unless the metadata service of ECS answers")
        }
        _ => what.to_owned(),
    }
}

/// What a step gives.
fn credential(step: Step) -> &'static str {
    match step {
        Step::SystemProperties => "the keys in its system properties",
        Step::Anonymous => "no credential",
        Step::Environment => "the keys in the environment",
        Step::Oidc => "a role by its OIDC token",
        Step::Bearer => "the bearer token in the environment",
        Step::CliProfile => "the CLI profile",
        Step::IniFile => "the ini file",
        Step::EcsMetadata => "the role of the ECS instance",
        Step::Uri => "the instance's role, by the credential URI",
    }
}

fn probes_before(chain: &Chain) -> bool {
    chain.steps.iter().any(|judged| judged.outcome.kind == Kind::Probes)
}

/// A reason on one line, without secrets that a name may hold, and not without end.
fn harmless(why: &str) -> String {
    let masked = secret::mask_words(why);
    let shown = visible_line(&masked);
    if shown.chars().count() <= LONGEST {
        return shown.into_owned();
    }
    shown.chars().take(LONGEST - 3).chain("...".chars()).collect()
}

/// The report for people: a block a client, what it takes first, then its steps. What is found comes apart, since it
/// goes elsewhere.
#[must_use]
pub fn text(seen: &Evidence) -> String {
    let rows = rows(seen);
    let steps = || rows.iter().flat_map(|row| &row.steps);
    let name_width = steps().map(|step| step.name.len()).max().unwrap_or(0);
    let word_width = steps().map(|step| step.word.len()).max().unwrap_or(0);
    let block = |row: &ClientRow| {
        let mut block = format!("{} takes {}\n", row.client.name(), row.takes);
        for (index, step) in row.steps.iter().enumerate() {
            let StepRow { name, word, why } = step;
            // Writing to a string cannot fail.
            let _ = writeln!(block, "  {}  {name:name_width$}  {word:word_width$}  {why}", index + 1);
        }
        block
    };
    rows.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// The report for programs. Its keys are stable.
#[must_use]
pub fn json(seen: &Evidence) -> Value {
    let clients: Vec<Value> = resolve_all(seen).iter().map(client).collect();
    let environment: serde_json::Map<String, Value> =
        child_environment(seen).into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    json!({
        "uri_is_set": seen.environment.is_set(names::URI),
        "clients": clients,
        "findings": findings(seen),
        "environment_for_uri": environment,
    })
}

fn client(chain: &Chain) -> Value {
    let decided = chain.decided_at();
    let steps = chain.steps.iter().enumerate();
    let steps: Vec<Value> = steps
        .map(|(index, judged)| {
            let (variables, file, line) = place(&judged.outcome.origin);
            json!({
                "step": judged.step.key(),
                "looks_at": judged.looks_at,
                "reached": decided.is_none_or(|decided| index <= decided),
                "outcome": judged.outcome.kind.word(),
                "why": harmless(&judged.outcome.why),
                "variables": variables,
                "file": file.map(visible_line),
                "line": line,
            })
        })
        .collect();
    json!({
        "client": chain.client.key(),
        "name": chain.client.name(),
        "version": chain.client.version(),
        "source": chain.client.source(),
        "takes": takes(chain),
        "winner": chain.winner().map(|winner| winner.step.key()),
        "reaches_uri": chain.reaches_uri(),
        "steps": steps,
    })
}

fn place(origin: &Origin) -> (&[&'static str], Option<&str>, Option<usize>) {
    match origin {
        Origin::Nowhere => (&[], None, None),
        Origin::Variables(names) => (names, None, None),
        Origin::Profile { path, line, .. } | Origin::Section { path, line, .. } => {
            (&[], Some(path), Some(*line))
        }
        Origin::File { path } => (&[], Some(path), None),
    }
}
