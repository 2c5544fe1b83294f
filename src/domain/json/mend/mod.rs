//! Puts a syntax mistake right where there is one way to do it; where a person must say what was meant, it does
//! nothing.

mod brackets;
mod quotes;
mod separators;

use std::ops::Range;

use super::Kind;
use super::edit::splice;
use super::read::{comment_length, read, string_length};
use super::style::own_line;
use super::syntax::{SyntaxError, SyntaxErrorKind as Why};
use super::trivia::{WHITE_SPACE, trivia_end};

/// The text without the mistake that [`read`] found in it; another one may come to light, but only behind it.
#[must_use]
pub fn mend(text: &str, mistake: &SyntaxError) -> Option<String> {
    let after = mended(text, mistake)?;
    let gets_further = read(&after).err().is_none_or(|next| next.span.start > mistake.span.start);
    gets_further.then_some(after)
}

fn mended(text: &str, SyntaxError { span, kind }: &SyntaxError) -> Option<String> {
    let replaced = |with: &str| Some(splice(text, &[(span.clone(), with.to_owned())]));
    match kind {
        Why::MissingComma => separators::add_comma(text, span.end),
        Why::ExtraComma => Some(separators::remove_commas(text, span)),
        Why::Semicolon => Some(separators::replace_semicolon(text, span)),
        Why::MissingColon => separators::add_colon(text, span.end),
        Why::EqualsSign if !text[span.end..].starts_with('=') => replaced(":"),
        Why::Trailing => separators::remove_trailing(text, span),
        Why::NotClosed { .. } => brackets::close_all(text, span.start),
        Why::WrongBracket { .. } => brackets::put_right(text, span),
        Why::NothingToClose(_) => brackets::remove_surplus(text, span),
        Why::NameNotQuoted => quotes::quote_name(text, span),
        Why::BareWord => quotes::quote_word(text, span.start),
        Why::SingleQuotes => quotes::requote(text, span.start),
        Why::TypographicQuote(_) => quotes::straighten(text, span),
        Why::LineBreakInString => quotes::end_or_escape(text, span),
        Why::ControlInString(_) => quotes::escape_controls(text, span.start),
        Why::FullWidth(_, plain) => replaced(plain.encode_utf8(&mut [0; 4])),
        Why::OddSpace(_) => Some(replace_odd_spaces(text, span.start)),
        Why::ByteOrderMark => Some(remove_marks(text, span.start)),
        Why::HashComment => double_slash(text, span),
        Why::OtherWord(word @ ("true" | "false" | "null")) => replaced(word),
        Why::BadNumber(_) => replaced(&number(&text[span.clone()])?),
        _ => None,
    }
}

/// Spaces that are none in JSON, as editors and web pages put them in; those without width simply go.
fn replace_odd_spaces(text: &str, start: usize) -> String {
    let is_odd = |c: char| (c.is_whitespace() || c == '\u{200b}') && !WHITE_SPACE.contains(&c);
    let rest = &text[start..];
    let odd = &rest[..rest.find(|c| !is_odd(c)).unwrap_or(rest.len())];
    let plain = " ".repeat(odd.chars().filter(|c| *c != '\u{200b}').count());
    splice(text, &[(start..start + odd.len(), plain)])
}

fn remove_marks(text: &str, start: usize) -> String {
    let end = text.len() - text[start..].trim_start_matches('\u{feff}').len();
    splice(text, &[(start..end, String::new())])
}

/// `# why` becomes `// why`, which is no JSON either, but keeps the words. What is not plainly a comment, a colour
/// for instance, stays.
fn double_slash(text: &str, span: &Range<usize>) -> Option<String> {
    let is_alone = own_line(text, span.start).is_some();
    let is_spaced = text[span.end..].starts_with([' ', '\t', '#', '!', '\r', '\n']) || span.end == text.len();
    (is_alone || is_spaced).then(|| splice(text, &[(span.clone(), "//".to_owned())]))
}

/// A number as JSON writes it, where what was meant is plain: `+1`, `.5`, `1_000`; `2026_01` may be text.
fn number(source: &str) -> Option<String> {
    let unsigned = source.strip_prefix('+').unwrap_or(source);
    let is_grouped = unsigned.split('_').skip(1).all(|group| group.len() == 3);
    let zero = if unsigned.starts_with('.') { "0" } else { "" };
    let written = format!("{zero}{}", unsigned.replace('_', ""));
    let is_number = read(&written).is_ok_and(|document| document.root().kind() == Kind::Number);
    (is_number && is_grouped).then_some(written)
}

/// What stands before a place that the reader has reached.
struct Before {
    /// Where the open brackets stand, outermost first.
    open: Vec<usize>,
    /// The end of the last token.
    end: usize,
    /// Whether the place lies in a string.
    in_string: bool,
}

impl Before {
    fn of(text: &str, place: usize) -> Self {
        let mut before = Self { open: Vec::new(), end: 0, in_string: false };
        let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        while at < place {
            let rest = &text[at..];
            let next = rest.chars().next().unwrap_or_default();
            if WHITE_SPACE.contains(&next) {
                at += 1;
                continue;
            }
            if let Some(length) = comment_length(rest) {
                at += length;
                continue;
            }
            match next {
                '{' | '[' => before.open.push(at),
                '}' | ']' => drop(before.open.pop()),
                _ => {}
            }
            at += if next == '"' { string_length(rest) } else { next.len_utf8() };
            before.in_string = at > place;
            before.end = at.min(place);
        }
        before
    }

    /// Whether the innermost open bracket is that of an object; `None` where none is open.
    fn in_object(&self, text: &str) -> Option<bool> {
        self.open.last().map(|open| text[*open..].starts_with('{'))
    }
}

/// Whether what may follow a name or a value follows at `at`: another quote there would be a part of the text.
fn is_followed(text: &str, at: usize) -> bool {
    text[trivia_end(text, at)..].chars().next().is_none_or(|next| ",:]}".contains(next))
}

/// Whether a string starts at `at` that a colon follows: a member's name.
fn is_name(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    rest.starts_with('"') && text[trivia_end(text, at + string_length(rest))..].starts_with(':')
}
