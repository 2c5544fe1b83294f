//! Who takes which credential: a block for each official client, what stands in the way above them. It draws nothing.

use super::row::{Row, plain, readable, warned};
use crate::domain::chain::report::{ClientRow, Mark, StepRow};
use crate::domain::finding::{Finding, Severity};
use crate::tui::look::Look;
use crate::tui::shared::credentials::Looked;
use crate::tui::wrap::{width, wrap, wrap_hanging};

/// Columns for the name of a step, and for how it ends.
const STEP: usize = 19;
const WORD: usize = 10;

/// The rows of the screen, at a width.
#[must_use]
pub fn rows(looked: &Looked, look: &Look, columns: u16) -> Vec<Row> {
    let mut rows: Vec<Row> =
        looked.obstacles.iter().flat_map(|found| obstacle(found, look, columns)).collect();
    if !rows.is_empty() {
        rows.push(Row::default());
    }
    for client in &looked.clients {
        rows.extend(head(client, looked.mark(client), look, columns));
        rows.extend(client.steps.iter().flat_map(|step| self::step(step, look, columns)));
        rows.push(Row::default());
    }
    rows
}

fn obstacle(finding: &Finding, look: &Look, columns: u16) -> Vec<Row> {
    let theme = &look.theme;
    let style = if finding.severity() == Severity::Note { theme.text } else { theme.warn };
    let place = match (&finding.document, finding.place) {
        (Some(document), Some(place)) => format!("{document}:{}: ", place.line),
        (Some(document), None) => format!("{document}: "),
        _ => String::new(),
    };
    let mut rows = warned(&format!("{place}{}", finding.message), 0, style, look, columns);
    let fix = wrap_hanging(finding.advice(), columns.saturating_sub(2));
    rows.extend(fix.into_iter().map(|line| plain(format!("  {line}"), theme.good)));
    rows
}

fn head(client: &ClientRow, mark: Mark, look: &Look, columns: u16) -> Vec<Row> {
    let theme = &look.theme;
    let (sign, style) = sign(mark, look);
    let name = client.client.name();
    let room = columns.saturating_sub(width(name) + 4);
    let takes = format!("takes {}", client.takes);
    let start = |spans| Row { spans, ..Row::default() };
    let first = vec![(format!("{sign} "), style), (name.to_owned(), theme.strong)];
    if width(&takes) <= room {
        let rest = [("  ".to_owned(), theme.text), (takes, readable(style, theme))];
        return vec![start(first.into_iter().chain(rest).collect())];
    }
    let lines = wrap(&takes, columns.saturating_sub(4));
    std::iter::once(start(first))
        .chain(lines.into_iter().map(|line| plain(format!("    {line}"), readable(style, theme))))
        .collect()
}

/// The sign of what a client takes, for one look.
#[must_use]
pub fn sign(mark: Mark, look: &Look) -> (&'static str, ratatui::style::Style) {
    match mark {
        Mark::Role => (look.symbols.done, look.theme.good),
        Mark::Other => (look.symbols.warn, look.theme.warn),
        Mark::None => (look.symbols.skipped, look.theme.dim),
    }
}

fn step(step: &StepRow, look: &Look, columns: u16) -> Vec<Row> {
    let theme = &look.theme;
    let style = match step.word.as_str() {
        "wins" => theme.good,
        "passes" => theme.text,
        word if word.starts_with('(') => theme.dim,
        _ => theme.strong,
    };
    let before = format!("    {:STEP$}{:WORD$}", step.name, step.word);
    let room = columns.saturating_sub(width(&before));
    if room < 20 {
        let row = plain(format!("    {:STEP$}{}", step.name, step.word), style);
        let why = wrap(&step.why, columns.saturating_sub(6)).into_iter();
        return std::iter::once(row)
            .chain(why.map(|line| plain(format!("      {line}"), theme.dim)))
            .collect();
    }
    let lines = wrap(&step.why, room).into_iter().enumerate();
    let row = |(at, line): (usize, String)| {
        let before = if at == 0 { before.clone() } else { " ".repeat(usize::from(width(&before))) };
        Row { spans: vec![(before, style), (line, theme.dim)], ..Row::default() }
    };
    lines.map(row).collect()
}
