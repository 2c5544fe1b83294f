//! Limits messages: one of each kind per minute, with the number of messages that were not shown.

use jiff::SignedDuration;

use crate::domain::moment::Moment;

/// How long a kind of message is not shown again.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);
/// How many kinds are remembered; a new one replaces the oldest.
const KINDS: usize = 64;

/// When each kind of message was last shown.
#[derive(Clone, Debug, Default)]
pub struct Repeats(Vec<Kind>);

#[derive(Clone, Debug)]
struct Kind {
    name: String,
    said_at: Moment,
    left_out: u64,
}

impl Repeats {
    /// The message to show, with the number of messages of its kind that were not shown before it. `None` if one was
    /// shown less than a minute ago.
    pub fn pass(&mut self, kind: &str, line: &str, now: Moment) -> Option<String> {
        let Some(known) = self.0.iter_mut().find(|known| known.name == kind) else {
            if self.0.len() == KINDS {
                self.0.remove(0);
            }
            self.0.push(Kind { name: kind.to_owned(), said_at: now, left_out: 0 });
            return Some(line.to_owned());
        };
        if now.since(known.said_at) < PAUSE {
            known.left_out += 1;
            return None;
        }
        known.said_at = now;
        Some(match std::mem::take(&mut known.left_out) {
            0 => line.to_owned(),
            1 => format!("{line} (1 similar message was not shown)"),
            count => format!("{line} ({count} similar messages were not shown)"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_said_once_a_minute_with_the_number_of_repeats() {
        let wall = "2026-11-25T00:00:00Z".parse().expect("a time");
        let start = Moment { wall, steady: SignedDuration::ZERO };
        let mut repeats = Repeats::default();
        let mut said = Vec::new();
        for second in 0..=180 {
            let now = start.after(SignedDuration::from_secs(second));
            said.extend(repeats.pass("a", &format!("a at {second}"), now));
        }
        let expected = [
            "a at 0",
            "a at 60 (59 similar messages were not shown)",
            "a at 120 (59 similar messages were not shown)",
            "a at 180 (59 similar messages were not shown)",
        ];
        assert_eq!(said, expected);
        assert_eq!(repeats.pass("b", "b", start).as_deref(), Some("b"));
        let later = start.after(SignedDuration::from_mins(9));
        assert_eq!(repeats.pass("b", "b", later).as_deref(), Some("b"), "nothing was left out");
    }

    #[test]
    fn many_kinds_take_no_more_memory() {
        let wall = "2026-11-25T00:00:00Z".parse().expect("a time");
        let now = Moment { wall, steady: SignedDuration::ZERO };
        let mut repeats = Repeats::default();
        for number in 0..1_000 {
            assert!(repeats.pass(&number.to_string(), "", now).is_some());
        }
        assert_eq!(repeats.0.len(), KINDS);
    }
}
