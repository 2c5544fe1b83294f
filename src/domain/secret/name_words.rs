//! Splits a name into words, without allocating: `access_key-Id` and `accessKeyId` become `access`, `key`, `id`.

/// How many bytes of a name are kept. Small letters can take more bytes than capitals.
const BYTES: usize = 192;

/// How many words of a name are kept.
const WORDS: usize = 64;

/// The words of a name in small letters. Full-width letters become half-width ones.
pub(super) struct Words {
    text: [u8; BYTES],
    length: usize,
    /// Where each word ends.
    ends: [u8; WORDS],
    count: usize,
}

impl Words {
    pub(super) fn of(name: &str) -> Self {
        let mut words = Self { text: [0; BYTES], length: 0, ends: [0; WORDS], count: 0 };
        let mut before = '_';
        for character in name.chars().map(half_width) {
            let starts = character.is_uppercase() && before.is_lowercase();
            if !character.is_alphanumeric() || starts {
                words.end();
            }
            if character.is_ascii_alphanumeric() {
                words.push(character.to_ascii_lowercase());
            } else if character.is_alphanumeric() {
                character.to_lowercase().for_each(|small| words.push(small));
            }
            before = character;
        }
        words.end();
        words
    }

    fn push(&mut self, character: char) {
        let end = self.length + character.len_utf8();
        if end <= BYTES {
            character.encode_utf8(&mut self.text[self.length..end]);
            self.length = end;
        }
    }

    fn end(&mut self) {
        let start = self.count.checked_sub(1).map_or(0, |last| usize::from(self.ends[last]));
        if self.length > start
            && self.count < WORDS
            && let Ok(end) = u8::try_from(self.length)
        {
            self.ends[self.count] = end;
            self.count += 1;
        }
    }

    /// All words without a border between them.
    pub(super) fn whole(&self) -> &str {
        self.text(0, self.length)
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The last word, or the one so many words before it; empty if there is none.
    pub(super) fn last(&self, position: usize) -> &str {
        self.count.checked_sub(position + 1).map_or("", |index| self.word(index))
    }

    pub(super) fn has_any(&self, words: &[&str]) -> bool {
        (0..self.count).any(|index| words.contains(&self.word(index)))
    }

    fn word(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| usize::from(self.ends[before]));
        self.text(start, usize::from(self.ends[index]))
    }

    fn text(&self, start: usize, end: usize) -> &str {
        std::str::from_utf8(&self.text[start..end]).unwrap_or_default()
    }
}

/// The half-width form of a full-width letter, digit or sign.
pub(super) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_split_at_signs_and_capitals() {
        let words = |name: &str| {
            let words = Words::of(name);
            (0..words.count()).map(|index| words.word(index).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(words("access_key-Id"), ["access", "key", "id"]);
        assert_eq!(words("accessKeyId"), ["access", "key", "id"]);
        assert_eq!(words("DB_PASSWORD"), ["db", "password"]);
        assert_eq!(words("ｐａｓｓ＿Ｗｏｒｄ"), ["pass", "word"]);
        assert_eq!(words("密码"), ["密码"]);
        assert_eq!(words(&"Ⱥ_".repeat(80)).len(), 64);
        assert_eq!(Words::of("_").last(0), "");
    }
}
