//! The rules for every JSON document: what strict readers refuse, and names that stand twice.

use super::super::finding::{Finding, Rule};
use super::super::findings::Findings;
use super::super::json::{Document, Kind, Value};
use super::super::rules;
use super::super::text::quoted;

/// Up to here comparing each with each is faster than sorting, and needs no memory.
const FEW: usize = 16;

/// `doubled` returns the rule for a duplicate name in one object, or nothing if another rule reports it.
pub(super) fn check(
    document: &Document,
    doubled: impl Fn(Value) -> Option<&'static Rule>,
    found: &mut Findings,
) {
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
        for name in repeated(|| object.members().map(|member| member.name)) {
            let Some(rule) = doubled(name) else { continue };
            found.push_with(rule, || {
                let name_text = name.as_str().unwrap_or_default();
                let message = format!("{} is already defined in this object", quoted(&name_text));
                Finding::new(rule, message).spanning(name.span())
            });
        }
    }
}

/// What strict JSON does not have and ramrole keeps: comments, trailing commas, a byte order mark, doubled names.
#[must_use]
pub(in crate::domain) fn strictness(document: &Document) -> Findings {
    let mut found = Findings::default();
    check(document, |_| Some(&rules::JSON_DUPLICATE_KEY), &mut found);
    found
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
    let mut strings: Vec<_> = strings.filter(|value| value.kind() == Kind::String).collect();
    strings.sort_unstable_by(|a, b| {
        a.as_str().cmp(&b.as_str()).then_with(|| a.span().start.cmp(&b.span().start))
    });
    let mut before: Option<Value> = None;
    strings.retain(|value| before.replace(*value).is_some_and(|before| before.is_same_str(*value)));
    // Only the first findings are kept: they must be the first in the text, not in alphabetical order.
    strings.sort_unstable_by_key(|value| value.span().start);
    strings
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

/// The rule for a duplicate name in a policy: an error if the meaning of the policy depends on it.
pub(super) fn doubled_in_policy(name: Value) -> &'static Rule {
    let is_grammar = GRAMMAR.iter().any(|known| name.is_str(known));
    if is_grammar { &rules::POLICY_DUPLICATE_KEY } else { &rules::JSON_DUPLICATE_KEY }
}
