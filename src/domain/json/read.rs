//! The reader: text in, nodes or one precise error out; bounded in depth, never recursive, never guessing.

use super::syntax::{SyntaxError, SyntaxErrorKind as Why};
use super::{Document, Kind, Node};

/// How deep objects and arrays may nest.
pub const MAX_DEPTH: usize = 512;

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
        first_comment: None,
        first_trailing_comma: None,
    };
    reader.document()?;
    let Reader { nodes, first_comment, first_trailing_comma, .. } = reader;
    Ok(Document { text, nodes, first_comment, first_trailing_comma })
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    /// Indices of the containers that are open, outermost first.
    open: Vec<u32>,
    first_comment: Option<u32>,
    first_trailing_comma: Option<u32>,
}

/// What may come next.
enum Expect {
    /// A value; in a list that has just been opened or continued also `]`.
    Value,
    /// A member; also `}`.
    Member,
    /// A comma or the end of what is open.
    Separator,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), SyntaxError> {
        self.trivia()?;
        if self.at == self.bytes.len() {
            return Err(self.error(self.at, self.at, Why::Empty));
        }
        let mut expect = Expect::Value;
        loop {
            self.trivia()?;
            expect = match expect {
                Expect::Value => self.value()?,
                Expect::Member => self.member()?,
                Expect::Separator if self.open.is_empty() => return self.end(),
                Expect::Separator => self.separator()?,
            };
        }
    }

    fn value(&mut self) -> Result<Expect, SyntaxError> {
        match self.peek() {
            Some(b'"') => self.string()?,
            Some(b'{') => return self.open_container(Kind::Object),
            Some(b'[') => return self.open_container(Kind::Array),
            Some(b']') if self.in_array() && self.just_opened() => return self.close(),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') if self.word("true") => self.leaf(Kind::Bool, 4),
            Some(b'f') if self.word("false") => self.leaf(Kind::Bool, 5),
            Some(b'n') if self.word("null") => self.leaf(Kind::Null, 4),
            _ => return Err(self.not_a_value()),
        }
        Ok(Expect::Separator)
    }

    fn member(&mut self) -> Result<Expect, SyntaxError> {
        match self.peek() {
            Some(b'}') => return self.close(),
            Some(b'"') => {}
            Some(b',') => return Err(self.error_here(Why::MissingValue)),
            Some(b'\'') => return Err(self.error_here(Why::SingleQuotes)),
            Some(b']') => return Err(self.wrong_bracket()),
            None => return Err(self.not_closed()),
            _ if self.ellipsis() => return Err(self.error_here(Why::Ellipsis)),
            _ => return Err(self.error(self.at, self.word_end(), Why::NameNotQuoted)),
        }
        let name = self.at..self.string_then_end()?;
        self.trivia()?;
        if self.peek() != Some(b':') {
            return Err(self.error(name.start, name.end, Why::MissingColon));
        }
        self.at += 1;
        Ok(Expect::Value)
    }

    fn separator(&mut self) -> Result<Expect, SyntaxError> {
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.trivia()?;
                if matches!(self.peek(), Some(b'}' | b']')) {
                    self.first_trailing_comma.get_or_insert(offset(comma));
                    return self.close();
                }
                Ok(if self.in_array() { Expect::Value } else { Expect::Member })
            }
            Some(b'}' | b']') => self.close(),
            Some(b':') if self.in_array() => Err(self.error_here(Why::ColonInArray)),
            None => Err(self.not_closed()),
            _ => Err(self.missing_comma()),
        }
    }

    fn end(&mut self) -> Result<(), SyntaxError> {
        match self.peek() {
            None => Ok(()),
            Some(b'{' | b'[' | b'"') => Err(self.error_here(Why::SecondDocument)),
            _ => Err(self.error_here(Why::Trailing)),
        }
    }

    fn open_container(&mut self, kind: Kind) -> Result<Expect, SyntaxError> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.error_here(Why::TooDeep));
        }
        self.open.push(offset(self.nodes.len()));
        self.nodes.push(Node { start: offset(self.at), end: 0, next: 0, kind, escaped: false });
        self.at += 1;
        Ok(if kind == Kind::Array { Expect::Value } else { Expect::Member })
    }

    fn close(&mut self) -> Result<Expect, SyntaxError> {
        let array = self.in_array();
        if array != (self.peek() == Some(b']')) {
            return Err(self.wrong_bracket());
        }
        self.at += 1;
        let next = offset(self.nodes.len());
        if let Some(index) = self.open.pop() {
            let node = &mut self.nodes[index as usize];
            node.end = offset(self.at);
            node.next = next;
        }
        Ok(Expect::Separator)
    }

    fn leaf(&mut self, kind: Kind, length: usize) {
        self.push(kind, self.at, self.at + length, false);
        self.at += length;
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, escaped: bool) {
        let next = offset(self.nodes.len() + 1);
        self.nodes.push(Node { start: offset(start), end: offset(end), next, kind, escaped });
    }

    fn string_then_end(&mut self) -> Result<usize, SyntaxError> {
        self.string()?;
        Ok(self.at)
    }

    fn string(&mut self) -> Result<(), SyntaxError> {
        let start = self.at;
        let mut escaped = false;
        let mut at = start + 1;
        loop {
            match self.bytes.get(at) {
                None => return Err(self.error(start, at, Why::StringNotClosed)),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    let escape = escape(&self.text[at..]);
                    let (_, length) = escape.map_err(|kind| self.error(at, self.escape_end(at), kind))?;
                    at += length;
                }
                Some(b'\n' | b'\r') => return Err(self.error(start, at, Why::LineBreakInString)),
                Some(&byte) if byte < 0x20 => {
                    return Err(self.error(at, at + 1, Why::ControlInString(byte.into())));
                }
                Some(_) => at += 1,
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
            return Err(self.bad_number(start, "a digit must follow the minus"));
        }
        if self.bytes[at] == b'0' && whole > at + 1 {
            return Err(self.bad_number(start, "it may not start with 0"));
        }
        at = whole;
        if self.bytes.get(at) == Some(&b'.') {
            let fraction = self.digits(at + 1);
            if fraction == at + 1 {
                return Err(self.bad_number(start, "a digit must follow the point"));
            }
            at = fraction;
        }
        if matches!(self.bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.bytes.get(at + 1), Some(b'+' | b'-')));
            let exponent = self.digits(at + 1 + sign);
            if exponent == at + 1 + sign {
                return Err(self.bad_number(start, "a digit must follow the exponent"));
            }
            at = exponent;
        }
        if self.bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
            return Err(self.bad_number(start, "letters cannot follow the digits"));
        }
        self.push(Kind::Number, start, at, false);
        self.at = at;
        Ok(())
    }

    fn digits(&self, from: usize) -> usize {
        from + self.bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Skips white space and comments.
    fn trivia(&mut self) -> Result<(), SyntaxError> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') => match self.bytes.get(self.at + 1) {
                    Some(b'/') => self.comment(self.text[self.at..].find('\n').unwrap_or(self.rest())),
                    Some(b'*') => match self.text[self.at + 2..].find("*/") {
                        Some(length) => self.comment(length + 4),
                        None => return Err(self.error(self.at, self.at + 2, Why::CommentNotClosed)),
                    },
                    _ => return Ok(()),
                },
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self, length: usize) {
        self.first_comment.get_or_insert(offset(self.at));
        self.at += length;
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn in_array(&self) -> bool {
        self.open.last().is_some_and(|&index| self.nodes[index as usize].kind == Kind::Array)
    }

    /// Whether the list that is open has nothing in it yet; behind a comma `separator` has already looked.
    fn just_opened(&self) -> bool {
        self.open.last().is_some_and(|&index| index as usize + 1 == self.nodes.len())
    }

    fn word(&self, word: &str) -> bool {
        self.text[self.at..self.word_end()] == *word
    }

    fn word_end(&self) -> usize {
        let stop = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '/');
        let length = self.text[self.at..].find(stop).unwrap_or(self.rest());
        let first = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        self.at + length.max(first)
    }

    fn ellipsis(&self) -> bool {
        self.text[self.at..].starts_with("...") || self.text[self.at..].starts_with('…')
    }
}

/// The mistakes, each from the place where the reader stands.
impl Reader<'_> {
    fn error(&self, start: usize, end: usize, kind: Why) -> SyntaxError {
        let end = end.min(self.text.len());
        SyntaxError { span: start.min(end)..end, kind }
    }

    fn error_here(&self, kind: Why) -> SyntaxError {
        let length = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        self.error(self.at, self.at + length, kind)
    }

    fn bad_number(&self, start: usize, why: &'static str) -> SyntaxError {
        self.error(start, self.word_end(), Why::BadNumber(why))
    }

    fn missing_comma(&self) -> SyntaxError {
        if self.ellipsis() {
            return self.error_here(Why::Ellipsis);
        }
        let end = self.last_child_end();
        let start = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        self.error(start, end, Why::MissingComma)
    }

    /// Where the last finished child of the open container ends.
    fn last_child_end(&self) -> usize {
        let Some(&open) = self.open.last() else { return 0 };
        let mut index = open + 1;
        let mut end = 0;
        while let Some(node) = self.nodes.get(index as usize) {
            end = node.end as usize;
            index = node.next;
        }
        end
    }

    fn wrong_bracket(&self) -> SyntaxError {
        let found = char::from(self.bytes[self.at]);
        match self.opened() {
            Some((opened, line)) => self.error_here(Why::WrongBracket { found, opened, line }),
            None => self.error_here(Why::Trailing),
        }
    }

    fn not_closed(&self) -> SyntaxError {
        match self.opened() {
            Some((opened, line)) => self.error(self.at, self.at, Why::NotClosed { opened, line }),
            None => self.error(self.at, self.at, Why::Empty),
        }
    }

    /// The innermost open bracket and its line.
    fn opened(&self) -> Option<(char, usize)> {
        let start = self.nodes[*self.open.last()? as usize].start as usize;
        let line = 1 + self.bytes[..start].iter().filter(|byte| **byte == b'\n').count();
        Some((char::from(self.bytes[start]), line))
    }

    fn not_a_value(&self) -> SyntaxError {
        let Some(first) = self.text[self.at..].chars().next() else { return self.not_closed() };
        if self.ellipsis() {
            return self.error_here(Why::Ellipsis);
        }
        match first {
            ',' => self.error_here(Why::MissingValue),
            ':' => self.error_here(Why::MissingValueBefore(':')),
            '}' if self.in_array() => self.wrong_bracket(),
            ']' if !self.in_array() && !self.open.is_empty() => self.error_here(Why::MissingValueBefore(']')),
            '}' | ']' => self.error_here(Why::MissingValueBefore(first)),
            '\'' => self.error_here(Why::SingleQuotes),
            '+' => self.bad_number(self.at, "leave the plus out"),
            '.' => self.bad_number(self.at, "a digit must stand before the point"),
            _ if first.is_alphabetic() || first == '_' || first == '$' => self.not_a_word(),
            _ => self.error_here(Why::Unexpected(shown(first))),
        }
    }

    fn not_a_word(&self) -> SyntaxError {
        let end = self.word_end();
        let found = &self.text[self.at..end];
        let instead = match found {
            "True" | "TRUE" => "true",
            "False" | "FALSE" => "false",
            "None" | "NULL" | "Null" | "nil" | "undefined" => "null",
            "NaN" | "Infinity" => "a number or null",
            _ => return self.error(self.at, end, Why::BareWord),
        };
        self.error(self.at, end, Why::OtherWord { found: found.to_owned(), instead })
    }

    fn escape_end(&self, at: usize) -> usize {
        let length = if self.bytes.get(at + 1) == Some(&b'u') { 6 } else { 2 };
        let end = (at + length).min(self.text.len());
        (at + 1..=end).rev().find(|&end| self.text.is_char_boundary(end)).unwrap_or(at)
    }
}

/// A character for a message: itself in back quotes, or its number when it would not show.
fn shown(character: char) -> String {
    if character.is_control() || character.is_whitespace() || u32::from(character) > 0x2fff {
        format!("U+{:04X}", u32::from(character))
    } else {
        format!("`{character}`")
    }
}

/// Reads the escape at the start of `text`: the character and how many bytes it took.
pub(super) fn escape(text: &str) -> Result<(char, usize), Why> {
    let simple = |character| Ok((character, 2));
    match text.as_bytes().get(1) {
        Some(b'"') => simple('"'),
        Some(b'\\') => simple('\\'),
        Some(b'/') => simple('/'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'u') => unicode_escape(text),
        _ => Err(Why::BadEscape),
    }
}

fn unicode_escape(text: &str) -> Result<(char, usize), Why> {
    let first = hex(text, 2).ok_or(Why::BadEscape)?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, 6));
    }
    let second = text.get(6..8).filter(|escape| *escape == "\\u").and_then(|_| hex(text, 8));
    let pair = second.filter(|low| (0xdc00..0xe000).contains(low) && first < 0xdc00);
    let low = pair.ok_or(Why::LoneSurrogate)?;
    let code = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
    char::from_u32(code).map(|character| (character, 12)).ok_or(Why::LoneSurrogate)
}

fn hex(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Positions fit: `read` has refused longer texts.
#[expect(clippy::cast_possible_truncation, reason = "read() refuses texts of 4 GiB and more")]
fn offset(at: usize) -> u32 {
    at as u32
}
