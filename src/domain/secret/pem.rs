//! Finds PEM blocks in a text, with literal or escaped line breaks: private keys are secrets; all other blocks are
//! public.

use std::ops::Range;

/// The minimum length in bytes of a base64 run that is content and not a word of a header.
const CONTENT: usize = 16;

/// The maximum length of a label.
const LABEL: usize = 100;

/// The blocks of a text, in order and without overlaps.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Private keys, from their first to their last line.
    pub secret: Vec<Range<usize>>,
    /// Certificates and public keys.
    pub public: Vec<Range<usize>>,
}

/// Finds the blocks of a text.
pub(super) fn blocks(text: &str) -> Blocks {
    let mut blocks = Blocks::default();
    let mut at = 0;
    while let Some(found) = text[at..].find("BEGIN ") {
        let begin = at + found;
        at = begin + "BEGIN ".len();
        let Some(label) = label(text, at) else { continue };
        let Some(start) = dashes_before(text, begin) else { continue };
        let (end, is_content) = body(text, label.end);
        if is_content {
            let is_private = text[label].to_ascii_uppercase().contains("PRIVATE KEY");
            let list = if is_private { &mut blocks.secret } else { &mut blocks.public };
            list.push(start..end);
        }
        at = at.max(end);
    }
    blocks
}

/// The label after `BEGIN `, up to its dashes.
fn label(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = &text.as_bytes()[at..];
    let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b' ' | b'_');
    let length = bytes.iter().take(LABEL).take_while(is_label).count();
    bytes[length..].starts_with(b"--").then_some(at..at + length)
}

fn dashes_before(text: &str, begin: usize) -> Option<usize> {
    let before = text[..begin].trim_end_matches(' ').as_bytes();
    let dashes = before.iter().rev().take(5).take_while(|byte| **byte == b'-').count();
    (dashes >= 2 && begin - before.len() <= 1).then(|| before.len() - dashes)
}

/// Where the block ends whose label ends here, and whether it has content. A truncated block ends with the last long
/// run of base64.
fn body(text: &str, from: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let (mut at, mut run, mut last) = (from, 0, from);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'-' && bytes[at..].starts_with(b"--") {
            let dashes = bytes[at..].iter().take(6).take_while(|byte| matches!(**byte, b'-' | b' ')).count();
            let rest = &bytes[at + dashes..];
            if rest.starts_with(b"END ") {
                let end = label(text, at + dashes + 4).map_or(at + dashes + 4, |label| label.end);
                let end = end + bytes[end..].iter().take(5).take_while(|byte| **byte == b'-').count();
                return (end, last > from);
            }
            if rest.starts_with(b"BEGIN ") {
                break;
            }
            (at, run) = (at + dashes, 0);
            continue;
        }
        if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=') {
            run += 1;
            if run >= CONTENT {
                last = at + 1;
            }
        } else if byte.is_ascii_whitespace() || b"\\-:,\"'#>|.*()_".contains(&byte) {
            run = 0;
        } else {
            break;
        }
        at += 1;
    }
    (last, last > from)
}
