//! What is wrong with a text that is not JSON, said so that one can mend it; it reads nothing itself.

use std::ops::Range;

/// Where the reader stopped and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct SyntaxError {
    /// The bytes to point at.
    pub span: Range<usize>,
    /// Why.
    pub kind: SyntaxErrorKind,
}

/// The mistakes that the reader tells apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxErrorKind {
    /// Nothing but white space and comments.
    #[error("the document is empty")]
    Empty,
    /// Longer than positions can count.
    #[error("the document is longer than 4 GiB")]
    TooLong,
    /// Nested deeper than [`super::MAX_DEPTH`].
    #[error("nested deeper than {} levels", super::MAX_DEPTH)]
    TooDeep,
    /// A value, then another without a comma.
    #[error("missing comma after this")]
    MissingComma,
    /// A member name without a colon.
    #[error("missing colon after this name")]
    MissingColon,
    /// Two commas, or a comma where a value belongs.
    #[error("a value is missing before this comma")]
    MissingValue,
    /// A colon or a closing bracket where a value belongs.
    #[error("a value is missing before this `{0}`")]
    MissingValueBefore(char),
    /// A member that does not start with a string.
    #[error("a member starts with its name in double quotes")]
    NameNotQuoted,
    /// `name: value` in an array.
    #[error("a list holds values without names; names belong in an object, {{ … }}")]
    ColonInArray,
    /// `{` closed by `]` or the other way round.
    #[error("this `{found}` does not close the `{opened}` of line {line}")]
    WrongBracket {
        /// The bracket met.
        found: char,
        /// The bracket that is open.
        opened: char,
        /// The line of the open bracket, from 1.
        line: usize,
    },
    /// The text ends inside an object or array.
    #[error("the document ends, but the `{opened}` of line {line} is not closed")]
    NotClosed {
        /// The bracket that is open.
        opened: char,
        /// The line of the open bracket, from 1.
        line: usize,
    },
    /// The text ends inside a string.
    #[error("this string is not closed")]
    StringNotClosed,
    /// A line break inside a string.
    #[error("this string does not end on its line: close it with \", or write a line break as \\n")]
    LineBreakInString,
    /// Another control character inside a string.
    #[error("a control character in a string: write it as \\u{0:04x}")]
    ControlInString(u32),
    /// A backslash with something that is no escape.
    #[error("not an escape of JSON: write \\\\ for a backslash")]
    BadEscape,
    /// `\ud800`–`\udfff` without its partner.
    #[error("half of a surrogate pair: the character needs both \\u escapes")]
    LoneSurrogate,
    /// A `/*` without `*/`.
    #[error("this comment is not closed")]
    CommentNotClosed,
    /// `'…'`.
    #[error("strings take double quotes")]
    SingleQuotes,
    /// `...` or `…`.
    #[error("an ellipsis is not JSON: put the real value here")]
    Ellipsis,
    /// `True`, `None`, `NaN`, `undefined` …
    #[error("`{found}` is not JSON: write {instead}")]
    OtherWord {
        /// The word met.
        found: String,
        /// What JSON says instead.
        instead: &'static str,
    },
    /// A word without quotes.
    #[error("a string needs double quotes")]
    BareWord,
    /// `01`, `1.`, `.5`, `+1`, `0x1f` …
    #[error("not a number of JSON: {0}")]
    BadNumber(&'static str),
    /// Something after the end of the document.
    #[error("the document ended before this: only one document may stand in the file")]
    SecondDocument,
    /// A closing bracket or another character behind the end.
    #[error("the document ended before this")]
    Trailing,
    /// A character that starts nothing.
    #[error("a value cannot start with {0}")]
    Unexpected(String),
}
