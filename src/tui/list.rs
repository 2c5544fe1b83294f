//! A list with a cursor and a filter over its entries' words. It draws nothing.

use super::field::Field;

/// Where one is in a list, and what of it is shown.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The entry at the cursor, by its place in the whole list.
    pub cursor: usize,
    /// The filter, while there is one.
    pub filter: Option<Field>,
}

impl List {
    /// A list with the cursor on an entry.
    #[must_use]
    pub fn at(cursor: usize) -> Self {
        Self { cursor, filter: None }
    }

    /// The entries that the filter leaves, by their places in the whole list.
    #[must_use]
    pub fn shown<'w>(&self, words: &'w [String]) -> Vec<usize> {
        let wanted = self.filter.as_ref().map(|field| field.text().to_lowercase()).unwrap_or_default();
        let has = |text: &'w str| wanted.split_whitespace().all(|word| text.to_lowercase().contains(word));
        words.iter().enumerate().filter(|(_, text)| has(text)).map(|(index, _)| index).collect()
    }

    /// Moves by so many shown entries, stopping at the ends.
    pub fn step(&mut self, by: isize, words: &[String]) {
        let shown = self.shown(words);
        let here = shown.iter().position(|index| *index == self.cursor).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(shown.len().saturating_sub(1));
        if let Some(index) = shown.get(there) {
            self.cursor = *index;
        }
    }

    /// Moves to the first shown entry, where the one at the cursor is not shown.
    pub fn settle(&mut self, words: &[String]) {
        let shown = self.shown(words);
        if !shown.contains(&self.cursor) {
            self.cursor = shown.first().copied().unwrap_or(0);
        }
    }
}

/// The first of so many rows to show, so that the row at the cursor is among `room` rows.
#[must_use]
pub fn scrolled(cursor: usize, rows: usize, room: usize) -> usize {
    if rows <= room {
        return 0;
    }
    cursor.saturating_sub(room / 2).min(rows - room)
}

/// A place moved by so many, between 0 and `last`.
#[must_use]
pub fn moved(at: usize, by: isize, last: usize) -> usize {
    at.min(last).saturating_add_signed(by).min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<String> {
        ["Alpha one", "beta", "alpha two"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_filter_takes_words_in_any_case() {
        let mut list = List::at(1);
        list.filter = Some(Field::of("ALPHA"));
        list.settle(&words());
        assert_eq!((list.shown(&words()), list.cursor), (vec![0, 2], 0));
        list.step(1, &words());
        list.step(1, &words());
        assert_eq!(list.cursor, 2);
    }

    #[test]
    fn the_cursor_is_among_the_rows() {
        for cursor in 0..50 {
            let first = scrolled(cursor, 50, 7);
            assert!((first..first + 7).contains(&cursor) && first + 7 <= 50);
        }
    }
}
