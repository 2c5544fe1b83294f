//! Finding a text in the document: whole graphemes only, small letters find capitals too.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::TextBuffer;

impl TextBuffer {
    /// Selects the next place where `needle` stands, from the end of the selection or the cursor on, or with
    /// `backwards` the last before it; none there, the search goes on from the other end of the text.
    pub fn find(&mut self, needle: &str, backwards: bool) -> Option<Range<usize>> {
        let target = self.state.target();
        let needle = Needle::new(needle)?;
        let text = folded(self.text(), needle.any_case);
        let found = if backwards {
            needle.last_in(&text, target.start).or_else(|| needle.last_in(&text, text.len()))
        } else {
            needle.all_in(&text, target.end).next().or_else(|| needle.all_in(&text, 0).next())
        }?;
        self.select(found.clone());
        Some(found)
    }

    /// Where `needle` stands so that it takes part in some bytes of the document.
    #[must_use]
    pub fn matches_within(&self, bytes: Range<usize>, needle: &str) -> Vec<Range<usize>> {
        let Some(needle) = Needle::new(needle) else { return Vec::new() };
        let length = needle.text.len();
        let start = self.state.floor(bytes.start.saturating_sub(length));
        let end = self.state.ceil(bytes.end.saturating_add(length)).max(start);
        let text = folded(self.state.rope.byte_slice(start..end).to_string(), needle.any_case);
        let all = needle.all_in(&text, 0).map(|found| found.start + start..found.end + start);
        all.filter(|found| found.start < bytes.end && bytes.start < found.end).collect()
    }
}

/// What is looked for.
struct Needle {
    text: String,
    any_case: bool,
}

impl Needle {
    /// `None` for nothing.
    fn new(needle: &str) -> Option<Self> {
        let any_case = !needle.chars().any(char::is_uppercase);
        (!needle.is_empty()).then(|| Self { text: folded(needle.to_owned(), any_case), any_case })
    }

    /// The places in a text from a byte on.
    fn all_in(&self, text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
        let places = text[from..].match_indices(&self.text);
        let places = places.map(move |(at, _)| from + at..from + at + self.text.len());
        places.filter(move |place| is_whole(text, place))
    }

    /// The last place in a text before a byte.
    fn last_in(&self, text: &str, to: usize) -> Option<Range<usize>> {
        let places = text[..to].rmatch_indices(&self.text);
        places.map(|(at, _)| at..at + self.text.len()).find(|place| is_whole(text, place))
    }
}

fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let is_boundary = |at: usize| GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(true);
    is_boundary(place.start) && is_boundary(place.end)
}

/// The text as it is compared, every character at its place.
fn folded(mut text: String, any_case: bool) -> String {
    if any_case && text.is_ascii() {
        text.make_ascii_lowercase();
    } else if any_case {
        text = text.chars().map(small).collect();
    }
    text
}

/// The small letter, if it takes as many bytes, so that places stay what they are.
fn small(character: char) -> char {
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) if small.len_utf8() == character.len_utf8() => small,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::TextBuffer;
    use super::super::marked::check;

    fn finds(before: &str, needle: &str, after: &str) {
        check(before, |buffer| assert!(buffer.find(needle, false).is_some(), "{needle}"), after);
    }

    fn finds_back(before: &str, needle: &str, after: &str) {
        check(before, |buffer| assert!(buffer.find(needle, true).is_some(), "{needle}"), after);
    }

    #[test]
    fn the_next_place_is_selected() {
        finds("|ab ab", "ab", "^ab| ab");
        finds("^ab| ab", "ab", "ab ^ab|");
    }

    #[test]
    fn behind_the_last_place_comes_the_first() {
        finds("ab ^ab|", "ab", "^ab| ab");
        finds("a|b", "ab", "^ab|");
        finds_back("|ab ab", "ab", "ab ^ab|");
    }

    #[test]
    fn backwards_finds_the_place_before() {
        finds_back("ab ^ab|", "ab", "^ab| ab");
        finds_back("ab ab|", "ab", "ab ^ab|");
    }

    #[test]
    fn only_a_needle_with_a_capital_minds_the_case() {
        finds("|ÄB äb", "äb", "^ÄB| äb");
        finds("|äb Äb", "Äb", "äb ^Äb|");
    }

    #[test]
    fn a_part_of_a_grapheme_is_not_found() {
        finds("|e\u{301} e", "e", "e\u{301} ^e|");
    }

    #[test]
    fn nothing_is_not_found() {
        check("a^b|c", |buffer| assert_eq!(buffer.find("", false), None), "a^b|c");
        check("a^b|c", |buffer| assert_eq!(buffer.find("x", true), None), "a^b|c");
    }

    #[test]
    fn a_place_across_the_pieces_of_a_long_text_is_found() {
        let mut buffer = TextBuffer::new(&format!("{}needle{0}", "中a".repeat(3_000)));
        for _ in 0..3_000 {
            buffer.insert("x");
        }
        let found = buffer.find("needle", false);
        assert_eq!(found, Some(15_000..15_006));
        assert_eq!(buffer.selected_text().as_deref(), Some("needle"));
    }

    #[test]
    fn the_places_within_a_part_are_those_that_touch_it() {
        let buffer = TextBuffer::new("abc ABC abc");
        let starts = |bytes: Range<usize>, needle: &str| -> Vec<usize> {
            buffer.matches_within(bytes, needle).into_iter().map(|found| found.start).collect()
        };
        assert_eq!(starts(2..9, "abc"), [0, 4, 8]);
        assert_eq!(starts(3..8, "abc"), [4]);
        assert_eq!(starts(0..usize::MAX, "ABC"), [4]);
        assert!(starts(0..11, "").is_empty());
    }
}
