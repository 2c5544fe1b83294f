//! The alphabets that secrets are written in, as sets of bytes.

/// A set of alphabets, one bit each.
pub(super) type Alphabet = u16;

pub(super) const ALNUM: Alphabet = 1;
pub(super) const UPPER: Alphabet = 1 << 1;
pub(super) const HEX: Alphabet = 1 << 2;
pub(super) const WORD: Alphabet = 1 << 3;
pub(super) const URL: Alphabet = 1 << 4;
pub(super) const DOTTED: Alphabet = 1 << 5;
pub(super) const BASE64: Alphabet = 1 << 6;
pub(super) const BASE64URL: Alphabet = 1 << 7;
pub(super) const BASE64DOT: Alphabet = 1 << 8;
pub(super) const HEXDASH: Alphabet = 1 << 9;
pub(super) const UPPERDASH: Alphabet = 1 << 10;
pub(super) const PATH: Alphabet = 1 << 11;
pub(super) const COLON: Alphabet = 1 << 12;
/// The alphabet of random keys, without the `=` at the end of base64.
pub(super) const TOKEN: Alphabet = 1 << 13;
/// The alphabet of hashes of passwords, as in `/etc/shadow`.
pub(super) const CRYPT: Alphabet = 1 << 14;

static ALPHABETS: [Alphabet; 256] = alphabets();

/// Whether a byte belongs to an alphabet.
pub(super) fn is_in(byte: u8, alphabet: Alphabet) -> bool {
    ALPHABETS[usize::from(byte)] & alphabet != 0
}

/// How many bytes of an alphabet stand at the start of a text, at most so many.
pub(super) fn run(bytes: &[u8], alphabet: Alphabet, most: usize) -> usize {
    bytes.iter().take(most).take_while(|byte| is_in(**byte, alphabet)).count()
}

const fn alphabets() -> [Alphabet; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        let mut set = 0;
        if byte.is_ascii_alphanumeric() {
            set |=
                ALNUM | WORD | URL | DOTTED | BASE64 | BASE64URL | BASE64DOT | PATH | COLON | TOKEN | CRYPT;
        }
        if byte.is_ascii_uppercase() || byte.is_ascii_digit() {
            set |= UPPER | UPPERDASH;
        }
        if byte.is_ascii_hexdigit() {
            set |= HEX | HEXDASH;
        }
        set |= match byte {
            b'_' => WORD | URL | DOTTED | BASE64URL | BASE64DOT | PATH | COLON | TOKEN,
            b'-' => URL | DOTTED | BASE64URL | BASE64DOT | HEXDASH | UPPERDASH | PATH | COLON | TOKEN,
            b'.' => DOTTED | BASE64DOT | PATH | CRYPT,
            b'$' => CRYPT,
            b'=' => DOTTED | BASE64 | BASE64URL | BASE64DOT | PATH | CRYPT,
            b'+' | b'/' => BASE64 | BASE64URL | BASE64DOT | PATH | TOKEN | CRYPT,
            b'%' | b'@' => PATH,
            b':' => COLON,
            _ => 0,
        };
        table[byte as usize] = set;
        byte += 1;
    }
    table
}
