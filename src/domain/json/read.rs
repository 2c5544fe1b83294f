//! The reader: text in, nodes or one precise error out; bounded in depth, never recursive, never guessing.

use super::escape::escape;
use super::syntax::{MAX_DEPTH, SyntaxError, SyntaxErrorKind as Why};
use super::{Document, Kind, Node};
use crate::messages::json::number;

/// Reads a document.
///
/// # Errors
/// The first mistake, with the bytes to point at.
pub fn read(text: &str) -> Result<Document<'_>, SyntaxError> {
    if u32::try_from(text.len()).is_err() {
        return Err(SyntaxError { span: 0..0, kind: Why::TooLong });
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
        nodes: Vec::with_capacity(text.len().min(1 << 20) / 16 + 4),
        open: Vec::new(),
        in_array: false,
        first_comment: None,
        first_trailing_comma: None,
    };
    reader.document()?;
    let Reader { nodes, first_comment, first_trailing_comma, .. } = reader;
    Ok(Document { text, nodes, first_comment, first_trailing_comma })
}

/// A text, how far it has been read, and what was found.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub bytes: &'t [u8],
    pub at: usize,
    pub nodes: Vec<Node>,
    /// Indices of the containers that are open, outermost first.
    pub open: Vec<u32>,
    /// Whether the innermost of them is an array.
    pub in_array: bool,
    first_comment: Option<u32>,
    first_trailing_comma: Option<u32>,
}

/// What may come next.
enum Expect {
    /// A value; in an array that has just been opened also `]`.
    Value,
    /// A member; in an object that has just been opened also `}`.
    Member,
    /// A comma or the end of what is open.
    Separator,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), SyntaxError> {
        let mut expect = Expect::Value;
        loop {
            let next = self.next_token()?;
            expect = match expect {
                Expect::Value => self.value(next)?,
                Expect::Member => self.member(next)?,
                Expect::Separator if self.open.is_empty() => {
                    return if next.is_none() { Ok(()) } else { Err(self.beyond_the_end()) };
                }
                Expect::Separator => self.separator(next)?,
            };
        }
    }

    fn value(&mut self, next: Option<u8>) -> Result<Expect, SyntaxError> {
        match next {
            Some(b'"') => self.string()?,
            Some(b'{') => return self.open_container(Kind::Object),
            Some(b'[') => return self.open_container(Kind::Array),
            Some(b']') if self.in_array && self.just_opened() => return Ok(self.close()),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') if self.word("true") => self.leaf(Kind::Bool, 4),
            Some(b'f') if self.word("false") => self.leaf(Kind::Bool, 5),
            Some(b'n') if self.word("null") => self.leaf(Kind::Null, 4),
            _ => return Err(self.not_a_value()),
        }
        Ok(Expect::Separator)
    }

    fn member(&mut self, next: Option<u8>) -> Result<Expect, SyntaxError> {
        match next {
            Some(b'"') => {}
            Some(b'}') => return Ok(self.close()),
            _ => return Err(self.not_a_name()),
        }
        self.string()?;
        let name_end = self.at;
        if self.next_token()? != Some(b':') {
            return Err(self.no_colon(name_end));
        }
        self.at += 1;
        Ok(Expect::Value)
    }

    fn separator(&mut self, next: Option<u8>) -> Result<Expect, SyntaxError> {
        match next {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                if self.next_token()? == Some(self.closing()) {
                    self.first_trailing_comma.get_or_insert(offset(comma));
                    return Ok(self.close());
                }
                Ok(if self.in_array { Expect::Value } else { Expect::Member })
            }
            Some(byte) if byte == self.closing() => Ok(self.close()),
            _ => Err(self.no_separator()),
        }
    }

    fn open_container(&mut self, kind: Kind) -> Result<Expect, SyntaxError> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.error_here(Why::TooDeep));
        }
        self.open.push(offset(self.nodes.len()));
        self.nodes.push(Node { start: offset(self.at), end: 0, next: 0, kind, escaped: false });
        self.at += 1;
        self.in_array = kind == Kind::Array;
        Ok(if self.in_array { Expect::Value } else { Expect::Member })
    }

    /// Ends the open container at its bracket, at which the reader stands.
    fn close(&mut self) -> Expect {
        self.at += 1;
        let next = offset(self.nodes.len());
        if let Some(index) = self.open.pop() {
            let node = &mut self.nodes[index as usize];
            node.end = offset(self.at);
            node.next = next;
        }
        self.in_array = self.open.last().is_some_and(|&index| self.nodes[index as usize].kind == Kind::Array);
        Expect::Separator
    }

    fn closing(&self) -> u8 {
        if self.in_array { b']' } else { b'}' }
    }

    fn leaf(&mut self, kind: Kind, length: usize) {
        self.push(kind, self.at, self.at + length, false);
        self.at += length;
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, escaped: bool) {
        let next = offset(self.nodes.len() + 1);
        self.nodes.push(Node { start: offset(start), end: offset(end), next, kind, escaped });
    }

    fn string(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let mut escaped = false;
        let mut at = start + 1;
        loop {
            at += plain_length(&self.bytes[at..]);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    match escape(&self.text[at..]) {
                        Ok((_, length)) => at += length,
                        Err(kind) => return Err(self.bad_escape(at, kind)),
                    }
                }
                _ => return Err(self.bad_string(start, at)),
            }
        }
        self.at = at + 1;
        self.push(Kind::String, start, self.at, escaped);
        Ok(())
    }

    fn number(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let mut at = start + usize::from(self.bytes[start] == b'-');
        let whole = self.digits(at);
        if whole == at {
            return Err(self.bare_minus());
        }
        if self.bytes[at] == b'0' && whole > at + 1 {
            return Err(self.bad_number(start, number::LEADING_ZERO));
        }
        at = whole;
        if self.bytes.get(at) == Some(&b'.') {
            let fraction = self.digits(at + 1);
            if fraction == at + 1 {
                return Err(self.bad_number(start, number::FRACTION));
            }
            at = fraction;
        }
        if matches!(self.bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.bytes.get(at + 1), Some(b'+' | b'-')));
            let exponent = self.digits(at + 1 + sign);
            if exponent == at + 1 + sign {
                return Err(self.bad_number(start, number::EXPONENT));
            }
            at = exponent;
        }
        if self.bytes.get(at).is_some_and(|byte| goes_on(*byte)) {
            return Err(self.more_than_a_number(start, at));
        }
        self.push(Kind::Number, start, at, false);
        self.at = at;
        Ok(())
    }

    fn digits(&self, from: usize) -> usize {
        from + self.bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Skips white space and comments, and looks at what stands there.
    fn next_token(&mut self) -> Result<Option<u8>, SyntaxError> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => {
                    self.at += 1 + spaces_length(&self.bytes[self.at + 1..]);
                }
                Some(b'/') if self.comment()? => {}
                next => return Ok(next.copied()),
            }
        }
    }

    /// Skips a comment if one starts here.
    fn comment(&mut self) -> Result<bool, SyntaxError> {
        let Some(length) = comment_length(&self.text[self.at..]) else {
            return if self.bytes.get(self.at + 1) == Some(&b'*') {
                Err(self.error(self.at, self.at + 2, Why::CommentNotClosed))
            } else {
                Ok(false)
            };
        };
        self.first_comment.get_or_insert(offset(self.at));
        self.at += length;
        Ok(true)
    }

    /// Whether the array that is open has nothing in it yet; behind a comma `separator` has already looked.
    fn just_opened(&self) -> bool {
        self.open.last().is_some_and(|&index| index as usize + 1 == self.nodes.len())
    }

    fn word(&self, word: &str) -> bool {
        let rest = &self.bytes[self.at..];
        rest.starts_with(word.as_bytes()) && !rest.get(word.len()).is_some_and(|byte| goes_on(*byte))
    }
}

/// Whether a number or a word that this byte follows is really a longer word.
fn goes_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'+')
}

/// The length of the comment with which `text` starts, its line break left out; `None` where none starts, or none
/// ends.
pub(super) fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.strip_prefix("/*")?.find("*/").map(|length| length + 4)
}

/// The length of the string with which a text starts that the reader has accepted.
pub(super) fn string_length(text: &str) -> usize {
    let mut at = 1;
    loop {
        at += plain_length(&text.as_bytes()[at.min(text.len())..]);
        match text.as_bytes().get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') => return at + 1,
            _ => return text.len(),
        }
    }
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH_BITS: u64 = ONES << 7;
const SPACES: u64 = ONES * b' ' as u64;

/// How many bytes at the start have no meaning of their own in a string: not `"`, `\` or a control character.
/// Eight at a time: a byte minus a greater one borrows, which shows in its high bit; the lowest such bit is right.
fn plain_length(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks();
    for (index, eight) in eights.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        let below = (word.wrapping_sub(SPACES) & !word)
            | (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash);
        let marks = below & HIGH_BITS;
        if marks != 0 {
            return index * 8 + marks.trailing_zeros() as usize / 8;
        }
    }
    let plain = |byte: &&u8| **byte >= b' ' && !matches!(byte, b'"' | b'\\');
    eights.len() * 8 + rest.iter().take_while(plain).count()
}

/// How many spaces stand at the start, counted in eights for the deep indents of long documents.
fn spaces_length(bytes: &[u8]) -> usize {
    let (eights, _) = bytes.as_chunks();
    let mut length = 8 * eights.iter().take_while(|eight| u64::from_le_bytes(**eight) == SPACES).count();
    while bytes.get(length) == Some(&b' ') {
        length += 1;
    }
    length
}

/// Positions fit: `read` has refused longer texts.
#[expect(clippy::cast_possible_truncation, reason = "read() refuses texts of 4 GiB and more")]
fn offset(at: usize) -> u32 {
    at as u32
}
