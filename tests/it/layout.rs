//! JSON as people lay it out: trees written in any layout, and read back by a reader of the tests' own.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;

/// A tree that keeps what `serde_json` would not: scalars as written, and names that stand twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    Scalar(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::Array(elements) => Self::Array(elements.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                let member =
                    |(name, value): (String, Value)| (Value::from(name).to_string(), Self::from(value));
                Self::Object(members.into_iter().map(member).collect())
            }
            scalar => Self::Scalar(scalar.to_string()),
        }
    }
}

/// How a document is laid out; `choices` decides item by item.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub struct Layout {
    unit: &'static str,
    newline: &'static str,
    spaced: bool,
    one_line: bool,
    comments: bool,
    trailing_commas: bool,
    bom: bool,
    final_newline: bool,
    choices: Vec<u8>,
}

pub fn layouts() -> impl Strategy<Value = Layout> {
    let units = prop_oneof![Just("  "), Just("    "), Just("\t"), Just(" "), Just("   ")];
    let newlines = prop_oneof![Just("\n"), Just("\r\n")];
    let flags = proptest::array::uniform6(any::<bool>());
    let choices = proptest::collection::vec(any::<u8>(), 1..64);
    (units, newlines, flags, choices).prop_map(|(unit, newline, flags, choices)| {
        let [spaced, one_line, comments, trailing_commas, bom, final_newline] = flags;
        Layout { unit, newline, spaced, one_line, comments, trailing_commas, bom, final_newline, choices }
    })
}

/// What a careless editor would take for the end of something.
const COMMENTS: [&str; 4] = ["why", "\"Service\": [\"x\"], }", "} ] , \"role_arn\"", "it's http://x"];

struct Writer<'a> {
    layout: &'a Layout,
    at: usize,
    text: String,
}

impl Layout {
    pub fn write(&self, tree: &Tree) -> String {
        let mut writer = Writer { layout: self, at: 0, text: String::new() };
        if self.bom {
            writer.text.push('\u{feff}');
        }
        writer.remark(0);
        writer.tree(tree, 0, self.one_line);
        writer.remark(0);
        if self.final_newline {
            writer.text.push_str(self.newline);
        }
        writer.text
    }
}

impl Writer<'_> {
    fn choice(&mut self, of: u8) -> usize {
        self.at += 1;
        usize::from(self.layout.choices[self.at % self.layout.choices.len()] % of)
    }

    fn remark(&mut self, rarely: u8) {
        if self.layout.comments && self.choice(5 + rarely) == 0 {
            let comment = COMMENTS[self.choice(4)];
            let _ = write!(self.text, "/* {comment} */");
        }
    }

    fn line(&mut self, depth: usize) {
        self.text.push_str(self.layout.newline);
        self.text.push_str(&self.layout.unit.repeat(depth));
    }

    fn tree(&mut self, tree: &Tree, depth: usize, inline: bool) {
        match tree {
            Tree::Scalar(source) => self.text.push_str(source),
            Tree::Array(elements) => {
                self.items(['[', ']'], elements, depth, inline, |writer, element, inline| {
                    writer.tree(element, depth + 1, inline);
                });
            }
            Tree::Object(members) => {
                self.items(['{', '}'], members, depth, inline, |writer, (name, value), inline| {
                    writer.text.push_str(name);
                    writer.text.push_str(if writer.layout.spaced { ": " } else { ":" });
                    writer.remark(9);
                    writer.tree(value, depth + 1, inline);
                });
            }
        }
    }

    fn items<T>(
        &mut self,
        [open, close]: [char; 2],
        items: &[T],
        depth: usize,
        inline: bool,
        write: impl Fn(&mut Self, &T, bool),
    ) {
        let inline = inline || self.choice(4) == 0;
        self.text.push(open);
        for (index, item) in items.iter().enumerate() {
            if !inline {
                self.line(depth + 1);
            } else if self.layout.spaced && index > 0 {
                self.text.push(' ');
            }
            self.remark(2);
            write(self, item, inline);
            self.remark(4);
            if index + 1 < items.len() || (self.layout.trailing_commas && self.choice(2) == 0) {
                self.text.push(',');
            }
            if !inline && self.layout.comments && self.choice(4) == 0 {
                let comment = COMMENTS[self.choice(4)];
                let _ = write!(self.text, " // {comment}");
            }
        }
        if !inline {
            self.line(depth);
        }
        self.text.push(close);
    }
}

/// A document as the tests read it: its tree, and its comments in their order.
pub struct Read {
    pub tree: Tree,
    pub comments: Vec<String>,
    /// Which of the comments stand between the name `role_arn` and its value, and so belong to that member.
    in_role_arn: Vec<usize>,
}

impl Read {
    /// The comments that are left when the member `role_arn` goes.
    pub fn comments_without_role_arn(&self) -> Vec<String> {
        let all = self.comments.iter().enumerate();
        all.filter(|(index, _)| !self.in_role_arn.contains(index))
            .map(|(_, comment)| comment.clone())
            .collect()
    }

    /// The meaning, where the last of two names counts.
    pub fn meaning(&self) -> Value {
        meaning(&self.tree)
    }
}

pub fn meaning(tree: &Tree) -> Value {
    match tree {
        Tree::Scalar(source) => {
            serde_json::from_str(source).unwrap_or_else(|error| panic!("{source}: {error}"))
        }
        Tree::Array(elements) => elements.iter().map(meaning).collect(),
        Tree::Object(members) => {
            let member = |(name, value): &(String, Tree)| (unquoted(name), meaning(value));
            Value::Object(members.iter().map(member).collect())
        }
    }
}

/// The text of a name.
pub fn unquoted(source: &str) -> String {
    serde_json::from_str(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}

struct Reader<'t> {
    rest: &'t str,
    comments: Vec<String>,
    in_role_arn: Vec<usize>,
}

/// Reads JSON with comments, trailing commas and a byte order mark; panics on anything else.
pub fn read(text: &str) -> Read {
    let mut reader =
        Reader { rest: text.trim_start_matches('\u{feff}'), comments: Vec::new(), in_role_arn: Vec::new() };
    let tree = reader.tree();
    reader.skip();
    assert_eq!(reader.rest, "", "something stands behind the document:\n{text}");
    Read { tree, comments: reader.comments, in_role_arn: reader.in_role_arn }
}

impl Reader<'_> {
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
            let length = if self.rest.starts_with("//") {
                self.rest.find(['\r', '\n']).unwrap_or(self.rest.len())
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").expect("the comment is closed") + 2
            } else {
                return;
            };
            self.comments.push(self.rest[..length].to_owned());
            self.rest = &self.rest[length..];
        }
    }

    fn next_is(&mut self, character: char) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn scalar(&mut self) -> String {
        let string = self.rest.starts_with('"');
        let (mut length, mut escaped) = (0, false);
        for (at, c) in self.rest.char_indices() {
            if string {
                length = at + c.len_utf8();
                if at > 0 && c == '"' && !escaped {
                    break;
                }
                escaped = c == '\\' && !escaped;
            } else if c.is_ascii_alphanumeric() || "+-.".contains(c) {
                length = at + 1;
            } else {
                break;
            }
        }
        let (source, rest) = self.rest.split_at(length);
        self.rest = rest;
        let value: Result<Value, _> = serde_json::from_str(source);
        assert!(value.is_ok(), "{source:?} is no scalar before {rest:?}");
        source.to_owned()
    }

    fn tree(&mut self) -> Tree {
        if self.next_is('[') {
            let mut elements = Vec::new();
            while !self.next_is(']') {
                elements.push(self.tree());
                if !self.next_is(',') {
                    assert!(self.next_is(']'), "missing comma before {:?}", self.rest);
                    break;
                }
            }
            return Tree::Array(elements);
        }
        if self.next_is('{') {
            let mut members = Vec::new();
            while !self.next_is('}') {
                let name = self.scalar();
                let comments = self.comments.len();
                assert!(self.next_is(':'), "missing colon before {:?}", self.rest);
                self.skip();
                if name == "\"role_arn\"" {
                    self.in_role_arn.extend(comments..self.comments.len());
                }
                members.push((name, self.tree()));
                if !self.next_is(',') {
                    assert!(self.next_is('}'), "missing comma before {:?}", self.rest);
                    break;
                }
            }
            return Tree::Object(members);
        }
        Tree::Scalar(self.scalar())
    }
}

/// Whether `new` is `old` with one piece put in, and beside it at most a comma, or brackets around what was there.
pub fn is_one_insertion(old: &str, new: &str) -> bool {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let contiguous = |old: &[u8], new: &[u8]| {
        let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        start + end >= old.len() && old.len() <= new.len()
    };
    let mark = |at: usize| matches!(new.get(at), Some(b',' | b'['));
    contiguous(old, new) || (0..=same).any(|at| mark(at) && contiguous(&old[at..], &new[at + 1..]))
}
