//! What ramrole says to people: one item for each message of `assets/text/`, made by `build/messages.rs`.
//!
//! A message without arguments is a [`Text`]; one with arguments is a struct with a field for each, so that a missing
//! or misspelt argument does not compile. Both implement [`Display`] in the current [`language`].
//!
//! ```
//! use ramrole::messages::json;
//!
//! assert_eq!(json::EMPTY.as_str(), "the document is empty");
//! assert_eq!(json::TooDeep { levels: 512 }.to_string(), "nested deeper than 512 levels");
//! ```

use std::fmt::{Display, Formatter, Result};
use std::ops::Deref;
use std::sync::atomic::{AtomicU8, Ordering};

use serde::{Serialize, Serializer};

/// A message without arguments; it is read in the language that is current when it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(u16);

impl Text {
    /// The text in the current language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        TEXTS[language() as usize][usize::from(self.0)]
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl From<Text> for &'static str {
    fn from(text: Text) -> Self {
        text.as_str()
    }
}

/// The position of the current language in [`Language::ALL`].
static CURRENT: AtomicU8 = AtomicU8::new(0);

/// The language in which messages are shown.
#[must_use]
pub fn language() -> Language {
    Language::ALL[usize::from(CURRENT.load(Ordering::Relaxed))]
}

/// A number with a comma between its thousands: `4,898`.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
