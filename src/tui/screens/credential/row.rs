//! A row of the screen on credentials.

use ratatui::style::Style;

use crate::tui::look::{Look, Theme};
use crate::tui::wrap::wrap;

/// A row: pieces from the left, one at the right end.
#[derive(Debug, Default)]
pub struct Row {
    /// The pieces.
    pub spans: Vec<(String, Style)>,
    /// The pieces at the right end.
    pub right: Vec<(String, Style)>,
    /// The source whose first row it is.
    pub head_of: Option<usize>,
}

/// A row of one piece.
pub fn plain(text: impl Into<String>, style: Style) -> Row {
    Row { spans: vec![(text.into(), style)], ..Row::default() }
}

/// A sentence behind the sign of a warning.
pub fn warned(text: &str, indent: usize, style: Style, look: &Look, columns: u16) -> Vec<Row> {
    let wide = columns.saturating_sub(u16::try_from(indent + 2).unwrap_or(u16::MAX));
    let lines = wrap(text, wide).into_iter().enumerate();
    let row = |(at, line): (usize, String)| {
        let sign = if at == 0 { look.symbols.warn } else { " " };
        let text = readable(style, &look.theme);
        Row { spans: vec![(format!("{:indent$}{sign} ", ""), style), (line, text)], ..Row::default() }
    };
    lines.map(row).collect()
}

/// The style of a text behind a sign: the colour of warnings is hard to read on many a light background.
pub(super) fn readable(style: Style, theme: &Theme) -> Style {
    if style == theme.warn { theme.text } else { style }
}
