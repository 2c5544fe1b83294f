//! Takes a member out of an object, or an element out of a list; the comments around it stay.

use std::ops::Range;

use super::Value;
use super::edit::splice;
use super::style::own_line;
use super::trivia::{WHITE_SPACE, comma_after, is_blank, last_comment, line_break_at};

/// Takes a member out of an object, its comma and its line with it; the comments around it stay.
#[must_use]
pub fn remove_member(object: Value, name: &str) -> String {
    match object.member(name) {
        Some(member) => remove_item(object, member.span()),
        None => object.document().text().to_owned(),
    }
}

/// Takes the member or element with these bytes out of its object or list, as [`remove_member`] does.
#[must_use]
pub fn remove_item(container: Value, item: Range<usize>) -> String {
    let text = container.document().text();
    let leaving = Leaving::new(container, item);
    let Range { start, end } = leaving.item;
    let own = own_line(text, start).is_some();
    let cuts = match (comma_after(text, end), leaving.previous_end) {
        (Some(comma), _) if is_blank(&text[end..comma]) => vec![leaving.around(start..comma + 1)],
        (Some(comma), _) => vec![leaving.around(start..end), comma..comma + 1],
        (None, Some(previous)) if leaving.follows_blank() && !own => {
            let comma = leaving.before - 1;
            vec![if is_blank(&text[previous..comma]) { previous..end } else { comma..end }]
        }
        (None, Some(_)) => vec![leaving.before - 1..leaving.before, leaving.around(start..end)],
        (None, None) => vec![leaving.around(start..end)],
    };
    splice(text, &cuts.into_iter().map(|cut| (cut, String::new())).collect::<Vec<_>>())
}

/// A member or element on its way out, and what stands before it.
struct Leaving<'t> {
    text: &'t str,
    /// The brackets around it.
    container: Range<usize>,
    item: Range<usize>,
    /// Where the item before it ends.
    previous_end: Option<usize>,
    /// The end of the opening bracket or of the comma before it.
    before: usize,
}

impl<'t> Leaving<'t> {
    fn new(container: Value<'t>, item: Range<usize>) -> Self {
        let text = container.document().text();
        let previous = spans(container).take_while(|other| other.start < item.start).last();
        let previous_end = previous.map(|previous| previous.end);
        let comma = previous_end.and_then(|end| comma_after(text, end));
        let before = comma.unwrap_or(container.span().start) + 1;
        Self { text, container: container.span(), item, previous_end, before }
    }

    /// Whether only white space stands before it.
    fn follows_blank(&self) -> bool {
        is_blank(&self.text[self.before..self.item.start])
    }

    /// What goes along when `cut` goes: its line where nothing else is on it, else the white space on one side.
    fn around(&self, cut: Range<usize>) -> Range<usize> {
        let text = self.text;
        let inside = self.container.start + 1..self.container.end - 1;
        let before = &text[inside.start..cut.start];
        if before.contains('\n') && is_blank(before) && is_blank(&text[cut.end..inside.end]) {
            return inside;
        }
        let behind = text[cut.end..].trim_start_matches([' ', '\t']);
        let behind_at = text.len() - behind.len();
        let last = behind.trim_start_matches(WHITE_SPACE).starts_with(['}', ']']);
        if let Some(indent) = own_line(text, cut.start) {
            if line_break_at(text, behind_at).is_some() {
                return line_break_before(text, cut.start - indent.len())..behind_at;
            }
            // A line comment needs the line break behind it.
            let comment = last_comment(text, self.before).filter(|comment| comment.start < cut.start);
            let joins = comment.as_ref().is_none_or(|comment| text[comment.clone()].starts_with("/*"));
            return if joins && (last || behind.starts_with('\r')) {
                comment.map_or(self.before, |comment| comment.end)..cut.end
            } else {
                cut.start..behind_at
            };
        }
        if self.previous_end.is_none() && !last {
            cut.start..behind_at
        } else {
            text[..cut.start].trim_end_matches([' ', '\t']).len()..cut.end
        }
    }
}

/// The bytes of each member or element.
pub(super) fn spans(container: Value<'_>) -> impl Iterator<Item = Range<usize>> {
    container.members().map(|member| member.span()).chain(container.elements().map(Value::span))
}

/// Where the line break starts that ends at `line_start`.
fn line_break_before(text: &str, line_start: usize) -> usize {
    let before = &text[..line_start];
    let line = before.strip_suffix('\n').unwrap_or(before);
    line.strip_suffix('\r').unwrap_or(line).len()
}
