//! Measures the control sequences of terminals, also those that lost a part on the way through a clipboard.

/// The escape character, its picture, and how it is typed.
const LEADS: [&str; 3] = ["\u{1b}", "\u{241b}", "^["];

/// Whether a control sequence may begin with this byte.
pub(super) fn may_begin(byte: u8) -> bool {
    byte == b'[' || LEADS.iter().any(|lead| lead.as_bytes()[0] == byte)
}

/// The length in bytes of the control sequence at the start of `rest`, if there is one.
pub(super) fn sequence(rest: &str) -> Option<usize> {
    let lead = LEADS.iter().find(|lead| rest.starts_with(**lead)).map_or(0, |lead| lead.len());
    let after = &rest[lead..];
    let length = match after.as_bytes() {
        [b'[', ..] => control(after, lead > 0),
        [b']', ..] if lead > 0 => Some(command(after)),
        [b'(' | b')', b'0' | b'A' | b'B', ..] if lead > 0 => Some(2),
        _ => None,
    };
    length.map(|length| lead + length).or((lead > 0).then_some(lead))
}

/// A colour, a movement: `[1;31m`. Where the escape character is lost, only a colour is taken for one.
fn control(after: &str, sure: bool) -> Option<usize> {
    let parameters = after[1..].bytes().take_while(|byte| matches!(byte, b'0'..=b'?')).count();
    let end = after.as_bytes().get(1 + parameters)?;
    let plain = after[1..=parameters].bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';'));
    let colour = parameters > 0 && plain && *end == b'm';
    (colour || sure && matches!(end, b'@'..=b'~')).then_some(2 + parameters)
}

/// A title or a link: `]8;;address`, up to its end, or at most to the end of the line.
fn command(after: &str) -> usize {
    let end = after.find(['\u{7}', '\u{1b}', '\u{241b}', '\n']);
    end.map_or(after.len(), |end| end + usize::from(after.as_bytes()[end] == 7))
}

#[cfg(test)]
mod tests {
    use super::sequence;

    #[test]
    fn sequences_end_where_a_terminal_ends_them() {
        for (text, length) in [
            ("\u{1b}[1;31mred", Some(7)),
            ("\u{1b}[?25lx", Some(6)),
            ("\u{1b}(Bx", Some(3)),
            ("\u{1b}]8;;http://x\u{7}link", Some(14)),
            ("\u{1b}]8;;http://x\u{1b}\\link", Some(13)),
            ("^[[0mx", Some(5)),
            ("[0mx", Some(3)),
            ("[4011], you", None),
            ("[mei]", None),
            ("^x", None),
            ("\u{1b}", Some(1)),
            ("\u{1b}[", Some(1)),
        ] {
            assert_eq!(sequence(text), length, "{text:?}");
        }
    }
}
