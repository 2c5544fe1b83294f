//! Decodes base64 that may contain text.

/// What base64, of either alphabet, stands for; `None` where that is no text for people.
pub(super) fn text_of(encoded: &str) -> Option<String> {
    let encoded = encoded.trim_end_matches('=').as_bytes();
    if encoded.len() % 4 == 1 || encoded.len() < 4 {
        return None;
    }
    let mut decoded = Vec::with_capacity(encoded.len() / 4 * 3 + 3);
    for part in encoded.chunks(4) {
        let mut bits = 0_u32;
        for byte in part {
            bits = bits << 6 | u32::from(digit(*byte)?);
        }
        let bytes = (bits << (6 * (4 - part.len()))).to_be_bytes();
        decoded.extend_from_slice(&bytes[1..part.len()]);
        // Of what chance made, the first bytes tell.
        if decoded.len() >= 32
            && decoded.len() < 35
            && std::str::from_utf8(&decoded[..28]).is_err_and(|e| e.error_len().is_some())
        {
            return None;
        }
    }
    let text = String::from_utf8(decoded).ok()?;
    let is_plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    text.chars().all(is_plain).then_some(text)
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_and_chance_is_none() {
        assert_eq!(text_of("b3dsOmh1bnRlcg==").as_deref(), Some("owl:hunter"));
        assert_eq!(text_of("b3dsOmh1bnQ").as_deref(), Some("owl:hunt"));
        assert_eq!(text_of("gICAgICA"), None);
        assert_eq!(text_of("a"), None);
    }
}
