//! Finds the secrets of a JSON document by the names of its members, the options in its lists, and the texts in its
//! strings.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::commands::Words;
use super::line::{leaves_open, spans_in_line};
use super::names::{is_subject, is_value};
use super::pairs::{self, Pairs};
use super::{apart, exact, hinted, is_placeholder, is_secret_name, loose};
use crate::domain::json::{Document, Kind, Value};

/// How many bytes before a secret an option is looked for.
const OPTION: usize = 128;

/// The byte spans of every secret of a document, in order and without overlaps.
#[must_use]
pub fn spans(document: &Document) -> Vec<Range<usize>> {
    spans_within(document, &(0..document.text().len()))
}

/// The byte spans of every secret that overlaps a part of a document, in order and without overlaps. The part begins
/// and ends between characters.
#[must_use]
pub fn spans_within(document: &Document, part: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Found { part, spans: Vec::new(), secret: HashSet::new(), references: HashSet::new() };
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
    /// Where the objects begin that refer to a secret and have not been visited yet.
    references: HashSet<usize>,
}

impl Found<'_> {
    /// The secrets directly inside an object, and in the lists of its members.
    fn object(&mut self, object: Value) {
        let is_reference = self.references.remove(&object.span().start);
        let pairs = if is_reference { Pairs::default() } else { Pairs::of(object) };
        let subject =
            object.members().find(|member| member.name.as_str().is_some_and(|name| is_subject(&name)));
        let subject = subject.and_then(|member| member.value.as_str());
        for member in object.members().filter(|member| touch(&member.span(), self.part)) {
            let name = member.name.as_str().unwrap_or_default();
            let name_span = inner(member.name);
            // Digests and IDs are common names.
            self.spans.extend(exact(&name, "version").into_iter().map(|_| name_span.clone()).take(1));
            let start = member.value.span().start;
            if is_secret_name(&name) && !is_reference || pairs.take(&member, &name) {
                match member.value.kind() {
                    Kind::Object | Kind::Array => drop(self.secret.insert(start)),
                    _ => self.below(member.value),
                }
                continue;
            }
            if pairs::is_reference(&member, &name) {
                self.references.insert(start);
            }
            let name = if is_value(&name) { subject.clone().unwrap_or(name) } else { name };
            match member.value.kind() {
                Kind::String => self.string(member.value, &name),
                Kind::Array => self.list(member.value, &name),
                _ => {}
            }
        }
    }

    /// Everything below a member whose name says that it is secret, except references to secrets elsewhere and schemas.
    fn below(&mut self, value: Value) {
        let mut described = 0;
        for value in value.descendants() {
            if value.span().start < described {
                continue;
            }
            let is_secret = match value.kind() {
                Kind::String => value.as_str().is_some_and(|content| !is_placeholder(&content)),
                Kind::Number => true,
                _ => false,
            };
            if is_secret {
                self.spans.push(inner(value));
            } else if pairs::only_describes(value) {
                described = value.span().end;
            }
        }
    }

    /// The strings of a list: each by itself, as the words of a command line, and as a name and its value.
    fn list(&mut self, list: Value, name: &str) {
        let mut words = Words::default();
        let mut in_block = false;
        let paired = pairs::second(list, name.is_empty()).map(Value::span);
        for element in list.elements() {
            let Some(content) = element.as_str() else { continue };
            let begins = content.contains("BEGIN ") && content.contains("PRIVATE KEY");
            let announced = words.next(&content).is_some()
                || paired.as_ref() == Some(&element.span()) && !is_placeholder(&content);
            if touch(&element.span(), self.part) {
                if in_block || announced {
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
        if hinted::is_secret(name, &content) {
            self.spans.push(span);
            return;
        }
        let exact = exact(&content, name);
        let mut found = whole_values(&content, loose(&content));
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

fn inner(value: Value) -> Range<usize> {
    let span = value.span();
    if value.kind() == Kind::String { span.start + 1..span.end - 1 } else { span }
}

/// Spans whose ends are certain as they are, or else the lines that they overlap.
fn whole_values(text: &str, spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let are_certain = !text.contains('\n') && spans.iter().all(|span| is_word_of_command(text, span));
    if are_certain { spans } else { lines_of(text, &spans) }
}

/// Whether a span is all of a word of a command, or the rest of an option, so that its end is certain: without quotes
/// and escapes, and with an option in the word or before it.
fn is_word_of_command(text: &str, span: &Range<usize>) -> bool {
    let from = (span.start.saturating_sub(OPTION)..span.start).find(|at| text.is_char_boundary(*at));
    let before = &text[from.unwrap_or(span.start)..span.start];
    let start = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let mut options = before.split_whitespace().rev().skip(usize::from(!start.is_empty()));
    let is_plain = |text: &str| !text.contains(|c: char| "\"'`\\$;&|<>(){}".contains(c) || c.is_whitespace());
    let follows = text[span.end..].chars().next().is_none_or(char::is_whitespace);
    let is_option = start.starts_with('-')
        || start.is_empty()
            && options.next().is_some_and(|word| word.starts_with('-') && !word.contains('='));
    follows && is_option && is_plain(start) && is_plain(&text[span.clone()])
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
        let from = done.min(span.start);
        let start = text[from..span.start].rfind('\n').map_or(from, |at| from + at + 1);
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
