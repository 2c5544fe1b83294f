//! Reads the named values of a text in whatever notation it has: JSON, XML, `key: value`, `key=value`, a sentence.

/// A value with the place where it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field<'t> {
    pub(super) value: &'t str,
    pub(super) at: usize,
}

/// The longest value that is read, in bytes.
const LONGEST: usize = 8_192;

/// How many values of a name are looked at.
const MOST: usize = 64;

/// A text and the same in lower case, byte by byte.
pub(super) struct Fields<'t> {
    text: &'t str,
    lower: String,
}

impl<'t> Fields<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, lower: text.to_ascii_lowercase() }
    }

    /// The values of a name, which is given in lower case, in the order of the text.
    pub(super) fn named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Field<'t>> + 's {
        let starts = self.lower.match_indices(name).map(|(at, _)| at).filter(|at| self.is_name(*at));
        starts.filter_map(|at| self.value_after(at + name.len())).take(MOST)
    }

    /// The places of a word.
    pub(super) fn places<'s>(&'s self, word: &'s str) -> impl Iterator<Item = usize> + 's {
        self.lower.match_indices(word).map(|(at, _)| at)
    }

    /// The text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Whether a name can start here.
    fn is_name(&self, at: usize) -> bool {
        !self.text.as_bytes()[..at].last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    }

    /// The value behind a name that ends here.
    fn value_after(&self, end: usize) -> Option<Field<'t>> {
        let bytes = self.text.as_bytes();
        let mut at = end;
        let mut signs = 0;
        while let Some(byte) = bytes.get(at).filter(|_| at < end + 8) {
            match byte {
                b':' | b'=' | b'>' => signs += 1,
                b'"' | b'\'' | b'`' | b' ' | b'\t' | b'[' | b']' => {}
                _ => break,
            }
            at += 1;
        }
        // A full-width colon, as in Chinese and Japanese.
        if let Some(rest) = self.text[at..].strip_prefix('：') {
            at = self.text.len() - rest.trim_start().len();
            signs += 1;
        }
        // A number needs no sign before it: "status code 404".
        if signs == 0 && !(at > end && bytes.get(at).is_some_and(u8::is_ascii_digit)) {
            return None;
        }
        let value = token(&self.text[at..]);
        (!value.is_empty()).then_some(Field { value, at })
    }
}

/// The word at the start of a text, up to what ends a value.
pub(super) fn token(text: &str) -> &str {
    let end = text.find(|sign: char| {
        sign.is_whitespace()
            || sign.is_control()
            || matches!(
                sign,
                '"' | '\'' | '`' | ',' | ';' | '<' | '>' | '}' | ']' | ')' | '’' | '”' | '，' | '。' | '、'
            )
    });
    let word = &text[..end.unwrap_or(text.len())];
    let mut longest = word.len().min(LONGEST);
    while !word.is_char_boundary(longest) {
        longest -= 1;
    }
    word[..longest].trim_end_matches(['.', ':', '\\'])
}
