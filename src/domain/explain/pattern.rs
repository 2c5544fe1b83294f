//! Words to look for in a folded text: of a message, with holes for its values, or an error code.

use std::ops::Range;

use super::fold::{Folded, Gap, fold_escaped};

/// How many bytes of a pattern choose it; none is shorter.
pub(super) const HEAD: usize = 4;

/// The widest hole in a pattern, in folded bytes, and in one whose words say little.
const HOLE: usize = 400;
const NARROW_HOLE: usize = 60;

/// Templates with fewer characters count only as a message of their own.
const SHORT: usize = 24;

/// What a pattern is: the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Message,
    Code,
}

/// What a pattern has to stand between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edges {
    /// Anything.
    Free,
    /// No letter or digit before it.
    Start,
    /// Signs that end a word on both sides, as around a code.
    Word,
    /// Signs that end a sentence on both sides.
    Sentence,
}

/// Words to look for.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) kind: Kind,
    /// The folded words between the holes; the first is long enough to choose the pattern.
    parts: Vec<String>,
    /// A code as it is written.
    code: Option<String>,
    edges: Edges,
    /// Whether a value stands before the first of the parts.
    led: bool,
    /// Whether a value stands after the last of the parts.
    open: bool,
    /// Its length in characters.
    pub(super) length: usize,
}

impl Pattern {
    /// Words of a message.
    pub(super) fn message(text: &str) -> Option<Self> {
        let mut parts: Vec<String> = text.split("{}").map(|part| fold_escaped(part).text).collect();
        let open = text.ends_with("{}");
        let first = parts.iter().position(|part| part.len() >= HEAD)?;
        let led = first > 0;
        let mut parts = parts.split_off(first);
        parts.retain(|part| !part.is_empty());
        let length = parts.iter().map(|part| part.chars().count()).sum();
        Some(Self { kind: Kind::Message, parts, code: None, edges: Edges::Free, led, open, length })
    }

    /// A template of a client. A short one counts only if it is a sentence of its own.
    pub(super) fn template(text: &str) -> Option<Self> {
        let pattern = Self::message(text)?;
        let edges = if pattern.length < SHORT { Edges::Sentence } else { Edges::Start };
        Some(Self { edges, ..pattern })
    }

    /// A mark, which begins a word.
    pub(super) fn mark(text: &str) -> Option<Self> {
        Some(Self { edges: Edges::Start, ..Self::message(text)? })
    }

    /// An error code.
    pub(super) fn code(text: &str) -> Option<Self> {
        let pattern = Self::message(text)?;
        Some(Self { kind: Kind::Code, code: Some(text.to_owned()), edges: Edges::Word, ..pattern })
    }

    /// The bytes that choose the pattern.
    pub(super) fn head(&self) -> &[u8] {
        &self.parts[0].as_bytes()[..HEAD]
    }

    /// Where the pattern ends, if it stands at this byte of the text.
    pub(super) fn matches(&self, folded: &Folded, at: usize, source: &str) -> Option<Range<usize>> {
        let bytes = folded.text.as_bytes();
        let (first, rest) = self.parts.split_first()?;
        if !bytes[at..].starts_with(first.as_bytes()) {
            return None;
        }
        let mut end = at + first.len();
        let hole = if self.length < SHORT { NARROW_HOLE } else { HOLE };
        for part in rest {
            let window = &bytes[end..bytes.len().min(end + hole + part.len())];
            end += part.len() + find(window, part.as_bytes())?;
        }
        let span = at..end;
        (self.stands(folded, &span) && self.is_written(folded, &span, source)).then_some(span)
    }

    fn stands(&self, folded: &Folded, span: &Range<usize>) -> bool {
        match self.edges {
            Edges::Free => true,
            Edges::Start => self.led || starts_word(folded, span.start),
            Edges::Word => is_word(folded, span),
            Edges::Sentence => {
                (self.led || starts_sentence(folded, span.start))
                    && (self.open || ends_sentence(folded, span.end))
            }
        }
    }

    /// Whether a code is written in its own case. Long ones and those with a full stop are no words of prose in any.
    fn is_written(&self, folded: &Folded, span: &Range<usize>, source: &str) -> bool {
        let Some(code) = &self.code else { return true };
        if code.len() >= 16 || code.contains('.') {
            return true;
        }
        let origins = span.clone().map(|at| folded.origins[at] as usize);
        origins.zip(code.bytes()).all(|(origin, byte)| {
            source.as_bytes().get(origin).is_none_or(|written| !written.is_ascii() || *written == byte)
        })
    }

    /// Whether nothing breaks the pattern but, where `wrapped` allows it, the ends of lines.
    pub(super) fn holds_together(folded: &Folded, span: &Range<usize>, wrapped: bool) -> bool {
        let widest = if wrapped { Gap::Line } else { Gap::None };
        folded.gaps[span.start + 1..span.end].iter().all(|gap| *gap == Gap::None || *gap == widest)
    }
}

fn find(window: &[u8], part: &[u8]) -> Option<usize> {
    window.windows(part.len()).position(|bytes| bytes == part)
}

fn letter(folded: &Folded, at: usize) -> bool {
    folded.text.as_bytes().get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Whether the byte touches the one before it.
fn touches(folded: &Folded, at: usize) -> bool {
    folded.gaps.get(at) == Some(&Gap::None)
}

fn starts_word(folded: &Folded, at: usize) -> bool {
    !(touches(folded, at) && at > 0 && letter(folded, at - 1))
}

/// Whether the span is a whole word. A full stop belongs to the word, unless it ends the sentence.
fn is_word(folded: &Folded, span: &Range<usize>) -> bool {
    let stop = |at: usize| folded.text.as_bytes().get(at) == Some(&b'.');
    let before = touches(folded, span.start)
        && span.start.checked_sub(1).is_some_and(|last| letter(folded, last) || stop(last));
    let end = span.end;
    let after = touches(folded, end)
        && (letter(folded, end) || stop(end) && touches(folded, end + 1) && letter(folded, end + 1));
    !before && !after
}

/// Whether a sentence can start here: at a line, or after a sign that is not part of a word.
fn starts_sentence(folded: &Folded, at: usize) -> bool {
    let before = at.checked_sub(1).map(|last| folded.text.as_bytes()[last]);
    folded.gaps[at] == Gap::Line
        || before.is_none_or(|byte| byte.is_ascii_punctuation() && !b"_-./@$".contains(&byte))
}

/// Whether a sentence can end here.
fn ends_sentence(folded: &Folded, at: usize) -> bool {
    let bytes = folded.text.as_bytes();
    folded.gaps.get(at).is_none_or(|gap| *gap == Gap::Line)
        || matches!(bytes[at], b'.' | b',' | b';' | b'"' | b')' | b']' | b'}' | b'<' | b'!' | b'\\')
}
