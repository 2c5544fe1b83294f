//! What holds for any text and any keys.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use unicode_segmentation::UnicodeSegmentation as _;

use super::model::{Key, Model, places, press};
use super::{Motion, TextBuffer, grapheme};

const PIECES: [&str; 30] = [
    "a",
    "Z",
    "_",
    "7",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "{",
    "]",
    "\"",
    "é",
    "e\u{301}",
    "\u{301}",
    "中",
    "，",
    "한",
    "👩\u{200d}👩\u{200d}👧",
    "\u{200d}",
    "🇨🇳",
    "🇩",
    "\u{feff}",
    "\u{600}",
    "क्",
    "ष",
    "\u{903}",
    "ᄀ",
    "ᅡ",
];

fn text() -> impl Strategy<Value = String> {
    let short = vec(select(&PIECES[..]), 0..30).prop_map(|pieces| pieces.concat());
    // Long enough to lie in several pieces of the rope.
    let long = (vec(select(&PIECES[..]), 1..40), 40..80_usize);
    let long = long.prop_map(|(pieces, times)| pieces.concat().repeat(times));
    let lined = vec(select(&PIECES[..7]), 0..600).prop_map(|pieces| pieces.concat().repeat(3));
    prop_oneof![3 => short, 1 => long, 1 => lined]
}

fn motion() -> impl Strategy<Value = Motion> {
    use Motion::{
        Down, End, Left, LineEnd, LineStart, PageDown, PageUp, Right, Start, Up, WordLeft, WordRight,
    };
    let all =
        [Left, Right, Up, Down, WordLeft, WordRight, LineStart, LineEnd, PageUp(3), PageDown(3), Start, End];
    select(all.to_vec())
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![4 => select(&PIECES[..]).prop_map(str::to_owned), 1 => text()]
}

/// What a plain model can do too.
fn plain_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        4 => piece().prop_map(Key::Insert),
        2 => Just(Key::Backspace),
        2 => Just(Key::Delete),
        4 => (motion(), any::<bool>()).prop_map(|(motion, extend)| Key::Move(motion, extend)),
        2 => (0..4_000_usize, any::<bool>()).prop_map(|(byte, extend)| Key::Place(byte, extend)),
        1 => (0..4_000_usize, 0..4_000_usize).prop_map(|(start, end)| Key::Select(start.min(end), start.max(end))),
    ]
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        6 => plain_key(),
        1 => select(vec![Key::Newline, Key::DeleteWordLeft, Key::Indent, Key::Dedent]),
        1 => text().prop_map(Key::Replace),
        1 => (0..9_usize, 0..40_usize).prop_map(|(line, column)| Key::Click(line, column)),
        1 => (piece(), any::<bool>()).prop_map(|(needle, backwards)| Key::Find(needle, backwards)),
        1 => select(vec![Key::Undo, Key::Redo]),
    ]
}

/// A line, a range of columns from and how many, and what is done next.
fn look() -> impl Strategy<Value = (usize, usize, usize, Key)> {
    (0..4_usize, 0..3_000_usize, 0..200_usize, key())
}

fn graphemes(text: &str) -> Vec<usize> {
    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
}

fn to_the_start(buffer: &mut TextBuffer) -> String {
    while buffer.undo() {}
    buffer.text()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_loaded_text_is_the_same_text(text in text()) {
        let buffer = TextBuffer::new(&text);
        prop_assert!(!buffer.is_changed());
        prop_assert_eq!(buffer.text(), text);
    }

    #[test]
    fn every_edit_can_be_undone_and_done_again(text in text(), keys in vec(key(), 1..40)) {
        let mut buffer = TextBuffer::new(&text);
        for key in &keys {
            press(&mut buffer, key);
        }
        while buffer.redo() {}
        let end = buffer.text();
        prop_assert_eq!(to_the_start(&mut buffer), text);
        prop_assert!(!buffer.is_changed());
        while buffer.redo() {}
        prop_assert_eq!(buffer.text(), end);
    }

    #[test]
    fn the_cursor_always_stands_between_graphemes(text in text(), keys in vec(key(), 1..30)) {
        let mut buffer = TextBuffer::new(&text);
        for key in keys {
            let (before, revision) = (buffer.text(), buffer.revision());
            press(&mut buffer, &key);
            let places = places(&buffer.text());
            let selection = buffer.selection().unwrap_or_default();
            prop_assert!(places.contains(&buffer.cursor_byte()), "{:?}", key);
            let between = places.contains(&selection.start) && places.contains(&selection.end);
            prop_assert!(selection.is_empty() || between);
            prop_assert!(buffer.text() == before || buffer.revision() > revision, "{:?}", key);
            prop_assert_eq!(buffer.is_changed(), buffer.text() != text);
        }
    }

    #[test]
    fn a_plain_model_agrees(text in text(), keys in vec(plain_key(), 1..40)) {
        let mut buffer = TextBuffer::new(&text);
        let mut model = Model::of(&buffer);
        for key in &keys {
            press(&mut buffer, key);
            model.press(key);
            prop_assert_eq!(buffer.cursor_byte(), model.cursor, "{:?}", key);
            prop_assert_eq!(buffer.selection().unwrap_or(model.cursor..model.cursor), model.start()..model.end());
        }
        prop_assert_eq!(buffer.text(), model.text);
    }

    #[test]
    fn the_graphemes_are_those_of_the_whole_text(text in text(), edits in vec((0..2_000_usize, piece()), 0..20)) {
        let mut buffer = TextBuffer::new(&text);
        for (byte, piece) in edits {
            buffer.place_cursor(byte, false);
            buffer.insert(&piece);
        }
        let (rope, text) = (buffer.snapshot(), buffer.text());
        let expected = graphemes(&text);
        let mut forward: Vec<usize> = expected.iter().map(|&at| grapheme::next(&rope, at)).collect();
        forward.insert(0, 0);
        forward.pop();
        prop_assert_eq!(&forward, &expected);
        let backward: Vec<usize> = expected[1..].iter().map(|&at| grapheme::previous(&rope, at)).collect();
        prop_assert_eq!(&backward, &expected[..expected.len() - 1]);
        let at_or_before = |byte: usize| expected.iter().copied().rfind(|&at| at <= byte);
        for byte in (0..text.len()).step_by(11) {
            prop_assert_eq!(Some(grapheme::floor(&rope, byte)), at_or_before(byte));
        }
    }

    #[test]
    fn columns_are_those_of_a_slow_count(text in text(), looks in vec(look(), 1..10)) {
        let mut buffer = TextBuffer::new(&text);
        for (line, from, many, edit) in looks {
            let line = line.min(buffer.line_count() - 1);
            let places = Model::of(&buffer).line(line);
            let shown = |pair: &&[(usize, usize)]| pair[0].1 < from + many && pair[1].1 > from;
            let shown = places.windows(2).filter(shown);
            let expected: Vec<_> = shown.map(|pair| (pair[0], pair[1].1 - pair[0].1)).collect();
            let cells: Vec<_> = buffer.line_part(line, from..from + many).collect();
            let seen: Vec<_> = cells.iter().map(|cell| ((cell.byte, cell.column), cell.width)).collect();
            prop_assert_eq!(seen, expected);
            let text = buffer.text();
            prop_assert!(cells.iter().all(|cell| text[cell.byte..].starts_with(&*cell.text)));

            buffer.place_cursor_at(line, from, false);
            let place = places.into_iter().rfind(|(_, column)| *column <= from);
            prop_assert_eq!(Some((buffer.cursor_byte(), buffer.display_column())), place);
            press(&mut buffer, &edit);
        }
    }

    #[test]
    fn lines_are_those_of_the_text(text in text()) {
        let buffer = TextBuffer::new(&text);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut lines: Vec<&str> = text.split('\n').collect();
        let last = lines.len() - 1;
        lines[..last].iter_mut().for_each(|line| *line = line.strip_suffix('\r').unwrap_or(line));
        let seen: Vec<String> = (0..buffer.line_count()).map(|line| buffer.line(line).into_owned()).collect();
        prop_assert_eq!(seen, lines);
    }
}
