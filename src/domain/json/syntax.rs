//! What is wrong with a text that is not JSON, said so that one can mend it; it reads nothing itself.

use std::ops::Range;

use crate::domain::text::steers_a_terminal;

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
    #[error("the document is empty")]
    Empty,
    /// Longer than positions can count.
    #[error("the document is longer than 4 GiB")]
    TooLong,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {} levels", MAX_DEPTH)]
    TooDeep,
    /// Another language from the first word on.
    #[error("this looks like {0}, not like JSON")]
    OtherFormat(&'static str),
    /// A value, then another without a comma.
    #[error("missing comma after this")]
    MissingComma,
    /// Nothing before a comma in an object.
    #[error("one comma too many")]
    ExtraComma,
    /// `;` behind a value.
    #[error("a comma belongs here, not `;`")]
    Semicolon,
    /// Something else behind a value.
    #[error("a comma or a closing bracket belongs here, not {}", shown(*.0))]
    NotASeparator(char),
    /// A member name without a colon.
    #[error("missing colon after this name")]
    MissingColon,
    /// `=` or `=>` behind a member name.
    #[error("a colon belongs here, not an equals sign")]
    EqualsSign,
    /// A member name and nothing else.
    #[error("missing colon and value after this name")]
    NameWithoutValue,
    /// A colon where a member starts.
    #[error("a name is missing before this colon")]
    MissingName,
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
    /// `name: value` that stands alone.
    #[error("a name and its value belong in an object, {{ … }}")]
    ColonOutside,
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
    /// A closing bracket behind the end.
    #[error("one `{0}` too many: the document ended before it")]
    NothingToClose(char),
    /// The text ends inside a string.
    #[error("this string is not closed")]
    StringNotClosed,
    /// A line break inside a string.
    #[error("this string does not end on its line: close it with \", or write a line break as \\n")]
    LineBreakInString,
    /// Another control character inside a string.
    #[error("a control character in a string: write it as {}", escape_of(*.0))]
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
    /// `# …`.
    #[error("`#` starts no comment in JSON: take it out")]
    HashComment,
    /// `'…'`.
    #[error("strings take double quotes")]
    SingleQuotes,
    /// `“…”` and their kin.
    #[error("`{0}` is a typographic quotation mark: JSON takes the straight \"")]
    TypographicQuote(char),
    /// `：`, `，` and their kin, from Chinese and Japanese input methods.
    #[error("`{0}` is a full-width character: JSON takes `{1}`")]
    FullWidth(char, char),
    /// A no-break space and its kin.
    #[error("{} is no white space in JSON: write a plain space", shown(*.0))]
    OddSpace(char),
    /// A byte order mark inside the text.
    #[error("a byte order mark (U+FEFF) belongs only at the start of the file: delete it")]
    ByteOrderMark,
    /// `...` or `…`.
    #[error("an ellipsis is not JSON: put the real value here")]
    Ellipsis,
    /// `<name>`, `${NAME}` or `{{ name }}`.
    #[error("a placeholder is not JSON: put the real value here")]
    Placeholder,
    /// `True`, `None`, `NaN`, `undefined` …; what JSON says instead.
    #[error("this word is not JSON: write {0}")]
    OtherWord(&'static str),
    /// A word without quotes.
    #[error("a string needs double quotes")]
    BareWord,
    /// `01`, `1.`, `.5`, `+1`, `0x1f` …
    #[error("not a number of JSON: {0}")]
    BadNumber(&'static str),
    /// Another document behind the end.
    #[error("the document ended before this: only one document may stand in the file")]
    SecondDocument,
    /// Something else behind the end.
    #[error("the document ended before this")]
    Trailing,
    /// A character that starts nothing.
    #[error("a value cannot start with {}", shown(*.0))]
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
