//! Judges what was found in a text: which messages count, which of them is nearest to the cause, who passed it on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::super::catalog::Workload;
use super::clients::{Client, Messages, clients};
use super::fold::Folded;
use super::pattern::{Kind, Pattern};
use super::place::Places;
use super::rows::{ErrorRow, Level, errors};
use super::search::{Find, Owner, row_of};
use super::values::Values;

/// How far apart, in folded bytes, the words of a sign may stand.
const NEAR: usize = 4_000;

/// A denied action counts for as much as a message of this length.
const ACTION_LENGTH: usize = 60;

/// Who passed on a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrapper {
    /// The short names of the clients that say these words, or of the program.
    pub reporters: Vec<&'static str>,
    /// Their names, for people.
    pub titles: Vec<&'static str>,
    /// What it was doing: a key of [`Clients::steps`](super::Clients).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<&'static str>,
}

/// How well a row was found: the best compares least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    /// Whether its words are only a part of a longer message that is known too.
    inner: bool,
    kind: Kind,
    length: Reverse<usize>,
    /// Where it starts in the folded text.
    place: usize,
}

/// The rows that count, where the best of them stands, and who passed them on.
pub(super) struct Judged {
    pub(super) rows: Vec<&'static ErrorRow>,
    pub(super) place: usize,
    pub(super) wrappers: Vec<Wrapper>,
}

/// What is known beside the text.
pub(super) struct Known<'k> {
    pub(super) workload: Option<Workload>,
    pub(super) values: &'k Values,
}

/// The rows whose message or code is in the text, the nearest to the cause first, and who passed it on.
pub(super) fn judge(text: &Folded, finds: &[Find], known: &Known) -> Judged {
    let places = Places::of(finds, known.workload.is_some());
    let mut hits = hits(text, finds, known, &places);
    add_signs(&mut hits, finds, &places, known);
    add_actions(&mut hits, finds, &places, known);
    let best = best_first(hits, known.workload);
    let place = best.first().map_or(0, |(_, hit)| hit.place);
    let rows = best.into_iter().map(|(index, _)| row(index)).collect();
    Judged { rows, place, wrappers: wrappers(finds, &places) }
}

fn row(index: usize) -> &'static ErrorRow {
    &errors().rows[index]
}

/// The best hit of each row.
fn hits(text: &Folded, finds: &[Find], known: &Known, places: &Places) -> HashMap<usize, Hit> {
    let mut hits: HashMap<usize, Hit> = HashMap::new();
    let mut cover = 0..0;
    for find in finds {
        let (index, is_common) = match find.owner {
            Owner::Row(index) => (Some(index), row(index).common),
            Owner::Template(client, messages) => {
                (row_of(client, messages), clients().clients[client].messages[messages].common)
            }
            _ => continue,
        };
        let is_common = |index: usize| is_common || row(index).common;
        let counted = index.filter(|index| counts(text, find, row(*index), is_common(*index), places, known));
        let Some(index) = counted else { continue };
        let span = &find.span;
        let inner = span.end <= cover.end && span.len() < cover.len();
        add(
            &mut hits,
            index,
            Hit { inner, kind: find.kind, length: Reverse(find.length), place: span.start },
        );
        if span.end > cover.end && !row(index).generic {
            cover = span.clone();
        }
    }
    hits
}

fn add(hits: &mut HashMap<usize, Hit>, index: usize, hit: Hit) {
    hits.entry(index).and_modify(|best| *best = hit.min(*best)).or_insert(hit);
}

/// Whether what was found is the message, and not the same words in another program's output.
fn counts(
    text: &Folded,
    find: &Find,
    row: &ErrorRow,
    is_common: bool,
    places: &Places,
    known: &Known,
) -> bool {
    let at_home = known.workload.is_some_and(|workload| row.is_for(workload));
    if find.kind == Kind::Message {
        return if is_common { at_home || places.is_own(&find.span) } else { !places.is_foreign(&find.span) };
    }
    Pattern::holds_together(text, &find.span, !row.generic)
        && !places.is_nearer_to_foreign(&find.span)
        && (!is_common || places.holds_code(text, &find.span))
}

/// Adds the rows of which all words of a sign stand near each other.
fn add_signs(hits: &mut HashMap<usize, Hit>, finds: &[Find], places: &Places, known: &Known) {
    let mut seen: BTreeMap<(usize, usize), Vec<Option<&Find>>> = BTreeMap::new();
    for find in finds {
        let Owner::Sign(index, sign, word) = find.owner else { continue };
        let row = row(index);
        let words = seen.entry((index, sign)).or_insert_with(|| vec![None; row.signs[sign].len()]);
        words[word] = Some(find);
        let near = |other: &&Find| find.span.start.saturating_sub(other.span.end) < NEAR;
        let together: Vec<&Find> = words.iter().flatten().copied().filter(near).collect();
        let at_home = known.workload.is_some_and(|workload| row.is_for(workload));
        let ours = at_home || places.is_own(&find.span);
        if together.len() == words.len() && (ours || !row.common && !places.is_foreign(&find.span)) {
            let length = together.iter().map(|find| find.length).sum();
            let place = find.span.start;
            add(hits, index, Hit { inner: false, kind: Kind::Message, length: Reverse(length), place });
        }
    }
}

/// Adds the rows of the action that was denied, whatever words denied it.
fn add_actions(hits: &mut HashMap<usize, Hit>, finds: &[Find], places: &Places, known: &Known) {
    let Some(action) = &known.values.action else { return };
    let hit = |kind, length| Hit { inner: false, kind, length: Reverse(length), place: 0 };
    let is_denial = |find: &Find| match find.owner {
        Owner::Denial => places.is_own(&find.span),
        _ => false,
    };
    if !hits.keys().any(|index| row(*index).denial) && !finds.iter().any(is_denial) {
        return;
    }
    for (index, row) in errors().rows.iter().enumerate() {
        let Some(denied) = &row.action else { continue };
        if denied == "*" {
            add(hits, index, hit(Kind::Code, 0));
        } else if denied.eq_ignore_ascii_case(action) {
            add(hits, index, hit(Kind::Message, ACTION_LENGTH));
        }
    }
}

/// The rows in the order of their worth; what a better one makes needless is left out.
fn best_first(hits: HashMap<usize, Hit>, workload: Option<Workload>) -> Vec<(usize, Hit)> {
    let mut found: Vec<(usize, Hit)> = hits.into_iter().collect();
    let home = |index: usize| workload.is_some_and(|workload| row(index).is_for(workload));
    let foreign = |index: usize| workload.is_some_and(|workload| row(index).is_foreign_to(workload));
    found.retain(|(index, hit)| !hit.inner || home(*index));
    let narrowed: Vec<&String> = found.iter().flat_map(|(index, _)| &row(*index).narrows).collect();
    found.retain(|(index, _)| !narrowed.contains(&&row(*index).id));
    if found.iter().any(|(index, _)| !row(*index).generic && row(*index).level == Level::Cause) {
        found.retain(|(index, _)| !row(*index).generic);
    }
    let nearest = found.iter().map(|(index, _)| row(*index).level).min();
    found.retain(|(index, _)| Some(row(*index).level) == nearest);
    let any_home = found.iter().any(|(index, _)| home(*index));
    found.sort_by_key(|&(index, hit)| {
        (any_home && foreign(index), row(index).generic, hit.kind, hit.length, !home(index), index)
    });
    found
}

/// Who passed on a message, each once, in the order of the text. Words that several clients share name all of them.
fn wrappers(finds: &[Find], places: &Places) -> Vec<Wrapper> {
    let mut wrappers: Vec<(usize, Wrapper)> = Vec::new();
    for find in finds.iter().filter(|find| !places.is_foreign(&find.span)) {
        let (id, title, step) = match find.owner {
            Owner::Template(client, messages) => of_client(&clients().clients[client], messages),
            Owner::Reporter(reporter) => {
                let reporter = &clients().reporters[reporter];
                (reporter.id.as_str(), reporter.title.as_str(), None)
            }
            _ => continue,
        };
        let start = find.span.start;
        match wrappers
            .iter_mut()
            .find(|(at, known)| known.step == step && (*at == start || known.reporters.contains(&id)))
        {
            Some((_, known)) if known.reporters.contains(&id) => {}
            Some((_, known)) => {
                known.reporters.push(id);
                known.titles.push(title);
            }
            None => wrappers.push((start, Wrapper { reporters: vec![id], titles: vec![title], step })),
        }
    }
    wrappers.into_iter().map(|(_, wrapper)| wrapper).collect()
}

fn of_client(client: &'static Client, messages: usize) -> (&'static str, &'static str, Option<&'static str>) {
    let Messages { step, .. } = &client.messages[messages];
    (&client.id, &client.title, Some(step))
}
