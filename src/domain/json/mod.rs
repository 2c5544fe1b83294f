//! A lossless view of a JSON document: every value knows its place in the text; it changes nothing itself.
//!
//! Reads RFC 8259 JSON, and beyond it comments (`//`, `/* */`), trailing commas and a byte order mark, which
//! it remembers so that a caller can refuse or report them.

mod compact;
mod edit;
mod escape;
mod mend;
mod mistake;
mod other_format;
mod read;
mod remove;
mod strict;
mod style;
mod syntax;
mod trivia;

use std::borrow::Cow;
use std::ops::Range;

use crate::messages::json::kind;

pub use compact::compact;
pub(super) use edit::splice;
pub use edit::{push_element, replace_value, set_member, wrap_in_array};
pub use mend::mend;
pub use read::read;
pub use remove::{remove_item, remove_member};
pub use strict::{without_comments, without_trailing_commas};
pub use style::render;
pub use syntax::{MAX_DEPTH, SyntaxError, SyntaxErrorKind};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number, in whatever notation it was written.
    Number,
    /// A string; as an object's child also a member's name.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The kind with its article, for messages.
    #[must_use]
    pub fn described(self) -> &'static str {
        match self {
            Self::Null => kind::NULL.as_str(),
            Self::Bool => kind::BOOLEAN.as_str(),
            Self::Number => kind::NUMBER.as_str(),
            Self::String => kind::STRING.as_str(),
            Self::Array => kind::LIST.as_str(),
            Self::Object => kind::OBJECT.as_str(),
        }
    }
}

/// One value or member name; 16 bytes, so that a large document costs a small multiple of its text.
/// Children follow their parent, and `next` is the index behind the last of them.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    next: u32,
    kind: Kind,
    /// The string holds a backslash, so its text is not its content.
    escaped: bool,
}

/// A document that was read: the text, and where in it each value stands.
#[derive(Debug)]
pub struct Document<'t> {
    text: &'t str,
    nodes: Vec<Node>,
    first_comment: Option<u32>,
    first_trailing_comma: Option<u32>,
}

impl<'t> Document<'t> {
    /// The text as it was given, byte order mark included.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value { document: self, index: 0 }
    }

    /// Every value in the order of the text, member names too.
    pub fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..).zip(&self.nodes).map(|(index, _)| Value { document: self, index })
    }

    /// Where the first comment starts, if there is one: strict JSON has none.
    #[must_use]
    pub fn first_comment(&self) -> Option<usize> {
        self.first_comment.map(|at| at as usize)
    }

    /// Where the first trailing comma stands, if there is one: strict JSON has none.
    #[must_use]
    pub fn first_trailing_comma(&self) -> Option<usize> {
        self.first_trailing_comma.map(|at| at as usize)
    }

    /// Whether the text starts with a byte order mark.
    #[must_use]
    pub fn has_byte_order_mark(&self) -> bool {
        self.text.starts_with('\u{feff}')
    }

    /// Where the comments stand, in their order, from the first `/` to the last character before the line break.
    pub fn comments(&self) -> impl Iterator<Item = Range<usize>> {
        let mut at = self.first_comment().unwrap_or(self.text.len());
        std::iter::from_fn(move || {
            loop {
                at += self.text[at..].find(['"', '/'])?;
                let rest = &self.text[at..];
                let start = at;
                if let Some(length) = read::comment_length(rest) {
                    at += length;
                    return Some(start..at);
                }
                at += read::string_length(rest);
            }
        })
    }

    fn node(&self, index: u32) -> &Node {
        &self.nodes[index as usize]
    }
}

/// One value of a document; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Value<'d> {
    document: &'d Document<'d>,
    index: u32,
}

/// One member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'d> {
    /// The name, a string.
    pub name: Value<'d>,
    /// The value.
    pub value: Value<'d>,
}

impl Member<'_> {
    /// Whether the name, with its escapes read, is `name`.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.is_str(name)
    }

    /// The bytes from the name's first quote to the end of the value.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.name.span().start..self.value.span().end
    }
}

impl<'d> Value<'d> {
    /// What the value is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.document.node(self.index).kind
    }

    /// The document that the value is part of.
    #[must_use]
    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    /// The bytes that the value takes in the text, quotes or brackets included.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        let node = self.document.node(self.index);
        node.start as usize..node.end as usize
    }

    /// Its first character: where something is missing in it.
    #[must_use]
    pub fn opening(self) -> Range<usize> {
        let start = self.span().start;
        start..start + 1
    }

    /// The value as it is written.
    #[must_use]
    pub fn source(self) -> &'d str {
        &self.document.text[self.span()]
    }

    /// The content of a string with its escapes read; `None` for every other kind.
    #[must_use]
    pub fn as_str(self) -> Option<Cow<'d, str>> {
        let node = self.document.node(self.index);
        if node.kind != Kind::String {
            return None;
        }
        let inner = &self.document.text[node.start as usize + 1..node.end as usize - 1];
        if node.escaped { Some(Cow::Owned(escape::unescape(inner))) } else { Some(Cow::Borrowed(inner)) }
    }

    /// Whether this is a string with exactly this content.
    #[inline]
    #[must_use]
    pub fn is_str(self, text: &str) -> bool {
        let node = self.document.node(self.index);
        if node.escaped {
            return self.as_str().is_some_and(|content| content == text);
        }
        let content = node.start as usize + 1..node.end as usize - 1;
        if node.kind != Kind::String || content.len() != text.len() {
            return false;
        }
        let content = &self.document.text.as_bytes()[content];
        content.first() == text.as_bytes().first() && content == text.as_bytes()
    }

    /// Whether both are strings with the same content.
    #[must_use]
    pub fn is_same_str(self, other: Self) -> bool {
        let (a, b) = (self.document.node(self.index), other.document.node(other.index));
        if a.kind != Kind::String || b.kind != Kind::String {
            return false;
        }
        if a.escaped || b.escaped { self.as_str() == other.as_str() } else { self.source() == other.source() }
    }

    /// The value of `true` and `false`; `None` for every other kind.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.source() == "true")
    }

    /// A whole number that fits; `None` for everything else.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        if self.kind() == Kind::Number { self.source().parse().ok() } else { None }
    }

    /// The members of an object in their order, duplicates too; nothing for other kinds.
    pub fn members(self) -> impl Iterator<Item = Member<'d>> {
        let mut children = self.children(Kind::Object);
        std::iter::from_fn(move || Some(Member { name: children.next()?, value: children.next()? }))
    }

    /// The elements of an array in their order; nothing for other kinds.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        self.children(Kind::Array)
    }

    /// The first member with this name.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Member<'d>> {
        self.members().find(|member| member.is(name))
    }

    /// The value of the first member with this name.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Self> {
        self.member(name).map(|member| member.value)
    }

    /// The value reached by one member name after another.
    #[must_use]
    pub fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |value, name| value.get(name))
    }

    /// A string alone, or the elements of a list: the two ways in which policies write "one or more".
    pub fn one_or_more(self) -> impl Iterator<Item = Self> {
        let alone = (self.kind() != Kind::Array).then_some(self);
        alone.into_iter().chain(self.elements())
    }

    /// Whether this is the same value, however it is written; the order of an object's members does not count.
    #[must_use]
    pub fn equals(self, tree: &serde_json::Value) -> bool {
        use serde_json::Value as Tree;
        match tree {
            Tree::Null => self.kind() == Kind::Null,
            Tree::Bool(bool) => self.as_bool() == Some(*bool),
            Tree::String(text) => self.is_str(text),
            Tree::Number(number) => {
                self.kind() == Kind::Number
                    && (self.source() == number.to_string()
                        || self.source().parse().is_ok_and(|other: serde_json::Number| other == *number))
            }
            Tree::Array(trees) => {
                self.kind() == Kind::Array
                    && self.elements().count() == trees.len()
                    && self.elements().zip(trees).all(|(element, tree)| element.equals(tree))
            }
            Tree::Object(trees) => {
                self.kind() == Kind::Object
                    && self.members().count() == trees.len()
                    && trees.iter().all(|(name, tree)| self.get(name).is_some_and(|value| value.equals(tree)))
            }
        }
    }

    /// Every value inside this one, itself first, in the order of the text; member names are left out.
    pub fn descendants(self) -> impl Iterator<Item = Self> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let value = stack.pop()?;
            let below = stack.len();
            stack.extend(value.members().map(|member| member.value));
            stack.extend(value.elements());
            stack[below..].reverse();
            Some(value)
        })
    }

    fn children(self, kind: Kind) -> impl Iterator<Item = Self> {
        let document = self.document;
        let node = document.node(self.index);
        let end = if node.kind == kind { node.next } else { self.index };
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            (index < end).then(|| {
                let child = Value { document, index };
                index = document.node(index).next;
                child
            })
        })
    }
}
