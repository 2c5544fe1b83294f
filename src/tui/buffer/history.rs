//! The past of a text and the way back from it: what belongs to one step, and how many are kept.

use std::collections::VecDeque;

use super::state::State;

/// How many steps can be taken back.
const LIMIT: usize = 1_000;

/// What an edit is; several of one kind in a row are one step, except others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One grapheme is typed.
    Typing,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Anything else.
    Other,
}

struct Step {
    before: State,
    after: State,
}

/// The steps behind and, after an undo, ahead.
#[derive(Default)]
pub(super) struct History {
    behind: VecDeque<Step>,
    ahead: Vec<Step>,
    /// The kind of edit that the last step still takes in.
    open: Option<Kind>,
}

impl History {
    /// Remembers an edit.
    pub fn record(&mut self, kind: Kind, before: State, after: State) {
        self.ahead.clear();
        match self.behind.back_mut() {
            Some(last) if self.open == Some(kind) => last.after = after,
            _ => self.behind.push_back(Step { before, after }),
        }
        if self.behind.len() > LIMIT {
            self.behind.pop_front();
        }
        self.open = (kind != Kind::Other).then_some(kind);
    }

    /// Ends the last step.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// One step back, if there is one.
    pub fn undo(&mut self) -> Option<State> {
        self.close();
        let step = self.behind.pop_back()?;
        let state = step.before.clone();
        self.ahead.push(step);
        Some(state)
    }

    /// One step forward again, if one was taken back.
    pub fn redo(&mut self) -> Option<State> {
        self.close();
        let step = self.ahead.pop()?;
        let state = step.after.clone();
        self.behind.push_back(step);
        Some(state)
    }
}

#[cfg(test)]
mod tests {
    use super::super::TextBuffer;
    use super::LIMIT;

    #[test]
    fn the_oldest_steps_are_forgotten() {
        let mut buffer = TextBuffer::new("");
        for _ in 0..=LIMIT {
            buffer.insert("ab");
        }
        assert_eq!(std::iter::from_fn(|| buffer.undo().then_some(())).count(), LIMIT);
        assert_eq!(buffer.text(), "ab");
    }
}
