//! The rules for every JSON document: what strict readers refuse, and names that stand twice.

use super::super::finding::Finding;
use super::super::json::{Document, Kind, Value};
use super::super::rules;
use super::super::text::quoted;

/// Up to here comparing each with each is faster than sorting, and needs no memory.
const FEW: usize = 16;

pub(super) fn check(document: &Document, found: &mut Vec<Finding>) {
    if document.has_byte_order_mark() {
        let finding = Finding::new(&rules::JSON_BYTE_ORDER_MARK, "the text starts with a byte order mark");
        found.push(finding.spanning(0..'\u{feff}'.len_utf8()));
    }
    if let Some(at) = document.first_comment() {
        let finding = Finding::new(&rules::JSON_COMMENT, "a comment: JSON has none");
        found.push(finding.spanning(at..at + 2));
    }
    if let Some(at) = document.first_trailing_comma() {
        let finding = Finding::new(&rules::JSON_TRAILING_COMMA, "a comma behind the last item");
        found.push(finding.spanning(at..at + 1));
    }
    for object in document.values().filter(|value| value.kind() == Kind::Object) {
        let names = repeated(|| object.members().map(|member| member.name));
        found.extend(names.into_iter().map(|name| {
            let message =
                format!("{} stands in this object already", quoted(&name.as_str().unwrap_or_default()));
            Finding::new(&rules::JSON_DUPLICATE_KEY, message).spanning(name.span())
        }));
    }
}

/// The strings that have stood before; other values are passed over. `strings` is asked anew for each walk.
pub(super) fn repeated<'d, I>(strings: impl Fn() -> I) -> Vec<Value<'d>>
where
    I: Iterator<Item = Value<'d>>,
{
    if strings().nth(FEW).is_some() {
        return repeated_among_many(strings());
    }
    let mut again = Vec::new();
    for (index, value) in strings().enumerate().skip(1) {
        if strings().take(index).any(|earlier| earlier.is_same_str(value)) {
            again.push(value);
        }
    }
    again
}

fn repeated_among_many<'d>(strings: impl Iterator<Item = Value<'d>>) -> Vec<Value<'d>> {
    let mut sorted: Vec<_> = strings.filter_map(|value| Some((value.as_str()?, value))).collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1).collect()
}

/// Names of the policy grammar: doubled, one reader sees another policy than the next.
const GRAMMAR: [&str; 11] = [
    "Version",
    "Statement",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "Principal",
    "Condition",
    "Service",
    "RAM",
    "Federated",
];

/// Makes an error of a doubled name on which the meaning of a policy hangs.
pub(super) fn judge_doubled_grammar(document: &Document, found: &mut [Finding]) {
    for finding in found.iter_mut().filter(|finding| finding.rule == &rules::JSON_DUPLICATE_KEY) {
        let name = finding.span.clone().map(|span| &document.text()[span]).unwrap_or_default();
        if GRAMMAR.iter().any(|known| name.trim_matches('"') == *known) {
            finding.rule = &rules::POLICY_DUPLICATE_KEY;
        }
    }
}

/// A service config's own rule for doubled keys says more; the general finding about the same key goes.
pub(super) fn drop_twice_said(found: &mut Vec<Finding>) {
    let start = |finding: &Finding| finding.span.as_ref().map(|span| span.start);
    let own = found.iter().filter(|finding| finding.rule == &rules::CONFIG_DUPLICATE_KEY);
    let mut said: Vec<usize> = own.filter_map(start).collect();
    said.sort_unstable();
    found.retain(|finding| {
        let twice = || start(finding).is_some_and(|at| said.binary_search(&at).is_ok());
        finding.rule != &rules::JSON_DUPLICATE_KEY || !twice()
    });
}
