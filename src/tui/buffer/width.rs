//! How many columns of a terminal a grapheme takes.

use unicode_width::UnicodeWidthStr as _;

/// A tab reaches to the next column that is a multiple of this.
pub const TAB_WIDTH: usize = 4;

/// The columns of a grapheme that begins at `column`, at least one: what a terminal would not show is drawn as a
/// sign of its own, so that the cursor can stand on it.
pub(super) fn width(grapheme: &str, column: usize) -> usize {
    if grapheme == "\t" {
        return TAB_WIDTH - column % TAB_WIDTH;
    }
    grapheme.width().max(1)
}

/// The columns of a character that beside any other of its kind is a grapheme of its own; `None` for one that
/// may join its neighbours. It makes most of a long line quick to measure.
pub(super) fn plain_width(character: char) -> Option<usize> {
    match character {
        ' '..='~'
        | '\u{a0}'..='\u{a8}'
        | '\u{aa}'..='\u{ac}'
        | '\u{af}'..='\u{2ff}'
        | '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3ff}'
        | '\u{400}'..='\u{482}'
        | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}' => Some(1),
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309b}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

/// Whether a character beside any other of its kind is a grapheme of its own.
pub(super) fn is_plain(character: char) -> bool {
    plain_width(character).is_some()
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    #[test]
    fn a_plain_character_is_a_grapheme_beside_others_and_as_wide_as_unicode_says() {
        for character in (0..=0x10_ffff).filter_map(char::from_u32) {
            let Some(columns) = plain_width(character) else { continue };
            let alone = character.to_string();
            assert_eq!(columns, width(&alone, 0), "{character:?}");
            let row = format!("a{alone}{alone}中{alone}한{alone}é");
            assert_eq!(row.graphemes(true).count(), row.chars().count(), "{character:?}");
        }
    }

    #[test]
    fn a_tab_reaches_to_the_next_stop() {
        assert_eq!([0, 1, 3, 4].map(|column| width("\t", column)), [4, 3, 1, 4]);
    }

    #[test]
    fn emoji_and_ideographs_are_two_columns_wide() {
        let wide = ["中", "👩‍👩‍👧‍👦", "🇨🇳", "ｶﾞ"];
        assert_eq!(wide.map(|grapheme| width(grapheme, 0)), [2; 4]);
    }

    #[test]
    fn what_has_no_width_takes_a_column() {
        let bare = ["\u{200b}", "\u{301}", "\u{1b}", "\r", "\u{feff}", "\u{202e}"];
        assert_eq!(bare.map(|grapheme| width(grapheme, 0)), [1; 6]);
    }
}
