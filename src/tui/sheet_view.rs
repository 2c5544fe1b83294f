//! A document drawn with line numbers, colours and the signs of what changes. It decides nothing.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::domain::sketch::{Change, Line};

use super::canvas::{Canvas, inset, left, row};
use super::highlight::{Language, parts};
use super::wrap::{width, wrap};

/// Columns before the text: the number, the sign.
const NUMBERS: u16 = 5;
const SIGN: u16 = 3;
/// What a line that goes on begins with, in a comment and elsewhere.
const GOES_ON: (&str, &str) = ("#   ", "  ");

/// Draws lines from the one at `first` on, as many as fit; long lines are cut.
pub fn lines(canvas: &mut Canvas, area: Rect, lines: &[Line], first: usize, language: Language) {
    for (at, line) in (0..area.height).zip(lines.iter().skip(first)) {
        one(canvas, row(area, at), line, language);
    }
}

/// Commands as lines that fit into so many columns; what is broken goes on below, indented and without a number.
#[must_use]
pub fn broken(lines: &[Line], columns: u16) -> Vec<Line> {
    let columns = columns.saturating_sub(NUMBERS + SIGN);
    let pieces = |line: &Line| {
        let indent = if line.text.starts_with('#') { GOES_ON.0 } else { GOES_ON.1 };
        let mut pieces = wrap(&line.text, columns.saturating_sub(width(indent))).into_iter();
        let first = Line { text: pieces.next().unwrap_or_default(), ..line.clone() };
        let next = |piece| Line { text: format!("{indent}{piece}"), number: None, ..line.clone() };
        std::iter::once(first).chain(pieces.map(next)).collect::<Vec<_>>()
    };
    lines.iter().flat_map(pieces).collect()
}

fn one(canvas: &mut Canvas, area: Rect, line: &Line, language: Language) {
    let theme = canvas.theme();
    let number = line.number.map(|number| format!("{number:>4} ")).unwrap_or_default();
    canvas.text(left(area, NUMBERS), &number, theme.quiet);
    let (sign, style) = sign(canvas, line);
    canvas.text(left(inset(area, NUMBERS), SIGN), sign, style);
    let area = inset(area, NUMBERS + SIGN);
    match line.change {
        Change::Removed => {
            canvas.text(area, &tabs(&line.text), theme.bad);
        }
        Change::Added => {
            let style = if line.here { theme.good.add_modifier(Modifier::BOLD) } else { theme.good };
            canvas.text(area, &tabs(&line.text), style);
        }
        Change::Kept if line.here => {
            canvas.text(area, &tabs(&line.text), theme.good);
        }
        Change::Kept => coloured(canvas, area, &line.text, language),
    }
}

fn sign<'c>(canvas: &Canvas<'c>, line: &Line) -> (&'c str, Style) {
    let (theme, symbols) = (canvas.theme(), canvas.symbols());
    match line.change {
        Change::Removed => ("-", theme.bad),
        // What goes on says no more than what it goes on from.
        _ if line.number.is_none() => ("", theme.text),
        _ if line.example => ("?", theme.warn),
        Change::Added => ("+", theme.good),
        Change::Kept if line.here => (symbols.here, theme.good),
        Change::Kept => ("", theme.text),
    }
}

/// Draws a line in the colours of its language.
pub fn coloured(canvas: &mut Canvas, area: Rect, line: &str, language: Language) {
    let theme = canvas.theme();
    let text = tabs(line);
    let (mut at, mut used) = (0, 0);
    for (span, part) in parts(&text, language) {
        for (piece, style) in [(&text[at..span.start], theme.text), (&text[span.clone()], part.style(theme))]
        {
            canvas.text(inset(area, used), piece, style);
            used = used.saturating_add(width(&crate::domain::text::visible_line(piece)));
        }
        at = span.end;
        if used >= area.width {
            return;
        }
    }
    canvas.text(inset(area, used), &text[at..], theme.text);
}

/// Tabs as two spaces: a picture of a tab says less than an indent.
fn tabs(text: &str) -> String {
    text.replace('\t', "  ")
}
