//! Finds secrets in the quoted words of a list in a text that is not JSON: `["sshpass", "-p", "X" …`.

use std::ops::Range;

use super::commands::Words;
use super::names::is_exactly_secret_name;

/// What the quoted words of the lines before announce.
#[derive(Default)]
pub(super) struct QuotedWords {
    words: Words,
    /// Whether a list has just begun.
    begins: bool,
    /// Whether the first word of a list is the name of a secret variable.
    named: bool,
}

impl QuotedWords {
    /// Reads the next line, and returns the secrets in it.
    ///
    /// What is between two quotes may be a string or what separates two strings, because a quote can be missing
    /// before; so only its content decides.
    pub(super) fn read(&mut self, line: &str) -> Vec<Range<usize>> {
        let quote = if line.contains('"') { '"' } else { '\'' };
        let mut spans = Vec::new();
        let (mut start, mut escaped) = (0, false);
        let mut is_quoted = false;
        for (at, character) in line.char_indices() {
            if character == quote && !escaped {
                spans.extend(self.part(line, start..at));
                (start, is_quoted) = (at + 1, true);
            }
            escaped = character == '\\' && !escaped;
        }
        if is_quoted {
            spans.extend(self.part(line, start..line.len()));
        }
        spans
    }

    fn part(&mut self, line: &str, part: Range<usize>) -> Option<Range<usize>> {
        let text = line[part.clone()].trim();
        if text.chars().all(|c| c == ',' || c.is_whitespace()) {
            return None;
        }
        if text.chars().all(|c| ":=[]{}(),".contains(c) || c.is_whitespace()) {
            *self = Self { begins: text.ends_with(['[', '(']), ..Self::default() };
            return None;
        }
        let is_secret = self.words.next(text).is_some() || std::mem::take(&mut self.named);
        self.named = self.begins
            && !text.bytes().any(|byte| byte.is_ascii_lowercase())
            && is_exactly_secret_name(text);
        self.begins = false;
        is_secret.then_some(part)
    }

    /// Whether the next quoted word is a secret.
    pub(super) fn is_open(&self) -> bool {
        self.named || self.words.is_open()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_option_announces_the_next_quoted_word() {
        for lines in [
            &[r#"{"command":["sshpass","-p","CANARY" "x"]}"#][..],
            &["[\"sshpass\",", "\"-p\",", "\"CANARY\" \"x\"]"],
            &["[\"x\",", "\"--password\",", "\"CANARY\" \"x\"]"],
            &["['x', '--password', 'CANARY' 'x']"],
            &[r#"x", "--password", "CANARY" "x"]"#],
            &[r#"{"env": [["DB_PASSWORD", "CANARY" "x"]]"#],
        ] {
            let mut quoted = QuotedWords::default();
            let found: Vec<&str> =
                lines.iter().flat_map(|line| quoted.read(line).into_iter().map(|span| &line[span])).collect();
            assert_eq!(found, ["CANARY"], "{lines:?}");
        }
        let mut quoted = QuotedWords::default();
        assert!(quoted.read(r#"{"a": "-p", "command": ["mkdir", "-p", "models" "x"]"#).is_empty());
    }
}
