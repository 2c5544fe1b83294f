//! What the reader says of broken documents, one mistake each, as people make them; the place is where the
//! mend goes.

use ramrole::domain::json::read;
use ramrole::domain::text;

/// A document, and `line:column message` of its mistake.
const MISTAKES: &[(&str, &str)] = &[
    // Commas and colons.
    (r#"{"a": 1 "b": 2}"#, "1:7 missing comma after this"),
    ("{\n  \"a\": \"one\"\n  \"b\": 2\n}", "2:12 missing comma after this"),
    ("{\n  \"a\": \"one\" // why\n  \"b\": 2\n}", "2:12 missing comma after this"),
    ("{\n  \"a\": {\n  }\n  \"b\": 2\n}", "3:3 missing comma after this"),
    ("[\"a\" \"b\"]", "1:4 missing comma after this"),
    ("[1\n2]", "1:2 missing comma after this"),
    (r#"["a", "b"] ["c"]"#, "1:12 the document ended before this: only one document may stand in the file"),
    (r#"{"a" 1}"#, "1:4 missing colon after this name"),
    ("{\n  \"a\"\n  1}", "2:5 missing colon after this name"),
    (r#"{"a", "b"}"#, "1:4 missing colon and value after this name"),
    (r#"{"a": }"#, "1:7 a value is missing before this `}`"),
    (r#"{"a": , "b": 1}"#, "1:7 a value is missing before this comma"),
    ("{: 1}", "1:2 a name is missing before this colon"),
    (r#"{"a": 1,, "b": 2}"#, "1:9 one comma too many"),
    (r#"{, "a": 1}"#, "1:2 one comma too many"),
    ("[1,,2]", "1:4 a value is missing before this comma"),
    (r#"{"a" = 1}"#, "1:6 a colon belongs here, not an equals sign"),
    (r#"{"a" => 1}"#, "1:6 a colon belongs here, not an equals sign"),
    (r#"{"a": 1; "b": 2}"#, "1:8 a comma belongs here, not `;`"),
    (r#"["a"; "b"]"#, "1:5 a comma belongs here, not `;`"),
    (r#"{"a": "b": 1}"#, "1:10 a comma or a closing bracket belongs here, not `:`"),
    (r#"["a": 1]"#, "1:5 a list holds values without names; names belong in an object, { … }"),
    (r#"["a" + "b"]"#, "1:6 a comma or a closing bracket belongs here, not `+`"),
    // Quotes.
    ("{'a': 1}", "1:2 strings take double quotes"),
    (r#"{"a": 'b'}"#, "1:7 strings take double quotes"),
    (r#"{"a": `b`}"#, "1:7 strings take double quotes"),
    ("{a: 1}", "1:2 a member starts with its name in double quotes"),
    (r#"{"a": b}"#, "1:7 a string needs double quotes"),
    (r#"{"a": acs:ram::1:role/b}"#, "1:7 a string needs double quotes"),
    (r#"{"a": /mnt/data}"#, "1:7 a string needs double quotes"),
    ("{“a”: 1}", r#"1:2 `“` is a typographic quotation mark: JSON takes the straight ""#),
    (r#"{"a": “b”}"#, r#"1:7 `“` is a typographic quotation mark: JSON takes the straight ""#),
    ("{\"a\": \"b”}", r#"1:9 `”` is a typographic quotation mark: JSON takes the straight ""#),
    ("{\"a\": ‘b’}", r#"1:7 `‘` is a typographic quotation mark: JSON takes the straight ""#),
    // Brackets and strings that do not end.
    (
        "{\n  \"a\": \"b,\n  \"c\": 1\n}",
        r#"2:8 this string does not end on its line: close it with ", or write a line break as \n"#,
    ),
    (r#"{"a": "b"#, "1:7 this string is not closed"),
    ("{\n  \"a\": {\n    \"b\": 1\n  }\n", "4:4 the document ends, but the `{` of line 1 is not closed"),
    ("[1, 2", "1:6 the document ends, but the `[` of line 1 is not closed"),
    (r#"{"a": [1, 2}"#, "1:12 this `}` does not close the `[` of line 1"),
    (r#"[{"a": 1]"#, "1:9 this `]` does not close the `{` of line 1"),
    (r#"{"a": 1}}"#, "1:9 one `}` too many: the document ended before it"),
    (r#"{"a": 1},"#, "1:9 the document ended before this"),
    ("{\"a\": 1}\n{\"b\": 2}", "2:1 the document ended before this: only one document may stand in the file"),
    (r#"{"a": 1} end"#, "1:10 the document ended before this"),
    (r#""a": 1"#, "1:4 a name and its value belong in an object, { … }"),
    ("{} /* never ends", "1:4 this comment is not closed"),
    // Placeholders and words of other languages.
    (r#"{"a": 1, ...}"#, "1:10 an ellipsis is not JSON: put the real value here"),
    (r#"{"a": …}"#, "1:7 an ellipsis is not JSON: put the real value here"),
    (r#"["a" ...]"#, "1:6 an ellipsis is not JSON: put the real value here"),
    (r#"{"a": <your role ARN>}"#, "1:7 a placeholder is not JSON: put the real value here"),
    (r#"{"a": ${ROLE_ARN}}"#, "1:7 a placeholder is not JSON: put the real value here"),
    (r#"{"a": {{ role_arn }}}"#, "1:7 a placeholder is not JSON: put the real value here"),
    (r#"{"a": True}"#, "1:7 this word is not JSON: write true"),
    (r#"{"a": None}"#, "1:7 this word is not JSON: write null"),
    (r#"{"a": NaN}"#, "1:7 this word is not JSON: write a number or null"),
    (r#"{"a": undefined}"#, "1:7 this word is not JSON: write null"),
    ("{\n  # why\n  \"a\": 1\n}", "2:3 `#` starts no comment in JSON: take it out"),
    ("{\n  \"a\": 1 # why\n}", "2:10 `#` starts no comment in JSON: take it out"),
    // Numbers.
    (r#"{"a": 007}"#, "1:7 not a number of JSON: it may not start with 0"),
    (r#"{"a": +1}"#, "1:7 not a number of JSON: leave the plus out"),
    (r#"{"a": .5}"#, "1:7 not a number of JSON: a digit must stand before the point"),
    (r#"{"a": 1.}"#, "1:7 not a number of JSON: a digit must follow the point"),
    (r#"{"a": 1e}"#, "1:7 not a number of JSON: a digit must follow the exponent"),
    (r#"{"a": -}"#, "1:7 not a number of JSON: a digit must follow the minus"),
    (r#"{"a": 0x10}"#, "1:7 not a number of JSON: write it in decimal"),
    (r#"{"a": 1_000}"#, "1:7 not a number of JSON: leave the _ out"),
    (r#"{"a": 16Gi}"#, "1:7 not a number of JSON: if it is text, it needs double quotes"),
    (r#"{"a": 2012-10-17}"#, "1:7 not a number of JSON: if it is text, it needs double quotes"),
    (r#"{"a": 1.2.3}"#, "1:7 not a number of JSON: if it is text, it needs double quotes"),
    // Characters.
    (r#"{"a"：1}"#, "1:5 `：` is a full-width character: JSON takes `:`"),
    (r#"{"a": 1，"b": 2}"#, "1:8 `，` is a full-width character: JSON takes `,`"),
    ("｛\"a\": 1}", "1:1 `｛` is a full-width character: JSON takes `{`"),
    ("{\"a\":\u{a0}1}", "1:6 U+00A0 is no white space in JSON: write a plain space"),
    ("{\n\u{3000}\u{3000}\"a\": 1}", "2:1 U+3000 is no white space in JSON: write a plain space"),
    ("{\"a\": 1}\u{200b}", "1:9 U+200B is no white space in JSON: write a plain space"),
    (
        "{\n\u{feff}\"a\": 1}",
        "2:1 a byte order mark (U+FEFF) belongs only at the start of the file: delete it",
    ),
    ("{\"a\": \"b\tc\"}", r"1:9 a control character in a string: write it as \t"),
    ("{\"a\": \"b\u{1b}c\"}", r"1:9 a control character in a string: write it as \u001b"),
    (r#"{"a": "\x41"}"#, r"1:8 not an escape of JSON: write \\ for a backslash"),
    (r#"{"a": "C:\data"}"#, r"1:10 not an escape of JSON: write \\ for a backslash"),
    (r#"{"a": "C:\Users\me"}"#, r"1:10 not an escape of JSON: write \\ for a backslash"),
    (r#"{"a": "\u12"}"#, r"1:8 not an escape of JSON: write \\ for a backslash"),
    (r#"{"a": "\ud83d"}"#, r"1:8 half of a surrogate pair: the character needs both \u escapes"),
    // Whole files.
    ("", "1:1 the document is empty"),
    ("  \n\n", "3:1 the document is empty"),
    ("// nothing\n/* here */\n", "3:1 the document is empty"),
    ("name: svc\nmetadata:\n  instance: 1\n", "1:1 this looks like YAML, not like JSON"),
    ("---\nname: svc\n", "1:1 this looks like YAML, not like JSON"),
    ("- name: svc\n", "1:1 this looks like YAML, not like JSON"),
    ("<!DOCTYPE html>\n<html></html>\n", "1:1 this looks like HTML or XML, not like JSON"),
    ("name = \"svc\"\n", "1:1 this looks like TOML or a list of variables, not like JSON"),
    ("{'name': 'svc', 'on': True}", "1:2 strings take double quotes"),
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
