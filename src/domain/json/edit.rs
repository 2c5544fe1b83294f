//! Edits that touch what they name and leave every other byte: each takes a value of a document and gives
//! the whole new text. Names that occur twice are the caller's to refuse.

use std::ops::Range;

use serde_json::Value as Tree;

use super::Value;
use super::style::{Layout, Style, indent_of_line, own_line};
use super::trivia::{comma_after, end_of_last_comment, end_of_line_comment, line_break_at};

/// Sets a member of an object; a new one goes behind the member `after` where that exists, else to the end.
/// A member that has this value already stays as it is written; another value goes with the comments in it.
#[must_use]
pub fn set_member(object: Value, name: &str, value: &Tree, after: Option<&str>) -> String {
    let text = object.document().text();
    let style = Style::of(object.document(), object);
    if let Some(present) = object.member(name) {
        if present.value.equals(value) {
            return text.to_owned();
        }
        let span = present.value.span();
        let layout = match own_line(text, present.span().start) {
            Some(indent) => Layout::Lines(indent),
            None => layout_beside(text, &span),
        };
        return splice(text, &[(span, style.value(value, layout))]);
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

/// Puts another value, or another member name, in the place of one.
#[must_use]
pub fn replace_value(value: Value, with: &Tree) -> String {
    let text = value.document().text();
    let style = Style::of(value.document(), value);
    let span = value.span();
    let layout = own_line(text, span.start).map_or_else(|| layout_beside(text, &span), Layout::Lines);
    splice(text, &[(span, style.value(with, layout))])
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
            let at = end_of_line_comment(text, anchor);
            let newline = line_break_at(text, at).unwrap_or(style.newline);
            (at, format!("{newline}{indent}{}", write(Layout::Lines(indent))))
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

/// Puts the first item into an empty container, behind the comments in it.
fn fill(container: Value, style: &Style, write: impl Fn(Layout) -> String, prefer_lines: bool) -> String {
    let text = container.document().text();
    let span = container.span();
    let kept = end_of_last_comment(text, span.start + 1);
    let gap = kept..span.end - 1;
    let space = &text[gap.clone()];
    let commented = kept > span.start + 1;
    if space.contains('\n') || (style.lines && prefer_lines && !commented) {
        let outer = indent_of_line(text, span.start);
        let indent = format!("{outer}{}", style.unit);
        let item = write(Layout::Lines(&indent));
        let at = end_of_line_comment(text, kept);
        let newline = line_break_at(text, at).unwrap_or(style.newline);
        if space.contains('\n') {
            splice(text, &[(at..at, format!("{newline}{indent}{item}"))])
        } else {
            splice(text, &[(gap, format!("{newline}{indent}{item}{newline}{outer}"))])
        }
    } else {
        // `remove_member` looks back over spaces and tabs only, so no more than those may lead.
        let last = space.rsplit('\r').next().unwrap_or(space);
        let lead = if space.is_empty() && commented { style.gap } else { last };
        splice(text, &[(kept..kept, format!("{lead}{}", write(Layout::Inline)))])
    }
}

/// Replaces ranges, which must be in order and apart.
pub(in crate::domain) fn splice(text: &str, splices: &[(Range<usize>, String)]) -> String {
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
    use super::super::{remove_item, remove_member};
    use serde_json::json;

    use super::super::read;
    use super::*;
    use crate::processor_time::processor_time;

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
            ("{\n  \"r\": 2\n}", "{}"),
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

    #[test]
    fn a_pushed_element_leaves_its_list_as_it_was() {
        for text in ["[1]", "[1, 2]", "[\n  1, // one\n  2\n]", "[\r\n\t1,\r\n]", "[1 /* one */ ]", "[\n]"] {
            let pushed = push(text);
            let document = read(&pushed).expect(&pushed);
            let last = document.root().elements().last().expect("pushed");
            assert_eq!(remove_item(document.root(), last.span()), text.replace("[\n]", "[]"), "{pushed}");
        }
    }

    #[test]
    fn a_replaced_element_stands_on_the_lines_of_the_old_one() {
        let replace = |text: &str| {
            let document = read(text).expect(text);
            replace_value(document.root().elements().next().expect("one"), &json!({"on": true}))
        };
        assert_eq!(replace("[1, 2]"), "[{\"on\": true}, 2]");
        assert_eq!(replace("[\n\t1, // one\n\t2\n]"), "[\n\t{\n\t\t\"on\": true\n\t}, // one\n\t2\n]");
    }

    fn edited(text: &str, edit: impl Fn(Value) -> String) -> String {
        edit(read(text).expect(text).root())
    }

    #[test]
    fn setting_the_same_value_again_changes_nothing() {
        let value = json!({"on": true});
        let set = |text: &str| edited(text, |root| set_member(root, "o", &value, None));
        let once = set("{\n  \"a\": 1\n}\n");
        assert_eq!(set(&once), once);
        let mine = "{\"o\":{ \"on\" : /* mine */ true }}";
        assert_eq!(set(mine), mine);
    }

    #[test]
    fn a_replaced_value_is_laid_out_as_a_new_one() {
        let text = "{\n  \"o\": 1,\n  \"b\": 2\n}";
        assert_eq!(set(text, "o", None), "{\n  \"o\": {\n    \"on\": true\n  },\n  \"b\": 2\n}");
        assert_eq!(set(r#"{"o": 1, "b": 2}"#, "o", None), r#"{"o": {"on": true}, "b": 2}"#);
    }

    #[test]
    fn a_comment_may_begin_with_its_own_end() {
        assert_eq!(set("{\"a\":1 /*/ , */}", "o", None), "{\"a\":1,\"o\":{\"on\":true} /*/ , */}");
        assert_eq!(remove("{\"r\":1 /*/ x */, \"a\":2}", "r"), "{/*/ x */ \"a\":2}");
    }

    #[test]
    fn a_comment_keeps_its_last_byte() {
        let text = "{ // none\u{a0} \r\n}";
        assert_eq!(set(text, "o", None), "{ // none\u{a0} \r\n  \"o\": {\r\n    \"on\": true\r\n  }\r\n}");
    }

    #[test]
    fn a_comment_over_several_lines_stays_with_its_member() {
        let text = "{\n  \"a\": 1 /* one\n  two */\n}";
        assert_eq!(push("[\n  1 /* one\n two */\n]"), "[\n  1, /* one\n two */\n  \"b\"\n]");
        let new = "{\n  \"a\": 1, /* one\n  two */\n  \"r\": 2\n}";
        assert_eq!(remove(new, "r"), text);
    }

    #[test]
    fn what_is_set_and_removed_was_never_there() {
        for text in [
            "{}",
            "{ }",
            "{}\n",
            "{\"a\":1 }",
            "{\"a\": 1,  \"b\": 2}",
            "{\n  \"a\": 1  \n}",
            "{\n  \"a\": 1, }",
            "{\n  \"a\": 1 /* x */ \t }",
            "{/* x */}",
            "{/* x */ }",
            "{ // x\r\n}",
            "\n{ // x\r\r\n}",
            "{ /* x */ \t\r\t}",
            "{\n  \"a\": 1 \r}",
            "{\n    \"a\": 1\n  , \"b\": 2\n}",
        ] {
            for after in [None, Some("a")] {
                assert_eq!(remove(&set(text, "o", after), "o"), text, "{:?}", set(text, "o", after));
            }
        }
    }

    #[test]
    fn an_emptied_object_closes_up() {
        assert_eq!(remove("{\n  \"r\": 1\n}", "r"), "{}");
        assert_eq!(remove("{\n  // why\n  \"r\": 1\n}", "r"), "{\n  // why\n}");
    }

    #[test]
    fn one_long_line_is_edited_in_linear_time() {
        let text = format!("[{}{{}}]", "{\"a\":[1]},".repeat(200_000));
        let start = processor_time();
        assert!(push(&text).ends_with("{},\"b\"]"));
        let took = processor_time().saturating_sub(start);
        assert!(took.as_secs() < 5, "{took:?}");
    }
}
