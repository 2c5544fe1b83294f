//! The JSON reader and editor against documents that nobody wrote by hand: what is read is what `serde_json`
//! reads, and an edit leaves all that it does not name.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::Index;
use ramrole::domain::json::{
    Document, Kind, MAX_DEPTH, SyntaxErrorKind, Value, push_element, read, remove_member, set_member,
    wrap_in_array,
};
use ramrole::domain::{secret, text};
use serde::de::IgnoredAny;
use serde_json::{Value as Tree, json};

// Documents: a tree of tokens, and a stream of choices that lays it out.

#[derive(Clone, Debug)]
enum Token {
    Scalar(String),
    Array(Vec<Token>),
    Object(Vec<(String, Token)>),
}

fn string_token() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[a-zA-Z0-9_./:-]{0,6}",
        1 => "[\u{a0}-\u{10ffff}]{1,2}",
        1 => prop::sample::select(vec![
            "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e9", "\\uD83D\\uDE00",
            "\\ud800\\udc00", "\\uffff", "//", "/*", "*/", ",", "{", "]", "\u{feff}", "\u{7f}", "\u{2028}", " ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn number_token() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "0",
            "-0",
            "-0.0",
            "1.0",
            "1e3",
            "1E+3",
            "1.5e-4",
            "12345678901234567890123",
            "18446744073709551616",
            "-9223372036854775808",
            "0.1",
            "3.141592653589793238",
            "1e-400",
            "-1.0E-2",
        ])
        .prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
        "-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?",
    ]
}

fn token() -> impl Strategy<Value = Token> {
    let scalar = prop_oneof![
        3 => string_token(),
        2 => number_token(),
        1 => prop::sample::select(vec!["true", "false", "null"]).prop_map(str::to_owned),
    ];
    scalar.prop_map(Token::Scalar).prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Token::Array),
            prop::collection::vec((string_token(), inner), 0..6).prop_map(Token::Object),
        ]
    })
}

fn container() -> impl Strategy<Value = Token> {
    prop_oneof![
        1 => prop::collection::vec(token(), 0..5).prop_map(Token::Array),
        4 => prop::collection::vec((string_token(), token()), 0..6).prop_map(Token::Object),
    ]
}

/// How a document is laid out.
#[derive(Clone, Debug)]
struct Layout {
    choices: Vec<u8>,
    /// Comments and trailing commas too.
    extended: bool,
    /// Indented as people do, instead of white space anywhere.
    tidy: bool,
    newline: &'static str,
    unit: &'static str,
    byte_order_mark: bool,
}

fn layout(extended: bool) -> impl Strategy<Value = Layout> {
    let choices = prop::collection::vec(any::<u8>(), 1..80);
    let newline = prop::sample::select(vec!["\n", "\r\n"]);
    let unit = prop::sample::select(vec!["  ", "\t", "    "]);
    (choices, any::<bool>(), newline, unit, any::<u8>()).prop_map(
        move |(choices, tidy, newline, unit, bom)| Layout {
            choices,
            extended,
            tidy,
            newline,
            unit,
            byte_order_mark: extended && bom < 16,
        },
    )
}

struct Writer<'l> {
    layout: &'l Layout,
    next: usize,
    comments: usize,
    out: String,
}

fn write(token: &Token, layout: &Layout) -> String {
    let out = if layout.byte_order_mark { "\u{feff}" } else { "" }.to_owned();
    let mut writer = Writer { layout, next: 0, comments: 0, out };
    writer.trivia();
    writer.token(token, 0);
    writer.trivia();
    writer.out
}

impl Writer<'_> {
    fn choice(&mut self) -> u8 {
        self.next += 1;
        self.layout.choices[self.next % self.layout.choices.len()]
    }

    /// White space where nobody puts any, and comments.
    fn trivia(&mut self) {
        let choice = self.choice();
        if self.layout.tidy {
            if self.layout.extended && choice < 24 {
                self.comments += 1;
                let _ = write!(self.out, " /* {} */ ", self.comments);
            }
            return;
        }
        match choice {
            0..24 => self.out.push(' '),
            24..36 => self.out.push_str("\n  "),
            36..48 => self.out.push_str("\r\n\t"),
            48..56 => self.out.push_str(" \t "),
            56..60 => self.out.push('\r'),
            60..110 if self.layout.extended => {
                self.comments += 1;
                let number = self.comments;
                let comment = match choice % 8 {
                    0 => format!("// {number}\n"),
                    1 => format!(" // {number} , \"a\": }}\r\n    "),
                    2 => format!("/* {number} */"),
                    3 => format!("/*/ {number}\n, */ "),
                    4 => format!("//{number}\u{a0}\u{3000} \t\n"),
                    5 => format!("\n  // {number}\n  "),
                    6 => format!("/**{number}//**/"),
                    _ => format!(" /* {number} */\n"),
                };
                self.out.push_str(&comment);
            }
            _ => {}
        }
    }

    fn token(&mut self, token: &Token, depth: usize) {
        match token {
            Token::Scalar(scalar) => self.out.push_str(scalar),
            Token::Array(elements) => self.items('[', ']', elements, depth, |writer, element, depth| {
                writer.token(element, depth);
            }),
            Token::Object(members) => self.items('{', '}', members, depth, |writer, (name, value), depth| {
                writer.out.push_str(name);
                writer.trivia();
                writer.out.push(':');
                if writer.layout.tidy {
                    writer.out.push(' ');
                }
                writer.trivia();
                writer.token(value, depth);
            }),
        }
    }

    fn items<T>(
        &mut self,
        open: char,
        close: char,
        items: &[T],
        depth: usize,
        write: impl Fn(&mut Self, &T, usize),
    ) {
        self.out.push(open);
        let lines = self.choice() >= 64;
        for (index, item) in items.iter().enumerate() {
            self.line(lines, depth + 1, index > 0);
            self.trivia();
            write(self, item, depth + 1);
            self.trivia();
            if index + 1 < items.len() || (self.layout.extended && self.choice() < 64) {
                self.out.push(',');
            }
            if self.layout.tidy && self.layout.extended && lines && self.choice() < 48 {
                self.comments += 1;
                let _ = write!(self.out, " // {}", self.comments);
            }
        }
        self.trivia();
        if !items.is_empty() || self.choice() < 32 {
            self.line(lines, depth, false);
        }
        self.out.push(close);
    }

    fn line(&mut self, lines: bool, depth: usize, gap: bool) {
        if self.layout.tidy && lines {
            self.out.push_str(self.layout.newline);
            self.out.push_str(&self.layout.unit.repeat(depth));
        } else if self.layout.tidy && gap {
            self.out.push(' ');
        }
    }
}

fn strict_text() -> impl Strategy<Value = String> {
    (token(), layout(false)).prop_map(|(token, layout)| write(&token, &layout))
}

fn strict_or_extended(token: impl Strategy<Value = Token>) -> impl Strategy<Value = String> {
    (token, any::<bool>().prop_flat_map(layout)).prop_map(|(token, layout)| write(&token, &layout))
}

// What a document consists of, found by a second, simpler reader.

#[derive(Debug, Default, PartialEq)]
struct Parts {
    comments: Vec<String>,
    scalars: Vec<String>,
}

/// The comments and the scalars of a valid document, each as written and in order, apart from those in `without`.
fn parts(text: &str, without: &std::ops::Range<usize>) -> Parts {
    let mut parts = Parts::default();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(inside) = rest.strip_prefix("/*") {
            inside.find("*/").map_or(rest.len(), |end| end + 4)
        } else if first == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let end = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                end
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if first.is_ascii_alphanumeric() || first == '-' {
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(rest.len())
        } else {
            at += first.len_utf8();
            continue;
        };
        if !without.contains(&at) {
            let part = rest[..length].trim_end_matches('\r').to_owned();
            if first == '/' { parts.comments.push(part) } else { parts.scalars.push(part) }
        }
        at += length;
    }
    parts
}

fn tree(value: Value) -> Tree {
    match value.kind() {
        Kind::Null => Tree::Null,
        Kind::Bool => value.as_bool().into(),
        Kind::Number => serde_json::from_str(value.source()).expect("a number"),
        Kind::String => value.as_str().expect("a string").into(),
        Kind::Array => value.elements().map(tree).collect(),
        Kind::Object => {
            let names_and_values = value
                .members()
                .map(|member| (member.name.as_str().expect("a name").into(), tree(member.value)));
            Tree::Object(names_and_values.collect())
        }
    }
}

fn is_strict(document: &Document) -> bool {
    document.first_comment().is_none()
        && document.first_trailing_comma().is_none()
        && !document.has_byte_order_mark()
}

fn serde_accepts(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Both readers say the same of a text, as far as ours means to.
fn agree(text: &str) -> Result<(), TestCaseError> {
    match read(text) {
        Ok(document) => prop_assert_eq!(is_strict(&document), serde_accepts(text), "{:?}", text),
        Err(error) => {
            let restricted = matches!(error.kind, SyntaxErrorKind::TooDeep | SyntaxErrorKind::LoneSurrogate);
            prop_assert!(restricted || !serde_accepts(text), "{:?}: {}", text, error);
            let span = error.span;
            prop_assert!(span.start <= span.end, "{:?}: {:?}", text, span);
            prop_assert!(text.get(span.clone()).is_some(), "{:?}: {:?}", text, span);
        }
    }
    Ok(())
}

/// One change to a text: at a character, how many go, and what comes.
type Mutation = (Index, usize, String);

fn mutation() -> impl Strategy<Value = Mutation> {
    let piece = prop_oneof![
        4 => "[\\[\\]{}:,\"\\\\/* \\t\\n\\r'#0-9eE+.a-z-]{0,2}",
        1 => prop::sample::select(vec![
            "//", "/*", "*/", "\\u", "\\ud800", "\\udc00", "true", "nul", "\u{feff}", "\u{a0}", "\u{0}", "\u{b}",
            "\"", "：", "“", "é", "...", "1.", "-", "e", "00",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    (any::<Index>(), 0..3_usize, piece)
}

fn mutate(text: &str, mutations: &[Mutation]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (index, gone, piece) in mutations {
        let at = index.index(characters.len() + 1);
        let end = (at + gone).min(characters.len());
        characters.splice(at..end, piece.chars());
    }
    characters.into_iter().collect()
}

// Edits.

/// The value to set: small and large, plain and nested.
fn new_value() -> impl Strategy<Value = Tree> {
    prop::sample::select(vec![
        json!(true),
        json!("new \"value\" // no comment"),
        json!(1.5),
        json!({}),
        json!({"enable_ram_role": true}),
        json!({"a": [{"b": null}], "c": {"d": "e"}}),
        json!(["x", 1, []]),
    ])
}

fn nth<'d>(document: &'d Document<'d>, kind: Kind, index: Index) -> Option<(usize, Value<'d>)> {
    let found: Vec<_> =
        document.root().descendants().enumerate().filter(|(_, value)| value.kind() == kind).collect();
    (!found.is_empty()).then(|| *index.get(&found))
}

fn reread<'t>(before: &Document, text: &'t str) -> Result<Document<'t>, TestCaseError> {
    let document = read(text);
    prop_assert!(document.is_ok(), "{}\n→\n{}\n{:?}", before.text(), text, document);
    if is_strict(before) {
        prop_assert!(serde_accepts(text), "{}\n→\n{}", before.text(), text);
    }
    Ok(document.expect("checked"))
}

/// How many bytes the two texts share at the start and, beyond that, at the end.
fn shared(a: &str, b: &str) -> (usize, usize) {
    let start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let end = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    (start, end.min(a.len() - start).min(b.len() - start))
}

/// Whether cutting one range out of `after`, and perhaps one comma before it, gives `before`.
fn is_insertion(before: &str, after: &str) -> bool {
    let whole = |after: &str| {
        let (start, end) = shared(before, after);
        start + end == before.len()
    };
    let (start, _) = shared(before, after);
    let comma = after[start.min(after.len())..].starts_with(',');
    whole(after) || (comma && whole(&format!("{}{}", &after[..start], &after[start + 1..])))
}

/// Whether only white space stands between the brackets.
fn has_blank_inside(value: Value) -> bool {
    let source = value.source();
    let inside = &source[1..source.len() - 1];
    !inside.is_empty() && inside.trim().is_empty()
}

fn set_keeps_the_rest(
    text: &str,
    at: Index,
    name: &str,
    value: &Tree,
    after: Option<&str>,
) -> Result<(), TestCaseError> {
    let document = read(text).expect(text);
    let Some((index, object)) = nth(&document, Kind::Object, at) else { return Ok(()) };
    if object.members().filter(|member| member.is(name)).count() > 1 {
        return Ok(());
    }
    let edited = set_member(object, name, value, after);
    let reading = reread(&document, &edited)?;
    let changed = reading.root().descendants().nth(index).expect("the object");
    let there = changed.get(name).expect("the member");
    prop_assert!(there.equals(value), "{}\n→\n{}", text, edited);
    prop_assert_eq!(&tree(there), value);
    let again = set_member(changed, name, value, after);
    prop_assert_eq!(&again, &edited, "not idempotent from {:?}", text);

    let touched = changed.member(name).expect("the member");
    if let Some(old) = object.get(name) {
        prop_assert_eq!(parts(text, &old.span()), parts(&edited, &there.span()), "{}\n→\n{}", text, edited);
        let unchanged_behind = text.len() - old.span().end;
        prop_assert_eq!(&text[..old.span().start], &edited[..there.span().start]);
        prop_assert_eq!(&text[old.span().end..], &edited[edited.len() - unchanged_behind..]);
    } else {
        prop_assert_eq!(parts(text, &(0..0)), parts(&edited, &touched.span()), "{}\n→\n{}", text, edited);
        if !has_blank_inside(object) {
            prop_assert!(is_insertion(text, &edited), "{:?}\n→\n{:?}", text, edited);
            let back = remove_member(changed, name);
            prop_assert_eq!(&back, text, "set and removed: {:?}", edited);
        }
    }
    Ok(())
}

fn remove_keeps_the_rest(text: &str, at: Index, which: Index) -> Result<(), TestCaseError> {
    let document = read(text).expect(text);
    let Some((index, object)) = nth(&document, Kind::Object, at) else { return Ok(()) };
    let members: Vec<_> = object.members().collect();
    if members.is_empty() {
        return Ok(());
    }
    let member = which.get(&members);
    let name = member.name.as_str().expect("a name");
    let first = object.member(&name).expect("the first of this name");
    let edited = remove_member(object, &name);
    let reading = reread(&document, &edited)?;
    let changed = reading.root().descendants().nth(index).expect("the object");
    prop_assert_eq!(changed.members().count(), members.len() - 1, "{:?}\n→\n{:?}", text, edited);
    prop_assert_eq!(parts(text, &first.span()), parts(&edited, &(0..0)), "{}\n→\n{}", text, edited);
    if changed.get(&name).is_none() {
        prop_assert_eq!(&remove_member(changed, &name), &edited);
    }
    Ok(())
}

fn arrays_keep_the_rest(text: &str, at: Index, value: &Tree) -> Result<(), TestCaseError> {
    let document = read(text).expect(text);
    if let Some((index, array)) = nth(&document, Kind::Array, at) {
        let edited = push_element(array, value);
        let reading = reread(&document, &edited)?;
        let changed = reading.root().descendants().nth(index).expect("the array");
        prop_assert_eq!(changed.elements().count(), array.elements().count() + 1);
        let last = changed.elements().last().expect("the element");
        prop_assert_eq!(&tree(last), value);
        prop_assert_eq!(parts(text, &(0..0)), parts(&edited, &last.span()), "{}\n→\n{}", text, edited);
        prop_assert!(has_blank_inside(array) || is_insertion(text, &edited), "{:?}\n→\n{:?}", text, edited);
    }
    let all: Vec<_> = document.root().descendants().collect();
    let index = at.index(all.len());
    let edited = wrap_in_array(all[index], value);
    let reading = reread(&document, &edited)?;
    let wrapped = reading.root().descendants().nth(index).expect("the list");
    let elements: Vec<_> = wrapped.elements().collect();
    prop_assert_eq!(elements.len(), 2);
    prop_assert_eq!(elements[0].source(), all[index].source());
    prop_assert_eq!(&tree(elements[1]), value);
    prop_assert_eq!(parts(text, &(0..0)), parts(&edited, &elements[1].span()));
    Ok(())
}

// Pictures.

/// Lines of every sort: wide, combining, steering, long.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => "[ -~]{0,12}",
        1 => prop::sample::select(vec![
            "\n", "\r\n", "\r", "\t", "\u{1b}[31m", "\u{202e}", "\u{feff}", "\u{61c}", "\u{e0041}", "名前", "é",
            "e\u{301}", "\u{200d}", "👩\u{200d}💻", "\"token\": \"abcdef\"", "password: abc", "LTAI5tExampleExample1",
            "\u{9b}", "\u{2028}", "\u{fff9}",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[a-z, ]{80,200}",
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn strict_json_reads_as_in_serde_json(text in strict_text()) {
        let document = read(&text).map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")))?;
        prop_assert!(is_strict(&document));
        prop_assert_eq!(tree(document.root()), serde_json::from_str::<Tree>(&text).expect(&text));
    }

    #[test]
    fn a_damaged_text_is_refused_exactly_when_serde_json_refuses_it(
        text in strict_or_extended(token()),
        mutations in prop::collection::vec(mutation(), 1..4),
    ) {
        agree(&text)?;
        agree(&mutate(&text, &mutations))?;
    }

    #[test]
    fn any_text_is_judged_as_in_serde_json(text in any_text()) {
        agree(&text)?;
    }

    #[test]
    fn setting_a_member_keeps_the_rest(
        text in strict_or_extended(container()),
        at in any::<Index>(),
        value in new_value(),
        which in any::<Index>(),
        new in any::<bool>(),
        behind in any::<bool>(),
    ) {
        let names: Vec<String> = {
            let document = read(&text).expect(&text);
            let Some((_, object)) = nth(&document, Kind::Object, at) else { return Ok(()) };
            object.members().map(|member| member.name.as_str().expect("a name").into_owned()).collect()
        };
        let picked = (!names.is_empty()).then(|| which.get(&names).as_str());
        let name = if new { "new \"name\"" } else { picked.unwrap_or("new") };
        set_keeps_the_rest(&text, at, name, &value, picked.filter(|_| behind))?;
    }

    #[test]
    fn removing_a_member_keeps_the_rest(
        text in strict_or_extended(container()),
        at in any::<Index>(),
        which in any::<Index>(),
    ) {
        remove_keeps_the_rest(&text, at, which)?;
    }

    #[test]
    fn growing_a_list_keeps_the_rest(
        text in strict_or_extended(container()),
        at in any::<Index>(),
        value in new_value(),
    ) {
        arrays_keep_the_rest(&text, at, &value)?;
    }

    #[test]
    fn a_picture_shows_the_place_and_steers_no_terminal(
        text in any_text(),
        from in any::<Index>(),
        to in any::<Index>(),
    ) {
        let (from, to) = (from.index(text.len() + 3), to.index(text.len() + 3));
        let picture = ramrole::domain::picture::picture(&text, &(from..to));
        let columns = |shown: &str| shown.chars().map(|c| unicode_width::UnicodeWidthChar::width(c).unwrap_or(0)).sum::<usize>();
        prop_assert!(!picture.excerpt.chars().any(text::steers_a_terminal), "{:?}", picture);
        prop_assert!(picture.indent <= columns(&picture.excerpt), "{:?}", picture);
        prop_assert!(picture.length >= 1);
        prop_assert!(picture.excerpt.chars().count() < 1200, "{:?}", picture);
        prop_assert!(!picture.excerpt.contains("abcdef") && !picture.excerpt.contains("LTAI"), "{:?}", picture);
        // The mark points at the character, unless that is masked, a tab, or shows as something else.
        let marked = text.get(from..).and_then(|rest| rest.chars().next());
        if let Some(marked) = marked.filter(|c| c.is_alphanumeric() && columns(&c.to_string()) > 0) {
            let mut column = 0;
            let at_mark = picture.excerpt.chars().find(|c| {
                let here = column >= picture.indent && columns(&c.to_string()) > 0;
                column += columns(&c.to_string());
                here
            });
            prop_assert!(at_mark == Some(marked) || at_mark == Some('*'), "{:?} at {}: {:?}", text, from, picture);
        }
        let _ = text::place(&text, from);
    }

    #[test]
    fn a_mask_leaves_no_secret_and_every_line(
        names in prop::collection::vec((secret_name(), any::<u8>()), 1..6),
        layout in any::<bool>().prop_flat_map(layout),
    ) {
        let members = names.iter().enumerate().map(|(index, (name, shape))| secret_member(name, *shape, index)).collect();
        let text = write(&Token::Object(members), &layout);
        let document = read(&text).expect(&text);
        let masked = secret::mask(&document);
        prop_assert!(!masked.contains("CANARY"), "{}\n→\n{}", text, masked);
        prop_assert!(masked.contains("kept"), "{}\n→\n{}", text, masked);
        prop_assert_eq!(masked.matches('\n').count(), text.matches('\n').count());
        prop_assert!(read(&masked).is_ok() , "{}", masked);
    }
}

/// More with `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(512)
}

fn secret_name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "token",
        "dockerAuth",
        "docker_auth",
        "access_key_secret",
        "AccessKeyId",
        "DB_PASSWORD",
        "PGPASSWORD",
        "dbPassword",
        "DBPassword",
        "OPENAI_API_KEY",
        "HF_TOKEN",
        "securityToken",
        "private_key",
        "tok\\u0065n",
        "ossAccessKeySecret",
        "client_secret",
        "SECRETKEY",
    ])
}

/// A member that hides a canary below a secret name, in one of the ways in which configs do.
fn secret_member(name: &str, shape: u8, index: usize) -> (String, Token) {
    let scalar = |text: &str| Token::Scalar(format!("\"{text}\""));
    let quoted = |text: &str| format!("\"{text}\"");
    let pair = |name_key: &str, value_key: &str, turned: bool| {
        let mut members = vec![
            (quoted(name_key), scalar(name)),
            (quoted(value_key), scalar(&format!("CANARY{index}\\n\\\"x"))),
        ];
        if turned {
            members.reverse();
        }
        let other = Token::Object(vec![(quoted("name"), scalar("MODE")), (quoted("value"), scalar("kept"))]);
        Token::Array(vec![other, Token::Object(members)])
    };
    match shape % 6 {
        0 => (quoted("env"), pair("name", "value", false)),
        1 => (quoted("env"), pair("name", "value", true)),
        2 => (quoted("Envs"), pair("Key", "Value", true)),
        3 => {
            let list =
                Token::Array(vec![scalar("CANARY"), Token::Object(vec![(quoted("kept"), scalar("CANARY"))])]);
            (quoted(name), list)
        }
        4 => {
            let line = format!("run --password CANARY{index} kept");
            (
                quoted("command"),
                Token::Array(vec![scalar(&line), scalar("https://me:CANARY@host/"), scalar("kept")]),
            )
        }
        _ => (
            quoted("oss"),
            Token::Object(vec![(quoted(name), scalar("CANARY")), (quoted("path"), scalar("oss://kept/"))]),
        ),
    }
}

#[test]
fn a_document_nests_to_the_limit_and_no_deeper() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(MAX_DEPTH)).is_ok());
    for depth in [MAX_DEPTH + 1, 100_000] {
        let error = read(&"[".repeat(depth)).expect_err("too deep");
        assert_eq!((error.kind, error.span), (SyntaxErrorKind::TooDeep, MAX_DEPTH..MAX_DEPTH + 1));
    }
    let objects = format!("{}1{}", "{\"a\":".repeat(MAX_DEPTH), "}".repeat(MAX_DEPTH));
    assert!(serde_accepts(&objects) && read(&objects).is_ok());
}
