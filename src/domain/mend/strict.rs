//! Mends for every JSON document: syntax, what strict readers refuse, and the same thing said twice.

use super::super::json::{self, compact, read};
use super::spot::Spot;

pub(super) fn mend_syntax(text: &str) -> Option<String> {
    json::mend(text, &read(text).err()?)
}

/// All of them: a check names only the first.
pub(super) fn remove_comments(text: &str) -> Option<String> {
    read(text).ok().map(|document| json::without_comments(&document))
}

/// All of them: a check names only the first.
pub(super) fn remove_trailing_commas(text: &str) -> Option<String> {
    read(text).ok().map(|document| json::without_trailing_commas(&document))
}

pub(super) fn remove_byte_order_mark(text: &str) -> Option<String> {
    text.strip_prefix('\u{feff}').map(str::to_owned)
}

/// The second of two members goes if both say the same: then it does not matter which one a reader takes.
pub(super) fn remove_same_member(spot: Spot) -> Option<String> {
    let name = spot.value.as_str()?;
    let mut alike = spot.parent?.members().filter(|member| member.is(&name));
    let (first, second) = (alike.next()?, alike.next()?);
    let is_second = second.name.span() == spot.value.span() && alike.next().is_none();
    let is_same = compact(first.value) == compact(second.value);
    if is_second && is_same { spot.removed() } else { None }
}
