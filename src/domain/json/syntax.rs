//! The mistakes that the reader finds in a text that is not JSON, and their messages.

use std::ops::Range;

use crate::domain::text::steers_a_terminal;
use crate::messages::{Text, json as say};

/// How deep objects and arrays may nest.
pub const MAX_DEPTH: usize = 512;

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
    #[error("{}", say::EMPTY)]
    Empty,
    /// Longer than positions can count.
    #[error("{}", say::TOO_LONG)]
    TooLong,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("{}", say::TooDeep { levels: MAX_DEPTH })]
    TooDeep,
    /// Another language from the first word on.
    #[error("{}", say::OtherFormat { format: *.0 })]
    OtherFormat(&'static str),
    /// A value, then another without a comma.
    #[error("{}", say::MISSING_COMMA)]
    MissingComma,
    /// Nothing before a comma in an object.
    #[error("{}", say::EXTRA_COMMA)]
    ExtraComma,
    /// `;` behind a value.
    #[error("{}", say::SEMICOLON)]
    Semicolon,
    /// Something else behind a value.
    #[error("{}", say::NotASeparator { found: shown(*.0) })]
    NotASeparator(char),
    /// A member name without a colon.
    #[error("{}", say::MISSING_COLON)]
    MissingColon,
    /// `=` or `=>` behind a member name.
    #[error("{}", say::EQUALS_SIGN)]
    EqualsSign,
    /// A member name and nothing else.
    #[error("{}", say::NAME_WITHOUT_VALUE)]
    NameWithoutValue,
    /// A colon where a member starts.
    #[error("{}", say::MISSING_NAME)]
    MissingName,
    /// Two commas, or a comma where a value belongs.
    #[error("{}", say::MISSING_VALUE)]
    MissingValue,
    /// A colon or a closing bracket where a value belongs.
    #[error("{}", say::MissingValueBefore { found: *.0 })]
    MissingValueBefore(char),
    /// A member that does not start with a string.
    #[error("{}", say::NAME_NOT_QUOTED)]
    NameNotQuoted,
    /// `name: value` in an array.
    #[error("{}", say::COLON_IN_ARRAY)]
    ColonInArray,
    /// `name: value` that stands alone.
    #[error("{}", say::COLON_OUTSIDE)]
    ColonOutside,
    /// `{` closed by `]` or the other way round.
    #[error("{}", say::WrongBracket { found, opened, line })]
    WrongBracket {
        /// The bracket met.
        found: char,
        /// The bracket that is open.
        opened: char,
        /// The line of the open bracket, from 1.
        line: usize,
    },
    /// The text ends inside an object or array.
    #[error("{}", say::NotClosed { opened, line })]
    NotClosed {
        /// The bracket that is open.
        opened: char,
        /// The line of the open bracket, from 1.
        line: usize,
    },
    /// A closing bracket behind the end.
    #[error("{}", say::NothingToClose { found: *.0 })]
    NothingToClose(char),
    /// The text ends inside a string.
    #[error("{}", say::STRING_NOT_CLOSED)]
    StringNotClosed,
    /// A line break inside a string.
    #[error("{}", say::LINE_BREAK_IN_STRING)]
    LineBreakInString,
    /// Another control character inside a string.
    #[error("{}", say::ControlInString { escape: escape_of(*.0) })]
    ControlInString(u32),
    /// A backslash with something that is no escape.
    #[error("{}", say::BAD_ESCAPE)]
    BadEscape,
    /// `\ud800`–`\udfff` without its partner.
    #[error("{}", say::LONE_SURROGATE)]
    LoneSurrogate,
    /// A `/*` without `*/`.
    #[error("{}", say::COMMENT_NOT_CLOSED)]
    CommentNotClosed,
    /// `# …`.
    #[error("{}", say::HASH_COMMENT)]
    HashComment,
    /// `'…'`.
    #[error("{}", say::SINGLE_QUOTES)]
    SingleQuotes,
    /// `“…”` and their kin.
    #[error("{}", say::TypographicQuote { found: *.0 })]
    TypographicQuote(char),
    /// `：`, `，` and their kin, from Chinese and Japanese input methods.
    #[error("{}", say::FullWidth { found: *.0, ascii: *.1 })]
    FullWidth(char, char),
    /// A no-break space and its kin.
    #[error("{}", say::OddSpace { found: shown(*.0) })]
    OddSpace(char),
    /// A byte order mark inside the text.
    #[error("{}", say::BYTE_ORDER_MARK)]
    ByteOrderMark,
    /// `...` or `…`.
    #[error("{}", say::ELLIPSIS)]
    Ellipsis,
    /// `<name>`, `${NAME}` or `{{ name }}`.
    #[error("{}", say::PLACEHOLDER)]
    Placeholder,
    /// `True`, `None`, `undefined` …, with the word to write instead.
    #[error("{}", say::OtherWord { word: *.0 })]
    OtherWord(&'static str),
    /// `NaN`, `Infinity` and their spellings.
    #[error("{}", say::NUMBER_WORD)]
    NumberWord,
    /// A word without quotes.
    #[error("{}", say::BARE_WORD)]
    BareWord,
    /// `01`, `1.`, `.5`, `+1`, `0x1f` …
    #[error("{}", say::BadNumber { reason: *.0 })]
    BadNumber(Text),
    /// Another document behind the end.
    #[error("{}", say::SECOND_DOCUMENT)]
    SecondDocument,
    /// Something else behind the end.
    #[error("{}", say::TRAILING)]
    Trailing,
    /// A character that starts nothing.
    #[error("{}", say::Unexpected { found: shown(*.0) })]
    Unexpected(char),
}

/// A character for a message: itself in back quotes, or its number when it would not show.
fn shown(character: char) -> String {
    if steers_a_terminal(character) || character.is_whitespace() || u32::from(character) > 0x2fff {
        format!("U+{:04X}", u32::from(character))
    } else {
        format!("`{character}`")
    }
}

fn escape_of(control: u32) -> String {
    match control {
        8 => "\\b".into(),
        9 => "\\t".into(),
        12 => "\\f".into(),
        _ => format!("\\u{control:04x}"),
    }
}
