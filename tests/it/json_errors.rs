//! What the reader says of broken documents, one mistake each, as people make them; the place is where the
//! mend goes.

use ramrole::domain::json::read;
use ramrole::domain::text;

/// A document, and `line:column message` of its mistake.
const MISTAKES: &[(&str, &str)] = &[
    // Commas and colons.
    (r#"{"a": 1 "b": 2}"#, "1:7 a comma is missing after this"),
    ("{\n  \"a\": \"one\"\n  \"b\": 2\n}", "2:12 a comma is missing after this"),
    ("{\n  \"a\": \"one\" // why\n  \"b\": 2\n}", "2:12 a comma is missing after this"),
    ("{\n  \"a\": {\n  }\n  \"b\": 2\n}", "3:3 a comma is missing after this"),
    ("[\"a\" \"b\"]", "1:4 a comma is missing after this"),
    ("[1\n2]", "1:2 a comma is missing after this"),
    (r#"["a", "b"] ["c"]"#, "1:12 the document ends before this: put only one document in the file"),
    (r#"{"a" 1}"#, "1:4 a colon is missing after this name"),
    ("{\n  \"a\"\n  1}", "2:5 a colon is missing after this name"),
    (r#"{"a", "b"}"#, "1:4 a colon and a value are missing after this name"),
    (r#"{"a": }"#, "1:7 a value is missing before this `}`"),
    (r#"{"a": , "b": 1}"#, "1:7 a value is missing before this comma"),
    ("{: 1}", "1:2 a name is missing before this colon"),
    (r#"{"a": 1,, "b": 2}"#, "1:9 remove this extra comma"),
    (r#"{, "a": 1}"#, "1:2 remove this extra comma"),
    ("[1,,2]", "1:4 a value is missing before this comma"),
    (r#"{"a" = 1}"#, "1:6 use a colon here instead of an equals sign"),
    (r#"{"a" => 1}"#, "1:6 use a colon here instead of an equals sign"),
    (r#"{"a": 1; "b": 2}"#, "1:8 use a comma here instead of `;`"),
    (r#"["a"; "b"]"#, "1:5 use a comma here instead of `;`"),
    (r#"{"a": "b": 1}"#, "1:10 expected a comma or a closing bracket, found `:`"),
    (r#"["a": 1]"#, "1:5 a list holds values without names; use an object for names, { … }"),
    (r#"["a" + "b"]"#, "1:6 expected a comma or a closing bracket, found `+`"),
    // Quotes.
    ("{'a': 1}", "1:2 use double quotes around strings"),
    (r#"{"a": 'b'}"#, "1:7 use double quotes around strings"),
    (r#"{"a": `b`}"#, "1:7 use double quotes around strings"),
    ("{a: 1}", "1:2 a member must start with its name in double quotes"),
    (r#"{"a": b}"#, "1:7 a string needs double quotes"),
    (r#"{"a": acs:ram::1:role/b}"#, "1:7 a string needs double quotes"),
    (r#"{"a": /mnt/data}"#, "1:7 a string needs double quotes"),
    ("{“a”: 1}", r#"1:2 replace the typographic quotation mark `“` with a straight ""#),
    (r#"{"a": “b”}"#, r#"1:7 replace the typographic quotation mark `“` with a straight ""#),
    ("{\"a\": \"b”}", r#"1:9 replace the typographic quotation mark `”` with a straight ""#),
    ("{\"a\": ‘b’}", r#"1:7 replace the typographic quotation mark `‘` with a straight ""#),
    // Brackets and strings that do not end.
    (
        "{\n  \"a\": \"b,\n  \"c\": 1\n}",
        r#"2:8 this string does not end on its line: close it with ", or write a line break as \n"#,
    ),
    (r#"{"a": "b"#, "1:7 this string is not closed"),
    ("{\n  \"a\": {\n    \"b\": 1\n  }\n", "4:4 the document ends, but the `{` on line 1 is not closed"),
    ("[1, 2", "1:6 the document ends, but the `[` on line 1 is not closed"),
    (r#"{"a": [1, 2}"#, "1:12 this `}` does not close the `[` on line 1"),
    (r#"[{"a": 1]"#, "1:9 this `]` does not close the `{` on line 1"),
    (r#"{"a": 1}}"#, "1:9 this `}` closes nothing; remove it"),
    (r#"{"a": 1},"#, "1:9 the document ends before this"),
    ("{\"a\": 1}\n{\"b\": 2}", "2:1 the document ends before this: put only one document in the file"),
    (r#"{"a": 1} end"#, "1:10 the document ends before this"),
    (r#""a": 1"#, "1:4 put a name and its value into an object, { … }"),
    ("{} /* never ends", "1:4 this comment is not closed"),
    // Placeholders and words of other languages.
    (r#"{"a": 1, ...}"#, "1:10 an ellipsis is not JSON: write the real value here"),
    (r#"{"a": …}"#, "1:7 an ellipsis is not JSON: write the real value here"),
    (r#"["a" ...]"#, "1:6 an ellipsis is not JSON: write the real value here"),
    (r#"{"a": <your role ARN>}"#, "1:7 a placeholder is not JSON: write the real value here"),
    (r#"{"a": ${ROLE_ARN}}"#, "1:7 a placeholder is not JSON: write the real value here"),
    (r#"{"a": {{ role_arn }}}"#, "1:7 a placeholder is not JSON: write the real value here"),
    (r#"{"a": True}"#, "1:7 this word is not JSON: write true"),
    (r#"{"a": None}"#, "1:7 this word is not JSON: write null"),
    (r#"{"a": NaN}"#, "1:7 this word is not JSON: write a number or null"),
    (r#"{"a": undefined}"#, "1:7 this word is not JSON: write null"),
    ("{\n  # why\n  \"a\": 1\n}", "2:3 JSON has no `#` comments: remove it"),
    ("{\n  \"a\": 1 # why\n}", "2:10 JSON has no `#` comments: remove it"),
    // Numbers.
    (r#"{"a": 007}"#, "1:7 not a JSON number: it must not start with 0"),
    (r#"{"a": +1}"#, "1:7 not a JSON number: remove the plus sign"),
    (r#"{"a": .5}"#, "1:7 not a JSON number: a digit must stand before the decimal point"),
    (r#"{"a": 1.}"#, "1:7 not a JSON number: a digit must follow the decimal point"),
    (r#"{"a": 1e}"#, "1:7 not a JSON number: a digit must follow the exponent"),
    (r#"{"a": -}"#, "1:7 not a JSON number: a digit must follow the minus sign"),
    (r#"{"a": 0x10}"#, "1:7 not a JSON number: write it in decimal"),
    (r#"{"a": 1_000}"#, "1:7 not a JSON number: remove the _"),
    (r#"{"a": 16Gi}"#, "1:7 not a JSON number: if it is text, put it in double quotes"),
    (r#"{"a": 2012-10-17}"#, "1:7 not a JSON number: if it is text, put it in double quotes"),
    (r#"{"a": 1.2.3}"#, "1:7 not a JSON number: if it is text, put it in double quotes"),
    // Characters.
    (r#"{"a"：1}"#, "1:5 replace the full-width character `：` with `:`"),
    (r#"{"a": 1，"b": 2}"#, "1:8 replace the full-width character `，` with `,`"),
    ("｛\"a\": 1}", "1:1 replace the full-width character `｛` with `{`"),
    ("{\"a\":\u{a0}1}", "1:6 U+00A0 is not white space in JSON: use a plain space"),
    ("{\n\u{3000}\u{3000}\"a\": 1}", "2:1 U+3000 is not white space in JSON: use a plain space"),
    ("{\"a\": 1}\u{200b}", "1:9 U+200B is not white space in JSON: use a plain space"),
    (
        "{\n\u{feff}\"a\": 1}",
        "2:1 a byte order mark (U+FEFF) belongs only at the start of the file: delete it",
    ),
    ("{\"a\": \"b\tc\"}", r"1:9 a control character in a string: write it as \t"),
    ("{\"a\": \"b\u{1b}c\"}", r"1:9 a control character in a string: write it as \u001b"),
    (r#"{"a": "\x41"}"#, r"1:8 not a JSON escape: write \\ for a backslash"),
    (r#"{"a": "C:\data"}"#, r"1:10 not a JSON escape: write \\ for a backslash"),
    (r#"{"a": "C:\Users\me"}"#, r"1:10 not a JSON escape: write \\ for a backslash"),
    (r#"{"a": "\u12"}"#, r"1:8 not a JSON escape: write \\ for a backslash"),
    (r#"{"a": "\ud83d"}"#, r"1:8 half of a surrogate pair: the character needs both \u escapes"),
    // Whole files.
    ("", "1:1 the document is empty"),
    ("  \n\n", "3:1 the document is empty"),
    ("// nothing\n/* here */\n", "3:1 the document is empty"),
    ("name: svc\nmetadata:\n  instance: 1\n", "1:1 this looks like YAML, not JSON"),
    ("---\nname: svc\n", "1:1 this looks like YAML, not JSON"),
    ("- name: svc\n", "1:1 this looks like YAML, not JSON"),
    ("<!DOCTYPE html>\n<html></html>\n", "1:1 this looks like HTML or XML, not JSON"),
    ("name = \"svc\"\n", "1:1 this looks like TOML or a list of variables, not JSON"),
    ("{'name': 'svc', 'on': True}", "1:2 use double quotes around strings"),
    ("eascmd create service.json", "1:1 a string needs double quotes"),
];

fn told(broken: &str) -> String {
    let error = read(broken).expect_err(broken);
    let place = text::place(broken, error.span.start);
    format!("{}:{} {error}", place.line, place.column)
}

#[test]
fn every_mistake_is_named_where_it_is_mended() {
    for (broken, expected) in MISTAKES {
        assert_eq!(told(broken), *expected, "{broken}");
    }
}

#[test]
fn nesting_too_deep_is_told_at_the_first_bracket_too_many() {
    assert_eq!(told(&"[".repeat(1000)), "1:513 nested deeper than 512 levels");
}

#[test]
fn every_mistake_can_be_pictured() {
    for (broken, _) in MISTAKES {
        let error = read(broken).expect_err(broken);
        let picture = ramrole::domain::picture::picture(broken, &error.span);
        assert!(picture.excerpt.len() < 100 && picture.length >= 1, "{picture:?}");
    }
}
