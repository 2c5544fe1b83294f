//! What the screen on credentials says of the past: the renewals that were seen, what was left over time. It draws
//! nothing.

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::row::Row;
use super::rows::{INDENT, LABEL, Page, clock, rounded};
use super::spark::heights;
use crate::domain::credential::{Renewal, Watched, words};

/// How many renewals are listed.
const LISTED: usize = 6;

impl Page<'_> {
    /// The renewals, counted, drawn and listed.
    pub(super) fn of_history(&self, watched: &Watched) -> Vec<Row> {
        let history = &watched.history;
        let Some(since) = history.since else { return Vec::new() };
        let times = match history.count {
            0 => "not seen yet".to_owned(),
            1 => "once".to_owned(),
            count => format!("{count} times"),
        };
        let every =
            history.every().map(|every| format!(", every {}", words(rounded(every)))).unwrap_or_default();
        let next = watched.renewal_in(self.now).map(|time| {
            if time.is_negative() {
                format!(", expected {} ago", words(time))
            } else {
                format!(", next about {}", clock(self.now.after(time).wall))
            }
        });
        let said = format!("{times} since {}{every}{}", clock(since.wall), next.unwrap_or_default());
        let mut rows = self.told("renewed", &said);
        rows.extend(self.sparkline(watched));
        rows.extend(history.renewals.iter().rev().take(LISTED).flat_map(|renewal| self.renewal(renewal)));
        rows
    }

    fn renewal(&self, renewal: &Renewal) -> Vec<Row> {
        let time = renewal.at.wall.to_zoned(TimeZone::UTC).strftime("%H:%M:%S").to_string();
        let before = match renewal.left_before {
            Some(left) if left <= SignedDuration::ZERO => format!("{} after the end", words(left)),
            Some(left) => format!("with {} left", words(left)),
            None => "renewed".to_owned(),
        };
        let after = renewal.left_after.map(|left| format!(", for {}", words(left))).unwrap_or_default();
        self.told("", &format!("{time}  {before}{after}"))
    }

    /// What was left over time, and the times at its ends.
    fn sparkline(&self, watched: &Watched) -> Vec<Row> {
        let samples: Vec<_> = watched.history.samples.iter().copied().collect();
        let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return Vec::new() };
        let tallest = samples.iter().map(|sample| sample.left).max().unwrap_or_default();
        let scale = format!("  of {}", words(tallest));
        let room = usize::from(self.columns).saturating_sub(INDENT + LABEL + 2 + scale.len()).min(64);
        let signs = self.look.symbols.spark;
        let heights = heights(&samples, room, signs.len());
        if heights.len() < 2 || room < 12 {
            return Vec::new();
        }
        let line: String = heights.iter().map(|height| signs[*height]).collect();
        let (from, to) = (clock(first.at.wall), clock(last.at.wall));
        let between = heights.len().saturating_sub(from.len() + to.len());
        let mut rows = vec![self.row("left", vec![(line, self.theme().here), (scale, self.theme().dim)])];
        if between > 0 {
            rows.push(self.row("", vec![(format!("{from}{}{to}", " ".repeat(between)), self.theme().dim)]));
        }
        rows
    }
}
