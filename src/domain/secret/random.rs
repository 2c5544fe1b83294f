//! Distinguishes random text from names that a person chose: by length, character classes, and how rare its letter
//! pairs are in words.

/// For each letter those that often follow it in words and names: nine of ten pairs in words are among these, and
/// three of ten by chance.
const PAIRS: [&str; 26] = [
    "bcdgiklmnprstuvy",
    "aeiloru",
    "aehiklorstu",
    "aeiors",
    "abcdefgilmnoprstvx",
    "aeilo",
    "aeior",
    "aeio",
    "abcdefglmnoprstvz",
    "",
    "aei",
    "adeilostuy",
    "aeiopsu",
    "acdefginost",
    "abcdgiklmnoprstuvw",
    "aehiloprsty",
    "u",
    "acdeikmorstuy",
    "acehimopstuy",
    "acehilorstuy",
    "abdeilmnprst",
    "aei",
    "aeio",
    "",
    "pst",
    "e",
];

static MASKS: [u32; 26] = masks();

const fn masks() -> [u32; 26] {
    let mut masks = [0; 26];
    let mut letter = 0;
    while letter < 26 {
        let row = PAIRS[letter].as_bytes();
        let mut at = 0;
        while at < row.len() {
            masks[letter] |= 1 << (row[at] - b'a');
            at += 1;
        }
        letter += 1;
    }
    masks
}

/// What is counted of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub upper: usize,
    pub lower: usize,
    pub digits: usize,
    pub others: usize,
    /// Letters side by side, and how many such pairs words have.
    pairs: usize,
    common: usize,
    /// Letters and digits side by side, or a capital behind a small letter or a digit.
    pub changes: usize,
    /// Whether every letter is one of a hexadecimal number.
    pub is_hex: bool,
}

impl Counts {
    pub(super) fn of(text: &str) -> Self {
        let mut counts = Self { is_hex: true, ..Self::default() };
        let mut before = 0_u8;
        for byte in text.bytes() {
            match byte {
                b'A'..=b'Z' => counts.upper += 1,
                b'a'..=b'z' => counts.lower += 1,
                b'0'..=b'9' => counts.digits += 1,
                _ => counts.others += 1,
            }
            counts.is_hex &= byte.is_ascii_hexdigit();
            counts.pair(before, byte);
            before = byte;
        }
        counts
    }

    fn pair(&mut self, before: u8, byte: u8) {
        if before.is_ascii_alphabetic() && byte.is_ascii_alphabetic() {
            self.pairs += 1;
            let mask = MASKS[usize::from(before.to_ascii_lowercase() - b'a')];
            self.common += usize::from(mask >> (byte.to_ascii_lowercase() - b'a') & 1 == 1);
        }
        let class = |byte: u8| match byte {
            b'A'..=b'Z' => 1,
            b'a'..=b'z' => 2,
            b'0'..=b'9' => 3,
            _ => 0,
        };
        let (from, to) = (class(before), class(byte));
        // A capital before a small letter begins a word.
        self.changes += usize::from(from != to && from != 0 && to != 0 && (from, to) != (1, 2));
    }

    fn all(self) -> usize {
        self.upper + self.lower + self.digits + self.others
    }

    /// Whether its letters follow one another as in words: six pairs of ten.
    pub(super) fn is_wordy(self) -> bool {
        self.pairs * 58 / 100 < self.common
    }

    /// How many of three classes there are: capitals, small letters, digits.
    pub(super) fn classes(self) -> usize {
        [self.upper, self.lower, self.digits].iter().filter(|count| **count > 0).count()
    }
}

/// Whether what stands behind an ambiguous prefix (`sk-`) reads like a name instead of a key.
pub(super) fn reads_like_words(text: &str) -> bool {
    let counts = Counts::of(text);
    if counts.digits + counts.upper == 0 && counts.pairs < 16 {
        return true;
    }
    let few_digits = counts.digits * 20 < counts.all();
    let mixed = counts.upper > 0 && counts.lower > 0 && counts.changes * 5 > counts.all();
    // Few pairs of letters: digits stand between them, as they do in keys and in versions.
    if counts.pairs < 6 {
        return counts.others * 5 > counts.all() || (few_digits && !mixed);
    }
    counts.is_wordy() && !(mixed && counts.common * 100 < counts.pairs * 75)
}

/// Whether a run of letters, digits and the signs of base64 is one that nobody has named: long, of mixed classes, and
/// unlike words. Not for digests and other hexadecimal numbers.
pub(super) fn is_random(token: &str) -> bool {
    let token = token.trim_end_matches('=');
    let counts = Counts::of(token);
    let length = counts.all();
    // Names are parted more often than chance parts: two of 64 signs of base64 are no letter or digit.
    if length < 20 || counts.others * 7 > length || counts.is_hex || counts.digits * 2 > length {
        return false;
    }
    let enough = match counts.classes() {
        3 => true,
        2 if counts.digits > 0 => length >= 32,
        2 => length >= 28 && counts.changes * 6 > length,
        _ => false,
    };
    enough && counts.changes * 5 > length && !counts.is_wordy() && distinct(token) * 3 > length.min(48)
}

/// How many different characters there are.
pub(super) fn distinct(text: &str) -> usize {
    let seen = text.bytes().fold(0_u128, |seen, byte| seen | 1 << (byte & 127));
    seen.count_ones() as usize
}

/// Whether a hexadecimal number is as long as a key and as mixed as one. Of 40 digits it is more often a commit.
pub(super) fn is_hexadecimal_key(token: &str) -> bool {
    let counts = Counts::of(token);
    let one_case = counts.upper == 0 || counts.lower == 0;
    let length = counts.all();
    counts.is_hex
        && one_case
        && length >= 32
        && length != 40
        && counts.digits > 0
        && counts.digits < length * 9 / 10
        && distinct(token) >= 8
}

/// Whether a value is one word of letters and digits, as weak passwords are. Not the name of a mechanism: `oauth2`.
pub(super) fn is_word_with_digits(value: &str) -> bool {
    let mechanisms = [
        "oauth", "openid", "sha", "hmac", "scram", "kerberos", "ntlm", "saml", "pbkdf", "sigv", "hs", "rs",
        "aes",
    ];
    let begins = |start: &&str| {
        value.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
            && value[start.len()..].bytes().filter(u8::is_ascii_alphabetic).count() < 5
    };
    (8..=64).contains(&value.len())
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !mechanisms.iter().any(begins)
}

/// Whether a value looks made to be kept secret: a password or a part of a key, under a name that only hints at one.
pub(super) fn looks_secret(value: &str) -> bool {
    let counts = Counts::of(value);
    let length = counts.all();
    let kinds = counts.classes() + usize::from(counts.others > 0);
    let hexadecimal = counts.is_hex && length >= 16 && counts.digits > 0 && counts.digits < length;
    if hexadecimal {
        return true;
    }
    // Numbers with signs between them: an address, a time, a list of ports.
    if counts.upper + counts.lower == 0 {
        return false;
    }
    let dense = counts.others * 4 <= length;
    (length >= 8 && counts.digits > 0 && kinds >= 3 && dense && !value.contains('/'))
        || (length >= 16 && kinds >= 2 && !counts.is_wordy() && dense)
        || (length >= 24 && counts.changes * 5 > length && !counts.is_wordy())
}
