//! Edits that touch what they name and leave every other byte: each takes a value of a document and gives
//! the whole new text. Names that occur twice are the caller's to refuse.

use std::ops::Range;

use serde_json::Value as Tree;

use super::style::{Layout, Style, indent_of_line, own_line};
use super::{Member, Value};

/// Sets a member of an object; a new one goes behind the member `after` where that exists, else to the end.
#[must_use]
pub fn set_member(object: Value, name: &str, value: &Tree, after: Option<&str>) -> String {
    let text = object.document().text();
    let style = Style::of(object.document(), object);
    if let Some(present) = object.get(name) {
        return splice(text, &[(present.span(), style.value(value, Layout::Inline))]);
    }
    let anchor = after.and_then(|after| object.member(after)).or_else(|| object.members().last());
    match anchor {
        None => fill(object, &style, |layout| style.member(name, value, layout), true),
        Some(anchor) => {
            let next = object.members().find(|member| member.span().start > anchor.span().start);
            let place = Place { item: anchor.span(), next: next.map(|next| next.span().start) };
            insert(text, &style, &place, |layout| style.member(name, value, layout))
        }
    }
}

/// Adds an element to the end of an array.
#[must_use]
pub fn push_element(array: Value, value: &Tree) -> String {
    let text = array.document().text();
    let style = Style::of(array.document(), array);
    match array.elements().last() {
        None => fill(array, &style, |layout| style.value(value, layout), value.is_object()),
        Some(last) => {
            let place = Place { item: last.span(), next: None };
            insert(text, &style, &place, |layout| style.value(value, layout))
        }
    }
}

/// Makes a value the first of a list and `second` the other.
#[must_use]
pub fn wrap_in_array(value: Value, second: &Tree) -> String {
    let text = value.document().text();
    let style = Style::of(value.document(), value);
    let layout = layout_beside(text, &value.span());
    let added = format!(",{}{}]", style.gap, style.value(second, layout));
    let span = value.span();
    splice(text, &[(span.start..span.start, "[".into()), (span.end..span.end, added)])
}

/// Takes a member out of an object, its comma and its line with it; comments stay.
#[must_use]
pub fn remove_member(object: Value, name: &str) -> String {
    let text = object.document().text();
    let Some(member) = object.member(name) else { return text.to_owned() };
    let span = member.span();
    match comma_after(text, span.end) {
        Some(comma) => {
            let mut cuts = vec![];
            if comma == span.end {
                cuts.push(span.start..comma + 1);
            } else {
                cuts.extend([span, comma..comma + 1]);
            }
            cut_with_white_space(text, cuts)
        }
        None => match last_before(object, &member) {
            Some(previous) => remove_last(text, previous.span().end, span),
            None => cut_with_white_space(text, vec![span]),
        },
    }
}

/// The last member of an object goes: the comma before it must go too.
fn remove_last(text: &str, previous_end: usize, span: Range<usize>) -> String {
    let comma = comma_after(text, previous_end).unwrap_or(previous_end);
    let between = &text[comma..span.start];
    if between[1.min(between.len())..].trim().is_empty() {
        return splice(text, &[(comma..span.end, String::new())]);
    }
    let without = cut_with_white_space(text, vec![span]);
    splice(&without, &[(comma..comma + 1, String::new())])
}

fn last_before<'d>(object: Value<'d>, member: &Member<'d>) -> Option<Member<'d>> {
    object.members().take_while(|other| other.span().start < member.span().start).last()
}

/// Cuts ranges of one line group; a line that is left with nothing but white space goes as a whole.
fn cut_with_white_space(text: &str, mut cuts: Vec<Range<usize>>) -> String {
    let (Some(first), Some(last)) = (cuts.first().cloned(), cuts.last().cloned()) else {
        return text.to_owned();
    };
    let behind = text[last.end..].trim_start_matches([' ', '\t']);
    let behind_at = text.len() - behind.len();
    let line_end = newline_at(behind);
    let index = cuts.len() - 1;
    match (own_line(text, first.start), line_end) {
        (Some(indent), Some(newline)) => {
            cuts[index].end = behind_at + newline;
            cuts[0].start = first.start - indent.len();
        }
        (Some(_), None) => cuts[index].end = behind_at,
        (None, _) if behind.starts_with(['}', ']']) => {
            let before = text[..first.start].trim_end_matches([' ', '\t']).len();
            let keep_one = text[..before].ends_with(['{', '[']) && behind_at > last.end;
            cuts[0].start = before;
            cuts[index].end = behind_at - usize::from(keep_one);
        }
        (None, Some(_)) => {
            cuts[0].start = text[..first.start].trim_end_matches([' ', '\t']).len();
            cuts[index].end = last.end;
        }
        (None, None) => cuts[index].end = behind_at,
    }
    let splices: Vec<_> = cuts.into_iter().map(|cut| (cut, String::new())).collect();
    splice(text, &splices)
}

/// The length of the line break at the start of `text`, when there is one.
fn newline_at(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => Some(2),
        [b'\n', ..] => Some(1),
        _ => None,
    }
}

/// An item behind which something is inserted.
struct Place {
    item: Range<usize>,
    /// Where the item behind it starts.
    next: Option<usize>,
}

fn insert(text: &str, style: &Style, place: &Place, write: impl Fn(Layout) -> String) -> String {
    let comma = comma_after(text, place.item.end);
    let anchor = comma.map_or(place.item.end, |comma| comma + 1);
    let next_on_own_line = place.next.is_none_or(|next| own_line(text, next).is_some());
    let (at, piece) = match own_line(text, place.item.start).filter(|_| next_on_own_line) {
        Some(indent) => {
            let piece = format!("{}{indent}{}", style.newline, write(Layout::Lines(indent)));
            (end_of_line_comment(text, anchor), piece)
        }
        None => (anchor, format!("{}{}", style.gap, write(layout_beside(text, &place.item)))),
    };
    match comma {
        Some(_) => splice(text, &[(at..at, format!("{piece},"))]),
        None => splice(text, &[(anchor..anchor, ",".into()), (at..at, piece)]),
    }
}

/// The layout for something that follows `item` on its last line.
fn layout_beside<'t>(text: &'t str, item: &Range<usize>) -> Layout<'t> {
    if text[item.clone()].contains('\n') {
        Layout::Lines(indent_of_line(text, item.end))
    } else {
        Layout::Inline
    }
}

/// Puts the first item into an empty container.
fn fill(container: Value, style: &Style, write: impl Fn(Layout) -> String, prefer_lines: bool) -> String {
    let text = container.document().text();
    let span = container.span();
    let inner = &text[span.start + 1..span.end - 1];
    let kept = inner.trim_end().len();
    let gap = span.start + 1 + kept..span.end - 1;
    if inner.contains('\n') || kept > 0 || (style.lines && prefer_lines) {
        let outer = indent_of_line(text, span.start);
        let indent = format!("{outer}{}", style.unit);
        let item = write(Layout::Lines(&indent));
        let newline = style.newline;
        splice(text, &[(gap, format!("{newline}{indent}{item}{newline}{outer}"))])
    } else {
        splice(text, &[(gap, write(Layout::Inline))])
    }
}

/// Where the comma behind an item stands, white space and comments skipped.
fn comma_after(text: &str, end: usize) -> Option<usize> {
    let at = skip_trivia(text, end);
    text[at..].starts_with(',').then_some(at)
}

fn skip_trivia(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        let length = if rest.starts_with("//") {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| end + 2)
        } else {
            None
        };
        match length {
            Some(length) => at += length,
            None => return at,
        }
    }
}

/// The end of the line of `from` when only white space and comments follow there, else `from`.
fn end_of_line_comment(text: &str, from: usize) -> usize {
    let line_end = text[from..].find('\n').map_or(text.len(), |newline| from + newline);
    let mut at = from;
    loop {
        let rest = text[at..line_end].trim_start_matches([' ', '\t', '\r']);
        at = line_end - rest.len();
        if rest.is_empty() || rest.starts_with("//") {
            let line = &text[from..line_end];
            return from + line.strip_suffix('\r').unwrap_or(line).len();
        }
        match rest.strip_prefix("/*").and_then(|comment| comment.find("*/")) {
            Some(length) => at += length + 4,
            None => return from,
        }
    }
}

/// Replaces ranges, which must be in order and apart.
fn splice(text: &str, splices: &[(Range<usize>, String)]) -> String {
    let added: usize = splices.iter().map(|(_, with)| with.len()).sum();
    let mut result = String::with_capacity(text.len() + added);
    let mut at = 0;
    for (range, with) in splices {
        result.push_str(&text[at..range.start]);
        result.push_str(with);
        at = range.end;
    }
    result.push_str(&text[at..]);
    result
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::read;
    use super::*;

    fn set(text: &str, name: &str, after: Option<&str>) -> String {
        let document = read(text).expect(text);
        set_member(document.root(), name, &json!({"on": true}), after)
    }

    fn remove(text: &str, name: &str) -> String {
        remove_member(read(text).expect(text).root(), name)
    }

    fn push(text: &str) -> String {
        push_element(read(text).expect(text).root(), &json!("b"))
    }

    #[test]
    fn a_member_takes_the_layout_of_its_neighbours() {
        for (text, expected) in [
            ("{}", r#"{"o": {"on": true}}"#),
            ("{}\n", "{\"o\": {\"on\": true}}\n"),
            ("{\n}\n", "{\n  \"o\": {\n    \"on\": true\n  }\n}\n"),
            (r#"{"a":1}"#, r#"{"a":1,"o":{"on":true}}"#),
            (r#"{ "a": 1, "b": 2 }"#, r#"{ "a": 1, "b": 2, "o": {"on": true} }"#),
            ("{\n\t\"a\": 1\n}", "{\n\t\"a\": 1,\n\t\"o\": {\n\t\t\"on\": true\n\t}\n}"),
            ("{\r\n  \"a\" : 1,\r\n}", "{\r\n  \"a\" : 1,\r\n  \"o\" : {\r\n    \"on\" : true\r\n  },\r\n}"),
            ("{\n  \"a\": 1 // one\n}", "{\n  \"a\": 1, // one\n  \"o\": {\n    \"on\": true\n  }\n}"),
            ("{ // none\n}", "{ // none\n  \"o\": {\n    \"on\": true\n  }\n}"),
        ] {
            assert_eq!(set(text, "o", None), expected, "{text}");
        }
    }

    #[test]
    fn a_member_goes_behind_the_one_that_is_named() {
        let text = "{\n  \"a\": 1, // one\n  \"b\": 2\n}";
        assert_eq!(
            set(text, "o", Some("a")),
            "{\n  \"a\": 1, // one\n  \"o\": {\n    \"on\": true\n  },\n  \"b\": 2\n}"
        );
        assert_eq!(set(r#"{"a": 1, "b": 2}"#, "o", Some("a")), r#"{"a": 1, "o": {"on": true}, "b": 2}"#);
    }

    #[test]
    fn a_removed_member_takes_its_comma_and_its_line() {
        for (text, expected) in [
            (r#"{"r": 1}"#, "{}"),
            (r#"{ "r": 1 }"#, "{ }"),
            (r#"{"a": 1, "r": 2}"#, r#"{"a": 1}"#),
            (r#"{"r": 1, "a": 2}"#, r#"{"a": 2}"#),
            (r#"{"a": 1, "r": 2, "b": 3}"#, r#"{"a": 1, "b": 3}"#),
            ("{\n  \"r\": 1,\n  \"a\": 2\n}\n", "{\n  \"a\": 2\n}\n"),
            ("{\n  \"a\": 1,\n  \"r\": 2\n}\n", "{\n  \"a\": 1\n}\n"),
            ("{\r\n  \"a\": 1,\r\n  \"r\": 2,\r\n}\r\n", "{\r\n  \"a\": 1,\r\n}\r\n"),
            ("{\n  \"a\": 1, // one\n  \"r\": 2 // gone\n}", "{\n  \"a\": 1 // one\n  // gone\n}"),
            ("{\n  \"r\": 1, // why\n  \"a\": 2\n}", "{\n  // why\n  \"a\": 2\n}"),
            ("{\n  \"a\": 1, \"r\": 2,\n  \"b\": 3\n}", "{\n  \"a\": 1,\n  \"b\": 3\n}"),
            ("{\n  \"r\": 2\n}", "{\n}"),
        ] {
            assert_eq!(remove(text, "r"), expected, "{text}");
        }
    }

    #[test]
    fn an_element_joins_its_list() {
        for (text, expected) in [
            ("[]", r#"["b"]"#),
            (r#"["a"]"#, r#"["a", "b"]"#),
            (r#"["a","c"]"#, r#"["a","c","b"]"#),
            ("[\n  \"a\"\n]", "[\n  \"a\",\n  \"b\"\n]"),
            ("[\n  \"a\", // one\n]", "[\n  \"a\", // one\n  \"b\",\n]"),
        ] {
            assert_eq!(push(text), expected, "{text}");
        }
    }
}
