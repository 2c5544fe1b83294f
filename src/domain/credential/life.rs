//! How much of its life a credential has left, and what clients do from there on.

use jiff::{SignedDuration, Timestamp};

use super::rules;
use crate::domain::finding::Rule;

/// From here on the Python, Node and Java clients fetch at every call. Source: their refresh before the end, 15 min.
pub const NEAR_END: SignedDuration = SignedDuration::from_mins(15);
/// From here on the Go client and Python's old provider renew. Source: their refresh before the end, 180 s.
pub const ENDING: SignedDuration = SignedDuration::from_mins(3);

/// A part of a credential's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It does not say when it ends.
    Unknown,
    /// Every client uses its copy.
    Fresh,
    /// Under 15 minutes.
    NearEnd,
    /// Under 3 minutes.
    Ending,
    /// Over.
    Expired,
}

impl Life {
    /// The part of its life that a credential with so much left is in.
    #[must_use]
    pub fn of(left: Option<SignedDuration>) -> Self {
        match left {
            None => Self::Unknown,
            Some(left) if left <= SignedDuration::ZERO => Self::Expired,
            Some(left) if left < ENDING => Self::Ending,
            Some(left) if left < NEAR_END => Self::NearEnd,
            Some(_) => Self::Fresh,
        }
    }

    /// A stable word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Fresh => "fresh",
            Self::NearEnd => "near-end",
            Self::Ending => "ending",
            Self::Expired => "expired",
        }
    }

    /// The same for people.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Self::Unknown => "end unknown",
            Self::Fresh => "fresh",
            Self::NearEnd => "under 15 min",
            Self::Ending => "under 3 min",
            Self::Expired => "expired",
        }
    }

    /// What is to be said of it.
    #[must_use]
    pub fn rule(self) -> Option<&'static Rule> {
        match self {
            // How it is written has been said by whoever read it.
            Self::Unknown | Self::Fresh => None,
            Self::NearEnd => Some(&rules::NEAR_END),
            Self::Ending => Some(&rules::ENDING),
            Self::Expired => Some(&rules::EXPIRED),
        }
    }
}

/// A length of time in its two largest units: `42 min 17 s`, `1 h 2 min`, `3 d 4 h`; without its sign.
#[must_use]
pub fn words(time: SignedDuration) -> String {
    let seconds = time.as_secs().unsigned_abs();
    let of = |count: u64, unit: &str, rest: u64, small: &str| match rest {
        0 => format!("{count} {unit}"),
        rest => format!("{count} {unit} {rest} {small}"),
    };
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => of(seconds / 60, "min", seconds % 60, "s"),
        3_600..86_400 => of(seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
        _ => of(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
    }
}

/// A length of time as people type it: `15m`, `90s`, `1h`, `2d`, `1h30m`; a bare number counts seconds.
#[must_use]
pub fn time_of(text: &str) -> Option<SignedDuration> {
    let (mut total, mut digits) = (0_i64, String::new());
    for character in text.trim().chars() {
        let unit = match character {
            '0'..='9' => {
                digits.push(character);
                continue;
            }
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return None,
        };
        let count: i64 = std::mem::take(&mut digits).parse().ok()?;
        total = total.checked_add(count.checked_mul(unit)?)?;
    }
    let is_bare = !text.trim().is_empty() && text.trim() == digits;
    if is_bare {
        return digits.parse().ok().map(SignedDuration::from_secs);
    }
    (digits.is_empty() && !text.trim().is_empty()).then(|| SignedDuration::from_secs(total))
}

/// A moment in UTC as the platform writes it: whole seconds and `Z`.
#[must_use]
pub fn utc(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_life_begins_where_a_client_changes_its_mind() {
        let of = |seconds| Life::of(Some(SignedDuration::from_secs(seconds)));
        assert_eq!(
            [of(900), of(899), of(180), of(179), of(1), of(0), of(-5)].map(Life::word),
            ["fresh", "near-end", "near-end", "ending", "ending", "expired", "expired"]
        );
        assert_eq!(Life::of(None), Life::Unknown);
    }

    #[test]
    fn times_are_said_in_two_units() {
        let said = |seconds| words(SignedDuration::from_secs(seconds));
        assert_eq!(
            [said(0), said(59), said(2_537), said(3_600), said(3_720), said(-90), said(273_600)],
            ["0 s", "59 s", "42 min 17 s", "1 h", "1 h 2 min", "1 min 30 s", "3 d 4 h"]
        );
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        let read = |text| time_of(text).map(|time| time.as_secs());
        assert_eq!(
            [read("15m"), read("90"), read("1h30m"), read("2d"), read(" 5s ")],
            [Some(900), Some(90), Some(5_400), Some(172_800), Some(5)]
        );
        for text in
            ["", "m", "15 m", "-5m", "1.5h", "5w", "1h30", "99999999999999999999d", "9223372036854775807d"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
