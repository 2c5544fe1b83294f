//! How a file is laid out, and how a new value is written so that it looks as if it had always been there.

use serde_json::Value as Tree;

use super::{Document, Kind, Value};

/// The habits of one file.
pub(super) struct Style<'t> {
    /// `"\r\n"` or `"\n"`.
    pub newline: &'static str,
    /// What one level of nesting adds at the start of a line.
    pub unit: &'t str,
    /// What stands between a name and its value.
    pub colon: &'t str,
    /// What stands between a comma and the next item on the same line.
    pub gap: &'t str,
    /// Whether the text has more than one line.
    pub lines: bool,
}

/// Where a new value is written.
#[derive(Clone, Copy)]
pub(super) enum Layout<'t> {
    /// On the line that is there.
    Inline,
    /// Over several lines, of which the second and later ones start with this.
    Lines(&'t str),
}

impl<'t> Style<'t> {
    /// Reads the habits off the document, those of `container` first.
    pub fn of(document: &'t Document<'t>, container: Value<'t>) -> Self {
        let text = document.text();
        let first_newline = text.find('\n');
        let crlf = first_newline.is_some_and(|at| text[..at].ends_with('\r'));
        let near = colon_in(container).or_else(|| colon_in(document.root()));
        let colon = near.unwrap_or(": ");
        Self {
            newline: if crlf { "\r\n" } else { "\n" },
            unit: first_newline.and_then(|_| unit(document)).unwrap_or("  "),
            colon,
            gap: gap_in(container).unwrap_or(if colon == ":" { "" } else { " " }),
            lines: first_newline.is_some_and(|at| at + 1 < text.len()),
        }
    }

    /// Writes a member.
    pub fn member(&self, name: &str, value: &Tree, layout: Layout) -> String {
        format!("{}{}{}", Tree::from(name), self.colon, self.value(value, layout))
    }

    /// Writes a value.
    pub fn value(&self, value: &Tree, layout: Layout) -> String {
        let mut written = String::new();
        let indent = match layout {
            Layout::Inline => None,
            Layout::Lines(indent) => Some(indent.to_owned()),
        };
        self.write(value, indent.as_deref(), &mut written);
        written
    }

    fn write(&self, value: &Tree, indent: Option<&str>, out: &mut String) {
        match value {
            Tree::Array(elements) => {
                let write = |element: &Tree, indent: Option<&str>, out: &mut String| {
                    self.write(element, indent, out);
                };
                self.items('[', elements.iter(), write, indent, out);
                out.push(']');
            }
            Tree::Object(members) => {
                let write = |(name, value): (&String, &Tree), indent: Option<&str>, out: &mut String| {
                    out.push_str(&Tree::from(name.as_str()).to_string());
                    out.push_str(self.colon);
                    self.write(value, indent, out);
                };
                self.items('{', members.iter(), write, indent, out);
                out.push('}');
            }
            scalar => out.push_str(&scalar.to_string()),
        }
    }

    fn items<T>(
        &self,
        open: char,
        items: impl ExactSizeIterator<Item = T>,
        write: impl Fn(T, Option<&str>, &mut String),
        indent: Option<&str>,
        out: &mut String,
    ) {
        out.push(open);
        let inner = indent.map(|indent| format!("{indent}{}", self.unit));
        let count = items.len();
        for (index, item) in items.enumerate() {
            if let Some(inner) = &inner {
                out.push_str(self.newline);
                out.push_str(inner);
            }
            write(item, inner.as_deref(), out);
            if index + 1 < count {
                out.push_str(if inner.is_some() { "," } else { self.comma() });
            }
        }
        if let Some(indent) = indent.filter(|_| count > 0) {
            out.push_str(self.newline);
            out.push_str(indent);
        }
    }

    fn comma(&self) -> &'static str {
        if self.gap.is_empty() { "," } else { ", " }
    }
}

/// The white space before `at` when nothing else stands before it on its line. Looks no further back than that:
/// a document of one line has no other lines to find.
pub(super) fn own_line(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].trim_end_matches([' ', '\t']).len();
    let before = &text[..start];
    (before.is_empty() || before.ends_with('\n') || before == BYTE_ORDER_MARK).then(|| &text[start..at])
}

/// The white space with which the line of `at` begins.
pub(super) fn indent_of_line(text: &str, at: usize) -> &str {
    let bom = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let start = text[..at].rfind('\n').map_or(bom, |newline| newline + 1);
    let line = &text[start..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What the first indented child adds to the line of its container. The first line counts only where nothing else can be
/// compared: in a fragment that was cut out of an indented text, it alone has lost its indent.
fn unit<'t>(document: &'t Document<'t>) -> Option<&'t str> {
    let first_line = document.text().find('\n').unwrap_or_default();
    unit_after(document, first_line).or_else(|| unit_after(document, 0))
}

/// As for [`unit`], for the containers that start at this byte or later.
fn unit_after<'t>(document: &'t Document<'t>, from: usize) -> Option<&'t str> {
    let text = document.text();
    document.nodes.windows(2).filter(|pair| pair[0].start as usize >= from).find_map(|pair| {
        let [container, first] = pair else { return None };
        if first.start > container.end {
            return None;
        }
        let child = own_line(text, first.start as usize)?;
        let parent = indent_of_line(text, container.start as usize);
        child.strip_prefix(parent).filter(|unit| !unit.is_empty())
    })
}

fn colon_in(object: Value<'_>) -> Option<&str> {
    let first = object.members().next()?;
    let text = object.document().text();
    let colon = &text[first.name.span().end..first.value.span().start];
    colon.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b':')).then_some(colon)
}

fn gap_in(container: Value<'_>) -> Option<&str> {
    let text = container.document().text();
    let (end, start) = if container.kind() == Kind::Object {
        let mut members = container.members();
        (members.next()?.span().end, members.next()?.span().start)
    } else {
        let mut elements = container.elements();
        (elements.next()?.span().end, elements.next()?.span().start)
    };
    let between = text[end..start].strip_prefix(',')?;
    between.bytes().all(|byte| matches!(byte, b' ' | b'\t')).then_some(between)
}

/// Writes a document of our own: two-space indent, final newline, members in the order of the struct.
///
/// # Panics
/// Never for the plain structs it is meant for: strings, booleans, lists and structs of them always serialise.
#[must_use]
pub fn render(document: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("plain structs serialise");
    text.push('\n');
    text
}
