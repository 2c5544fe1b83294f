//! Which parts of a line of JSON, Python or shell get which colour; a line at a time, so that broken text and text
//! that is being typed look right too.

use std::ops::Range;

use ratatui::style::Style;

use super::look::Theme;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// JSON, comments allowed.
    Json,
    /// Python, shell, Terraform: only comments stand apart.
    Script,
}

impl Language {
    /// The language of a file.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let end = name.rsplit('.').next().unwrap_or_default();
        if matches!(end, "json" | "jsonc") { Self::Json } else { Self::Script }
    }
}

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of a member.
    Name,
    /// A string.
    String,
    /// A number or a word.
    Value,
    /// Brackets, commas, comments.
    Quiet,
    /// Anything else.
    Text,
}

impl Part {
    /// Its style.
    #[must_use]
    pub fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Name => theme.name,
            Self::String => theme.string,
            Self::Value => theme.value,
            Self::Quiet => theme.quiet,
            Self::Text => theme.text,
        }
    }
}

/// The parts of a line, in order; what lies between them is plain.
#[must_use]
pub fn parts(line: &str, language: Language) -> Vec<(Range<usize>, Part)> {
    match language {
        Language::Json => json(line),
        Language::Script => {
            let start = line.len() - line.trim_start().len();
            let comment = line[start..].starts_with('#').then_some((start..line.len(), Part::Quiet));
            comment.into_iter().collect()
        }
    }
}

fn json(line: &str) -> Vec<(Range<usize>, Part)> {
    let bytes = line.as_bytes();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (end, part) = match byte {
            b'"' => {
                let end = string_end(bytes, at);
                let named = line[end..].trim_start().starts_with(':');
                (end, if named { Part::Name } else { Part::String })
            }
            b'/' if matches!(bytes.get(at + 1), Some(b'/')) => (bytes.len(), Part::Quiet),
            b'/' if matches!(bytes.get(at + 1), Some(b'*')) => {
                (line[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 2), Part::Quiet)
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => (at + 1, Part::Quiet),
            b if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.') => {
                let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.' | b'_');
                (
                    bytes[at..].iter().position(|b| !word(b)).map_or(bytes.len(), |length| at + length),
                    Part::Value,
                )
            }
            _ => {
                at += 1;
                continue;
            }
        };
        parts.push((at..end, part));
        at = end;
    }
    parts
}

/// Behind the quote that ends a string, or the end of the line.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_strings_are_told_apart() {
        let line = r#"  "a\"b": "c", 1.5 // d"#;
        let parts: Vec<_> =
            parts(line, Language::Json).into_iter().map(|(span, part)| (&line[span], part)).collect();
        let expected = [
            (r#""a\"b""#, Part::Name),
            (":", Part::Quiet),
            (r#""c""#, Part::String),
            (",", Part::Quiet),
            ("1.5", Part::Value),
            ("// d", Part::Quiet),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn any_line_can_be_coloured() {
        for line in ["\"open", "\"open\\", "/*", "é\"é\":", "\\", "}{", "\"é\\é"] {
            let mut end = 0;
            for (span, _) in parts(line, Language::Json) {
                assert!(span.start >= end && line.get(span.clone()).is_some(), "{line}");
                end = span.end;
            }
        }
    }
}
