//! Finds the secrets of a JSON document by the names of its members, the options in its lists, and the texts in its
//! strings.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::commands::Words;
use super::line::{leaves_open, spans_in_line};
use super::names::{Hint, hint};
use super::random::looks_secret;
use super::{apart, assigned, base64, exact, is_placeholder, is_secret_name, loose};
use crate::domain::json::{Document, Kind, Member, Value};

/// The byte spans of every secret of a document, in order and without overlaps.
#[must_use]
pub fn spans(document: &Document) -> Vec<Range<usize>> {
    spans_within(document, &(0..document.text().len()))
}

/// The byte spans of every secret that overlaps a part of a document, in order and without overlaps. The part begins
/// and ends between characters.
#[must_use]
pub fn spans_within(document: &Document, part: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Found { part, spans: Vec::new(), secret: HashSet::new() };
    match document.root().kind() {
        Kind::Array => found.list(document.root(), ""),
        Kind::String => found.string(document.root(), ""),
        _ => {}
    }
    let mut covered = 0;
    for value in document.values() {
        let span = value.span();
        if !touch(&span, part) || span.start < covered {
            continue;
        }
        if found.secret.remove(&span.start) {
            covered = span.end;
            found.below(value);
            continue;
        }
        match value.kind() {
            Kind::Object => found.object(value),
            Kind::Array => {
                for list in value.elements().filter(|element| element.kind() == Kind::Array) {
                    found.list(list, "");
                }
            }
            _ => {}
        }
    }
    for comment in document.comments().filter(|comment| touch(comment, part)) {
        found.comment(&document.text()[comment.clone()], comment.start);
    }
    apart(found.spans)
}

fn touch(span: &Range<usize>, part: &Range<usize>) -> bool {
    span.start < part.end && part.start < span.end
}

/// What was found so far in a part of a document.
struct Found<'p> {
    part: &'p Range<usize>,
    spans: Vec<Range<usize>>,
    /// Where the objects and lists under a secret name begin that have not been visited yet: each is visited once, even
    /// if such names are nested.
    secret: HashSet<usize>,
}

impl Found<'_> {
    /// The secrets directly inside an object, and in the lists of its members.
    fn object(&mut self, object: Value) {
        let subject = object.members().filter(|member| is_any_of(member, &["name", "key"]));
        let subjects: Vec<_> = subject.filter_map(|member| member.value.as_str()).collect();
        let named_secret = subjects.iter().any(|name| is_secret_name(name));
        for member in object.members().filter(|member| touch(&member.span(), self.part)) {
            let name = member.name.as_str().unwrap_or_default();
            let is_value = name.eq_ignore_ascii_case("value");
            let name_span = inner(member.name);
            self.spans.extend(exact(&name, "id").into_iter().map(|_| name_span.clone()).take(1));
            if is_secret_name(&name) || (named_secret && is_value) {
                match member.value.kind() {
                    Kind::Object | Kind::Array => drop(self.secret.insert(member.value.span().start)),
                    _ => self.below(member.value),
                }
                continue;
            }
            let name = if is_value { subjects.first().map_or(name, Clone::clone) } else { name };
            match member.value.kind() {
                Kind::String => self.string(member.value, &name),
                Kind::Array => self.list(member.value, &name),
                _ => {}
            }
        }
    }

    /// Everything below a member whose name says that it is secret.
    fn below(&mut self, value: Value) {
        for value in value.descendants() {
            let is_secret = match value.kind() {
                Kind::String => value.as_str().is_some_and(|content| !is_placeholder(&content)),
                Kind::Number => true,
                _ => false,
            };
            if is_secret {
                self.spans.push(inner(value));
            }
        }
    }

    /// The strings of a list: each by itself, and as the words of a command line.
    fn list(&mut self, list: Value, name: &str) {
        let mut words = Words::default();
        let mut in_block = false;
        for element in list.elements() {
            let Some(content) = element.as_str() else { continue };
            let begins = content.contains("BEGIN ") && content.contains("PRIVATE KEY");
            let announced = words.next(&content);
            if touch(&element.span(), self.part) {
                if in_block || announced.is_some() {
                    self.spans.push(inner(element));
                } else {
                    self.string(element, name);
                }
            }
            in_block = (in_block || begins) && !content.contains("END ");
        }
    }

    /// A string under a name: the whole string if the name hints at a secret and the string looks like one; otherwise,
    /// the secrets in it.
    fn string(&mut self, value: Value, name: &str) {
        let span = inner(value);
        if !touch(&span, self.part) {
            return;
        }
        let Some(content) = value.as_str() else { return };
        if is_hinted(name, &content) {
            self.spans.push(span);
            return;
        }
        let exact = exact(&content, name);
        let mut found = lines_of(&content, &loose(&content));
        found.extend(exact);
        if found.is_empty() {
            return;
        }
        found = apart(found);
        if let Cow::Owned(content) = &content {
            unread(&mut found, content, &value.document().text()[span.clone()]);
        }
        self.spans.extend(found.into_iter().map(|found| span.start + found.start..span.start + found.end));
    }

    /// A comment has no grammar: if a line ends with a secret name, its value is on the next line.
    fn comment(&mut self, text: &str, start: usize) {
        let mut start = start;
        let mut open = false;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\r', '\n']);
            let secrets =
                if open { std::iter::once(0..content.len()).collect() } else { spans_in_line(content) };
            open = leaves_open(content) || (open && content.trim().is_empty());
            self.spans.extend(secrets.into_iter().map(|secret| start + secret.start..start + secret.end));
            start += line.len();
        }
        let blocks = super::pem::blocks(text).secret;
        let from = start - text.len();
        self.spans.extend(blocks.into_iter().map(|block| from + block.start..from + block.end));
    }
}

/// Whether a member has one of these names, ignoring case.
fn is_any_of(member: &Member, names: &[&str]) -> bool {
    member.name.as_str().is_some_and(|name| names.iter().any(|other| name.eq_ignore_ascii_case(other)))
}

fn inner(value: Value) -> Range<usize> {
    let span = value.span();
    if value.kind() == Kind::String { span.start + 1..span.end - 1 } else { span }
}

/// Whether a value is a secret, as its name hints: the `auth` of a registry, a random `key`.
fn is_hinted(name: &str, content: &str) -> bool {
    if content.len() < 4 || content.len() > 4096 {
        return false;
    }
    let Some(hint) = hint(name) else { return false };
    let is_address =
        content.contains("://") || content.starts_with('/') || content.contains(char::is_whitespace);
    let login = || base64::text_of(content).is_some_and(|text| text.contains(':'));
    !is_address
        && !is_placeholder(content)
        && match hint {
            Hint::Strong => looks_secret(content) || login(),
            Hint::Faint => assigned::is_made_by_chance(content),
        }
}

/// The lines that spans overlap, without their line breaks: only the grammar of a script determines where a value in
/// it ends. The spans are in order. Each line is searched once, however many spans are in it.
fn lines_of(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for span in spans {
        let done = lines.last().map_or(0, |line| line.end);
        if span.end <= done {
            continue;
        }
        let start = text[done.min(span.start)..span.start].rfind('\n');
        let start = start.map_or(done.min(span.start), |at| done.min(span.start) + at + 1);
        let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
        lines.push(start..end);
    }
    lines
}

/// Converts spans in the decoded content of a string to spans in its escaped form.
fn unread(spans: &mut [Range<usize>], content: &str, raw: &str) {
    let bytes = raw.as_bytes();
    let mut characters = content.chars();
    let (mut read, mut at) = (0, 0);
    let mut to = |target: usize| {
        while read < target {
            let Some(character) = characters.next() else { break };
            at += match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'\\'), Some(b'u')) => 6 * character.len_utf16(),
                (Some(b'\\'), _) => 2,
                _ => character.len_utf8(),
            };
            read += character.len_utf8();
        }
        at
    };
    for span in spans {
        let start = to(span.start);
        *span = start..to(span.end);
    }
}
