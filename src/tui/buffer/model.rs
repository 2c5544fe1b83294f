//! A buffer as one would write it without a care for speed, to compare the real one with.

use unicode_segmentation::UnicodeSegmentation as _;

use super::width::width;
use super::{Motion, TextBuffer};

/// One thing that a person does.
#[derive(Clone, Debug)]
pub(super) enum Key {
    Insert(String),
    Newline,
    Backspace,
    Delete,
    DeleteWordLeft,
    Indent,
    Dedent,
    Replace(String),
    Move(Motion, bool),
    Place(usize, bool),
    Click(usize, usize),
    Select(usize, usize),
    Find(String, bool),
    Undo,
    Redo,
}

/// Does it.
pub(super) fn press(buffer: &mut TextBuffer, key: &Key) {
    match key {
        Key::Insert(text) => buffer.insert(text),
        Key::Newline => buffer.newline(),
        Key::Backspace => buffer.backspace(),
        Key::Delete => buffer.delete(),
        Key::DeleteWordLeft => buffer.delete_word_left(),
        Key::Indent => buffer.indent(),
        Key::Dedent => buffer.dedent(),
        Key::Replace(text) => buffer.replace(text),
        Key::Move(motion, extend) => buffer.move_to(*motion, *extend),
        Key::Place(byte, extend) => buffer.place_cursor(*byte, *extend),
        Key::Click(line, column) => buffer.place_cursor_at(*line, *column, false),
        Key::Select(start, end) => buffer.select(*start..*end),
        Key::Find(needle, backwards) => drop(buffer.find(needle, *backwards)),
        Key::Undo => drop(buffer.undo()),
        Key::Redo => drop(buffer.redo()),
    }
}

/// The places between graphemes where the cursor may stand.
pub(super) fn places(text: &str) -> Vec<usize> {
    let ends = text.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len());
    let start = (!text.starts_with('\u{feff}')).then_some(0);
    start.into_iter().chain(ends).collect()
}

/// A text as one string.
pub(super) struct Model {
    pub text: String,
    pub cursor: usize,
    anchor: Option<usize>,
    goal: Option<usize>,
    unit: usize,
    line_break: &'static str,
}

impl Model {
    pub fn of(buffer: &TextBuffer) -> Self {
        let text = buffer.text();
        let unit = if buffer.style.unit == "\t" { 1 } else { buffer.style.unit.len() };
        let cursor = places(&text)[0];
        Self { text, cursor, anchor: None, goal: None, unit, line_break: buffer.style.line_break }
    }

    pub fn press(&mut self, key: &Key) {
        let goal = self.goal;
        match key {
            Key::Insert(text) => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', self.line_break);
                self.splice(self.start(), self.end(), &text);
            }
            Key::Backspace if self.start() == self.end() => self.splice(self.erased_from(), self.cursor, ""),
            Key::Delete if self.start() == self.end() => self.splice(self.cursor, self.beside(1), ""),
            Key::Backspace | Key::Delete => self.splice(self.start(), self.end(), ""),
            Key::Place(byte, extend) => self.go(self.at_most(*byte), *extend),
            Key::Select(start, end) => {
                self.go(self.at_most(*start), false);
                self.go(self.at_least(*end), true);
            }
            Key::Move(motion, extend) => self.move_to(*motion, *extend, goal),
            other => unreachable!("{other:?}"),
        }
    }

    fn splice(&mut self, start: usize, end: usize, text: &str) {
        if start == end && text.is_empty() {
            return;
        }
        self.text.replace_range(start..end, text);
        (self.anchor, self.goal) = (None, None);
        self.cursor = self.at_least(start + text.len());
    }

    fn move_to(&mut self, motion: Motion, extend: bool, goal: Option<usize>) {
        let selected = self.start() != self.end() && !extend;
        let (line, lines) = (self.text[..self.cursor].matches('\n').count(), self.text.matches('\n').count());
        let to = match motion {
            Motion::Left if selected => self.start(),
            Motion::Right if selected => self.end(),
            Motion::Left => self.beside(-1),
            Motion::Right => self.beside(1),
            Motion::LineStart => self.line_start(line),
            Motion::LineEnd => self.line(line).last().copied().unwrap_or_default().0,
            Motion::Start => 0,
            Motion::Up => return self.move_lines(line.checked_sub(1), extend, goal),
            Motion::PageUp(_) if line == 0 => return self.move_lines(None, extend, goal),
            Motion::PageUp(rows) => return self.move_lines(Some(line.saturating_sub(rows)), extend, goal),
            Motion::Down if line < lines => return self.move_lines(Some(line + 1), extend, goal),
            Motion::PageDown(rows) if line < lines => {
                return self.move_lines(Some((line + rows).min(lines)), extend, goal);
            }
            Motion::End | Motion::Down | Motion::PageDown(_) => self.text.len(),
            Motion::WordLeft => self.word_left(),
            Motion::WordRight => self.word_right(),
        };
        self.go(self.at_most(to), extend);
    }

    /// To a line, or if there is none, up to the start of the text.
    fn move_lines(&mut self, line: Option<usize>, extend: bool, goal: Option<usize>) {
        let Some(line) = line else { return self.go(self.at_most(0), extend) };
        let here = self.text[..self.cursor].matches('\n').count();
        let column = |(at, column): (usize, usize)| (at == self.cursor).then_some(column);
        let goal = goal.unwrap_or_else(|| self.line(here).into_iter().find_map(column).expect("the cursor"));
        let to = self.line(line).into_iter().rfind(|(_, column)| *column <= goal).expect("a place").0;
        self.go(to, extend);
        self.goal = Some(goal);
    }

    /// The places of a line and their display columns.
    pub fn line(&self, index: usize) -> Vec<(usize, usize)> {
        let start = self.text.split_inclusive('\n').take(index).map(str::len).sum();
        let line = self.text[start..].split('\n').next().expect("a line");
        let breaks = self.text[start..].contains('\n');
        let line = line.strip_suffix('\r').filter(|_| breaks).unwrap_or(line);
        let mark = if start == 0 && line.starts_with('\u{feff}') { 3 } else { 0 };
        let (mut at, mut column) = (start + mark, 0);
        let mut all = vec![(at, column)];
        for grapheme in line[mark..].graphemes(true) {
            at += grapheme.len();
            column += width(grapheme, column);
            all.push((at, column));
        }
        all
    }

    fn line_start(&self, line: usize) -> usize {
        let places = self.line(line);
        let (start, end) = (places[0].0, places[places.len() - 1].0);
        let blanks = self.text[start..end].find(|c| c != ' ' && c != '\t');
        let text = blanks.map_or(start, |blanks| self.at_most(start + blanks));
        if text == self.cursor { start } else { text }
    }

    fn erased_from(&self) -> usize {
        let line = self.text[..self.cursor].rfind('\n').map_or(self.at_most(0), |at| at + 1);
        let before = &self.text[line..self.cursor];
        if before.is_empty() || self.unit == 1 || !before.bytes().all(|byte| byte == b' ') {
            return self.beside(-1);
        }
        let rest = before.len() % self.unit;
        self.cursor - if rest == 0 { self.unit } else { rest }
    }

    fn word_right(&self) -> usize {
        let ahead: Vec<&str> = self.text[self.cursor..].graphemes(true).collect();
        self.cursor + word_length(&ahead)
    }

    fn word_left(&self) -> usize {
        let behind: Vec<&str> = self.text[..self.cursor].graphemes(true).rev().collect();
        self.cursor - word_length(&behind)
    }

    fn beside(&self, step: isize) -> usize {
        let places = places(&self.text);
        let index = places.iter().position(|&place| place == self.cursor).expect("the cursor");
        places[index.saturating_add_signed(step).min(places.len() - 1)]
    }

    fn go(&mut self, to: usize, extend: bool) {
        self.anchor = extend.then_some(self.anchor.unwrap_or(self.cursor));
        (self.cursor, self.goal) = (to, None);
    }

    pub fn start(&self) -> usize {
        self.cursor.min(self.anchor.unwrap_or(self.cursor))
    }

    pub fn end(&self) -> usize {
        self.cursor.max(self.anchor.unwrap_or(self.cursor))
    }

    fn at_most(&self, byte: usize) -> usize {
        let places = places(&self.text);
        places.iter().copied().rfind(|&place| place <= byte).unwrap_or(places[0])
    }

    fn at_least(&self, byte: usize) -> usize {
        places(&self.text).into_iter().find(|&place| place >= byte).unwrap_or(self.text.len())
    }
}

/// The bytes of the blanks and the word that graphemes begin with, or of a line break.
fn word_length(graphemes: &[&str]) -> usize {
    let kind = |grapheme: &&&str| match grapheme.chars().next() {
        Some('\n' | '\r') => 'n',
        Some(' ' | '\t') => ' ',
        Some(character) if character.is_alphanumeric() || character == '_' => 'w',
        _ => '.',
    };
    let length = |graphemes: &[&str]| graphemes.iter().map(|grapheme| grapheme.len()).sum::<usize>();
    if graphemes.first().is_some_and(|first| kind(&first) == 'n') {
        return graphemes[0].len();
    }
    let blanks = graphemes.iter().take_while(|grapheme| kind(grapheme) == ' ').count();
    let word = &graphemes[blanks..];
    let Some(first) = word.first().map(|first| kind(&first)).filter(|&kind| kind != 'n') else {
        return length(&graphemes[..blanks]);
    };
    let run = word.iter().take_while(|grapheme| kind(grapheme) == first).count();
    length(&graphemes[..blanks + run])
}
