//! Finds in a text the values that another value names: `name="DB_PASSWORD" value="…"`,
//! `<name>DB_PASSWORD</name><value>…</value>`.

use std::ops::Range;

use super::assigned::{NEAR, near, value};
use super::hinted::fits;
use super::is_placeholder;
use super::names::{Hint, hint, is_exactly_secret_name, is_subject, is_value};

/// The name and the value that have no other half so far.
#[derive(Default)]
pub(super) struct TextPairs {
    name: Option<Name>,
    value: Option<Range<usize>>,
}

/// A name that is itself a value.
struct Name {
    end: usize,
    says: Says,
}

/// What a name says about its value.
#[derive(Clone, Copy)]
enum Says {
    Secret,
    Perhaps(Hint),
    Harmless,
}

impl TextPairs {
    /// Reads the next name and its sign, and returns the value that is secret because of another name.
    pub(super) fn next(
        &mut self,
        text: &str,
        name: &Range<usize>,
        sign: &Range<usize>,
    ) -> Option<Range<usize>> {
        let spelled = &text[name.clone()];
        let is_name = is_subject(spelled);
        if !is_name && !is_value(spelled) {
            return None;
        }
        let found = near_value(text, name, sign)?;
        let (says, value) = if is_name {
            let name = self.name.insert(Name::of(text, &found));
            // A value before its name; the one behind may be it as well.
            (name.says, self.value.take().filter(|value| name.end < value.end + NEAR)?)
        } else if let Some(name) = self.name.take().filter(|name| found.start < name.end + NEAR) {
            (name.says, found)
        } else {
            self.value = Some(found);
            return None;
        };
        says.takes(&text[value.clone()]).then_some(value)
    }
}

impl Name {
    fn of(text: &str, span: &Range<usize>) -> Self {
        let name = &text[span.clone()];
        let says = if is_exactly_secret_name(name) {
            Says::Secret
        } else {
            hint(name).map_or(Says::Harmless, Says::Perhaps)
        };
        Self { end: span.end, says }
    }
}

impl Says {
    fn takes(self, value: &str) -> bool {
        let is_secret = match self {
            Self::Secret => true,
            Self::Perhaps(hint) => fits(hint, value),
            Self::Harmless => false,
        };
        is_secret && !is_placeholder(value)
    }
}

/// The value of a name, without its quotes, if it is short and on the same line.
fn near_value(text: &str, name: &Range<usize>, sign: &Range<usize>) -> Option<Range<usize>> {
    let text = &text[..near(text, sign.end)];
    let first = text[sign.end..].trim_start_matches([' ', '\t']).chars().next()?;
    if matches!(first, '\n' | '\r' | '|') {
        return None;
    }
    value(text, name, sign).filter(|value| !text[value.clone()].trim().is_empty())
}
