//! What the screen on credentials says, row by row, before it is known how many of them fit. It draws nothing.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ratatui::style::Style;

use super::row::{Row, plain, readable, warned};
use super::who;
use crate::domain::credential::report::both_times;
use crate::domain::credential::{Held, Life, NOTHING, Watched, findings, rules, words};
use crate::domain::finding::{Finding, Severity};
use crate::domain::moment::Moment;
use crate::domain::text::visible_line;
use crate::messages::credential::SERVICE_UNUSABLE;
use crate::messages::grouped;
use crate::tui::look::{Look, Theme};
use crate::tui::shared::credentials::{Credentials, Looked};
use crate::tui::wrap::{width, wrap, wrap_hanging};

/// Columns before what belongs to a source.
pub(super) const INDENT: usize = 4;
/// Columns for the name of a row.
pub(super) const LABEL: usize = 10;
/// For how long it is told that the clock was set.
const CLOCK_TOLD: SignedDuration = SignedDuration::from_mins(10);

/// The rows of the screen, at a width.
#[must_use]
pub fn rows(screen: &Credentials, look: &Look, columns: u16) -> Vec<Row> {
    let Some(looked) = &screen.looked else {
        return vec![plain("looking for credentials", look.theme.dim)];
    };
    if screen.shows_clients {
        return who::rows(looked, look, columns);
    }
    let page = Page { looked, look, columns, now: looked.watch.now() };
    let mut rows = page.notes();
    let count = looked.watch.sources.len();
    for index in 0..count {
        rows.extend(page.source(index, index == screen.cursor, count > 1));
        rows.push(Row::default());
    }
    rows.extend(page.clients());
    rows
}

pub(super) struct Page<'p> {
    pub(super) looked: &'p Looked,
    pub(super) look: &'p Look,
    pub(super) columns: u16,
    pub(super) now: Moment,
}

impl Page<'_> {
    pub(super) fn theme(&self) -> &Theme {
        &self.look.theme
    }

    /// What concerns no source in particular.
    fn notes(&self) -> Vec<Row> {
        let watch = &self.looked.watch;
        let mut notes: Vec<String> = self.looked.found.trouble.iter().map(ToString::to_string).collect();
        if watch.sources.is_empty() && notes.is_empty() {
            notes.push(NOTHING.to_owned());
        }
        if let Some((at, by)) = watch.clock_set.filter(|(at, _)| self.now.since(*at) < CLOCK_TOLD) {
            let side = if by.is_positive() { "forward" } else { "back" };
            let time = clock(at.wall);
            notes.push(format!("this machine's clock was set {side} by {} at {time}", words(by)));
        }
        let mut rows: Vec<Row> =
            notes.iter().flat_map(|note| self.warned(note, 0, self.theme().warn)).collect();
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        rows
    }

    /// Who uses it, in a line or two.
    fn clients(&self) -> Vec<Row> {
        let theme = self.theme();
        let (mut rows, mut used) = (Vec::new(), 0);
        let mut row =
            Row { spans: vec![(format!("  {:16}", "Who uses it"), theme.strong)], ..Row::default() };
        for client in &self.looked.clients {
            let (sign, style) = who::sign(self.looked.mark(client), self.look);
            let takes = width(client.client.name()) + 5;
            if used + takes + 18 > self.columns && used > 0 {
                rows.push(std::mem::take(&mut row));
                row.spans.push((format!("{:18}", ""), theme.text));
                used = 0;
            }
            used += takes;
            row.spans.push((format!("{sign} "), style));
            row.spans.push((format!("{}   ", client.client.name()), theme.text));
        }
        if !self.looked.clients.is_empty() {
            rows.push(row);
        }
        if self.looked.is_service_unusable() && !self.looked.clients.is_empty() {
            rows.extend(self.warned(&SERVICE_UNUSABLE, INDENT, theme.warn));
        }
        let obstacles = self.looked.obstacles.iter().filter(|found| found.severity() != Severity::Note);
        rows.extend(obstacles.flat_map(|found| self.warned(&found.message, INDENT, theme.warn)));
        rows
    }

    fn source(&self, index: usize, here: bool, several: bool) -> Vec<Row> {
        let watched = &self.looked.watch.sources[index];
        let found = findings(&self.looked.watch, index, self.now);
        let mut rows = self.head(index, here && several, &found);
        let is_repeated = self.looked.watch.is_same(index) == Some(true) && !here;
        if let Some(held) = watched.held.as_ref().filter(|_| !is_repeated) {
            rows.push(Row::default());
            rows.extend(self.of_credential(watched, held, here));
            rows.extend(self.of_history(watched));
        }
        for finding in &found {
            rows.extend(self.finding(finding));
        }
        rows
    }

    fn head(&self, index: usize, marked: bool, found: &[Finding]) -> Vec<Row> {
        let theme = self.theme();
        let watched = &self.looked.watch.sources[index];
        let sign = if marked { self.look.symbols.here } else { " " };
        let place = watched.source.shown();
        let kind = format!("{:16}", watched.source.kind());
        let state = self.state(index, found);
        let told: u16 = state.iter().map(|(text, _)| width(text)).sum();
        let takes = 2 + width(&kind) + width(&place) + 2 + told;
        let mut spans = vec![(format!("{sign} "), theme.here), (kind, theme.strong)];
        let mut rows = Vec::new();
        if takes <= self.columns {
            spans.push((place, theme.text));
            rows.push(Row { spans, right: state.clone(), head_of: Some(index) });
        } else {
            rows.push(Row { spans, right: state.clone(), head_of: Some(index) });
            let wide = self.columns.saturating_sub(2);
            rows.extend(wrap(&place, wide).into_iter().map(|line| plain(format!("  {line}"), theme.text)));
        }
        rows
    }

    /// How a source fares, in words with their sign.
    fn state(&self, index: usize, found: &[Finding]) -> Vec<(String, Style)> {
        let (theme, symbols) = (self.theme(), &self.look.symbols);
        let watched = &self.looked.watch.sources[index];
        let has = |code: &str| found.iter().any(|finding| finding.rule.code == code);
        let (told, style) = match (&watched.trouble, watched.life(self.now)) {
            (Some(_), _) => ("cannot be read", theme.bad),
            (None, None) => return vec![("reading".to_owned(), theme.dim)],
            (None, Some(Life::Expired)) => (Life::Expired.told(), theme.bad),
            _ if has(rules::NOT_RENEWED.code) => ("not being renewed", theme.bad),
            _ if self.looked.watch.is_same(index) == Some(false) => ("another credential", theme.warn),
            (None, Some(Life::Fresh)) if self.looked.watch.is_same(index) == Some(true) => {
                return vec![(format!("{} same credential", symbols.done), theme.good)];
            }
            (None, Some(Life::Fresh)) => return vec![(format!("{} fresh", symbols.done), theme.good)],
            (None, Some(life)) => (life.told(), theme.warn),
        };
        vec![(format!("{} ", symbols.warn), style), (told.to_owned(), readable(style, theme))]
    }

    fn of_credential(&self, watched: &Watched, held: &Held, here: bool) -> Vec<Row> {
        let credential = held.credential();
        let mut rows = Vec::new();
        if let Some(left) = held.left(self.now) {
            rows.push(self.countdown(watched, left));
        }
        if let Some(end) = credential.expiration {
            rows.extend(self.told("at", &both_times(end, &self.looked.zone)));
        }
        let token = &credential.security_token;
        let (key, token) = (
            credential.access_key_id.masked_id(),
            format!("token {} characters, {}", grouped(token.length()), token.fingerprint()),
        );
        rows.extend(self.told("key", &format!("{key}    {token}")));
        rows.extend(self.told("read", &self.read(watched, held)));
        if here && let Some(time) = self.looked.shown_for() {
            rows.extend(self.secrets(held, time));
        }
        rows
    }

    fn countdown(&self, watched: &Watched, left: SignedDuration) -> Row {
        let theme = self.theme();
        let style = match Life::of(Some(left)) {
            Life::Fresh | Life::Unknown => theme.good,
            Life::NearEnd | Life::Ending => theme.warn,
            Life::Expired => theme.bad,
        };
        if left <= SignedDuration::ZERO {
            return self.row("ended", vec![(format!("{} ago", words(left)), style)]);
        }
        let time = words(left);
        let life = watched.history.life();
        let of = life.map(|life| format!("  of {}", words(rounded(life)))).unwrap_or_default();
        let longest = watched.history.samples.iter().map(|sample| sample.left).max().unwrap_or(left);
        let whole = life.unwrap_or_else(|| longest.max(SignedDuration::from_hours(1)));
        let used = INDENT + LABEL + 14 + usize::from(width(&of)) + 2;
        let room = usize::from(self.columns).saturating_sub(used).min(48);
        let mut spans = vec![(format!("{time:14}"), if style == theme.warn { theme.strong } else { style })];
        if room >= 8 {
            let full = filled(left, whole, room);
            spans.push((self.look.symbols.gauge.0.repeat(full), style));
            spans.push((self.look.symbols.gauge.1.repeat(room - full), theme.dim));
        }
        spans.push((of, theme.dim));
        self.row("ends in", spans)
    }

    fn read(&self, watched: &Watched, held: &Held) -> String {
        let ago = |at: Moment| match self.now.since(at).as_secs() {
            ..=0 => "just now".to_owned(),
            _ => format!("{} ago", words(self.now.since(at))),
        };
        let read = watched.read_at.map(ago).unwrap_or_default();
        let paused = if self.looked.watch.paused { ", paused" } else { "" };
        let changed = if watched.history.count == 0 { "unchanged since" } else { "changed" };
        format!("{read}{paused}; {changed} {}", clock(held.since.wall))
    }

    fn secrets(&self, held: &Held, time: SignedDuration) -> Vec<Row> {
        let credential = held.credential();
        let seconds = (time.as_millis() + 999) / 1_000;
        let mut rows =
            self.warned(&format!("shown for {seconds} s more; Esc hides them"), INDENT, self.theme().warn);
        for (label, secret) in [
            ("id", &credential.access_key_id),
            ("secret", &credential.access_key_secret),
            ("token", &credential.security_token),
        ] {
            rows.extend(self.told(label, &visible_line(secret.reveal())));
        }
        rows
    }

    fn finding(&self, finding: &Finding) -> Vec<Row> {
        let style = match finding.severity() {
            Severity::Error => self.theme().bad,
            Severity::Warning => self.theme().warn,
            Severity::Note => self.theme().text,
        };
        let mut rows = self.warned(&finding.message, INDENT, style);
        let wide = self.columns.saturating_sub(6);
        let fix = wrap_hanging(finding.advice(), wide);
        rows.extend(fix.into_iter().map(|line| plain(format!("      {line}"), self.theme().dim)));
        rows
    }

    /// A sentence behind the sign of a warning.
    fn warned(&self, text: &str, indent: usize, style: Style) -> Vec<Row> {
        warned(text, indent, style, self.look, self.columns)
    }

    /// A row with its name, over as many lines as it takes.
    pub(super) fn told(&self, label: &str, text: &str) -> Vec<Row> {
        let wide = self.columns.saturating_sub(u16::try_from(INDENT + LABEL).unwrap_or(0));
        let lines = wrap(text, wide).into_iter().enumerate();
        lines
            .map(|(at, line)| self.row(if at == 0 { label } else { "" }, vec![(line, self.theme().text)]))
            .collect()
    }

    pub(super) fn row(&self, label: &str, mut spans: Vec<(String, Style)>) -> Row {
        spans.insert(0, (format!("{:INDENT$}{label:LABEL$}", ""), self.theme().dim));
        Row { spans, ..Row::default() }
    }
}

/// How many of `room` cells are full: none only when nothing is left.
fn filled(left: SignedDuration, whole: SignedDuration, room: usize) -> usize {
    let part = left.as_secs_f64() / whole.as_secs_f64().max(1.0);
    let cells =
        (1..=room).filter(|cell| f64::from(u32::try_from(*cell).unwrap_or(0)) <= part * room_of(room));
    cells.count().max(1).min(room)
}

fn room_of(room: usize) -> f64 {
    f64::from(u32::try_from(room).unwrap_or(0))
}

/// To whole minutes where that is what was meant: renewals are noticed some seconds late.
pub(super) fn rounded(time: SignedDuration) -> SignedDuration {
    let minutes = (time.as_secs() + 30) / 60;
    if minutes < 5 { time } else { SignedDuration::from_mins(minutes) }
}

pub(super) fn clock(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%H:%M").to_string()
}
