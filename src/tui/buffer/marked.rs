//! A buffer as a line of a test: `|` is the cursor, `^` the other end of the selection.

use super::TextBuffer;

/// The buffer that a marked text shows.
pub(super) fn buffer(marked: &str) -> TextBuffer {
    let mut buffer = TextBuffer::new(&marked.replace(['|', '^'], ""));
    let place = |mark: char, other: char| {
        let before = &marked[..marked.find(mark)?];
        Some(before.len() - usize::from(before.contains(other)))
    };
    if let Some(anchor) = place('^', '|') {
        buffer.place_cursor(anchor, false);
    }
    let extend = marked.contains('^');
    buffer.place_cursor(place('|', '^').expect("a cursor"), extend);
    buffer
}

/// The marked text of a buffer.
pub(super) fn show(buffer: &TextBuffer) -> String {
    let mut text = buffer.text();
    let cursor = buffer.cursor_byte();
    let anchor = buffer.selection().map(|bytes| if bytes.end == cursor { bytes.start } else { bytes.end });
    let mut marks = vec![(cursor, '|')];
    marks.extend(anchor.map(|anchor| (anchor, '^')));
    marks.sort_unstable();
    marks.into_iter().rev().for_each(|(at, mark)| text.insert(at, mark));
    text
}

/// What an action makes of a buffer, both marked.
pub(super) fn check(before: &str, action: impl FnOnce(&mut TextBuffer), after: &str) {
    let mut buffer = buffer(before);
    action(&mut buffer);
    assert_eq!(show(&buffer), after, "from {before:?}");
}
