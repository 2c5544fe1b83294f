//! The habits of a text: how its lines end and what one level of indentation is.

use std::borrow::Cow;

/// How many lines are looked at.
const LINES: usize = 1_000;

/// What the indentation of a level may be.
const UNITS: [&str; 5] = ["  ", "   ", "    ", "        ", "\t"];

/// The habits of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// `"\r\n"` or `"\n"`.
    pub line_break: &'static str,
    /// What one level adds at the start of a line.
    pub unit: &'static str,
}

impl Default for Style {
    fn default() -> Self {
        Self { line_break: "\n", unit: UNITS[0] }
    }
}

impl Style {
    /// The habits of a text; what it does not show stays as it was.
    pub fn of(self, text: &str) -> Self {
        let line_break = text.find('\n').map(|at| if text[..at].ends_with('\r') { "\r\n" } else { "\n" });
        Self { line_break: line_break.unwrap_or(self.line_break), unit: unit(text).unwrap_or(self.unit) }
    }

    /// The text with every line break the habitual one.
    pub fn broken<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !text.contains('\r') && (self.line_break == "\n" || !text.contains('\n')) {
            return Cow::from(text);
        }
        Cow::from(text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', self.line_break))
    }
}

/// What most often comes to the indentation from one line to the next.
fn unit(text: &str) -> Option<&'static str> {
    let mut votes = [0_usize; UNITS.len()];
    let mut above = "";
    for line in text.lines().take(LINES).filter(|line| !line.trim().is_empty()) {
        let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let added = indentation.strip_prefix(above).filter(|added| !added.is_empty());
        if let Some(index) = added.and_then(|added| UNITS.iter().position(|unit| *unit == added)) {
            votes[index] += 1;
        }
        above = indentation;
    }
    let most = votes.iter().copied().max().filter(|&most| most > 0)?;
    votes.iter().position(|&count| count == most).map(|index| UNITS[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit_of(text: &str) -> &'static str {
        Style::default().of(text).unit
    }

    #[test]
    fn the_unit_is_what_most_levels_add() {
        assert_eq!(unit_of("{\n    \"a\": {\n        \"b\": 1\n    }\n}"), "    ");
        assert_eq!(unit_of("{\n\t\"a\": [\n\t\t1\n\t]\n}"), "\t");
        assert_eq!(unit_of("/**\n * why\n */\n{\n   \"a\": 1\n}"), "   ");
    }

    #[test]
    fn two_spaces_where_nothing_is_indented() {
        assert_eq!(unit_of("{\"a\": 1}"), "  ");
        assert_eq!(unit_of(""), "  ");
    }

    #[test]
    fn the_first_line_break_is_the_habit() {
        assert_eq!(Style::default().of("a\r\nb\n").line_break, "\r\n");
        assert_eq!(Style::default().of("a\nb\r\n").line_break, "\n");
        assert_eq!(Style::default().of("a\rb").line_break, "\n");
    }

    #[test]
    fn every_line_break_becomes_the_habitual_one() {
        let style = Style::default().of("a\r\n");
        assert_eq!(style.broken("1\n2\r3\r\n4\n\r5"), "1\r\n2\r\n3\r\n4\r\n\r\n5");
        assert_eq!(Style::default().broken("1\n2\r3\r\n"), "1\n2\n3\n");
    }
}
