//! A text that no file has yet, as a draft keeps it: its secrets masked, and which lines of its file they can be filled
//! from. A secret that its user has changed is in no file and stays masked.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::secret::{MASK, mask_text};

/// A text that no file has yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsaved {
    /// The key of the question that it answers; empty for a document that is checked.
    pub question: String,
    /// The file that it came from; empty for a new one.
    pub path: String,
    /// The text.
    #[serde(flatten)]
    pub masked: Masked,
}

/// A text with its secrets masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masked {
    /// The text, secrets masked.
    pub text: String,
    /// The masked lines that stand in the file as they were, each with the file's line; both from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<(usize, usize)>,
    /// The sum of the file, secrets masked: only of this file the lines are those.
    #[serde(default, skip_serializing_if = "is_zero")]
    file: u64,
}

impl Masked {
    /// Masks a text whose file holds `file`.
    #[must_use]
    pub fn of(text: &str, file: &str) -> Self {
        let masked = mask_text(text);
        let lines = lines_of_file(text, &masked, file);
        let file = if lines.is_empty() { 0 } else { sum(&mask_text(file)) };
        Self { text: masked, lines, file }
    }

    /// The text with the secrets that its file holds; the others stay masked.
    #[must_use]
    pub fn filled(&self, file: &str) -> String {
        self.filled_in(&self.text, file)
    }

    /// Fills the secrets of a text that began as this one and was changed since: in the lines before and behind the
    /// change.
    #[must_use]
    pub fn filled_in(&self, text: &str, file: &str) -> String {
        if self.lines.is_empty() || self.file != sum(&mask_text(file)) {
            return text.to_owned();
        }
        let known: Vec<&str> = file.split('\n').collect();
        let kept: Vec<&str> = self.text.split('\n').collect();
        let mut lines: Vec<&str> = text.split('\n').collect();
        let same =
            |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
        let before = same(&mut kept.iter().zip(&lines));
        let behind = same(&mut kept.iter().rev().zip(lines.iter().rev()));
        let (were, are) = (kept.len(), lines.len());
        for (at, of) in &self.lines {
            let moved = (at + are).checked_sub(were).filter(|_| at + behind >= were);
            let now = if *at < before { Some(*at) } else { moved };
            if let (Some(line), Some(known)) = (now.and_then(|at| lines.get_mut(at)), known.get(*of)) {
                *line = known;
            }
        }
        lines.join("\n")
    }
}

/// Whether secrets that the file does not hold stand masked in a text.
#[must_use]
pub fn lacks_secrets(text: &str, file: &str) -> bool {
    text.matches(MASK).count() > file.matches(MASK).count()
}

fn lines_of_file(text: &str, masked: &str, file: &str) -> Vec<(usize, usize)> {
    let pairs = || text.split('\n').zip(masked.split('\n')).enumerate();
    // Where the mask has taken a line break with it nobody knows which line is which.
    let apart = text.matches('\n').count() != masked.matches('\n').count();
    if apart || text == masked || file.is_empty() {
        return Vec::new();
    }
    let known: HashMap<&str, usize> = file.split('\n').enumerate().map(|(at, line)| (line, at)).collect();
    let hidden = pairs().filter(|(_, (line, shown))| line != shown);
    hidden.filter_map(|(at, (line, _))| Some((at, *known.get(line)?))).collect()
}

/// FNV-1a: small, and the same in every build.
fn sum(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(sum: &u64) -> bool {
    *sum == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "{\n  \"token\": \"one\",\n  \"x\": {\n  \"token\": \"two\",\n  \"a\": 1\n}}\n";

    #[track_caller]
    fn comes_back(text: &str, expected: &str) {
        let masked = Masked::of(text, FILE);
        let kept = serde_json::to_string(&masked).expect("json");
        assert!(!["one", "two", "new"].iter().any(|secret| kept.contains(secret)), "{kept}");
        let read: Masked = serde_json::from_str(&kept).expect("as it was");
        assert_eq!(read.filled(FILE), expected);
    }

    #[test]
    fn secrets_come_back_from_lines_that_were_not_changed() {
        for text in [FILE.replace("\"a\": 1", "\"a\": 2"), FILE.replace("{\n  \"token\": \"one\",\n", "{\n")]
        {
            comes_back(&text, &text);
        }
        let swapped = FILE.replace("one", "1").replace("two", "one").replace("\"1\"", "\"two\"");
        comes_back(&swapped, &swapped);
    }

    #[test]
    fn a_secret_that_was_changed_stays_masked() {
        comes_back(&FILE.replace("one", "new"), &FILE.replace("one", "***"));
        comes_back(&format!("{FILE}// token: new\n"), &format!("{FILE}// token: ***\n"));
    }

    #[test]
    fn of_a_file_that_has_changed_nothing_is_taken() {
        let masked = Masked::of(&FILE.replace("\"a\": 1", "\"a\": 2"), FILE);
        let other = FILE.replacen("  \"token\"", "  \"y\": 1,\n  \"token\"", 1);
        assert_eq!(masked.filled(&other), masked.text);
        let turned = FILE.replace("one", "1");
        assert!(
            masked.filled(&turned).contains("\"1\""),
            "a secret that was changed in the file is the file's"
        );
    }

    #[test]
    fn what_was_typed_meanwhile_stays() {
        let masked = Masked::of(&FILE.replace("\"a\": 1", "\"a\": 2"), FILE);
        let typed = masked.text.replace("  \"x\": {\n", "  \"x\": {\n  \"new\": 1,\n");
        let filled = masked.filled_in(&typed, FILE);
        assert_eq!(
            filled,
            FILE.replace("\"a\": 1", "\"a\": 2").replace("  \"x\": {\n", "  \"x\": {\n  \"new\": 1,\n")
        );
        assert_eq!(masked.filled_in("", FILE), "");
    }

    #[test]
    fn a_mask_of_the_file_is_no_lack() {
        assert!(lacks_secrets("a ***", "a b") && !lacks_secrets("a ***", "b ***"));
    }
}
