//! Recognizes the platform's messages in whatever a person pastes; it looks at the text alone and writes no document.

mod action;
mod caller;
mod clients;
mod evidence;
mod fields;
mod fill;
mod fold;
mod nearest;
mod pattern;
mod place;
mod rank;
mod rows;
mod search;
mod terminal;
mod unescape;
mod values;

use std::borrow::Cow;

use serde::Serialize;

use super::catalog::Workload;
use rank::Known;
use search::{Find, Owner};

pub use clients::{Client, Clients, Messages, Reporter, clients};
pub use evidence::Evidence;
pub use fill::{Answer, Reason};
pub use rank::Wrapper;
pub use rows::{Cause, ErrorRow, Errors, Level, Marks, ReadyDocument, errors};
pub use values::{Caller, Values};

/// How many bytes of a long text are looked at, at its start and again at its end.
const LOOKED_AT: usize = 512 * 1024;

/// How many bytes around the first message of a long text can hold its values.
const AROUND: usize = 32 * 1024;

/// What a text was recognized as.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explanation {
    /// The best match in the light of the values of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Who passed on the message, the outermost first.
    pub wrappers: Vec<Wrapper>,
    /// The values that the message names.
    pub values: Values,
    /// The messages found in it, the best first.
    #[serde(serialize_with = "fill::serialize_rows")]
    pub matches: Vec<&'static ErrorRow>,
    /// Where none was found: up to three that are like it, the likest first.
    #[serde(serialize_with = "fill::serialize_rows")]
    pub nearest: Vec<&'static ErrorRow>,
}

/// Recognizes the platform's messages in a text, however wrapped, quoted or escaped. `workload` is what the text
/// is known to come from. Of more than 1 MiB only the first and last 512 KiB count.
#[must_use]
pub fn explain(text: &str, workload: Option<Workload>) -> Explanation {
    let source = unescape::unescape(&ends(text, LOOKED_AT));
    let folded = fold::fold(&source);
    let finds = search::search(&folded, &source);
    let mut values = Values::of(around(&source, first_message(&folded, &finds)));
    let judged = rank::judge(&folded, &finds, &Known { workload, values: &values });
    let Some(best) = judged.rows.first() else {
        return Explanation { nearest: nearest::nearest(text), ..Explanation::default() };
    };
    // Of the statuses in a chain of messages, the one that counts follows the words of the best match.
    let place = folded.origins.get(judged.place).map_or(0, |origin| *origin as usize);
    values.http_status = values::http_status(&source[place..]).or(values.http_status);
    let answer = Some(Answer::of(best, &values));
    Explanation { answer, wrappers: judged.wrappers, values, matches: judged.rows, nearest: Vec::new() }
}

/// Where the first message starts in the source, as far as is known before its values are.
fn first_message(folded: &fold::Folded, finds: &[Find]) -> usize {
    let is_message = |find: &&Find| !matches!(find.owner, Owner::Own | Owner::Foreign | Owner::Reporter(_));
    finds.iter().find(is_message).map_or(0, |find| folded.origins[find.span.start] as usize)
}

/// The text around a place; all of it if it is short.
fn around(text: &str, place: usize) -> &str {
    let mut start = place.saturating_sub(AROUND);
    let mut end = text.len().min(place + AROUND);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    &text[start..end]
}

/// The first and last `length` bytes of a text, with a mark between them that no pattern has.
fn ends(text: &str, length: usize) -> Cow<'_, str> {
    if text.len() <= 2 * length {
        return text.into();
    }
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let head = (0..=length).rev().find(boundary).unwrap_or(0);
    let tail = (text.len() - length..text.len()).find(boundary).unwrap_or(text.len());
    format!("{}\n\u{2026}\n{}", &text[..head], &text[tail..]).into()
}
