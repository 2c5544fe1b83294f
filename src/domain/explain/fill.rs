//! Puts the values of a message into the texts of the catalog.

use serde::{Serialize, Serializer};

use super::super::catalog::Workload;
use super::rows::{Cause, ErrorRow, ReadyDocument};
use super::values::Values;

/// A message with the values that stand in it.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The short name of the message.
    pub id: &'static str,
    /// What happened.
    pub title: String,
    /// The causes, the likeliest first.
    pub causes: Vec<Reason>,
}

/// A cause with the values of the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The cause.
    pub text: String,
    /// How to tell it from the others.
    pub tell: String,
    /// What to do about it.
    pub fix: String,
    /// The documents that the fix needs.
    pub documents: Vec<ReadyDocument>,
}

impl Answer {
    /// What a message with these values means. Causes that they show come first, those that they rule out are left
    /// out.
    pub(super) fn of(row: &'static ErrorRow, values: &Values) -> Self {
        let shown = |cause: &&Cause| cause.when.iter().any(|evidence| evidence.is_in(values));
        let possible = |cause: &&Cause| !cause.unless.iter().any(|evidence| evidence.is_in(values));
        let (first, rest): (Vec<_>, Vec<_>) = row.causes.iter().filter(possible).partition(shown);
        let causes = first.into_iter().chain(rest).map(|cause| reason(cause, values)).collect();
        Self { id: &row.id, title: title(row, values), causes }
    }
}

/// What happened. A denial whose action is known is told by its values; a title that says no more is left out.
fn title(row: &ErrorRow, values: &Values) -> String {
    let title = fill(&row.title, values);
    let Some(action) = values.action.as_ref().filter(|_| row.denial) else { return title };
    let resource = values.resource.as_ref().map(|resource| format!(" on {resource}")).unwrap_or_default();
    let caller = fill("{caller|the caller}", values);
    let denied = format!("{action}{resource} was denied to {caller}.");
    if row.generic { denied } else { format!("{denied} {title}") }
}

impl ErrorRow {
    /// What happened, without the values of a message.
    #[must_use]
    pub fn plain_title(&self) -> String {
        fill(&self.title, &Values::default())
    }
}

fn reason(cause: &Cause, values: &Values) -> Reason {
    let [text, tell, fix] = [&cause.text, &cause.tell, &cause.fix].map(|text| fill(text, values));
    Reason { text, tell, fix, documents: cause.documents.clone() }
}

/// The text with its placeholders replaced: `{name|words}` by the value, or by the words where there is none. The
/// first letter stays a capital.
fn fill(text: &str, values: &Values) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside, after)) = placeholder(rest) {
        filled.push_str(before);
        let (name, words) = inside;
        let value = values.get(name).unwrap_or_else(|| words.to_owned());
        let starts = filled.is_empty() && words.starts_with(char::is_uppercase);
        filled.push_str(&if starts { capitalized(&value) } else { value });
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The next placeholder with what stands before and after it.
fn placeholder(text: &str) -> Option<(&str, (&str, &str), &str)> {
    let mut from = 0;
    loop {
        let open = from + text[from..].find('{')?;
        let close = open + text[open..].find('}')?;
        if let Some(inside) = text[open + 1..close].split_once('|') {
            return Some((&text[..open], inside, &text[close + 1..]));
        }
        from = open + 1;
    }
}

/// A phrase with a capital first letter; a value that is a name stays as it is.
fn capitalized(text: &str) -> String {
    match text.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => text.to_owned(),
    }
}

/// The rows as JSON has always had them, without the placeholders.
pub(super) fn serialize_rows<S: Serializer>(
    rows: &[&'static ErrorRow],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rows.iter().map(|row| Shown::of(row)))
}

/// The public fields of a row.
#[derive(Serialize)]
struct Shown {
    id: &'static str,
    patterns: &'static [String],
    codes: &'static [String],
    generic: bool,
    workloads: &'static [Workload],
    title: String,
    source: &'static str,
    confirmed: bool,
    causes: Vec<Reason>,
}

impl Shown {
    fn of(row: &'static ErrorRow) -> Self {
        let ErrorRow { id, patterns, codes, generic, workloads, source, confirmed, .. } = row;
        let values = Values::default();
        let causes = row.causes.iter().map(|cause| reason(cause, &values)).collect();
        let title = row.plain_title();
        Self {
            id,
            patterns,
            codes,
            generic: *generic,
            workloads,
            title,
            source,
            confirmed: *confirmed,
            causes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_the_value_or_its_words() {
        let values = Values { action: Some("oss:GetObject".to_owned()), ..Values::default() };
        let text = "{caller|The caller} may not call {action|the action}: {\"Version\": \"1\"} {x";
        let filled = "The caller may not call oss:GetObject: {\"Version\": \"1\"} {x";
        assert_eq!(fill(text, &values), filled);
    }
}
