//! Which mistake was made, told from the place where the reader had to stop; it only looks, and only after
//! the reader has given up.

use super::Kind;
use super::other_format::other_format;
use super::read::Reader;
use super::syntax::{SyntaxError, SyntaxErrorKind as Why};
use crate::domain::text;
use crate::messages::{Text, json as say};

impl Reader<'_> {
    pub fn error(&self, start: usize, end: usize, kind: Why) -> SyntaxError {
        let end = end.min(self.text.len());
        SyntaxError { span: start.min(end)..end, kind }
    }

    /// A mistake that is the next character.
    pub fn error_here(&self, kind: Why) -> SyntaxError {
        let length = self.next_char().map_or(0, char::len_utf8);
        self.error(self.at, self.at + length, kind)
    }

    /// A mistake that is mended behind what ends at `end`: its last character.
    fn error_behind(&self, end: usize, kind: Why) -> SyntaxError {
        let start = self.text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        self.error(start, end, kind)
    }

    /// Where a value should start.
    pub fn not_a_value(&self) -> SyntaxError {
        let Some(next) = self.next_char() else { return self.unexpected_end() };
        if let Some(error) = self.other_format().or_else(|| self.typical()) {
            return error;
        }
        match next {
            ',' => self.error_here(Why::MissingValue),
            ':' => self.error_here(Why::MissingValueBefore(':')),
            '}' if self.in_array => self.wrong_bracket(next),
            '}' | ']' => self.error_here(Why::MissingValueBefore(next)),
            '+' => self.bad_number(self.at, say::number::PLUS),
            '.' => self.bad_number(self.at, say::number::LEADING_POINT),
            _ if next.is_alphabetic() || matches!(next, '_' | '$' | '/' | '~' | '@') => self.not_a_word(),
            _ => self.error_here(Why::Unexpected(next)),
        }
    }

    /// Where a member's name should start.
    pub fn not_a_name(&self) -> SyntaxError {
        let Some(next) = self.next_char() else { return self.unexpected_end() };
        if let Some(error) = self.typical() {
            return error;
        }
        match next {
            ',' => self.error_here(Why::ExtraComma),
            ':' => self.error_here(Why::MissingName),
            ']' => self.wrong_bracket(next),
            '{' if self.text[..self.at].ends_with('{') => {
                self.error(self.at - 1, self.at + 1, Why::Placeholder)
            }
            _ => self.error(self.at, self.word_end(self.at), Why::NameNotQuoted),
        }
    }

    /// Behind a member's name, where its colon should stand.
    pub fn no_colon(&self, name_end: usize) -> SyntaxError {
        match self.next_char() {
            None => self.unexpected_end(),
            Some('=') => {
                let arrow = self.text[self.at..].starts_with("=>");
                self.error(self.at, self.at + 1 + usize::from(arrow), Why::EqualsSign)
            }
            Some(',' | '}') => self.error_behind(name_end, Why::NameWithoutValue),
            Some(_) => self.odd_character().unwrap_or_else(|| self.error_behind(name_end, Why::MissingColon)),
        }
    }

    /// Behind a value inside an object or array, where a comma or the closing bracket should stand.
    pub fn no_separator(&self) -> SyntaxError {
        let Some(next) = self.next_char() else { return self.unexpected_end() };
        if let Some(error) = self.odd_character() {
            return error;
        }
        match next {
            '}' | ']' => self.wrong_bracket(next),
            ':' if self.in_array => self.error_here(Why::ColonInArray),
            ';' => self.error_here(Why::Semicolon),
            '"' | '\'' | '{' | '[' | '-' | '_' => self.error_behind(self.last_child_end(), Why::MissingComma),
            _ if next.is_alphanumeric() => self.error_behind(self.last_child_end(), Why::MissingComma),
            _ => self.error_here(Why::NotASeparator(next)),
        }
    }

    /// Behind the end of the document.
    pub fn beyond_the_end(&self) -> SyntaxError {
        if let Some(error) = self.odd_character() {
            return error;
        }
        match self.next_char() {
            Some(bracket @ ('}' | ']')) => self.error_here(Why::NothingToClose(bracket)),
            Some(':') if self.nodes[0].kind == Kind::String => self.error_here(Why::ColonOutside),
            Some('{' | '[' | '"') => self.error_here(Why::SecondDocument),
            _ => self.error_here(Why::Trailing),
        }
    }

    /// What engineers write where a value or a name belongs, from other languages and documentation.
    fn typical(&self) -> Option<SyntaxError> {
        let rest = &self.text[self.at..];
        let kind = match self.next_char()? {
            '\'' | '`' => Why::SingleQuotes,
            '<' => Why::Placeholder,
            '$' if rest.starts_with("${") => Why::Placeholder,
            _ => return self.odd_character(),
        };
        Some(self.error_here(kind))
    }

    /// A character that looks right but is another one, or that no JSON has outside a string.
    fn odd_character(&self) -> Option<SyntaxError> {
        let next = self.next_char()?;
        let kind = match next {
            '.' if self.text[self.at..].starts_with("...") => {
                return Some(self.error(self.at, self.at + 3, Why::Ellipsis));
            }
            '…' => Why::Ellipsis,
            '#' => Why::HashComment,
            '\u{feff}' => Why::ByteOrderMark,
            '“'..='‟' | '‘'..='‛' | '«' | '»' | '＂' => Why::TypographicQuote(next),
            '：' => Why::FullWidth(next, ':'),
            '，' | '、' => Why::FullWidth(next, ','),
            '｛' => Why::FullWidth(next, '{'),
            '｝' => Why::FullWidth(next, '}'),
            '［' | '【' => Why::FullWidth(next, '['),
            '］' | '】' => Why::FullWidth(next, ']'),
            '\u{200b}' | '\u{b}' | '\u{c}' => Why::OddSpace(next),
            _ if next.is_whitespace() => Why::OddSpace(next),
            _ => return None,
        };
        Some(self.error_here(kind))
    }

    /// A whole file in another format.
    fn other_format(&self) -> Option<SyntaxError> {
        let format = if self.open.is_empty() { other_format(&self.text[self.at..]) } else { None };
        format.map(|format| self.error(self.at, self.word_end(self.at), Why::OtherFormat(format)))
    }

    /// A minus without a digit: a number, or the first line of a YAML file.
    pub fn bare_minus(&self) -> SyntaxError {
        let rest = &self.text[self.at..];
        if self.open.is_empty() && (rest.starts_with("--") || rest.starts_with("- ")) {
            return self.error_here(Why::OtherFormat("YAML"));
        }
        self.bad_number(self.at, say::number::MINUS)
    }

    pub fn bad_number(&self, start: usize, why: Text) -> SyntaxError {
        self.error(start, self.word_end(start), Why::BadNumber(why))
    }

    /// Digits that something follows from `at`.
    pub fn more_than_a_number(&self, start: usize, at: usize) -> SyntaxError {
        let why = match (&self.text[start..at], self.bytes[at]) {
            ("0" | "-0", b'x' | b'X') => say::number::HEXADECIMAL,
            (_, b'_') => say::number::UNDERSCORE,
            _ => say::number::TEXT,
        };
        self.bad_number(start, why)
    }

    /// A string that starts at `start` and cannot go on at `at`.
    pub fn bad_string(&self, start: usize, at: usize) -> SyntaxError {
        let control = self.bytes.get(at).copied();
        if let Some(control) = control.filter(|byte| !matches!(byte, b'\n' | b'\r')) {
            return self.error(at, at + 1, Why::ControlInString(control.into()));
        }
        let closing = self.text[start..at].char_indices().find(|(_, c)| matches!(c, '“' | '”' | '＂'));
        match (closing, control) {
            (Some((quote, character)), _) => {
                let quote = start + quote;
                self.error(quote, quote + character.len_utf8(), Why::TypographicQuote(character))
            }
            (None, None) => self.error(start, at, Why::StringNotClosed),
            (None, Some(_)) => self.error(start, at, Why::LineBreakInString),
        }
    }

    pub fn bad_escape(&self, at: usize, kind: Why) -> SyntaxError {
        let length = if self.bytes.get(at + 1) == Some(&b'u') { 6 } else { 2 };
        let longest = (at + length).min(self.text.len());
        let quote = self.text[at + 1..].find(['"', '\n']).map_or(longest, |found| at + 1 + found.max(1));
        let end = (at + 1..=longest.min(quote)).rev().find(|&end| self.text.is_char_boundary(end));
        // A backslash and a wide character: the whole of it.
        let end = end
            .filter(|end| *end > at + 1)
            .unwrap_or_else(|| at + 1 + self.text[at + 1..].chars().next().map_or(0, char::len_utf8));
        self.error(at, end, kind)
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

    fn wrong_bracket(&self, found: char) -> SyntaxError {
        self.error_here(match self.opened() {
            Some((opened, line)) => Why::WrongBracket { found, opened, line },
            None => Why::NothingToClose(found),
        })
    }

    /// The text ends too early: behind its last character that shows.
    fn unexpected_end(&self) -> SyntaxError {
        match self.opened() {
            Some((opened, line)) => {
                let end = self.text.trim_end().len();
                self.error(end, end, Why::NotClosed { opened, line })
            }
            None => self.error(self.at, self.at, Why::Empty),
        }
    }

    /// The innermost open bracket and its line.
    fn opened(&self) -> Option<(char, usize)> {
        let start = self.nodes[*self.open.last()? as usize].start as usize;
        let line = text::place(self.text, start).line;
        Some((char::from(self.bytes[start]), line))
    }

    fn not_a_word(&self) -> SyntaxError {
        let end = self.word_end(self.at);
        let kind = match &self.text[self.at..end] {
            "True" | "TRUE" => Why::OtherWord("true"),
            "False" | "FALSE" => Why::OtherWord("false"),
            "None" | "NULL" | "Null" | "nil" | "undefined" => Why::OtherWord("null"),
            "NaN" | "Infinity" | "inf" | "nan" => Why::NumberWord,
            _ => Why::BareWord,
        };
        self.error(self.at, end, kind)
    }

    /// Where the word that starts at `start` ends, at least one character on.
    fn word_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        let stop = |c: char| c.is_whitespace() || ",:;={}[]\"'，：；、”“".contains(c);
        let first = rest.chars().next().map_or(0, char::len_utf8);
        start + rest.find(stop).unwrap_or(rest.len()).max(first)
    }

    fn next_char(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }
}
